import Terminal
import Testing

/// Terminals, by what they set in the environment.
@Suite struct KnownTerminalTests {
  private func terminal(_ environment: [String: String]) -> KnownTerminal {
    KnownTerminal { environment[$0] ?? "" }
  }

  @Test(
    "Links are sent where they are known to be shown",
    arguments: [
      (["TERM_PROGRAM": "ghostty"], true), (["TERM": "xterm-kitty"], true),
      (["TERM": "foot-extra"], true), (["TERM": "footloose"], false),
      (["KONSOLE_VERSION": "220401"], true), (["VTE_VERSION": "5002"], true),
      (["VTE_VERSION": "4800"], false), (["TERM": "xterm-256color"], false), ([:], false),
      (["TERM_PROGRAM": "ghostty", "STY": "1.pts"], false),
      (["TMUX": "/tmp/x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"], true),
      (["TMUX": "/tmp/x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"], false),
      (["TMUX": "/tmp/x", "KITTY_WINDOW_ID": "1"], false),
    ] as [([String: String], Bool)])
  func links(_ environment: [String: String], _ expected: Bool) {
    #expect(terminal(environment).showsLinks == expected)
  }

  @Test(
    "Progress is told where it is known to be shown",
    arguments: [
      (["TERM_PROGRAM": "WezTerm"], true), (["WT_SESSION": "1"], true),
      (["ConEmuANSI": "ON"], true), (["ConEmuANSI": "OFF"], false), (["VTE_VERSION": "8000"], true),
      (["VTE_VERSION": "7600"], false), (["TERM_PROGRAM": "iTerm.app"], false), ([:], false),
      (["TERM_PROGRAM": "WezTerm", "TMUX": "/tmp/x"], false),
      (["WT_SESSION": "1", "STY": "1.pts"], false),
    ] as [([String: String], Bool)])
  func progress(_ environment: [String: String], _ expected: Bool) {
    #expect(terminal(environment).showsProgress == expected)
  }

  @Test(
    "Terminals that put right-to-left text in order themselves are known by what they set",
    arguments: [
      (["KONSOLE_VERSION": "220401"], true), (["TERM": "mlterm-256color"], true),
      (["MLTERM": "3.9"], true), (["VTE_VERSION": "5802"], true), (["VTE_VERSION": "5402"], false),
      (["VTE_VERSION": "new"], false), (["TERM": "xterm-256color"], false), ([:], false),
    ] as [([String: String], Bool)])
  func order(_ environment: [String: String], _ expected: Bool) {
    #expect(terminal(environment).ordersText == expected)
  }
}
