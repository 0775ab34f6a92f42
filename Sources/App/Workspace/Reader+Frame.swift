package import Display
internal import Settings
internal import Storage
internal import Stories

extension Reader {
  /// Which panes a screen has, and how wide they are.
  struct Panes {
    /// The columns of the sidebar with the line beside it; 0 where it is not shown.
    var sidebarWidth = 0
    /// The columns of the list; `nil` where it is not shown.
    var list: Int?
    /// The columns of the story; `nil` where it is not shown.
    var story: Int?

    var listWidth: Int { list ?? 0 }
  }

  /// Below this two panes would both be too narrow to read, whatever the settings say.
  private static let leastWide = 64
  /// No pane is made narrower, for a headline then shows no more than its first words.
  static let leastPane = 24

  /// From how many columns the sidebar stands beside the list; below it takes its place.
  static let sidebarFrom = 60

  func panes(for size: Size) -> Panes? {
    let isWide =
      size.columns >= max(Self.leastWide, preferences.wide) && isSplit && !(isZen && isReading)
    let side = sidebarWidth(size, isWide: isWide)
    let whole = size
    let size = Size(columns: size.columns - side, rows: size.rows)
    guard isWide, size.columns >= Self.leastWide else {
      return isReading && story != nil
        ? Panes(list: nil, story: whole.columns)
        : Panes(sidebarWidth: side, list: size.columns, story: nil)
    }
    let wanted = preferences.listWidth
    let list =
      wanted == 0
      ? max(40, min(64, size.columns * 3 / 8))
      : max(Self.leastPane, min(size.columns - Self.leastPane - 1, wanted))
    return Panes(sidebarWidth: side, list: list, story: size.columns - list - 1)
  }

  private func sidebarWidth(_ size: Size, isWide: Bool) -> Int {
    guard sidebar != nil, !(isReading && story != nil && (!isWide || isZen)) else { return 0 }
    if size.columns < Self.sidebarFrom { return isInSidebar ? size.columns : 0 }
    return max(24, min(34, size.columns / 5))
  }

  func layoutOptions(width: Int) -> LayoutOptions {
    LayoutOptions(
      width: max(1, width), measure: preferences.column, now: options.now(),
      isASCII: options.isASCII, order: options.textOrder,
      threadHint: library.isReadOnly
        ? nil : "\(key(for: .writeComment, in: .story)) writes the first, for your own library.")
  }

  /// Makes everything ready to be drawn on a screen of a size: looks up what was typed since the last
  /// frame, and fits what is shown to its pane.
  package func fit(_ size: Size) {
    self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    lookUpTyped()
    let height = bodyHeight
    help?.fit(height, columns: self.size.columns, keymap)
    guard help == nil, let panes = panes(for: self.size) else { return }
    if panes.sidebarWidth > 0 { sidebar?.fit(height) }
    if panes.list != nil {
      if results != nil {
        results?.fit(height)
      } else {
        attempt { () throws(StorageError) in
          try list.fit(height, isOneLine: preferences.listRows == 1, in: library)
        }
      }
    }
    if let columns = panes.story, story != nil {
      story?.fit(layoutOptions(width: columns), height: height)
      keepHints()
    }
  }

  private var hasStatus: Bool {
    size.rows >= 2 && !(isZen && isReading && message == nil && prompt == nil)
  }

  /// The lines above the status line.
  private var bodyHeight: Int { size.rows - (hasStatus ? 1 : 0) }

  /// The screen in the size that it was fitted to: exactly as many lines as it has rows, none wider
  /// than its columns.
  ///
  /// Drawing changes nothing.
  package func frame() -> Frame {
    let height = bodyHeight
    let hasStatus = hasStatus
    var lines = body(height, size)
    let row = cursorRow(height)
    var cursor = Frame.Cursor(
      column: cursorColumn(size, lines.dropFirst(row).first ?? Line()), row: row,
      isVisible: preferences.showsCursor)
    if hasStatus || prompt != nil || message != nil || showsFollowing {
      let (line, column) = statusLine(size.columns)
      let status = prompt == nil ? ordered([line])[0] : line
      // On a screen of two lines what is wrong is worth more than the list.
      let below = mistakeLines(size.columns).prefix(hasStatus ? max(1, height / 2) : 0)
      let space = lines.count - below.count
      lines.removeSubrange(space...)
      lay(over: &lines, space, size)
      if hasStatus { lines.append(status) } else { lines[height - 1] = status }
      lines += below
      if let column {
        cursor = Frame.Cursor(
          column: min(column, size.columns - 1), row: size.rows - 1 - below.count, isVisible: true)
      }
    }
    if help == nil {
      if let themePicker { lay(themePicker, over: &lines, height, size) }
      if let picker { lay(picker, over: &lines, height, size) }
    }
    lines = lines.map { $0.clipped(to: size.columns, isASCII: options.isASCII) }
    return Frame(size: size, lines: lines, cursor: cursor)
  }

  /// Exactly `height` lines of list, story or help.
  private func body(_ height: Int, _ size: Size) -> [Line] {
    if help != nil {
      return help?.lines(height, columns: size.columns) ?? []
    }
    guard let panes = panes(for: size) else { return [] }
    let side = panes.sidebarWidth
    if side >= size.columns { return sidebarLines(height, columns: side) }
    let list = panes.list.map { listLines(height, columns: $0) }
    let story = panes.story.map { storyLines(height, columns: $0) }
    var lines = list ?? story ?? []
    if let list, let story, let width = panes.list { lines = beside(list, width, story) }
    guard side > 0 else { return lines }
    return beside(sidebarLines(height, columns: side - 1), side - 1, lines)
  }

