import Stories

/// The fields that a feed and its entries share, looked up in an element in any vocabulary.
///
/// RSS, RDF and Atom are read by the same code because feeds mix them: `atom:link` occurs in RSS,
/// `dc:creator` in Atom. A field is a list of names in order of preference.
struct FeedFields {
  typealias Name = (String, XMLVocabulary)

  let element: XMLElement
  /// Whether elements without a vocabulary of their own are Atom's.
  let isAtom: Bool

  // MARK: - Text

  /// The first text that is not empty of the elements with these names.
  func text(_ names: Name...) -> FeedText? {
    for (name, space) in names {
      for case .element(let child) in element.nodes where child.name == name && child.space == space
      {
        if let text = text(child) { return text }
      }
    }
    return nil
  }

  func text(_ child: XMLElement) -> FeedText? {
    let isOfAtom = child.space == .atom || isAtom && child.space == .core
    return isOfAtom ? FeedText.ofAtom(child) : FeedText.ofRSS(child)
  }

  /// The same for a title, which is limited to ``FeedText/titleLimit`` bytes.
  func title(_ names: Name...) -> FeedText? {
    for (name, space) in names {
      for child in element.children(name, space) {
        guard var text = text(child) else { continue }
        text.value = text.value.prefix(bytes: FeedText.titleLimit)
        return text
      }
    }
    return nil
  }

  /// The first text of these names, in one line.
  func line(_ names: Name...) -> String? {
    for (name, space) in names {
      if let text = element.text(of: name, space) {
        return String(folding: text.prefix(bytes: FeedText.titleLimit))
      }
    }
    return nil
  }

  func number(_ name: String, _ space: XMLVocabulary = .core) -> Int? {
    element.text(of: name, space).flatMap { Array($0.utf8).decimal }
  }

  /// The most bytes of an ID; longer ones are truncated.
  static let idLimit = 2048

  func id(_ names: Name...) -> String? {
    for (name, space) in names {
      if let text = element.text(of: name, space) { return text.prefix(bytes: Self.idLimit) }
    }
    return nil
  }

  func date(_ names: Name...) -> Timestamp? {
    for (name, space) in names {
      for case .element(let child) in element.nodes where child.name == name && child.space == space
      {
        if let time = FeedDate.parse(child.text, language: child.language) { return time }
      }
    }
    return nil
  }

  // MARK: - Links

  /// Links of Atom, and those of RSS as links to the page, that have an address.
  var links: [FeedLink] { allLinks.filter { !$0.address.isEmpty } }

  /// All links, also those with an empty address.
  var allLinks: [FeedLink] {
    element.children.compactMap { child in
      guard child.name == "link", child.space == .atom || child.space == .core else { return nil }
      let written =
        child.attribute("href") ?? child.attribute("url") ?? child.trimmedText
        ?? child.attribute("resource", .rdf)
      // An empty reference is the base itself (RFC 3986, 4.4).
      let isBase = child.attribute("href") == "" && child.base != nil
      let address = isBase ? child.base : FeedAddress.resolved(written, child.base)
      return FeedLink(
        address ?? "", relation: Self.relation(child.attribute("rel")),
        type: child.attribute("type"),
        title: child.attribute("title"), language: child.attribute("hreflang"),
        length: child.attribute("length"))
    }
  }

  /// A relation without the address of its registry (RFC 4287, 4.2.7.2).
  private static func relation(_ written: String?) -> String {
    guard let text = written?.trimmedOfSpace else { return "alternate" }
    let registry = "http://www.iana.org/assignments/relation/"
    return text.hasPrefix(registry) ? String(text.dropFirst(registry.count)) : text
  }

  /// The address of the page: the first "alternate" link that is not a feed.
  static func page(_ links: [FeedLink]) -> String? {
    let pages = links.filter { $0.relation == "alternate" }
    return (pages.first { $0.type.map { !isFeed(type: $0) } ?? true } ?? pages.first)?.address
  }

  static func isFeed(type: String) -> Bool {
    let type = type.lowercased()
    return type.contains("rss+xml") || type.contains("atom+xml") || type.contains("rdf+xml")
      || type.contains("feed+json")
  }

  // MARK: - People

  /// The people of the first of these names that has any.
  func people(_ names: Name...) -> [FeedPerson] {
    for (name, space) in names {
      let people = element.children(name, space).compactMap { child in
        child.hasElements || space == .atom ? FeedPerson(child) : FeedPerson(text: child.text)
      }
      if !people.isEmpty { return Array(people.prefix(Self.listLimit)) }
    }
    return []
  }

  /// The most people, categories or links of one entry; more are ignored.
  static let listLimit = 200

  // MARK: - Categories

  var categories: [FeedCategory] {
    var found: [FeedCategory] = []
    for child in element.children where found.count < Self.listLimit {
      found += Self.categories(child)
    }
    return found
  }

  private static func categories(_ child: XMLElement) -> [FeedCategory] {
    switch (child.name, child.space) {
    case ("category", .itunes):
      let own = child.attribute("text").map { [FeedCategory($0, scheme: "http://www.itunes.com/")] }
      return (own ?? []) + child.children("category", .itunes).flatMap(categories)
    case ("keywords", .itunes), ("keywords", .media):
      return child.text.split(separator: ",").compactMap { String($0).trimmedOfSpace }
        .map { FeedCategory($0) }
    case ("category", _), ("subject", .dublinCore):
      let scheme = child.attribute("scheme") ?? child.attribute("domain")
      let label = child.attribute("label")
      guard let name = child.attribute("term") ?? child.trimmedText ?? label else { return [] }
      return [FeedCategory(String(folding: name), scheme: scheme, label: label)]
    default: return []
    }
  }
}
