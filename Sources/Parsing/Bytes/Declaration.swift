/// What a page says of its own encoding and language before it is decoded.
///
/// Contract: `meta` elements and the XML declaration in the first 16 kB; the `charset` of a script or a
/// link is another file's. Bytes only, linear.
enum Declaration {
  private static let reach = 16_384

  /// The charset that a `meta` element or an XML declaration names.
  static func find(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(reach)
    if head.trimmedOfSpace.starts(with: "<?xml".utf8) {
      let declaration = head.prefix(200).prefix { $0 != 0x3E }
      if let name = value(of: "encoding", in: declaration) { return name }
    }
    var at = head.startIndex
    while let tag = next("<meta", in: head, from: at) {
      let rest = head[tag...].dropFirst(5)
      let element = rest.prefix(1024).prefix { $0 != 0x3E }
      if let name = value(of: "charset", in: element) { return name }
      at = rest.startIndex
    }
    return nil
  }

  /// The encoding that a declaration inside the page can mean: one in UTF-16 could not be read to
  /// find it.
  static func encoding(_ label: String) -> String? {
    let name = CharsetLabels.encoding(label)
    return name?.hasPrefix("UTF-16") == true ? "UTF-8" : name
  }

  /// The primary language of the `html` element: "de" of `lang="de-AT"`.
  static func language(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(reach)
    guard let tag = next("<html", in: head, from: head.startIndex) else { return nil }
    let element = head[tag...].dropFirst(5).prefix(1024).prefix { $0 != 0x3E }
    guard let said = value(of: "lang", in: element) else { return nil }
    let primary = said.lowercased().prefix { $0.isLetter }
    return (2...3).contains(primary.utf8.count) ? String(primary) : nil
  }

  private static func next(
    _ word: StaticString, in bytes: ArraySlice<UInt8>, from start: Int
  ) -> Int? {
    let length = word.utf8CodeUnitCount
    guard bytes.endIndex - start >= length else { return nil }
    return word.withSpan { word in
      (start...bytes.endIndex - length).first { at in
        word.indices.allSatisfy { bytes[at + $0].lowercased == word[$0] }
      }
    }
  }

  /// What follows the word and "=", in quotes or not.
  private static func value(of word: StaticString, in element: ArraySlice<UInt8>) -> String? {
    var at = element.startIndex
    while let found = next(word, in: element, from: at) {
      var rest = element[found...].dropFirst(word.utf8CodeUnitCount).trimmedOfSpace
      at = found + 1
      guard rest.first == 0x3D else { continue }
      rest = rest.dropFirst().trimmedOfSpace
      if let quote = rest.first, quote == 0x22 || quote == 0x27 { rest = rest.dropFirst() }
      let name = rest.prefix(60).prefix {
        $0.isAlphanumeric || $0 == 0x2D || $0 == 0x5F || $0 == 0x3A || $0 == 0x2E
      }
      if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
    }
    return nil
  }
}