  private func sidebarLines(_ height: Int, columns: Int) -> [Line] {
    let lines = sidebar?.lines(
      height, columns: columns, isFocused: isInSidebar && !isReading, isASCII: options.isASCII)
    return lines.map(ordered) ?? []
  }

  /// Two panes with a line between them.
  private func beside(_ lefts: [Line], _ width: Int, _ rights: [Line]) -> [Line] {
    let divider = Span(options.isASCII ? "|" : "│", .divider)
    return zip(lefts, rights).map { left, right in
      var line = left.padded(to: width, isASCII: options.isASCII)
      line.fill = nil
      line.spans.append(divider)
      line.spans += right.spans
      return line
    }
  }

  private func listStyle(columns: Int) -> ListStyle {
    ListStyle(
      columns: columns, now: options.now(), isASCII: options.isASCII,
      isFocused: (!isReading || story == nil) && !isInSidebar, open: story?.id,
      isOneLine: preferences.listRows == 1, order: options.textOrder, key: key(for:))
  }

  private func listLines(_ height: Int, columns: Int) -> [Line] {
    let style = listStyle(columns: columns)
    if let results { return results.lines(height, style) }
    return ordered(list.lines(height, style))
  }

  private func storyLines(_ height: Int, columns: Int) -> [Line] {
    guard let story else { return card(height, columns: columns) }
    var lines = story.lines()
    if let hints, isReading { lay(hints, over: &lines, of: story) }
    return lines
  }

  /// What stands in the story's pane while none is open: what the selected one is.
  private func card(_ height: Int, columns: Int) -> [Line] {
    guard let headline = results.map({ $0.selection?.headline }) ?? list.selection else {
      return Array(repeating: Line(), count: height)
    }
    let margin = Span(spaces(layoutOptions(width: columns).margin))
    let measure = max(1, columns - 2 * displayWidth(of: margin.text))
    var facts = [age(of: headline.published ?? headline.added, now: options.now())]
    let source = safe(headline.source, oneLine: true)
    if !source.isEmpty { facts.insert(source, at: 0) }
    if headline.words > 0 { facts.append("\(readingMinutes(headline.words)) min") }
    if headline.figures > 0 { facts.append(counted(headline.figures, "figure", "figures")) }
    if headline.comments > 0 { facts.append(counted(headline.comments, "comment", "comments")) }
    var lines = [Line()]
    lines += wrapped(safe(headline.title, oneLine: true), to: measure)
      .map { Line([margin, Span($0, .headline)]) }
    lines += [Line(), Line([margin, Span(facts.joined(separator: options.dot), .byline)]), Line()]
    let next =
      isAmongDeleted
      ? "\(key(for: .delete)) brings the story back" : "\(key(for: .open)) opens the story"
    lines.append(Line([margin, Span(next, .faint)]))
    lines = ordered(lines).prefix(height).map { $0.clipped(to: columns, isASCII: options.isASCII) }
    return lines + Array(repeating: Line(), count: height - lines.count)
  }

  /// The row that is looked at, where the cursor waits for screen readers.
  func cursorRow(_ height: Int) -> Int {
    let row: Int
    if help != nil {
      row = 0
    } else if let themePicker {
      row = themePicker.window.selectedLine(ofBox: ThemePicker.room(in: size))
    } else if let picker {
      row = picker.window.selectedLine(ofBox: height - 1)
    } else if let story, isReading {
      row = (story.focus ?? story.top) - story.top
    } else {
      row = listCursorRow(height)
    }
    return max(0, min(height - 1, row))
  }

  private func listCursorRow(_ height: Int) -> Int {
    if isInSidebar { return sidebar?.cursorRow ?? 0 }
    if let results { return results.cursorRow(height) }
    return list.cursorRow(height, listStyle(columns: panes(for: size)?.listWidth ?? 1))
  }

  /// Where the text of the row that is looked at begins, or in a story what of it is chosen.
  private func cursorColumn(_ size: Size, _ line: Line) -> Int {
    let column: Int
    if help != nil {
      column = 0
    } else if let themePicker {
      let box = themePicker.lines(in: size, isASCII: options.isASCII)
      column = size.columns - (box.map(\.width).max() ?? 0) + 1
    } else if picker != nil {
      column = pickerColumn(size)
    } else if let panes = panes(for: size) {
      column = cursorColumn(in: panes, line)
    } else {
      column = 0
    }
    return max(0, min(size.columns - 1, column))
  }

  private func cursorColumn(in panes: Panes, _ line: Line) -> Int {
    guard isReading, let story else { return isInSidebar ? 0 : panes.sidebarWidth }
    let left = panes.sidebarWidth + (panes.list.map { $0 + 1 } ?? 0)
    var column = 0
    for span in line.spans {
      // The chosen link, or the match that is gone to.
      if column >= left, span.overlay == .selection || span.overlay == .currentMatch {
        return column
      }
      column += displayWidth(of: span.text)
    }
    return left + story.layout.options.margin
  }
}
