internal import Display
internal import Settings
internal import Storage

// The mouse: a click chooses, a second one on the same thing opens, the wheel scrolls what it is
// over and never opens or marks anything, and the line between the panes can be dragged.
extension Reader {
  func mouse(_ mouse: Key.Mouse) {
    guard preferences.hasMouse else { return }
    switch mouse.act {
    case .wheelUp, .wheelDown: wheel(mouse)
    case .press: press(mouse)
    case .drag: if isDragging { dragDivider(to: mouse.column) }
    case .release: if isDragging { letGoOfDivider() }
    }
  }

  // MARK: - Wheel

  private func wheel(_ mouse: Key.Mouse) {
    guard prompt == nil else { return }
    let rows = mouse.act == .wheelUp ? -3 : 3
    if help != nil {
      help?.scroll(by: rows)
    } else if themePicker != nil || picker != nil {
      perform(mouse.act == .wheelUp ? .up : .down, count: 1)
    } else if let panes = panes(for: size), mouse.column < panes.sidebarWidth {
      sidebar?.move(by: rows / 3)
    } else if let panes = panes(for: size), panes.story != nil, panes.list != nil {
      let isInList = mouse.column - panes.sidebarWidth < panes.listWidth
      if isInList { moveRows(by: rows / 3) } else { story?.scroll(by: rows) }
    } else if isReading {
      story?.scroll(by: rows)
    } else {
      moveRows(by: rows / 3)
    }
  }

  private func moveRows(by rows: Int) {
    if results != nil { results?.move(by: rows) } else { moveList(by: rows) }
  }

  // MARK: - Clicks

  private func press(_ mouse: Key.Mouse) {
    isDragging = false
    let height = size.rows - 1
    guard prompt == nil, help == nil, mouse.row >= 0, mouse.row < height,
      let panes = panes(for: size)
    else { return }
    if let themePicker { return click(in: themePicker, mouse) }
    if let picker { return click(in: picker, mouse, height) }
    guard mouse.column >= panes.sidebarWidth else { return clickSidebar(row: mouse.row) }
    var mouse = mouse
    mouse.column -= panes.sidebarWidth
    if let list = panes.list, panes.story != nil, mouse.column == list {
      isDragging = true
    } else if mouse.column < panes.listWidth {
      clickList(mouse, height, columns: panes.listWidth)
    } else {
      clickStory(row: mouse.row, column: mouse.column - (panes.list.map { $0 + 1 } ?? 0))
    }
  }

  private func click(in themePicker: ThemePicker, _ mouse: Key.Mouse) {
    let box = themePicker.lines(in: size, isASCII: options.isASCII)
    let left = size.columns - (box.map(\.width).max() ?? 0)
    let room = ThemePicker.room(in: size)
    guard mouse.column >= left, let index = themePicker.window.row(atLine: mouse.row, ofBox: room)
    else {
      return performInThemePicker(.clear, count: nil)
    }
    if index == themePicker.window.selected {
      performInThemePicker(.open, count: nil)
    } else {
      performInThemePicker(.top, count: index + 1)
    }
  }

  private func clickSidebar(row: Int) {
    guard let index = sidebar?.index(atLine: row) else { return }
    if isReading { leaveStory() }
    isInSidebar = true
    if index == sidebar?.window.selected { openShelf() } else { sidebar?.move(to: index) }
  }

  private func clickResults(row: Int, _ height: Int) {
    guard let index = results?.index(atLine: row, of: height) else { return }
    if index == results?.window.selected, !isReading { return openHit() }
    if isReading { leaveStory() }
    results?.move(to: index)
  }

  private func clickList(_ mouse: Key.Mouse, _ height: Int, columns: Int) {
    isInSidebar = false
    if results != nil { return clickResults(row: mouse.row, height) }
    let isOneLine = preferences.listRows == 1
    guard let index = list.index(atLine: mouse.row, of: height, isOneLine: isOneLine) else {
      return clickHeader(mouse, height, columns)
    }
    guard index == list.selected, !isReading || story?.id != list.selection?.id else {
      if isReading { leaveStory() }
      return moveList(by: index - list.selected)
    }
    openSelected()
  }

  /// The names of the shelves in the list's first line are chosen by a click.
  private func clickHeader(_ mouse: Key.Mouse, _ height: Int, _ columns: Int) {
    guard height >= 4, mouse.row == 0 else { return }
    let lines = list.lines(
      height,
      ListStyle(columns: columns, now: options.now(), isASCII: options.isASCII, isFocused: true))
    var end = 0
    for span in lines.first?.spans ?? [] {
      end += displayWidth(of: span.text)
      guard mouse.column < end else { continue }
      if span.text.hasPrefix("Unread") { return show(.unread) }
      if span.text.hasPrefix("All") { return show(.all) }
      if span.text.hasPrefix("★") || span.text.hasPrefix("Starred") { show(.starred) }
      return
    }
  }

  private func clickStory(row: Int, column: Int) {
    guard let screen = story else { return results == nil ? openSelected() : openHit() }
    guard isReading else {
      isReading = true
      return
    }
    if row == 0, let parent = screen.stickyComment {
      story?.jump(toComment: parent)
      return
    }
    let lines = screen.lines()
    guard lines.indices.contains(row) else { return }
    var end = 0
    let span = lines[row].spans.first { span in
      end += displayWidth(of: span.text)
      return column < end
    }
    if let link = span?.link {
      if screen.link?.number == link.number { return follow(link.target) }
      if let link = screen.link(numbered: link.number) { story?.choose(link) }
    } else if let comment = screen.layout.comment(atRow: screen.top + row),
      screen.layout.row(ofComment: comment) == screen.top + row
    {
      story?.focus(on: screen.top + row)
      foldThis()
    }
  }

  // MARK: - The line between the panes

  private func letGoOfDivider() {
    isDragging = false
    let width = preferences.listWidth
    guard width > 0 else { return }
    say("list-width is \(width) until Courant ends; the settings keep it as list-width: \(width)")
  }

  private func dragDivider(to column: Int) {
    guard let panes = panes(for: size), panes.list != nil, panes.story != nil else { return }
    let room = size.columns - panes.sidebarWidth
    options.preferences.listWidth = max(
      Self.leastPane, min(room - Self.leastPane - 1, column - panes.sidebarWidth))
  }
}
