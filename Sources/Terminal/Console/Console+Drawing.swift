import CNcurses
package import Display
import Glibc

extension Console {
  /// What was drawn last.
  struct DrawnScreen {
    /// The attributes and colour pairs of the theme in use.
    var table: LookTable?
    /// The rows of the last frame; empty when all must be drawn anew.
    var lines: [Line] = []
    /// The cells of a row, kept so that no memory is allocated for each.
    var buffer: [cchar_t] = []
    var isCursorVisible: Bool?
  }

  /// Shows a frame.
  ///
  /// Only rows that differ from the last frame are worked on, and only cells that differ are sent.
  /// A frame of another size is cut or filled up with the background.
  package func draw(_ frame: Frame, theme: Theme) {
    guard hasTerminal else { return }
    if drawn.table?.theme != theme { use(theme) }
    for row in 0..<size.rows {
      let line = row < frame.lines.count ? frame.lines[row] : Line()
      if row < drawn.lines.count, drawn.lines[row] == line { continue }
      draw(line, row)
    }
    drawn.lines = Array(frame.lines.prefix(size.rows))
    while drawn.lines.count < size.rows { drawn.lines.append(Line()) }
    place(frame.cursor)
    wnoutrefresh(device.window)
    if linking.rows == nil { doupdate() } else { updateFollowingLinks() }
  }

  private func use(_ theme: Theme) {
    let table = LookTable(theme: theme, depth: device.depth, mostPairs: Int(screenColorPairs()))
    drawn.table = table
    drawn.lines = []
    var background = table.background
    wbkgrndset(device.window, &background)
  }

  private func draw(_ line: Line, _ row: Int) {
    guard var table = drawn.table else { return }
    drawn.table = nil
    linking.rows?.wanted[row] = LinkRow()
    var old: [cchar_t] = []
    swap(&old, &drawn.buffer)
    drawn.buffer = cells(of: line, &table, reusing: consume old) { link, columns in
      addLink(link, row, columns)
    }
    mvwadd_wchnstr(device.window, CInt(row), 0, drawn.buffer, CInt(drawn.buffer.count))
    drawn.table = table
  }

  /// The cells of a whole row; `addLink` gets each link and the columns it takes.
  func cells(
    of line: Line, _ table: inout LookTable, reusing old: consuming [cchar_t] = [],
    addLink: (Hyperlink, Range<Int>) -> Void = { _, _ in }
  ) -> [cchar_t] {
    var cells = CellRow(width: size.columns, isASCII: isASCII, reusing: old)
    for span in line.spans {
      let start = cells.column
      cells.add(span.text, table.blank(for: span))
      if let link = span.link { addLink(link, start..<cells.column) }
    }
    cells.fill(line.fill.map { table.blank(for: Span("", $0)) } ?? table.background)
    return cells.cells
  }

  private func place(_ cursor: Frame.Cursor) {
    let row = min(max(cursor.row, 0), size.rows - 1)
    let column = min(max(cursor.column, 0), size.columns - 1)
    wmove(device.window, CInt(row), CInt(column))
    if drawn.isCursorVisible != cursor.isVisible {
      drawn.isCursorVisible = cursor.isVisible
      curs_set(cursor.isVisible ? 1 : 0)
    }
  }

  /// Draws everything anew at the next `draw`: for `^L`, after something else wrote on the screen.
  package func redraw() {
    clearok(screenShown(), true)
    drawn.lines = []
  }
}
