/// A list of feeds in folders (OPML 2.0, http://opml.org/spec2.opml).
///
/// Preserves the content of a list: unknown elements and attributes are kept in order and written
/// again. Dropped are white space between elements, comments, declarations, and what is invalid in XML,
/// such as a second attribute with the same name.
package struct OPML: Sendable, Hashable {
  /// The version as written: "1.0", "2.0".
  package var version: String
  /// Attributes of the root besides its version, such as namespaces.
  package var attributes: [OPMLAttribute]
  /// Its elements in order, such as `title` and `dateCreated`.
  package var head: OPMLElement
  /// The feeds and folders of the outermost level.
  package var body: Outline

  package init(
    version: String = "2.0", head: [OPMLElement] = [], outlines: [Outline] = [],
    attributes: [OPMLAttribute] = []
  ) {
    self.version = version
    self.attributes = attributes
    self.head = OPMLElement("head", children: head)
    body = Outline(outlines: outlines)
  }

  /// The title of the list; `nil` if it has none.
  package var title: String? { head.children.first { $0.name == "title" }?.text }

  /// All feeds in order, with the names of their folders, the outermost first.
  ///
  /// A feed in several folders is listed once for each.
  package var feeds: [(feed: Outline, folders: [String])] {
    var found: [(feed: Outline, folders: [String])] = []
    // Reversed on the stack, so that the result is in order.
    var stack = body.outlines.reversed().map { ($0, [String]()) }
    while let (outline, folders) = stack.popLast() {
      if outline.address != nil { found.append((outline, folders)) }
      guard !outline.outlines.isEmpty else { continue }
      let inner = outline.address == nil ? folders + [outline.title] : folders
      stack += outline.outlines.reversed().map { ($0, inner) }
    }
    return found
  }
}

/// An attribute with its name as written.
package struct OPMLAttribute: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An element that is preserved unchanged.
package struct OPMLElement: Sendable, Hashable {
  package var name: String
  package var attributes: [OPMLAttribute]
  package var text: String
  package var children: [OPMLElement]

  package init(
    _ name: String, _ text: String = "", attributes: [OPMLAttribute] = [],
    children: [OPMLElement] = []
  ) {
    self.name = name
    self.text = text
    self.attributes = attributes
    self.children = children
  }
}

/// A feed or a folder of a list.
package struct Outline: Sendable, Hashable {
  /// All attributes in order, including those that have a property here.
  package var attributes: [OPMLAttribute]
  package var outlines: [Outline]
  /// Child elements that are not outlines.
  package var others: [OPMLElement]

  package init(
    attributes: [OPMLAttribute] = [], outlines: [Outline] = [], others: [OPMLElement] = []
  ) {
    self.attributes = attributes
    self.outlines = outlines
    self.others = others
  }

  /// Makes a feed.
  package init(feed address: String, title: String, home: String? = nil) {
    self.init(attributes: [
      OPMLAttribute("type", "rss"), OPMLAttribute("text", title), OPMLAttribute("title", title),
      OPMLAttribute("xmlUrl", address),
    ])
    if let home { attributes.append(OPMLAttribute("htmlUrl", home)) }
  }

  /// Makes a folder.
  package init(folder name: String, _ outlines: [Outline]) {
    self.init(
      attributes: [OPMLAttribute("text", name), OPMLAttribute("title", name)], outlines: outlines)
  }

  /// The value of an attribute, ignoring the case of its name; `nil` if it is missing or empty.
  package subscript(_ name: String) -> String? {
    attributes.first { $0.name.lowercased() == name.lowercased() }?.value.trimmedOfSpace
  }

  /// The name for display: `text`, else `title`, else the feed's address.
  package var title: String { self["text"] ?? self["title"] ?? address ?? "" }

  /// The feed's address; `nil` for a folder.
  package var address: String? {
    self["xmlUrl"]
      ?? (self["type"].map { ["rss", "atom"].contains($0.lowercased()) } == true
        ? self["url"] : nil)
  }

  /// The address of the feed's site.
  package var home: String? { self["htmlUrl"] }
}
