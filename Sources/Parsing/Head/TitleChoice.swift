/// Chooses the story's headline.
///
/// In order: the JSON-LD headline of a news article; the visible `h1`, if the metadata repeats or
/// resembles it; the metadata's own title (JSON-LD, `meta`); the `title` element. The site's name is
/// removed, and so is a kicker that shares the `h1` with the headline. The order was measured on the
/// pages of WCXB and trafilatura: newsrooms fill in the headline of a `NewsArticle` with care, but on
/// other pages the `h1` is right twice as often as the metadata where their wordings differ.
extension MetadataChoice {
  /// The headline and its heading element; an empty text if the page has none.
  func findTitle() -> (text: String, node: Int?) {
    let data = dataTitles
    let visible = visibleHeadline(data)
    if let headline = newsHeadline(data, visible?.text) {
      return (headline, visible?.node ?? heading(withText: headline))
    }
    if let visible {
      let text = withoutSite(
        withoutSiteSuffix(
          withoutKicker(visible.text, data, isComposite: hasSeveralParts(visible.node)), data))
      return (text, visible.node)
    }
    if let first = data.first { return (first, heading(withText: first)) }
    if let element = metadata.titleElement, !element.isEmpty, !site.matches(element) {
      if metadata.headlines.count == 1, let only = metadata.headlines.first,
        isHeadlineCandidate(only),
        TitleKey.wordCount(only.text) >= 3
      {
        return (only.text, only.node)
      }
      let text = withoutSite(element, isTitleElement: true)
      return (text, heading(withText: text))
    }
    return metadata.headlines.first.map { ($0.text, $0.node) } ?? ("", nil)
  }

  /// The titles in the metadata without the site's name, the most reliable first.
  ///
  /// Truncated ones come last.
  private var dataTitles: [String] {
    let all = [
      metadata.linkedText("headline"), metadata.named("og:title"),
      metadata.named("twitter:title"),
      metadata.named("parsely-title", "sailthru.title", "dc.title"),
    ]
    var titles = all.compactMap { $0 }.map { withoutSite($0) }
      .filter { !$0.isEmpty && !site.matches($0) }
    if let first = titles.first { titles[0] = withoutKicker(first, titles, isComposite: false) }
    return titles.filter { !Self.isCutShort($0) } + titles.filter(Self.isCutShort)
  }

  /// The JSON-LD headline of the page's only news article without its kicker, unless it is the site's
  /// name or a prefix of the visible headline.
  private func newsHeadline(_ data: [String], _ visible: String?) -> String? {
    let headlines = Set(
      metadata.articles.filter(LinkedData.isNews).compactMap {
        $0["headline"].text.map(Metadata.decoded)
      })
    guard headlines.count == 1, let first = headlines.first else { return nil }
    let headline = withoutKicker(withoutSite(first), data, isComposite: false)
    guard TitleKey.wordCount(headline) >= 2, !site.matches(headline), !Self.isCutShort(headline)
    else {
      return nil
    }
    if let visible, TitleKey.normalized(visible).starts(with: TitleKey.normalized(headline)) {
      return nil
    }
    return headline
  }

  private static func isCutShort(_ title: String) -> Bool {
    title.hasSuffix("…") || title.hasSuffix("...")
  }

  // MARK: The h1

  private func isHeadlineCandidate(_ headline: (node: Int, text: String)) -> Bool {
    !site.matches(headline.text) && !isBreadcrumb(headline.node) && !linksToHomePage(headline.node)
  }

  /// Whether the heading is the last item of a breadcrumb trail.
  private func isBreadcrumb(_ node: Int) -> Bool {
    tree.ancestors(node).prefix(6).contains {
      study.evidence[$0].contains(.breadcrumb) && study.letters[$0] < 400
        && study.linkedLetters[$0] > 0
    }
  }

  /// Whether the whole heading is a link to the home page, as a blog's own name is.
  private func linksToHomePage(_ node: Int) -> Bool {
    guard let link = tree.first(.a, in: node), study.letters[link] == study.letters[node],
      let target = addresses.absolute(tree.value(.href, of: link))
    else { return false }
    return addresses.isHome(target)
  }

  /// The longest `h1` that the metadata repeats, else the first that resembles it.
  private func visibleHeadline(_ data: [String]) -> (node: Int, text: String)? {
    let fullTitles =
      [metadata.named("og:title"), metadata.named("twitter:title"), metadata.titleElement]
      .compactMap { $0 }
      + data
    let keys = fullTitles.map(TitleKey.normalized)
    let bareTitles =
      data + [metadata.titleElement.map { withoutSite($0, isTitleElement: true) } ?? ""]
    var best: (node: Int, text: String, length: Int)?
    var similar: (node: Int, text: String)?
    var others = 0
    for headline in metadata.headlines where isHeadlineCandidate(headline) {
      let key = TitleKey.normalized(headline.text)
      guard !key.isEmpty else { continue }
      let words = TitleKey.wordCount(headline.text)
      if words >= 2 || metadata.headlines.count == 1, isRepeated(key, keys),
        key.count > best?.length ?? 0, !isSiteSuffix(headline.text, data)
      {
        best = (headline.node, headline.text, key.count)
      } else if words >= 3, !study.isDropped(headline.node) {
        others += 1
        if similar == nil, isSimilar(headline.text, bareTitles) { similar = headline }
      }
    }
    if let best { return (best.node, best.text) }
    // With several other `h1` elements they are section headings, and none is the headline.
    return others <= 2 ? similar : nil
  }

