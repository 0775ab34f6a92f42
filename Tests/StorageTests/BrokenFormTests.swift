import CSQLite
import Files
import Storage
import Stories
import TestSupport
import Testing

@Suite struct BrokenFormTests {
  /// Every column that a story is decoded from.
  private static let columns = [
    ("bodies", "structure"), ("bodies", "text"), ("figures", "structure"), ("figures", "caption"),
    ("comments", "structure"), ("comments", "text"),
  ]

  @Test("any bytes in place of a stored story give another story or an error", arguments: columns)
  func fuzz(_ table: String, _ column: String) throws {
    let folder = TemporaryFolder()
    let library = try Library(path: folder.library)
    try library.stories.add(fullStory(), original: nil, parserVersion: 1)
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    try #require(sqlite3_open(folder.library.text, &handle) == SQLITE_OK)
    sqlite3_exec(handle, "CREATE TEMP TABLE kept AS SELECT * FROM \(table)", nil, nil, nil)
    var random = Dice(state: 3)
    var failures = 0
    for _ in 0..<400 {
      // Cuts the value at some byte and puts a few others in the place of what follows.
      let byte = String(256 + random.below(256), radix: 16).dropFirst()
      let value = "coalesce(substr(CAST(\(column) AS BLOB), 1, \(random.below(60))), x'')"
      let tail = "coalesce(substr(CAST(\(column) AS BLOB), \(1 + random.below(60))), x'')"
      let kind = column == "structure" ? "BLOB" : "TEXT"
      let change =
        "UPDATE \(table) SET \(column) = CAST(\(value) || x'\(byte)' || \(tail) AS \(kind))"
      let sql = "DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM kept; " + change
      try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
      do throws(StorageError) {
        _ = try library.stories.story(1)
      } catch {
        #expect(error == .damagedStory(folder.library.text, 1))
        failures += 1
      }
    }
    #expect(failures > 100)
  }
}
