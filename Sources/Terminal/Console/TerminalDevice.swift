import CNcurses
import Glibc

/// An opened terminal: what it can do, and the descriptors that lead to it.
struct TerminalDevice {
  let entry: TerminalEntry
  let depth: ColorDepth
  /// Whether only ASCII can be shown, since the locale is not UTF-8.
  let isASCII: Bool
  /// Keys are read from it: standard input, or `/dev/tty` where that is no terminal.
  let input: CInt
  /// What ncurses writes to: a duplicate of standard output, which `OutputTap` can redirect.
  let pen: CInt
  /// How the terminal treated lines before the program started.
  let shellModes: termios
  /// The ncurses window that fills the screen.
  let window: UnsafeMutablePointer<WINDOW>
  /// The reading end of the signal handlers' pipe, a `SignalGuard.Notice` per byte.
  let signals: CInt
  let errorLog: ErrorLog?

  /// Starts ncurses on the terminal and installs the signal handlers; on an error the terminal is
  /// untouched.
  @MainActor
  static func open(errorLog: String?) throws(TerminalError) -> TerminalDevice {
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let isASCII = !setLocale()
    let entry = try TerminalEntry.find()
    let input =
      isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
    var modes = termios()
    guard input >= 0, tcgetattr(input, &modes) == 0 else { throw .notATerminal }
    let pipe = try Pipe(isBlocking: false)
    SignalGuard.prepare(
      input: input, output: STDOUT_FILENO, modes: modes,
      restore: Console.restoreBytes(entry), pipe: pipe.writer)
    let log = ErrorLog(path: errorLog)
    SignalGuard.install()
    fflush(nil)
    let pen = duplicate(STDOUT_FILENO)
    guard let output = fdopen(pen, "w"), let keys = fdopen(duplicate(input), "r"),
      newterm(entry.name, output, keys) != nil, let window = screenWindow()
    else {
      SignalGuard.remove()
      throw .system("starting the screen", errno)
    }
    dropColorReset()
    return TerminalDevice(
      entry: entry, depth: startColors(entry), isASCII: isASCII, input: input, pen: pen,
      shellModes: modes, window: window, signals: pipe.reader, errorLog: log)
  }

  /// A second descriptor for the same file, which no other program inherits.
  private static func duplicate(_ descriptor: CInt) -> CInt {
    fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
  }

  private static func startColors(_ entry: TerminalEntry) -> ColorDepth {
    guard !isColorUnwanted, has_colors() else { return .none }
    start_color()
    use_default_colors()
    return ColorDepth(
      colors: Int(screenColors()), isDirect: entry.isDirect, indexed: entry.indexed)
  }

  /// Gives the terminal the modes it had before the program started.
  ///
  /// In the background they are the shell's already, and setting them would stop the program.
  func restoreModes() {
    guard !isInBackground(input) else { return }
    var modes = shellModes
    tcsetattr(input, TCSADRAIN, &modes)
  }
}
