internal import CSQLite
internal import Files

/// Finds out what stands at a path before SQLite may touch it, and opens it if it is a library.
struct LibraryOpening {
  let path: Path
  /// How long to wait for another program's lock, in milliseconds.
  let timeout: Int32
  let migrations: [Migration]
  let progress: Library.Progress
  /// Whether an older library is kept beside the one that is brought up to date.
  var keepsOlder = true

  init(
    path: Path, timeout: Int32 = 5000, migrations: [Migration] = Schema.migrations,
    progress: @escaping Library.Progress = { _, _ in }
  ) {
    self.path = path
    self.timeout = timeout
    self.migrations = migrations
    self.progress = progress
  }

  /// Opens a library that is there for reading, whichever version up to ours it is of.
  func openAnyVersion() throws(StorageError) -> Connection {
    guard let size = try fileSize() else { throw .missing(path.shown) }
    guard size > 0 else { throw .empty(path.shown) }
    let log = LibraryLog(library: path)
    // A backup is a file without a log. Read as one that never changes, it gets none by being read.
    let connection =
      log.size == 0 && !log.hasJournal
      ? try unchanging() : try connect(mode: .readOnly, isNew: false, log.doubt())
    try checkHead(connection)
    connection.harden()
    // A database of nobody passes as a new library elsewhere.
    guard try checkOwner(connection) > 0 else { throw .foreign(path.shown) }
    return connection
  }

  /// Opens a library for reading as its file alone is, whatever stands in the log beside it.
  func openWithoutLog() throws(StorageError) -> Connection {
    let connection = try unchanging()
    connection.harden()
    guard try checkOwner(connection) > 0 else { throw .foreign(path.shown) }
    return connection
  }

  func open(mode: Library.Mode, createIfMissing: Bool) throws(StorageError) -> Connection {
    do throws(StorageError) {
      return try openLasting(mode: mode, createIfMissing: createIfMissing)
    } catch .diskFull {
      // No room for the log's shared memory is no reason not to read.
      guard let connection = try? openWithoutLog(), LibraryLog(library: path).isEmpty,
        (try? checkOwner(connection)) == migrations.count
      else { throw .diskFull(path.shown) }
      connection.refusal = .diskFull(path.shown)
      return connection
    }
  }

  private func openLasting(
    mode: Library.Mode, createIfMissing: Bool
  ) throws(StorageError) -> Connection {
    let size = try fileSize()
    let isNew = size ?? 0 == 0
    if isNew {
      guard createIfMissing, mode == .readWrite else {
        throw size == nil ? .missing(path.shown) : .empty(path.shown)
      }
      // SQLite deletes the log of an empty file, and with it what the log could still tell.
      guard LibraryLog(library: path).size == 0 else {
        throw .foreignLog(path.shown)
      }
      do throws(FileError) { try makeFolder(path.folder) } catch { throw storageError(error) }
    }
    let log = LibraryLog(library: path)
    if !isNew { try SecondName(library: path.followingLinks).check(mode) }
    let connection = try connect(mode: mode, isNew: isNew, isNew ? .none : log.doubt())
    if path.folder == StandardFolders.data { removeAccessOfOthers(to: path.folder) }
    for file in [path, log.file, log.index] { removeAccessOfOthers(to: file) }
    let version = try checkOwner(connection)
    guard !connection.isReadOnly else {
      guard version == migrations.count else { throw .outdated(path.shown) }
      return connection
    }
    try connection.prepareForWriting()
    try migrate(connection)
    return connection
  }

  // MARK: - The file

  /// How large the file is; `nil` if there is none.
  private func fileSize() throws(StorageError) -> Int? {
    do throws(FileError) {
      switch try fileKind(path, followLinks: true) {
      case .file(let size): return size
      case .folder: throw .notRegular(path, kind: "a folder")
      case .special(let words): throw .notRegular(path, kind: words)
      case .link: throw .notRegular(path, kind: "a link")
      }
    } catch {
      if case .missing = error { return nil }
      if case .notRegular(_, let what) = error { throw .notALibrary(path.shown, what: what) }
      throw storageError(error)
    }
  }

