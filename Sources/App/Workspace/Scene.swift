internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

/// Everything that a frame shows, as it was when the frame was begun.
///
/// Drawing reads it and changes nothing. It is a class only so that its parts can share it: a copy of
/// the workspace takes a hundred reference counts, and a key may not cost more for it.
final class Scene {
  let workspace: Workspace
  let environment: Environment
  let keys: KeyInput
  let message: Message?
  /// How far the running work is.
  let jobs: JobTable

  init(
    workspace: Workspace, environment: Environment, keys: KeyInput, message: Message?,
    jobs: JobTable
  ) {
    self.workspace = workspace
    self.environment = environment
    self.keys = keys
    self.message = message
    self.jobs = jobs
  }

  var size: Size { environment.size }

  /// Whether the last line is the status line's.
  var hasStatus: Bool {
    size.rows >= 2 && !(workspace.isZen && message == nil && workspace.prompt == nil)
  }

  /// The lines above the status line.
  var bodyHeight: Int { size.rows - (hasStatus ? 1 : 0) }
}

// MARK: - The frame

extension Scene {
  /// The screen: exactly as many lines as it has rows, none wider than its columns.
  var frame: Frame {
    let drawing = drawing
    return Frame(
      size: size,
      lines: drawing.lines.map { $0.clipped(to: size.columns, isASCII: environment.isASCII) },
      cursor: cursor(in: drawing))
  }

  private func cursor(in drawing: Drawing) -> Frame.Cursor {
    let column = max(0, min(size.columns - 1, drawing.cursor.column))
    let row = max(0, min(size.rows - 1, drawing.cursor.row))
    let isTyped = workspace.prompt != nil
    return Frame.Cursor(
      column: column, row: row, isVisible: isTyped || environment.preferences.showsCursor)
  }

  /// The whole screen with all that can be clicked on it.
  var drawing: Drawing {
    var drawing = body
    let cursorRow = withOverlays(drawing).cursor.row
    let status = StatusLine(self, cursorRow: cursorRow)
    let popups = Popups(self, cursorRow: cursorRow)
    let isShown = workspace.prompt != nil || message != nil || keys.showsContinuations
    guard hasStatus || isShown else { return withOverlays(drawing) }
    let (line, column) = status.line
    // Even a screen of two lines shows the mistake, rather than the list.
    let below = status.mistakeLines.prefix(hasStatus ? max(1, bodyHeight / 2) : 0)
    drawing.lines.removeLast(below.count)
    // What a typed line may go on with stands over all; a message, below a list to choose from.
    if workspace.prompt != nil { drawing = withOverlays(drawing) }
    popups.lay(over: &drawing)
    if workspace.prompt == nil { drawing = withOverlays(drawing) }
    if hasStatus {
      drawing.lines.append(line)
    } else {
      drawing.lines[drawing.lines.count - 1] = line
    }
    drawing.lines += below
    if let column {
      drawing.cursor = Drawing.Cell(row: size.rows - 1 - below.count, column: column)
    }
    return drawing
  }

  private func withOverlays(_ drawing: Drawing) -> Drawing {
    var drawing = drawing
    for overlay in workspace.overlays.visible.over {
      overlay.screen.draw(over: &drawing, environment)
    }
    return drawing
  }

  // MARK: - Above the status line

  /// Exactly `bodyHeight` lines: the panes, or what covers all of them.
  private var body: Drawing {
    let height = bodyHeight
    var drawing: Drawing
    if let cover = workspace.overlays.visible.cover {
      drawing = Drawing(Array(repeating: Line(), count: height))
      cover.screen.draw(over: &drawing, environment)
    } else {
      drawing = panes(height)
    }
    let missing = max(0, height - drawing.lines.count)
    drawing.lines = drawing.lines.prefix(height) + Array(repeating: Line(), count: missing)
    drawing.cursor.row = max(0, min(height - 1, drawing.cursor.row))
    return drawing
  }

