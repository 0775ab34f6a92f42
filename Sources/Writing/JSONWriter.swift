/// Writes one JSON value as UTF-8 bytes, in the order of the calls, without white space.
///
/// Controls, C1 controls and direction marks are written as `\u…`, so that JSON looked at on a
/// terminal is as harmless as it is exact.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  // MARK: - Values

  package mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  package mutating func string(_ text: String?) {
    if let text { string(text) } else { null() }
  }

  package mutating func integer(_ number: Int) { literal(String(number)) }

  package mutating func integer(_ number: Int?) {
    if let number { integer(number) } else { null() }
  }

  package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

  /// A number of at most three decimals; JSON has no infinity, so what is not finite becomes null.
  package mutating func decimal(_ number: Double) {
    guard number.isFinite, number.magnitude < 1e12 else { return null() }
    let thousandths = Int((number * 1000).rounded())
    literal(
      thousandths.isMultiple(of: 1000)
        ? String(thousandths / 1000) : "\(Double(thousandths) / 1000)")
  }

  package mutating func null() { literal("null") }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

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
      guard Self.needsLook(raw[index]), let length = escapedLength(raw, index) else {
        index += 1
        continue
      }
      bytes.append(contentsOf: raw[copied..<index])
      escape(raw[index..<index + length])
      index += length
      copied = index
    }
    bytes.append(contentsOf: raw[copied...])
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte may begin something that is escaped.
  private static func needsLook(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2 || byte == 0xE2
  }

  /// How many bytes what is escaped here takes; `nil` where nothing is.
  private func escapedLength(_ raw: [UInt8], _ index: Int) -> Int? {
    switch raw[index] {
    case 0xC2: index + 1 < raw.count && raw[index + 1] < 0xA0 ? 2 : nil
    case 0xE2: Self.isDirection(raw, index + 1) ? 3 : nil
    default: 1
    }
  }

  private mutating func escape(_ character: ArraySlice<UInt8>) {
    let first = character[character.startIndex]
    switch first {
    case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, first])
    case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
    case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
    case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
    default:
      // All of one byte are controls; of two only those of C1, whose second byte is their number.
      let tail = character.dropFirst().reduce(0) { $0 << 6 | Int($1 & 0x3F) }
      escape(
        scalar: character.count == 1 ? Int(first) : (character.count == 2 ? 0x80 : 0x2000) | tail)
    }
  }

  /// U+2028…U+202E and U+2066…U+2069, whose first byte stands before `index`.
  private static func isDirection(_ raw: [UInt8], _ index: Int) -> Bool {
    guard index + 1 < raw.count else { return false }
    return raw[index] == 0x80
      ? (0xA8...0xAE).contains(raw[index + 1])
      : raw[index] == 0x81 && (0xA6...0xA9).contains(raw[index + 1])
  }

  private mutating func escape(scalar: Int) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: [0x5C, 0x75])
    for shift in [12, 8, 4, 0] { bytes.append(digits[scalar >> shift & 15]) }
  }
}

// MARK: - Fields

extension JSONWriter {
  package mutating func field(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  package mutating func field(_ name: String, _ value: Int?) {
    key(name)
    integer(value)
  }

  package mutating func field(_ name: String, _ value: Bool?) {
    key(name)
    if let value { boolean(value) } else { null() }
  }

  package mutating func field(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }
}
