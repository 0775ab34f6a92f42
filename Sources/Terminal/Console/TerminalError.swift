internal import Stories

/// Why the screen cannot be had; the program then falls back to plain text.
package enum TerminalError: Error, Equatable, Sendable {
  /// Standard output is no terminal, or there is no terminal to read keys from.
  case notATerminal
  /// `TERM` is unset or empty.
  case termNotSet
  /// No description of this terminal is installed.
  case termUnknown(String)
  /// The terminal cannot place its cursor: `dumb` and its like.
  case cannotPlaceCursor(String)
  /// A system call failed; what it was for, and the `errno`.
  case system(String, CInt)

  /// One sentence for people, without a full stop.
  package var message: String {
    switch self {
    case .notATerminal:
      "this is not a terminal"
    case .termNotSet:
      "TERM is not set, so it is not known what the terminal can do; try TERM=xterm-256color"
    case .termUnknown(let name):
      "no description of the terminal “\(sanitized(name, limit: 60))” is installed;"
        + " install ncurses-term or try TERM=xterm-256color"
    case .cannotPlaceCursor(let name):
      "the terminal “\(sanitized(name, limit: 60))” cannot place its cursor"
    case .system(let what, let code):
      "\(what) failed (error \(code))"
    }
  }
}

/// Text without unsafe scalars, cut at `limit` scalars.
func sanitized(_ text: String, limit: Int) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.prefix(limit).filter { !SafeScalars.isUnsafe($0) }))
}
