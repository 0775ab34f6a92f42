extension String {
  /// Whether it is a name of an element or attribute
  /// (XML 1.0, 5th edition, https://www.w3.org/TR/xml/#NT-Name).
  var isXMLName: Bool {
    var isFirst = true
    for scalar in unicodeScalars {
      guard scalar.beginsXMLName || !isFirst && scalar.continuesXMLName else { return false }
      isFirst = false
    }
    return !isFirst
  }

  /// The text without the noncharacters that XML forbids even as references
  /// (https://www.w3.org/TR/xml/#NT-Char); controls are gone when a document was read.
  var withoutNonXML: String {
    func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value == 0xFFFE || scalar.value == 0xFFFF
    }
    guard unicodeScalars.contains(where: isForbidden) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.filter { !isForbidden($0) }))
  }
}

extension Unicode.Scalar {
  fileprivate var beginsXMLName: Bool {
    switch value {
    case 0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
      0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
      0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  fileprivate var continuesXMLName: Bool {
    switch value {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: false
    }
  }
}
