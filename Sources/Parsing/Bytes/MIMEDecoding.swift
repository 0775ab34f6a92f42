/// The ways in which MIME writes bytes as letters (RFC 2045, section 6; RFC 2047).
///
/// Contract: linear and total: what is not written as it should be stays as it stands, or is left out.
enum MIMEDecoding {
  /// The bytes of a part whose transfer encoding has this name; an unknown one is none.
  static func decoded(_ bytes: ArraySlice<UInt8>, _ name: String?) -> [UInt8] {
    switch name {
    case "quoted-printable": quotedPrintable(bytes)
    case "base64": base64(bytes)
    default: Array(bytes)
    }
  }

  static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let run = bytes[at...].firstIndex(of: 0x3D) ?? bytes.endIndex
      out.append(contentsOf: bytes[at..<run])
      at = run
      guard at < bytes.endIndex else { break }
      if at + 2 < bytes.endIndex, let high = bytes[at + 1].hexDigit,
        let low = bytes[at + 2].hexDigit
      {
        out.append(UInt8(high << 4 | low))
        at += 3
      } else if let next = softBreak(bytes, at + 1) {
        at = next
      } else {
        out.append(0x3D)
        at += 1
      }
    }
    return out
  }

  /// Where the line goes on, if "=" stood at the end of one: only space may follow it.
  private static func softBreak(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var at = start
    while at < bytes.endIndex, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    guard at < bytes.endIndex else { return at }
    if bytes[at] == 0x0A { return at + 1 }
    guard bytes[at] == 0x0D else { return nil }
    return at + 1 < bytes.endIndex && bytes[at + 1] == 0x0A ? at + 2 : at + 1
  }

  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count / 4 * 3 + 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      guard let value = sixBits(byte) else { continue }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  private static func sixBits(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61) + 26
    case 0x30...0x39: UInt32(byte - 0x30) + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }

  // MARK: Words of a head

  /// A field with its encoded words decoded: "=?utf-8?Q?caf=C3=A9?=".
  static func field(_ text: String) -> String {
    guard text.holds("=?") else { return text }
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    var wasWord = false
    while !rest.isEmpty {
      if let (word, length) = encodedWord(rest) {
        // Space between two encoded words only parts them.
        if wasWord { while out.last?.isSpace == true { out.removeLast() } }
        out += word
        rest = rest.dropFirst(length)
        wasWord = true
      } else if let byte = rest.popFirst() {
        if !byte.isSpace { wasWord = false }
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The word at the beginning, in UTF-8, and its length there.
  private static func encodedWord(_ text: ArraySlice<UInt8>) -> ([UInt8], length: Int)? {
    guard text.starts(with: "=?".utf8) else { return nil }
    // RFC 2047 allows 75 bytes; programs write more.
    let parts = text.dropFirst(2).prefix(600).split(
      separator: 0x3F, maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let charset = encoding(parts[0]), parts[1].count == 1,
      parts[3].first == 0x3D
    else { return nil }
    let bytes: [UInt8]
    switch parts[1].first?.lowercased {
    case UInt8(ascii: "q"): bytes = quotedPrintable(parts[2].map { $0 == 0x5F ? 0x20 : $0 }[...])
    case UInt8(ascii: "b"): bytes = base64(parts[2])
    default: return nil
    }
    let decoded = Encoding.decode(bytes, charset: charset).bytes
    return (decoded, parts[3].startIndex + 1 - text.startIndex)
  }

  /// The charset's name; a language may follow it (RFC 2231).
  private static func encoding(_ name: ArraySlice<UInt8>) -> String? {
    CharsetLabels.encoding(String(decoding: name.prefix { $0 != 0x2A }, as: UTF8.self))
  }
}
