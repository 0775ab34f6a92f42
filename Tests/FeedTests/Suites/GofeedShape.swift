import Stories

@testable import Parsing

/// Our feeds in the form of gofeed's expectations.
enum GofeedShape {
  /// The form that a folder of the suite expects.
  static func value(_ document: SuiteDocument, folder: String) -> SuiteValue {
    switch folder {
    case "parser/atom": AtomShape(document: document).value
    case "parser/rss": RSSShape(document: document).value
    case "parser/json": SuiteValue(json: document.json)
    default: UniversalShape(document: document).value
    }
  }

  static func text(_ text: FeedText?) -> SuiteValue? { .of(text) }

  static func time(_ time: Timestamp?) -> SuiteValue? { .of(time?.inZone(0).iso8601) }

  static func person(_ person: FeedPerson) -> SuiteValue {
    .of([
      "name": .of(person.name), "email": .of(person.mail), "uri": .of(person.address),
      "url": .of(person.address), "avatar": .of(person.picture),
    ])
  }

  static func link(_ link: FeedLink) -> SuiteValue {
    .of([
      "href": .of(link.address), "rel": .of(link.relation), "type": .of(link.type),
      "title": .of(link.title), "hreflang": .of(link.language), "length": .of(link.length),
    ])
  }

  static func enclosure(_ enclosure: FeedEnclosure) -> SuiteValue {
    .of([
      "url": .of(enclosure.address), "type": .of(enclosure.type), "length": .of(enclosure.length),
    ])
  }

  /// The elements of other vocabularies, by prefix and name.
  static func extensions(_ element: XMLElement?) -> SuiteValue? {
    var found: [String: [String: [SuiteValue]]] = [:]
    for child in element?.children ?? [] where child.writtenName.contains(":") {
      let prefix = child.writtenName.prefix { $0 != ":" }
      found[String(prefix), default: [:]][local(child), default: []].append(extensionValue(child))
    }
    return found.isEmpty
      ? nil : .object(found.mapValues { .object($0.mapValues { .list($0) }) })
  }

  private static func local(_ element: XMLElement) -> String {
    String(element.writtenName.split(separator: ":").last ?? "")
  }

  private static func extensionValue(_ element: XMLElement) -> SuiteValue {
    var children: [String: [SuiteValue]] = [:]
    for child in element.children {
      children[local(child), default: []].append(extensionValue(child))
    }
    let text = element.nodes.reduce(into: "") { if case .text(let more) = $1 { $0 += more } }
    return .of([
      "name": .text(local(element)), "value": .text(text.trimmedOfSpace ?? ""),
      "attrs": .object(
        Dictionary(
          element.attributes.map { ($0.writtenName, .text($0.value)) }, uniquingKeysWith: { $1 })),
      "children": .object(children.mapValues { .list($0) }),
    ])
  }

  /// Dublin Core by name.
  static func dublinCore(_ element: XMLElement?) -> SuiteValue? {
    var found: [String: [SuiteValue]] = [:]
    for child in element?.children ?? [] where child.space == .dublinCore {
      found[child.name, default: []].append(.text(child.trimmedText ?? ""))
    }
    return found.isEmpty ? nil : .object(found.mapValues { .list($0) })
  }

  static func itunes(_ element: XMLElement?) -> SuiteValue? {
    var found: [String: SuiteValue] = [:]
    for child in element?.children ?? [] where child.space == .itunes {
      found[child.name] = .text(child.trimmedText ?? child.attribute("href") ?? "")
    }
    let categories = element?.children("category", .itunes) ?? []
    found["categories"] = .of(categories) { category in
      .of([
        "text": .of(category.attribute("text")),
        "subcategory": .of(["text": .of(category.first("category", .itunes)?.attribute("text"))]),
      ])
    }
    return .object(found)
  }
}

/// gofeed's model of Atom.
struct AtomShape {
  var document: SuiteDocument

  var value: SuiteValue {
    guard case .object(var fields) = head(document.feed, document.root) else { return .list([]) }
    fields["version"] = .text(document.feed.format.version)
    fields["entries"] = .of(Array(zip(document.feed.entries, document.items)), entry)
    return .object(fields)
  }

  private func head(_ feed: Feed, _ element: XMLElement?) -> SuiteValue {
    .of([
      "title": GofeedShape.text(feed.title), "subtitle": GofeedShape.text(feed.subtitle),
      "id": .of(feed.id), "rights": GofeedShape.text(feed.rights),
      "updated": GofeedShape.time(feed.updated), "updatedParsed": GofeedShape.time(feed.updated),
      "language": .of(feed.language), "logo": .of(feed.image), "icon": .of(feed.icon),
      "links": .of(links(element), GofeedShape.link),
      "authors": .of(feed.authors, GofeedShape.person),
      "contributors": .of(feed.contributors, GofeedShape.person),
      "categories": .of(feed.categories, category),
      "generator": .of([
        "value": .of(feed.generator?.name), "uri": .of(feed.generator?.address),
        "version": .of(feed.generator?.version),
      ]),
      "extensions": GofeedShape.extensions(element),
    ])
  }

  /// Also those without an address, which our feeds leave out.
  private func links(_ element: XMLElement?) -> [FeedLink] {
    element.map { FeedFields(element: $0, isAtom: true).allLinks } ?? []
  }

