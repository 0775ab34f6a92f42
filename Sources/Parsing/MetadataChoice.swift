import Stories

/// Chooses each field from what the layers say, repairing one against the other.
struct MetadataChoice {
  let said: Metadata
  let study: PageStudy
  let addresses: Addresses
  var tree: HTMLTree { study.tree }

  init(_ said: Metadata, _ study: PageStudy, _ addresses: Addresses) {
    self.said = said
    self.study = study
    self.addresses = addresses
  }

  // MARK: Site, language, address

  var site: String? {
    if let name = said.named("og:site_name", "application-name", "twitter:app:name:iphone"),
      name.utf8.count < 80
    {
      return name
    }
    for article in said.articles {
      if let name = article["publisher"]["name"].text, name.utf8.count < 80 {
        return said.decoded(name)
      }
    }
    return nil
  }

  var language: String? {
    let said = said.language ?? said.linkedText("inLanguage") ?? said.named("og:locale", "language")
    guard let said else { return nil }
    let tag = String(decoding: said.utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
    guard (2...12).contains(tag.utf8.count),
      tag.utf8.allSatisfy({ $0.isAlphanumeric || $0 == 0x2D }),
      tag.utf8.prefix(2).allSatisfy(\.isLetter)
    else { return nil }
    return tag
  }

  var address: String? {
    for said in [said.canonical, said.named("og:url")] {
      if let absolute = addresses.absolute(said), absolute.hasPrefix("http") { return absolute }
    }
    return nil
  }

  // MARK: Title

  /// The headline, and the node of the h1 that says it.
  var title: (text: String, node: Int?) {
    let machine = [
      said.named("og:title"), said.linkedText("headline"), said.named("twitter:title"),
    ]
    .compactMap { $0 }.filter { !$0.isEmpty }
    let whole = machine + [said.titleElement].compactMap { $0 }
    // An h1 that the machine-readable layers repeat is the headline as readers see it; of several
    // the longest, for the blog's own name may be one of them.
    var best: (node: Int, text: String, length: Int)?
    for (node, text) in said.headlines {
      let folded = Self.key(text)
      guard !folded.isEmpty, folded.count > best?.length ?? 0, !isSiteName(text),
        Self.wordCount(text) >= 2 || said.headlines.count == 1
      else { continue }
      if whole.contains(where: { Self.key($0).starts(with: folded) }) {
        best = (node, text, folded.count)
      }
    }
    if let best { return (best.text, best.node) }
    if let first = machine.first {
      let stripped = withoutSite(first)
      return (stripped, said.headlines.first { Self.key($0.text) == Self.key(stripped) }?.node)
    }
    if let element = said.titleElement, !element.isEmpty {
      let stripped = withoutSite(element, isTitleElement: true)
      if said.headlines.count == 1, let only = said.headlines.first,
        Self.wordCount(only.text) >= 3, !isSiteName(only.text)
      {
        return (only.text, only.node)
      }
      return (stripped, nil)
    }
    return said.headlines.first.map { ($0.text, $0.node) } ?? ("", nil)
  }

  private func isSiteName(_ text: String) -> Bool {
    let key = Self.key(text)
    if let site, Self.key(site) == key { return true }
    guard let host = addresses.host else { return false }
    return !key.isEmpty && Self.key(host).starts(with: key) && key.count > 3
  }

  /// Cuts " | Site" and "Site: " off.
  func withoutSite(_ title: String, isTitleElement: Bool = false) -> String {
    var best = title
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "] {
      let parts = best.split(separator: separator)
      guard parts.count > 1, let last = parts.last, let first = parts.first else { continue }
      let rest = parts.dropLast().joined(separator: separator)
      let isShort = Self.wordCount(String(last)) <= 4 && Self.wordCount(rest) >= 3
      let isCertain = isSiteName(String(last)) || (isTitleElement && isShort && separator != " / ")
      if isCertain || (separator == " | " && isShort) {
        best = rest
      } else if isSiteName(String(first)) {
        best = parts.dropFirst().joined(separator: separator)
      }
    }
    if let colon = best.utf8.firstIndex(of: 0x3A), isSiteName(String(best[..<colon])) {
      best = Metadata.folded(Array(best[colon...].utf8.dropFirst())[...])
    }
    return best.isEmpty ? title : best
  }

