/// An element of a feed or a list of feeds, with its content.
///
/// Names are looked up in lower case, because feeds write `pubdate` and `guid ispermalink`. An entry is
/// converted to a value and its element released before the next one is read. A class, because elements
/// are traversed often and copying them would cost more than parsing.
final class XMLElement {
  /// An attribute: the vocabulary of its prefix (``XMLVocabulary/core`` without one), its name in lower
  /// case, its name as it is written, and its value.
  struct Attribute: Sendable, Hashable {
    var space: XMLVocabulary
    var name: String
    var writtenName: String
    var value: String
  }

  enum Node {
    case text(String)
    case element(XMLElement)
  }

  let space: XMLVocabulary
  /// The local name in lower case.
  let name: String
  /// The name with its prefix, as it is written.
  let writtenName: String
  let attributes: [Attribute]
  var nodes: [Node] = []
  /// The base of relative references in it (`xml:base`, already resolved); `nil` if the document has
  /// none.
  var base: String?
  /// `xml:lang` of the element or of one around it.
  var language: String?

  init(space: XMLVocabulary, name: String, writtenName: String, attributes: [Attribute] = []) {
    self.space = space
    self.name = name
    self.writtenName = writtenName
    self.attributes = attributes
  }
}

extension XMLElement {
  /// An attribute without a prefix, or with one of a known vocabulary.
  func attribute(_ name: String, _ space: XMLVocabulary = .core) -> String? {
    attributes.first { $0.name == name && $0.space == space }?.value
  }

  var children: [XMLElement] {
    nodes.compactMap { if case .element(let child) = $0 { child } else { nil } }
  }

  func children(_ name: String, _ space: XMLVocabulary = .core) -> [XMLElement] {
    nodes.compactMap {
      if case .element(let child) = $0, child.name == name, child.space == space {
        child
      } else {
        nil
      }
    }
  }

  func first(_ name: String, _ space: XMLVocabulary = .core) -> XMLElement? {
    for case .element(let child) in nodes where child.name == name && child.space == space {
      return child
    }
    return nil
  }

  /// The text of the first child of that name, trimmed; `nil` where there is none or it is empty.
  func text(of name: String, _ space: XMLVocabulary = .core) -> String? {
    for case .element(let child) in nodes where child.name == name && child.space == space {
      if let text = child.trimmedText { return text }
    }
    return nil
  }

  /// All text in the element and its descendants, in order.
  var text: String {
    if nodes.count == 1, case .text(let text) = nodes[0] { return text }
    return nodes.reduce(into: "") { text, node in
      switch node {
      case .text(let more): text += more
      case .element(let child): text += child.text
      }
    }
  }

  /// The text without white space around it; `nil` where nothing is left.
  var trimmedText: String? { text.trimmedOfSpace }

  var hasElements: Bool {
    nodes.contains { if case .element = $0 { true } else { false } }
  }

  /// The content as HTML: XHTML's elements as such, whatever their prefix.
  ///
  /// Empty elements get an end tag, because `<a/>` would stay open in HTML.
  var markup: String {
    var out: [UInt8] = []
    for node in nodes { Self.write(node, to: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  private static func write(_ node: Node, to out: inout [UInt8]) {
    switch node {
    case .text(let text): escape(text, to: &out)
    case .element(let element):
      out += Array("<\(element.localName)".utf8)
      for attribute in element.attributes where !attribute.writtenName.hasPrefix("xmlns") {
        out += Array(" \(attribute.writtenName)=\"".utf8)
        escape(attribute.value, to: &out)
        out.append(0x22)
      }
      out.append(0x3E)
      for node in element.nodes { write(node, to: &out) }
      let tag = NameTable.tags.find(element.name.utf8.span).flatMap(HTMLTag.init(rawValue:))
      guard !element.nodes.isEmpty || !HTMLTag.voids.contains(tag ?? .other) else { return }
      out += Array("</\(element.localName)>".utf8)
    }
  }

  /// The name in HTML.
  private var localName: String {
    space == .xhtml || space == .core || space == .atom ? name : writtenName
  }

  static func escape(_ text: String, to out: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case 0x26: out += Array("&amp;".utf8)
      case 0x3C: out += Array("&lt;".utf8)
      case 0x3E: out += Array("&gt;".utf8)
      case 0x22: out += Array("&quot;".utf8)
      default: out.append(byte)
      }
    }
  }
}

extension String {
  /// Without ASCII white space around it; `nil` where nothing is left.
  var trimmedOfSpace: String? {
    let bytes = utf8
    guard let first = bytes.firstIndex(where: { !$0.isSpace }),
      let last = bytes.lastIndex(where: { !$0.isSpace })
    else { return nil }
    if first == bytes.startIndex, bytes.index(after: last) == bytes.endIndex { return self }
    return String(self[first...last])
  }

  /// The first `limit` bytes, cut between two characters.
  func prefix(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end > startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
