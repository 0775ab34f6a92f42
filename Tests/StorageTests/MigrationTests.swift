import Files
import Glibc
import Storage
import Stories
import TestSupport
import Testing

@Suite struct MigrationTests {
  let folder = TemporaryFolder()
  let second = Migration(
    "CREATE TABLE notes(story INTEGER, note TEXT); UPDATE sources SET name = 'moved'")

  private func open(_ migrations: [Migration]) throws(StorageError) -> Library {
    try Library(path: folder.library, migrations: migrations)
  }

  @Test("an older library is migrated, and a backup of it is kept")
  func migrate() throws {
    do {
      let library = try open(Schema.migrations)
      try library.addPlain(0..<10)
    }
    let library = try open(Schema.migrations + [second, Migration("CREATE TABLE more(x)")])
    #expect(try library.schemaVersion() == Schema.version + 2)
    #expect(try library.lists.headline(1)?.source == "moved")
    #expect(try library.stories.story(10) == plainStory(9))
    let backup = try Library(
      path: folder.library.adding(suffix: ".version-\(Schema.version)"), createIfMissing: false)
    #expect(try backup.lists.counts().all == 10 && backup.lists.headline(1)?.source == "")
    #expect((try? fileKind(folder.library.adding(suffix: ".version-\(Schema.version + 1)"))) == nil)
    #expect(throws: StorageError.self) { try open(Schema.migrations) }
  }

  @Test("a new library has no backup, and a second backup gets another name")
  func backupNames() throws {
    let first = folder.library.adding(suffix: ".version-\(Schema.version)")
    _ = try open(Schema.migrations)
    #expect((try? fileKind(first)) == nil)
    try writeFile(Array("kept".utf8), to: first)
    _ = try open(Schema.migrations + [second])
    #expect(try readFile(first) == Array("kept".utf8))
    #expect((try? fileKind(first.adding(suffix: ".2"))) != nil)
  }

  @Test("a migration that fails leaves the library unchanged")
  func failing() throws {
    try open(Schema.migrations).addPlain(0..<3)
    let bad = Migration("CREATE TABLE notes(x); DELETE FROM stories; INSERT INTO nowhere VALUES(1)")
    #expect(throws: StorageError.self) { try open(Schema.migrations + [bad]) }
    let library = try open(Schema.migrations)
    #expect(try library.schemaVersion() == Schema.version)
    #expect(try library.lists.counts().all == 3)
    #expect(try library.care.check() == [])
  }

  /// A library as version 2 left it; what writes to it today knows newer tables.
  private func makeSecond(_ stories: Int) throws {
    try unpackLibrary(2, to: folder.library)
    execute(
      """
      PRAGMA foreign_keys = ON;
      DELETE FROM stories;
      WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(stories))
      INSERT INTO stories(id, title, source, authors, added, sorted, words, figures, comments)
        SELECT n, 'Report ' || (n - 1), '', '', n, n, 9, 0, 0 FROM numbers;
      INSERT INTO readings(story, sorted) SELECT id, sorted FROM stories;
      INSERT INTO bodies(story, structure, text)
        SELECT id, x'010761727469636C65\(String(repeating: "00", count: 11))010101001E000000',
          printf('Report number %04d on the tide', id - 1) || char(10) FROM stories;
      INSERT INTO identities(story, form, parser, is_cut) SELECT id, x'', 1, 0 FROM stories;
      INSERT INTO story_search(story_search) VALUES('rebuild');
      INSERT INTO author_search(author_search) VALUES('rebuild');
      """, in: folder.library.text)
  }

  @Test("the index of a version 2 library is rebuilt with progress, and searched by prefixes")
  func beginnings() throws {
    try makeSecond(1200)
    #expect(throws: StorageError.outdated(folder.library.shown)) {
      try Library(path: folder.library, mode: .readOnly)
    }
    var told: [[Int]] = []
    let library = try Library(path: folder.library) { told.append([$0, $1]) }
    // The index with positions, and the one without.
    let once = [[500, 1200], [1000, 1200], [1200, 1200]]
    #expect(told == once + once)
    #expect(try library.schemaVersion() == Schema.version)
    for (typed, count) in [("rep", 1200), ("repo", 1200), ("number ti", 1200), ("1199", 1)] {
      let rows = try library.lists.headlines(
        of: library.lists.plan(Listing(query(typed))), limit: 2000)
      #expect(rows.count == count, "\(typed)")
    }
    #expect(try library.care.check() == [])
  }

  @Test("a killed migration leaves the library unchanged, to be migrated later")
  func killed() throws {
    try makeSecond(1200)
    for _ in 0..<2 {
      let (words, status) = try Probe("upgrade", folder.library.shown).finish()
      #expect(words == "500 of 1200\n" && status == 128 + SIGKILL)
    }
    let before = try open(Array(Schema.migrations.prefix(2)))
    #expect(try before.schemaVersion() == 2 && before.lists.counts().all == 1200)
    let library = try open(Schema.migrations)
    #expect(try library.search.hits(of: query("rep"), limit: 5).count == 5)
    #expect(try library.care.check() == [])
    #expect(copies() == ["library.sqlite.version-2"])
  }

  @Test("a migration that fails or waited for another leaves no copy")
  func leftCopies() throws {
    try open(Schema.migrations).addPlain(0..<3)
    let bad = Migration("CREATE TABLE notes(x); INSERT INTO nowhere VALUES(1)")
    #expect(throws: StorageError.self) { try open(Schema.migrations + [bad]) }
    #expect(copies() == [])
    for _ in 0..<2 { _ = try open(Schema.migrations + [second]) }
    #expect(copies() == ["library.sqlite.version-\(Schema.version)"])
  }

  /// The names of the files beside the library, without its log.
  private func copies() -> [String] {
    folder.names.filter { $0.hasPrefix("library.sqlite.version") }.sorted()
  }
}
