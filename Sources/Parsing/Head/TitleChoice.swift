/// Chooses the story's headline.
///
/// Contract: what the JSON-LD of a news article calls its headline; else the headline as readers see it, an
/// h1, where the page's data repeats it, or at least tells of the same thing; else the data's own (JSON-LD,
/// `meta`), else the title element. The site's name is cut off, and so is a kicker that shares the h1 with
/// the headline. Newsrooms fill in the headline of a `NewsArticle` with care; of the data of other pages the
/// h1 is right twice as often where the two are worded differently (WCXB's and trafilatura's pages).
extension MetadataChoice {
  /// The headline, and the heading that says it; empty where the page has none.
  func findTitle() -> (text: String, node: Int?) {
    let data = dataTitles
    let seen = seenHeadline(data)
    if let told = newsHeadline(data, seen?.text) {
      return (told, seen?.node ?? heading(saying: told))
    }
    if let seen {
      let text = withoutSite(
        withoutTail(withoutKicker(seen.text, data, isBuilt: hasParts(seen.node)), data))
      return (text, seen.node)
    }
    if let first = data.first { return (first, heading(saying: first)) }
    if let element = said.titleElement, !element.isEmpty, !site.contain(element) {
      if said.headlines.count == 1, let only = said.headlines.first, isHeadline(only),
        TitleKey.words(only.text) >= 3
      {
        return (only.text, only.node)
      }
      let text = withoutSite(element, isTitleElement: true)
      return (text, heading(saying: text))
    }
    return said.headlines.first.map { ($0.text, $0.node) } ?? ("", nil)
  }

  /// The titles of the page's data without the site's name, the surest first.
  ///
  /// One that was cut short comes last.
  private var dataTitles: [String] {
    let all = [
      said.linkedText("headline"), said.named("og:title"),
      said.named("twitter:title"), said.named("parsely-title", "sailthru.title", "dc.title"),
    ]
    var titles = all.compactMap { $0 }.map { withoutSite($0) }
      .filter { !$0.isEmpty && !site.contain($0) }
    if let first = titles.first { titles[0] = withoutKicker(first, titles, isBuilt: false) }
    return titles.filter { !Self.isCutShort($0) } + titles.filter(Self.isCutShort)
  }

  /// The headline of the page's one news article without its kicker, unless it is the site's name or the
  /// beginning of what is seen.
  private func newsHeadline(_ data: [String], _ seen: String?) -> String? {
    let told = Set(
      said.articles.filter(LinkedData.isNews).compactMap {
        $0["headline"].text.map(Metadata.decoded)
      })
    guard told.count == 1, let first = told.first else { return nil }
    let headline = withoutKicker(withoutSite(first), data, isBuilt: false)
    guard TitleKey.words(headline) >= 2, !site.contain(headline), !Self.isCutShort(headline) else {
      return nil
    }
    if let seen, TitleKey.letters(seen).starts(with: TitleKey.letters(headline)) { return nil }
    return headline
  }

  private static func isCutShort(_ title: String) -> Bool {
    title.hasSuffix("…") || title.hasSuffix("...")
  }

  // MARK: The h1

  private func isHeadline(_ headline: (node: Int, text: String)) -> Bool {
    !site.contain(headline.text) && !isTrail(headline.node) && !leadsHome(headline.node)
  }

  /// Whether the heading is the last step of a breadcrumb trail.
  private func isTrail(_ node: Int) -> Bool {
    tree.ancestors(node).prefix(6).contains {
      study.evidence[$0].contains(.breadcrumb) && study.letters[$0] < 400 && study.linked[$0] > 0
    }
  }

  /// Whether the heading is all a link to the site's first page, as a blog's own name is.
  private func leadsHome(_ node: Int) -> Bool {
    guard let link = tree.first(.a, in: node), study.letters[link] == study.letters[node],
      let target = addresses.absolute(tree.value(.href, of: link))
    else { return false }
    return addresses.isHome(target)
  }

