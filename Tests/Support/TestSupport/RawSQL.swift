internal import CSQLite
internal import Testing

/// Runs SQL on a database file by a connection of its own, with SQLite's defaults.
///
/// Nothing is forbidden there, not even to write the tables of full-text indexes: for scenes that the
/// library cannot or must not make.
package func execute(_ sql: String, in database: String) {
  var handle: OpaquePointer?
  defer { sqlite3_close(handle) }
  #expect(sqlite3_open(database, &handle) == SQLITE_OK)
  sqlite3_busy_timeout(handle, 5000)
  let code = sqlite3_exec(handle, sql, nil, nil, nil)
  #expect(code == SQLITE_OK, "\(sql): \(String(cString: sqlite3_errmsg(handle)))")
}