  static func wordCount(_ text: String) -> Int { text.utf8.prefix(2000).split { $0.isSpace }.count }

  /// Letters and digits in lower case: what two spellings of one title share.
  static func key(_ text: String) -> [UInt8] {
    Array(String(text.prefix(600)).lowercased().utf8).filter { $0.isAlphanumeric || $0 >= 0x80 }
  }

  // MARK: Dates

  var published: Timestamp? {
    let american = (language ?? "en").lowercased().hasPrefix("en") && !isBritish
    let keys = [
      "article:published_time", "og:article:published_time", "datepublished", "pubdate",
      "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "date", "publish-date",
      "publishdate", "article.published", "dcterms.created", "dc.date.created",
      "cxenseparse:recs:publishtime",
      "publication_date", "publish_date", "datecreated", "article:published", "og:pubdate",
      "rnews:datepublished",
      "dcterms.date", "published_time", "last-modified-original",
    ]
    if let date = plausible(DateReading.read(said.linkedText("datePublished"))) { return date }
    for key in keys {
      if let date = plausible(DateReading.read(said.meta[key], monthFirst: american)) {
        return date
      }
    }
    let addresses = [said.canonical, said.named("og:url"), page]
    return visibleDate(american)
      ?? addresses.lazy.compactMap { plausible(DateReading.readAddress($0)) }.first
      ?? plausible(DateReading.read(said.linkedText("dateCreated")))
      ?? plausible(DateReading.read(said.linkedText("uploadDate"))) ?? shortLineDate(american)
  }

  /// A date in one of the page's first short lines.
  private func shortLineDate(_ american: Bool) -> Timestamp? {
    let start = said.headlines.first?.node ?? 1
    var looked = 0
    for from in [start, 1] {
      for node in from..<max(from, tree.count) where (6...60).contains(study.own[node]) {
        guard tree.isElement(node), !study.isDropped(node) else { continue }
        looked += 1
        if looked > 300 { break }
        if let date = plausible(
          DateReading.read(tree.line(node, limit: 200), monthFirst: american))
        {
          return date
        }
      }
    }
    return nil
  }

  private var page: String? { addresses.host == nil ? nil : addresses.absolute("?") }

  private var isBritish: Bool {
    let tag = (language ?? "").lowercased()
    if tag.hasPrefix("en-"), tag != "en-us" { return true }
    guard let host = addresses.host else { return false }
    return [".uk", ".au", ".nz", ".ie", ".in", ".za"].contains { host.hasSuffix($0) }
  }

  var updated: Timestamp? {
    let dates = [
      said.linkedText("dateModified"),
      said.named("article:modified_time", "og:updated_time", "lastmod"),
    ]
    for date in dates { if let date = plausible(DateReading.read(date)) { return date } }
    return nil
  }

  private func plausible(_ date: Timestamp?) -> Timestamp? {
    guard let date else { return nil }
    let year = date.calendar.year
    return (1990...2100).contains(year) ? date : nil
  }

  /// A date in the page: microdata, a time element, or a line that a class calls a date.
  private func visibleDate(_ american: Bool) -> Timestamp? {
    var weak: Timestamp?
    for node in 1..<max(1, tree.count) {
      let record = tree.records[node]
      guard record.tag != .text, record.attributeCount > 0 else { continue }
      let isMicrodata = tree.hasToken("datepublished", in: .itemprop, node)
      guard
        isMicrodata || record.tag == .time || study.evidence[node].contains(.date)
          || tree.hasClass("dt-published", node) || tree.hasClass("published", node)
      else { continue }
      if study.isDropped(node), !isMicrodata { continue }
      let written = [
        tree.value(.content, of: node), tree.value(.datetime, of: node),
        tree.value(.title, of: node), tree.line(node, limit: 200),
      ]
      for text in written {
        guard let text, text.utf8.count < 160,
          let date = plausible(DateReading.read(text, monthFirst: american))
        else { continue }
        if isMicrodata { return date }
        if weak == nil { weak = date }
        break
      }
    }
    return weak
  }
}
