package import Stories

extension FeedEntry {
  /// The story of the entry: its full text, else its summary, with the figures of Media RSS.
  ///
  /// A missing title is replaced by the beginning of the text. A teaser, which ends in an ellipsis or in
  /// a "read more" link, is marked as cut, and the link is removed. The site is that of the feed, and so
  /// are language and authors if the entry has none.
  package func story(in feed: Feed) -> Story {
    let page = FeedAddress.web(link) ?? FeedAddress.web(feed.home) ?? feed.address
    var blocks = text?.blocks(page: page) ?? []
    let isCut = Teaser.trim(&blocks, link: link)
    addFigures(to: &blocks, page: page)
    var story = Story(title: title?.line(limit: FeedText.titleLimit) ?? "", blocks: blocks)
    if story.title.isEmpty { story.title = Self.beginning(of: blocks) }
    story.standfirst = standfirst(blocks)
    story.byline = authors(in: feed).compactMap(\.words)
    story.published = published ?? updated
    story.updated = published == nil ? nil : updated
    story.site = feed.title.map { $0.line(limit: 400) }
    story.language = language ?? feed.language
    story.address = FeedAddress.web(link)
    story.tags = tags
    story.isCut = isCut
    story.thread.count = discussion.count
    story.numberFigures()
    return story
  }

  /// The authors of the entry, else of the feed it was taken from, else of the feed (RFC 4287, 4.1.2).
  ///
  /// An RSS feed's own authors are editors, and do not count.
  private func authors(in feed: Feed) -> [FeedPerson] {
    if !authors.isEmpty { return authors }
    if let source, !source.authors.isEmpty { return source.authors }
    return feed.format.family == .atom || feed.format.family == .json ? feed.authors : []
  }

  /// The text of the story: the longest full text, else the summary.
  private var text: FeedText? {
    let whole = content.filter { !$0.value.isEmpty }
    let html = whole.filter { $0.kind == .html }
    let best = (html.isEmpty ? whole : html).max { $0.value.utf8.count < $1.value.utf8.count }
    guard let best, let summary, summary.value.utf8.count > 4 * best.value.utf8.count else {
      return best ?? summary
    }
    // Some feeds have the full text in the field for the summary, and one line in the other.
    return summary
  }

  /// The summary, unless it is just the beginning of the text.
  private func standfirst(_ blocks: [Block]) -> String? {
    guard !content.isEmpty, let summary, summary.value != text?.value else { return nil }
    let line = summary.line(limit: 1000)
    let start = MetadataChoice.key(String(line.prefix(60)))
    guard line.utf8.count < 600, !start.isEmpty,
      !MetadataChoice.key(Self.beginning(of: blocks, limit: 600)).starts(with: start.dropLast(3))
    else { return nil }
    return line
  }

  private var tags: [String] {
    var known: Set<String> = []
    return categories.compactMap { category in
      let name = String(folding: category.label ?? category.name)
      return !name.isEmpty && known.insert(name).inserted ? name : nil
    }
  }

  /// The first words of the text, up to the end of a sentence or `limit` characters.
  private static func beginning(of blocks: [Block], limit: Int = 100) -> String {
    for block in blocks {
      let text =
        switch block {
        case .paragraph(let phrases), .heading(_, let phrases), .pullQuote(let phrases):
          phrases.text
        case .quote(let inner): beginning(of: inner, limit: limit)
        case .list(let list): beginning(of: list.items.first ?? [], limit: limit)
        case .figure(let figure): figure.caption.text
        default: ""
        }
      let line = String(folding: text)
      guard !line.isEmpty else { continue }
      guard line.count > limit else { return line }
      let start = line.prefix(limit)
      let end = start.lastIndex(of: " ") ?? start.endIndex
      return start[..<end] + "…"
    }
    return ""
  }

  // MARK: - Figures

  /// Adds the figures of Media RSS in front, or their captions and credits to figures that the text has.
  private func addFigures(to blocks: inout [Block], page: String?) {
    var new: [Block] = []
    for var figure in figures {
      figure.image = FeedAddress.resolved(figure.image, page)
      let same = blocks.firstIndex {
        if case .figure(let other) = $0 { Self.isSame(other.image, figure.image) } else { false }
      }
      guard let same, case .figure(var known) = blocks[same] else {
        new.append(.figure(figure))
        continue
      }
      if known.caption.isEmpty { known.caption = figure.caption }
      known.credit = known.credit ?? figure.credit
      blocks[same] = .figure(known)
    }
    let hasFigure = !new.isEmpty || blocks.contains { if case .figure = $0 { true } else { false } }
    if !hasFigure, let image = FeedAddress.web(image) { new = [.figure(Figure(image: image))] }
    blocks = new + blocks
  }

  /// Whether two addresses are of the same picture, in any size.
  private static func isSame(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return false }
    return one.prefix { $0 != "?" } == other.prefix { $0 != "?" }
  }
}

/// Recognises the beginning of a text that is continued elsewhere.
enum Teaser {
  /// Removes a "read more" link from the end of the text.
  ///
  /// - Returns: Whether the text is a teaser: it ends in such a link, or in an ellipsis.
  static func trim(_ blocks: inout [Block], link: String?) -> Bool {
    guard let last = blocks.lastIndex(where: { if case .figure = $0 { false } else { true } }),
      case .paragraph(var phrases) = blocks[last]
    else { return false }
    var hasLink = false
    if let end = phrases.lastIndex(where: { $0.text.contains { !$0.isWhitespace } }),
      let target = phrases[end].link, leadsToFullText(phrases[end].text, target, link)
    {
      // The link may have several phrases, such as an arrow in another style.
      let start = phrases[...end].lastIndex { $0.link != target }.map { $0 + 1 } ?? 0
      phrases.removeSubrange(start...)
      hasLink = true
    }
    while let index = phrases.indices.last {
      while let tail = phrases[index].text.last, tail.isWhitespace {
        phrases[index].text.removeLast()
      }
      if !phrases[index].text.isEmpty { break }
      phrases.removeLast()
    }
    blocks[last] = .paragraph(phrases)
    if phrases.isEmpty { blocks.remove(at: last) }
    return hasLink || endsInEllipsis(phrases.text)
  }

  /// Whether a link leads to the full text: a short one to the entry's page that says so, or ends in an
  /// arrow or an ellipsis.
  private static func leadsToFullText(_ words: String, _ target: String, _ link: String?) -> Bool {
    guard words.count < 60, let link,
      target.prefix(while: { $0 != "#" && $0 != "?" })
        == link.prefix(while: { $0 != "#" && $0 != "?" })
    else { return false }
    let lowered = words.lowercased()
    return phrases.contains { lowered.contains($0) } || endsInEllipsis(words)
      || lowered.contains { "→»›>⟶➔➜".contains($0) }
  }

  private static let phrases = [
    "continue reading", "read more", "read on", "read the rest", "keep reading", "full story",
    "read the full", "more…", "weiterlesen", "mehr lesen", "lire la suite", "en savoir plus",
    "leer más", "seguir leyendo", "continua a leggere", "leggi tutto", "lees verder", "läs mer",
    "læs mere", "les mer", "leia mais", "czytaj dalej", "читать далее", "devamını oku", "続きを読む",
    "阅读更多", "閱讀更多", "자세히 보기", "lue lisää",
  ]

  private static func endsInEllipsis(_ text: String) -> Bool {
    let end = String(text.suffix(8)).trimmedOfSpace ?? ""
    return ["…", "...", "[…]", "[...]", "[&hellip;]"].contains { end.hasSuffix($0) }
  }
}
