internal import CSQLite

/// Settings of an open file.
extension Connection {
  /// How much of the file is kept at hand, in kilobytes.
  ///
  /// That is the index of all dates, which a filter walks along, and the longest lists of words. With
  /// SQLite's own 2 MB they are read from the file again at each letter.
  private static let cacheSize = 8192

  /// Takes what a file from outside could misuse away, and sets the size of the cache.
  ///
  /// For a file whose head was checked.
  func harden() {
    var now: Int32 = 0
    // A database from outside may hold views and triggers that do what we do not expect.
    unsafe courant_sqlite_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &now)
    unsafe courant_sqlite_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &now)
    // This reads the file's schema, and with it the log: only after the head was checked.
    unsafe sqlite3_exec(handle, "PRAGMA cache_size = -\(Self.cacheSize)", nil, nil, nil)
  }

  /// Whether SQLite refuses to change its own schema table and the tables of full-text indexes.
  func setDefensive(_ flag: Bool) {
    var now: Int32 = 0
    unsafe courant_sqlite_config(handle, SQLITE_DBCONFIG_DEFENSIVE, flag ? 1 : 0, &now)
  }

  /// Whether closing the last connection may write the log into the file.
  func setWritesOnClose(_ flag: Bool) {
    var now: Int32 = 0
    unsafe courant_sqlite_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, flag ? 0 : 1, &now)
  }

  /// Sets how long a statement waits for another program's lock, in milliseconds.
  func setTimeout(_ milliseconds: Int32) { unsafe sqlite3_busy_timeout(handle, milliseconds) }
}
