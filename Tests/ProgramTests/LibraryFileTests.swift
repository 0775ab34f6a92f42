import Glibc
import Storage
import TerminalKit
import TestSupport
import Testing

/// The program and its library's file: who may read it, backups, damage, other programs.
@Suite(.serialized) struct LibraryFileTests {
  let courant = Courant()

  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0
  }

  @Test("Folders and files are the user's alone, whatever the umask, and old ones become so")
  func permissions() throws {
    let old = umask(0)
    defer { umask(old) }
    #expect(courant.addPages(2) == "2 stories added\n")
    let data = courant.home["data/courant"]
    #expect(mode(data) == 0o700 && mode(courant.libraryPath) == 0o600)
    chmod(data, 0o755)
    chmod(courant.libraryPath, 0o644)
    let session = try courant.sit()
    #expect(session.wait(for: "All 2"), "\(session.screen.text)")
    session.send("s:help\r")
    session.settle()
    for ending in ["", "-wal", "-shm"] { #expect(mode(courant.libraryPath + ending) == 0o600) }
    session.send("QQ")
    #expect(session.waitForExit() == .code(0))
    #expect(mode(data) == 0o700 && mode(courant.home["state/courant"]) == 0o700)
    #expect(mode(courant.home["state/courant/history"]) == 0o600)
    // A folder that was there already may be shared on purpose.
    makeFolders(courant.home["shared"])
    chmod(courant.home["shared"], 0o755)
    let other = courant.home["shared/news.sqlite"]
    #expect(courant.run(["add", courant.home["pages"], "--library", other]).status == 0)
    #expect(mode(courant.home["shared"]) == 0o755 && mode(other) == 0o600)
    #expect(courant.run(["backup", courant.home["copy.sqlite"]]).status == 0)
    #expect(mode(courant.home["copy.sqlite"]) == 0o600)
  }

  @Test("An empty library is told, not taken for one without stories")
  func empty() {
    let path = courant.file("data/courant/library.sqlite", "")
    let answer = courant.run(["list"])
    #expect(answer.status == 1 && answer.errors.contains("is empty (0 bytes)"), "\(answer)")
    #expect(courant.run(["add", courant.file("page.html", harbourPage)]).status == 0)
    #expect(courant.run(["list"]).output.contains("tide clock"), "\(path)")
  }

  @Test("The doctor's advice on a damaged library works")
  func damage() throws {
    _ = courant.addPages(40)
    var bytes = try #require(readFile(courant.libraryPath))
    let whole = bytes
    for index in (bytes.count / 2)..<(bytes.count / 2 + 9000) { bytes[index] = 0xA5 }
    for broken in [bytes, Array(whole.prefix(whole.count * 3 / 4))] {
      #expect(writeFile(courant.libraryPath, broken))
      let sick = courant.run(["doctor"])
      #expect(sick.status == 1 && sick.output.contains("courant doctor --repair"), "\(sick.output)")
      let repaired = courant.run(["doctor", "--repair"])
      #expect(repaired.output.contains("repaired"), "\(repaired.output)")
      let answer = courant.run(["doctor"])
      #expect(answer.status == 0, "\(repaired.output)\n\(answer.output)")
      #expect(courant.run(["list"]).output.split(separator: "\n").count > 15)
      #expect(courant.run(["search", "clock"]).output.contains("tide clock"))
    }
  }

  @Test("A log of an earlier state is put aside by the repair, and no story is lost")
  func staleLog() throws {
    _ = courant.addPages(30)
    let log = try {
      let library = try Library(path: courant.libraryPath)
      _ = try library.changes.make([(.starred, true)], of: [3])
      return try #require(readFile(courant.libraryPath + "-wal"))
    }()
    #expect(courant.addPages(60).contains("30 stories added"))
    let whole = courant.run(["list"]).output
    #expect(writeFile(courant.libraryPath + "-wal", log))
    // Neither looking nor checking may write the log into the file.
    #expect(courant.run(["doctor"]).status == 1)
    _ = courant.run(["list"])
    #expect(courant.run(["doctor"]).status == 1)
    let repaired = courant.run(["doctor", "--repair"])
    #expect(repaired.status == 0 && repaired.output.contains("put aside"), "\(repaired)")
    #expect(courant.run(["list"]).output == whole)
    #expect(courant.run(["doctor"]).status == 0)
  }

  @Test("Where no story can be saved, the doctor names the newest copy, and the advice works")
  func lostSchema() throws {
    _ = courant.addPages(3)
    var bytes = try #require(readFile(courant.libraryPath))
    for index in 100..<4096 { bytes[index] = 0 }
    let copy = courant.libraryPath + ".mine"
    #expect(courant.run(["backup", copy]).status == 0)
    #expect(writeFile(courant.libraryPath, bytes))
    #expect(courant.run(["list"]).errors.contains("courant doctor --repair"))
    let answer = courant.run(["doctor", "--repair"])
    #expect(answer.status == 1 && answer.output.contains("`courant restore \(copy)`"), "\(answer)")
    #expect(courant.run(["restore", copy]).status == 0)
    #expect(courant.run(["list"]).output.split(separator: "\n").count == 3)
    // The library that was damaged is kept beside it, and is no copy to be restored.
    unlink(copy)
    #expect(writeFile(courant.libraryPath, bytes))
    let alone = courant.run(["doctor", "--repair"])
    #expect(alone.output.contains("move the file away"), "\(alone)")
    unlink(courant.libraryPath)
    #expect(courant.addPages(3) == "3 stories added\n")
  }

  @Test("Stories of which a part is deleted are read again, and the end is good")
  func reparseDeleted() throws {
    _ = courant.addPages(3)
    let session = try courant.sit()
    #expect(session.wait(for: "All 3"), "\(session.screen.text)")
    session.send("D")
    #expect(session.wait(for: "All 2"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    let answer = courant.run(["reparse", "--all"])
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer)")
    #expect(answer.output == "3 read again, 0 changed\n")
  }

  @Test("A library that is removed while it is read comes back, and what is starred then is kept")
  func removed() throws {
    _ = courant.addPages(3)
    let session = try courant.sit()
    #expect(session.wait(for: "All 3"), "\(session.screen.text)")
    for ending in ["", "-wal", "-shm"] { unlink(courant.libraryPath + ending) }
    session.send("j")
    #expect(session.wait(for: "removed while it was open"), "\(session.screen.text)")
    session.send("s")
    session.settle()
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(courant.run(["list", "--starred"]).output.contains("tide clock"))
  }

  @Test(
    "A library that is moved behind a link while it is read gets no second log",
    arguments: [true, false])
  func movedBehindLink(isOtherFirst: Bool) throws {
    _ = courant.addPages(3)
    let session = try courant.sit()
    #expect(session.wait(for: "All 3"), "\(session.screen.text)")
    session.send("s")
    session.settle()
    let real = courant.home["real.sqlite"]
    rename(courant.libraryPath, real)
    symlink(real, courant.libraryPath)
    if isOtherFirst { #expect(courant.addPages(4).contains("1 story added")) }
    session.send("j")
    // Lines of the message break where the path is long.
    let isTold = session.wait { screen in
      screen.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        .contains("was replaced while it was open; what was open is saved as")
    }
    #expect(isTold, "\(session.screen.text)")
    session.send("s")
    session.settle()
    if !isOtherFirst { #expect(courant.addPages(4).contains("1 story added")) }
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(courant.run(["doctor"]).status == 0)
    #expect(courant.run(["list"]).output.split(separator: "\n").count == 4)
    let beside = names(in: courant.home["data/courant"])
    let saved = try #require(beside.first { $0.contains(".saved-") && !$0.hasSuffix("-wal") })
    let path = courant.home["data/courant/" + saved]
    #expect(courant.run(["doctor", "--library", path]).status == 0)
    let starred = courant.run(["list", "--starred", "--library", path]).output
    #expect(starred.split(separator: "\n").count >= 1, "\(starred)")
  }
}
