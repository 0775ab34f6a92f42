import App
import Files
import Glibc
import TerminalKit
import TestSupport
import Testing

@testable import courant

/// The file that keeps typed lines.
@Suite(.serialized) struct HistoryFileTests {
  private let courant = Courant()

  @Test("Typed lines come back in order, each once, and what is no line is passed over")
  func history() {
    let folder = Path(courant.home["state/courant"])
    let file = HistoryFile(folder: folder)
    #expect(file.load()[.command].isEmpty)
    for text in ["set column 40", "theme dusk", "set column 40", "two\nlines"] {
      file.keep(History.Line(.command, text))
    }
    file.keep(History.Line(.search, "tide"))
    let loaded = file.load()
    #expect(loaded[.command] == ["theme dusk", "set column 40", "twolines"])
    #expect(loaded[.search] == ["tide"] && loaded[.filter].isEmpty)
    _ = courant.file("state/courant/history", [0xFF, 0x0A, 0x3A, 0x61, 0x0A, 0x78, 0x0A, 0x3A])
    #expect(file.load()[.command] == ["a"])
  }

  @Test("A history that has grown is cut to what is remembered")
  func grown() {
    let lines = (0..<40_000).map { ":set column \($0)\n" }.joined()
    let path = courant.file("state/courant/history", lines)
    let file = HistoryFile(folder: Path(courant.home["state/courant"]))
    #expect(file.load()[.command].count == History.maxLines)
    let left = TestSupport.readFile(path)?.count ?? 0
    #expect(left > 0 && left < 10_000)
    #expect(file.load()[.command].last == "set column 39999")
  }

  @Test("Where nothing can be kept, typing goes on")
  func unkept() throws {
    _ = courant.file("state", "a file where the folder should be")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send(":set column 44\r")
    #expect(session.wait(for: "column is 44"))
    session.send(":\u{1B}[A")
    #expect(session.wait(for: ":set column 44"))
    session.send("\u{1B}")
    session.settle()
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