  /// Refuses what is clearly no library of ours by its first bytes, before SQLite reads it.
  private func checkHead(_ connection: Connection) throws(StorageError) {
    let (head, size) = try connection.read(100)
    guard size >= 100, head.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .notALibrary(path.shown, what: StorageError.otherFile)
    }
    // Version and owner stand in the file's head; a refused file is left as it is.
    if Self.number(head, 68) == Schema.applicationID {
      try checkVersion(Int(Int32(truncatingIfNeeded: Self.number(head, 60))))
    }
    guard LibraryLog(library: path).fits(head: head) else { throw .foreignLog(path.shown) }
    try checkLength(head, size)
  }

  /// A copy that was cut short still opens, and fails much later: it is found out here.
  private func checkLength(_ head: [UInt8], _ size: Int) throws(StorageError) {
    // With a log beside it, the file may be shorter than it says until the log is written back.
    let hasLog = LibraryLog(library: path).size > 0
    guard !hasLog, Self.number(head, 24) == Self.number(head, 92) else { return }
    let written = Int64(head[16]) << 8 | Int64(head[17])
    let expected = Self.number(head, 28) * (written == 1 ? 65_536 : written)
    guard Int64(size) >= expected else {
      throw .damaged(path.shown, detail: "\(expected - Int64(size)) bytes are missing at its end")
    }
  }

  private func checkVersion(_ version: Int) throws(StorageError) {
    guard version >= 0 else {
      throw .damaged(path.shown, detail: "it says that its version is \(version)")
    }
    guard version <= migrations.count else {
      throw .newer(path.shown, version: version, ours: migrations.count)
    }
  }

  private static func number(_ head: [UInt8], _ start: Int) -> Int64 {
    head[start..<(start + 4)].reduce(0) { $0 << 8 | Int64($1) }
  }

  private func storageError(_ error: FileError) -> StorageError {
    switch error {
    case .missing: .missing(path.shown)
    case .readOnly: .readOnly(path.shown)
    case .diskFull: .diskFull(path.shown)
    case .forbidden: .failed(path.shown, detail: StorageError.forbidden)
    default: .failed(path.shown, detail: error.reason)
    }
  }

  // MARK: - The connection

  private func connect(
    mode: Library.Mode, isNew: Bool, _ doubt: LibraryLog.Doubt
  ) throws(StorageError) -> Connection {
    let log = LibraryLog(library: path)
    let wanted = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    let flags = wanted | (isNew ? SQLITE_OPEN_CREATE : 0)
    let connection = try Connection(path, flags: flags, timeout: timeout)
    if !isNew { try checkHead(connection) }
    if doubt == .certain { throw .foreignLog(path.shown) }
    connection.harden()
    connection.setWritesOnClose(false)
    do throws(StorageError) {
      if doubt == .some, try !log.fits(connection) { throw .foreignLog(path.shown) }
      _ = try connection.number("SELECT count(*) FROM sqlite_schema")
      return connection
    } catch {
      if doubt == .some, case .damaged = error { throw .foreignLog(path.shown) }
      if case .readOnly = error, log.hasJournal {
        guard mode == .readOnly, (try? rollBack()) != nil else { throw .interrupted(path.shown) }
        return try connect(mode: mode, isNew: isNew, doubt)
      }
      // Where the folder cannot be written, the log's shared memory cannot be made. Nobody else
      // writes there either, so the file is read as one that never changes.
      guard !isNew, !isWritable(path.folder) else { throw error }
      let connection = try unchanging()
      connection.harden()
      return connection
    }
  }

  /// Opens the file as one that nobody changes: nothing is made beside it.
  private func unchanging() throws(StorageError) -> Connection {
    try Connection(path, flags: SQLITE_OPEN_READONLY, timeout: timeout, isImmutable: true)
  }

  /// Takes back a change that was interrupted: the first read of a connection that may write does.
  private func rollBack() throws(StorageError) {
    let connection = try Connection(path, flags: SQLITE_OPEN_READWRITE, timeout: timeout)
    _ = try connection.number("SELECT count(*) FROM sqlite_schema")
    guard !LibraryLog(library: path).hasJournal else { throw .interrupted(path.shown) }
  }

  /// The version of a library of ours; anything else is refused.
  private func checkOwner(_ connection: Connection) throws(StorageError) -> Int {
    // Asked one by one, they might be those of before and after another Courant made the library.
    try connection.script("BEGIN")
    let owner = try connection.number("PRAGMA application_id")
    let version = Int(try connection.number("PRAGMA user_version"))
    let tables = try connection.number("SELECT count(*) FROM sqlite_schema")
    try connection.script("COMMIT")
    guard owner == Schema.applicationID else {
      guard owner == 0, version == 0, tables == 0 else { throw .foreign(path.shown) }
      return 0
    }
    try checkVersion(version)
    return version
  }

  // MARK: - Migrations

  private func migrate(_ connection: Connection) throws(StorageError) {
    var isCopied = false
    while true {
      let version = Int(try connection.number("PRAGMA user_version"))
      try checkVersion(version)
      guard version < migrations.count else { return }
      // A new library is made in one go: nobody sees it half made, and there is nothing to copy.
      // Of an old one, the copy is as the reader left it; those between would only fill the disk.
      let copy =
        version == 0 || isCopied || !keepsOlder
        ? nil : MigrationCopy(library: path, version: version, timeout: timeout)
      try connection.transaction { () throws(StorageError) in
        // Another Courant may have done it while this one waited.
        guard try connection.number("PRAGMA user_version") == version else { return }
        try copy?.make()
        do throws(StorageError) { try migrate(connection, from: version) } catch {
          copy?.remove()
          throw error
        }
        try copy?.keep()
      }
      isCopied = true
    }
  }

  private func migrate(_ connection: Connection, from version: Int) throws(StorageError) {
    let steps = version > 0 ? migrations[version...version] : migrations[...]
    for step in steps {
      try connection.script(step.sql)
      try step.work?(connection, progress)
    }
    // A library that is only being made has nothing to fill an index from.
    for index in steps.compactMap(\.emptied) where version > 0 {
      try connection.fill(index, progress)
    }
    try connection.script("PRAGMA application_id = \(Schema.applicationID)")
    try connection.script("PRAGMA user_version = \(version + steps.count)")
  }
}

extension Connection {
  var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

  fileprivate func prepareForWriting() throws(StorageError) {
    setWritesOnClose(true)
    // Two programs that make the same library at one moment: SQLite does not wait here by itself.
    for attempt in 1... {
      do throws(StorageError) {
        try run("PRAGMA journal_mode = WAL")
        break
      } catch {
        guard case .locked = error, attempt < 100 else { throw error }
        sqlite3_sleep(20)
      }
    }
    try run("PRAGMA synchronous = NORMAL")
    try run("PRAGMA foreign_keys = ON")
    // Debian's SQLite overwrites what is deleted with zeros, which doubles the writing.
    try run("PRAGMA secure_delete = OFF")
    try run("PRAGMA journal_size_limit = 16777216")
  }
}
