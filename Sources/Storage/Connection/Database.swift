internal import Files

/// An open library: the connection that all stores share, and what belongs to it.
///
/// A store is a value that refers to this; so one is made wherever it is needed, at no cost.
final class Database {
  /// The library's file; another one from when that was replaced while it was open.
  var path: Path
  var connection: Connection
  /// Whether the file that is open still has its name.
  var openFile: OpenFile
  /// A sentence for the user on something that is no error.
  var notice: String?
  /// Changes that wait for another program's lock.
  var pending = PendingChanges()
  /// How long a change waits for another program's lock, in milliseconds.
  var timeout: Int32 { didSet { connection.setTimeout(timeout) } }
  let migrations: [Migration]
  /// This use of the library, from here to its end.
  let session = LibrarySession()
  /// Whether changes are refused: asked for, or because the file, folder or disk is read-only.
  let isReadOnly: Bool
  /// The full-text indexes it has; one that is opened as of an older version lacks some.
  let indexes: [TextIndex]

  init(_ opening: LibraryOpening, mode: Library.Mode, createIfMissing: Bool) throws(StorageError) {
    path = opening.path
    connection = try opening.open(mode: mode, createIfMissing: createIfMissing)
    openFile = OpenFile(opening.path, connection)
    timeout = opening.timeout
    migrations = opening.migrations
    isReadOnly = mode == .readOnly || connection.isReadOnly
    indexes = TextIndex.allCases.filter { $0.firstVersion <= opening.migrations.count }
  }

  /// The error for a change of a library that is open for reading only.
  var refusal: StorageError { connection.refusal ?? .readOnly(connection.path) }

  /// Runs several changes so that all are kept or none.
  func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    guard !isReadOnly else { throw refusal }
    try keepReachable()
    return try connection.transaction(body)
  }
}

// MARK: - Stores

/// A part of what a library has and does, with the tables that belong to it.
protocol Store {
  var database: Database { get }
}

extension Store {
  var connection: Connection { database.connection }

  /// Runs several changes so that all are kept or none; inside another transaction, as a part of it.
  func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    try database.transaction(body)
  }
}

/// The stores, for `Library` and for each other.
extension Database {
  var stories: StoryStore { StoryStore(database: self) }
  var discussions: DiscussionStore { DiscussionStore(database: self) }
  var textIndexes: TextIndexes { TextIndexes(database: self) }
  var lists: ListStore { ListStore(database: self) }
  var search: SearchStore { SearchStore(database: self) }
  var user: UserStore { UserStore(database: self) }
  var changes: ChangeLog { ChangeLog(database: self) }
  var ownComments: OwnCommentStore { OwnCommentStore(database: self) }
  var subscriptions: SubscriptionStore { SubscriptionStore(database: self) }
  var folders: FolderStore { FolderStore(database: self) }
  var entries: EntryStore { EntryStore(database: self) }
  var fetching: FetchingStore { FetchingStore(database: self) }
  var indexing: Indexing { Indexing(database: self) }
  var care: LibraryCare { LibraryCare(database: self) }
}
