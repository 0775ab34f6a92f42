import Stories

/// Chooses each field from what the layers say, repairing one against the other.
///
/// Contract: JSON-LD, `meta`, microdata, visible markup and the address, in that order, each checked
/// against the others; where none says anything the field is empty. Title, byline and dates have
/// files of their own.
///
/// A class, for it is handed on at every node of the page and never changes.
final class MetadataChoice {
  let said: Metadata
  let study: PageStudy
  let tree: HTMLTree
  let addresses: Addresses
  let site: SiteNames
  /// The language as a tag of BCP 47, such as "en" or "pt-BR".
  let language: String?
  /// The day that the page's address names.
  let dayOfAddress: Timestamp?

  init(_ said: Metadata, _ study: PageStudy, _ addresses: Addresses) {
    self.said = said
    self.study = study
    tree = study.tree
    self.addresses = addresses
    site = SiteNames(said, host: addresses.host)
    language = Self.language(said)
    let own = [said.canonical, said.named("og:url"), addresses.own]
    dayOfAddress = own.lazy.compactMap { DateReading.readAddress($0) }.first
  }

  /// Letters and digits in lower case: what two spellings of one title share.
  static func key(_ text: String) -> [UInt8] { TitleKey.letters(text) }

  // MARK: Site, language, address

  /// The site's name as it gives it itself.
  var siteName: String? {
    let names = [
      said.named("og:site_name", "application-name", "twitter:app:name:iphone"),
      publisher(said.articles), publisher(said.linked.works),
    ]
    return names.compactMap { $0 }.first { (1..<80).contains($0.utf8.count) }
  }

  private func publisher(_ objects: [JSONValue]) -> String? {
    for object in objects {
      if let name = said.linked.resolved(object["publisher"])["name"].text {
        return Metadata.decoded(name)
      }
    }
    return nil
  }

  private static func language(_ said: Metadata) -> String? {
    let layers = [
      said.language, said.linkedText("inLanguage"), said.named("og:locale", "language"),
      said.named("content-language", "dc.language"),
    ]
    return layers.lazy.compactMap { $0.flatMap(languageTag) }.first
  }

  private static func languageTag(_ said: String) -> String? {
    let tag = String(decoding: said.utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
    guard (2...12).contains(tag.utf8.count),
      tag.utf8.allSatisfy({ $0.isAlphanumeric || $0 == 0x2D }),
      tag.utf8.prefix(2).allSatisfy(\.isLetter)
    else { return nil }
    return tag
  }

  /// The address that the page calls its own.
  var address: String? {
    let article = said.articles.first
    let layers = [
      said.canonical, said.named("og:url"), article?["url"].text,
      article?["mainEntityOfPage"].text ?? article?["mainEntityOfPage"]["@id"].text,
    ]
    for said in layers {
      if let absolute = addresses.absolute(said), absolute.hasPrefix("http") { return absolute }
    }
    return nil
  }

  // MARK: Section and tags

  /// The part of the site that the story of this title stands in.
  func section(title: String) -> String? {
    let layers = [
      said.linkedText("articleSection"),
      said.named("article:section", "og:article:section", "parsely-section", "dc.subject.section"),
      crumb(title),
    ]
    return layers.compactMap { $0 }.first { (1...60).contains($0.utf8.count) && !site.contain($0) }
  }

  /// The last step but the page itself of the breadcrumb trail in JSON-LD.
  private func crumb(_ title: String) -> String? {
    let trails = said.linked.objects.filter {
      $0["@type"].items.contains { $0.text == "BreadcrumbList" }
    }
    guard let steps = trails.first?["itemListElement"].items, steps.count >= 2 else { return nil }
    let names = steps.prefix(10).compactMap { $0["name"].text ?? $0["item"]["name"].text }
    guard names.count == steps.count else { return nil }
    let key = TitleKey.letters(title)
    let above = names.map(Metadata.decoded).filter { TitleKey.letters($0) != key }
    // The first step is the site's first page.
    return above.count >= 2 ? above.last : nil
  }

  /// What the story is about, in the page's words, each once.
  var tags: [String] {
    var tags = said.tags
    if tags.isEmpty {
      for article in said.articles where tags.isEmpty {
        let listed = article["keywords"].items.compactMap(\.text)
        tags = listed.count == 1 ? Self.list(Metadata.decoded(listed[0])) : listed
      }
    }
    if tags.isEmpty { tags = Self.list(said.named("news_keywords", "parsely-tags") ?? "") }
    var seen: Set<[UInt8]> = []
    return tags.prefix(50).map(Metadata.decoded).filter { tag in
      (1...60).contains(tag.utf8.count) && seen.insert(TitleKey.letters(tag)).inserted
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: text.contains(";") ? ";" : ",").map(String.init)
  }
}
