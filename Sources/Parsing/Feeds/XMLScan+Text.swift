extension XMLScan {
  /// Appends a range of the bytes to a text: decodes references, normalizes line ends (XML 1.0, 2.11),
  /// and removes control characters.
  ///
  /// Named references are those of HTML and must end in a semicolon, because an address in text may have
  /// `&copy=`. References and characters in the C1 range are read as Windows-1252, as browsers do. A
  /// literal text has no references.
  func append(_ range: Range<Int>, isLiteral: Bool, to out: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      let start = at
      while at < range.upperBound, !Self.isSpecial(bytes[at]) { at += 1 }
      out.append(contentsOf: bytes[start..<at])
      guard at < range.upperBound else { return }
      at += appendSpecial(at, end: range.upperBound, isLiteral, &out)
    }
  }

  /// Whether a byte may begin a reference or a control character, or ends a line.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == 0x26 || byte == 0xC2 || byte == 0x7F || byte < 0x20 && byte != 0x0A && byte != 0x09
  }

  /// Appends what a special byte begins, and returns how many bytes that are.
  private func appendSpecial(_ at: Int, end: Int, _ isLiteral: Bool, _ out: inout [UInt8]) -> Int {
    switch bytes[at] {
    case 0x26:
      guard !isLiteral,
        let found = CharacterReferences.reference(in: bytes.span, at: at + 1, end: end, true)
      else { break }
      append(found.scalar, to: &out)
      return 1 + found.length
    case 0xC2:
      guard at + 1 < end, bytes[at + 1] < 0xA0 else { break }
      append(CharacterReferences.repaired(UInt32(bytes[at + 1])), to: &out)
      return 2
    case 0x0D:
      if at + 1 >= end || bytes[at + 1] != 0x0A { out.append(0x0A) }
      return 1
    default: return 1
    }
    out.append(bytes[at])
    return 1
  }

  private func append(_ scalar: UInt32, to out: inout [UInt8]) {
    let isControl = scalar < 0x20 && scalar != 0x09 && scalar != 0x0A && scalar != 0x0D
    guard !isControl, scalar != 0x7F, let scalar = Unicode.Scalar(scalar) else { return }
    out.append(contentsOf: UTF8.encode(scalar) ?? .init())
  }

  /// A range as decoded text.
  func string(_ range: Range<Int>, isLiteral: Bool = false) -> String {
    guard bytes[range].contains(where: Self.isSpecial) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var out: [UInt8] = []
    append(range, isLiteral: isLiteral, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
