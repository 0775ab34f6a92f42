import CNcurses
package import Display
import Glibc

/// The terminal: takes it, draws frames on it, reads keys, and restores it.
///
/// One at a time. Whoever opens it closes it; if a signal ends the program in between, the signal's
/// handler restores the terminal (``SignalGuard``).
@MainActor
package final class Console {
  /// What ended a wait.
  ///
  /// Several may have come at once.
  package struct Wake: OptionSet, Sendable {
    /// The flags as bits.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `nextKey()` has something.
    package static let keys = Wake(rawValue: 1)
    /// The screen must be drawn again: its size changed, or the program was stopped and continued.
    package static let screen = Wake(rawValue: 2)
    /// The inbox has something.
    package static let inbox = Wake(rawValue: 4)
    /// The terminal is gone or a signal ends the program: save, close, then call
    /// `raiseTerminationSignal()`.
    package static let ended = Wake(rawValue: 8)
  }

  /// Who has the terminal.
  enum Possession {
    case courant
    /// An editor or the like, or the shell while the program is stopped.
    case other
    /// Nobody, for good.
    case closed
  }

  let device: TerminalDevice
  /// The screen's size in cells, at least 1×1 and at most 1000×500: what is larger only costs memory.
  package internal(set) var size = Size(columns: 80, rows: 24)
  var possession = Possession.courant
  var parser = KeyParser()
  /// Whether the program must end: its terminal is gone, or a signal says so.
  var hasEnded = false
  var drawn = DrawnScreen()
  var linking = Linking()
  var features = Features()

  /// Whether only ASCII can be shown, since the locale is not UTF-8.
  ///
  /// `draw` then puts the nearest ASCII in place of the rest; layouts made with plain ornaments
  /// look better.
  package var isASCII: Bool { device.isASCII }
  /// How many colours are used; 0 for none.
  package var colors: Int { device.depth == .none ? 0 : Int(screenColors()) }
  var hasTerminal: Bool { possession == .courant }

  /// Takes the terminal.
  ///
  /// `errorLog` is the file that gets a copy of what is written to standard error meanwhile; none where
  /// it is `nil` or cannot be written.
  ///
  /// On an error the terminal is untouched.
  package static func open(errorLog: String? = nil) throws(TerminalError) -> Console {
    Console(try TerminalDevice.open(errorLog: errorLog))
  }

  private init(_ device: TerminalDevice) {
    self.device = device
    raw()
    noecho()
    nonl()
    typeahead(-1)
    idlok(device.window, true)
    measure()
    SignalGuard.takeTerminal()
    device.errorLog?.begin()
    send(onModes)
    clearok(device.window, true)
  }

  /// Reads the terminal's size; whether it changed.
  @discardableResult
  func measure() -> Bool {
    var found = winsize()
    let isKnown = windowSize(STDOUT_FILENO, &found) == 0 && found.ws_col > 0 && found.ws_row > 0
    let columns = isKnown ? Int(found.ws_col) : max(device.entry.columns, 1)
    let rows = isKnown ? Int(found.ws_row) : max(device.entry.rows, 1)
    let new = Size(columns: min(columns, 1000), rows: min(rows, 500))
    let window = device.window
    guard new != size || getmaxx(window) != CInt(new.columns) || getmaxy(window) != CInt(new.rows)
    else { return false }
    size = new
    if linking.rows != nil { linking.rows = Linking.Rows(new) }
    resizeterm(CInt(new.rows), CInt(new.columns))
    redraw()
    return true
  }

  // MARK: - Restoring

  /// Stops the program as `^Z` does elsewhere; returns when it is continued, the screen as before.
  package func suspend() {
    handOver {
      SignalGuard.stop()
    }
    // The stop and the continuation are done with.
    drain(device.signals) { if $0 == SignalGuard.Notice.endRequested.rawValue { hasEnded = true } }
    measure()
  }

  /// Gives the terminal to `body`, such as an editor that it runs and waits for, and takes it back.
  ///
  /// It is not taken back if a signal ends the program meanwhile.
  package func handOver<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
    guard hasTerminal else { return try body() }
    leave()
    possession = .other
    defer { takeBack() }
    return try body()
  }

  /// Names the program that has the terminal while it is handed over, or none once that has ended.
  ///
  /// A signal that ends this program is passed on to that one.
  package nonisolated static func setForegroundProgram(_ process: CInt?) {
    SignalGuard.setForegroundProgram(process)
  }

  /// Restores the terminal for good.
  ///
  /// The end of what was written to standard error follows.
  package func close() {
    switch possession {
    case .courant: leave()
    case .other: cleanUpAfterOther()
    case .closed: return
    }
    possession = .closed
    SignalGuard.remove()
  }

  /// The program that had the terminal was ended by the same signal, and may have left it as it was.
  private func cleanUpAfterOther() {
    // In the background the shell has it.
    guard !isInBackground(device.input) else { return }
    send(Self.restoreBytes(device.entry))
    device.restoreModes()
  }

  /// After `close()`: raises the signal that asked the program to end, so that its parent learns of
  /// it; returns if there was none.
  package func raiseTerminationSignal() {
    guard possession == .closed, let signal = SignalGuard.terminationSignal else { return }
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
  }

  private func leave() {
    SignalGuard.handOverTerminal()
    if features.progress != nil { send(Self.noProgress) }
    send(Self.offModes(device.entry))
    curs_set(1)
    drawn.isCursorVisible = nil
    // ncurses sets modes too, and would stop a program in the background.
    let ignored = signal(SIGTTOU, SIG_IGN)
    endwin()
    signal(SIGTTOU, ignored)
    device.restoreModes()
    device.errorLog?.end()
  }

  func takeBack() {
    guard possession != .closed else { return }
    // The shell has the terminal by now, if the program was stopped and is then killed.
    guard SignalGuard.terminationSignal == nil else {
      hasEnded = true
      return
    }
    possession = .courant
    device.errorLog?.begin()
    SignalGuard.takeTerminal()
    reset_prog_mode()
    measure()
    redraw()
    doupdate()
    linking.rows?.standing.begin(
      row: Int(getcury(screenShown())), column: Int(getcurx(screenShown())))
    send(onModes)
    showTitle()
    showProgress()
  }
}
