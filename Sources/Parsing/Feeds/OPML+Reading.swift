extension OPML {
  /// The deepest nesting of outlines and elements; deeper ones are dropped.
  ///
  /// Lower than ``XMLTree/depthLimit``, so that a list that was read without a body can be read again
  /// after it was written with one.
  package static let depthLimit = XMLTree.depthLimit - 8

  /// Reads a list; `nil` if the bytes are not one.
  ///
  /// A truncated list is read up to its end. Outlines deeper than ``depthLimit`` and more than
  /// ``XMLTree/elementLimit`` elements are dropped; included lists are not loaded.
  package init?(_ bytes: [UInt8], charset: String? = nil) {
    guard bytes.count <= pageLimit else { return nil }
    let (text, _) = Encoding.decode(bytes, charset: charset)
    guard case .list(let start) = FeedDocument.find(text) else { return nil }
    var tree = XMLTree(text, from: start)
    while tree.nextEntry() != nil {}
    guard let root = tree.root else { return nil }
    self.init(
      version: root.attribute("version")?.withoutNonXML ?? "",
      attributes: root.opmlAttributes.filter { $0.name.lowercased() != "version" })
    let parts = root.children
    if let found = parts.first(where: { $0.name == "head" }) {
      head.attributes = found.opmlAttributes
      head.children = found.opmlChildren(depth: 1)
    }
    let bodies = parts.filter { $0.name == "body" }
    body.attributes = bodies.first?.opmlAttributes ?? []
    // Some programs write the outlines next to the head.
    let loose = parts.filter { $0.name != "head" && $0.name != "body" }
    for element in bodies.flatMap(\.children) + loose { body.add(element, depth: 1) }
  }
}

extension Outline {
  fileprivate init(_ element: XMLElement, depth: Int) {
    self.init(attributes: element.opmlAttributes)
    for child in element.children { add(child, depth: depth + 1) }
  }

  fileprivate mutating func add(_ child: XMLElement, depth: Int) {
    guard depth < OPML.depthLimit else { return }
    if child.name == "outline" {
      outlines.append(Outline(child, depth: depth))
    } else if let element = child.opml(depth: depth) {
      others.append(element)
    }
  }
}

extension XMLElement {
  /// The element; `nil` if its name is not valid in XML.
  fileprivate func opml(depth: Int) -> OPMLElement? {
    guard writtenName.isXMLName, depth < OPML.depthLimit else { return nil }
    let children = opmlChildren(depth: depth + 1)
    return OPMLElement(writtenName, ownText, attributes: opmlAttributes, children: children)
  }

  fileprivate func opmlChildren(depth: Int) -> [OPMLElement] {
    children.compactMap { $0.opml(depth: depth) }
  }

  /// The attributes that are valid in XML; of several with the same name, the first.
  fileprivate var opmlAttributes: [OPMLAttribute] {
    var names: Set<String> = []
    return attributes.compactMap {
      guard $0.writtenName.isXMLName, names.insert($0.writtenName).inserted else { return nil }
      return OPMLAttribute($0.writtenName, $0.value.withoutNonXML)
    }
  }

  /// The text outside of its child elements; trimmed if it has any.
  private var ownText: String {
    let text = nodes.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }.withoutNonXML
    return hasElements ? text.trimmedOfSpace ?? "" : text
  }
}
