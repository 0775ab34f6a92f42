internal import Display
internal import Matching
internal import Queries
internal import Stories

/// An index of the words of a thread's comments, fast enough to be searched at every key.
///
/// It never changes once it is made: a property that could would be guarded at each of a million bytes.
final class CommentWords {
  /// Folded words with a space before and after each, comment after comment.
  private let bytes: [UInt8]
  /// The end of each comment in `bytes`.
  private let ends: [Int]
  /// How many words the text of each comment has.
  let counts: [Int]

  init(_ text: StoryText) {
    var words = WordBytes()
    var ends: [Int] = []
    var counts: [Int] = []
    let comments = text.story.thread.comments
    ends.reserveCapacity(comments.count)
    counts.reserveCapacity(comments.count)
    for (index, comment) in comments.enumerated() {
      words.add(Array(comment.author.utf8)[...])
      counts.append(words.add(text.bytes(ofComment: index)))
      ends.append(words.bytes.count)
    }
    (bytes, self.ends, self.counts) = (words.bytes, ends, counts)
  }

  /// Which comments have the words side by side.
  func having(_ term: TextTerm) -> [Bool] {
    let words = NameTerm.words(term.words).joined(separator: " ")
    let needle = Array((" " + words + (term.isOpen ? "" : " ")).utf8)
    // Spans are taken of local variables: one of a property would be exclusivity-checked at each access.
    let bytes = bytes
    let text = bytes.span
    let sought = needle.span
    var answers: [Bool] = []
    answers.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      answers.append(Self.has(sought, text, start, end))
      start = end
    }
    return answers
  }

  private static func has(
    _ needle: Swift.Span<UInt8>, _ text: Swift.Span<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    guard needle.count > 1, needle.count <= end - start else { return false }
    let first = needle[1]
    var at = start
    let last = end - needle.count
    // Every needle begins with a space: the byte after it tells more.
    while at <= last {
      if text[at + 1] == first, text[at] == 0x20 {
        var length = 2
        while length < needle.count, text[at + length] == needle[length] { length += 1 }
        if length == needle.count { return true }
      }
      at += 1
    }
    return false
  }
}

/// Texts as folded words, one after another.
private struct WordBytes {
  private(set) var bytes: [UInt8] = []

  /// What each byte of ASCII stands as: letters in lower case, digits, and 0 for what parts words.
  private static let folds: [UInt8] = (0..<128).map { (byte: UInt8) in
    switch byte {
    case 0x30...0x39, 0x61...0x7A: byte
    case 0x41...0x5A: byte | 0x20
    default: 0
    }
  }

  /// Adds a text; how many words it has.
  @discardableResult
  mutating func add(_ text: ArraySlice<UInt8>) -> Int {
    bytes.append(0x20)
    let start = bytes.count
    let folds = Self.folds
    var count = 0
    var isInside = false
    for byte in text {
      // Most text has only letters that fold by one bit.
      guard byte < 0x80 else {
        bytes.removeLast(bytes.count - start)
        return addFolded(text)
      }
      let folded = folds[Int(byte)]
      if folded != 0 {
        if !isInside { count += 1 }
        bytes.append(folded)
      } else if isInside {
        bytes.append(0x20)
      }
      isInside = folded != 0
    }
    if isInside { bytes.append(0x20) }
    return count
  }

  private mutating func addFolded(_ text: ArraySlice<UInt8>) -> Int {
    var count = 0
    var isInside = false
    for scalar in folded(String(decoding: text, as: UTF8.self)).unicodeScalars {
      let isWord =
        scalar.isASCII
        ? (0x30...0x39).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
        : scalar.isPartOfWord
      if isWord {
        if !isInside { count += 1 }
        if let units = UTF8.encode(scalar) { bytes.append(contentsOf: units) }
      } else if isInside {
        bytes.append(0x20)
      }
      isInside = isWord
    }
    if isInside { bytes.append(0x20) }
    return count
  }
}
