import Stories

/// The raw metadata of a page: JSON-LD, `meta` and `link` elements, title and headings.
///
/// Collected in one walk and not yet checked: `MetadataChoice` chooses among the layers and corrects
/// them against each other. Every list is bounded, so a hostile page cannot exhaust memory.
struct Metadata {
  var linked = LinkedData()
  var meta: [String: String] = [:]
  var authorsInMeta: [String] = []
  /// Unknown names of `meta` elements that look like a date of publication, in document order.
  var dateKeys: [String] = []
  var tags: [String] = []
  var canonical: String?
  var language: String?
  var titleElement: String?
  /// The text of every non-empty `h1` with its node; at most 20.
  var headlines: [(node: Int, text: String)] = []
  /// The first 20 headings of levels 2 to 4, for pages whose headline is not an `h1`.
  var subheadings: [(node: Int, text: String)] = []

  init(_ tree: HTMLTree) {
    language = tree.value(.lang, of: HTMLTree.root) ?? tree.value(.xmlLang, of: HTMLTree.root)
    var scripts = 0
    for node in 1..<max(1, tree.count) {
      switch tree.tag(node) {
      case .meta: collectMeta(tree, node)
      case .link:
        if canonical == nil, tree.hasToken("canonical", in: .rel, node) {
          canonical = tree.value(.href, of: node)
        }
      case .title:
        if titleElement == nil, !isInDrawing(tree, node) {
          titleElement = Self.decoded(String(folding: tree.rawText(node)))
        }
      case .script:
        if scripts < 50, tree.valueContains("ld+json", .type, node) {
          scripts += 1
          linked.collect(JSONValue(lenient: tree.rawText(node)))
        }
      case .h1:
        if headlines.count < 20 {
          let text = Self.headingText(tree, node)
          if !text.isEmpty { headlines.append((node, text)) }
        }
      case .h2, .h3, .h4:
        if subheadings.count < 20 {
          let text = Self.headingText(tree, node)
          if !text.isEmpty { subheadings.append((node, text)) }
        }
      default: break
      }
    }
  }

  /// Whether a `title` belongs to an `svg` instead of the page.
  private func isInDrawing(_ tree: HTMLTree, _ node: Int) -> Bool {
    tree.ancestors(node).contains { tree.tag($0) == .svg }
  }

  /// A heading's text with its child elements separated ("Kicker" and "Headline" in two spans are two
  /// words), without the sign of a link to itself ("¶", "#").
  private static func headingText(_ tree: HTMLTree, _ node: Int) -> String {
    var out = FoldedText()
    for child in tree.children(node) {
      let text =
        tree.isText(child) ? String(folding: tree.textBytes(child)) : tree.line(child, limit: 1000)
      if out.bytes.count > 1000 { break }
      if let last = out.bytes.last, let first = text.utf8.first, tree.isElement(child),
        !tree.tag(child).isInline || (last.isLetter && !last.isUpper && first.isUpper)
      {
        out.append([0x20])
      }
      if tree.isText(child) {
        out.append(tree.textBytes(child))
      } else {
        out.append(Array(text.utf8)[...])
      }
    }
    var text = out.string.withoutHyphenation
    while let last = text.unicodeScalars.last, last == "¶" || last == "#" || last == " " {
      text.unicodeScalars.removeLast()
    }
    return text
  }

  private mutating func collectMeta(_ tree: HTMLTree, _ node: Int) {
    guard
      let name = tree.value(.property, of: node) ?? tree.value(.name, of: node)
        ?? tree.value(.itemprop, of: node), name.utf8.count < 64,
      // `value` instead of `content` is a mistake of authors and of programs that save pages.
      let content = tree.value(.content, of: node) ?? tree.value(.value, of: node),
      content.utf8.count < 20_000
    else { return }
    let text = Self.decoded(String(folding: content))
    let isMicrodata = !tree.has(.property, node) && !tree.has(.name, node)
    for key in name.lowercased().split(separator: " ").prefix(4).map(String.init) {
      // Microdata also names the authors of quoted works; it is read in its context instead.
      if Self.namesAuthor(key), !isMicrodata, authorsInMeta.count < 20,
        !authorsInMeta.contains(text)
      {
        authorsInMeta.append(text)
      }
      if meta[key] == nil, dateKeys.count < 10, Self.namesDate(key) { dateKeys.append(key) }
      if key == "article:tag", tags.count < 50 { tags.append(text) }
      if meta.count < 500, meta[key] == nil { meta[key] = text }
    }
  }

  /// Whether a `meta` element of this name gives an author: "author", "article:author",
  /// "parsely-author", "citation_author" …, but not the site's account ("twitter:creator").
  private static func namesAuthor(_ key: String) -> Bool {
    if ["dc.creator", "dcterms.creator", "byl", "article:byline"].contains(key) { return true }
    return key.hasSuffix("author") && !key.hasPrefix("twitter:")
  }

  private static func namesDate(_ key: String) -> Bool {
    key.holds("pubdate") || key.holds("publi") && (key.holds("date") || key.holds("time"))
  }

  /// The JSON-LD objects of article types, in document order.
  var articles: [JSONValue] { linked.articles }

  func named(_ keys: String...) -> String? {
    for key in keys { if let value = meta[key], !value.isEmpty { return value } }
    return nil
  }

  func linkedText(_ key: String) -> String? {
    linked.text(key, in: articles).map(Self.decoded)
  }

  /// The plain text of a machine-readable field, in which pages leave character references and tags.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(0x3C) else {
      return String(folding: CharacterReferences.decoded(Array(text.utf8))[...]).withoutHyphenation
    }
    // A "<" that opens no tag is kept as text by the parser.
    let tree = HTMLTree(Array(text.utf8.prefix(20_000)))
    return tree.line(HTMLTree.root)
  }
}

extension String {
  /// The text without soft hyphens (U+00AD) and zero-width spaces (U+200B), which only allow line breaks.
  fileprivate var withoutHyphenation: String {
    guard utf8.contains(0xC2) || utf8.contains(0xE2) else { return self }
    return String(
      String.UnicodeScalarView(unicodeScalars.filter { $0 != "\u{AD}" && $0 != "\u{200B}" }))
  }
}
