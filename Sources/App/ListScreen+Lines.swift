internal import Display
internal import Storage
internal import Stories

/// What the list's lines are drawn with.
struct ListStyle {
  var columns: Int
  var now: Timestamp
  var isASCII: Bool
  /// Whether keys go to the list; without them its selection is only a bar.
  var isFocused: Bool
  /// The story that is open beside the list.
  var open: StoryID?

  func glyph(_ fancy: String, _ plain: String) -> String { isASCII ? plain : fancy }
  /// What stands between the facts of a line.
  var dot: String { isASCII ? " - " : " · " }
}

extension ListScreen {
  /// The header, the rows and nothing below them: exactly `count` lines.
  ///
  /// Each story takes two lines, or one where the pane is lower than four.
  mutating func lines(
    _ count: Int, _ style: ListStyle, in library: Library
  ) throws(StorageError) -> [Line] {
    guard count > 0 else { return [] }
    let hasHeader = count >= 4
    let height = Self.rowHeight(count)
    let room = count - (hasHeader ? 1 : 0)
    try fit(room / height, in: library)
    var lines: [Line] = hasHeader ? [header(style)] : []
    if rows.isEmpty { return Array((lines + empty(room, style)).prefix(count)) }
    for index in top..<min(rows.count, top + (room + height - 1) / height) {
      lines += row(rows[index], isSelected: index == selected, style).prefix(height)
    }
    lines = Array(lines.prefix(count))
    return lines + Array(repeating: Line(), count: count - lines.count)
  }

  static func rowHeight(_ count: Int) -> Int { count >= 4 ? 2 : 1 }

  /// How many whole rows a pane of some lines shows.
  static func rowsShown(in count: Int) -> Int {
    max(1, (count - (count >= 4 ? 1 : 0)) / rowHeight(count))
  }

  private func header(_ style: ListStyle) -> Line {
    func shelf(_ name: Shelf, _ words: String) -> Span {
      guard self.shelf == name, filter.isEmpty else { return Span(words, .faint) }
      return Span(words, .title, emphasis: [.strong, .underline])
    }
    let dot = Span(style.dot, .faint)
    var spans = [
      Span(" "), shelf(.unread, "Unread \(counts.unread)"), dot, shelf(.all, "All \(counts.all)"),
      dot, shelf(.starred, "\(style.glyph("★", "*")) \(counts.starred)"),
    ]
    if Line(spans).width > style.columns { spans = [Span(" "), spans[1 + shelfIndex * 2]] }
    if !filter.isEmpty {
      let mark = total.isExact ? "" : "+"
      spans += [dot, Span("/\(safe(filter, oneLine: true)) \(total.count)\(mark)", .title)]
    }
    return Line(spans)
  }

  /// Where the shelf stands among the header's.
  private var shelfIndex: Int {
    switch shelf {
    case .unread: 0
    case .all: 1
    case .starred: 2
    default: 1
    }
  }

  private func row(_ headline: Headline, isSelected: Bool, _ style: ListStyle) -> [Line] {
    let isOpen = headline.id == style.open
    let bar = isSelected ? style.glyph("▌", ">") : isOpen ? style.glyph("▏", "|") : " "
    let barRole: Role = isSelected ? .key : .faint
    let state = headline.isRead ? style.glyph("·", " ") : style.glyph("●", "*")
    let title = safe(headline.title, oneLine: true)
    let figures = figureMarks(headline, style)
    let width = max(1, style.columns - 3 - Line(figures).width)
    let shown = truncated(title.isEmpty ? "Untitled" : title, to: width, isASCII: style.isASCII)
    let left = [
      Span(bar, barRole), Span(state, headline.isRead ? .read : .unread), Span(" "),
      Span(shown, headline.isRead ? .read : .unread),
    ]
    let isChosen = isSelected && style.isFocused
    var first = justified(left, figures, in: style.columns, isASCII: style.isASCII)
    if isChosen {
      first.fill = .selection
      first = first.padded(to: style.columns)
      for index in first.spans.indices.dropFirst() { first.spans[index].overlay = .selection }
    }
    let star = headline.isStarred ? style.glyph("★", "+") : " "
    let facts = [Span(bar, barRole), Span(star, .star), Span(" ")] + facts(headline, style)
    return [first, Line(facts).clipped(to: style.columns, isASCII: style.isASCII)]
  }

