import Files
import Storage
import Stories
import TestSupport
import Testing

@Suite struct MigrationTests {
  let folder = TemporaryFolder()
  let second = Migration(
    "CREATE TABLE notes(story INTEGER, note TEXT); UPDATE stories SET source = 'moved'")

  private func open(_ migrations: [Migration]) throws(StorageError) -> Library {
    try Library(path: folder.library, migrations: migrations)
  }

  @Test("an older library is brought up to date, and a backup of it is kept")
  func migrate() throws {
    try open(Schema.migrations).addPlain(0..<10)
    let library = try open(Schema.migrations + [second, Migration("CREATE TABLE more(x)")])
    #expect(try library.schemaVersion() == Schema.version + 2)
    #expect(try library.headline(1)?.source == "moved")
    #expect(try library.story(10) == plainStory(9))
    let backup = try Library(
      path: folder.library.adding(suffix: ".version-\(Schema.version)"), createIfMissing: false)
    #expect(try backup.counts().all == 10 && backup.headline(1)?.source == "")
    #expect((try? fileKind(folder.library.adding(suffix: ".version-\(Schema.version + 1)"))) != nil)
    #expect(throws: StorageError.self) { try open(Schema.migrations) }
  }

  @Test("a new library has no backup, and a second one gets a name of its own")
  func backupNames() throws {
    let first = folder.library.adding(suffix: ".version-\(Schema.version)")
    _ = try open(Schema.migrations)
    #expect((try? fileKind(first)) == nil)
    try writeFile(Array("kept".utf8), to: first)
    _ = try open(Schema.migrations + [second])
    #expect(try readFile(first) == Array("kept".utf8))
    #expect((try? fileKind(first.adding(suffix: ".2"))) != nil)
  }

  @Test("a migration that fails leaves the library as it was")
  func failing() throws {
    try open(Schema.migrations).addPlain(0..<3)
    let bad = Migration("CREATE TABLE notes(x); DELETE FROM stories; INSERT INTO nowhere VALUES(1)")
    #expect(throws: StorageError.self) { try open(Schema.migrations + [bad]) }
    let library = try open(Schema.migrations)
    #expect(try library.schemaVersion() == Schema.version)
    #expect(try library.counts().all == 3)
    #expect(try library.check() == [])
  }
}
