import Stories

/// Reads an entry: the `item` of RSS and RDF, the `entry` of Atom.
struct FeedEntryReader {
  private let fields: FeedFields
  private let format: FeedFormat

  init(_ element: XMLElement, _ format: FeedFormat) {
    fields = FeedFields(element: element, isAtom: format.family == .atom)
    self.format = format
  }

  private var element: XMLElement { fields.element }

  func entry() -> FeedEntry {
    var entry = FeedEntry()
    entry.title = fields.title(
      ("title", .core), ("title", .atom), ("title", .dublinCore), ("title", .media),
      ("title", .itunes))
    entry.id =
      fields.id(("guid", .core), ("id", .atom), ("id", .core), ("identifier", .dublinCore))
      ?? element.attribute("about", .rdf)?.trimmedOfSpace?.prefix(bytes: FeedFields.idLimit)
    addLinks(to: &entry)
    addTexts(to: &entry)
    addPeople(to: &entry)
    entry.published = published
    entry.updated = updated
    addFiles(to: &entry)
    entry.categories = fields.categories
    entry.language =
      fields.line(("language", .core), ("language", .dublinCore)) ?? element.language
    entry.rights = fields.text(
      ("rights", .atom), ("rights", .core), ("copyright", .core), ("copyright", .atom),
      ("rights", .dublinCore))
    entry.discussion = discussion(entry.links)
    entry.source = source
    return entry
  }

  // MARK: - Links

  private func addLinks(to entry: inout FeedEntry) {
    entry.links = fields.links
    entry.link =
      original ?? FeedFields.page(entry.links)
      ?? FeedAddress.resolved(element.attribute("href"), element.base) ?? permalink
      ?? contentSource
  }

  /// The address behind a service that counts clicks.
  private var original: String? {
    FeedAddress.web(element.text(of: "origlink", .feedburner))
  }

  /// The address in a GUID, unless the feed states that it is none (RSS 2.0, `guid`).
  private var permalink: String? {
    guard let guid = element.first("guid") else { return nil }
    if guid.attribute("ispermalink")?.lowercased() == "false" { return nil }
    return FeedAddress.web(guid.trimmedText)
  }

  /// The address of content that is not in the feed (RFC 4287, 4.1.3.2).
  private var contentSource: String? {
    element.first("content", .atom).flatMap { FeedAddress.resolved($0.attribute("src"), $0.base) }
  }

  private func discussion(_ links: [FeedLink]) -> FeedDiscussion {
    let replies = links.filter { $0.relation == "replies" }
    let feed = replies.first { $0.type.map(FeedFields.isFeed) ?? false }
    let page = replies.first { $0.type.map { !FeedFields.isFeed(type: $0) } ?? true }
    let comments = element.children("comments").first { $0.trimmedText != nil }
    let commentFeed = element.first("commentrss", .commentAPI)
    let parent = element.first("in-reply-to", .threading)
    return FeedDiscussion(
      page: FeedAddress.resolved(comments?.trimmedText, comments?.base) ?? page?.address,
      feed: FeedAddress.resolved(commentFeed?.text, commentFeed?.base) ?? feed?.address,
      count: fields.number("comments", .slash) ?? fields.number("total", .threading) ?? linkedCount,
      replyTo: parent?.attribute("ref"))
  }

  private var linkedCount: Int? {
    element.children.lazy.filter { $0.name == "link" }
      .compactMap { $0.attribute("count", .threading).flatMap { Array($0.utf8).decimal } }.first
  }

  private var source: Feed? {
    if let source = element.first("source", .atom)
      ?? (fields.isAtom ? element.first("source") : nil)
    {
      return FeedHeadReader(source, format).feed()
    }
    guard let source = element.first("source") else { return nil }
    var feed = Feed(format: format)
    feed.title = FeedText.ofRSS(source)
    feed.address = FeedAddress.resolved(source.attribute("url"), source.base)
    return feed
  }

  // MARK: - Text

  private func addTexts(to entry: inout FeedEntry) {
    entry.summary = fields.text(
      ("description", .core), ("summary", .atom), ("summary", .core), ("abstract", .core),
      ("description", .dublinCore), ("abstract", .terms), ("summary", .itunes),
      ("subtitle", .itunes))
    for child in element.children where entry.content.count < FeedFields.listLimit {
      switch (child.name, child.space) {
      case ("encoded", .content), ("encoded", .core), ("fullitem", .core), ("content", .atom),
        ("content", .core), ("body", .core):
        if let text = fields.text(child) { entry.content.append(text) }
      case ("body", .xhtml), ("div", .xhtml):
        guard let markup = child.markup.trimmedOfSpace else { continue }
        entry.content.append(
          FeedText(.html, markup, base: child.base, language: child.language, type: "xhtml"))
      default: break
      }
    }
  }

  // MARK: - People and times

  private func addPeople(to entry: inout FeedEntry) {
    entry.authors = fields.people(
      ("author", .atom), ("author", .core), ("creator", .dublinCore), ("author", .dublinCore),
      ("author", .itunes))
    // A field with names is preferred to one with mail addresses only.
    if entry.authors.allSatisfy({ $0.name == nil }) {
      let named = fields.people(
        ("creator", .dublinCore), ("author", .dublinCore), ("author", .itunes))
      if !named.isEmpty, named.contains(where: { $0.name != nil }) { entry.authors = named }
    }
    entry.contributors = fields.people(
      ("contributor", .atom), ("contributor", .core), ("contributor", .dublinCore))
  }

  /// When it was published or, if that is missing, changed.
  var time: Timestamp? { published ?? updated }

  private var published: Timestamp? {
    fields.date(
      ("pubdate", .core), ("published", .atom), ("published", .core), ("issued", .atom),
      ("issued", .core), ("issued", .terms), ("date", .dublinCore), ("created", .atom),
      ("created", .core), ("created", .terms))
  }

  private var updated: Timestamp? {
    fields.date(
      ("updated", .atom), ("updated", .core), ("modified", .atom), ("modified", .core),
      ("modified", .terms)) ?? FeedDate.parse(element.attribute("lastmod"))
  }

  // MARK: - Files

  private func addFiles(to entry: inout FeedEntry) {
    let media = MediaRSS(element)
    var found = element.children("enclosure").compactMap(enclosure)
    found += entry.links.filter { $0.relation == "enclosure" }.map {
      FeedEnclosure(
        $0.address, type: $0.type, length: $0.length.flatMap { Array($0.utf8).decimal },
        title: $0.title)
    }
    found += media.enclosures
    var known: Set<String> = []
    entry.enclosures = found.prefix(FeedFields.listLimit).filter {
      known.insert($0.address).inserted
    }
    entry.figures = media.figures
    let image = element.first("image", .itunes)
    entry.image =
      FeedAddress.resolved(image?.attribute("href") ?? image?.attribute("url"), image?.base)
      ?? media.thumbnail
  }

  private func enclosure(_ element: XMLElement) -> FeedEnclosure? {
    let written =
      element.attribute("url") ?? element.attribute("href") ?? element.trimmedText
      ?? element.attribute("resource", .rdf)
    guard let address = FeedAddress.resolved(written, element.base) else { return nil }
    return FeedEnclosure(
      address, type: element.attribute("type"),
      length: element.attribute("length").flatMap { Array(($0.trimmedOfSpace ?? "").utf8).decimal })
  }
}
