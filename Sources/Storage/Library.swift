package import Files
internal import Glibc

/// The number of a story in its library; never given to another one.
package typealias StoryID = Int64

/// The library: every story the reader keeps, and what the reader did to it.
///
/// One value is one SQLite connection, for one thread at a time; open one for each. Its stores share
/// that connection. Reads answer at once and always from a whole state; any number of programs may
/// read while one writes. Each change is one transaction, or a part of the one that `transaction`
/// makes.
package final class Library {
  package enum Mode: Sendable { case readOnly, readWrite }

  /// Called during long work with how much of it is done, and of how much.
  package typealias Progress = (_ done: Int, _ total: Int) -> Void

  let database: Database

  /// Opens the library, makes it if there is none, and brings an older one up to date.
  ///
  /// Before the first migration the file is copied beside itself. A library of a newer Courant, a
  /// database of another program or a file of another kind is refused, and not touched.
  /// `timeout` is how long a change waits for another program's, in milliseconds; `progress` gets how
  /// many of how many stories a migration has done.
  package init(
    path: Path, mode: Mode = .readWrite, createIfMissing: Bool = true, timeout: Int32 = 5000,
    migrations: [Migration] = Schema.migrations, progress: @escaping Progress = { _, _ in }
  ) throws(StorageError) {
    let opening = LibraryOpening(
      path: path, timeout: timeout, migrations: migrations, progress: progress)
    database = try Database(opening, mode: mode, createIfMissing: createIfMissing)
  }

  /// Opens the library at a path given as text.
  package convenience init(
    path: String, mode: Mode = .readWrite, createIfMissing: Bool = true
  ) throws(StorageError) {
    try self.init(path: Path(path), mode: mode, createIfMissing: createIfMissing)
  }

  /// Runs several changes so that all are kept or none.
  ///
  /// Other programs wait for as long as this takes: keep it under 50 ms.
  package func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    try database.transaction(body)
  }

  /// The clock, in seconds since 1970.
  package static func now() -> Int64 { Int64(time(nil)) }
}

// MARK: - Stores

extension Library {
  /// What pages said: stories with their revisions, and the pages they came from.
  package var stories: StoryStore { database.stories }
  /// Comments that pages and services have on stories.
  package var discussions: DiscussionStore { database.discussions }
  /// Lists of stories, their counts, and the names and saved searches that choose them.
  package var lists: ListStore { database.lists }
  /// Searches by words, best match first.
  package var search: SearchStore { database.search }
  /// What the reader did to each story, and places with letters.
  package var user: UserStore { database.user }
  /// The change log: making changes, undoing them, and those that wait for another program.
  package var changes: ChangeLog { database.changes }
  /// Comments that the reader writes, and their drafts.
  package var ownComments: OwnCommentStore { database.ownComments }
  /// Checks, repairs and backups.
  package var care: LibraryCare { database.care }
}

// MARK: - The open file

extension Library {
  /// The library's file; another one from when that was replaced while it was open.
  package var path: Path { database.path }

  /// Whether changes are refused: asked for, or because the file, folder or disk is read-only.
  package var isReadOnly: Bool { database.isReadOnly }

  /// The version of the tables in the file.
  package func schemaVersion() throws(StorageError) -> Int {
    Int(try database.connection.number("PRAGMA user_version"))
  }

  /// A number that changes when another connection has changed the library.
  package func changeMark() throws(StorageError) -> Int64 {
    try database.keepReachable()
    return try database.connection.number("PRAGMA data_version")
  }

  /// Writes the write-ahead log back into the library's file, as far as no other program reads it.
  package func writeLogBack() throws(StorageError) {
    try database.connection.run("PRAGMA wal_checkpoint(PASSIVE)")
  }

  /// A sentence on what happened to the library unasked, such as that its file was removed and put
  /// back; `nil` if nothing did since the last call.
  package func takeNotice() -> String? {
    defer { database.notice = nil }
    return database.notice
  }
}
