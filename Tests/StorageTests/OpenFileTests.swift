import CSQLite
import Files
import Glibc
import Storage
import Stories
import TestSupport
import Testing

/// The library's file is removed, renamed or replaced while it is open.
@Suite struct OpenFileTests {
  let folder = TemporaryFolder()
  var file: String { folder["data/library.sqlite"] }

  private func makeLibrary(_ count: Int = 5) throws -> Library {
    let library = try Library(path: file)
    try library.addPlain(0..<count)
    return library
  }

  private func stars() throws -> Int { try Library(path: file).lists.counts().starred }

  private func unlinkAll(_ endings: [String]) { for ending in endings { unlink(file + ending) } }

  @Test(
    "a removed library is written back with the next change, with a notice",
    arguments: [["", "-wal", "-shm"], [""], ["", "-shm"], ["", "-wal"]])
  func removed(_ endings: [String]) throws {
    var library: Library? = try makeLibrary()
    unlinkAll(endings)
    #expect(try library?.stories.story(1) == plainStory(0))
    try library?.star(1, true)
    #expect(library?.takeNotice()?.contains("removed") == true)
    try library?.star(2, true)
    #expect(library?.takeNotice() == nil)
    library = nil
    #expect(try stars() == 2)
    #expect(try Library(path: file).care.check() == [])
    var facts = stat()
    #expect(stat(file, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
  }

  @Test("a removed library is written back without a change too, with its folder")
  func folderRemoved() throws {
    var library: Library? = try makeLibrary()
    unlinkAll(["", "-wal", "-shm"])
    rmdir(folder["data"])
    _ = try library?.changeMark()
    #expect(library?.takeNotice() != nil)
    library = nil
    #expect(try Library(path: file).lists.counts().all == 5)
  }

  @Test("a renamed library stays under its new name, and is written back under its old one")
  func renamed() throws {
    var library: Library? = try makeLibrary()
    rename(file, folder["data/other.sqlite"])
    try library?.star(1, true)
    library = nil
    #expect(try stars() == 1)
    #expect(try Library(path: folder["data/other.sqlite"]).lists.counts().all >= 0)
  }

  @Test("removing a log loses nothing", arguments: [["-wal"], ["-shm"], ["-wal", "-shm"]])
  func log(_ endings: [String]) throws {
    var library: Library? = try makeLibrary()
    try library?.star(3, true)
    unlinkAll(endings)
    try library?.star(1, true)
    #expect(library?.takeNotice()?.contains("nothing is lost") == true)
    #expect(try stars() == 2)
    try library?.star(2, true)
    library = nil
    #expect(try stars() == 3)
    #expect(try Library(path: file).care.check() == [])
  }

  @Test(
    "after a log was removed, other programs and this one see the same log",
    arguments: [["-wal"], ["-shm"], ["-wal", "-shm"]])
  func logOfTwo(_ endings: [String]) throws {
    var library: Library? = try makeLibrary(20)
    try library?.star(3, true)
    unlinkAll(endings)
    try library?.star(1, true)
    // In turns, each with a log that is written on: with an index of its own, either would overwrite
    // the frames of the other.
    for number in 2..<9 {
      try starElsewhere(StoryID(2 * number))
      try library?.star(StoryID(2 * number + 1), true)
    }
    #expect(try library?.lists.counts().starred == 16)
    #expect(try library?.care.check() == [])
    library = nil
    #expect(try stars() == 16)
    #expect(try Library(path: file).care.check() == [])
  }

  @Test(
    "a file that replaced the library is left alone, and the open one is saved",
    arguments: [true, false])
  func replaced(byLibrary: Bool) throws {
    var library: Library? = try makeLibrary()
    if byLibrary {
      try Library(path: folder["new.sqlite"]).addPlain(0..<2)
    } else {
      folder.write("a letter\n", to: "new.sqlite")
    }
    let bytes = try readFile(Path(folder["new.sqlite"]))
    unlinkAll(["-wal", "-shm"])
    rename(folder["new.sqlite"], file)
    let error = #expect(throws: StorageError.self) { try library?.star(1, true) }
    guard case .replaced(file, let saved) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try library?.star(1, true)
    library = nil
    #expect(try Library(path: saved).lists.counts() == Counts(all: 5, unread: 5, starred: 1))
    #expect(try readFile(Path(file)) == bytes)
  }

