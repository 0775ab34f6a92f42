import Glibc
import TerminalKit
import Testing

/// What the console draws and reads, on every kind of terminal.
@Suite(.serialized) struct ConsoleTests: ConsoleProbing {
  private static let terms = [
    "xterm-256color", "xterm", "vt100", "linux", "tmux-256color", "screen", "xterm-direct",
    "xterm-mono", "rxvt-unicode-256color",
  ]

  @Test("Draws on every kind of terminal and gives it back", arguments: terms)
  func draws(_ term: String) throws {
    let session = try probe(["TERM": term])
    let before = session.originalModes
    #expect(session.wait(for: "Probe 80x24"), "\(session.screen.text)")
    // The cursor goes to its place behind the last word, and may come in another piece.
    #expect(
      session.wait { $0.find("status") != nil && ($0.cursorRow, $0.cursorColumn) == (1, 2) },
      "\(session.screen.text)")
    #expect(session.screen.rows[1] == "wide 日本語 é e\u{301} “quoted” … │ 😀")
    #expect(!session.modes.hasEcho)
    session.send("x")
    #expect(session.wait(for: "key x"))
    session.send("\u{1B}[A")
    #expect(session.wait(for: "key Up"))
    session.send("q")
    #expect(session.waitForExit() == .code(0))
    #expect(session.modes == before)
    #expect(!session.screen.isAlternate)
    #expect(session.screen.isCursorVisible)
    #expect(session.screen.find("closed") != nil)
  }

  @Test("A terminal that says it is like xterm is drawn for as xterm, if it is not known")
  func unknownXterm() throws {
    let session = try probe(["TERM": "xterm-of-tomorrow"])
    #expect(session.wait(for: "Probe 80x24"), "\(session.screen.text)")
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Text of a page never acts on the terminal")
  func hostile() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    let row = session.screen.rows[2]
    let bad = "\u{FFFD}"
    #expect(
      row
        == "a\(bad)]0;pwned\(bad)b\(bad)[2Jc\(bad)31md\(bad)efg\(bad)h\(bad)i\u{E000}\(bad)\(bad)j",
      "\(row)")
    #expect(session.wait { $0.title == "probe[2J title" })
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Wide characters stop at the edge and marks pile up to four")
  func edges() throws {
    let session = try probe(columns: 41, rows: 10)
    #expect(session.wait(for: "status"))
    let cells = session.screen.cells
    #expect(session.screen.rows[4] == String(repeating: "日", count: 20))
    #expect(cells[4][40].text.isEmpty || cells[4][40].text == " ")
    #expect(session.screen.rows[5] == "z" + String(repeating: "\u{301}", count: 4) + "y")
  }

  @Test(
    "Any size works, from one cell to more than is wanted",
    arguments: [(1, 1), (2, 1), (1, 5), (3, 3), (20, 5), (200, 60), (500, 200)])
  func sizes(_ columns: Int, _ rows: Int) throws {
    let session = try probe(columns: columns, rows: rows)
    session.wait { $0.cells.first?.first?.text == "P" }
    session.settle()
    #expect(session.screen.cells[0][0].text == "P")
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A storm of resizes ends in the last size")
  func resizes() throws {
    let session = try probe()
    #expect(session.wait(for: "80x24"))
    let sizes = [(1, 1), (10_000, 10_000), (0, 0), (33, 7), (132, 50), (2, 90), (60, 12)]
    for step in 0..<70 {
      let (columns, rows) = sizes[step % sizes.count]
      if columns < 1000 { session.resize(columns: columns, rows: rows) }
      session.settle(quiet: 2)
    }
    session.resize(columns: 61, rows: 13)
    #expect(session.wait(for: "Probe 61x13"), "\(session.screen.text)")
    #expect(session.wait { $0.rows[12] == "status" })
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A locale without UTF-8 gets ASCII and nothing else")
  func ascii() throws {
    let session = try probe(["LC_ALL": "C"])
    #expect(session.wait(for: "status"))
    #expect(
      session.screen.rows[1] == "wide ?????? e e \"quoted\" . | ??", "\(session.screen.rows[1])")
    #expect(session.output.allSatisfy { $0 < 0x80 })
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A UTF-8 locale that is not installed is UTF-8 all the same")
  func missingLocale() throws {
    let session = try probe(["LC_ALL": "xx_YY.UTF-8"])
    #expect(session.wait(for: "日本語"))
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test(
    "Terminals that cannot be used are refused in words",
    arguments: [
      (nil, "TERM is not set"), ("", "TERM is not set"), ("no-such-terminal", "no description"),
      ("dumb", "cannot place its cursor"), ("bad\u{1B}[2J", "no description"),
    ] as [(String?, String)])
  func refusals(_ term: String?, _ words: String) throws {
    let session = try probe(["TERM": term])
    #expect(session.waitForExit() == .code(4))
    #expect(String(decoding: session.output, as: UTF8.self).contains(words))
    #expect(!session.output.contains(0x1B))
  }

  @Test("Colours follow the terminal, and NO_COLOR leaves the attributes")
  func colors() throws {
    let rich = try probe()
    #expect(rich.wait { $0.find("status") != nil && $0.cells[3][79].background != nil })
    #expect(String(decoding: rich.output, as: UTF8.self).contains("38;5;31m"), "#0087AF")
    #expect(rich.screen.cells[0][0].isBold)
    #expect(rich.screen.cells[0][6].isUnderlined)
    #expect(rich.screen.cells[3][0].background != nil)
    #expect(rich.screen.cells[3][79].background != nil, "the row is filled to its end")

    let direct = try probe(["COLORTERM": "truecolor"])
    #expect(direct.wait(for: "status"))
    let text = String(decoding: direct.output, as: UTF8.self)
    #expect(
      text.contains("38:2::18:128:192") || access("/usr/share/terminfo/x/xterm-direct", F_OK) != 0)

    for environment in [["NO_COLOR": "1"], ["TERM": "vt100"]] {
      let plain = try probe(environment)
      #expect(plain.wait(for: "status"))
      let cells = plain.screen.cells
      #expect(cells[0][0].foreground == nil && cells[0][0].isBold)
      #expect(cells[0][6].isUnderlined)
      #expect(cells[3][0].background == nil && cells[3][0].isReversed, "selection stays visible")
      #expect(cells[23][0].isReversed)
      plain.send("q")
      #expect(plain.waitForExit() == .code(0))
    }
  }

  @Test("Links become the terminal's own, and nothing else of the screen changes")
  func links() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    session.settle()
    let before = session.screen
    #expect(!String(decoding: session.output, as: UTF8.self).contains("\u{1B}]8;"))
    session.send("l")
    #expect(session.wait(for: "key l"))
    // Links are written behind the frame.
    let marked = "\u{1B}]8;id=courant7;https://a.invalid/%C3%BC;x\u{1B}\\80x24\u{1B}]8;;\u{1B}\\"
    #expect(session.wait(forBytes: marked))
    session.settle()
    var after = session.screen
    #expect(
      after.links
        == [ScreenShot.Link(row: 0, text: "80x24", address: "https://a.invalid/%C3%BC;x")])
    for column in after.cells[0].indices { after.cells[0][column].link = nil }
    #expect(after.cells[0] == before.cells[0] && after.cells[1...5] == before.cells[1...5])
    #expect((after.cursorRow, after.cursorColumn) == (before.cursorRow, before.cursorColumn))
    // Another key leaves the row of the link alone; a new screen draws it again, as a link.
    session.send("x")
    #expect(session.wait(for: "key x"))
    session.settle()
    let count = { String(decoding: session.output, as: UTF8.self).split(separator: marked).count }
    let once = count()
    session.send("\u{0C}")
    #expect(session.wait(for: "key ^L"))
    #expect(session.wait { _ in count() == once + 1 })
    session.send("l")
    #expect(session.wait(for: "key l"))
    session.settle()
    #expect(count() == once + 1, "off, no links are sent")
  }

  @Test("A terminal that knows no private modes is sent no links")
  func noLinks() throws {
    let session = try probe(["TERM": "vt100"])
    #expect(session.wait(for: "status"))
    session.send("l")
    #expect(session.wait(for: "key l"))
    session.settle()
    #expect(
      !session.output.contains(0x5D)
        || !String(decoding: session.output, as: UTF8.self).contains("]8;"))
  }

  @Test("Taking the screen again keeps the user's palette", arguments: terms + ["xterm-kitty"])
  func palette(_ term: String) throws {
    let session = try probe(["TERM": term])
    #expect(session.wait(for: "status"))
    session.send("h")
    #expect(session.wait(for: "key h"))
    session.send("q")
    #expect(session.waitForExit() == .code(0))
    let text = String(decoding: session.output, as: UTF8.self)
    for command in ["]104", "]R", "]P", "]4;", "]10;", "]11;#", "]110", "]111", "]112"] {
      #expect(!text.contains("\u{1B}" + command), "\(command)")
    }
  }

  @Test(
    "Words on standard error wait until the screen is given back",
    arguments: [[], ["/a folder that is not there/log"], ["/"]])
  func errors(log: [String]) throws {
    let session = try TerminalSession("console-probe", log)
    #expect(session.wait(for: "status"))
    session.send("e")
    #expect(session.wait(for: "key e"))
    #expect(session.screen.find("a word on stderr") == nil)
    session.send("q")
    #expect(session.waitForExit() == .code(0))
    #expect(session.screen.find("a word on stderr") != nil)
  }

  @Test("Messages from other threads, pastes, the mouse and children arrive")
  func arrivals() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    session.send("t")
    #expect(session.wait(for: "post 3"))
    session.send("\u{1B}[200~qqq\u{1B}[201~")
    #expect(session.wait(for: "pasted 3 qqq"))
    session.send("m\u{1B}[<64;30;2M")
    #expect(session.wait(for: "wheelUp 29 1"))
    session.send("\u{1B}")
    #expect(session.wait(for: "key Esc"))
    session.send("h")
    #expect(session.wait(for: "key h"))
    #expect(session.wait(forBytes: "handed over"))
    #expect(session.wait { $0.isAlternate && $0.find("key h") != nil })
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Sleeping costs nothing and a key to its frame little")
  func cost() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    // On a busy machine the first rest may still be the end of the drawing.
    let rests = (0..<4).lazy.map { _ in
      let before = session.sleeps
      session.settle(quiet: 700)
      return session.sleeps - before
    }
    #expect(rests.contains(0), "no wake-ups at idle")
    let start = session.processorTime
    for step in 0..<20 {
      session.send("x")
      session.wait { $0.text.split(separator: "key x").count > min(step, 15) }
    }
    // A debug build; the limit for the product is 1 ms.
    #expect((session.processorTime - start) / 20 < 10)
  }
}
