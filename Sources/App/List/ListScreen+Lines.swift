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
  /// Whether each story takes one line.
  var isOneLine = false
  /// Who puts text that runs from right to left in order.
  var order = TextOrder.asWritten
  /// The key of a command as it is bound now.
  var key: (Command) -> String = { ":\($0.rawValue)" }

  /// A line of words as it is seen.
  func ordered(_ spans: [Span]) -> [Span] { order == .asSeen ? inDisplayOrder(spans) : spans }

  func glyph(_ fancy: String, _ plain: String) -> String { isASCII ? plain : fancy }
  /// What stands between the facts of a line.
  var dot: String { isASCII ? " - " : " · " }
}

extension ListScreen {
  /// Scrolls the selection into a pane of so many lines, and reads the rows that it lacks.
  mutating func fit(_ count: Int, isOneLine: Bool, in library: Library) throws(StorageError) {
    let room = count - (count >= 4 ? 1 : 0)
    try fit(room / Self.rowHeight(count, isOneLine), in: library)
  }

  /// The header, the rows and nothing below them: exactly `count` lines.
  ///
  /// Each story takes two lines, or one where that is wanted or the pane is lower than four.
  func lines(_ count: Int, _ style: ListStyle) -> [Line] {
    guard count > 0 else { return [] }
    let hasHeader = count >= 4
    let height = Self.rowHeight(count, style.isOneLine)
    let room = count - (hasHeader ? 1 : 0)
    var lines: [Line] = hasHeader ? [header(style)] : []
    if rows.isEmpty { return Array((lines + empty(room, style)).prefix(count)) }
    for index in top..<min(rows.count, top + (room + height - 1) / height) {
      let row = ListRow(
        headline: rows[index], style: style, isSelected: index == selected,
        isChosen: chosen.contains(rows[index].id))
      lines += style.isOneLine ? [row.oneLine] : Array(row.twoLines.prefix(height))
    }
    lines = Array(lines.prefix(count))
    return lines + Array(repeating: Line(), count: count - lines.count)
  }

  /// The line of the pane where the selected row is drawn, or the first words of an empty list.
  func cursorRow(_ count: Int, _ style: ListStyle) -> Int {
    let header = count >= 4 ? 1 : 0
    let row =
      rows.isEmpty
      ? empty(count - header, style).firstIndex { !$0.spans.isEmpty } ?? 0
      : (selected - top) * Self.rowHeight(count, style.isOneLine)
    return max(0, min(count - 1, header + row))
  }

  static func rowHeight(_ count: Int, _ isOneLine: Bool) -> Int {
    count >= 4 && !isOneLine ? 2 : 1
  }

  /// How many whole rows a pane of some lines shows.
  static func rowsShown(in count: Int, isOneLine: Bool) -> Int {
    max(1, (count - (count >= 4 ? 1 : 0)) / rowHeight(count, isOneLine))
  }

  private func header(_ style: ListStyle) -> Line {
    func shelf(_ name: Shelf, _ words: String) -> Span {
      guard self.shelf == name, filter.isEmpty else { return Span(words, .faint) }
      return Span(words, .title, emphasis: [.strong, .underline])
    }
    let dot = Span(style.dot, .faint)
    let shelves = [
      shelf(.unread, "Unread \(counts.unread)"), shelf(.all, "All \(counts.all)"),
      shelf(.starred, "\(style.glyph("★", "Starred")) \(counts.starred)"),
    ]
    let here = [Shelf.unread, .all, .starred].firstIndex(of: self.shelf)
    var spans = [Span(" "), shelves[0], dot, shelves[1], dot, shelves[2]]
    if let name = shelfName {
      let words = Span(
        "\(name) \(totalWords)", .title, emphasis: filter.isEmpty ? [.strong, .underline] : [])
      spans =
        Line(spans + [dot, words]).width > style.columns
        ? [Span(" "), words] : spans + [dot, words]
    } else if Line(spans).width > style.columns {
      spans = [Span(" "), shelves[here ?? 1]]
    }
    if !filter.isEmpty {
      let words = Span(safe(filter, oneLine: true), .title)
      spans += [dot, Span("/", .title), words, Span(" \(totalWords)", .title)]
    }
    if !chosen.isEmpty { spans.insert(Span("\(chosen.count) chosen\(style.dot)", .key), at: 1) }
    if order != .date && self.shelf != .started || isReversed {
      spans += [dot, Span("by \(orderWords)", .faint)]
    }
    return Line(spans).clipped(to: style.columns, isASCII: style.isASCII)
  }

  /// The name of a shelf that is not one of the three that the header always has.
  var shelfName: String? {
    switch shelf {
    case .all, .unread, .starred: nil
    case .started: "Continue reading"
    case .deleted: "Deleted"
    case .source(let name), .tag(let name): truncated(safe(name, oneLine: true), to: 40)
    case .saved(let search): truncated(safe(search.name, oneLine: true), to: 40)
    }
  }

  /// "240", or "100+" where counting on would take long.
  var totalWords: String { "\(total.count)\(total.isExact ? "" : "+")" }

  /// What an empty list says: why it is empty, and what to do next.
  private func empty(_ count: Int, _ style: ListStyle) -> [Line] {
    let (why, next) = emptyWords(style.key)
    let width = max(1, style.columns - 4)
    var lines = wrapped(why, to: width).map { Line([Span("  "), Span($0, .title)]) }
    lines.append(Line())
    lines += next.flatMap { wrapped($0, to: width) }.map { Line([Span("  "), Span($0, .faint)]) }
    if lines.count > count { lines.removeAll { $0.spans.isEmpty } }
    let above = count > lines.count + 2 ? min(2, count / 4) : 0
    lines = Array(repeating: Line(), count: above) + lines
    lines = lines.prefix(count).map { $0.clipped(to: style.columns, isASCII: style.isASCII) }
    return lines + Array(repeating: Line(), count: count - lines.count)
  }

  private func emptyWords(_ key: (Command) -> String) -> (String, [String]) {
    if !filter.isEmpty {
      return (
        "Nothing matches “\(safe(filter, oneLine: true))”.",
        ["Fewer or shorter words find more.", "\(key(.clear)) shows all stories again."]
      )
    }
    if counts.all == 0 {
      return (
        "No stories yet.",
        [
          "Type :add and a file or folder with saved pages,",
          "or leave with \(key(.back)) and start again as",
          "courant PATH", "\(key(.help)) shows all keys.",
        ]
      )
    }
    let all = "\(key(.showAll)) shows all stories."
    return switch shelf {
    case .all, .unread: ("Everything is read.", [all])
    case .starred: ("No story has a star.", ["\(key(.toggleStar)) stars the selected story.", all])
    case .started: ("No story was begun and left.", [all])
    case .deleted: ("No story is deleted.", [all])
    case .source(let name):
      (
        "No story comes from \(safe(name, oneLine: true)) any more.",
        ["\(key(.sidebar)) chooses another source.", all]
      )
    case .tag(let name):
      (
        "No story has the tag \(safe(name, oneLine: true)).",
        ["\(key(.tag)) tags the selected story.", all]
      )
    case .saved(let search):
      (
        "Nothing matches “\(safe(search.name, oneLine: true))”.",
        ["It looks for \(safe(search.filter, oneLine: true))", all]
      )
    }
  }
}
