/// Resolves the names of elements and attributes (Namespaces in XML 1.0,
/// https://www.w3.org/TR/xml-names/).
struct XMLNames {
  /// The declarations in force, the innermost last.
  private var declarations: [(prefix: String, space: XMLVocabulary)] = []
  /// A cache of resolved names by their bytes, because a feed has the same few in each entry.
  private var known: [[UInt8]: (prefix: String, local: String, written: String)] = [:]

  private static let knownLimit = 256

  /// Adds the declarations of a tag, and returns their number.
  mutating func declare(_ tag: XMLScan.Tag, _ scan: XMLScan) -> Int {
    var count = 0
    for (name, value) in tag.attributes where scan.bytes[name].starts(with: "xmlns".utf8) {
      let prefix: String
      switch scan.bytes[name].dropFirst(5).first {
      case nil: prefix = ""
      case 0x3A: prefix = scan.string(name.lowerBound + 6..<name.upperBound)
      default: continue
      }
      let address = scan.string(value).trimmedOfSpace ?? ""
      // An unknown default namespace counts as the feed's own.
      let space = XMLVocabulary(address: address) ?? XMLVocabulary(prefix: prefix)
      declarations.append((prefix, space))
      count += 1
    }
    return count
  }

  /// Drops the last declarations, when their element ends.
  mutating func forget(_ count: Int) { declarations.removeLast(count) }

  /// The element that a tag begins, without base and language.
  mutating func element(_ tag: XMLScan.Tag, _ scan: XMLScan) -> XMLElement {
    var attributes: [XMLElement.Attribute] = []
    attributes.reserveCapacity(tag.attributes.count)
    for (written, value) in tag.attributes {
      let name = self.name(written, scan)
      attributes.append(
        XMLElement.Attribute(
          space: name.prefix.isEmpty ? .core : space(name.prefix), name: name.local,
          writtenName: name.written, value: scan.string(value)))
    }
    let name = name(tag.name, scan)
    return XMLElement(
      space: space(name.prefix), name: name.local, writtenName: name.written,
      attributes: attributes)
  }

  private func space(_ prefix: String) -> XMLVocabulary {
    if prefix == "xml" { return .xml }
    return declarations.last { $0.prefix == prefix }?.space ?? XMLVocabulary(prefix: prefix)
  }

  private mutating func name(
    _ range: Range<Int>, _ scan: XMLScan
  ) -> (prefix: String, local: String, written: String) {
    let bytes = Array(scan.bytes[range])
    if let found = known[bytes] { return found }
    // Both parts come from the text without control characters, or a name would be looked up under
    // another one than it is written with.
    let written = scan.string(range)
    let colon = written.firstIndex(of: ":")
    let prefix = colon.map { String(written[..<$0]) } ?? ""
    let local = (colon.map { String(written[$0...].dropFirst()) } ?? written).lowercased()
    let found = (prefix, local, written)
    if known.count < Self.knownLimit { known[bytes] = found }
    return found
  }
}
