internal import Display
internal import Queries
internal import Storage

/// What a search of the whole library found: stories, best first, each with the place that was
/// found in it.
struct SearchScreen {
  private(set) var typed = ""
  private(set) var query = Query.everything
  private(set) var hits: [Hit] = []
  /// The choice among `hits`.
  var window = ListWindow()
  /// The first hit on the screen.
  private var top = 0

  /// More than anyone looks through; a snippet costs as much as the search of a story.
  static let maxHits = 50

  var selection: Hit? { hits.indices.contains(window.selected) ? hits[window.selected] : nil }

  /// Searches for what is typed; the best hit is selected.
  mutating func find(
    _ typed: String, asking query: Query, in library: Library
  ) throws(StorageError) {
    self.typed = typed
    self.query = query
    hits = try library.search.hits(of: query, limit: Self.maxHits)
    (window, top) = (ListWindow(count: hits.count), 0)
  }

  /// The selected story and those below it, so many altogether.
  func stories(_ count: Int) -> [StoryID] {
    hits.dropFirst(window.selected).prefix(count).map(\.headline.id)
  }

  mutating func select(_ id: StoryID) {
    if let index = hits.firstIndex(where: { $0.headline.id == id }) { window.move(to: index) }
  }
  mutating func move(by steps: Int) { window.move(by: steps) }

  /// Reads stories anew, all or those that changed; those that are gone go from the hits.
  mutating func refresh(_ stories: Set<StoryID>? = nil, in library: Library) {
    for index in hits.indices.reversed() where stories?.contains(hits[index].headline.id) ?? true {
      if let headline = try? library.lists.headline(hits[index].headline.id) {
        hits[index].headline = headline
      } else {
        hits.remove(at: index)
      }
    }
    window = ListWindow(count: hits.count, selected: window.selected)
  }

  // MARK: - Drawing

  /// Lines a hit takes: headline, facts and two of the snippet, or fewer where there is less room.
  static func hitHeight(_ count: Int) -> Int { count >= 12 ? 4 : count >= 5 ? 2 : 1 }

  /// Scrolls the selected hit into a pane of so many lines.
  mutating func fit(_ count: Int) {
    let room = count - (count >= 4 ? 1 : 0)
    top = window.scrolled(from: top, room: room / Self.hitHeight(count)).lowerBound
  }

  /// Exactly `count` lines.
  func drawing(_ count: Int, _ style: ListStyle) -> Drawing {
    guard count > 0 else { return Drawing() }
    let header = count >= 4 ? 1 : 0
    let height = Self.hitHeight(count)
    var lines = header > 0 ? [self.header(style)] : []
    let row = hits.isEmpty ? 1 : (window.selected - top) * height
    var drawing = Drawing(cursor: Drawing.Cell(row: max(0, min(count - 1, header + row))))
    drawing.record(.listPane, rows: 0..<count, columns: 0..<style.columns)
    if hits.isEmpty { lines += emptyWords(style) }
    for index in hits.indices.dropFirst(top).prefix((count - header + height - 1) / height) {
      let start = lines.count
      lines += rows(of: hits[index], isSelected: index == window.selected, height, style)
      drawing.record(
        .hit(hits[index].headline.id), rows: start..<min(count, lines.count),
        columns: 0..<style.columns)
    }
    lines = lines.prefix(count).map { $0.clipped(to: style.columns, isASCII: style.isASCII) }
    drawing.lines = lines + Array(repeating: Line(), count: count - lines.count)
    return drawing
  }

  private func header(_ style: ListStyle) -> Line {
    let words = safe(typed, oneLine: true)
    let number = hits.count >= Self.maxHits ? "the best \(hits.count)" : "\(hits.count)"
    let name = Span("Search everything", .title, emphasis: [.strong])
    guard !words.isEmpty else { return Line([Span(" "), name]) }
    return Line(
      [Span(" "), name, Span(style.dot, .title)] + style.ordered([Span(words, .title)])
        + [Span("\(style.dot)\(number)", .title)])
  }

  private func emptyWords(_ style: ListStyle) -> [Line] {
    let words =
      typed.allSatisfy(\.isWhitespace)
      ? ["Type words, or \"an exact phrase\"; in:comments, tag: and the like narrow."]
      : query.textTerms.isEmpty
        ? [
          "There are no words to search for yet.",
          "To list stories by tag, date and so on, filter with /.",
        ]
        : ["Nothing matches.", "Fewer or shorter words find more."]
    return [Line()]
      + words.flatMap { wrapped($0, to: max(1, style.columns - 4)) }
      .map { Line([Span("  "), Span($0, .faint)]) }
  }

  private func rows(
    of hit: Hit, isSelected: Bool, _ height: Int, _ style: ListStyle
  ) -> [Line] {
    let headline = hit.headline
    let bar = Span(isSelected ? style.glyph("▌", ">") : " ", .key)
    let state = headline.isRead ? style.glyph("·", " ") : style.glyph("●", "*")
    let role: Role = headline.isRead ? .read : .unread
    let title = safe(headline.title, oneLine: true)
    let words = truncated(
      title.isEmpty ? "Untitled" : title, to: max(1, style.columns - 4), isASCII: style.isASCII)
    var first = Line([bar, Span(state, role), Span(" ")] + style.ordered([Span(words, role)]))
    if isSelected, style.isFocused { first = first.selected(to: style.columns) }
    let source = shownName(headline.source)
    let age = age(of: headline.published ?? headline.added, now: style.now)
    let facts = [
      Span(source, .source), Span(source.isEmpty ? age : style.dot + age, .source),
    ]
    var lines = [first]
    if height >= 4 {
      lines.append(Line([bar, Span("  ")] + facts.flatMap { style.ordered([$0]) }))
    }
    guard height >= 2 else { return lines }
    let more = style.glyph("…", "...")
    let room = style.columns - 3 - 2 * displayWidth(of: more)
    let snippet = snippetLines(hit.snippet, to: max(8, room), more)
    let count = height - lines.count
    // The match itself is always shown, whatever else has to be cut.
    let found = snippet.firstIndex { $0.contains { $0.overlay == .match } } ?? 0
    let start = max(0, found - count + 1)
    var shown = Array(snippet.dropFirst(start).prefix(count))
    if start > 0, !shown.isEmpty { shown[0].insert(Span(more, .text), at: 0) }
    if start + count < snippet.count, let last = shown.indices.last {
      shown[last].append(Span(more, .text))
    }
    let empty = Array(repeating: [Span](), count: count - shown.count)
    return lines + (shown + empty).map { Line([bar, Span("  ")] + style.ordered($0)) }
  }

  /// The snippet wrapped at spaces, the words that were found marked.
  private func snippetLines(
    _ parts: [SnippetPart], to columns: Int, _ more: String
  ) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var width = 0
    for part in parts {
      let pieces = part.text.split(separator: " ", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        let word = safe(String(piece), oneLine: true)
          .split(separator: "…", omittingEmptySubsequences: false).joined(separator: more)
        let size = displayWidth(of: word)
        // A space stands before every piece but a part's first.
        let gap = index > 0 && width > 0 ? 1 : 0
        if width > 0, width + gap + size > columns {
          lines.append([])
          width = 0
        } else if gap > 0 {
          lines[lines.count - 1].append(Span(" ", .text))
          width += 1
        }
        guard size > 0 else { continue }
        lines[lines.count - 1].append(Span(word, .text, overlay: part.isMatch ? .match : nil))
        width += size
      }
    }
    return lines
  }
}
