/// Validates that bytes are one line with one JSON value (RFC 8259), independently of the writer.
///
/// The recursion depth is the nesting of the value, which the parser limits for stories.
struct JSONCheck {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func isValid() -> Bool { value() && take("\n") && at == bytes.count }

  private mutating func take(_ letters: StaticString) -> Bool {
    let end = at + letters.utf8CodeUnitCount
    guard end <= bytes.count,
      letters.withUTF8Buffer({ $0.elementsEqual(bytes[at..<end]) })
    else { return false }
    at = end
    return true
  }

  private mutating func value() -> Bool {
    guard at < bytes.count else { return false }
    switch bytes[at] {
    case UInt8(ascii: "{"): return list("{", "}") { $0.string() && $0.take(":") && $0.value() }
    case UInt8(ascii: "["): return list("[", "]") { $0.value() }
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return take("true")
    case UInt8(ascii: "f"): return take("false")
    case UInt8(ascii: "n"): return take("null")
    default: return number()
    }
  }

  private mutating func list(
    _ open: StaticString, _ close: StaticString, _ item: (inout JSONCheck) -> Bool
  ) -> Bool {
    guard take(open) else { return false }
    if take(close) { return true }
    repeat {
      guard item(&self) else { return false }
    } while take(",")
    return take(close)
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"): guard escape() else { return false }
      case ..<0x20: return false
      default: break
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard at < bytes.count else { return false }
    defer { at += 1 }
    guard bytes[at] == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(bytes[at]) }
    let digits = bytes[at + 1..<min(at + 5, bytes.count)]
    at += 4
    return digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  private mutating func number() -> Bool {
    let start = at
    while at < bytes.count, "0123456789+-.eE".utf8.contains(bytes[at]) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    return Double(text) != nil && !text.hasPrefix("+")
  }
}