  /// Whether one key is a prefix of the other, or a suffix of at minimumOverlap 12 bytes (after a kicker).
  private func isRepeated(_ key: [UInt8], _ data: [[UInt8]]) -> Bool {
    data.contains { other in
      other.starts(with: key) || (key.count >= 12 && other.reversed().starts(with: key.reversed()))
        || (other.count >= 12
          && (key.starts(with: other) || key.reversed().starts(with: other.reversed())))
    }
  }

  /// Whether an `h1` equals the part of the title element after its last separator, and so is the
  /// site's name, unless the metadata gives it as the title.
  private func isSiteSuffix(_ text: String, _ data: [String]) -> Bool {
    let key = TitleKey.normalized(text)
    guard let element = metadata.titleElement,
      !data.contains(where: { TitleKey.normalized($0) == key })
    else { return false }
    return TitleSeparator.all.contains { separator in
      guard let cut = separator.last(in: element) else { return false }
      return TitleKey.normalized(String(cut.after)) == key
        && TitleKey.wordCount(String(cut.before)) >= 2
    }
  }

  /// Whether the overlap of a text with one of the titles or with the last component of the URL's path
  /// reaches a fifth.
  private func isSimilar(_ text: String, _ data: [String]) -> Bool {
    let minimumOverlap = 0.2
    if data.contains(where: {
      TitleKey.overlap(text, $0) >= minimumOverlap || TitleKey.overlap($0, text) >= minimumOverlap
    }) {
      return true
    }
    let path = String(
      decoding: (addresses.path.split(separator: "/").last ?? "").utf8.map {
        $0.isAlphanumeric || $0 >= 0x80 ? $0 : 0x20
      },
      as: UTF8.self)
    return TitleKey.overlap(text, path) >= minimumOverlap
  }

  /// Whether the heading has several parts, such as a `span` with the kicker beside the headline.
  private func hasSeveralParts(_ node: Int) -> Bool {
    tree.children(node).contains {
      tree.isElement($0) && study.letters[$0] > 0 && study.letters[$0] < study.letters[node]
    }
  }

  /// The headline without a kicker before it, if another layer has the title without it and a colon,
  /// a dash or an element boundary separates them.
  private func withoutKicker(_ text: String, _ data: [String], isComposite: Bool) -> String {
    let key = TitleKey.normalized(text)
    let element = metadata.titleElement.map { withoutSite($0, isTitleElement: true) }
    for title in data + [element].compactMap({ $0 }) {
      let other = TitleKey.normalized(title)
      guard TitleKey.wordCount(title) >= 2, other.count >= 10, other.count < key.count,
        key.reversed().starts(with: other.reversed())
      else { continue }
      let before = text.dropLast(title.count).trimmed(of: " ")
      if isComposite
        || before.unicodeScalars.last.map({ ":-–—|+".unicodeScalars.contains($0) }) ?? false
      {
        return title
      }
    }
    return text
  }

  /// The headline without a separator and the site's name after it.
  private func withoutSiteSuffix(_ text: String, _ data: [String]) -> String {
    let marks = "|-–—".unicodeScalars
    for title in data where TitleKey.wordCount(title) >= 3 && text.hasPrefix(title) {
      let after = text.dropFirst(title.count).trimmed(of: " ")
      if let mark = after.unicodeScalars.first, marks.contains(mark) { return title }
    }
    return text
  }

  /// The heading of any level whose text is the title.
  private func heading(withText title: String) -> Int? {
    let key = TitleKey.normalized(title)
    return (metadata.headlines + metadata.subheadings).first {
      TitleKey.normalized($0.text) == key
    }?.node
  }

  // MARK: The site's name

  /// Removes the names of site and section from a title: " | Site", "Site: ", "_Section_Site".
  func withoutSite(_ title: String, isTitleElement: Bool = false) -> String {
    var best = title[...]
    var cuts = 0
    // At most four: title, section, part of the site, site.
    while cuts < 4,
      let shorter = removeSiteOnce(best, isTitleElement: isTitleElement, hasCut: cuts > 0)
    {
      best = shorter
      cuts += 1
    }
    if let colon = best.utf8.firstIndex(of: 0x3A), site.matches(exactly: String(best[..<colon])) {
      best = best[best.utf8.index(after: colon)...]
    }
    let text = String(folding: best)
    return text.isEmpty ? title : text
  }

  private func removeSiteOnce(
    _ title: Substring, isTitleElement: Bool, hasCut: Bool
  ) -> Substring? {
    for separator in TitleSeparator.all {
      guard let cut = separator.last(in: title) else { continue }
      if site.matches(String(cut.after)) { return cut.before }
      let isShort =
        TitleKey.wordCount(String(cut.after)) <= 4 && TitleKey.wordCount(String(cut.before)) >= 3
      switch separator.trust {
      case .bar where isShort: return cut.before
      case .dash where isShort && isTitleElement && !hasCut: return cut.before
      case .wide where isShort && (isTitleElement || hasCut): return cut.before
      default: break
      }
    }
    for separator in TitleSeparator.all {
      if let cut = separator.first(in: title), site.matches(String(cut.before)) { return cut.after }
    }
    return nil
  }
}
