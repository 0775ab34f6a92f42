/// A JSON value, parsed leniently from the JSON-LD and scripts of web pages.
///
/// Linear in the input, at most 64 levels deep and 200,000 values. Beyond RFC 8259 it accepts what
/// pages get wrong (raw line breaks in strings, trailing commas, comments and CDATA marks around the
/// value, missing closing brackets, text after the value) and JavaScript's single quotes and octal
/// and hexadecimal escapes. Numbers are kept as written. A value that cannot be parsed is `null`.
indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  init(lenient bytes: ArraySlice<UInt8>) {
    var parser = JSONParser(bytes: Array(bytes))
    self = parser.parse()
  }

  subscript(_ key: String) -> JSONValue {
    guard case .object(let pairs) = self else { return .null }
    return pairs.first { $0.0 == key }?.1 ?? .null
  }

  /// The text of a string, trimmed, or a number as written; `nil` if empty or of another type.
  var text: String? {
    switch self {
    case .string(let text):
      let trimmed = Array(text.utf8)[...].trimmedOfSpace
      return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
    case .number(let text): return text
    default: return nil
    }
  }

  /// The elements of an array; any other value but `null` is treated as an array of one.
  var items: [JSONValue] {
    switch self {
    case .null: []
    case .array(let items): items
    default: [self]
    }
  }

  var isObject: Bool { if case .object = self { true } else { false } }
}

struct JSONParser {
  let bytes: [UInt8]
  private var at = 0
  /// Remaining number of values, so that a hostile page cannot exhaust memory.
  private var remainingValues = 200_000
  /// Whether line ends in strings are kept, and other controls left out; otherwise they become spaces.
  private let keepsLines: Bool
  /// Whether the end came, or too many values, before a value was whole.
  private(set) var isCut = false

  init(bytes: [UInt8], keepsLines: Bool = false) {
    self.bytes = bytes
    self.keepsLines = keepsLines
  }

