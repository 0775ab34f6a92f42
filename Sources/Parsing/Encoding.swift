import CUchardet
import Glibc

/// Turns a page's bytes into valid UTF-8.
///
/// Contract: byte order mark, then the caller's charset, then the page's own declaration in its
/// first 4,096 bytes, then valid UTF-8, then the detector, then Windows-1252. A declaration that the
/// bytes contradict (UTF-8 said, invalid bytes; Latin-1 said, valid multi-byte UTF-8) is not
/// believed. Bytes that mean nothing become U+FFFD; NUL becomes a space. Linear.
enum Encoding {
  static func decode(_ bytes: [UInt8], charset: String?) -> (bytes: [UInt8], name: String) {
    if let marked = byMark(bytes) { return marked }
    let isUTF8 = isValidUTF8(bytes)
    let said = [charset, declared(bytes)].compactMap { $0 }.compactMap(standardName)
    // Nobody writes valid multi-byte UTF-8 by chance.
    if isUTF8, said.first.map({ !isStateful($0) }) ?? true { return (bytes.withoutNULs, "UTF-8") }
    for name in said where name != "UTF-8" {
      if let text = convert(bytes, from: name) { return (text.withoutNULs, name) }
    }
    if isUTF8 || said.first == "UTF-8" || isNearlyUTF8(bytes) {
      return (repaired(bytes).withoutNULs, "UTF-8")
    }
    if let name = detect(bytes), let text = convert(bytes, from: name) {
      return (text.withoutNULs, name)
    }
    if let text = convert(bytes, from: "WINDOWS-1252") { return (text.withoutNULs, "WINDOWS-1252") }
    return (repaired(bytes).withoutNULs, "UTF-8")
  }

