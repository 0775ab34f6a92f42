internal import Matching
internal import Queries
internal import Stories

/// Distinguishes an edited version of a story from another story at the same address.
///
/// Some sites give the same canonical address to all pages of a long read, to each day's column, or to
/// the whole site. So an equal address alone does not make a page an update: its text must be similar,
/// or, if there is too little text to compare, its title equal. A false negative costs a second story;
/// a false positive would replace the first one, which then remains as a revision only.
struct Similarity {
  let title: [String]
  /// Whether the title can identify a story: not empty, the site's name, or generic ("Untitled").
  private let isDistinctiveTitle: Bool
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
    isDistinctiveTitle =
      !self.title.isEmpty && self.title != NameTerm.words(site)
      && !Self.genericTitles.contains(self.title)
    self.text = Shingles(text)
    bytes = text
    self.isCut = isCut
    day = published.map { $0 / 86_400 }
  }

  private static let genericTitles: Set<[String]> = [
    ["untitled"], ["untitled", "document"], ["no", "title"], ["home"], ["homepage"], ["index"],
    ["news"], ["article"], ["loading"], ["document"], ["page"],
  ]

  /// How likely both are versions of one story, 0…1: the share of the shorter text in the other one; 0
  /// means that they are two stories.
  func likeness(to other: Similarity) -> Double {
    let shared = text.shared(with: other.text)
    let (short, long) = text.count < other.text.count ? (self, other) : (other, self)
    let overlap = short.text.count == 0 ? 0 : Double(shared) / Double(short.text.count)
    let isOtherDay = day != nil && other.day != nil && day != other.day
    // A daily forecast has its own headline and date, but repeats most of its words.
    var required =
      isOtherDay && title != other.title ? Self.requiredOverlapOfOtherDay : Self.requiredOverlap
    // The second page of a long read may repeat a part of the first: much shorter and only in part the
    // same, it is no version of it.
    let isFragment = text.count * 2 < other.text.count
    if isFragment { required = max(required, CutText.containedShare) }
    if shared >= Self.minimumSharedShingles, overlap >= required { return overlap }
    guard isDistinctiveTitle, title == other.title else { return 0 }
    // Much was rewritten under the same headline: part of the text must have stayed.
    if !isFragment, shared >= Self.minimumSharedShingles / 2,
      overlap >= Self.requiredOverlapOfTitle
    {
      return overlap
    }
    // Too little text to compare: a note that was corrected, or the text before a paywall. A short
    // text that shares nothing with a long one is not a version of it: a request to log in, say.
    let isTeaser = short.isCut && short.text.count * 2 < long.text.count
    let isNote = long.text.count < Self.noteShingles
    guard isNote || isTeaser || CutText.isCut(short.bytes, from: long.bytes) else { return 0 }
    // A daily column of a few words has the same headline each day.
    return isNote && isOtherDay ? 0 : Self.titleLikeness
  }

  /// Whether two sources have the same story at one address: in similar words, or under one headline
  /// if one of them has too little text for a story of its own.
  func isSameStory(as other: Similarity) -> Bool {
    if likeness(to: other) > 0 { return true }
    guard isDistinctiveTitle, title == other.title else { return false }
    return min(text.count, other.text.count) < Self.noteShingles
  }

  /// Fewer shared shingles may be a phrase that every page of the site has.
  private static let minimumSharedShingles = 8
  /// The share of the shorter text that must be in the other one, whatever the headlines.
  private static let requiredOverlap = 0.4
  /// The same if headline and day differ.
  private static let requiredOverlapOfOtherDay = 0.8
  /// The same if the headlines are equal; pages of one template share up to a fifth.
  private static let requiredOverlapOfTitle = 0.3
  /// The most shingles of a note, too short to compare: those of about thirty words.
  private static let noteShingles = 24
  /// The likeness of stories that only the title identifies.
  private static let titleLikeness = 0.1
}

/// The shingles of a text (all runs of eight words), as hashes.
///
/// An edit changes the eight shingles around it and no others, so an edited, extended or shortened text
/// keeps most of them. Texts of one template share words and short phrases, but few of eight words.
struct Shingles {
  /// In words.
  private static let length = 8
  /// The most shingles that are compared; of more, a sample is taken, by divisibility of the hashes.
  private static let sampleSize = 20_000

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

  /// How many shingles of the shorter text are in the other one; estimated for very long texts.
  func shared(with other: Shingles) -> Int {
    let (short, long) = count < other.count ? (self, other) : (other, self)
    let step = UInt64(max(1, long.count / Self.sampleSize))
    let known = Set(long.hashes.lazy.filter { $0 % step == 0 })
    return short.hashes.lazy.filter { $0 % step == 0 && known.contains($0) }.count * Int(step)
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    var mixed = (hash ^ value) &* 0x9e37_79b9_7f4a_7c15
    mixed ^= mixed >> 29
    return mixed
  }

  /// The hashes of the words; of the characters, in scripts without spaces between words.
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
