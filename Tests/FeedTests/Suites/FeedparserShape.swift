import Stories

@testable import Parsing

/// Our feeds in the form of feedparser's expectations.
struct FeedparserShape {
  var document: SuiteDocument

  private var feed: Feed { document.feed }

  var value: SuiteValue {
    .of([
      "feed": head(feed, document.channel), "version": .of(version),
      "entries": .of(Array(zip(feed.entries, document.items + blanks)), entry),
    ])
  }

  private var blanks: [XMLElement] {
    feed.entries.map { _ in XMLElement(space: .core, name: "", writtenName: "") }
  }

  private var version: String {
    let number = feed.format.version.filter { $0 != "." }
    switch feed.format.family {
    // It calls all that came after 2.0 by that name.
    case .rss: return number >= "2" ? "rss20" : "rss" + number
    case .rdf: return feed.format.version == "1.0" ? "rss10" : "rss090"
    case .atom: return "atom" + number
    case .json: return "json" + number
    }
  }

  // MARK: - Parts

  private func detail(_ text: FeedText?) -> SuiteValue? {
    text.map {
      .of([
        "value": .text($0.value, base: $0.base), "base": .text($0.base ?? ""),
        "language": .of($0.language),
        "type": .text(type($0)), "src": .of($0.source),
      ])
    }
  }

  private func type(_ text: FeedText) -> String {
    switch text.type?.lowercased() {
    case "text", "plain", "text/plain": "text/plain"
    case "html": "text/html"
    case "xhtml": "application/xhtml+xml"
    case nil: text.kind == .html ? "text/html" : "text/plain"
    case let type?: type
    }
  }

  private func person(_ person: FeedPerson) -> SuiteValue {
    .of([
      "name": .of(person.name), "email": .of(person.mail), "url": .of(person.address),
      "href": .of(person.address),
    ])
  }

  private func words(_ person: FeedPerson?) -> SuiteValue? {
    guard let person else { return nil }
    guard let name = person.name, let mail = person.mail else {
      return .of(person.name ?? person.mail)
    }
    return .text("\(name) (\(mail))")
  }

  private func link(_ link: FeedLink) -> SuiteValue {
    .of([
      "href": .of(link.address), "rel": .of(link.relation), "type": .of(link.type),
      "title": .of(link.title), "hreflang": .of(link.language), "length": .of(link.length),
    ])
  }

  private func tag(_ tag: FeedCategory) -> SuiteValue {
    .of(["term": .of(tag.name), "scheme": .of(tag.scheme), "label": .of(tag.label)])
  }

  /// A child in whatever vocabulary, with its text and parts.
  private func raw(_ name: String, in element: XMLElement?) -> SuiteValue? {
    guard let child = element?.children.first(where: { $0.name == name }) else { return nil }
    var fields: [String: SuiteValue] = [:]
    for attribute in child.attributes { fields[attribute.name] = .text(attribute.value) }
    for part in child.children { fields[part.name] = .text(part.trimmedText ?? "") }
    return fields.isEmpty ? .of(child.trimmedText) : .object(fields)
  }

  private func text(_ name: String, in element: XMLElement?) -> SuiteValue? {
    .of(element?.children.first { $0.name == name }?.trimmedText)
  }

  private func publisher(_ element: XMLElement?) -> FeedPerson? {
    let fields = element.map { FeedFields(element: $0, isAtom: false) }
    return fields?.people(("webmaster", .core), ("publisher", .dublinCore), ("owner", .itunes))
      .first
  }

  // MARK: - Head

