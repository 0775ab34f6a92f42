/// A web or mail address in plain text that the page did not make a link.
///
/// By the rules of "extended autolinks" in GitHub's Markdown, with what other scripts need: an
/// address ends before CJK text, quotes and brackets that are not ASCII, and one that the page has
/// cut with an ellipsis is none, for it leads nowhere.
struct BareAddress: Equatable {
  /// Its bytes, without the punctuation behind it.
  var range: Range<Int>
  var target: LinkTarget

  /// All addresses that stand in the text from a byte on, in order.
  static func all(in bytes: [UInt8], from start: Int) -> [BareAddress] {
    var found: [BareAddress] = []
    var at = start
    // Candidates do not overlap, so that the scan stays linear.
    var free = start
    while at < bytes.count {
      guard isTrigger[Int(bytes[at])], let candidate = candidate(bytes, at, from: free) else {
        at &+= 1
        continue
      }
      at = max(at + 1, candidate.range.upperBound)
      free = at
      guard candidate.isWhole else { continue }
      let words = String(decoding: bytes[candidate.range], as: UTF8.self)
      let target = LinkTarget(address: candidate.scheme + words)
      if target.address != nil { found.append(BareAddress(range: candidate.range, target: target)) }
    }
    return found
  }

  /// By byte, whether an address may contain it: a fast filter for every byte of a text.
  private static let isTrigger: [Bool] = (0..<256).map { [0x3A, 0x40, 0x2E].contains($0) }

  private struct Candidate {
    var range: Range<Int>
    /// The scheme that the text leaves out, `http://` or `mailto:`.
    var scheme = ""
    /// Whether it is a complete address, not one that the page cut off.
    var isWhole: Bool
  }

  /// What may be an address around a colon, a dot or an at sign.
  private static func candidate(_ bytes: [UInt8], _ at: Int, from free: Int) -> Candidate? {
    switch bytes[at] {
    case UInt8(ascii: ":"): webAddress(bytes, at, from: free)
    case UInt8(ascii: "."): bareHost(bytes, at, from: free)
    default: mailAddress(bytes, at, from: free)
    }
  }

  // MARK: - The web

  private static func webAddress(_ bytes: [UInt8], _ colon: Int, from free: Int) -> Candidate? {
    guard bytes[(colon + 1)...].starts(with: [0x2F, 0x2F]) else { return nil }
    let name = word(before: colon, in: bytes, from: free)
    guard name == "http" || name == "https" else { return nil }
    let (end, isCut) = end(of: bytes, from: colon + 3)
    return Candidate(
      range: colon - name.utf8.count..<end, isWhole: !isCut && hasHost(bytes, colon + 3, end))
  }

  /// `www.` and a name of two parts or more.
  private static func bareHost(_ bytes: [UInt8], _ dot: Int, from free: Int) -> Candidate? {
    guard dot - free >= 3, bytes[dot - 1] | 0x20 == UInt8(ascii: "w"),
      word(before: dot, in: bytes, from: free) == "www"
    else { return nil }
    let (end, isCut) = end(of: bytes, from: dot + 1)
    let host = bytes[(dot + 1)..<end].prefix { $0 != 0x2F }
    return Candidate(
      range: dot - 3..<end, scheme: "http://",
      isWhole: !isCut && hasHost(bytes, dot + 1, end) && host.contains(0x2E))
  }

  /// The ASCII word before a byte, in small letters; empty if more of a word stands before it.
  private static func word(before end: Int, in bytes: [UInt8], from free: Int) -> String {
    var start = end
    while start > free, end - start < 6, isLetter(bytes[start - 1]) { start -= 1 }
    guard start == free || !isWord(bytes[start - 1]) else { return "" }
    return String(decoding: bytes[start..<end].map { $0 | 0x20 }, as: UTF8.self)
  }

  /// Whether a name begins there, which a letter or a digit does.
  private static func hasHost(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    start < end && (isWord(bytes[start]) || bytes[start] >= 0x80)
  }

  /// Where an address ends, and whether the page has cut it.
  private static func end(of bytes: [UInt8], from start: Int) -> (Int, isCut: Bool) {
    var end = start
    while end < bytes.count, bytes[end] > 0x20, !closers.contains(bytes[end]) {
      guard bytes[end] >= 0x80 else {
        end += 1
        continue
      }
      let (scalar, length) = scalar(bytes, end)
      if scalar == "\u{2026}" { return (end, true) }
      guard let scalar, isPart(scalar) else { break }
      end += length
    }
    return (trimmed(bytes, start, end), false)
  }

  /// ASCII characters that end an address.
  private static let closers: Set<UInt8> = Set("<>\"`\\^|{}\u{7F}".utf8)

  /// Without punctuation at its end, and without brackets that are not opened in it.
  private static func trimmed(_ bytes: [UInt8], _ start: Int, _ found: Int) -> Int {
    var end = found
    var depths: [UInt8: Int] = [:]
    while end > start {
      let last = bytes[end - 1]
      if let open = brackets[last] {
        let depth =
          depths[last]
          ?? bytes[start..<end].reduce(0) { $0 + ($1 == open ? 1 : $1 == last ? -1 : 0) }
        guard depth < 0 else { break }
        depths[last] = depth + 1
      } else if !punctuation.contains(last) {
        break
      }
      end -= 1
    }
    return end
  }

  private static let punctuation = Set("?!.,:;*_~'".utf8)
  private static let brackets: [UInt8: UInt8] = [0x29: 0x28, 0x5D: 0x5B]

  /// Letters, digits and marks of scripts that put spaces between words.
  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value < 0x2E80 else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
  }

  private static func scalar(_ bytes: [UInt8], _ at: Int) -> (Unicode.Scalar?, length: Int) {
    let length = bytes[at] >= 0xF0 ? 4 : bytes[at] >= 0xE0 ? 3 : 2
    let end = min(at + length, bytes.count)
    return (String(decoding: bytes[at..<end], as: UTF8.self).unicodeScalars.first, end - at)
  }

  // MARK: - Mail

  private static func mailAddress(_ bytes: [UInt8], _ sign: Int, from free: Int) -> Candidate? {
    var start = sign
    while start > free, isName(bytes[start - 1]) { start -= 1 }
    while start < sign, !isWord(bytes[start]) { start += 1 }
    // Behind a slash or another sign it is part of something else.
    let before = start > free ? bytes[start - 1] : 0x20
    guard start < sign, ![0x2F, 0x40].contains(before) else { return nil }
    var end = sign + 1
    while end < bytes.count, isWord(bytes[end]) || [0x2D, 0x2E].contains(bytes[end]) { end += 1 }
    let isOne = end == bytes.count || bytes[end] != 0x40
    while end > sign + 1, !isWord(bytes[end - 1]) { end -= 1 }
    guard isOne, isDomain(bytes[(sign + 1)..<end]) else { return nil }
    return Candidate(range: start..<end, scheme: "mailto:", isWhole: true)
  }

  /// Whether there are two names or more, none of them empty, and the last one of letters.
  private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
    let names = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard names.count > 1, let last = names.last, names.allSatisfy({ !$0.isEmpty }) else {
      return false
    }
    return last.count > 1 && last.allSatisfy(isLetter)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    isWord(byte) || [0x2E, 0x2D, 0x5F, 0x2B].contains(byte)
  }

  /// ASCII letters.
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// ASCII letters and digits.
  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte)
  }
}
