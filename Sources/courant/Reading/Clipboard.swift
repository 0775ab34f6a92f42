import Glibc

/// How text comes onto the clipboard: by a program that takes it, or through the terminal.
enum Clipboard {
  /// A program that reads the text from its standard input.
  case program(OtherProgram)
  /// OSC 52, which reaches the clipboard of a terminal far away too.
  case terminal

  /// The way of the settings; else tmux's own buffer inside of tmux, which keeps OSC 52 to itself;
  /// else the tool of a desktop that is there; else the terminal.
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

  /// What the way is called.
  var name: String {
    switch self {
    case .program(let program): program.name
    case .terminal: "through the terminal (OSC 52)"
    }
  }
}
