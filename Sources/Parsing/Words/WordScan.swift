/// A short text tokenised into words, as byte ranges, for the heuristics on captions and lines.
///
/// Words are separated by Unicode white space, no-break spaces included. For texts of a few kilobytes
/// at most; callers truncate longer ones. Only single words are lower-cased, on request.
struct WordScan {
  let bytes: [UInt8]
  /// The byte ranges between white space.
  let words: [Range<Int>]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var words: [Range<Int>] = []
    var start: Int?
    var index = 0
    while index < bytes.count {
      let width = Self.spaceLength(bytes, index)
      if width > 0 {
        if let from = start { words.append(from..<index) }
        start = nil
        index += width
      } else {
        if start == nil { start = index }
        index += 1
      }
    }
    if let from = start { words.append(from..<bytes.count) }
    self.words = words
  }

  init(_ text: some StringProtocol) { self.init(Array(text.utf8)) }

  /// The length in bytes of the white-space scalar at `index`; 0 if there is none.
  static func spaceLength(_ bytes: [UInt8], _ index: Int) -> Int {
    let byte = bytes[index]
    if byte == 0x20 || (0x09...0x0D).contains(byte) { return 1 }
    if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 { return 2 }
    guard byte == 0xE2 || byte == 0xE3, index + 2 < bytes.count else { return 0 }
    let (second, third) = (bytes[index + 1], bytes[index + 2])
    if byte == 0xE3 { return second == 0x80 && third == 0x80 ? 3 : 0 }
    // U+2000…U+200A, U+2028, U+2029, U+202F, U+205F.
    if second == 0x80, (0x80...0x8A).contains(third) || [0xA8, 0xA9, 0xAF].contains(third) {
      return 3
    }
    return second == 0x81 && third == 0x9F ? 3 : 0
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A word in lower case; empty if it has more than 60 bytes, longer than any entry of a word list.
  func lowercasedWord(_ word: Int) -> String {
    words[word].count > 60 ? "" : text(words[word]).lowercased()
  }

  /// A word in lower case without the punctuation around it; empty if it has more than 60 bytes.
  func strippedWord(_ word: Int) -> String {
    let range = trimmed(words[word])
    return range.count > 60 ? "" : text(range).lowercased()
  }

  /// `range` without ASCII punctuation and U+2000…U+203F (dashes, quotation marks) at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, Self.isPunctuation(bytes[low]) { low += 1 }
    while high > low, Self.isPunctuation(bytes[high - 1]) { high -= 1 }
    while high - low >= 3, bytes[low] == 0xE2, bytes[low + 1] == 0x80 { low += 3 }
    while high - low >= 3, bytes[high - 3] == 0xE2, bytes[high - 2] == 0x80 { high -= 3 }
    return low..<high
  }

  static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// Whether a word begins like a name: with a capital, a letter without case, or a digit.
  func isCapitalised(_ range: Range<Int>) -> Bool {
    let range = trimmed(range)
    guard let first = range.first else { return true }
    if bytes[first] < 0x80 {
      return (0x41...0x5A).contains(bytes[first]) || (0x30...0x39).contains(bytes[first])
    }
    let head = bytes[first..<min(first + 4, range.upperBound)]
    guard let scalar = String(decoding: head, as: UTF8.self).unicodeScalars.first else {
      return false
    }
    return !scalar.properties.isLowercase
  }

  /// Whether the text before `end` ends a sentence, ignoring closing quotes and brackets.
  func endsSentence(before end: Int) -> Bool {
    var end = end
    while end > 0, [0x22, 0x27, 0x29, 0x5D].contains(bytes[end - 1]) { end -= 1 }
    while end >= 3, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x80,
      (0x98...0x9F).contains(bytes[end - 1])
    {
      end -= 3
    }
    if end >= 2, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xBB || bytes[end - 1] == 0xAB {
      end -= 2
    }
    guard end > 0 else { return false }
    if [0x2E, 0x21, 0x3F].contains(bytes[end - 1]) { return true }
    guard end >= 3 else { return false }
    let last = Array(bytes[end - 3..<end])
    return [[0xE3, 0x80, 0x82], [0xEF, 0xBC, 0x81], [0xEF, 0xBC, 0x9F], [0xE2, 0x80, 0xA6]]
      .contains(last)
  }
}