  /// The h1 that the data repeats, the longest of several; else the first that tells of the same thing.
  private func seenHeadline(_ data: [String]) -> (node: Int, text: String)? {
    let whole =
      [said.named("og:title"), said.named("twitter:title"), said.titleElement].compactMap { $0 }
      + data
    let keys = whole.map(TitleKey.letters)
    let bare = data + [said.titleElement.map { withoutSite($0, isTitleElement: true) } ?? ""]
    var best: (node: Int, text: String, length: Int)?
    var akin: (node: Int, text: String)?
    var others = 0
    for headline in said.headlines where isHeadline(headline) {
      let key = TitleKey.letters(headline.text)
      guard !key.isEmpty else { continue }
      let words = TitleKey.words(headline.text)
      if words >= 2 || said.headlines.count == 1, isRepeated(key, keys),
        key.count > best?.length ?? 0, !isTail(headline.text, data)
      {
        best = (headline.node, headline.text, key.count)
      } else if words >= 3, !study.isDropped(headline.node) {
        others += 1
        if akin == nil, isAkin(headline.text, bare) { akin = headline }
      }
    }
    if let best { return (best.node, best.text) }
    // A page of many large headings has sections, not a headline.
    return others <= 2 ? akin : nil
  }

  /// Whether one text begins as the other does, or ends so behind a kicker of its own.
  private func isRepeated(_ key: [UInt8], _ data: [[UInt8]]) -> Bool {
    data.contains { other in
      other.starts(with: key) || (key.count >= 12 && other.reversed().starts(with: key.reversed()))
        || (other.count >= 12
          && (key.starts(with: other) || key.reversed().starts(with: other.reversed())))
    }
  }

  /// Whether an h1 is what the title element has behind its last bar: the site, unless the data
  /// gives it as the title.
  private func isTail(_ text: String, _ data: [String]) -> Bool {
    let key = TitleKey.letters(text)
    guard let element = said.titleElement, !data.contains(where: { TitleKey.letters($0) == key })
    else { return false }
    return TitleSeparator.all.contains { separator in
      guard let cut = separator.last(in: element) else { return false }
      return TitleKey.letters(String(cut.after)) == key
        && TitleKey.words(String(cut.before)) >= 2
    }
  }

  /// Whether two wordings share a fifth of their words, or the h1 those of the last part of
  /// the address.
  private func isAkin(_ text: String, _ data: [String]) -> Bool {
    let least = 0.2
    if data.contains(where: {
      TitleKey.overlap(text, $0) >= least || TitleKey.overlap($0, text) >= least
    }) {
      return true
    }
    let path = String(
      decoding: (addresses.path.split(separator: "/").last ?? "").utf8.map {
        $0.isAlphanumeric || $0 >= 0x80 ? $0 : 0x20
      },
      as: UTF8.self)
    return TitleKey.overlap(text, path) >= least
  }

  /// Whether the heading is made of several parts, such as a kicker's `span` beside the headline.
  private func hasParts(_ node: Int) -> Bool {
    tree.children(node).contains {
      tree.isElement($0) && study.letters[$0] > 0 && study.letters[$0] < study.letters[node]
    }
  }

  /// The headline alone, where a kicker stands before it: another layer has the words without, and a
  /// colon, a dash or an element's end is between.
  private func withoutKicker(_ text: String, _ data: [String], isBuilt: Bool) -> String {
    let key = TitleKey.letters(text)
    let element = said.titleElement.map { withoutSite($0, isTitleElement: true) }
    for title in data + [element].compactMap({ $0 }) {
      let other = TitleKey.letters(title)
      guard TitleKey.words(title) >= 2, other.count >= 10, other.count < key.count,
        key.reversed().starts(with: other.reversed())
      else { continue }
      let before = text.dropLast(title.count).trimmed(of: " ")
      if isBuilt
        || before.unicodeScalars.last.map({ ":-–—|+".unicodeScalars.contains($0) }) ?? false
      {
        return title
      }
    }
    return text
  }