  private static func byMark(_ bytes: [UInt8]) -> (bytes: [UInt8], name: String)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return (repaired(Array(bytes.dropFirst(3))).withoutNULs, "UTF-8")
    }
    for (mark, name) in [([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE")]
    where bytes.starts(with: mark.map { UInt8($0) }) {
      if let text = convert(Array(bytes.dropFirst(2)), from: name) {
        return (text.withoutNULs, name)
      }
    }
    return nil
  }

  /// ASCII bytes are valid UTF-8 too, but mean something else in these.
  private static func isStateful(_ name: String) -> Bool {
    name.hasPrefix("ISO-2022") || name.hasPrefix("UTF-16") || name == "HZ" || name == "UTF-7"
  }

  // MARK: Declarations

  /// The charset that the page names in a `meta` element or an XML declaration.
  static func declared(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(4096)
    var at = head.startIndex
    let word = Array("charset".utf8)
    let xml = Array("encoding".utf8)
    while at < head.endIndex {
      let isCharset = matches(head, at, word)
      if isCharset || (at < 200 && matches(head, at, xml)) {
        if let name = name(in: head[(at + (isCharset ? word.count : xml.count))...]) { return name }
      }
      at += 1
    }
    return nil
  }

  private static func matches(_ head: ArraySlice<UInt8>, _ at: Int, _ word: [UInt8]) -> Bool {
    at + word.count < head.endIndex
      && zip(head[at..<at + word.count], word).allSatisfy { $0.lowercased == $1 }
  }

  private static func name(in rest: ArraySlice<UInt8>) -> String? {
    var rest = rest.trimmedOfSpace
    guard rest.first == 0x3D else { return nil }
    rest = rest.dropFirst().trimmedOfSpace
    if let quote = rest.first, quote == 0x22 || quote == 0x27 { rest = rest.dropFirst() }
    let name = rest.prefix(40).prefix { $0.isAlphanumeric || $0 == 0x2D || $0 == 0x5F }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  /// The name iconv knows, as browsers read it: Latin-1 is Windows-1252.
  static func standardName(_ name: String) -> String? {
    let upper = String(
      decoding: name.utf8.prefix(40).map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 },
      as: UTF8.self)
    guard upper.utf8.allSatisfy({ $0.isAlphanumeric || $0 == 0x2D || $0 == 0x5F }) else {
      return nil
    }
    return switch upper {
    case "UTF8", "UTF-8", "UNICODE", "UTF": "UTF-8"
    case "ISO-8859-1", "LATIN1", "LATIN-1", "ISO8859-1", "ASCII", "US-ASCII", "ISO_8859-1",
      "ANSI", "CP1252", "X-ANSI":
      "WINDOWS-1252"
    case "ISO-8859-9", "LATIN5": "WINDOWS-1254"
    case "ISO-8859-11", "TIS-620": "CP874"
    case "GB2312", "GBK", "X-GBK", "GB_2312-80": "GB18030"
    case "SHIFT_JIS", "SHIFT-JIS", "SJIS", "X-SJIS", "MS_KANJI", "WINDOWS-31J": "CP932"
    case "EUC-KR", "KS_C_5601-1987", "KSC5601", "KS_C_5601": "CP949"
    case "BIG5", "BIG5-HKSCS", "X-X-BIG5": "BIG5-HKSCS"
    case "X-EUC-JP", "EUCJP": "EUC-JP"
    case "UTF-16", "UTF16": "UTF-8"
    default: upper
    }
  }

  private static func detect(_ bytes: [UInt8]) -> String? {
    guard let detector = uchardet_new() else { return nil }
    defer { uchardet_delete(detector) }
    // The first 256 kB decide; the detector is the slowest step.
    let sample = bytes.prefix(262_144)
    let failed = sample.withUnsafeBytes {
      uchardet_handle_data(
        detector, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard failed == 0 else { return nil }
    uchardet_data_end(detector)
    guard let name = uchardet_get_charset(detector) else { return nil }
    return standardName(String(cString: name)).flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: Conversion

  /// Converts with glibc, bad bytes to U+FFFD; `nil` where it does not know the encoding.
  static func convert(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    let handle = iconv_open("UTF-8", name)
    guard Int(bitPattern: handle) != -1 else { return nil }
    defer { iconv_close(handle) }
    var input = bytes
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 2)
    var chunk = [CChar](repeating: 0, count: 65_536)
    input.withUnsafeMutableBytes { buffer in
      var from = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = buffer.count
      while left > 0 {
        var failure: Int32 = 0
        chunk.withUnsafeMutableBufferPointer { chunk in
          var to = chunk.baseAddress
          var room = chunk.count
          let result = iconv(handle, &from, &left, &to, &room)
          failure = result == -1 ? errno : 0
          out += UnsafeRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: chunk[..<(chunk.count - room)]))
        }
        if failure == EILSEQ || failure == EINVAL {
          out += [0xEF, 0xBF, 0xBD]
          from = from.map { $0 + 1 }
          left -= 1
        }
      }
    }
    return repaired(out)
  }

  static func isValidUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var at = 0
      while at < buffer.count {
        let length = sequenceLength(buffer, at)
        if length == 0 { return false }
        at += length
      }
      return true
    }
  }

  /// Long pages with a few broken characters are still UTF-8.
  private static func isNearlyUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var (good, bad, at) = (0, 0, 0)
      while at < buffer.count {
        let length = sequenceLength(buffer, at)
        if length == 0 { bad += 1 } else if length > 1 { good += 1 }
        at += max(1, length)
      }
      return good > 20 * bad
    }
  }

  /// The length of the sequence that begins here, 0 if it is not valid (RFC 3629).
  @inline(__always)
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
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

  /// Valid UTF-8 with U+FFFD for what is broken.
  static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    if isValidUTF8(bytes) { return bytes }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}

extension [UInt8] {
  fileprivate var withoutNULs: [UInt8] {
    guard contains(0) else { return self }
    return map { $0 == 0 ? 0x20 : $0 }
  }
}
