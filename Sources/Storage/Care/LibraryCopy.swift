internal import CSQLite
internal import Files
internal import Stories

/// Whole copies of a library: one file without a log, which only the user can read.
///
/// A copy is made under a name of its own, reaches the disk, and takes its lasting name only then: a
/// program that is killed leaves no half of one that could be taken for a backup.
struct LibraryCopy {
  /// Writes all that a connection sees of its library into a new file, in place of one that a killed
  /// program has left.
  static func write(_ connection: Connection, to file: Path) throws(StorageError) {
    do throws(FileError) {
      try removeFile(file)
      // SQLite takes an empty file for the copy, and leaves its mode.
      try makePrivateFile(file)
    } catch {
      throw StorageError(error, file.shown)
    }
    do throws(StorageError) {
      try connection.run("VACUUM INTO ?1", [.utf8(Connection.address(file).bytes)])
      do throws(FileError) { try syncFile(file) } catch {
        throw StorageError(error, file.shown)
      }
    } catch {
      try? removeFile(file)
      // What is read has its place already: it is the copy that there is no room for.
      if case .diskFull = error { throw .diskFull(file.shown) }
      throw error
    }
  }

  /// A name beside a library that nothing has: `library.sqlite.before-restore-2026-11-30`, or the
  /// next such name that is free.
  static func freeName(
    beside library: Path, _ what: String, now: Int64 = Library.now()
  ) -> Path {
    let day = Timestamp(seconds: now, precision: .day).iso8601
    return free(library.adding(suffix: ".\(what)-\(day)"))
  }

  /// A name, or the next with a number that is free.
  static func free(_ name: Path) -> Path {
    var free = name
    var number = 2
    while (try? fileKind(free)) != nil {
      free = name.adding(suffix: ".\(number)")
      number += 1
    }
    return free
  }
}

/// The copy of a library beside it, as it was before it was brought up to date.
///
/// It has its lasting name only once the new library is made and about to be kept. Until then it may
/// be half a copy, or one of which nothing came because the program was killed: the next one makes it
/// anew under the same name, so none is ever taken for a backup or left over.
struct MigrationCopy {
  let library: Path
  let version: Int
  /// How long to wait for another program's lock, in milliseconds.
  let timeout: Int32

  private var unfinished: Path { library.adding(suffix: ".version-\(version).part") }

  /// Makes the copy.
  ///
  /// The caller has the lock to write, so that no other program makes one too.
  func make() throws(StorageError) {
    do throws(StorageError) {
      // A transaction cannot copy; another connection reads what stood before it.
      let connection = try Connection(library, flags: SQLITE_OPEN_READONLY, timeout: timeout)
      try LibraryCopy.write(connection, to: unfinished)
    } catch {
      switch error {
      case .diskFull: throw .diskFull(library.shown)
      // That advice is better: a repair needs no copy.
      case .damaged: throw error
      default: throw failed(error.message)
      }
    }
  }

  /// Gives the copy the name `library.sqlite.version-1`, or the next such name that is free.
  func keep() throws(StorageError) {
    let lasting = LibraryCopy.free(library.adding(suffix: ".version-\(version)"))
    do throws(FileError) { try moveFile(unfinished, to: lasting) } catch {
      if case .diskFull = error { throw .diskFull(library.shown) }
      throw failed(error.reason)
    }
  }

  /// Takes away a copy of a library that stays as it is.
  func remove() { try? removeFile(unfinished) }

  private func failed(_ reason: String) -> StorageError {
    .failed(
      library.shown, detail: "no backup could be made before bringing it up to date: \(reason)")
  }
}

extension StorageError {
  /// The same of a file that a copy was to be written to; `outcome` says what is left.
  func ofCopy(_ file: Path, _ outcome: String) -> StorageError {
    switch self {
    case .diskFull: .failed(file.shown, detail: "the disk is full; \(outcome)")
    case .readOnly: .failed(file.shown, detail: "the disk is read-only; \(outcome)")
    default: self
    }
  }

  /// The same of a backup that was to be restored, for which the advice to restore one is no help.
  func ofBackup(_ file: Path) -> StorageError {
    let detail: String
    switch self {
    case .notALibrary(_, let what): detail = "this is \(what), not a library"
    case .empty: detail = "this backup is empty (0 bytes); there is nothing to restore"
    case .damaged(_, let words):
      detail =
        "this backup is damaged (\(words)) and was not restored; `courant doctor --repair --library "
        + "\(file.shown)` saves what can be read of it, and keeps the damaged file"
    case .foreignLog:
      detail =
        "the log beside this backup (-wal) does not belong to it; `courant doctor --repair --library "
        + "\(file.shown)` puts the log aside"
    default: return self
    }
    return .failed(file.shown, detail: detail)
  }

  /// The same for a file beside a library.
  init(_ error: FileError, _ library: String) {
    switch error {
    case .diskFull: self = .diskFull(library)
    case .readOnly: self = .readOnly(library)
    case .forbidden(let path) where path.shown == library:
      self = .failed(library, detail: Self.forbidden)
    default:
      self = .failed(
        library, detail: error.path.shown == library ? error.reason : error.message)
    }
  }
}
