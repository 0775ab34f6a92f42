import TerminalKit
import TestSupport
import Testing

/// The hyperlinks (OSC 8) of a story on the terminal.
@Suite(.serialized) struct LinkTests {
  private let courant = Courant()

  /// A story with a link in most lines, each named for its address, on a terminal that shows them.
  private func sit(columns: Int, environment: [String: String?] = [:]) throws -> TerminalSession {
    var page = "<html lang=\"en\"><title>The keeper's list</title><body><article>"
    page += "<h1>The keeper's list</h1>"
    for paragraph in 0..<30 {
      let words = (0..<40).map { word in
        let number = paragraph * 40 + word
        guard number % 9 == 0 else { return "word\(number % 7)" }
        return "<a href=\"https://news.invalid/mark\(number)\">mark\(number)</a>"
      }
      page += "<p>\(words.joined(separator: " ")).</p>\n"
    }
    let path = courant.file("list.html", page + "</article></body></html>")
    courant.settings("hyperlinks: always\n")
    #expect(courant.run(["add", path]).status == 0)
    let session = try courant.sit(columns: columns, environment: environment)
    session.timeout = 8
    #expect(session.wait(for: "The keeper"))
    session.send("\r")
    #expect(session.wait(for: "mark9"), "\(session.screen.text)")
    return session
  }

  /// Each link's words in the rows, with the address that they name.
  private func named(_ screen: ScreenShot) -> [ScreenShot.Link] {
    screen.rows.enumerated().flatMap { row, text in
      text.split { !$0.isLetter && !$0.isNumber }.filter { $0.hasPrefix("mark") }
        .map { ScreenShot.Link(row: row, text: "\($0)", address: "https://news.invalid/\($0)") }
    }
  }

  private func check(_ session: TerminalSession, _ what: String) {
    #expect(
      session.wait { !$0.links.isEmpty && $0.links == named($0) }, "\(what): \(session.screen.text)"
    )
  }

  @Test("Links are right after scrolling, pages, popups and other sizes", arguments: [60, 80, 160])
  func moves(columns: Int) throws {
    let session = try sit(columns: columns)
    check(session, "opened")
    for (keys, what) in [
      ("j", "a line down"), ("jjj", "lines down"), ("k", "a line up"), (" ", "a page"),
      ("G", "end"),
      ("b", "a page up"), ("gg", "top"), ("20j", "a count"), ("<", "narrower"), (">", "wider"),
      ("\u{0C}", "drawn anew"), ("zz", "zen"), ("w", "split"), ("w", "split again"),
    ] {
      session.send(keys)
      session.settle()
      check(session, what)
    }
    // What is left of a link beside a list that stands over it leads where it did.
    for (open, title) in [
      ("L", "https://"), (":help\r", "Keys in the"), ("O", "The keeper"), ("T", "night-desk"),
    ] {
      session.send(open)
      #expect(session.wait { $0.text.contains(title) }, "\(open): \(session.screen.text)")
      session.settle()
      #expect(session.screen.links.allSatisfy { $0.address.contains($0.text) }, "\(open)")
      session.send("\u{1B}")
      session.settle()
      check(session, "\(open) closed")
    }
    for (columns, rows) in [(columns + 7, 24), (columns, 30), (40, 9), (columns, 24)] {
      session.resize(columns: columns, rows: rows)
      session.settle()
      check(session, "\(columns)×\(rows)")
    }
  }

  @Test("A line scrolled sends the links that are new, and no other")
  func bytes() throws {
    let session = try sit(columns: 80)
    for _ in 0..<10 { session.send("j") }
    check(session, "ten down")
    for key in ["j", "k"] {
      var sent = 0
      for _ in 0..<12 {
        let (before, links) = (session.output.count, session.screen.links)
        let rows = session.screen.rows
        session.send(key)
        #expect(session.wait { $0.rows != rows })
        check(session, key)
        let new = session.screen.links.filter { link in
          !links.contains { $0.address == link.address }
        }
        let output = String(decoding: session.output[before...], as: UTF8.self)
        #expect(output.components(of: "\u{1B}]8;id=") == new.count)
        sent += new.count
        #expect(output.utf8.count < 300 + 100 * new.count)
      }
      #expect(sent > 2)
    }
  }

  @Test("Beside an open story nothing that happens elsewhere sends its links again")
  func split() throws {
    let session = try sit(columns: 160)
    check(session, "opened")
    // A few more stories, so that there is something to move to.
    for number in 1...3 {
      let page = harbourPage.replacing("tide", with: "tide \(number)")
      #expect(courant.run(["add", courant.file("more/\(number).html", page)]).status == 0)
    }
    session.send("q")
    #expect(session.wait(for: "All 4"), "\(session.screen.text)")
    check(session, "in the list")
    for keys in ["j", "s", "j", "v", "k", "3", "\u{1B}", "\u{7}", "x", "m"] {
      let before = session.output.count
      session.send(keys)
      // Longer than hands must rest before links are sent.
      session.settle(quiet: 400)
      check(session, keys)
      let output = String(decoding: session.output[before...], as: UTF8.self)
      #expect(output.components(of: "\u{1B}]8;id=") == 0, "\(keys)")
    }
  }

  @Test("A story printed on a terminal has its links where they are wanted, and nowhere else")
  func printed() throws {
    let page = courant.file(
      "page.html",
      harbourPage.replacing("nobody is", with: "<a href=\"https://a.invalid/\">nobody</a> is"))
    #expect(courant.run(["add", page]).status == 0)
    for (setting, environment, isLinked) in [
      ("always", [:], true), ("auto", ["TERM_PROGRAM": "ghostty"], true), ("auto", [:], false),
      ("never", ["TERM_PROGRAM": "ghostty"], false),
    ] as [(String, [String: String], Bool)] {
      courant.settings("hyperlinks: \(setting)\n")
      let session = try courant.sit(["show", "1"], rows: 200, environment: environment)
      #expect(session.wait(for: "nobody"))
      let links = session.screen.links.map { "\($0.text) \($0.address)" }
      #expect(links == (isLinked ? ["nobody https://a.invalid/"] : []), "\(setting)")
      #expect(!courant.run(["show", "1"]).output.contains("\u{1B}"))
    }
  }

  @Test("After an editor the links stand again")
  func comingBack() throws {
    let session = try sit(columns: 80, environment: ["EDITOR": "true", "VISUAL": ""])
    check(session, "opened")
    session.send("R")
    #expect(session.wait(for: "Nothing was written"), "\(session.screen.text)")
    check(session, "after the editor")
    session.send("jjj")
    session.settle()
    check(session, "lines down")
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
