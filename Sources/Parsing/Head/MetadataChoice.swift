import Stories

/// Chooses each metadata field from the layers of a page, checking them against each other.
///
/// The order is JSON-LD, `meta`, microdata, visible markup, and the URL; a field that no layer gives
/// is empty. Title, byline and dates are in files of their own.
///
/// An immutable class, because it is passed for every node of the page and copying it would cost.
final class MetadataChoice {
  let metadata: Metadata
  let study: PageStudy
  let tree: HTMLTree
  let addresses: Addresses
  let site: SiteNames
  /// The language as a BCP 47 tag, such as "en" or "pt-BR".
  let language: String?
  /// The day in the path of the page's URL.
  let dayInURL: Timestamp?

  init(_ metadata: Metadata, _ study: PageStudy, _ addresses: Addresses) {
    self.metadata = metadata
    self.study = study
    tree = study.tree
    self.addresses = addresses
    site = SiteNames(metadata, host: addresses.host)
    language = Self.language(metadata)
    let own = [metadata.canonical, metadata.named("og:url"), addresses.pageURL]
    dayInURL = own.lazy.compactMap { DateParser.parseURLPath($0) }.first
  }

  /// The comparison key of a text: its letters and digits in lower case.
  static func key(_ text: String) -> [UInt8] { TitleKey.normalized(text) }

  // MARK: Site, language, address

  /// The site's name from `meta` or the JSON-LD publisher; fewer than 80 bytes.
  var siteName: String? {
    let names = [
      metadata.named("og:site_name", "application-name", "twitter:app:name:iphone"),
      publisher(metadata.articles), publisher(metadata.linked.otherWorks),
    ]
    return names.compactMap { $0 }.first { (1..<80).contains($0.utf8.count) }
  }

  private func publisher(_ objects: [JSONValue]) -> String? {
    for object in objects {
      if let name = metadata.linked.resolved(object["publisher"])["name"].text {
        return Metadata.decoded(name)
      }
    }
    return nil
  }

  private static func language(_ metadata: Metadata) -> String? {
    let layers = [
      metadata.language, metadata.linkedText("inLanguage"), metadata.named("og:locale", "language"),
      metadata.named("content-language", "dc.language"),
    ]
    return layers.lazy.compactMap { $0.flatMap(languageTag) }.first
  }

  private static func languageTag(_ text: String) -> String? {
    let tag = String(decoding: text.utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
    guard (2...12).contains(tag.utf8.count),
      tag.utf8.allSatisfy({ $0.isAlphanumeric || $0 == 0x2D }),
      tag.utf8.prefix(2).allSatisfy(\.isLetter)
    else { return nil }
    return tag
  }

  /// The canonical URL of the page.
  var address: String? {
    let article = metadata.articles.first
    let layers = [
      metadata.canonical, metadata.named("og:url"), article?["url"].text,
      article?["mainEntityOfPage"].text ?? article?["mainEntityOfPage"]["@id"].text,
    ]
    for url in layers {
      if let absolute = addresses.absolute(url), absolute.hasPrefix("http") { return absolute }
    }
    return nil
  }

  // MARK: Section and tags

  /// The section of the site that the story belongs to; at most 60 bytes.
  func section(title: String) -> String? {
    let layers = [
      metadata.linkedText("articleSection"),
      metadata.named(
        "article:section", "og:article:section", "parsely-section", "dc.subject.section"),
      breadcrumbSection(title),
    ]
    return layers.compactMap { $0 }.first { (1...60).contains($0.utf8.count) && !site.matches($0) }
  }

  /// The last breadcrumb of the JSON-LD `BreadcrumbList` before the page itself.
  private func breadcrumbSection(_ title: String) -> String? {
    let trails = metadata.linked.objects.filter {
      $0["@type"].items.contains { $0.text == "BreadcrumbList" }
    }
    guard let steps = trails.first?["itemListElement"].items, steps.count >= 2 else { return nil }
    let names = steps.prefix(10).compactMap { $0["name"].text ?? $0["item"]["name"].text }
    guard names.count == steps.count else { return nil }
    let key = TitleKey.normalized(title)
    let above = names.map(Metadata.decoded).filter { TitleKey.normalized($0) != key }
    // The first breadcrumb is the home page.
    return above.count >= 2 ? above.last : nil
  }

  /// The story's tags as the page writes them, without duplicates; at most 50 of 60 bytes each.
  var tags: [String] {
    var tags = metadata.tags
    if tags.isEmpty {
      for article in metadata.articles where tags.isEmpty {
        let listed = article["keywords"].items.compactMap(\.text)
        tags = listed.count == 1 ? Self.splitList(Metadata.decoded(listed[0])) : listed
      }
    }
    if tags.isEmpty { tags = Self.splitList(metadata.named("news_keywords", "parsely-tags") ?? "") }
    var seen: Set<[UInt8]> = []
    return tags.prefix(50).map(Metadata.decoded).filter { tag in
      (1...60).contains(tag.utf8.count) && seen.insert(TitleKey.normalized(tag)).inserted
    }
  }

  private static func splitList(_ text: String) -> [String] {
    text.split(separator: text.contains(";") ? ";" : ",").map(String.init)
  }
}
