internal import Stories

/// The text of a story as it is compared to detect updates.
///
/// Left out are pictures, counters ("12 comments", "3 min read"), paragraphs that say that they are
/// advertisements, and a last paragraph that is only links to other sites.
struct ComparedText: Equatable {
  let title: String
  /// Paragraphs and captions; none is empty.
  let lines: [String]

  /// Of a story and its text, where that is at hand.
  init(_ story: Story, form: StoryForm? = nil) {
    var text = form
    if Self.endsInLinks(story) {
      var shorter = story
      shorter.blocks.removeLast()
      shorter.thread = Thread()
      text = StoryForm(shorter)
    }
    let shown = text ?? StoryForm(story)
    title = Counters.removed(from: shown.title.utf8)
    let captions = shown.figures.map(\.caption)
    lines = ([shown.text] + captions).flatMap { bytes in
      bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
        let line = Counters.removed(from: line)
        return line.isEmpty || Self.isAdvertisement(line) ? nil : line
      }
    }
  }

  /// Equal hashes mean that nothing was updated.
  var hash: Int64 {
    var hash = Hash(size: 8)
    hash.add(field: title)
    for line in lines { hash.add(field: line) }
    return hash.finishNumber()
  }

  /// Whether another version says something else: more than the last line alone is changed a little.
  func isUpdated(by new: ComparedText) -> Bool {
    guard title == new.title else { return true }
    guard lines != new.lines else { return false }
    guard lines.count == new.lines.count, lines.dropLast() == new.lines.dropLast(),
      let old = lines.last, let last = new.lines.last
    else { return true }
    return Self.changedShare(old, last) >= Self.littleShare
  }

  private static let littleShare = 0.1

  /// How much of the longer text stands between what both begin and end with, 0…1.
  private static func changedShare(_ one: String, _ other: String) -> Double {
    let (one, other) = (Array(one), Array(other))
    let start = zip(one, other).prefix { $0 == $1 }.count
    let rest = min(one.count, other.count) - start
    let end = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
    let longest = max(one.count, other.count)
    return longest == 0 ? 0 : Double(longest - start - min(end, rest)) / Double(longest)
  }

  // MARK: - Advertisements

  private static let marks: Set<String> = [
    "ad", "ads", "advertisement", "advertisements", "advertising", "sponsor", "sponsored",
    "promoted", "promotion", "anzeige", "werbung", "publicité", "publicidad", "pubblicità",
    "publicidade", "advertentie", "реклама", "reklama", "reklam", "広告", "广告", "廣告",
  ]

  /// Whether a line begins with a word that says so, followed by a sign or nothing.
  private static func isAdvertisement(_ line: String) -> Bool {
    // The longest mark has 14 letters, of up to three bytes each.
    let head = line.prefix(24)
    let start = head.drop { !$0.isLetter }
    let word = start.prefix { $0.isLetter }
    guard marks.contains(word.lowercased()) else { return false }
    let rest = start[word.endIndex...]
    guard let next = rest.first(where: { $0 != " " }) else { return true }
    // "Sponsored by", but not "Ads are everywhere".
    return !next.isLetter || rest.lowercased().hasPrefix(" by ")
  }

  /// Whether the last paragraph is only links to other sites.
  private static func endsInLinks(_ story: Story) -> Bool {
    guard story.blocks.count > 1, case .paragraph(let phrases)? = story.blocks.last else {
      return false
    }
    let own = story.address.flatMap { WebAddress($0)?.site }
    var hasLink = false
    for phrase in phrases where phrase.text.contains(where: { $0.isLetter || $0.isNumber }) {
      guard let site = phrase.link.flatMap({ WebAddress($0)?.site }), site != own else {
        return false
      }
      hasLink = true
    }
    return hasLink
  }
}

/// Numbers that count what happens to a story and not in it.
private enum Counters {
  /// In English and the languages of most feeds, without a plural's s.
  private static let nouns: Set<String> = [
    "comment", "reply", "replie", "response", "view", "like", "share", "vote", "upvote", "point",
    "reaction", "download", "play", "listen", "listener", "read", "reader", "subscriber",
    "follower", "retweet", "boost", "favorite", "favourite", "clap", "ago", "score",
    "kommentar", "kommentare", "antwort", "antworten", "aufruf", "aufrufe", "lesezeit",
    "commentaire", "vue", "réponse", "lecture", "comentario", "visita", "respuesta", "lectura",
    "commenti", "commento", "visualizzazioni", "comentário", "visualizaçõe", "reactie",
    "комментариев", "комментария", "комментарий", "просмотров", "просмотра",
  ]
  private static let numbers: Set<String> = ["no", "one", "keine", "kein", "aucun", "sin"]
  /// How many words stand between a number and what it counts, as in "3 min read", plus one.
  private static let distance = 2
  /// Lines of more bytes are running text, in which only digits are numbers.
  private static let shortLine = 60

  /// The words of a line with one space between them, without counters.
  static func removed(from line: some Collection<UInt8>) -> String {
    var words = line.split { $0 <= 0x20 }.map { Array($0) }
    let isShort = line.count <= shortLine
    // Nearly all lines have none, and letters are looked up slowly.
    let numbers = words.indices.filter { hasDigit(words[$0]) || isShort && isNumber(words[$0]) }
    var counted: Set<Int> = []
    for number in numbers {
      let around = max(0, number - distance)...min(words.count - 1, number + distance)
      for index in around where isNoun(words[index]) { counted.formUnion([index, number]) }
    }
    for index in counted { words[index] = [UInt8(ascii: "#")] }
    return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
  }

  private static func hasDigit(_ word: [UInt8]) -> Bool {
    word.contains { (0x30...0x39).contains($0) }
  }

  private static func isNumber(_ word: [UInt8]) -> Bool {
    word.count < 8 && numbers.contains(letters(word))
  }

  /// A noun may stand at its number: "Comments:12".
  private static func isNoun(_ word: [UInt8]) -> Bool {
    guard word.count < 48 else { return false }
    let letters = letters(word)
    return nouns.contains(letters.hasSuffix("s") ? String(letters.dropLast()) : letters)
  }

  private static func letters(_ word: [UInt8]) -> String {
    String(decoding: word, as: UTF8.self).lowercased().filter(\.isLetter)
  }
}
