import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct OpeningTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  /// A library of some stories, closed again, and its bytes.
  private func makeLibrary(_ count: Int = 50) throws -> [UInt8] {
    try Library(path: file).addPlain(0..<count)
    return try readFile(Path(file))
  }

  private func openingFails(with error: StorageError, leaving bytes: [UInt8]) throws {
    #expect(throws: error) { try Library(path: file) }
    #expect(try readFile(Path(file)) == bytes)
    #expect(error.message.contains(file))
  }

  @Test("a library is created with its folders, if requested")
  func make() throws {
    let path = folder["a/b/library.sqlite"]
    #expect(throws: StorageError.missing(path)) { try Library(path: path, createIfMissing: false) }
    #expect(throws: StorageError.missing(path)) { try Library(path: path, mode: .readOnly) }
    let library = try Library(path: path)
    #expect(try library.lists.counts() == Counts(all: 0, unread: 0, starred: 0))
    #expect(try library.lists.headlines(.all, limit: 5) == [])
    #expect(try library.schemaVersion() == Schema.version)
  }

  @Test("a library of a newer Courant is refused and left unchanged")
  func newer() throws {
    _ = try makeLibrary()
    execute("PRAGMA user_version = 99", in: file)
    let bytes = try readFile(Path(file))
    let error = StorageError.newer(file, version: 99, ours: Schema.version)
    try openingFails(with: error, leaving: bytes)
    #expect(error.message.contains("99") && error.message.contains("\(Schema.version)"))
    #expect((try? fileKind(Path(file + "-wal"))) == nil)
  }

  @Test(
    "a database of another program is refused and left unchanged",
    arguments: [
      "CREATE TABLE notes(x)", "PRAGMA application_id = 7", "PRAGMA user_version = 3",
      "CREATE VIEW v AS SELECT 1; CREATE TABLE t(x); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
    ])
  func foreign(_ sql: String) throws {
    execute(sql, in: file)
    try openingFails(with: .foreign(file), leaving: try readFile(Path(file)))
  }

  @Test(
    "a file of another kind is refused and left unchanged",
    arguments: [
      "x", "SQLite format 3", String(repeating: "a page of text ", count: 500),
    ])
  func otherFile(_ text: String) throws {
    folder.write(text, to: "library.sqlite")
    try openingFails(
      with: .notALibrary(file, what: "another kind of file"), leaving: Array(text.utf8))
  }

  @Test("a folder, a pipe and a device are refused at once")
  func noFile() throws {
    #expect(throws: StorageError.notALibrary(folder.path, what: "a folder")) {
      try Library(path: folder.path)
    }
    mkfifo(folder["pipe"], 0o600)
    #expect(throws: StorageError.notALibrary(folder["pipe"], what: "a named pipe")) {
      try Library(path: folder["pipe"])
    }
    #expect(throws: StorageError.notALibrary("/dev/null", what: "a device")) {
      try Library(path: "/dev/null")
    }
  }

  @Test("an empty file becomes a library")
  func emptyFile() throws {
    folder.write("", to: "library.sqlite")
    #expect(try Library(path: file).lists.counts().all == 0)
  }

  @Test("a truncated library is refused and left unchanged", arguments: [0.95, 0.5, 0.1])
  func truncated(_ part: Double) throws {
    let bytes = try makeLibrary()
    let kept = Array(bytes[..<Int(Double(bytes.count) * part)])
    folder.write(kept, to: "library.sqlite")
    let error = #expect(throws: StorageError.self) { try Library(path: file) }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try readFile(Path(file)) == kept)
  }

  @Test("damaged bytes anywhere give an error or a story, never a crash")
  func broken() throws {
    let bytes = try makeLibrary(20)
    var random = Dice(state: 7)
    var (opened, read, refused) = (0, 0, 0)
    for _ in 0..<60 {
      var copy = bytes
      for _ in 0..<40 { copy[100 + random.below(copy.count - 100)] = UInt8(random.below(256)) }
      folder.write(copy, to: "library.sqlite")
      for ending in ["-wal", "-shm"] { unlink(file + ending) }
      guard let library = try? Library(path: file) else {
        refused += 1
        continue
      }
      opened += 1
      _ = try? library.lists.headlines(.all, limit: 50)
      _ = try? library.search.hits(of: query("tide"), limit: 5)
      for id in 1...20 where (try? library.stories.story(StoryID(id))) != nil { read += 1 }
      _ = try? library.stories.add(plainStory(90), original: nil, parserVersion: 1)
      _ = try? library.care.check()
    }
    // Otherwise the test is void: every library was unreadable, or none was damaged.
    #expect(opened > 0 && refused > 0 && read > 0, "\(opened) opened, \(refused) refused")
  }

  @Test("an error names the story whose stored form is damaged, and others can be read")
  func brokenStory() throws {
    _ = try makeLibrary(3)
    execute("UPDATE bodies SET structure = x'0102FF' WHERE story = 2", in: file)
    let library = try Library(path: file)
    #expect(throws: StorageError.damagedStory(file, 2)) { try library.stories.story(2) }
    #expect(try library.stories.story(3) == plainStory(2))
    #expect(try library.care.check() == [StorageError.damagedStory(file, 2).message])
    try library.stories.delete(2)
    #expect(try library.care.check() == [])
  }

  @Test("a check finds wrong counters and a wrong index")
  func check() throws {
    _ = try makeLibrary(3)
    execute("UPDATE counts SET unread = 99; UPDATE bodies SET text = 'x' WHERE story = 1", in: file)
    let problems = try Library(path: file).care.check()
    #expect(problems.contains { $0.contains("counts") })
    #expect(problems.contains { $0.contains("search index") })
    #expect(problems.contains { $0.contains("story 1 is damaged") })
  }

  @Test("a change of a library opened read-only is refused")
  func readOnly() throws {
    _ = try makeLibrary(3)
    let library = try Library(path: file, mode: .readOnly)
    #expect(library.isReadOnly)
    #expect(try library.stories.story(1) == plainStory(0))
    #expect(throws: StorageError.readOnly(file)) {
      try library.changes.make([(.read, true)], of: [1])
    }
    #expect(throws: StorageError.readOnly(file)) {
      try library.stories.add(plainStory(9), original: nil, parserVersion: 1)
    }
    #expect(try library.care.check() == [])
  }
}
