internal import CSQLite
internal import CZstd

/// The version of SQLite that the program runs with.
package var sqliteVersion: String { String(cString: sqlite3_libversion()) }

/// The version of zstd that the program runs with.
package var zstdVersion: String { String(cString: ZSTD_versionString()) }
