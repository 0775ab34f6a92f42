import CSQLite
import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// Values in rows that Courant never writes are clamped, or reported as damage.
@Suite struct RowValueTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  private static let numbers = [
    "-9223372036854775808", "9223372036854775807", "-1", "2147483648", "0",
  ]

  private struct Refused: Error {}

  private func change(_ sql: String) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    guard sqlite3_open(file, &handle) == SQLITE_OK,
      sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK
    else { throw Refused() }
  }

  /// Reads everything in the library; unreadable values must throw and never trap.
  private func readAll() throws {
    let library = try Library(path: file)
    _ = try? library.care.check()
    var listings = Order.allCases.map { Listing(order: $0) }
    listings.append(Listing(isReversed: true))
    for typed in ["tide", "-tide", "-nothing", "starred", "words>1", "tag:x", "has:figures"] {
      listings.append(Listing(query(typed)))
    }
    for listing in listings {
      guard let plan = try? library.lists.plan(listing) else { continue }
      let rows = (try? library.lists.headlines(of: plan, limit: 3)) ?? []
      if let last = rows.last {
        let cursor = listing.cursor(of: last)
        _ = try? library.lists.headlines(of: plan, after: cursor, limit: 9)
        _ = try? library.lists.headlines(of: plan, before: cursor, limit: 9)
        _ = try? library.lists.count(before: cursor, of: plan)
      }
      _ = (try? library.lists.headline(at: 1, of: plan), try? library.lists.ids(of: plan))
    }
    for row in try library.lists.headlines(.all, limit: 9) {
      _ = (row.published?.iso8601, row.added.iso8601, row.progress * 100)
      #expect((0...1).contains(row.progress) && row.newComments >= 0)
    }
    for id in try library.stories.allIDs() {
      if let story = try? library.stories.story(id) { _ = story.published?.iso8601 }
      _ = (
        try? library.stories.original(of: id), try? library.user.reading(of: id),
        try? library.ownComments.drafts(on: id)
      )
    }
    _ = (try? library.lists.counts(), try? library.lists.sources(), try? library.lists.tags())
    _ = (
      try? library.user.placeMarks(), try? library.lists.savedSearches(),
      try? library.changes.undo()
    )
    _ = try? library.changes.redo()
    _ = try? library.search.hits(of: query("tide"), limit: 9)
  }

  private func makeLibrary() throws {
    let library = try Library(path: file)
    try library.stories.add(fullStory(), original: Original(bytes: [1, 2, 3]), parserVersion: 1)
    try library.addPlain(0..<6)
    _ = try library.changes.make([(.tag("x"), true), (.starred, true)], of: [1, 2])
    try library.user.setPlaceMark(
      PlaceMark(name: "a", story: 1, place: Place(.block(1), offset: 2)))
    _ = try library.ownComments.write("So", under: "a", author: "me", on: 1)
    _ = try library.ownComments.draft(on: 1, under: nil, text: "begun")
    try library.care.backUp(to: Path(folder["whole.sqlite"]))
  }

  @Test("no value of any column of any table ends the program")
  func everyColumn() throws {
    try makeLibrary()
    var columns: [(table: String, column: String, kind: String)] = []
    var handle: OpaquePointer?
    try #require(sqlite3_open(file, &handle) == SQLITE_OK)
    var statement: OpaquePointer?
    sqlite3_prepare_v2(
      handle,
      """
      SELECT t.name, c.name, c.type FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
      WHERE t.type = 'table' AND t.sql LIKE '%STRICT%'
      """, -1, &statement, nil)
    while sqlite3_step(statement) == SQLITE_ROW {
      let texts = (0..<3).map { String(cString: sqlite3_column_text(statement, $0)) }
      columns.append((texts[0], texts[1], texts[2]))
    }
    sqlite3_finalize(statement)
    sqlite3_close(handle)
    #expect(columns.count > 70)
    let whole = try readFile(Path(folder["whole.sqlite"]))
    var count = 0
    for (table, column, kind) in columns {
      let values =
        switch kind {
        case "INTEGER": Self.numbers
        case "REAL": ["9e999", "-9e999", "-1.0", "1e300"]
        case "TEXT": ["CAST(x'FF00C3' AS TEXT)", "''", "'-9223372036854775808'"]
        default: ["x''", "x'FF'", "zeroblob(100000)", "x'01FFFFFFFFFFFFFFFF7F'"]
        }
      for value in values {
        for ending in ["-wal", "-shm"] { unlink(file + ending) }
        folder.write(whole, to: "library.sqlite")
        // What the tables refuse themselves need not be read.
        let sql = "UPDATE OR IGNORE \(table) SET \(column) = \(value)"
        guard (try? change(sql)) != nil else { continue }
        try readAll()
        count += 1
      }
    }
    #expect(count > 200, "\(count)")
  }

  @Test("a negative version is damage", arguments: ["-1", "-2147483648"])
  func version(_ number: String) throws {
    _ = try Library(path: file)
    try change("PRAGMA user_version = \(number)")
    let error = #expect(throws: StorageError.self) { try Library(path: file) }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
