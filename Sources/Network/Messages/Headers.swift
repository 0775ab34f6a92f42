/// The header fields of a response, in order, cleaned of controls.
package struct Headers: Sendable, Hashable {
  /// One field.
  package struct Field: Sendable, Hashable {
    /// In lower case; letters, digits and marks of RFC 9110 (section 5.6.2) only.
    package let name: String
    /// Without the white space around it and without controls.
    package let value: [UInt8]
    /// Whether controls were taken out, so that the value is not what the server wrote.
    package let isCleaned: Bool
  }

  package private(set) var fields: [Field] = []

  package init() {}

  /// The value of the first field of that name (in lower case), as one line that is safe to show.
  package subscript(name: String) -> String? { bytes(name).map(SafeText.text) }

  /// The values of all fields of that name.
  package func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map { SafeText.text($0.value) }
  }

  /// The bytes of the first field of that name, cleaned of controls.
  package func bytes(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// A value that may be sent back as it is: no control was in it and it has at most 1 kB.
  package func verbatim(_ name: String) -> [UInt8]? {
    guard let field = fields.first(where: { $0.name == name }), !field.isCleaned,
      !field.value.isEmpty, field.value.count <= 1024
    else { return nil }
    return field.value
  }

  /// Reads one line of a head without its line end; `false` for what is no field, which is left out.
  mutating func add(line: [UInt8]) -> Bool {
    if let first = line.first, first == 0x20 || first == 0x09 { return continueLast(line) }
    guard let colon = line.firstIndex(of: 0x3A), colon > 0 else { return false }
    let name = line[..<colon]
    guard name.allSatisfy({ Self.isNamePart[Int($0)] }) else { return false }
    append(name: String(decoding: name, as: UTF8.self).lowercased(), line[(colon + 1)...])
    return true
  }

  private mutating func append(name: String, _ written: ArraySlice<UInt8>) {
    let (value, isCleaned) = Self.cleaned(written)
    fields.append(Field(name: name, value: value, isCleaned: isCleaned))
  }

  /// A line that goes on with the field before it (RFC 9112, section 5.2).
  private mutating func continueLast(_ line: [UInt8]) -> Bool {
    guard let last = fields.popLast() else { return false }
    let (more, isCleaned) = Self.cleaned(line[...])
    let value = last.value.isEmpty || more.isEmpty ? last.value + more : last.value + [0x20] + more
    fields.append(
      Field(name: last.name, value: value, isCleaned: last.isCleaned || isCleaned))
    return true
  }

  /// Without white space around it and without C0, DEL and the C1 of UTF-8 and Latin-1.
  private static func cleaned(_ written: ArraySlice<UInt8>) -> (value: [UInt8], isCleaned: Bool) {
    let trimmed = written.drop { $0 == 0x20 || $0 == 0x09 }
    let end = trimmed.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? trimmed.startIndex
    let value = trimmed[trimmed.startIndex..<end]
    let clean = value.filter { $0 >= 0x20 && $0 != 0x7F }
    let isUTF8 = String(validating: clean, as: UTF8.self) != nil
    let hasC1 = isUTF8 ? holdsC1(clean) : clean.contains { (0x80...0x9F).contains($0) }
    guard hasC1 else { return (Array(clean), clean.count != value.count) }
    return (Array(SafeText.text(clean).utf8), true)
  }

  private static func holdsC1(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == 0xC2 && (0x80...0x9F).contains($1) }
  }

  private static let isNamePart: [Bool] = (0..<256).map { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "!#$%&'*+-.^_`|~".utf8.contains(UInt8(byte))
  }
}
