import Glibc
import TerminalKit
import TestSupport
import Testing

/// Imports beside the reader, in the real program on a real (pseudo-)terminal.
@Suite(.serialized) struct JobTests {
  let courant = Courant()

  /// A folder of pages that are no two alike.
  private func pages(_ count: Int, in name: String) {
    for number in 1...count {
      let title = "Tide \(number) of \(name)"
      _ = courant.file(
        "\(name)/\(1000 + number).html", harbourPage.replacing("The tide clock", with: title))
    }
  }

  /// The number behind some words on the screen; `nil` where they are not there.
  private func number(after words: String, in session: TerminalSession) -> Int? {
    guard let place = session.screen.text.firstRange(of: words) else { return nil }
    return Int(session.screen.text[place.upperBound...].prefix { $0.isNumber })
  }

  @Test("Stories come in while a folder is imported, the selection stays, and ^C ends the import")
  func cancel() throws {
    pages(4000, in: "pages")
    let session = try courant.sit([courant.home["pages"]])
    #expect(session.wait(for: "Importing "), "\(session.screen.text)")
    #expect(session.wait(for: "Tide 1 of pages"), "\(session.screen.text)")
    #expect(session.wait(for: "^C cancels"), "\(session.screen.text)")
    let early = number(after: "All ", in: session) ?? 0
    #expect(early > 0 && early < 4000)
    session.send("j")
    session.settle()
    let selected = session.screen.text.split(separator: "\n").first { $0.hasPrefix("▌") }
    let name = try #require(selected?.split(separator: "The ").first?.dropFirst(2))
    for _ in 0..<400 where number(after: "All ", in: session) ?? 0 <= early {
      session.settle(quiet: 20)
    }
    let later = number(after: "All ", in: session) ?? 0
    #expect(later > early && later < 4000)
    let selectedLater = session.screen.text.split(separator: "\n").first { $0.hasPrefix("▌") }
    #expect(selectedLater?.contains(name) == true, "\(session.screen.text)")
    session.send("\u{3}")
    #expect(session.wait(for: "Import cancelled: "), "\(session.screen.text)")
    #expect(!session.screen.text.contains("Importing"))
    let added = try #require(number(after: "Import cancelled: ", in: session))
    #expect(added >= later && added < 4000)
    #expect(session.wait(for: "All \(added)"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(courant.run(["doctor"]).status == 0)
    let log = String(
      decoding: readFile(courant.home["state/courant/log"]) ?? [], as: UTF8.self)
    #expect(
      log.hasSuffix("import of \(courant.home["pages"]), cancelled: \(added) stories added\n"),
      "\(log)")
  }

  @Test("Of two :add the second waits; :jobs lists both, and each can be cancelled there")
  func two() throws {
    pages(4000, in: "one")
    pages(3, in: "two")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send("q:add ~/one\r")
    #expect(session.wait(for: " of 4000"), "\(session.screen.text)")
    session.send(":add ~/two\r:jobs\r")
    #expect(session.wait(for: "2 Importing ~/two"), "\(session.screen.text)")
    #expect(session.wait(for: "waiting"))
    #expect(session.screen.text.contains("Jobs 1 of 2"), "\(session.screen.text)")
    session.send("D")
    #expect(session.wait(for: "3 stories added"), "\(session.screen.text)")
    #expect(session.screen.text.contains("– cancelled: "), "\(session.screen.text)")
    session.send("qQ")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Files that failed are named behind the list of jobs and in the log, not at the end")
  func failures() throws {
    pages(2, in: "my pages")
    _ = courant.file("my pages/hollow.html", "")
    _ = courant.file("my pages/void\u{202E}.html", "")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send("q:add ~/my\t\r")
    #expect(session.wait(for: "2 stories added, 2 failed"), "\(session.screen.text)")
    session.send("gJ\r")
    #expect(session.wait(for: "What failed"), "\(session.screen.text)")
    #expect(session.screen.text.contains("hollow.html"), "\(session.screen.text)")
    session.send("qqQ")
    #expect(session.waitForExit() == .code(0))
    #expect(!session.screen.text.contains("hollow.html"), "\(session.screen.text)")
    let log = String(
      decoding: readFile(courant.home["state/courant/log"]) ?? [], as: UTF8.self)
    let lines = log.split(separator: "\n")
    #expect(lines.count == 3, "\(log)")
    #expect(lines[0].hasSuffix("/my pages: 2 stories added, 2 failed"), "\(log)")
    #expect(lines[0].contains(" import of /"), "\(log)")
    #expect(lines[1].hasPrefix("  ") && lines[1].contains("hollow.html"), "\(log)")
    #expect(!log.contains("\u{202E}"))
  }

  @Test("Leaving in the middle of an import ends it cleanly and at once")
  func quit() throws {
    pages(1500, in: "pages")
    let session = try courant.sit([courant.home["pages"]])
    #expect(session.wait(for: " of 1500"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(!session.screen.isAlternate)
    let said = session.screen.text.replacing("\n", with: "")
    let count = Int(courant.run(["list"]).output.split(separator: "\n").count)
    #expect(count < 1500)
    #expect(said.contains("was stopped: \(count) stor"), "\(said)")
    #expect(courant.run(["doctor"]).status == 0)
    let rest = courant.run(["add", courant.home["pages"]])
    #expect(rest.status == 0 && rest.output.hasPrefix("\(1500 - count) stor"), "\(rest.output)")
  }

  @Test("What another program on the library wrote to the log is not shown at the end of this one")
  func logOfAnother() throws {
    let idle = try courant.sit()
    #expect(idle.wait(for: "Welcome to Courant"))
    let busy = try courant.sit()
    #expect(busy.wait(for: "All 1"), "\(busy.screen.text)")
    busy.send(":add ~/nothing-there\r")
    #expect(busy.wait(for: "nothing-there"), "\(busy.screen.text)")
    busy.settle()
    for session in [busy, idle] {
      session.send("Q")
      #expect(session.waitForExit() == .code(0))
      #expect(!session.screen.text.contains("import of"), "\(session.screen.text)")
    }
    let log = String(decoding: readFile(courant.home["state/courant/log"]) ?? [], as: UTF8.self)
    #expect(log.contains("import of"), "\(log)")
  }

  @Test("An idle program shows what another one adds, without a key")
  func idle() throws {
    pages(2, in: "pages")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send("q")
    session.settle()
    #expect(courant.run(["add", courant.home["pages"]]).status == 0)
    #expect(session.wait(for: "Tide 2 of pages"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("^C ends courant add between two pages, and what was added is counted")
  func interruptedAdd() throws {
    pages(1500, in: "pages")
    let session = try courant.sit(["add", courant.home["pages"]])
    #expect(session.wait(for: "Importing "), "\(session.screen.text)")
    session.send("\u{3}")
    #expect(session.waitForExit() == .signal(2))
    let count = courant.run(["list"]).output.split(separator: "\n").count
    #expect(count < 1500)
    #expect(session.screen.text.contains("\(count) stor"), "\(session.screen.text)")
    #expect(session.screen.text.contains("adding it again goes on"), "\(session.screen.text)")
    #expect(courant.run(["doctor"]).status == 0)
  }
}
