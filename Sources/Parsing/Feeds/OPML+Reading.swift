extension OPML {
  /// Reads a list; `nil` where the bytes hold none.
  ///
  /// Damaged lists are read as far as they go. Outlines deeper than ``XMLTree/depthLimit`` and more
  /// than ``XMLTree/elementLimit`` elements are left out; nothing that a list includes is loaded.
  package init?(_ bytes: [UInt8], charset: String? = nil) {
    guard bytes.count <= pageLimit else { return nil }
    let (text, _) = Encoding.decode(bytes, charset: charset)
    guard case .list(let start) = FeedDocument.find(text) else { return nil }
    var tree = XMLTree(text, from: start)
    while tree.nextEntry() != nil {}
    guard let root = tree.root else { return nil }
    self.init(
      version: root.attribute("version") ?? "",
      attributes: root.attributes.filter { $0.name != "version" || $0.space != .core }.map(\.opml))
    let body = root.children.first { $0.name == "body" } ?? root
    head = root.children.first { $0.name == "head" }?.children.map(\.opml) ?? []
    outlines = body.children.filter { $0.name == "outline" }.map(Outline.init)
  }
}

extension Outline {
  fileprivate init(_ element: XMLElement) {
    self.init(attributes: element.attributes.map(\.opml))
    for child in element.children {
      if child.name == "outline" {
        outlines.append(Outline(child))
      } else {
        others.append(child.opml)
      }
    }
  }
}

extension XMLElement {
  fileprivate var opml: OPMLElement {
    let children = children
    return OPMLElement(
      writtenName, children.isEmpty ? text : trimmedOwnText, attributes: attributes.map(\.opml),
      children: children.map(\.opml))
  }

  private var trimmedOwnText: String {
    nodes.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }.trimmedOfSpace ?? ""
  }
}

extension XMLElement.Attribute {
  fileprivate var opml: OPMLAttribute { OPMLAttribute(writtenName, value) }
}
