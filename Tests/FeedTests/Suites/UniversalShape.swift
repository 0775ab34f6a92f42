import Stories

@testable import Parsing

/// gofeed's common model of all formats.
struct UniversalShape {
  var document: SuiteDocument

  private var feed: Feed { document.feed }

  var value: SuiteValue {
    var fields = common.merging(extras) { $1 }
    if feed.format.family == .json, case .object(let raw) = SuiteValue(json: document.json) {
      fields.merge(raw) { ours, _ in ours }
    }
    return .of(fields)
  }

  private var common: [String: SuiteValue?] {
    let updated = feed.updated ?? newest(\.updated)
    let published = feed.published ?? newest(\.published)
    let family = feed.format.family == .rdf ? "rss" : feed.format.family.rawValue
    var fields: [String: SuiteValue?] = [:]
    fields["feedType"] = .text(family)
    fields["feedVersion"] = .of(feed.format.version)
    fields["title"] = .of(feed.title)
    fields["description"] = .of(feed.subtitle)
    fields["link"] = .of(feed.home)
    fields["feedLink"] = .of(feed.address)
    fields["links"] = .of(pages(feed.links)) { .text($0.address) }
    fields["updated"] = GofeedShape.time(updated)
    fields["updatedParsed"] = GofeedShape.time(updated)
    fields["published"] = GofeedShape.time(published)
    fields["publishedParsed"] = GofeedShape.time(published)
    fields["author"] = feed.authors.first.map(GofeedShape.person)
    fields["authors"] = .of(feed.authors, GofeedShape.person)
    fields["language"] = .of(feed.language)
    fields["copyright"] = .of(feed.rights)
    fields["generator"] = .of(generator)
    fields["categories"] = .of(feed.categories) { .text($0.label ?? $0.name) }
    return fields
  }

  private var extras: [String: SuiteValue?] {
    let picture = document.root?.first("image") ?? document.channel?.first("image")
    var fields: [String: SuiteValue?] = [:]
    fields["image"] = SuiteValue.of([
      "url": .of(feed.image ?? mediaImage ?? feed.icon), "title": .of(picture?.text(of: "title")),
    ])
    fields["dcExt"] = GofeedShape.dublinCore(document.channel)
    fields["itunesExt"] = GofeedShape.itunes(document.channel)
    fields["extensions"] = GofeedShape.extensions(document.channel)
    fields["items"] = .of(Array(zip(feed.entries, document.items + blanks)), item)
    return fields
  }

  private var blanks: [XMLElement] {
    feed.entries.map { _ in XMLElement(space: .core, name: "", writtenName: "") }
  }

  private func newest(_ time: KeyPath<FeedEntry, Timestamp?>) -> Timestamp? {
    feed.format.family == .json ? feed.entries.first?[keyPath: time] : nil
  }

  private func pages(_ links: [FeedLink]) -> [FeedLink] {
    links.filter { ["alternate", "self", "related"].contains($0.relation) }
  }

  private var mediaImage: String? {
    document.channel.flatMap { MediaRSS($0).figures.first?.image }
  }

  private var generator: String? {
    guard let generator = feed.generator else { return nil }
    let parts = [generator.name, generator.version.map { "v" + $0 }, generator.address]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  private func item(_ entry: FeedEntry, _ element: XMLElement) -> SuiteValue {
    var fields: [String: SuiteValue?] = [:]
    fields["title"] = .of(entry.title)
    fields["description"] = .of(entry.summary)
    fields["content"] = .of(entry.content.first)
    fields["link"] = .of(entry.link)
    fields["links"] = .of(pages(entry.links)) { .text($0.address) }
    let updated = entry.updated ?? entry.published
    let published = entry.published ?? entry.updated
    fields["updated"] = GofeedShape.time(updated)
    fields["updatedParsed"] = GofeedShape.time(updated)
    fields["published"] = GofeedShape.time(published)
    fields["publishedParsed"] = GofeedShape.time(published)
    fields["author"] = entry.authors.first.map(GofeedShape.person)
    fields["authors"] = .of(entry.authors, GofeedShape.person)
    fields["guid"] = .of(entry.id)
    fields["image"] = SuiteValue.of([
      "url": .of(entry.image ?? entry.figures.first?.image),
      "title": .of(entry.figures.first?.caption.text),
    ])
    fields["categories"] = .of(entry.categories) { .text($0.label ?? $0.name) }
    fields["enclosures"] = .of(entry.enclosures, GofeedShape.enclosure)
    fields["enclosure"] = entry.enclosures.first.map(GofeedShape.enclosure)
    fields["dcExt"] = GofeedShape.dublinCore(element)
    fields["itunesExt"] = GofeedShape.itunes(element)
    fields["extensions"] = GofeedShape.extensions(element)
    var custom: [String: SuiteValue] = [:]
    for child in element.children { custom[child.writtenName] = .text(child.trimmedText ?? "") }
    fields["custom"] = .object(custom)
    return .of(fields)
  }
}
