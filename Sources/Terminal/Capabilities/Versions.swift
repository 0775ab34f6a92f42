import CNcurses

/// The version of ncurses that the program runs with.
package var ncursesVersion: String { curses_version().map { String(cString: $0) } ?? "unknown" }

/// The terminal's number of colours and its terminfo entry: "256, drawn as xterm-256color".
package func terminalWords() throws(TerminalError) -> String {
  let entry = try TerminalEntry.find()
  let colors = max(0, Int(tigetnum("colors")))
  let words = colors > 1 << 16 ? "direct" : colors < 8 ? "none" : String(colors)
  return "\(words), drawn as \(entry.name)"
}
