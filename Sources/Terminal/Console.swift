import CNcurses
package import Display
import Glibc

/// The terminal: takes it, draws frames on it, gives keys, and gives it back as it was.
///
/// Used from the main thread only, and one at a time. Whoever opens it closes it; if the program
/// dies of a signal in between, the terminal is given back all the same.
package final class Console {
  /// What ended a wait.
  ///
  /// Several may have come at once.
  package struct Wake: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `nextKey()` has something.
    package static let keys = Wake(rawValue: 1)
    /// The screen must be drawn again: its size changed, or the program was stopped and went on.
    package static let screen = Wake(rawValue: 2)
    /// The inbox has something.
    package static let inbox = Wake(rawValue: 4)
    /// The terminal is gone or a signal asks to end: save, close, then call `endAsAsked()`.
    package static let ended = Wake(rawValue: 8)
  }

  /// The screen, at least 1×1.
  ///
  /// Cut at 1000×500: what is larger only costs memory.
  package private(set) var size = Size(columns: 80, rows: 24)
  /// Whether only ASCII can be shown, since the locale is not UTF-8.
  ///
  /// `draw` then puts the nearest ASCII in place of the rest; layouts made with plain ornaments
  /// look better.
  package let isASCII: Bool
  /// How many colours are used; 0 for none.
  package var colors: Int { depth == .none ? 0 : Int(screenColors()) }

  /// The window's title; shown where the terminal has one, and given back on closing.
  package var title = "" {
    didSet { if title != oldValue { showTitle() } }
  }

  /// How far running work is, for the task bar or tab of terminals that show it there.
  package var progress: Progress? {
    didSet { if progress != oldValue { showProgress() } }
  }

  /// Whether mouse acts come as keys.
  ///
  /// Off at first: the terminal's own selection then works.
  package var isMouseOn = false {
    didSet { if isMouseOn != oldValue, !isClosed { send(mouseModes) } }
  }

  let entry: TerminalEntry
  let depth: ColorDepth
  let input: CInt
  let modes: termios
  let window: UnsafeMutablePointer<WINDOW>
  let signals: CInt
  let errorLog: ErrorLog?
  var parser = KeyParser()
  var hasEnded = false
  private(set) var isClosed = false

  /// Whether links are made links of the terminal's own, by `drawLinks()`.
  package var showsLinks = false {
    didSet { if showsLinks != oldValue, !isClosed { startLinks() } }
  }

  var table: LookTable?
  var shown: [Line] = []
  /// The links that stand on the terminal and those of the frame; `nil` while none are shown.
  var links: Links?
  var tap: OutputTap?
  /// The descriptor that ncurses writes to.
  let pen: CInt
  private var buffer: [cchar_t] = []
  private var isCursorVisible: Bool?

  /// Takes the terminal.
  ///
  /// `errorLog` is where standard error goes meanwhile; a nameless file when it is `nil` or cannot be
  /// written.
  ///
  /// On an error the terminal is untouched.
  package static func open(errorLog: String? = nil) throws(TerminalError) -> Console {
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let isASCII = !setLocale()
    let entry = try TerminalEntry.find()
    let input =
      isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
    var modes = termios()
    guard input >= 0, tcgetattr(input, &modes) == 0 else { throw .notATerminal }
    let pipe = try makePipe()
    SignalGuard.prepare(
      input: input, output: STDOUT_FILENO, modes: modes,
      restore: Array(offModes(entry).utf8) + entry.restore, pipe: pipe.writer)
    let log = ErrorLog(path: errorLog)
    SignalGuard.install()
    fflush(nil)
    let pen = dup(STDOUT_FILENO)
    guard let output = fdopen(pen, "w"), let keys = fdopen(dup(input), "r"),
      newterm(entry.name, output, keys) != nil, let window = screenWindow()
    else {
      SignalGuard.remove()
      throw .system("starting the screen", errno)
    }
    return Console(
      entry: entry, input: input, pen: pen, modes: modes, window: window, signals: pipe.reader,
      log: log, isASCII: isASCII)
  }

  private init(
    entry: TerminalEntry, input: CInt, pen: CInt, modes: termios,
    window: UnsafeMutablePointer<WINDOW>, signals: CInt, log: ErrorLog?, isASCII: Bool
  ) {
    self.entry = entry
    self.input = input
    self.pen = pen
    self.modes = modes
    self.window = window
    self.signals = signals
    self.isASCII = isASCII
    errorLog = log
    if !isColorUnwanted, has_colors() {
      start_color()
      use_default_colors()
      depth = ColorDepth(
        colors: Int(screenColors()), isDirect: entry.isDirect, indexed: entry.indexed)
    } else {
      depth = .none
    }
    raw()
    noecho()
    nonl()
    typeahead(-1)
    idlok(window, true)
    measure()
    SignalGuard.arm(true)
    errorLog?.begin()
    send(onModes)
    clearok(window, true)
  }

  // MARK: - Drawing

  /// Shows a frame.
  ///
  /// Only rows that differ from the last frame are worked on, and only cells that differ are sent.
  /// A frame of another size is cut or filled up with ground.
  package func draw(_ frame: Frame, theme: Theme) {
    guard !isClosed else { return }
    if table?.theme != theme {
      let table = LookTable(theme: theme, depth: depth, mostPairs: Int(screenColorPairs()))
      self.table = table
      shown = []
      var ground = table.ground
      wbkgrndset(window, &ground)
    }
    for row in 0..<size.rows {
      let line = row < frame.lines.count ? frame.lines[row] : Line()
      if row < shown.count, shown[row] == line { continue }
      draw(line, row)
    }
    shown = Array(frame.lines.prefix(size.rows))
    while shown.count < size.rows { shown.append(Line()) }
    place(frame.cursor)
    wnoutrefresh(window)
    if links == nil { doupdate() } else { updateFollowingLinks() }
  }

  private func draw(_ line: Line, _ row: Int) {
    guard var table else { return }
    self.table = nil
    links?.wanted[row] = LinkRow()
    var old: [cchar_t] = []
    swap(&old, &buffer)
    buffer = cells(of: line, &table, reusing: consume old) { link, columns in
      note(link, row, columns)
    }
    mvwadd_wchnstr(window, CInt(row), 0, buffer, CInt(buffer.count))
    self.table = table
  }

  /// The cells of a whole row; `note` is told of each link and the columns it takes.
  func cells(
    of line: Line, _ table: inout LookTable, reusing old: consuming [cchar_t] = [],
    note: (Hyperlink, Range<Int>) -> Void = { _, _ in }
  ) -> [cchar_t] {
    var cells = CellRow(width: size.columns, isASCII: isASCII, reusing: old)
    for span in line.spans {
      let start = cells.column
      cells.add(span.text, table.blank(for: span))
      if let link = span.link { note(link, start..<cells.column) }
    }
    cells.fill(line.fill.map { table.blank(for: Span("", $0)) } ?? table.ground)
    return cells.cells
  }

  private func place(_ cursor: Frame.Cursor) {
    let row = min(max(cursor.row, 0), size.rows - 1)
    let column = min(max(cursor.column, 0), size.columns - 1)
    wmove(window, CInt(row), CInt(column))
    if isCursorVisible != cursor.isVisible {
      isCursorVisible = cursor.isVisible
      curs_set(cursor.isVisible ? 1 : 0)
    }
  }

  /// Draws everything anew at the next `draw`: for `^L`, after something else wrote on the screen.
  package func redraw() {
    clearok(screenShown(), true)
    shown = []
  }

  /// Reads the terminal's size; whether it changed.
  @discardableResult
  func measure() -> Bool {
    var found = winsize()
    let isKnown = windowSize(STDOUT_FILENO, &found) == 0 && found.ws_col > 0 && found.ws_row > 0
    let columns = isKnown ? Int(found.ws_col) : max(entry.columns, 1)
    let rows = isKnown ? Int(found.ws_row) : max(entry.rows, 1)
    let new = Size(columns: min(columns, 1000), rows: min(rows, 500))
    guard new != size || getmaxx(window) != CInt(new.columns) || getmaxy(window) != CInt(new.rows)
    else { return false }
    size = new
    if links != nil { links = Links(new) }
    resizeterm(CInt(new.rows), CInt(new.columns))
    redraw()
    return true
  }

  // MARK: - Giving back

  /// Stops the program as `^Z` does elsewhere; returns when it is continued, the screen as before.
  package func suspend() {
    handOver {
      SignalGuard.stop()
    }
    // What the stop itself told is done with.
    drain(signals) { if $0 == SignalGuard.News.endAsked.rawValue { hasEnded = true } }
    measure()
  }

  /// Gives the terminal to `body`, such as an editor that it runs and waits for, and takes it back.
  package func handOver<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
    guard !isClosed else { return try body() }
    leave()
    defer { comeBack() }
    return try body()
  }

  /// Gives the terminal back for good.
  ///
  /// The end of what was written to standard error follows.
  package func close() {
    guard !isClosed else { return }
    leave()
    isClosed = true
    SignalGuard.remove()
  }

  /// After `close()`: dies of the signal that asked the program to end, so that its parent learns
  /// of it; returns if there was none.
  package func endAsAsked() {
    guard isClosed, let signal = SignalGuard.endingSignal else { return }
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
  }

  private func leave() {
    SignalGuard.handsOver(true)
    if progress != nil { send(Self.noProgress) }
    send(Self.offModes(entry))
    curs_set(1)
    isCursorVisible = nil
    endwin()
    var modes = modes
    tcsetattr(input, TCSADRAIN, &modes)
    errorLog?.end()
  }

  func comeBack() {
    errorLog?.begin()
    SignalGuard.handsOver(false)
    reset_prog_mode()
    measure()
    redraw()
    doupdate()
    links?.standing.begin(
      row: Int(getcury(screenShown())), column: Int(getcurx(screenShown())))
    send(onModes)
    showTitle()
    showProgress()
  }
}