  /// "  14 ▣2 ": comments and figures in columns of their own, at the right end of the row.
  private func figureMarks(_ headline: Headline, _ style: ListStyle) -> [Span] {
    guard style.columns >= 30, headline.comments > 0 || headline.figures > 0 else { return [] }
    let role: Role = headline.isRead ? .read : .faint
    let comments = headline.comments > 0 ? short(headline.comments) : ""
    let figures = headline.figures > 0 ? style.glyph("▣", "#") + short(headline.figures) : ""
    return [
      Span("  "), Span(comments, role), Span(" "),
      Span(figures, headline.isRead ? .read : .figureMark),
      Span(spaces(4 - displayWidth(of: figures))),
    ]
  }

  /// At most three digits or letters: "14", "2k", "99k".
  private func short(_ count: Int) -> String {
    count < 1000 ? String(max(0, count)) : "\(min(99, count / 1000))k"
  }

  private func facts(_ headline: Headline, _ style: ListStyle) -> [Span] {
    let role: Role = headline.isRead ? .read : .faint
    var words: [String] = []
    let source = safe(headline.source, oneLine: true)
    words.append(age(of: headline.published ?? headline.added, now: style.now))
    if headline.words > 0 { words.append("\(max(1, headline.words / 230)) min") }
    if headline.isRead, headline.progress >= 0.995 || headline.progress <= 0 {
      words.append("read")
    } else if headline.progress > 0 {
      let percent = Int((min(1, headline.progress) * 100).rounded())
      words.append("\(progressMark(headline.progress, style))\(percent)%")
    }
    let tail = words.joined(separator: style.dot)
    guard !source.isEmpty else { return [Span(tail, role)] }
    let room = max(6, style.columns - 4 - displayWidth(of: tail) - 3)
    return [
      Span(
        truncated(source, to: room, isASCII: style.isASCII), headline.isRead ? .read : .source),
      Span(style.dot + tail, role),
    ]
  }

  private func progressMark(_ progress: Double, _ style: ListStyle) -> String {
    guard !style.isASCII else { return "" }
    let marks = ["▁", "▃", "▅", "█"]
    return marks[max(0, min(3, Int(progress * 4)))] + " "
  }

  /// What an empty list says: why it is empty, and what to do next.
  private func empty(_ count: Int, _ style: ListStyle) -> [Line] {
    let (why, next) = emptyWords
    let width = max(1, style.columns - 4)
    var lines = wrapped(why, to: width).map { Line([Span("  "), Span($0, .title)]) }
    lines.append(Line())
    lines += next.flatMap { wrapped($0, to: width) }.map { Line([Span("  "), Span($0, .faint)]) }
    let above = count > lines.count + 2 ? min(2, count / 4) : 0
    lines = Array(repeating: Line(), count: above) + lines
    lines = lines.prefix(count).map { $0.clipped(to: style.columns, isASCII: style.isASCII) }
    return lines + Array(repeating: Line(), count: count - lines.count)
  }

  private var emptyWords: (String, [String]) {
    if !filter.isEmpty {
      return (
        "Nothing matches “\(safe(filter, oneLine: true))”.",
        ["Fewer or shorter words find more.", "Esc shows all stories again."]
      )
    }
    if counts.all == 0 {
      return (
        "No stories yet.",
        [
          "Type :add and a file or folder with saved pages,", "or leave with q and start again as",
          "courant PATH", "? shows all keys.",
        ]
      )
    }
    let all = "ga shows all stories."
    return shelf == .starred
      ? ("No story has a star.", ["s stars the selected story.", all])
      : ("Everything is read.", [all])
  }
}
