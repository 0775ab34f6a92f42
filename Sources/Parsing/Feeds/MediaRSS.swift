import Stories

/// The pictures, videos and audio of an entry in Media RSS (https://www.rssboard.org/media-rss).
///
/// Objects are in the entry or in a group of versions of the same media; properties that an object
/// lacks are taken from its group, then from the entry. A picture becomes a figure with caption and
/// credit, video or audio an enclosure, and a figure too if it has a thumbnail.
struct MediaRSS {
  private(set) var figures: [Figure] = []
  private(set) var enclosures: [FeedEnclosure] = []
  /// The first picture, for an entry without figures.
  private(set) var thumbnail: String?

  /// The most objects of one entry; more are ignored.
  private static let objectLimit = 100

  init(_ entry: XMLElement) {
    for child in entry.children where child.space == .media {
      switch child.name {
      case "group":
        let versions = child.children("content", .media)
        let best = versions.max { Self.size($0) < Self.size($1) }
        add(best ?? child, in: [child, entry])
        for version in versions { addEnclosure(version, in: [child, entry]) }
      case "content":
        add(child, in: [entry])
        addEnclosure(child, in: [entry])
      default: break
      }
      if figures.count >= Self.objectLimit { break }
    }
    thumbnail = Self.thumbnail(in: [entry] + entry.children("group", .media))
    if figures.isEmpty, let thumbnail, Self.caption([entry]) != nil || Self.credit([entry]) != nil {
      figures = [Self.figure(.photo, image: thumbnail, [entry])]
    }
  }

  private mutating func add(_ object: XMLElement, in outer: [XMLElement]) {
    let sources = [object] + outer
    switch Self.medium(of: object) {
    case "image":
      guard let image = FeedAddress.resolved(object.attribute("url"), object.base) else { return }
      figures.append(Self.figure(.photo, image: image, sources))
    case "video":
      guard let image = Self.thumbnail(in: sources) else { return }
      figures.append(Self.figure(.video, image: image, sources))
    default: break
    }
  }

  private mutating func addEnclosure(_ object: XMLElement, in outer: [XMLElement]) {
    guard Self.medium(of: object) != "image", enclosures.count < Self.objectLimit,
      let address = FeedAddress.resolved(object.attribute("url"), object.base)
    else { return }
    enclosures.append(
      FeedEnclosure(
        address, type: object.attribute("type"),
        length: object.attribute("filesize").flatMap { Array($0.utf8).decimal },
        title: Self.text("title", in: [object]),
        duration: object.attribute("duration").flatMap { Array($0.utf8).decimal }))
  }

  /// The kind of an object: as stated, by its type, or by the extension of its address.
  private static func medium(of object: XMLElement) -> String {
    if let medium = object.attribute("medium")?.lowercased(), !medium.isEmpty { return medium }
    if let type = object.attribute("type") {
      return String(type.lowercased().prefix { $0 != "/" })
    }
    let path = (object.attribute("url") ?? "").lowercased().prefix { $0 != "?" }
    let endings = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"]
    return endings.contains { path.hasSuffix($0) } ? "image" : "other"
  }

  private static func size(_ object: XMLElement) -> Int {
    let isDefault = object.attribute("isdefault") == "true" ? 1 << 30 : 0
    return isDefault + (object.attribute("width").flatMap { Array($0.utf8).decimal } ?? 0)
  }

  private static func figure(
    _ kind: Figure.Kind, image: String, _ sources: [XMLElement]
  ) -> Figure {
    let words = caption(sources) ?? []
    let split = splitCredit(words)
    let said = credit(sources)
    return Figure(
      kind: kind, caption: said == nil || split.credit == said ? split.caption : words,
      credit: said ?? split.credit, image: image)
  }

  /// The description, else the title of the picture itself; an entry's own title is its headline.
  private static func caption(_ sources: [XMLElement]) -> [Phrase]? {
    let title = text("title", in: sources.dropLast())
    guard let words = text("description", in: sources) ?? text("text", in: sources) ?? title else {
      return nil
    }
    return [Phrase(words)]
  }

  private static func text(_ name: String, in sources: some Sequence<XMLElement>) -> String? {
    for source in sources {
      guard let element = source.first(name, .media), let text = FeedText.ofRSS(element) else {
        continue
      }
      let line = text.line(limit: FeedText.titleLimit)
      if !line.isEmpty { return line }
    }
    return nil
  }

  /// The credit; of several people, those with a maker's role, such as photographer.
  private static func credit(_ sources: [XMLElement]) -> String? {
    for source in sources {
      let credits = source.children("credit", .media)
      let makers = credits.filter {
        ["photographer", "author", "producer", "owner", "provider", "composer", "artist"]
          .contains($0.attribute("role")?.lowercased() ?? "author")
      }
      let names = (makers.isEmpty ? credits : makers).compactMap(\.trimmedText)
        .compactMap { cleanCredit(String(folding: $0)) }
      if !names.isEmpty { return names.joined(separator: ", ") }
    }
    return text("copyright", in: sources).flatMap(cleanCredit)
  }

  private static func thumbnail(in sources: [XMLElement]) -> String? {
    for source in sources {
      let found = source.children("thumbnail", .media).lazy.compactMap {
        FeedAddress.resolved($0.attribute("url") ?? $0.trimmedText, $0.base)
      }.first
      if let found { return found }
    }
    return nil
  }
}