  private func head(_ feed: Feed, _ element: XMLElement?) -> SuiteValue {
    let info = element?.children.first { $0.name == "info" }.flatMap(FeedText.ofAtom)
    var fields: [String: SuiteValue?] = [
      "title": .of(feed.title), "title_detail": detail(feed.title), "link": .of(feed.home),
      "links": .of(feed.links, link), "id": .of(feed.id), "guid": .of(feed.id),
      "info": .of(info), "info_detail": detail(info), "language": .of(feed.language),
      "author": words(feed.authors.first), "author_detail": feed.authors.first.map(person),
      "authors": .of(feed.authors, person), "contributors": .of(feed.contributors, person),
      "tags": .of(feed.categories, tag), "generator": .of(feed.generator?.name),
      "generator_detail": .of([
        "name": .of(feed.generator?.name), "version": .of(feed.generator?.version),
        "url": .of(feed.generator?.address), "href": .of(feed.generator?.address),
      ]),
      "icon": .of(feed.icon), "logo": .of(feed.image), "ttl": .of(feed.ttl),
      "published": .of(feed.published?.iso8601), "updated": .of(feed.updated?.iso8601),
      "modified": .of(feed.updated?.iso8601), "docs": text("docs", in: element),
      "cloud": raw("cloud", in: element),
      "textinput": raw("textinput", in: element) ?? raw("textinput", in: document.root),
      "publisher": words(publisher(element)), "publisher_detail": publisher(element).map(person),
      "created": text("created", in: element), "category": .of(feed.categories.first?.name),
      "thr_in-reply-to": raw("in-reply-to", in: element),
      "newlocation": text("newlocation", in: document.root),
      "image": image(feed, element),
    ]
    for name in ["subtitle", "tagline", "description"] {
      fields[name] = .of(feed.subtitle)
      fields[name + "_detail"] = detail(feed.subtitle)
    }
    for name in ["rights", "copyright"] {
      fields[name] = .of(feed.rights)
      fields[name + "_detail"] = detail(feed.rights)
    }
    for child in element?.children ?? [] where fields[child.name] == nil {
      fields[child.name] = .of(child.trimmedText)
    }
    return .of(fields)
  }

  private func image(_ feed: Feed, _ element: XMLElement?) -> SuiteValue? {
    let image = document.root?.first("image") ?? element?.first("image")
    return .of([
      "href": .of(feed.image), "url": .of(feed.image), "title": .of(image?.text(of: "title")),
      "link": .of(image?.text(of: "link")), "description": .of(image?.text(of: "description")),
      "width": .of(image?.text(of: "width")), "height": .of(image?.text(of: "height")),
    ])
  }

  // MARK: - Entries

  private func entry(_ entry: FeedEntry, _ element: XMLElement) -> SuiteValue {
    let summary = entry.summary ?? entry.content.first
    var fields: [String: SuiteValue?] = [
      "title": .of(entry.title), "title_detail": detail(entry.title),
      "link": .of(entry.link), "links": .of(entry.links, link), "id": .of(entry.id),
      "guid": .of(entry.id), "content": .of(entry.content, detail),
      "author": words(entry.authors.first), "author_detail": entry.authors.first.map(person),
      "authors": .of(entry.authors, person), "contributors": .of(entry.contributors, person),
      "tags": .of(entry.categories, tag), "category": .of(entry.categories.first?.name),
      "language": .of(entry.language),
      "published": .of(entry.published?.iso8601), "issued": .of(entry.published?.iso8601),
      "updated": .of((entry.updated ?? entry.published)?.iso8601),
      "modified": .of((entry.updated ?? entry.published)?.iso8601),
      "created": text("created", in: element), "expired": text("expirationdate", in: element),
      "comments": .of(entry.discussion.page), "wfw_commentrss": .of(entry.discussion.feed),
      "enclosures": .of(entry.enclosures, enclosure),
      "image": .of(["href": .of(entry.image)]),
      "source": entry.source.map { source($0, element) },
      "publisher": words(publisher(element)), "publisher_detail": publisher(element).map(person),
      "thr_in-reply-to": raw("in-reply-to", in: element),
      "media_thumbnail": .of(element.children("thumbnail", .media)) {
        .of(["url": .of($0.attribute("url"))])
      },
      "media_player": raw("player", in: element), "itunes_duration": text("duration", in: element),
      "subtitle": .of(element.text(of: "subtitle", .itunes)),
    ]
    for name in ["summary", "description"] {
      fields[name] = .of(summary)
      fields[name + "_detail"] = detail(summary)
    }
    for name in ["rights", "copyright"] {
      fields[name] = .of(entry.rights)
      fields[name + "_detail"] = detail(entry.rights)
    }
    for child in element.children {
      let name = child.writtenName.replacing(":", with: "_").lowercased()
      if fields[name] == nil { fields[name] = .of(child.trimmedText) }
      if fields[child.name] == nil { fields[child.name] = .of(child.trimmedText) }
    }
    return .of(fields)
  }

  private func source(_ source: Feed, _ element: XMLElement) -> SuiteValue {
    let child = element.children.first { $0.name == "source" }
    guard case .object(var fields) = head(source, child) else { return .list([]) }
    fields["href"] = .of(source.address)
    fields["url"] = .of(source.address)
    return .object(fields)
  }

  private func enclosure(_ enclosure: FeedEnclosure) -> SuiteValue {
    .of([
      "url": .of(enclosure.address), "href": .of(enclosure.address), "type": .of(enclosure.type),
      "length": .of(enclosure.length),
    ])
  }
}
