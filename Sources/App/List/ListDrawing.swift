internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

/// What the lines of a list are drawn with.
struct ListStyle {
  var columns: Int
  var now: Timestamp
  var isASCII: Bool
  /// Whether keys go to the list; without them its selection is only a bar.
  var isFocused: Bool
  /// The story that is open beside the list.
  var open: StoryID?
  /// Whether each story takes one line.
  var isOneLine: Bool
  /// Who puts text that runs from right to left in order.
  var order: TextOrder
  /// The key of a command as it is bound now.
  var key: (Command) -> String

  init(_ environment: Environment, columns: Int, isFocused: Bool, open: StoryID?) {
    self.columns = columns
    self.isFocused = isFocused
    self.open = open
    now = environment.options.now()
    isASCII = environment.isASCII
    isOneLine = environment.preferences.listRows == 1
    order = environment.options.textOrder
    key = environment.key(for:)
  }

  /// A line of words in display order.
  func ordered(_ spans: [Span]) -> [Span] { order == .asSeen ? inDisplayOrder(spans) : spans }

  func glyph(_ fancy: String, _ plain: String) -> String { isASCII ? plain : fancy }
  /// What stands between the facts of a line.
  var dot: String { isASCII ? " - " : " · " }
}

/// The list as it is drawn in a pane: a header, then two lines a story, or one where that is wanted or
/// the pane is lower than four lines.
struct ListDrawing {
  private let list: ListScreen
  private let style: ListStyle
  /// The lines of the pane.
  private let count: Int

  init(_ list: ListScreen, _ style: ListStyle, lines count: Int) {
    self.list = list
    self.style = style
    self.count = count
  }

  /// The lines of a row of the list.
  static func rowHeight(_ count: Int, isOneLine: Bool) -> Int { count >= 4 && !isOneLine ? 2 : 1 }

  /// The lines of the header; none in a pane too low for it.
  static func headerHeight(_ count: Int) -> Int { count >= 4 ? 1 : 0 }

  /// How many whole rows a pane of some lines shows.
  static func rowsShown(in count: Int, isOneLine: Bool) -> Int {
    max(1, (count - headerHeight(count)) / rowHeight(count, isOneLine: isOneLine))
  }

  var drawing: Drawing {
    guard count > 0 else { return Drawing() }
    var drawing = Drawing()
    drawing.record(.listPane, rows: 0..<count, columns: 0..<style.columns)
    if Self.headerHeight(count) > 0 { addHeader(to: &drawing) }
    if list.rows.isEmpty { addEmptyWords(to: &drawing) } else { addRows(to: &drawing) }
    let missing = max(0, count - drawing.lines.count)
    drawing.lines = drawing.lines.prefix(count) + Array(repeating: Line(), count: missing)
    drawing.cursor.row = min(count - 1, drawing.cursor.row)
    return drawing
  }

  private func addRows(to drawing: inout Drawing) {
    let height = Self.rowHeight(count, isOneLine: style.isOneLine)
    let room = count - drawing.lines.count
    let shown = list.rows.indices.dropFirst(list.top).prefix((room + height - 1) / height)
    for index in shown {
      let row = ListRow(
        headline: list.rows[index], style: style, isSelected: index == list.selected,
        isChosen: list.choice.stories.contains(list.rows[index].id))
      let start = drawing.lines.count
      if index == list.selected { drawing.cursor.row = start }
      drawing.lines += style.isOneLine ? [row.oneLine] : Array(row.twoLines.prefix(height))
      drawing.record(
        .listRow(list.rows[index].id), rows: start..<min(count, start + height),
        columns: 0..<style.columns)
    }
  }

  // MARK: - The header

  /// Whether a part of the filter means nothing: what the rest lets through was not asked for.
  private var hasMistake: Bool {
    let parsed = ParsedQuery(list.filter, now: style.now.seconds, isTyping: true)
    return parsed.mistakes.contains { !$0.isUnfinished }
  }

