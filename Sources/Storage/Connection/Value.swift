/// What goes into a statement.
enum Value {
  case null
  case int(Int64)
  case real(Double)
  case text(String)
  /// Text that is UTF-8 already, in bytes.
  case utf8([UInt8])
  case bytes([UInt8])

  static func int(_ number: Int) -> Value { .int(Int64(number)) }
  static func bool(_ flag: Bool) -> Value { .int(flag ? 1 : 0) }
  static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }
  static func optional(_ bytes: [UInt8]?) -> Value { bytes.map(Value.bytes) ?? .null }
  static func optional(_ number: Int64?) -> Value { number.map(Value.int) ?? .null }
}
