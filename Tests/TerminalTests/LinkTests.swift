import TerminalKit
import Testing

/// The hyperlinks that stand on the terminal, whatever way ncurses takes to change its screen.
@Suite(.serialized) struct LinkTests {
  /// The links that the rows' own words ask for: `<7>` leads to the address of its number and of the
  /// mark at the row's end.
  private func wanted(_ screen: ScreenShot) -> [ScreenShot.Link] {
    screen.rows.enumerated().flatMap { row, text in
      let mark = text.split(separator: "/").last ?? ""
      return text.split(separator: "<", omittingEmptySubsequences: false).dropFirst().compactMap {
        $0.split(separator: ">").first
      }
      .map {
        ScreenShot.Link(row: row, text: "<\($0)>", address: "https://a.invalid/\($0)/\(mark)")
      }
    }
  }

  @Test(
    "Links follow their words through every change of the screen",
    arguments: [
      ("xterm-256color", 80, 24), ("xterm-256color", 33, 60), ("alacritty", 120, 12),
      ("tmux-256color", 60, 20),
    ])
  func changes(_ term: String, _ columns: Int, _ rows: Int) throws {
    let session = try TerminalSession(
      "console-probe", environment: ["TERM": term], columns: columns, rows: rows)
    session.timeout = 5
    #expect(session.wait(for: "status"))
    session.send("lp")
    #expect(session.wait(for: "turn 2."))
    for turn in 3..<150 {
      session.send(turn % 50 == 0 ? "\u{0C}" : "x")
      #expect(session.wait(for: "turn \(turn)."))
      // The probe makes no links of every third frame, as if more keys had come.
      guard turn % 3 != 0 else { continue }
      session.wait { $0.links == wanted($0) }
      let screen = session.screen
      let (found, meant) = (screen.links, wanted(screen))
      try #require(found == meant, "turn \(turn): \(found.difference(from: meant))\n\(screen.text)")
      if turn % 20 == 1 { session.resize(columns: columns + turn % 3, rows: rows - turn % 5) }
    }
    #expect(session.screen.links.count > 10)
  }
}
