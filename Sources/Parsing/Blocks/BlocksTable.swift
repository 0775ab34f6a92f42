import Stories

/// Building tables, embeds and quoted posts.
extension BlockBuilder {
  /// Adds a data table as a table, and a layout table as the blocks of its cells.
  mutating func table(_ node: Int) {
    finishParagraph()
    guard isDataTable(node) else { return layoutTable(node) }
    var rows: [[Table.Cell]] = []
    var caption: [Phrase] = []
    for row in study.tree.descendants(node) {
      let tag = study.tree.tag(row)
      if tag == .caption { caption = Self.phrases(in: row, study, addresses) }
      guard tag == .tr, study.dropped[row] == nil else { continue }
      let cells = self.cells(of: row)
      if cells.contains(where: { !$0.phrases.isEmpty }) { rows.append(cells) }
    }
    if !rows.isEmpty { blocks.append(.table(Table(caption: caption, rows: rows))) }
  }

  private func cells(of row: Int) -> [Table.Cell] {
    study.tree.children(row).compactMap { cell in
      let tag = study.tree.tag(cell)
      guard tag == .td || tag == .th, study.dropped[cell] == nil else { return nil }
      return Table.Cell(
        Self.phrases(in: cell, study, addresses), isHeader: tag == .th,
        columns: span(.colspan, cell), rows: span(.rowspan, cell))
    }
  }

  /// The value of a `colspan` or `rowspan`, 1…100: a hostile page can ask for a billion cells.
  private func span(_ name: HTMLAttribute, _ cell: Int) -> Int {
    min(max(study.tree.value(name, of: cell).flatMap { Int($0) } ?? 1, 1), 100)
  }

  /// Whether a table is a data table: rows of several short cells, without nested tables and sections.
  private func isDataTable(_ node: Int) -> Bool {
    let tree = study.tree
    var rows = 0
    var cells = 0
    for inner in tree.descendants(node) {
      switch tree.tag(inner) {
      case .table: return false
      case .tr: rows += 1
      case .td, .th:
        cells += 1
        if study.letters[inner] > 600 { return false }
      case .h1, .h2, .blockquote, .pre, .figure: return false
      default: break
      }
    }
    return rows >= 2 && cells >= rows * 2
  }

  private mutating func layoutTable(_ node: Int) {
    for cell in study.tree.descendants(node) {
      let tag = study.tree.tag(cell)
      guard tag == .td || tag == .th || tag == .caption, study.dropped[cell] == nil else {
        continue
      }
      // Cells of a nested table are added with that table.
      guard nearestTable(cell) == node else { continue }
      blocks += Self.blocks(in: cell, study, addresses)
    }
  }

  private func nearestTable(_ cell: Int) -> Int? {
    study.tree.ancestors(cell).first { study.tree.tag($0) == .table }
  }

  /// Adds an embed for a video, audio, object or frame of a known provider.
  mutating func embed(_ node: Int, _ tag: HTMLTag) {
    guard tag == .iframe || tag == .video || tag == .audio || tag == .object else { return }
    let tree = study.tree
    let source =
      tree.value(.src, of: node) ?? tree.value(.dataSrc, of: node)
      ?? tree.first(.source, in: node).flatMap { tree.value(.src, of: $0) }
    guard let address = addresses.absolute(source), !address.hasPrefix("#") else { return }
    let provider = Self.provider(of: address)
    // Frames of unknown hosts are ads more often than content.
    guard tag != .iframe || provider != nil else { return }
    finishParagraph()
    let kind: Embed.Kind =
      tag == .audio ? .audio : tag == .video ? .video : provider?.kind ?? .other
    let words = tree.value(.title, of: node).map { [Phrase($0)] } ?? []
    blocks.append(
      .embed(Embed(kind: kind, provider: provider?.name, address: address, text: words)))
  }

  private static let providers: [(host: String, name: String, kind: Embed.Kind)] = [
    ("youtube", "YouTube", .video), ("youtu.be", "YouTube", .video), ("vimeo", "Vimeo", .video),
    ("dailymotion", "Dailymotion", .video), ("twitter.com", "Twitter", .post),
    ("instagram", "Instagram", .post), ("facebook.com/plugins", "Facebook", .post),
    ("tiktok", "TikTok", .video), ("soundcloud", "SoundCloud", .audio),
    ("spotify", "Spotify", .audio), ("datawrapper", "Datawrapper", .other),
    ("google.com/maps", "Google Maps", .other), ("bsky.app", "Bluesky", .post),
    ("mastodon", "Mastodon", .post), ("reddit.com", "Reddit", .post), ("x.com", "X", .post),
    ("brightcove", "Brightcove", .video), ("jwplayer", "JW Player", .video),
    ("flourish", "Flourish", .other), ("podcasts.apple", "Apple Podcasts", .audio),
  ]

  static func provider(of address: String) -> (name: String, kind: Embed.Kind)? {
    let end = address.utf8.firstIndex { $0 == 0x3F } ?? address.endIndex
    let words = Array(address[..<end].utf8)
    let found = providers.first { words[...].containsFolded(Array($0.0.utf8)) }
    return found.map { ($0.1, $0.2) }
  }

  /// An embed for a `blockquote` with the class of a social network's embed code; `nil` for others.
  func quotedPost(_ node: Int, _ inner: [Block]) -> Block? {
    let tree = study.tree
    let names: [(StaticString, String)] = [
      ("twitter-tweet", "Twitter"), ("instagram-media", "Instagram"), ("tiktok-embed", "TikTok"),
      ("bluesky-embed", "Bluesky"), ("mastodon-embed", "Mastodon"), ("reddit-embed", "Reddit"),
    ]
    guard let provider = names.first(where: { tree.hasClass($0.0, node) })?.1 else { return nil }
    let links = tree.descendants(node).filter { tree.tag($0) == .a }
    let address = links.last.flatMap { addresses.absolute(tree.value(.href, of: $0)) }
    return .embed(
      Embed(
        kind: .post, provider: provider, address: address,
        text: Self.phrases(in: node, study, addresses)))
  }
}