  /// The headline alone, where a bar and the site's name follow it.
  private func withoutTail(_ text: String, _ data: [String]) -> String {
    let marks = "|-–—".unicodeScalars
    for title in data where TitleKey.words(title) >= 3 && text.hasPrefix(title) {
      let after = text.dropFirst(title.count).trimmed(of: " ")
      if let mark = after.unicodeScalars.first, marks.contains(mark) { return title }
    }
    return text
  }

  /// The heading that has the title's words, where that is no h1.
  private func heading(saying title: String) -> Int? {
    let key = TitleKey.letters(title)
    return (said.headlines + said.subheadings).first { TitleKey.letters($0.text) == key }?.node
  }

  // MARK: The site's name

  /// Cuts the site's name and the section's off a title: " | Site", "Site: ", "_Section_Site".
  func withoutSite(_ title: String, isTitleElement: Bool = false) -> String {
    var best = title[...]
    var cuts = 0
    // Title, section, part of the site and site: no more parts than that.
    while cuts < 4, let shorter = cutOnce(best, isTitleElement: isTitleElement, hasCut: cuts > 0) {
      best = shorter
      cuts += 1
    }
    if let colon = best.utf8.firstIndex(of: 0x3A), site.contain(exactly: String(best[..<colon])) {
      best = best[best.utf8.index(after: colon)...]
    }
    let text = Metadata.folded(Array(best.utf8)[...])
    return text.isEmpty ? title : text
  }

  private func cutOnce(
    _ title: Substring, isTitleElement: Bool, hasCut: Bool
  ) -> Substring? {
    for separator in TitleSeparator.all {
      guard let cut = separator.last(in: title) else { continue }
      if site.contain(String(cut.after)) { return cut.before }
      let isShort =
        TitleKey.words(String(cut.after)) <= 4 && TitleKey.words(String(cut.before)) >= 3
      switch separator.trust {
      case .bar where isShort: return cut.before
      case .dash where isShort && isTitleElement && !hasCut: return cut.before
      case .wide where isShort && (isTitleElement || hasCut): return cut.before
      default: break
      }
    }
    for separator in TitleSeparator.all {
      if let cut = separator.first(in: title), site.contain(String(cut.before)) { return cut.after }
    }
    return nil
  }
}

/// What pages set between a title and the name of the site.
struct TitleSeparator {
  enum Trust {
    /// A short phrase behind it is the site or the section, in the page's data too.
    case bar
    /// The same, in a title element only.
    case dash
    /// Between ideographs or syllables, as East Asian sites set it; elsewhere it joins words.
    case wide
    /// Only a known name behind it is the site.
    case weak
  }

  let mark: String
  let trust: Trust

  static let all: [TitleSeparator] =
    [" | ", " ｜ ", "｜"].map { TitleSeparator(mark: $0, trust: .bar) }
    + [" - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • "].map {
      TitleSeparator(mark: $0, trust: .dash)
    } + ["_", "-", "–", "ㅣ", "|"].map { TitleSeparator(mark: $0, trust: .wide) }
    + [" / ", " * ", " @ ", " : ", "："].map { TitleSeparator(mark: $0, trust: .weak) }

  /// The title up to the last such mark, and what stands behind it.
  func last(in title: some StringProtocol) -> (before: Substring, after: Substring)? {
    cut(Substring(title), TitleKey.lastIndex(of: mark, in: title))
  }

  /// What stands before the first such mark, and the title from there.
  func first(in title: some StringProtocol) -> (before: Substring, after: Substring)? {
    cut(Substring(title), TitleKey.firstIndex(of: mark, in: title))
  }

  private func cut(
    _ title: Substring, _ offset: Int?
  ) -> (before: Substring, after: Substring)? {
    guard let offset else { return nil }
    let start = title.utf8.index(title.startIndex, offsetBy: offset)
    let end = title.utf8.index(start, offsetBy: mark.utf8.count)
    return fitting(title[..<start], title[end...])
  }

  private func fitting(
    _ before: Substring, _ after: Substring
  ) -> (before: Substring, after: Substring)? {
    if trust == .wide, mark != "|", mark != "_" {
      guard before.utf8.last ?? 0 >= 0x80, after.utf8.first ?? 0 >= 0x80 else { return nil }
    }
    return (before, after)
  }
}
