/// The fields at the head of a message, or of a part of one (RFC 5322, RFC 2045).
///
/// Contract: one pass over the lines up to the first empty one, of which only the fields that the
/// parser reads are kept, each at most 4 kB long. Fields of any size and number cost time only.
struct MIMEFields {
  private var fields: [String: [UInt8]] = [:]
  /// Where the body begins.
  let end: Int

  private static let kept: Set<String> = [
    "mime-version", "content-type", "content-transfer-encoding", "content-location", "content-id",
    "content-disposition", "snapshot-content-location", "subject", "from", "date",
  ]
  /// Bytes of one field.
  private static let longest = 4096
  /// Bytes of a field's name (RFC 5322 has at most 78 in a line).
  private static let longestName = 76

  /// Reads the fields at the beginning of the range; `nil` where a line is none.
  init?(_ bytes: [UInt8], in range: Range<Int>) {
    var at = range.lowerBound
    // The name of the field under way, if it is kept.
    var name: String?
    while true {
      let line = bytes.line(at, end: range.upperBound)
      at = line.next
      let text = bytes[line.range]
      guard let first = text.first else { break }
      if first == 0x20 || first == 0x09 {
        if let name, let count = fields[name]?.count, count < Self.longest {
          fields[name]?.append(contentsOf: text.prefix(Self.longest - count))
        }
      } else if let colon = text.prefix(Self.longestName + 1).firstIndex(of: 0x3A),
        colon > text.startIndex, text[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      {
        let lowered = String(decoding: text[..<colon].map(\.lowercased), as: UTF8.self)
        name = Self.kept.contains(lowered) && fields[lowered] == nil ? lowered : nil
        if let name { fields[name] = Array(text[(colon + 1)...].prefix(Self.longest)) }
      } else {
        return nil
      }
      guard at < range.upperBound else { break }
    }
    end = at
  }

  subscript(_ name: String) -> String? {
    fields[name].map { String(decoding: $0[...].trimmedOfSpace, as: UTF8.self) }
  }

  /// The value of a field without its parameters, in lower case: "text/html".
  func kind(_ name: String) -> String? {
    self[name].map { value in
      let kind = value.prefix { $0 != ";" }.lowercased()
      return String(decoding: Array(kind.utf8)[...].trimmedOfSpace, as: UTF8.self)
    }
  }

  /// A parameter of the content's type: the `boundary` of `multipart/related; boundary="x"`.
  func parameter(_ wanted: String) -> String? {
    guard let value = self["content-type"] else { return nil }
    var rest = Array(value.utf8)[...]
    rest = rest.drop { $0 != 0x3B }
    while rest.first == 0x3B {
      rest = rest.dropFirst().drop(while: \.isSpace)
      let name = rest.prefix { $0 != 0x3D && $0 != 0x3B }
      rest = rest[name.endIndex...]
      guard rest.first == 0x3D else { continue }
      rest = rest.dropFirst().drop(while: \.isSpace)
      var parsed: [UInt8] = []
      if rest.first == 0x22 {
        rest = rest.dropFirst()
        while let byte = rest.first, byte != 0x22 {
          if byte == 0x5C { rest = rest.dropFirst() }
          if let byte = rest.popFirst() { parsed.append(byte) }
        }
        rest = rest.dropFirst().drop { $0 != 0x3B }
      } else {
        parsed = Array(rest.prefix { $0 != 0x3B }[...].trimmedOfSpace)
        rest = rest.drop { $0 != 0x3B }
      }
      if name.trimmedOfSpace.equalsFolded(Array(wanted.utf8)) {
        return String(decoding: parsed, as: UTF8.self)
      }
    }
    return nil
  }
}

extension [UInt8] {
  /// The line that begins at `start`, without its end, and where the next one begins.
  func line(_ start: Int, end: Int) -> (range: Range<Int>, next: Int) {
    guard let feed = self[start..<end].firstIndex(of: 0x0A) else { return (start..<end, end) }
    let isPair = feed > start && self[feed - 1] == 0x0D
    return (start..<(isPair ? feed - 1 : feed), feed + 1)
  }
}