  private func addHeader(to drawing: inout Drawing) {
    var spans = shelfSpans
    let dot = Span(style.dot, .faint)
    if !list.filter.isEmpty {
      let words = Span(safe(list.filter, oneLine: true), .title)
      spans += [(dot, nil), (Span("/", .title), nil), (words, nil)]
      if !hasMistake { spans.append((Span(" \(list.totalWords)", .title), nil)) }
    }
    let chosen = list.choice.stories.count
    if chosen > 0 { spans.insert((Span("\(chosen) chosen\(style.dot)", .key), nil), at: 1) }
    if list.sorting.order != .date && list.shelf != .started || list.sorting.isReversed {
      spans += [(dot, nil), (Span("by \(list.orderWords)", .faint), nil)]
    }
    var column = 0
    for (span, shelf) in spans {
      let end = column + displayWidth(of: span.text)
      if let shelf {
        drawing.record(
          .shelf(shelf), row: 0, columns: column..<max(column, min(end, style.columns)))
      }
      column = end
    }
    let line = Line(spans.map(\.span)).clipped(to: style.columns, isASCII: style.isASCII)
    drawing.lines.append(line)
  }

  /// The names of the shelves, each with the shelf that a click on it shows.
  private var shelfSpans: [(span: Span, shelf: Shelf?)] {
    func name(_ shelf: Shelf, _ words: String) -> (span: Span, shelf: Shelf?) {
      guard list.shelf == shelf, list.filter.isEmpty else { return (Span(words, .faint), shelf) }
      return (Span(words, .title, emphasis: [.strong, .underline]), shelf)
    }
    func width(_ spans: [(span: Span, shelf: Shelf?)]) -> Int { Line(spans.map(\.span)).width }
    let dot: (span: Span, shelf: Shelf?) = (Span(style.dot, .faint), nil)
    let margin: (span: Span, shelf: Shelf?) = (Span(" "), nil)
    let shelves = [
      name(.unread, "Unread \(list.counts.unread)"), name(.all, "All \(list.counts.all)"),
      name(.starred, "\(style.glyph("★", "Starred")) \(list.counts.starred)"),
    ]
    let here = [Shelf.unread, .all, .starred].firstIndex(of: list.shelf)
    let spans = [margin, shelves[0], dot, shelves[1], dot, shelves[2]]
    if let name = list.shelf.shownName {
      let emphasis: Span.Emphasis = list.filter.isEmpty ? [.strong, .underline] : []
      let words = Span("\(name) \(list.totalWords)", .title, emphasis: emphasis)
      let whole = spans + [dot, (words, nil)]
      return width(whole) > style.columns ? [margin, (words, nil)] : whole
    }
    return width(spans) > style.columns ? [margin, shelves[here ?? 1]] : spans
  }

  // MARK: - An empty list

  private func addEmptyWords(to drawing: inout Drawing) {
    let words = empty(count - drawing.lines.count)
    drawing.cursor.row = drawing.lines.count + (words.firstIndex { !$0.spans.isEmpty } ?? 0)
    drawing.lines += words
  }

  /// What an empty list says: why it is empty, and what to do next.
  private func empty(_ count: Int) -> [Line] {
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
    if !list.filter.isEmpty {
      return (
        "Nothing matches “\(safe(list.filter, oneLine: true))”.",
        ["Fewer or shorter words find more.", "\(key(.clear)) shows all stories again."]
      )
    }
    if list.counts.all == 0 {
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
    return switch list.shelf {
    case .all, .unread: ("Everything is read.", [all])
    case .starred: ("No story has a star.", ["\(key(.toggleStar)) stars the selected story.", all])
    case .started: ("No story was begun and left.", [all])
    case .deleted: ("No story is deleted.", [all])
    case .source(let name):
      (
        "No story comes from \(Display.shownName(name)) any more.",
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

extension Shelf {
  /// Its name in the head of the list, where that does not always have it.
  var shownName: String? {
    switch self {
    case .all, .unread, .starred: nil
    case .started: "Continue reading"
    case .deleted: "Deleted"
    case .source(let name), .tag(let name): truncated(Display.shownName(name), to: 40)
    case .saved(let search): truncated(safe(search.name, oneLine: true), to: 40)
    }
  }
}

// MARK: - Words

extension ListScreen {
  /// "length, shortest first".
  var orderWords: String {
    switch plan?.listing.order ?? sorting.order {
    case .date: sorting.isReversed ? "date, oldest first" : "date, newest first"
    case .source: sorting.isReversed ? "source, from Z" : "source"
    case .length: sorting.isReversed ? "length, shortest first" : "length, longest first"
    case .comments: sorting.isReversed ? "comments, fewest first" : "comments, most first"
    case .opened:
      sorting.isReversed ? "when they were read, longest ago first" : "when they were read"
    case .rank: sorting.isReversed ? "rank, worst first" : "rank, best first"
    }
  }
}
