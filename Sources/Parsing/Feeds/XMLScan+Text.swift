extension XMLScan {
  /// Appends a range of the bytes to a text: references decoded, line ends unified (XML 1.0, 2.11),
  /// controls left out.
  ///
  /// Named references are those of HTML and end in a semicolon, for an address in text has `&copy=`.
  /// Numbers and characters of the upper controls are read as Windows-1252, as browsers do: that is
  /// where they come from. A literal text has no references.
  func append(_ range: Range<Int>, isLiteral: Bool, to out: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      let start = at
      while at < range.upperBound, !Self.needsLook(bytes[at]) { at += 1 }
      out.append(contentsOf: bytes[start..<at])
      guard at < range.upperBound else { return }
      at += special(at, end: range.upperBound, isLiteral, &out)
    }
  }

  private static func needsLook(_ byte: UInt8) -> Bool {
    byte == 0x26 || byte == 0xC2 || byte == 0x7F || byte < 0x20 && byte != 0x0A && byte != 0x09
  }

  /// Appends what stands at a place that needs a look, and returns how many bytes that were.
  private func special(_ at: Int, end: Int, _ isLiteral: Bool, _ out: inout [UInt8]) -> Int {
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

  /// A range as text, decoded.
  func string(_ range: Range<Int>, isLiteral: Bool = false) -> String {
    guard bytes[range].contains(where: Self.needsLook) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var out: [UInt8] = []
    append(range, isLiteral: isLiteral, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