  @Test("a change is refused where the library cannot be written back")
  func unwritable() throws {
    let library = try makeLibrary()
    unlinkAll(["", "-wal", "-shm"])
    rmdir(folder["data"])
    folder.write("a file in the folder's place", to: "data")
    let error = #expect(throws: StorageError.self) { try library.star(1, true) }
    guard case .gone = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try library.stories.story(1) == plainStory(0))
    unlink(folder["data"])
    try library.star(1, true)
    #expect(try stars() == 1)
  }

  /// The library moved to another folder, with a link of its old name.
  private func moveBehindLink(_ target: String) {
    rename(file, folder[target])
    symlink(folder[target], file)
  }

  /// Another program that has the library open and is killed.
  private func starElsewhere(_ id: StoryID) throws {
    let probe = try Probe("star", file, "\(id)")
    probe.waitForWords()
    probe.kill()
    _ = try probe.finish()
  }

  @Test(
    "a library that is moved behind a link gets no second log, and the open one is saved",
    arguments: [true, false])
  func movedBehindLink(isUsed: Bool) throws {
    var library: Library? = try makeLibrary()
    try library?.star(3, true)
    moveBehindLink("real.sqlite")
    if isUsed { try starElsewhere(2) }
    let error = #expect(throws: StorageError.self) { try library?.star(1, true) }
    guard case .replaced(file, let saved) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try library?.star(1, true)
    try starElsewhere(4)
    library = nil
    #expect(try Library(path: saved).lists.counts() == Counts(all: 5, unread: 5, starred: 2))
    for name in [file, folder["real.sqlite"], saved] {
      #expect(try Library(path: name).care.check() == [])
    }
  }

  @Test("a link that is changed to another library is detected, and a linked folder works")
  func otherLinks() throws {
    try makeLibrary(3).care.backUp(to: Path(folder["other.sqlite"]))
    moveBehindLink("real.sqlite")
    var library: Library? = try Library(path: file)
    unlink(file)
    symlink(folder["other.sqlite"], file)
    #expect(throws: StorageError.self) { try library?.star(1, true) }
    try library?.star(1, true)
    #expect(try Library(path: folder["other.sqlite"]).lists.counts().starred == 0)
    // A library that was removed behind a link is written back there.
    library = try Library(path: folder["real.sqlite"])
    unlink(file)
    symlink(folder["real.sqlite"], file)
    library = try Library(path: file)
    for ending in ["", "-wal", "-shm"] { unlink(folder["real.sqlite"] + ending) }
    try library?.star(2, true)
    #expect(library?.takeNotice()?.contains("removed") == true)
    library = nil
    #expect(try Library(path: folder["real.sqlite"]).lists.counts().starred == 1)
    unlink(file)
    library = try makeLibrary()
    rename(folder["data"], folder["moved"])
    symlink(folder["moved"], folder["data"])
    try library?.star(1, true)
    #expect(library?.takeNotice() == nil)
    library = nil
    #expect(try stars() == 1)
  }

  @Test("opening a library twice in one process keeps the first one's locks")
  func locks() throws {
    let library = try makeLibrary()
    _ = try Library(path: file)
    // The last of all programs to close a library removes its log, which must not be this one.
    let (_, status) = try Probe("hold", file, "1").finish()
    #expect(status == 0)
    #expect((try? fileKind(Path(file + "-wal"))) != nil)
    try library.star(1, true)
    #expect(library.takeNotice() == nil)
    #expect(try stars() == 1)
  }
}
