import CSQLite
import Files
import TestSupport
import Testing

/// Damage for the tests of recoveries.
extension RecoveryTests {
  /// The first pages of tables and indexes.
  func pages(of names: [String]) throws -> [Int] {
    try names.flatMap { name in
      try numbers("SELECT rootpage FROM sqlite_schema WHERE name = '\(name)'")
    }
  }

  /// The numbers in the first column of what a statement reads.
  func numbers(_ sql: String) throws -> [Int] {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    try #require(sqlite3_open(file, &handle) == SQLITE_OK)
    var statement: OpaquePointer?
    try #require(sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK)
    defer { sqlite3_finalize(statement) }
    var found: [Int] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      found.append(Int(sqlite3_column_int64(statement, 0)))
    }
    return found
  }

  /// Overwrites the first pages of tables and indexes with zeros.
  func damage(_ names: String...) throws {
    var bytes = try readFile(Path(file))
    for page in try pages(of: names) {
      for index in ((page - 1) * 4096)..<(page * 4096) { bytes[index] = 0 }
    }
    folder.write(bytes, to: "library.sqlite")
  }
}
