import Glibc
import TerminalKit
import TestSupport
import Testing

/// The real program on a real (pseudo-)terminal.
@Suite(.serialized) struct ReadingTests {
  let courant = Courant()

  @Test("The first start opens the welcome story, and the second the list")
  func welcome() throws {
    let first = try courant.sit()
    #expect(first.wait(for: "Welcome to Courant"), "\(first.screen.text)")
    #expect(first.wait(for: "Press j to move down"))
    first.send("Q")
    #expect(first.waitForExit() == .code(0))
    #expect(!first.screen.isAlternate)
    let second = try courant.sit()
    #expect(second.wait(for: "All 1"), "\(second.screen.text)")
    second.send("q")
    #expect(second.waitForExit() == .code(0))
  }

  @Test("A page is opened, searched, left and found again at its place")
  func page() throws {
    let path = courant.file("page.html", harbourPage)
    let session = try courant.sit([path])
    #expect(session.wait(for: "The tide clock of the old harbour"))
    #expect(session.wait(for: "Figure 1 of 1"))
    session.send("/lantern\r")
    #expect(session.wait(for: "word is lantern"), "\(session.screen.text)")
    #expect(session.wait(for: "1/1"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    let again = try courant.sit([path])
    #expect(again.wait(for: "lantern"), "\(again.screen.text)")
    again.send("Q")
    #expect(again.waitForExit() == .code(0))
  }

  @Test("Keys come from the terminal while the page comes from a pipe")
  func pipe() throws {
    let path = courant.file("page.html", harbourPage)
    let program = productsFolder() + "/courant"
    let environment: [String: String?] = [
      "HOME": courant.home.path, "XDG_DATA_HOME": courant.home["data"],
    ]
    let session = try TerminalSession(
      "/bin/sh", ["-c", "cat '\(path)' | '\(program)' -"], environment: environment)
    #expect(session.wait(for: "The tide clock"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test(
    "Every kind of terminal, locale and colour shows the story",
    arguments: [
      ["TERM": "vt100"], ["TERM": "linux"], ["TERM": "xterm-256color", "NO_COLOR": "1"],
      ["TERM": "xterm-256color", "COLORTERM": "truecolor"], ["LC_ALL": "C"], ["TERM": "screen"],
    ] as [[String: String]])
  func terminals(environment: [String: String]) throws {
    let path = courant.file("page.html", harbourPage)
    let session = try courant.sit([path], environment: environment.mapValues { $0 })
    #expect(session.wait(for: "one hand and no numbers"), "\(session.screen.text)")
    if environment["LC_ALL"] == "C" {
      #expect(session.screen.text.unicodeScalars.allSatisfy { $0.isASCII })
    }
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A terminal that cannot draw gets plain text")
  func dumb() throws {
    let path = courant.file("page.html", harbourPage)
    let session = try courant.sit([path], environment: ["TERM": "dumb"])
    #expect(session.waitForExit() == .code(0))
    #expect(String(decoding: session.output, as: UTF8.self).contains("one hand and no numbers"))
  }

  @Test("Sizes from one cell to many are lived through", arguments: [(20, 5), (1, 1), (300, 90)])
  func sizes(columns: Int, rows: Int) throws {
    let path = courant.file("page.html", harbourPage)
    let session = try courant.sit([path], columns: columns, rows: rows)
    session.settle()
    session.send("jG/tide\r")
    session.settle()
    session.resize(columns: 80, rows: 24)
    #expect(session.wait(for: "tide"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A signal to end gives the terminal back and keeps the place")
  func terminated() throws {
    let path = courant.file("page.html", harbourPage)
    let session = try courant.sit([path])
    #expect(session.wait(for: "one hand and no numbers"))
    session.send("G")
    #expect(session.wait(for: "lantern"))
    session.signal(SIGTERM)
    #expect(session.waitForExit() == .signal(SIGTERM))
    #expect(!session.screen.isAlternate)
    let again = try courant.sit([path])
    #expect(again.wait(for: "lantern"), "\(again.screen.text)")
    again.send("Q")
    #expect(again.waitForExit() == .code(0))
  }

  @Test("What one Courant adds, another shows at its next key")
  func two() throws {
    _ = courant.run(["add", courant.file("one.html", harbourPage)])
    let session = try courant.sit()
    #expect(session.wait(for: "All 1"), "\(session.screen.text)")
    let other = harbourPage.replacing("tide clock", with: "paper kite")
    #expect(courant.run(["add", courant.file("two.html", other)]).status == 0)
    session.send("j")
    #expect(session.wait(for: "paper kite"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("After :add a path may begin at one's own folder, and a host that is not there is named")
  func adding() throws {
    _ = courant.file("pages/page.html", harbourPage)
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send(":add ~/pages\r")
    #expect(session.wait(for: "1 story added"), "\(session.screen.text)")
    session.send(":add http://127.0.0.1:1/tide\r")
    #expect(
      session.wait(for: "http://127.0.0.1:1/tide: no connection to 127.0.0.1"),
      "\(session.screen.text)")
    session.send(":add\r")
    #expect(session.wait(for: "Which file or folder?"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("An idle program is not woken")
  func idle() throws {
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.settle()
    let before = session.sleeps
    usleep(1_000_000)
    #expect(session.sleeps - before <= 1)
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
