/// What is wrong with a selector, in words, without a full stop.
package struct SelectorError: Error, Sendable, Hashable {
  /// The error in words, without a full stop.
  package var problem: String
  init(_ problem: String) { self.problem = problem }
}

/// Reads the text of a ``Selector``.
struct SelectorReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func steps() throws(SelectorError) -> [[Selector.Test]] {
    var steps: [[Selector.Test]] = []
    while true {
      while let byte = peek, byte.isSpace { index += 1 }
      guard peek != nil else { break }
      steps.append(try step())
    }
    guard !steps.isEmpty else { throw SelectorError("it is empty") }
    return steps
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func step() throws(SelectorError) -> [Selector.Test] {
    var step: [Selector.Test] = []
    let start = index
    while let byte = peek, !byte.isSpace {
      switch byte {
      case UInt8(ascii: "#"):
        index += 1
        let name = try name(after: "#")
        let isNumbered = peek == UInt8(ascii: "%")
        if isNumbered { index += 1 }
        step.append(isNumbered ? .numberedID(name) : .id(name))
      case UInt8(ascii: "."):
        index += 1
        step.append(.hasClass(try name(after: ".")))
      case UInt8(ascii: "["):
        index += 1
        step.append(try attribute())
      default:
        guard index == start, Self.isNameByte(byte) else { throw unknown(byte) }
        let written = String(decoding: try name(after: ""), as: UTF8.self).lowercased()
        let known = NameTable.tags.find(Array(written.utf8).span).flatMap(HTMLTag.init)
        step.append(known.map { .tag($0) } ?? .tagName(written))
      }
    }
    return step
  }

  private mutating func attribute() throws(SelectorError) -> Selector.Test {
    let name = String(decoding: try name(after: "["), as: UTF8.self).lowercased()
    let sign = peek
    if sign == UInt8(ascii: "^") || sign == UInt8(ascii: "*") { index += 1 }
    guard peek == UInt8(ascii: "=") else {
      if let sign, sign != UInt8(ascii: "]") { throw unknown(sign) }
      try close()
      return .has(name)
    }
    index += 1
    let value = value()
    try close()
    switch sign {
    case UInt8(ascii: "^"): return .begins(name, value)
    case UInt8(ascii: "*"): return .contains(name, value)
    default: return .equals(name, value)
    }
  }

  private mutating func value() -> [UInt8] {
    let quote = peek.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil }
    if quote != nil { index += 1 }
    let start = index
    while let byte = peek, byte != quote ?? UInt8(ascii: "]") { index += 1 }
    let value = Array(bytes[start..<index])
    if quote != nil, peek != nil { index += 1 }
    return value
  }

  private mutating func close() throws(SelectorError) {
    guard peek == UInt8(ascii: "]") else { throw SelectorError("a [ is not closed with ]") }
    index += 1
  }

  private mutating func name(after sign: String) throws(SelectorError) -> [UInt8] {
    let start = index
    while let byte = peek, Self.isNameByte(byte) { index += 1 }
    guard index > start else { throw SelectorError("a name is missing after \(sign)") }
    return Array(bytes[start..<index])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  private func unknown(_ byte: UInt8) -> SelectorError {
    SelectorError(
      "“\(String(decoding: [byte], as: UTF8.self))” is not understood: a selector is made of tag, "
        + "#id, .class and [attribute=value], with spaces between an element and one below it")
  }
}
