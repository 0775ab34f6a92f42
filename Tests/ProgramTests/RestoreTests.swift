import Glibc
import Storage
import TerminalKit
import TestSupport
import Testing

/// `courant backup` and `courant restore`, and what stands at the names that they are given.
@Suite(.serialized) struct RestoreTests {
  let courant = Courant()

  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0
  }

  @Test("A backup is written and restored, and what was there is kept")
  func backup() throws {
    _ = courant.addPages(2)
    let copy = courant.home["copy.sqlite"]
    #expect(courant.run(["backup", copy]).output == "2 stories written to \(copy)\n")
    _ = courant.addPages(3)
    let answer = courant.run(["restore", copy])
    #expect(answer.status == 0, "\(answer)")
    #expect(answer.output.hasPrefix("2 stories restored from \(copy)\n"), "\(answer.output)")
    #expect(courant.run(["list"]).output.split(separator: "\n").count == 2)
    let kept = String(answer.output.split(separator: " ").last?.dropLast() ?? "")
    #expect(
      courant.run(["list", "--library", kept]).output.split(separator: "\n").count == 3)
    for bad in ["/none", courant.home["pages/1.html"], courant.libraryPath] {
      let refused = courant.run(["restore", bad])
      #expect(refused.status == 1 && refused.errors.hasPrefix("courant: "), "\(refused)")
    }
    #expect(courant.run(["list"]).output.split(separator: "\n").count == 2)
  }

  @Test(
    "A restore at the name of a link replaces the file that the link leads to",
    arguments: [true, false])
  func restoreAtLink(isRelative: Bool) throws {
    _ = courant.addPages(2)
    let copy = courant.home["copy.sqlite"]
    _ = courant.run(["backup", copy])
    _ = courant.addPages(3)
    let real = courant.home["data/elsewhere/news.sqlite"]
    makeFolders(courant.home["data/elsewhere"])
    rename(courant.libraryPath, real)
    let target = isRelative ? "../elsewhere/news.sqlite" : real
    symlink(target, courant.libraryPath)
    for isThere in [true, false] {
      let answer = courant.run(["restore", copy])
      #expect(answer.status == 0 && answer.output.contains(" to "), "\(answer)")
      #expect(answer.output.contains("elsewhere/news.sqlite\n"), "\(answer)")
      #expect(answer.output.contains("kept as") == isThere, "\(answer)")
      var facts = stat()
      #expect(lstat(courant.libraryPath, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
      #expect(courant.run(["list"]).output.split(separator: "\n").count == 2)
      #expect(
        courant.run(["list", "--library", real]).output.split(separator: "\n").count == 2)
      unlink(real)
    }
  }

  /// Something that is no file, at the library's name.
  enum NoFile: CaseIterable { case folder, emptyFolder, pipe, device, socket }

  private func make(_ what: NoFile, _ path: String) -> Bool {
    switch what {
    case .folder: makeFolders(path + "/mine")
    case .emptyFolder: makeFolders(path)
    case .pipe: mkfifo(path, 0o600)
    case .device: return mknod(path, S_IFCHR | 0o600, 0x103) == 0
    case .socket: return mknod(path, S_IFSOCK | 0o600, 0) == 0
    }
    return true
  }

  private func facts(_ path: String) -> [UInt] {
    var facts = stat()
    return lstat(path, &facts) == 0 ? [UInt(facts.st_ino), UInt(facts.st_mode)] : []
  }

  @Test(
    "A folder, pipe, device or socket at the library's name is never replaced, and no advice says so",
    arguments: NoFile.allCases, [true, false])
  func restoreOverNoFile(_ what: NoFile, isLinked: Bool) throws {
    _ = courant.addPages(2)
    let copy = courant.home["copy.sqlite"]
    _ = courant.run(["backup", copy])
    unlink(courant.libraryPath)
    let real = isLinked ? courant.home["real"] : courant.libraryPath
    // Only root makes devices.
    guard make(what, real) else { return }
    if isLinked { symlink(real, courant.libraryPath) }
    let before = (facts(real), facts(courant.libraryPath))
    for arguments in [["list"], ["restore", copy], ["add", courant.home["pages"]], ["doctor"]] {
      let refused = courant.run(arguments)
      #expect(refused.status == 1, "\(arguments) \(refused)")
      let words = refused.output + refused.errors
      #expect(words.contains("not a library; it was left as it is"), "\(arguments) \(words)")
      #expect(!words.contains("courant restore"), "\(arguments) \(words)")
    }
    #expect(before.0 == facts(real) && before.1 == facts(courant.libraryPath))
    #expect(!names(in: courant.home["data/courant"]).contains { $0.contains(".before") })
    #expect(courant.run(["backup", real, "--library", copy]).status == 1)
    #expect(before.0 == facts(real))
  }

  @Test("A library that a reader has open is not replaced, and the sentence names the process")
  func inUse() throws {
    _ = courant.addPages(1)
    let copy = courant.home["copy.sqlite"]
    _ = courant.run(["backup", copy])
    let session = try courant.sit()
    #expect(session.wait(for: "All 1"), "\(session.screen.text)")
    let answer = courant.run(["restore", copy])
    #expect(answer.status == 1)
    #expect(answer.errors.contains("is open in another program (process "), "\(answer.errors)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(courant.run(["restore", copy]).status == 0)
  }

  @Test("A backup that cannot be restored is named, with advice on it and not on the library")
  func badBackups() throws {
    _ = courant.addPages(30)
    let copy = courant.home["copy.sqlite"]
    _ = courant.run(["backup", copy])
    var bytes = try #require(readFile(copy))
    for index in (bytes.count / 2)..<(bytes.count / 2 + 9000) { bytes[index] = 0xA5 }
    #expect(writeFile(copy, bytes))
    let damaged = courant.run(["restore", copy])
    #expect(damaged.status == 1 && damaged.errors.contains("this backup is damaged"), "\(damaged)")
    #expect(damaged.errors.contains("`courant doctor --repair --library \(copy)`"), "\(damaged)")
    #expect(!damaged.errors.contains("courant restore"), "\(damaged)")
    // The advice works.
    let repaired = courant.run(["doctor", "--repair", "--library", copy])
    #expect(repaired.output.contains("repaired"), "\(repaired)")
    #expect(courant.run(["restore", copy]).status == 0)
    #expect(writeFile(copy, []))
    let empty = courant.run(["restore", copy])
    #expect(empty.errors.contains("nothing to restore") && !empty.errors.contains("courant add"))
    #expect(courant.run(["list"]).output.split(separator: "\n").count == 30)
  }

  @Test("A backup to a link is written where the link leads")
  func backupAtLink() throws {
    _ = courant.addPages(2)
    let (link, real) = (courant.home["link"], courant.home["real.sqlite"])
    symlink("real.sqlite", link)
    for count in 2...3 {
      _ = courant.addPages(count)
      #expect(courant.run(["backup", link]).status == 0)
      var facts = stat()
      #expect(lstat(link, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
      let listed = courant.run(["list", "--library", real]).output
      #expect(listed.split(separator: "\n").count == count)
    }
  }

  @Test("A library with a second name is read, but changed by neither name")
  func hardLink() throws {
    _ = courant.addPages(2)
    let other = courant.home["data/other.sqlite"]
    let session = try courant.sit()
    #expect(session.wait(for: "All 2"), "\(session.screen.text)")
    session.send("s")
    session.settle()
    link(courant.libraryPath, other)
    let pages = courant.home["pages"]
    let refused = courant.run(["add", pages, "--library", other])
    #expect(refused.status == 1 && refused.errors.contains("open in another program"), "\(refused)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    for path in [courant.libraryPath, other] {
      let refused = courant.run(["add", pages, "--library", path])
      #expect(refused.status == 1 && refused.errors.contains("second name"), "\(refused)")
      #expect(courant.run(["list", "--library", path]).output.split(separator: "\n").count == 2)
      #expect(courant.run(["doctor", "--library", path]).output.contains("second name"))
    }
    // The advice.
    let copy = courant.home["copy.sqlite"]
    #expect(courant.run(["backup", copy]).status == 0)
    #expect(courant.run(["restore", copy]).status == 0)
    #expect(courant.addPages(3).hasPrefix("1 story added"))
    #expect(courant.run(["list", "--starred"]).output.split(separator: "\n").count == 1)
  }
}
