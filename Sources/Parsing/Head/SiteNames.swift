/// The names that a page's site goes by: what is cut off titles and is no person.
///
/// Contract: the site's name as the page says it in any layer, and its host. Words match if they are
/// one of the names, the beginning of one, or made of the host's letters. Only phrases of a few words
/// are ever asked after, so a headline that speaks of the site is safe.
struct SiteNames {
  private var names: [[UInt8]] = []
  /// The letters of the host: "nytimescom".
  private let host: [UInt8]
  /// Those of the part that was registered: "nytimes".
  private let label: [UInt8]

  init(_ said: Metadata, host: String?) {
    self.host = TitleKey.letters(host ?? "")
    let parts = (host ?? "").split(separator: ".")
    // "example.co.uk": a country's second level is not what was registered.
    let isSecondLevel = parts.count > 2 && parts[parts.count - 2].utf8.count <= 3
    label = TitleKey.letters(
      String(parts.dropLast(isSecondLevel ? 2 : 1).last ?? "").lowercased())
    for key in ["og:site_name", "application-name", "apple-mobile-web-app-title", "cre"] {
      if let name = said.meta[key] { add(name) }
    }
    for object in said.linked.articles + said.linked.works {
      if let name = said.linked.resolved(object["publisher"])["name"].text { add(name) }
    }
    // What a title element has before or after the title that another layer gives is the site.
    if let element = said.titleElement, let title = said.named("og:title") {
      if element.hasPrefix(title) { addTail(element.dropFirst(title.count)) }
      if element.hasSuffix(title) { addTail(element.dropLast(title.count)) }
    }
  }

  private mutating func add(_ name: String) {
    let key = TitleKey.letters(name)
    if !key.isEmpty, key.count <= 80, !names.contains(key), names.count < 20 { names.append(key) }
  }

  private mutating func addTail(_ tail: Substring) {
    if !tail.isEmpty, TitleKey.words(String(tail)) <= 6 { add(String(tail)) }
  }

  /// Whether the words are exactly one of the names, or the host.
  func contain(exactly phrase: String) -> Bool {
    let key = TitleKey.letters(String(phrase.prefix(120)))
    guard !key.isEmpty else { return false }
    return names.contains(key) || key == label || (key.count > 3 && key == host)
  }

  /// Whether the words are the site's name.
  func contain(_ phrase: String) -> Bool {
    guard phrase.utf8.count <= 120 else { return false }
    let key = TitleKey.letters(phrase)
    guard !key.isEmpty else { return false }
    if names.contains(key) { return true }
    // "The Standard" of "The Standard Online", "Evening Post Magazine" of "Evening Post".
    if key.count >= 6, names.contains(where: { $0.starts(with: key) && $0.count <= 3 * key.count })
    {
      return true
    }
    if names.contains(where: { $0.count >= 5 && key.starts(with: $0) && key.count <= $0.count + 10 }
    ) {
      return true
    }
    return isHost(key, phrase)
  }

  private func isHost(_ key: [UInt8], _ phrase: String) -> Bool {
    guard host.count >= 4, key.count >= 3 else { return false }
    if key.count > 3, host.starts(with: key) { return true }
    if key == label { return true }
    if label.count >= 5, key.count <= label.count + 10, TitleKey.contains(key, label) {
      return true
    }
    let words = phrase.split(separator: " ").map { TitleKey.letters(String($0)) }
      .filter { $0.count >= 3 }
    guard !words.isEmpty, words.reduce(0, { $0 + $1.count }) >= 5 else { return false }
    return words.allSatisfy { TitleKey.contains(host, $0) }
  }
}

/// What two spellings of one title share.
enum TitleKey {
  /// Letters and digits in lower case, of the first 600 characters.
  static func letters(_ text: String) -> [UInt8] {
    Array(String(text.prefix(600)).lowercased().utf8).filter { $0.isAlphanumeric || $0 >= 0x80 }
  }

  /// Words, where two ideographs or syllables count for one.
  static func words(_ text: String) -> Int {
    var words = 0
    var wide = 0
    for word in text.utf8.prefix(2000).split(whereSeparator: \.isSpace) {
      words += 1
      wide += word.count { $0 >= 0xE3 && $0 <= 0xED }
    }
    return max(words, wide / 2)
  }

  /// How many bytes stand before the mark's last occurrence.
  static func lastIndex(of mark: String, in text: some StringProtocol) -> Int? {
    let (bytes, mark) = (Array(text.utf8), Array(mark.utf8))
    guard let first = mark.first, bytes.count >= mark.count else { return nil }
    for at in stride(from: bytes.count - mark.count, through: 0, by: -1) where bytes[at] == first {
      if bytes[at...].starts(with: mark) { return at }
    }
    return nil
  }

  /// How many bytes stand before the mark's first occurrence.
  static func firstIndex(of mark: String, in text: some StringProtocol) -> Int? {
    let (bytes, mark) = (Array(text.utf8), Array(mark.utf8))
    guard let first = mark.first, bytes.count >= mark.count else { return nil }
    for at in 0...bytes.count - mark.count where bytes[at] == first {
      if bytes[at...].starts(with: mark) { return at }
    }
    return nil
  }

  static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return false }
    for start in 0...text.count - part.count where text[start] == first {
      if text[start...].starts(with: part) { return true }
    }
    return false
  }

  /// The share of the words of three letters and more, and of the ideographs, of one text that the
  /// other has too.
  static func overlap(_ one: String, _ other: String) -> Double {
    let mine = terms(one)
    guard !mine.isEmpty else { return 0 }
    let theirs = terms(other)
    return Double(mine.intersection(theirs).count) / Double(mine.count)
  }

  private static func terms(_ text: String) -> Set<String> {
    var terms: Set<String> = []
    var word = ""
    for scalar in text.prefix(600).lowercased().unicodeScalars {
      if scalar.value >= 0x2E80 {
        terms.insert(String(scalar))
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.unicodeScalars.append(scalar)
        continue
      }
      if word.unicodeScalars.count > 2 { terms.insert(word) }
      word = ""
    }
    if word.unicodeScalars.count > 2 { terms.insert(word) }
    return terms
  }
}