  mutating func parse() -> JSONValue {
    // Skip what precedes the value: CDATA, comments, byte order marks.
    while at < bytes.count, bytes[at] != 0x7B, bytes[at] != 0x5B { at += 1 }
    // The bracket found may be the one in "<![CDATA[".
    if at >= 3, at + 7 < bytes.count, bytes[at - 2] == 0x3C, bytes[at - 1] == 0x21 { at += 7 }
    while at < bytes.count, bytes[at] != 0x7B, bytes[at] != 0x5B { at += 1 }
    return value(depth: 0)
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at].isSpace || bytes[at] == 0x2C || bytes[at] == 0x3A { at += 1 }
  }

  private mutating func value(depth: Int) -> JSONValue {
    skipSpace()
    remainingValues -= 1
    guard at < bytes.count, depth < 64, remainingValues > 0 else {
      stop()
      return .null
    }
    switch bytes[at] {
    case 0x7B: return object(depth: depth)
    case 0x5B: return array(depth: depth)
    case 0x22, 0x27: return .string(string(quote: bytes[at]))
    default: return word()
    }
  }

  private mutating func object(depth: Int) -> JSONValue {
    at += 1
    var pairs: [(String, JSONValue)] = []
    while true {
      skipSpace()
      guard at < bytes.count else {
        isCut = true
        break
      }
      if bytes[at] == 0x7D {
        at += 1
        break
      }
      guard bytes[at] == 0x22 || bytes[at] == 0x27 else {
        at += 1
        continue
      }
      let key = string(quote: bytes[at])
      pairs.append((key, value(depth: depth + 1)))
    }
    return .object(pairs)
  }

  private mutating func array(depth: Int) -> JSONValue {
    at += 1
    var items: [JSONValue] = []
    while true {
      skipSpace()
      guard at < bytes.count else {
        isCut = true
        break
      }
      if bytes[at] == 0x5D {
        at += 1
        break
      }
      if bytes[at] == 0x7D { break }
      items.append(value(depth: depth + 1))
    }
    return .array(items)
  }

  private mutating func word() -> JSONValue {
    let start = at
    while at < bytes.count, bytes[at].isAlphanumeric || [0x2B, 0x2D, 0x2E].contains(bytes[at]) {
      at += 1
    }
    if at == start { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return bytes[start].isDigit || bytes[start] == 0x2D ? .number(word) : .null
    }
  }

  private mutating func string(quote: UInt8) -> String {
    at += 1
    var out: [UInt8] = []
    while at < bytes.count, bytes[at] != quote {
      if bytes[at] == 0x5C, at + 1 < bytes.count {
        at += 1
        escape(into: &out)
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    if at >= bytes.count { isCut = true }
    at += 1
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func escape(into out: inout [UInt8]) {
    let byte = bytes[at]
    at += 1
    switch byte {
    case 0x6E: out.append(keepsLines ? 0x0A : 0x20)
    case 0x72, 0x74: out.append(0x20)
    case 0x62, 0x66: break
    case 0x30...0x37, 0x78: out += Array(String(numericEscape(byte)).utf8)
    case 0x75:
      var scalar = utf16Unit()
      if (0xD800..<0xDC00).contains(scalar), at + 1 < bytes.count, bytes[at] == 0x5C,
        bytes[at + 1] == 0x75
      {
        at += 2
        let low = utf16Unit()
        scalar =
          (0xDC00..<0xE000).contains(low)
          ? 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
      }
      if keepsLines, scalar < 0x20 { break }
      out += Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    default: out.append(byte)
    }
  }

  /// A JavaScript escape by number: octal `\74` or hexadecimal `\x3c`.
  private mutating func numericEscape(_ first: UInt8) -> Unicode.Scalar {
    let isHex = first == 0x78
    var value = isHex ? 0 : UInt32(first - 0x30)
    var digits = isHex ? 0 : 1
    while digits < (isHex ? 2 : 3), at < bytes.count, let digit = bytes[at].hexDigit,
      isHex || digit < 8
    {
      value = value * (isHex ? 16 : 8) + digit
      digits += 1
      at += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func utf16Unit() -> UInt32 {
    var value: UInt32 = 0
    var digits = 0
    while digits < 4, at < bytes.count, let digit = bytes[at].hexDigit {
      value = value * 16 + digit
      digits += 1
      at += 1
    }
    return value
  }
}

// MARK: - Piece by piece

extension JSONParser {
  /// Passes over the rest.
  mutating func stop() {
    at = bytes.count
    isCut = true
  }

  /// The next value, of at most `limit` values.
  mutating func nextValue(limit: Int) -> JSONValue {
    remainingValues = limit
    return value(depth: 1)
  }

  /// Reads the outermost object: `body` is called with each name, and must read the value.
  ///
  /// - Returns: Whether the object is whole.
  mutating func members(_ body: (String, inout JSONParser) -> Void) -> Bool {
    while at < bytes.count, bytes[at] != 0x7B { at += 1 }
    at += 1
    while true {
      skipSpace()
      guard at < bytes.count else { return false }
      if bytes[at] == 0x7D { return !isCut }
      guard bytes[at] == 0x22 || bytes[at] == 0x27 else {
        at += 1
        continue
      }
      let name = string(quote: bytes[at])
      body(name, &self)
    }
  }

  /// Reads an array: `body` is called with each element that is whole and of at most `limit` values.
  mutating func elements(limit: Int, _ body: (JSONValue) -> Void) {
    skipSpace()
    guard at < bytes.count, bytes[at] == 0x5B else {
      _ = nextValue(limit: limit)
      return
    }
    at += 1
    while true {
      skipSpace()
      guard at < bytes.count else {
        isCut = true
        return
      }
      if bytes[at] == 0x5D {
        at += 1
        return
      }
      // What belongs to the object around is left to it.
      if bytes[at] == 0x7D { return }
      let element = nextValue(limit: limit)
      guard !isCut else { return }
      body(element)
    }
  }
}
