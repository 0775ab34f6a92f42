import Glibc
import TerminalKit
import TestSupport
import Testing

/// What the program asks of its terminal and tells it, beside the screen.
@Suite(.serialized) struct TerminalTests {
  let courant = Courant()

  private func told(_ session: TerminalSession) -> String {
    String(decoding: session.output, as: UTF8.self)
  }

  private func ground(_ session: TerminalSession) -> UInt32? {
    session.screen.cells.first?.last?.background
  }

  /// Whether the ground is light; `nil` for the terminal's own.
  ///
  /// libvterm 0.1.4 reads a direct colour's parts one place too far to the right, so only the last
  /// of its bytes is surely one of the colour's.
  private func isLight(_ session: TerminalSession) -> Bool? {
    ground(session).map { $0 & 0xFF > 0x80 }
  }

  // MARK: - Light or dark

  @Test(
    "The theme auto is light or dark as the terminal says",
    arguments: [("rgb:ffff/ffff/dddd", true), ("rgb:1010/1010/2020", false)])
  func auto(answer: String, expected: Bool) throws {
    courant.settings("theme: auto\n")
    let session = try courant.sit(environment: [
      "TERM": "xterm-256color", "COLORTERM": "truecolor", "COLORFGBG": "7;3",
    ])
    session.background = answer
    #expect(session.wait(for: "Welcome to Courant"), "\(session.screen.text)")
    #expect(isLight(session) == expected)
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A terminal that does not say is judged by COLORFGBG, or gets its own colours")
  func silent() throws {
    courant.settings("theme: auto\n")
    for (value, expected) in [("0;15", true), ("15;default;0", false), (nil, nil)]
      as [(String?, Bool?)]
    {
      let session = try courant.sit(
        environment: ["COLORTERM": "truecolor", "COLORFGBG": value])
      #expect(session.wait { $0.find("Courant") != nil }, "\(session.screen.text)")
      #expect(isLight(session) == expected, "\(value ?? "nothing")")
      session.send("Q")
      #expect(session.waitForExit() == .code(0))
    }
  }

  @Test("An answer that comes late is swallowed, and keys pressed meanwhile are kept")
  func late() throws {
    courant.settings("theme: auto\n")
    let page = courant.file("page.html", harbourPage)
    let session = try courant.sit([page])
    session.send("/lant")
    session.send("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
    session.send("ern\r")
    #expect(session.wait(for: "word is lantern"), "\(session.screen.text)")
    session.send("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}[?1;2c")
    #expect(session.wait(for: "1/1"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Esc and a key that come as one are both taken, unless the two are bound as a chord")
  func chord() throws {
    courant.settings("keys: {story: {M-x: zen}}\n")
    let session = try courant.sit([courant.file("page.html", harbourPage)])
    #expect(session.wait(for: "The tide clock"))
    session.send("\u{1B}x")
    #expect(session.wait { $0.find("0%") == nil }, "\(session.screen.text)")
    session.send("\u{1B}x/lantern")
    #expect(session.wait(for: "1/1"), "\(session.screen.text)")
    session.send("\u{1B}c")
    #expect(session.wait { $0.find("1/1") == nil && $0.find("comment") != nil })
    session.send("/lantern\u{1B}Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Only auto asks")
  func askless() throws {
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    #expect(!told(session).contains("\u{1B}]11;?"))
    session.send(":theme auto\r")
    #expect(session.wait(forBytes: "\u{1B}]11;?"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  // MARK: - Themes

  @Test("The list of themes shows each theme on the screen, and Esc takes the old one")
  func picker() throws {
    let session = try courant.sit(environment: ["COLORTERM": "truecolor"])
    #expect(session.wait(for: "Welcome to Courant"))
    let before = ground(session)
    session.send("T")
    #expect(session.wait(for: "Theme 16 of 16"))
    session.send("ggj")
    #expect(session.wait { $0.cells[10][2].background != before }, "\(session.screen.text)")
    session.send("\u{1B}")
    #expect(session.wait { $0.find("Theme") == nil && $0.cells[10][2].background == before })
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  // MARK: - Mouse, title, progress

  @Test("The mouse is taken, works, and is given back however the program ends")
  func mouse() throws {
    let page = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", page]).status == 0)
    for end in [nil, SIGTERM, SIGSEGV] {
      let session = try courant.sit()
      #expect(session.wait(for: "All 1"))
      #expect(session.wait { $0.isMouseOn })
      session.send("\u{1B}[<0;10;2M\u{1B}[<0;10;2m")
      #expect(session.wait(for: "one hand and no numbers"), "\(session.screen.text)")
      let before = session.screen.text
      session.send("\u{1B}[<65;10;5M")
      #expect(session.wait { $0.text != before })
      if let end { session.signal(end) } else { session.send("Q") }
      #expect(session.waitForExit() != nil)
      #expect(!session.screen.isMouseOn)
      #expect(!session.screen.isAlternate)
    }
  }

  @Test("The mouse is heard inside tmux and screen", arguments: ["tmux-256color", "screen"])
  func multiplexers(term: String) throws {
    let page = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", page]).status == 0)
    let session = try courant.sit(environment: ["TERM": term])
    #expect(session.wait(for: "All 1"))
    #expect(session.wait { $0.isMouseOn })
    session.send("\u{1B}[<0;10;2M\u{1B}[<0;10;2m")
    #expect(session.wait(for: "one hand and no numbers"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(!session.screen.isMouseOn)
  }

  @Test("With the mouse off it is left to the terminal, from the start and by :set")
  func mouseOff() throws {
    courant.settings("mouse: false\n")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.settle()
    #expect(!session.screen.isMouseOn)
    session.send(":set mouse on\r")
    #expect(session.wait { $0.isMouseOn })
    session.send(":set mouse off\r")
    #expect(session.wait { !$0.isMouseOn })
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("The title is the story's, and stays the terminal's where it is not wanted")
  func title() throws {
    let session = try courant.sit()
    #expect(session.wait { $0.title.hasPrefix("Welcome to Courant") })
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    courant.settings("title: false\n")
    let quiet = try courant.sit()
    #expect(quiet.wait(for: "All 1"))
    quiet.settle()
    #expect(quiet.screen.title.isEmpty)
    quiet.send("Q")
    #expect(quiet.waitForExit() == .code(0))
  }

  @Test("Work is told to terminals that show it, and taken back; others are not told")
  func progress() throws {
    for number in 1...30 {
      _ = courant.file("pages/\(number).html", harbourPage + "<p>\(number)</p>")
    }
    let session = try courant.sit(
      [courant.home["pages"]], environment: ["TERM_PROGRAM": "ghostty"])
    #expect(session.wait(for: "added"), "\(session.screen.text)")
    session.settle()
    #expect(told(session).contains("\u{1B}]9;4;1;"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    let tellings = told(session).split(separator: "\u{1B}]9;4;")
    #expect(tellings.last?.hasPrefix("0\u{07}") == true)
    let other = try courant.sit([courant.home["pages"]])
    #expect(other.wait(for: "known already"), "\(other.screen.text)")
    other.send("Q")
    #expect(other.waitForExit() == .code(0))
    #expect(!told(other).contains("\u{1B}]9;4"))
  }

  // MARK: - Frames

  @Test("A burst of keys is drawn once or twice, not once a key")
  func burst() throws {
    let page = courant.file("page.html", harbourPage)
    let session = try courant.sit([page])
    #expect(session.wait(for: "one hand and no numbers"))
    session.settle()
    let before = session.output.count
    session.send(" ")
    session.settle()
    let frame = session.output.count - before
    session.send(String(repeating: "jk", count: 2000) + "G")
    #expect(session.wait(for: "word is lantern"), "\(session.screen.text)")
    session.settle()
    #expect(session.output.count - before < 12 * frame, "\(session.output.count - before)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("After ^Z and fg, and at another size, the same story stands at the same line")
  func suspend() throws {
    let page = courant.file("page.html", harbourPage)
    let shell = try TerminalSession(
      "bash", ["--norc", "--noprofile", "-i"],
      environment: ["HOME": courant.home.path, "XDG_DATA_HOME": courant.home["data"], "PS1": "$ "])
    let session = shell
    #expect(shell.wait(for: "$"))
    shell.send("'\(productsFolder())/courant' '\(page)'\r")
    #expect(session.wait(for: "one hand and no numbers"))
    session.send("/wheel number 17\r")
    #expect(session.wait(for: "wheel number 17"), "\(session.screen.text)")
    session.settle()
    let before = session.screen.text
    session.send("\u{1A}")
    #expect(session.wait { !$0.isAlternate && !$0.isMouseOn && $0.find("Stopped") != nil })
    session.send("fg\r")
    #expect(session.wait { $0.isAlternate && $0.isMouseOn && $0.text == before })
    session.resize(columns: 40, rows: 12)
    #expect(session.wait(for: "number 17"), "\(session.screen.text)")
    session.resize(columns: 80, rows: 24)
    #expect(session.wait(for: "wheel number 17"))
    session.send("Q")
    #expect(session.wait { !$0.isAlternate })
    session.send("exit 0\r")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("The cursor waits on the chosen line, seen or not, and in a line that is typed")
  func cursor() throws {
    courant.settings("cursor: true\n")
    let page = courant.file("page.html", harbourPage)
    #expect(courant.run(["add", page]).status == 0)
    _ = courant.run(["add", courant.file("two.html", harbourPage.replacing("tide", with: "sun"))])
    let session = try courant.sit()
    #expect(session.wait(for: "All 2"))
    #expect(session.wait { $0.isCursorVisible && $0.cursorRow == 1 })
    session.send("j")
    #expect(session.wait { $0.cursorRow == 3 })
    session.send(":abc")
    #expect(session.wait { $0.cursorRow == 23 && $0.cursorColumn == 4 })
    session.send("\u{1B}[D")
    #expect(session.wait { $0.cursorColumn == 3 })
    session.send("\u{1B}")
    #expect(session.wait { $0.cursorRow == 3 })
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
