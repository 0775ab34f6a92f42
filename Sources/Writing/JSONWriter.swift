import Stories

/// Writes one JSON value as UTF-8 bytes, in the order of the calls, without white space.
///
/// Unsafe scalars (`SafeScalars`) are written as `\uXXXX`, so that JSON looked at on a terminal is as
/// harmless as it is exact.
package struct JSONWriter {
  /// The JSON written so far.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  // MARK: - Values

  /// Writes a string.
  package mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  /// Writes a string or null.
  package mutating func string(_ text: String?) {
    if let text { string(text) } else { null() }
  }

  /// Writes an integer.
  package mutating func integer(_ number: Int) { literal(String(number)) }

  /// Writes an integer or null.
  package mutating func integer(_ number: Int?) {
    if let number { integer(number) } else { null() }
  }

  /// Writes true or false.
  package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

  /// A number of at most three decimals; JSON has no infinity, so what is not finite becomes null.
  package mutating func decimal(_ number: Double) {
    guard number.isFinite, number.magnitude < 1e12 else { return null() }
    let thousandths = Int((number * 1000).rounded())
    literal(
      thousandths.isMultiple(of: 1000)
        ? String(thousandths / 1000) : "\(Double(thousandths) / 1000)")
  }

  /// Writes null.
  package mutating func null() { literal("null") }

  /// Writes an object, whose fields `body` writes.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// Writes an array; `body` writes one value for each item.
  package mutating func array<Items: Sequence>(
    _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    enclose(UInt8(ascii: "["), UInt8(ascii: "]")) { out in
      for item in items { body(&out, item) }
    }
  }

  /// The name of the value that is written next.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Ends a line of JSON Lines.
  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  // MARK: - Bytes

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func enclose(
    _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    bytes.append(open)
    needsComma = false
    body(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let raw = Array(text.utf8)
    var copied = 0
    var index = 0
    while index < raw.count {
      guard Self.needsLook[Int(raw[index])] else {
        index += 1
        continue
      }
      let length = SafeScalars.length(in: raw, at: index)
      let scalar = SafeScalars.scalar(in: raw, at: index, length)
      if scalar == 0x22 || scalar == 0x5C || SafeScalars.kind(of: scalar) != .safe {
        bytes.append(contentsOf: raw[copied..<index])
        escape(scalar)
        copied = index + length
      }
      index += length
    }
    bytes.append(contentsOf: raw[copied...])
    bytes.append(UInt8(ascii: "\""))
  }

  /// By byte, whether it may begin something that is escaped.
  private static let needsLook: [Bool] = (0..<256).map {
    $0 == 0x22 || $0 == 0x5C || SafeScalars.mayBeUnsafe[$0]
  }

  private mutating func escape(_ scalar: UInt32) {
    switch scalar {
    case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, UInt8(scalar)])
    case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
    case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
    case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
    case 0x1_0000...:
      escape(unit: 0xD800 + (scalar - 0x1_0000) >> 10)
      escape(unit: 0xDC00 + (scalar - 0x1_0000) & 0x3FF)
    default: escape(unit: scalar)
    }
  }

  /// One unit of UTF-16.
  private mutating func escape(unit: UInt32) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: [0x5C, 0x75])
    for shift: UInt32 in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> shift & 15)]) }
  }
}

// MARK: - Fields

extension JSONWriter {
  /// Writes a field with a string or null.
  package mutating func field(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  /// Writes a field with an integer or null.
  package mutating func field(_ name: String, _ value: Int?) {
    key(name)
    integer(value)
  }

  /// Writes a field with true, false or null.
  package mutating func field(_ name: String, _ value: Bool?) {
    key(name)
    if let value { boolean(value) } else { null() }
  }

  /// Writes a field with an array of strings.
  package mutating func field(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }
}
