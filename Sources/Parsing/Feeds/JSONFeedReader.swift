import Stories

/// Reads JSON Feed (https://www.jsonfeed.org/version/1.1/), item by item.
struct JSONFeedReader {
  private(set) var feed: Feed
  /// Whether the document is truncated.
  private(set) var isCut = false

  /// The most values of one item.
  private static let valueLimit = 20_000

  /// Reads a document of the given format, which ``format(of:)`` has detected.
  ///
  /// Calls `take` with each complete item, as its time and a function that makes the entry. Members
  /// after the items are read as well.
  init(
    _ text: [UInt8], _ format: FeedFormat, take: (Timestamp?, () -> FeedEntry) -> Void
  ) {
    var parser = JSONParser(bytes: text, keepsLines: true)
    feed = Feed(format: format)
    var head: [(String, JSONValue)] = []
    isCut = !parser.members { key, parser in
      if key == "items" {
        parser.elements(limit: Self.valueLimit) { item in
          take(Self.time(item)) { Self.entry(item) }
        }
      } else {
        let value = parser.nextValue(limit: Self.valueLimit)
        if head.count < FeedFields.listLimit { head.append((key, value)) }
      }
    }
    fill(.object(head))
  }

  /// The format of a text that is JSON Feed, by the members of the outermost object; `nil` for others.
  ///
  /// Its version is sufficient; with any other version, items and an address of the feed or its page are
  /// required.
  static func format(of text: [UInt8]) -> FeedFormat? {
    var parser = JSONParser(bytes: text)
    var version: String?
    var hasItems = false
    var hasAddress = false
    _ = parser.members { key, parser in
      guard version?.holds("jsonfeed.org/version/") != true else { return parser.stop() }
      if key == "items" {
        parser.elements(limit: valueLimit) { hasItems = hasItems || $0.isObject }
        return
      }
      let value = parser.nextValue(limit: valueLimit)
      if key == "version" { version = value.text }
      if key == "home_page_url" || key == "feed_url", value.text != nil { hasAddress = true }
    }
    guard version?.holds("jsonfeed.org/version/") == true || hasItems && hasAddress else {
      return nil
    }
    let number = version?.split(separator: "/").last.map(String.init) ?? ""
    return FeedFormat(.json, number.prefix(bytes: 20))
  }

  // MARK: - Head

  private mutating func fill(_ head: JSONValue) {
    let base = head["home_page_url"].text ?? head["feed_url"].text
    feed.title = Self.plain(head["title"])
    feed.subtitle = Self.plain(head["description"])
    feed.home = FeedAddress.resolved(head["home_page_url"].text, nil)
    feed.address = FeedAddress.resolved(head["feed_url"].text, base)
    feed.language = Self.line(head["language"])
    feed.image = FeedAddress.resolved(head["icon"].text, base)
    feed.icon = FeedAddress.resolved(head["favicon"].text, base)
    feed.authors = Self.people(head)
    feed.hub = head["hubs"].items.first.flatMap { FeedAddress.resolved($0["url"].text, nil) }
    if let home = feed.home { feed.links.append(FeedLink(home)) }
    if let own = feed.address { feed.links.append(FeedLink(own, relation: "self")) }
  }

  private static func plain(_ value: JSONValue) -> FeedText? {
    value.text.map { FeedText(.plain, $0.prefix(bytes: FeedText.titleLimit)) }
  }

  /// A text in one line.
  private static func line(_ value: JSONValue) -> String? {
    value.text.map { String(folding: $0.prefix(bytes: FeedText.titleLimit)) }
  }

  private static func people(_ value: JSONValue) -> [FeedPerson] {
    let listed =
      value["authors"].items
      + value["author"].items.filter { _ in
        value["authors"].items.isEmpty
      }
    return listed.prefix(FeedFields.listLimit).compactMap { author in
      let person = FeedPerson(
        name: line(author["name"]) ?? line(author),
        address: FeedAddress.resolved(author["url"].text, nil),
        picture: FeedAddress.resolved(author["avatar"].text, nil))
      return person.isEmpty ? nil : person
    }
  }

  // MARK: - Items

  private static func time(_ item: JSONValue) -> Timestamp? {
    FeedDate.parse(item["date_published"].text) ?? FeedDate.parse(item["date_modified"].text)
  }

  private static func entry(_ item: JSONValue) -> FeedEntry {
    var entry = FeedEntry()
    entry.id = item["id"].text?.prefix(bytes: FeedFields.idLimit)
    entry.title = plain(item["title"])
    entry.link =
      FeedAddress.resolved(item["url"].text, nil)
      ?? FeedAddress.resolved(item["external_url"].text, nil) ?? FeedAddress.web(entry.id)
    if let address = FeedAddress.resolved(item["url"].text, nil) {
      entry.links.append(FeedLink(address))
    }
    if let address = FeedAddress.resolved(item["external_url"].text, nil) {
      entry.links.append(FeedLink(address, relation: "related"))
    }
    entry.summary = item["summary"].text.map { FeedText(.plain, $0) }
    if let html = item["content_html"].text {
      entry.content.append(FeedText(.html, html, type: "text/html"))
    }
    if let text = item["content_text"].text {
      entry.content.append(FeedText(.plain, text, type: "text/plain"))
    }
    entry.published = FeedDate.parse(item["date_published"].text)
    entry.updated = FeedDate.parse(item["date_modified"].text)
    entry.authors = people(item)
    entry.categories = item["tags"].items.prefix(FeedFields.listLimit).compactMap(\.text)
      .map { FeedCategory($0) }
    entry.language = line(item["language"])
    entry.image =
      FeedAddress.resolved(item["image"].text, entry.link)
      ?? FeedAddress.resolved(item["banner_image"].text, entry.link)
    entry.enclosures = item["attachments"].items.prefix(FeedFields.listLimit)
      .compactMap { enclosure($0, base: entry.link) }
    return entry
  }

  private static func enclosure(_ value: JSONValue, base: String?) -> FeedEnclosure? {
    guard let address = FeedAddress.resolved(value["url"].text, base) else { return nil }
    return FeedEnclosure(
      address, type: value["mime_type"].text, length: whole(value["size_in_bytes"]),
      title: value["title"].text, duration: whole(value["duration_in_seconds"]))
  }

  /// The integral part of a number.
  private static func whole(_ value: JSONValue) -> Int? {
    value.text.flatMap { Array($0.utf8.prefix { $0 != 0x2E }).decimal }
  }
}
