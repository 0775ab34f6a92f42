import Stories

/// Reads the metadata of a feed: the `channel` of RSS, the `feed` of Atom, the `source` of an entry.
struct FeedHeadReader {
  private let fields: FeedFields
  private let format: FeedFormat
  /// Elements beside the channel, as in RDF.
  private let outside: XMLElement?

  /// The head of a document.
  init(root: XMLElement, format: FeedFormat) {
    let channel = root.children.first { $0.name == "channel" }
    self.init(channel ?? root, format, outside: channel == nil ? nil : root)
  }

  /// The head that an element holds.
  init(_ element: XMLElement, _ format: FeedFormat, outside: XMLElement? = nil) {
    fields = FeedFields(element: element, isAtom: format.family == .atom)
    self.format = format
    self.outside = outside
  }

  private var element: XMLElement { fields.element }

  func feed() -> Feed {
    var feed = Feed(format: format)
    feed.title = fields.title(
      ("title", .core), ("title", .atom), ("title", .dublinCore), ("title", .itunes))
    feed.subtitle = fields.text(
      ("description", .core), ("subtitle", .atom), ("subtitle", .core), ("tagline", .atom),
      ("tagline", .core), ("abstract", .core), ("description", .dublinCore), ("subtitle", .itunes),
      ("summary", .itunes))
    feed.id =
      fields.id(("id", .atom), ("id", .core), ("guid", .core))
      ?? element.attribute("about", .rdf)
    feed.language = language
    feed.rights = fields.text(
      ("rights", .atom), ("rights", .core), ("copyright", .core), ("copyright", .atom),
      ("rights", .dublinCore))
    feed.generator = generator
    addLinks(to: &feed)
    addPictures(to: &feed)
    addPeople(to: &feed)
    addTimes(to: &feed)
    feed.categories = fields.categories
    return feed
  }

  private var language: String? {
    fields.line(("language", .core), ("language", .dublinCore)) ?? element.language
  }

  private func addLinks(to feed: inout Feed) {
    feed.links = fields.links
    feed.home =
      FeedFields.page(feed.links)
      ?? FeedAddress.resolved(element.attribute("href"), element.base)
    let beside = outside.map { FeedFields(element: $0, isAtom: fields.isAtom).links } ?? []
    let all = feed.links + beside
    feed.address = all.first { $0.relation == "self" }?.address
    feed.hub = all.first { $0.relation == "hub" }?.address
  }

  private func addPictures(to feed: inout Feed) {
    let image = outside?.first("image") ?? element.first("image")
    feed.image =
      FeedAddress.resolved(image?.text(of: "url"), image?.base)
      ?? address("logo") ?? itunesImage
      ?? FeedAddress.resolved(image?.attribute("resource", .rdf), image?.base)
    feed.icon = address("icon")
  }

  private func address(_ name: String) -> String? {
    guard let child = element.first(name, .atom) ?? element.first(name) else { return nil }
    return FeedAddress.resolved(child.text, child.base)
  }

  private var itunesImage: String? {
    guard let child = element.first("image", .itunes) ?? element.first("link", .itunes) else {
      return nil
    }
    return FeedAddress.resolved(child.attribute("href") ?? child.attribute("url"), child.base)
  }

  private func addPeople(to feed: inout Feed) {
    feed.authors = fields.people(
      ("author", .atom), ("author", .core), ("managingeditor", .core), ("creator", .dublinCore),
      ("author", .dublinCore), ("author", .itunes), ("owner", .itunes), ("webmaster", .core))
    feed.contributors = fields.people(
      ("contributor", .atom), ("contributor", .core), ("contributor", .dublinCore))
  }

  private func addTimes(to feed: inout Feed) {
    feed.published = fields.date(
      ("pubdate", .core), ("published", .atom), ("published", .core), ("issued", .terms))
    feed.updated =
      fields.date(
        ("updated", .atom), ("updated", .core), ("modified", .atom), ("modified", .core),
        ("lastbuilddate", .core), ("modified", .terms), ("date", .dublinCore))
      ?? FeedDate.parse(element.attribute("lastmod"))
    feed.ttl = fields.number("ttl") ?? updateInterval
    feed.skipHours = (element.first("skiphours")?.children ?? []).compactMap {
      $0.trimmedText.flatMap { Array($0.utf8).decimal }
    }.filter { (0...24).contains($0) }
    feed.skipDays = (element.first("skipdays")?.children ?? []).compactMap(\.trimmedText)
  }

  /// The minutes between two updates: a period and the updates in it (RSS 1.0's syndication module).
  private var updateInterval: Int? {
    let minutes =
      switch element.text(of: "updateperiod", .syndication)?.lowercased() {
      case "hourly": 60
      case "daily": 1440
      case "weekly": 10_080
      case "monthly": 43_200
      case "yearly": 525_600
      default: 0
      }
    guard minutes > 0 else { return nil }
    return minutes / max(1, fields.number("updatefrequency", .syndication) ?? 1)
  }

  private var generator: FeedGenerator? {
    guard let child = element.first("generator", .atom) ?? element.first("generator") else {
      return nil
    }
    return FeedGenerator(
      name: child.trimmedText,
      address: FeedAddress.resolved(child.attribute("uri") ?? child.attribute("url"), child.base),
      version: child.attribute("version"))
  }
}
