/// Turns a page's bytes into valid UTF-8.
///
/// Contract: byte order mark, then the caller's charset, then the page's own declaration, then valid
/// UTF-8, then the detector with the page's language, then Windows-1252. A declaration that the bytes
/// contradict (UTF-8 with other bytes; Latin-1 with valid multi-byte UTF-8; Shift_JIS with bytes that
/// it does not define) is ignored. UTF-8 that was decoded as Windows-1252 and encoded
/// again (mojibake) is repaired where that is certain. Undefined bytes become U+FFFD; NUL becomes
/// a space. Linear.
enum Encoding {
  static func decode(_ bytes: [UInt8], charset: String?) -> (bytes: [UInt8], name: String) {
    let (text, name) = text(bytes, charset: charset)
    return (Mojibake.repaired(text.withoutNULs), name)
  }

  /// The largest ratio of undefined bytes, 0…1, at which a declared charset is used.
  private static let maximumUndefined = 0.02

  private static func text(_ bytes: [UInt8], charset: String?) -> (bytes: [UInt8], name: String) {
    if let marked = byMark(bytes) { return marked }
    if let name = utf16WithoutMark(bytes), let text = Conversion(bytes, from: name) {
      return (text.bytes, name)
    }
    let utf8 = UTF8Survey(bytes)
    let declared = Declaration.find(bytes).flatMap(Declaration.encoding)
    let labels = [charset.flatMap(CharsetLabels.encoding), declared].compactMap { $0 }
    // Nobody writes valid multi-byte UTF-8 by chance.
    if utf8.broken == 0, labels.first.map({ !isOfASCII($0) }) ?? true {
      guard labels.isEmpty, utf8.good == 0, hasShifts(bytes),
        let text = Conversion(bytes, from: "ISO-2022-JP")
      else { return (bytes, "UTF-8") }
      return (text.bytes, "ISO-2022-JP")
    }
    var poor: (text: Conversion, name: String)?
    for name in labels where name != "UTF-8" {
      guard let text = Conversion(bytes, from: name) else { continue }
      if text.isGood(maximumUndefined) { return (text.bytes, name) }
      if poor == nil { poor = (text, name) }
    }
    if utf8.isLikely || (labels.contains("UTF-8") && utf8.good > 0 && utf8.good >= utf8.broken) {
      return (utf8.repaired(bytes), "UTF-8")
    }
    let language = Declaration.language(bytes)
    for name in CharsetGuess.names(bytes, language: language) {
      if let text = Conversion(bytes, from: name), text.isGood(maximumUndefined) {
        return (text.bytes, name)
      }
    }
    if let poor { return (poor.text.bytes, poor.name) }
    let text = Conversion(bytes, from: "WINDOWS-1252")
    return (text?.bytes ?? utf8.repaired(bytes), text == nil ? "UTF-8" : "WINDOWS-1252")
  }

  private static func byMark(_ bytes: [UInt8]) -> (bytes: [UInt8], name: String)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let rest = Array(bytes.dropFirst(3))
      return (UTF8Survey(rest).repaired(rest), "UTF-8")
    }
    for (mark, name) in [([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE")]
    where bytes.starts(with: mark.map { UInt8($0) }) {
      if let text = Conversion(Array(bytes.dropFirst(2)), from: name) { return (text.bytes, name) }
    }
    return nil
  }

  /// UTF-16 that nothing announces: every other byte of its markup is zero.
  static func utf16WithoutMark(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 8 else { return nil }
    var zeros = (even: 0, odd: 0)
    var printable = 0
    for at in stride(from: 0, to: min(bytes.count - 1, 2048), by: 2) {
      let (even, odd) = (bytes[at], bytes[at + 1])
      if even == 0 { zeros.even += 1 }
      if odd == 0 { zeros.odd += 1 }
      let sign = max(even, odd)
      if min(even, odd) == 0, sign.isSpace || (0x20..<0x7F).contains(sign) { printable += 1 }
    }
    guard printable * 10 >= (zeros.even + zeros.odd) * 9 else { return nil }
    // A third of the units at least are ASCII, and hardly any is a multiple of 256.
    let enough = min(bytes.count, 2048) / 6
    if zeros.odd >= enough, zeros.even * 20 <= zeros.odd { return "UTF-16LE" }
    if zeros.even >= enough, zeros.odd * 20 <= zeros.even { return "UTF-16BE" }
    return nil
  }

  /// Encodings whose bytes are valid UTF-8 too, but mean something else.
  private static func isOfASCII(_ name: String) -> Bool {
    name.hasPrefix("ISO-2022") || name.hasPrefix("UTF-16")
  }

  /// Whether the escapes of ISO-2022-JP stand in the bytes.
  private static func hasShifts(_ bytes: [UInt8]) -> Bool {
    guard let at = bytes.firstIndex(of: 0x1B), at + 2 < bytes.count else { return false }
    return bytes[at + 1] == 0x24 && (bytes[at + 2] == 0x42 || bytes[at + 2] == 0x40)
  }

  static func isValidUTF8(_ bytes: [UInt8]) -> Bool { UTF8Survey(bytes).broken == 0 }
}

extension [UInt8] {
  fileprivate var withoutNULs: [UInt8] {
    guard holdsNUL else { return self }
    return map { $0 == 0 ? 0x20 : $0 }
  }
}
