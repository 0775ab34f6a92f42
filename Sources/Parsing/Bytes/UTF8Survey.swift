/// How well bytes are UTF-8 (RFC 3629), and what to make of those that are not.
///
/// Contract: one pass to count, one to repair; linear.
struct UTF8Survey {
  /// Characters of several bytes.
  private(set) var good = 0
  /// Bytes that belong to no character.
  private(set) var broken = 0
  /// How many of the good ones are Latin letters or punctuation.
  private var latin = 0

  init(_ bytes: [UInt8]) {
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        at = bytes.endOfASCII(from: at)
        continue
      }
      let length = Self.sequenceLength(bytes.span, at)
      if length == 0 {
        broken += 1
        at += 1
      } else {
        good += 1
        if bytes[at] < 0xC6 || (bytes[at] == 0xE2 && bytes[at + 1] == 0x80) { latin += 1 }
        at += length
      }
    }
  }

  /// Long pages with some broken characters are still UTF-8.
  var isLikely: Bool { good > 20 * broken }

  /// Valid UTF-8: stray bytes between Latin letters are read as Windows-1252, others are U+FFFD.
  func repaired(_ bytes: [UInt8]) -> [UInt8] {
    guard broken > 0 else { return bytes }
    let isWestern = latin * 2 >= good
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 3 * broken)
    var at = 0
    while at < bytes.count {
      let start = at
      while at < bytes.count {
        let length = Self.sequenceLength(bytes.span, at)
        if length == 0 { break }
        at += length
      }
      out.append(contentsOf: bytes[start..<at])
      guard at < bytes.count else { break }
      if isWestern, let scalar = Self.stray(bytes.span, at) {
        out.append(contentsOf: UTF8.encode(scalar) ?? .init())
        at += 1
      } else {
        // A character cut short is one sign, with all of its bytes.
        out += [0xEF, 0xBF, 0xBD]
        let isLead = bytes[at] >= 0xC2
        at += 1
        while isLead, at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
      }
    }
    return out
  }

  /// What a byte alone between ASCII means in Windows-1252: a letter in a word, or a quotation mark,
  /// dash or dots.
  private static func stray(_ bytes: Span<UInt8>, _ at: Int) -> Unicode.Scalar? {
    let byte = bytes[at]
    let before = at > 0 ? bytes[at - 1] : 0x20
    let after = at + 1 < bytes.count ? bytes[at + 1] : 0x20
    guard before < 0x80, after < 0x80 else { return nil }
    switch byte {
    case 0x85, 0x91...0x94, 0x96, 0x97:
      return Unicode.Scalar(CharacterReferences.windows1252[Int(byte - 0x80)])
    case 0xC0...0xFF where byte != 0xC3 && byte != 0xC2 && byte != 0xD7 && byte != 0xF7:
      return after.isLetter ? Unicode.Scalar(byte) : nil
    default: return nil
    }
  }

  /// The length of the sequence that begins here, 0 if it is not valid.
  @inline(__always)
  private static func sequenceLength(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return 1 }
    func tail(_ offset: Int) -> UInt8 { at + offset < bytes.count ? bytes[at + offset] : 0 }
    func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
    let second = tail(1)
    switch first {
    case 0xC2...0xDF: return isTail(second) ? 2 : 0
    case 0xE0...0xEF:
      guard isTail(second), isTail(tail(2)) else { return 0 }
      if first == 0xE0, second < 0xA0 { return 0 }
      if first == 0xED, second > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard isTail(second), isTail(tail(2)), isTail(tail(3)) else { return 0 }
      if first == 0xF0, second < 0x90 { return 0 }
      if first == 0xF4, second > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }
}
