import Stories

/// What the page says of itself, layer by layer, before anything is believed.
///
/// Contract: JSON-LD, `meta` and `link`, microdata and the visible headline are only collected here;
/// `MetadataChoice` repairs one against the other. Nothing is made up.
struct Metadata {
  var linked: [JSONValue] = []
  var meta: [String: String] = [:]
  var authorsInMeta: [String] = []
  var tags: [String] = []
  var canonical: String?
  var language: String?
  var titleElement: String?
  /// The headlines of the page: every h1 that is not empty, with its node.
  var headlines: [(node: Int, text: String)] = []

  init(_ tree: HTMLTree) {
    language = tree.value(.lang, of: HTMLTree.root) ?? tree.value(.xmlLang, of: HTMLTree.root)
    for node in 1..<max(1, tree.count) {
      switch tree.tag(node) {
      case .meta: readMeta(tree, node)
      case .link:
        if canonical == nil, tree.hasToken("canonical", in: .rel, node) {
          canonical = tree.value(.href, of: node)
        }
      case .title:
        if titleElement == nil { titleElement = Self.folded(tree.rawText(node)) }
      case .script:
        if linked.count < 50, tree.valueContains("ld+json", .type, node) {
          collect(JSONValue(lenient: tree.rawText(node)), depth: 0)
        }
      case .h1:
        if headlines.count < 20 {
          let text = tree.line(node, limit: 1000)
          if !text.isEmpty { headlines.append((node, text)) }
        }
      default: break
      }
    }
  }

  private mutating func readMeta(_ tree: HTMLTree, _ node: Int) {
    guard
      let name = tree.value(.property, of: node) ?? tree.value(.name, of: node)
        ?? tree.value(.itemprop, of: node), name.utf8.count < 64,
      let content = tree.value(.content, of: node), content.utf8.count < 20_000
    else { return }
    let key = name.lowercased()
    if ["article:author", "author", "parsely-author", "dc.creator", "og:article:author"].contains(
      key),
      authorsInMeta.count < 20
    {
      authorsInMeta.append(content)
    }
    if key == "article:tag", tags.count < 50 { tags.append(content) }
    if meta.count < 500, meta[key] == nil { meta[key] = Self.folded(Array(content.utf8)[...]) }
  }

  static func folded(_ bytes: ArraySlice<UInt8>) -> String {
    var out = FoldedText()
    out.append(bytes)
    return out.string
  }

  /// All objects, those of `@graph` and lists too.
  private mutating func collect(_ value: JSONValue, depth: Int) {
    guard depth < 4, linked.count < 500 else { return }
    for item in value.items where item.isObject {
      linked.append(item)
      collect(item["@graph"], depth: depth + 1)
      collect(item["mainEntity"], depth: depth + 1)
      collect(item["mainEntityOfPage"], depth: depth + 1)
    }
  }

  /// The objects that are an article, the most telling first.
  var articles: [JSONValue] {
    linked.filter { object in
      object["@type"].items.contains { type in
        guard let type = type.text else { return false }
        return type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Report"
          || type == "Review" || type == "Recipe" || type == "CreativeWork"
      }
    }
  }

  func named(_ keys: String...) -> String? {
    for key in keys { if let value = meta[key], !value.isEmpty { return value } }
    return nil
  }

  func linkedText(_ key: String) -> String? {
    for article in articles {
      for item in article[key].items {
        if let text = item.text ?? item["name"].text { return decoded(text) }
      }
    }
    return nil
  }

  /// Text of a machine-readable field, where pages leave references undecoded.
  func decoded(_ text: String) -> String {
    guard text.utf8.contains(0x26) || text.utf8.contains(0x3C) else {
      return Self.folded(Array(text.utf8)[...])
    }
    let tree = HTMLTree(Array(text.utf8.prefix(20_000)))
    return tree.line(HTMLTree.root)
  }
}
