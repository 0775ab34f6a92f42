import Glibc

/// The way to the clipboard: another program, or the terminal.
enum Clipboard {
  /// A program that reads the text from its standard input.
  case program(OtherProgram)
  /// OSC 52, which works over ssh too.
  case terminal

  /// The program of the settings; else, inside tmux, tmux's own buffer, since tmux does not pass OSC 52
  /// on; else the desktop's tool that is installed; else the terminal.
  ///
  /// `nil` for a line in the settings that names no program.
  init?(
    copier: String, environment: (String) -> String? = { getenv($0).map { String(cString: $0) } },
    isInstalled: (OtherProgram) -> Bool = \.isInstalled
  ) {
    func has(_ name: String) -> Bool { environment(name)?.isEmpty == false }
    guard copier.isEmpty else {
      guard let program = OtherProgram(line: copier) else { return nil }
      self = .program(program)
      return
    }
    var lines: [String] = []
    if has("TMUX") { lines.append("tmux load-buffer -w -") }
    if has("WAYLAND_DISPLAY") { lines.append("wl-copy") }
    if has("DISPLAY") { lines += ["xclip -selection clipboard", "xsel --clipboard --input"] }
    lines.append("pbcopy")
    self =
      lines.lazy.compactMap { OtherProgram(line: $0) }.first(where: isInstalled).map {
        .program($0)
      } ?? .terminal
  }

  /// The name of the way, for people.
  var name: String {
    switch self {
    case .program(let program): program.name
    case .terminal: "through the terminal (OSC 52)"
    }
  }
}
