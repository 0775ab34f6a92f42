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

/// Text with everything a terminal could act on taken out, cut at `limit` scalars.
func sanitized(_ text: String, limit: Int) -> String {
  var safe = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(limit) where !isUnsafe(scalar) { safe.append(scalar) }
  return String(safe)
}

/// Controls, bidi controls, and characters that draw nothing but change what stands around them.
func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
    0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
    true
  default:
    false
  }
}
