import CSQLite
import Files
import Glibc
import Storage
import Stories
import TestSupport
import Testing

/// Backups, restoring them, and logs of another library.
@Suite struct BackupTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }
  var backup: Path { Path(folder["backup.sqlite"]) }

  private func copy(_ from: String, to other: String) throws {
    folder.write(try readFile(Path(from)), to: other)
  }

  private func mode(_ name: String) -> mode_t {
    var facts = stat()
    return stat(name, &facts) == 0 ? facts.st_mode & 0o777 : 0
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

  @Test("a backup is a private library of its own, and replaces nothing but an earlier one")
  func make() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<3)
    umask(0o022)
    try library.care.backUp(to: backup)
    #expect(mode(backup.text) == 0o600)
    try library.addPlain(3..<5)
    try library.care.backUp(to: backup)
    #expect(folder.names.filter { $0.hasPrefix("backup") } == ["backup.sqlite"])
    #expect(try Library(path: backup).lists.counts().all == 5)
    folder.write("a letter", to: "letter")
    #expect(throws: StorageError.self) { try library.care.backUp(to: Path(folder["letter"])) }
    #expect(throws: StorageError.self) { try library.care.backUp(to: Path(file)) }
    #expect(try readFile(Path(folder["letter"])) == Array("a letter".utf8))
    #expect(try library.lists.counts().all == 5)
  }

  @Test("a restored backup is complete, beside any log, and the previous library is kept")
  func restore() throws {
    try makeKilled()
    try placeKilled()
    let kept = try #require(try Library.restore(backup, to: Path(file)))
    #expect(mode(file) == 0o600)
    #expect(try Library(path: file).lists.counts().all == 10)
    #expect(try Library(path: file).care.check() == [])
    #expect(try Library(path: kept).lists.counts().all == 20)
    #expect(try Library.restore(backup, to: Path(folder["else/library.sqlite"])) == nil)
    #expect(try Library(path: folder["else/library.sqlite"]).lists.counts().all == 10)
  }

  /// What the user copies over a library.
  enum Copied: CaseIterable { case backup, opened, other, older, newer, cut, letter, empty }

  private func make(_ copied: Copied) throws {
    switch copied {
    case .backup: break
    // What was opened for writing once is marked as kept with a log, as the library is.
    case .opened: try Library(path: backup).star(1, true)
    case .other:
      unlink(backup.text)
      try Library(path: backup).addPlain(70..<120)
    case .older:
      unlink(backup.text)
      let migrations = Array(Schema.migrations.prefix(7))
      _ = try Library(path: backup, migrations: migrations)
    case .newer, .cut:
      var bytes = try readFile(backup)
      if copied == .newer { bytes[63] = 99 } else { bytes.removeLast(bytes.count / 2) }
      folder.write(bytes, to: "backup.sqlite")
    case .letter: folder.write("a letter\n", to: "backup.sqlite")
    case .empty: folder.write("", to: "backup.sqlite")
    }
  }

  @Test(
    "a file copied over a library beside its old log is refused, and not changed",
    arguments: Copied.allCases)
  func foreignLog(_ copied: Copied) throws {
    try makeKilled()
    try make(copied)
    try placeKilled()
    usleep(20_000)
    try copy(backup.text, to: "library.sqlite")
    let names = ["library.sqlite", "library.sqlite-wal", "backup.sqlite"]
    let before = try names.map { try readFile(Path(folder[$0])) }
    for mode in [Library.Mode.readWrite, .readOnly] {
      let error = #expect(throws: StorageError.self) { try Library(path: file, mode: mode) }
      if [.backup, .opened, .other].contains(copied) { #expect(error == .foreignLog(file)) }
      #expect(try names.map { try readFile(Path(folder[$0])) } == before)
    }
    guard [.backup, .opened, .other].contains(copied) else { return }
    #expect(try Library.putLogAside(Path(file)) != nil)
    #expect(try Library(path: file).lists.counts() == Library(path: backup).lists.counts())
    #expect(try Library(path: file).care.check() == [])
  }

  @Test("a library whose program was killed after a checkpoint opens")
  func killed() throws {
    try makeKilled()
    try placeKilled()
    usleep(20_000)
    // What SQLite does to write a log back, without taking the log away.
    let writer = try Probe("checkpoint", file)
    #expect(try writer.finish().status == 128 + SIGKILL)
    #expect((try? fileKind(Path(file + "-wal"))) != nil)
    #expect(try Library(path: file).lists.counts().all == 20)
    #expect(try Library(path: file).care.check() == [])
  }

  @Test("a damaged or foreign file is not restored, and the library stays")
  func refused() throws {
    try Library(path: file).addPlain(0..<3)
    let before = try readFile(Path(file))
    folder.write("a letter that is long enough to be taken for something else", to: "letter")
    folder.write("", to: "empty")
    try Library(path: folder["broken"]).addPlain(0..<50)
    var broken = try readFile(Path(folder["broken"]))
    for index in 8192..<(broken.count / 2) { broken[index] = 7 }
    folder.write(broken, to: "broken")
    try Library(path: folder["newer"]).addPlain(0..<1)
    var newer = try readFile(Path(folder["newer"]))
    newer[63] = 99
    folder.write(newer, to: "newer")
    for name in ["letter", "empty", "broken", "newer", "missing", "library.sqlite"] {
      #expect(throws: StorageError.self, "\(name)") {
        try Library.restore(Path(folder[name]), to: Path(file))
      }
    }
    #expect(try readFile(Path(file)) == before)
    #expect(!folder.names.contains { $0.contains("restoring") || $0.contains("before") })
  }

  @Test("a backup of an older version is restored, and migrated when it is opened")
  func older() throws {
    try unpackLibrary(6, to: backup)
    _ = try Library(path: file)
    _ = try Library.restore(backup, to: Path(file))
    #expect(try Library(path: file).lists.counts().all > 0)
    #expect(try Library(path: file).care.check() == [])
    #expect(try Library(path: file).schemaVersion() == Schema.version)
  }

  @Test("a library that another program has open is not replaced")
  func inUse() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<2)
    try library.care.backUp(to: backup)
    let holder = try Probe("hold", file, "2000")
    holder.waitForWords()
    let (words, _) = try Probe("restore", file, backup.text).finish()
    #expect(words.contains("is open in another program"), "\(words)")
    holder.kill()
    _ = try holder.finish()
    #expect(try library.lists.counts().all == 2)
  }

  @Test("a restore killed at any moment leaves one of the two libraries, complete")
  func killedRestores() throws {
    try Library(path: file).addPlain(0..<40)
    try Library(path: backup).addPlain(0..<7)
    var random = Dice(state: 11)
    var counts: [Int: Int] = [:]
    for _ in 0..<200 {
      let restorer = try Probe("restore", file, backup.text)
      usleep(UInt32(random.below(60_000)))
      restorer.kill()
      _ = try restorer.finish()
      let library = try Library(path: file)
      let count = try library.lists.counts().all
      counts[count, default: 0] += 1
      #expect(count == 7 || count == 40)
      #expect(try library.care.check() == [])
      if count == 7 { try library.addPlain(7..<40) }
      for name in folder.names where name.contains("before-restore") { unlink(folder[name]) }
    }
    #expect(counts.keys.sorted() == [7, 40], "\(counts)")
  }

  @Test("repairs killed at any moment lose no story, and the next one completes them")
  func killedRepairs() throws {
    try Library(path: file).addPlain(0..<60)
    try Library(path: file).care.backUp(to: backup)
    var random = Dice(state: 12)
    for round in 0..<200 {
      try change("DELETE FROM story_search_data WHERE id > 10; UPDATE counts SET total = 3")
      let program = try Probe("repair", file, "0")
      usleep(UInt32(random.below(50_000)))
      program.kill()
      _ = try program.finish()
      let library = try Library(path: file)
      #expect(try library.stories.allIDs().count == 60)
      guard round.isMultiple(of: 10) else { continue }
      _ = try library.care.repair()
      #expect(try library.care.check() == [])
    }
  }

  private func change(_ sql: String) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    try #require(sqlite3_open(file, &handle) == SQLITE_OK)
    // The index may be half made again.
    sqlite3_exec(handle, sql, nil, nil, nil)
  }
}
