internal import CSQLite
internal import Files

/// Finds out what stands at a path before SQLite may touch it, and opens it if it is a library.
struct LibraryOpening {
  let path: Path
  let patience: Int32
  let migrations: [Migration]
  let progress: Library.Progress

  func open(mode: Library.Mode, createIfMissing: Bool) throws(StorageError) -> Connection {
    let isNew = try checkFile()
    if isNew {
      guard createIfMissing, mode == .readWrite else { throw .missing(path.shown) }
      do throws(FileError) { try makeFolder(path.folder) } catch { throw storageError(error) }
    }
    let connection = try connect(mode: mode, isNew: isNew)
    let version = try checkOwner(connection, isNew: isNew)
    guard !connection.isReadOnly else {
      guard version == migrations.count else {
        throw .outdated(path.shown)
      }
      return connection
    }
    try connection.prepareForWriting()
    try migrate(connection)
    return connection
  }

  // MARK: - The file

  /// Whether the file is yet to be made; what is clearly no library of ours is refused.
  private func checkFile() throws(StorageError) -> Bool {
    let size: Int
    let head: [UInt8]
    do throws(FileError) {
      guard case .file(let bytes) = try fileKind(path, followLinks: true) else {
        throw .notRegular(path, kind: try kindInWords())
      }
      size = bytes
      head = try readStart(of: path, count: 100, followLinks: true)
    } catch {
      if case .missing = error { return true }
      if case .notRegular(_, let what) = error { throw .notALibrary(path.shown, what: what) }
      throw storageError(error)
    }
    guard size > 0 else { return true }
    guard head.count == 100, head.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .notALibrary(path.shown, what: "another kind of file")
    }
    // Version and owner stand in the file's head; a refused file is not even opened by SQLite.
    if Self.number(head, 68) == Schema.applicationID {
      try checkVersion(Int(Self.number(head, 60)))
    }
    try checkLength(head, size)
    return false
  }

  private func kindInWords() throws(FileError) -> String {
    switch try fileKind(path, followLinks: true) {
    case .folder: "a folder"
    case .special(let words): words
    case .file, .link: "a link"
    }
  }

  /// A copy that was cut short still opens, and fails much later: it is found out here.
  private func checkLength(_ head: [UInt8], _ size: Int) throws(StorageError) {
    let wal = try? fileKind(path.adding(suffix: "-wal"), followLinks: true)
    let hasLog = if case .file(let bytes) = wal { bytes > 0 } else { false }
    // With a log beside it, the file may be shorter than it says until the log is written back.
    guard !hasLog, Self.number(head, 24) == Self.number(head, 92) else { return }
    let written = Int64(head[16]) << 8 | Int64(head[17])
    let expected = Self.number(head, 28) * (written == 1 ? 65_536 : written)
    guard Int64(size) >= expected else {
      throw .damaged(path.shown, detail: "\(expected - Int64(size)) bytes are missing at its end")
    }
  }

  private func checkVersion(_ version: Int) throws(StorageError) {
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
    default: .failed(path.shown, detail: error.reason)
    }
  }

  // MARK: - The connection

  private func connect(mode: Library.Mode, isNew: Bool) throws(StorageError) -> Connection {
    let wanted = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    do throws(StorageError) {
      let flags = wanted | (isNew ? SQLITE_OPEN_CREATE : 0)
      let connection = try Connection(path, flags: flags, timeout: patience)
      connection.harden()
      connection.setWritesOnClose(false)
      _ = try connection.number("SELECT count(*) FROM sqlite_schema")
      return connection
    } catch {
      // Where the folder cannot be written, the log's shared memory cannot be made. Nobody else
      // writes there either, so the file is read as one that never changes.
      guard !isNew, !isWritable(path.folder) else { throw error }
      let connection = try Connection(
        path, flags: SQLITE_OPEN_READONLY, timeout: patience, isImmutable: true)
      connection.harden()
      return connection
    }
  }

  /// The version of a library of ours; anything else is refused.
  private func checkOwner(_ connection: Connection, isNew: Bool) throws(StorageError) -> Int {
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
        version == 0 || isCopied
        ? nil : LibraryCopy(library: path, version: version, patience: patience)
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
      try Library.fill(index, connection, progress)
    }
    try connection.script("PRAGMA application_id = \(Schema.applicationID)")
    try connection.script("PRAGMA user_version = \(version + steps.count)")
  }
}

extension Connection {
  var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

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
