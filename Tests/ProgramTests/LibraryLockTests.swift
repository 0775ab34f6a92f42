import TerminalKit
import TestSupport
import Testing

/// The program while another one holds the library's write lock.
@Suite(.serialized) struct LibraryLockTests {
  let courant = Courant()

  /// Another program that has the lock for so long, or until it is interrupted or let go of.
  private func holdLock(milliseconds: Int) throws -> TerminalSession {
    let holder = try TerminalSession(
      productsFolder() + "/storage-probe", ["hold", courant.libraryPath, "\(milliseconds)"],
      environment: [:])
    #expect(holder.wait(for: "held"))
    return holder
  }

  @Test("While another program writes, stories open at once, and what is done then is kept later")
  func foreignLock() throws {
    _ = courant.addPages(3)
    let session = try courant.sit()
    #expect(session.wait(for: "All 3"), "\(session.screen.text)")
    let holder = try holdLock(milliseconds: 60000)
    session.send("s")
    #expect(session.wait(for: "your changes are kept when it is done"), "\(session.screen.text)")
    #expect(session.screen.text.contains("★ pages"), "\(session.screen.text)")
    session.send("\r")
    #expect(session.wait(for: "one hand and no numbers"), "\(session.screen.text)")
    session.send("q")
    #expect(session.wait(for: "All 3"), "\(session.screen.text)")
    #expect(courant.run(["list", "--starred"]).output.isEmpty)
    holder.send("\u{3}")
    _ = holder.waitForExit()
    #expect(session.wait(for: "all changes are kept now"), "\(session.screen.text)")
    #expect(courant.run(["list", "--starred"]).output.contains("tide clock"))
    #expect(courant.run(["list", "read"]).output.contains("tide clock"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("At the end another program's lock is waited for, in words")
  func lockAtTheEnd() throws {
    _ = courant.addPages(2)
    let session = try courant.sit()
    #expect(session.wait(for: "All 2"), "\(session.screen.text)")
    let holder = try holdLock(milliseconds: 2000)
    session.send("sQ")
    #expect(session.waitForExit() == .code(0))
    _ = holder.waitForExit()
    #expect(String(decoding: session.output, as: UTF8.self).contains("waiting up to 5 seconds"))
    #expect(courant.run(["list", "--starred"]).output.contains("tide clock"))
  }

  @Test("What a lock that does not end keeps from being kept is told at the end")
  func lockBeyondTheEnd() throws {
    _ = courant.addPages(2)
    let session = try courant.sit()
    #expect(session.wait(for: "All 2"), "\(session.screen.text)")
    let holder = try holdLock(milliseconds: 60000)
    session.send("sjsQ")
    #expect(session.waitForExit() == .code(0))
    holder.send("\u{3}")
    _ = holder.waitForExit()
    let words = String(decoding: session.output, as: UTF8.self)
    #expect(words.contains("2 changes were not kept"), "\(words.suffix(300))")
    #expect(courant.run(["list", "--starred"]).output.isEmpty)
  }
}
