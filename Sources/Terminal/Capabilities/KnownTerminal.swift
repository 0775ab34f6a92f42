import Glibc

/// Capabilities that terminfo does not describe, detected by the environment variables that terminals
/// and multiplexers set.
///
/// A capability that is not detected is not used: an old terminal prints such sequences, or takes them
/// for others.
package struct KnownTerminal {
  private let variable: (String) -> String

  /// The terminal in use; `variable` gives the environment's variables, empty where one is not set.
  package init(
    variable: @escaping (String) -> String = { getenv($0).map { String(cString: $0) } ?? "" }
  ) {
    self.variable = variable
  }

  private var isInTmux: Bool { !variable("TMUX").isEmpty || program == "tmux" }
  private var isInScreen: Bool { !variable("STY").isEmpty }
  private var program: String { variable("TERM_PROGRAM") }
  /// The version of VTE, which GNOME Terminal and others are made of: 5802 is 0.58.2.
  private var vteVersion: Int { Int(variable("VTE_VERSION")) ?? 0 }

  /// Whether it supports hyperlinks (OSC 8).
  package var showsLinks: Bool {
    guard !isInScreen else { return false }
    if isInTmux {
      let version = variable("TERM_PROGRAM_VERSION").split { !$0.isNumber }.compactMap { Int($0) }
      return program == "tmux" && version.count > 1 && (version[0], version[1]) >= (3, 4)
    }
    let isProgram = ["iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "rio"].contains(program)
    let isNamed = ["KITTY_WINDOW_ID", "WT_SESSION", "ALACRITTY_WINDOW_ID", "KONSOLE_VERSION"]
      .contains { !variable($0).isEmpty }
    let term = variable("TERM")
    let isTerm = ["xterm-kitty", "xterm-ghostty", "alacritty", "wezterm", "contour", "foot"]
      .contains { term == $0 || term.hasPrefix($0 + "-") }
    return isProgram || isNamed || isTerm || vteVersion >= 5000
  }

  /// Whether it shows progress (OSC 9;4): others, such as older iTerm2, take the sequence for a
  /// notification, and multiplexers do not pass it on.
  package var showsProgress: Bool {
    guard !isInTmux, !isInScreen else { return false }
    let isWindows = !variable("WT_SESSION").isEmpty || variable("ConEmuANSI") == "ON"
    return isWindows || ["ghostty", "WezTerm"].contains(program) || vteVersion >= 8000
  }

  /// Whether it reorders bidirectional text itself.
  ///
  /// Konsole, mlterm and all that are made of VTE from 0.58 on do so by default. Elsewhere the program
  /// must, or right-to-left text is shown reversed. Inside tmux the outer terminal counts, whose
  /// variables tmux passes on.
  package var ordersText: Bool {
    !variable("KONSOLE_VERSION").isEmpty || !variable("MLTERM").isEmpty
      || variable("TERM").hasPrefix("mlterm") || vteVersion >= 5800
  }
}