  private func category(_ category: FeedCategory) -> SuiteValue {
    .of([
      "term": .of(category.name), "scheme": .of(category.scheme), "label": .of(category.label),
    ])
  }

  private func entry(_ entry: FeedEntry, _ element: XMLElement) -> SuiteValue {
    .of([
      "title": GofeedShape.text(entry.title), "id": .of(entry.id),
      "summary": GofeedShape.text(entry.summary), "rights": GofeedShape.text(entry.rights),
      "updated": GofeedShape.time(entry.updated), "updatedParsed": GofeedShape.time(entry.updated),
      "published": GofeedShape.time(entry.published),
      "publishedParsed": GofeedShape.time(entry.published),
      "links": .of(links(element), GofeedShape.link),
      "authors": .of(entry.authors, GofeedShape.person),
      "contributors": .of(entry.contributors, GofeedShape.person),
      "categories": .of(entry.categories, category),
      "content": entry.content.first.map {
        .of(["value": .of($0), "type": .of($0.type), "src": .of($0.source)])
      },
      "source": entry.source.map { head($0, element.children.first { $0.name == "source" }) },
      "extensions": GofeedShape.extensions(element),
    ])
  }
}

/// gofeed's model of RSS.
struct RSSShape {
  var document: SuiteDocument

  private var feed: Feed { document.feed }
  private var channel: XMLElement? { document.channel }

  private func address(_ name: String) -> SuiteValue? {
    channel?.first(name).flatMap { .of(FeedAddress.resolved($0.text, $0.base)) }
  }

  /// The text children of an element, by their written names.
  private func parts(_ name: String) -> SuiteValue? {
    let element = [document.root, channel].compactMap { $0?.first(name) }.first { $0.hasElements }
    guard let element = element ?? channel?.first(name) else { return nil }
    var fields: [String: SuiteValue] = [:]
    for child in element.children {
      let isAddress = child.name == "url" || child.name == "link"
      fields[child.writtenName] =
        isAddress
        ? .of(FeedAddress.resolved(child.text, child.base)) : .of(FeedText.ofRSS(child))
    }
    for attribute in element.attributes { fields[attribute.writtenName] = .text(attribute.value) }
    return .object(fields)
  }

  var value: SuiteValue {
    .of([
      "version": .of(feed.format.version), "title": GofeedShape.text(feed.title),
      "description": GofeedShape.text(feed.subtitle), "link": .of(feed.home),
      "links": .of(feed.links) { .text($0.address) }, "language": .of(feed.language),
      "copyright": GofeedShape.text(feed.rights), "managingEditor": markup("managingeditor"),
      "webMaster": markup("webmaster"), "generator": markup("generator"),
      "rating": markup("rating"), "docs": address("docs"), "ttl": .of(feed.ttl),
      "pubDate": GofeedShape.time(feed.published),
      "pubDateParsed": GofeedShape.time(feed.published),
      "lastBuildDate": GofeedShape.time(feed.updated),
      "lastBuildDateParsed": GofeedShape.time(feed.updated),
      "categories": .of(feed.categories, category), "image": parts("image"),
      "textInput": parts("textinput"), "cloud": parts("cloud"),
      "skipHours": .of(feed.skipHours) { .of($0) }, "skipDays": .of(feed.skipDays) { .text($0) },
      "dcExt": GofeedShape.dublinCore(channel), "itunesExt": GofeedShape.itunes(channel),
      "extensions": GofeedShape.extensions(channel),
      "items": .of(Array(zip(feed.entries, document.items)), item),
    ])
  }

  private func markup(_ name: String) -> SuiteValue? {
    channel?.first(name).flatMap { .of(FeedText.ofRSS($0)) }
  }

  private func category(_ category: FeedCategory) -> SuiteValue {
    .of(["value": .of(category.name), "domain": .of(category.scheme)])
  }

  private func item(_ entry: FeedEntry, _ element: XMLElement) -> SuiteValue {
    let guid = element.first("guid")
    var custom: [String: SuiteValue] = [:]
    for child in element.children where child.space == .core {
      custom[child.writtenName] = .of(child.trimmedText)
    }
    return .of([
      "title": GofeedShape.text(entry.title), "link": .of(entry.link),
      "links": .of(entry.links) { .text($0.address) },
      "description": GofeedShape.text(entry.summary),
      "content": GofeedShape.text(entry.content.first),
      "author": element.first("author").flatMap { .of(FeedText.ofRSS($0)) },
      "categories": .of(entry.categories, category), "comments": .of(entry.discussion.page),
      "enclosure": entry.enclosures.first.map(GofeedShape.enclosure),
      "enclosures": .of(entry.enclosures, GofeedShape.enclosure),
      "guid": .of([
        "value": .of(entry.id), "isPermalink": .of(guid?.attribute("ispermalink") ?? "true"),
      ]),
      "pubDate": GofeedShape.time(entry.published),
      "pubDateParsed": GofeedShape.time(entry.published),
      "source": .of([
        "title": GofeedShape.text(entry.source?.title), "url": .of(entry.source?.address),
      ]),
      "dcExt": GofeedShape.dublinCore(element), "itunesExt": GofeedShape.itunes(element),
      "custom": .object(custom), "extensions": GofeedShape.extensions(element),
    ])
  }
}
