internal import CSQLite
internal import Testing

/// Runs SQL on a database file, beside the program: for scenes that it cannot or must not make.
package func execute(_ sql: String, in database: String) {
  var handle: OpaquePointer?
  defer { sqlite3_close(handle) }
  #expect(sqlite3_open(database, &handle) == SQLITE_OK)
  sqlite3_busy_timeout(handle, 5000)
  #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
}
