import CSQLite
import Files
import Glibc
import Storage
import Stories
import TestSupport
import Testing

/// Logs, journals and names beside a library that do not belong to it, or to a program that was killed.
@Suite struct ForeignLogTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }
  var backup: Path { Path(folder["backup.sqlite"]) }

  private func copy(_ from: String, to other: String) throws {
    folder.write(try readFile(Path(from)), to: other)
  }

  /// A library of 20 stories of which a backup was made when there were 10, and whose last changes
  /// are only in its log, as after a program was killed.
  private func makeKilled() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<10)
    try library.care.backUp(to: backup)
    try library.addPlain(10..<20)
    for ending in ["", "-wal"] { try copy(file + ending, to: "killed\(ending)") }
    withExtendedLifetime(library) {}
  }

  /// Puts the killed library back, without the lock that its connection had.
  private func placeKilled() throws {
    for ending in ["-wal", "-shm"] { unlink(file + ending) }
    for ending in ["", "-wal"] {
      try copy(folder["killed\(ending)"], to: "library.sqlite\(ending)")
    }
  }

  @Test(
    "a library that is moved or copied over an open one is not mixed with its log",
    arguments: [true, false], [true, false])
  func overOpen(isMoved: Bool, isOther: Bool) throws {
    let library = try Library(path: file)
    try library.addPlain(0..<10)
    try library.care.backUp(to: backup)
    if isOther {
      unlink(backup.text)
      try Library(path: backup).addPlain(70..<90)
    } else {
      try Library(path: backup).star(2, true)
    }
    let reader = try Probe("star", file, "1")
    reader.waitForWords()
    try copy(backup.text, to: "new.sqlite")
    usleep(20_000)
    if isMoved {
      rename(folder["new.sqlite"], file)
    } else {
      try copy(backup.text, to: "library.sqlite")
    }
    let before = try readFile(backup)
    for mode in ["open", "look"] {
      let (words, status) = try Probe(mode, file).finish()
      #expect(status == 1 && words.contains("does not belong to it"), "\(words)")
      #expect(!words.contains("is damaged"), "\(words)")
      #expect(try readFile(Path(file)) == before)
    }
    reader.kill()
    _ = try reader.finish()
    withExtendedLifetime(library) {}
  }

  @Test("a log that is in use and was just written back is the library's own")
  func writtenBack() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<10)
    for round in 0..<5 {
      try library.star(1, round.isMultiple(of: 2))
      try library.writeLogBack()
      usleep(20_000)
      #expect(try Probe("look", file).finish().words == "10\n")
    }
  }

  @Test("nothing that stands beside an earlier library or backup is taken for the new one's")
  func journals() throws {
    try Library(path: file).addPlain(0..<3)
    try Library(path: file).care.backUp(to: backup)
    // A change in the old form of a journal, interrupted: what SQLite leaves of it.
    for path in [file, backup.text] {
      try leaveJournal(at: path)
      if path == file {
        _ = try Library.restore(backup, to: Path(file))
      } else {
        try Library(path: file).care.backUp(to: backup)
      }
      #expect((try? fileKind(Path(path + "-journal"))) == nil)
      #expect(try Library(path: path, mode: .readOnly).lists.counts().all == 3)
      #expect(try Library(path: path).care.check() == [])
    }
  }

  @Test(
    "a change that was interrupted is taken back by whoever reads next, if the file can be written")
  func interrupted() throws {
    try Library(path: file).addPlain(0..<3)
    try Library(path: file).care.backUp(to: backup)
    for verb in ["look", "restore"] {
      try leaveJournal(at: backup.text)
      let probe =
        verb == "look" ? try Probe("look", backup.text) : try Probe("restore", file, backup.text)
      let (words, status) = try probe.finish()
      #expect(status == 0, "\(words)")
      #expect((try? fileKind(Path(backup.text + "-journal"))) == nil)
      #expect(try Library(path: backup, mode: .readOnly).lists.counts().all == 3)
      #expect(try Library(path: backup, mode: .readOnly).care.check() == [])
    }
  }

  /// Leaves a backup in the middle of a change, as a program that was killed does.
  private func leaveJournal(at path: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", nil, nil, nil)
    sqlite3_exec(
      handle,
      "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE bodies SET text = text || 'x';"
        + "UPDATE readings SET is_read = 1; PRAGMA user_version = 7; UPDATE stories SET words = 9",
      nil, nil, nil)
    let journal = try readFile(Path(path + "-journal"))
    let bytes = try readFile(Path(path))
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    sqlite3_close(handle)
    let name = String(path.split(separator: "/").last ?? "")
    folder.write(bytes, to: name)
    folder.write(journal, to: name + "-journal")
    try #require(journal.count > 512 && journal[0] == 0xD9)
  }

  @Test("a restore that was killed with the library under two names is undone by the next opening")
  func twoNames() throws {
    try makeKilled()
    try placeKilled()
    let kept = file + ".before-restore-2026-01-01"
    link(file, kept)
    rename(file + "-wal", kept + "-wal")
    #expect(try Library(path: file).lists.counts().all == 20)
    #expect(!folder.names.contains { $0.contains("before-restore") })
    #expect(try Library(path: file).care.check() == [])
    link(file, folder["mine.sqlite"])
    #expect(throws: StorageError.linked(file, process: nil)) { try Library(path: file) }
    #expect(try Library(path: file, mode: .readOnly).lists.counts().all == 20)
  }
}
