package import Files
internal import Glibc

/// The ID of a story: unique in its library, and never reused.
package typealias StoryID = Int64

/// The library: every story that the user keeps, with the user's data about it.
///
/// One value is one SQLite connection, to be used by one thread at a time; open one for each thread.
/// Its stores share that connection. Reads never wait and always see a consistent state; any number
/// of programs can read while one writes. Each change is one transaction, or part of an enclosing
/// `transaction(_:)`.
package final class Library {
  /// How a library is opened.
  package enum Mode: Sendable { case readOnly, readWrite }

  /// Called during long work with how many of how many stories are done.
  package typealias Progress = (_ done: Int, _ total: Int) -> Void

  let database: Database

  /// Opens the library, creates it if there is none, and migrates an older one.
  ///
  /// Before the first migration the file is copied beside itself. A library of a newer Courant, a
  /// database of another program or a file of another kind is refused and not touched.
  /// `timeout` is how long a change waits for the lock of another program, in milliseconds; `progress`
  /// gets how many of how many stories a migration has done.
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

  /// Runs several changes as one transaction: all are committed, or none.
  ///
  /// Other programs wait for as long as this takes: keep it under 50 ms. An error from `body` rolls the
  /// transaction back and is thrown on.
  package func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    try database.transaction(body)
  }

  /// The current time, in seconds since 1970.
  package static func now() -> Int64 { Int64(time(nil)) }
}

// MARK: - Stores

extension Library {
  /// The content of pages: stories with their revisions and original pages.
  package var stories: StoryStore { database.stories }
  /// Comments that pages and services have on stories.
  package var discussions: DiscussionStore { database.discussions }
  /// Lists of stories, their counts, and the names and saved searches that filter them.
  package var lists: ListStore { database.lists }
  /// Full-text search, best match first.
  package var search: SearchStore { database.search }
  /// The user's data about each story, and place marks.
  package var user: UserStore { database.user }
  /// The change log: making and undoing changes, and those that wait for another program's lock.
  package var changes: ChangeLog { database.changes }
  /// The user's own comments, and their drafts.
  package var ownComments: OwnCommentStore { database.ownComments }
  /// Feeds that the reader subscribed to.
  package var subscriptions: SubscriptionStore { database.subscriptions }
  /// The folders that subscriptions stand in.
  package var folders: FolderStore { database.folders }
  /// The entries of feeds, and which stories they are.
  package var entries: EntryStore { database.entries }
  /// Who may fetch when: what hosts asked for, and which program refreshes.
  package var fetching: FetchingStore { database.fetching }
  /// The stories that the full-text indexes do not have yet.
  package var indexing: Indexing { database.indexing }
  /// Checks, repairs and backups.
  package var care: LibraryCare { database.care }
}

// MARK: - The open file

extension Library {
  /// The library's file; changes if that file was replaced while it was open.
  package var path: Path { database.path }

  /// Whether changes are refused: requested, or because the file, folder or disk is read-only.
  package var isReadOnly: Bool { database.isReadOnly }

  /// The error that changes are refused with where `isReadOnly`: there is no right to write, or no room.
  package var refusal: StorageError { database.refusal }

  /// The schema version of the file.
  package func schemaVersion() throws(StorageError) -> Int {
    Int(try database.connection.number("PRAGMA user_version"))
  }

  /// A number that changes when another connection has changed the library.
  package func changeMark() throws(StorageError) -> Int64 {
    try database.keepReachable()
    return try database.connection.number("PRAGMA data_version")
  }

  /// Checkpoints the write-ahead log into the library's file, as far as no other program reads it.
  package func writeLogBack() throws(StorageError) {
    try database.connection.run("PRAGMA wal_checkpoint(PASSIVE)")
  }

  /// A sentence about an event that no call reports, such as that the library's file was removed and
  /// put back; `nil` if there was none since the last call.
  package func takeNotice() -> String? {
    defer { database.notice = nil }
    return database.notice
  }
}