  private func panes(_ height: Int) -> Drawing {
    let panes = Panes(workspace, environment)
    if panes.sidebar >= size.columns { return sidebarDrawing(height, panes.sidebar) }
    let list = panes.list.map { listDrawing(height, $0) }
    let story = panes.story.map { storyDrawing(height, $0) }
    guard var drawing = story ?? list else { return Drawing() }
    if let list, story != nil {
      drawing.put(
        list, columns: panes.listWidth, isASCII: environment.isASCII, divider: .divider)
      if !workspace.isReading { drawing.cursor = list.cursor }
    }
    guard panes.sidebar > 0 else { return drawing }
    let sidebar = sidebarDrawing(height, panes.sidebar - 1)
    drawing.put(
      sidebar, columns: panes.sidebar - 1, isASCII: environment.isASCII, divider: .sidebarPane)
    if workspace.focus == .sidebar { drawing.cursor = sidebar.cursor }
    return drawing
  }

  private func sidebarDrawing(_ height: Int, _ columns: Int) -> Drawing {
    guard let sidebar = workspace.sidebar else { return Drawing() }
    var drawing = sidebar.drawing(
      height, columns: columns,
      shown: Sidebar.ShownList(shelf: workspace.list.shelf, filter: workspace.list.filter),
      isFocused: workspace.focus == .sidebar, isASCII: environment.isASCII)
    drawing.lines = environment.ordered(drawing.lines)
    return drawing
  }

  private func listDrawing(_ height: Int, _ columns: Int) -> Drawing {
    let style = ListStyle(
      environment, columns: columns, isFocused: workspace.focus == .list,
      open: workspace.story?.id)
    if let results = workspace.results { return results.drawing(height, style) }
    var drawing = ListDrawing(workspace.list, style, lines: height).drawing
    drawing.lines = environment.ordered(drawing.lines)
    return drawing
  }

  private func storyDrawing(_ height: Int, _ columns: Int) -> Drawing {
    if let story = workspace.story {
      return story.drawing(columns: columns, hints: workspace.hints)
    }
    var drawing = Drawing(card(height, columns))
    drawing.record(.storyPane, rows: 0..<height, columns: 0..<columns)
    return drawing
  }

  /// What stands in the story's pane while none is open: what the selected one is.
  private func card(_ height: Int, _ columns: Int) -> [Line] {
    let isDeleted = workspace.list.shelf == .deleted && workspace.results == nil
    let selection = workspace.results.map { $0.selection?.headline } ?? workspace.list.selection
    guard let headline = selection else { return Array(repeating: Line(), count: height) }
    let margin = Span(spaces(environment.layoutOptions(width: columns).margin))
    let measure = max(1, columns - 2 * displayWidth(of: margin.text))
    var facts = [age(of: headline.published ?? headline.added, now: environment.options.now())]
    let source = shownName(headline.source)
    if !source.isEmpty { facts.insert(source, at: 0) }
    if headline.words > 0 { facts.append("\(readingMinutes(headline.words)) min") }
    if headline.figures > 0 { facts.append(counted(headline.figures, "figure", "figures")) }
    if headline.comments > 0 { facts.append(counted(headline.comments, "comment", "comments")) }
    var lines = [Line()]
    lines += wrapped(safe(headline.title, oneLine: true), to: measure)
      .map { Line([margin, Span($0, .headline)]) }
    lines += [
      Line(), Line([margin, Span(facts.joined(separator: environment.dot), .byline)]), Line(),
    ]
    let next =
      isDeleted
      ? environment.keyHint("brings the story back", .delete)
      : environment.keyHint("opens the story", .open)
    lines.append(Line([margin, Span(next, .faint)]))
    lines = environment.ordered(lines).prefix(height)
      .map { $0.clipped(to: columns, isASCII: environment.isASCII) }
    return lines + Array(repeating: Line(), count: height - lines.count)
  }
}
