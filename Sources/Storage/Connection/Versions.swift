internal import CSQLite
internal import CZstd

/// The version of SQLite that the program runs with.
package var sqliteVersion: String { unsafe String(cString: sqlite3_libversion()) }

/// The version of zstd that the program runs with.
package var zstdVersion: String { unsafe String(cString: ZSTD_versionString()) }
