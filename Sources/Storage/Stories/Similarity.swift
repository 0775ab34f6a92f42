internal import Matching
internal import Queries
internal import Stories

/// Tells an edited version of a story from another story at the same address.
///
/// Sites name one address for all pages of a long read, for each day's column, or for the whole
/// site. So the same address alone does not make a page an update: its text or, where there is too
/// little text to compare, its title must be that of the story. A wrong "no" costs a second story;
/// a wrong "yes" would hide the first one behind a revision.
struct Similarity {
  let title: [String]
  /// A title that many pages share says nothing: none, the site's own name, "Untitled".
  private let isTelling: Bool
  private let text: Shingles
  private let bytes: [UInt8]
  private let isCut: Bool
  /// The day of publication, in days since 1970.
  private let day: Int64?

  init(_ story: PreparedStory) {
    self.init(
      title: story.row.title, text: story.form.text, site: story.row.source, isCut: story.isCut,
      published: story.row.published?.seconds)
  }

  init(title: String, text: [UInt8], site: String, isCut: Bool, published: Int64?) {
    self.title = NameTerm.words(title)
    isTelling =
      !self.title.isEmpty && self.title != NameTerm.words(site)
      && !Self.generic.contains(self.title)
    self.text = Shingles(text)
    bytes = text
    self.isCut = isCut
    day = published.map { $0 / 86_400 }
  }

  private static let generic: Set<[String]> = [
    ["untitled"], ["untitled", "document"], ["no", "title"], ["home"], ["homepage"], ["index"],
    ["news"], ["article"], ["loading"], ["document"], ["page"],
  ]

  /// How sure it is that both are versions of one story, 0…1; 0 means that they are two.
  func likeness(to other: Similarity) -> Double {
    let shared = text.shared(with: other.text)
    let (short, long) = text.count < other.text.count ? (self, other) : (other, self)
    let part = short.text.count == 0 ? 0 : Double(shared) / Double(short.text.count)
    let isOtherDay = day != nil && other.day != nil && day != other.day
    // A forecast has a headline and a date of its own each day, and most of its words every day.
    let needed = isOtherDay && title != other.title ? Self.samePartOfOtherDay : Self.samePart
    if shared >= Self.leastShared, part >= needed { return part }
    guard isTelling, title == other.title else { return 0 }
    // The headline stayed and much was written anew: some of it must have stayed as well.
    if shared >= Self.leastShared / 2, part >= Self.samePartOfTitle { return part }
    // Too little text to compare: a note that was corrected, or what stands before a paywall. A
    // short text that says nothing of a long one is no version of it: a request to log in, say.
    let isTeaser = short.isCut && short.text.count * 2 < long.text.count
    let isNote = long.text.count < Self.fewShingles
    guard isNote || isTeaser || CutText.isCut(short.bytes, from: long.bytes) else { return 0 }
    // A column that is short each day has one headline for all of them.
    return isNote && isOtherDay ? 0 : Self.byTitle
  }

  /// Fewer shared runs may be a phrase that every page of the site has.
  private static let leastShared = 8
  /// Of the shorter text, so much is in the other, whatever the headlines say.
  private static let samePart = 0.4
  /// The same where headline and day are others.
  private static let samePartOfOtherDay = 0.8
  /// The same under one headline; pages of one template share up to a fifth.
  private static let samePartOfTitle = 0.3
  /// As many runs as a text of about thirty words has.
  private static let fewShingles = 24
  private static let byTitle = 0.1
}

/// The runs of eight words ("shingles") of a text, as hashes.
///
/// An edit breaks the eight runs around it and leaves the others, so an edited, lengthened or
/// shortened text keeps most of them. Texts of one template share words and short runs, but few as
/// long as eight words.
struct Shingles {
  private static let length = 8
  /// Of longer texts, those that share a divisor stand for all.
  private static let sampled = 20_000

  private let hashes: [UInt64]
  var count: Int { hashes.count }

  init(_ text: [UInt8]) {
    let words = Self.words(text)
    guard words.count >= Self.length else {
      hashes = []
      return
    }
    hashes = (0...(words.count - Self.length)).map { start in
      words[start..<(start + Self.length)].reduce(Self.seed) { Self.mix($0, $1) }
    }
  }

  /// How many runs of the shorter text are in the other; estimated for very long texts.
  func shared(with other: Shingles) -> Int {
    let (few, many) = count < other.count ? (self, other) : (other, self)
    let step = UInt64(max(1, many.count / Self.sampled))
    let known = Set(many.hashes.lazy.filter { $0 % step == 0 })
    return few.hashes.lazy.filter { $0 % step == 0 && known.contains($0) }.count * Int(step)
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    var mixed = (hash ^ value) &* 0x9e37_79b9_7f4a_7c15
    mixed ^= mixed >> 29
    return mixed
  }

  /// The hashes of the words; where words are not parted by spaces, those of the letters.
  private static func words(_ text: [UInt8]) -> [UInt64] {
    var words: [UInt64] = []
    var word = seed
    var isInside = false
    func end() {
      if isInside { words.append(word) }
      (word, isInside) = (seed, false)
    }
    for scalar in folded(String(decoding: text, as: UTF8.self)).unicodeScalars {
      let isLetter =
        scalar.isASCII
        ? (0x30...0x39).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
        : scalar.isPartOfWord
      guard isLetter else {
        end()
        continue
      }
      if isUnspaced(scalar) { end() }
      word = mix(word, UInt64(scalar.value))
      isInside = true
      if isUnspaced(scalar) { end() }
    }
    end()
    return words
  }

  /// Thai, Lao, Myanmar, Khmer, kana and ideographs: written without spaces between words.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF,
      0xF900...0xFAFF, 0x2_0000...0x3_FFFF:
      true
    default: false
    }
  }
}
