internal import CSQLite
internal import Glibc

/// Why the library could not be opened, read or changed, with the sentence a person gets.
///
/// The path in a case is that of the library file, made safe to show in a line.
package enum StorageError: Error, Hashable {
  /// There is no library there, and it was not to be made.
  case missing(String)
  /// The file is no SQLite database at all; what it is instead, with an article.
  case notALibrary(String, what: String)
  /// A database of another program.
  case foreign(String)
  /// Written by a Courant that knows more than this one.
  case newer(String, version: Int, ours: Int)
  /// Written by an older Courant, and open for reading only, so that it stays as it is.
  case outdated(String)
  /// The file is empty, as after a write that the disk had no room for; it was not to be made.
  case empty(String)
  /// The file is broken; SQLite's words on how.
  case damaged(String, detail: String)
  /// A full-text index is broken or missing, which can be rebuilt from the tables.
  case damagedIndex(String)
  /// The log beside the file does not belong to what the file holds now.
  case foreignLog(String)
  /// A change of the file was interrupted, and can only be taken back where it can be written.
  case interrupted(String)
  /// The file has a second name (hard link), by which a process has it open, or may be changed.
  case linked(String, process: Int?)
  /// The file's name was given to another file while it was open; where the open one was saved.
  case replaced(String, savedAs: String)
  /// The file was removed while it was open, and could not be put back.
  case gone(String, detail: String)
  /// The file, its folder or the disk does not let itself be written.
  case readOnly(String)
  case diskFull(String)
  /// Another program has held the library for longer than we wait.
  case locked(String)
  /// Another program has the library open, so that its file cannot be replaced; 0 if it is not known
  /// which.
  case inUse(String, process: Int)
  /// The story is not in the library (any more).
  case noStory(StoryID)
  /// There is no comment of the reader's of that name (any more).
  case noComment
  /// The kept form of one story cannot be read; the others can.
  case damagedStory(String, StoryID)
  /// Anything else, in the words of the system or of SQLite.
  case failed(String, detail: String)

  /// A sentence that names the file and says what can be done, without a full stop.
  package var message: String {
    switch self {
    case .missing(let path): "\(path): there is no library here"
    case .notALibrary(let path, Self.otherFile):
      "\(path) is \(Self.otherFile), not a library; it was left as it is; `courant restore FILE` moves "
        + "it aside and puts a backup in its place"
    case .notALibrary(let path, let what):
      "\(path) is \(what), not a library; it was left as it is; name a file with --library FILE, or "
        + "move away what should not be there"
    case .foreign(let path):
      "\(path) is a database of another program, not a library; it was left as it is"
    case .newer(let path, let version, let ours):
      "\(path) was made by a newer Courant (library version \(version), this one knows up to "
        + "\(ours)); it was left as it is"
    case .outdated(let path):
      "\(path): the library has to be brought up to date, and cannot be written"
    case .empty(let path):
      "\(path) is empty (0 bytes); `courant restore FILE` puts a backup in its place, `courant add` "
        + "begins a new library"
    case .damaged(let path, let detail):
      "\(path) is damaged (\(detail)); no more was written to it; `courant doctor --repair` saves "
        + "what can be read, `courant restore FILE` puts a backup in its place"
    case .damagedIndex(let path):
      "\(path): the word index is damaged; `courant doctor --repair` makes it again from the stories"
    case .foreignLog(let path):
      "\(path): the log beside it (-wal) does not belong to it, as after a backup was copied over "
        + "it; `courant doctor --repair` puts the log aside, `courant restore FILE` restores a backup"
    case .interrupted(let path):
      "\(path): a change of it was interrupted, and what it left (-journal) can only be taken back "
        + "where the file and its folder can be written; copy both files to such a place"
    case .linked(let path, let process?):
      "\(path) has a second name (hard link), by which it is open in another program "
        + "(process \(process)); close that, and use one name only; nothing was changed"
    case .linked(let path, nil):
      "\(path) has a second name (hard link): changes by both names would damage it, so it can only be "
        + "read; remove the other name, or make it a file of its own by `courant backup FILE` and "
        + "`courant restore FILE`; nothing was changed"
    case .replaced(let path, let copy):
      "\(path) was replaced while it was open; what was open is saved as \(copy), where changes "
        + "are kept from now on; `courant restore` brings it back"
    case .gone(let path, let detail):
      "\(path) was removed while it was open and cannot be put back (\(detail)); nothing more is "
        + "kept"
    case .readOnly(let path): "\(path) cannot be written; it is open for reading only"
    case .diskFull(let path):
      "\(path): the disk is full; the last change was not kept, what was there before is"
    case .locked(let path): "\(path) is in use by another program; try again in a moment"
    case .inUse(let path, let process):
      "\(path) is open in another program\(process > 0 ? " (process \(process))" : ""); close it "
        + "and try again; nothing was changed"
    case .noStory(let id): "story \(id) is not in the library"
    case .noComment: "the comment is not in the library any more"
    case .damagedStory(let path, let id):
      "\(path): story \(id) is damaged; `courant doctor --repair` makes it again from its page"
    case .failed(let path, let detail): "\(path): \(detail)"
    }
  }
}

extension StorageError {
  /// What a file is that is no database.
  static let otherFile = "another kind of file"

  /// The error for a result code of SQLite; `detail` may not hold what was bound, only the words.
  ///
  /// `systemError` is the `errno` of the last system call that SQLite made and that failed.
  init(code: Int32, detail: String, path: String, systemError: Int32 = 0) {
    // The shared memory beside the log is lengthened too, and for a file that may not grow any more
    // (`ulimit -f`) SQLite has no code of its own.
    let isFull = [ENOSPC, EDQUOT, EFBIG].contains(systemError)
    switch code & 0xFF {
    case SQLITE_IOERR where isFull, SQLITE_CANTOPEN where isFull: self = .diskFull(path)
    case SQLITE_CORRUPT where code == Self.damagedVirtualTable: self = .damagedIndex(path)
    case SQLITE_ERROR
    where TextIndex.allCases.contains { detail.contains($0.rawValue) }
      || detail.contains("fts5 file format"):
      self = .damagedIndex(path)
    case SQLITE_BUSY, SQLITE_LOCKED: self = .locked(path)
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(path)
    case SQLITE_FULL: self = .diskFull(path)
    case SQLITE_CORRUPT: self = .damaged(path, detail: detail)
    case SQLITE_NOTADB: self = .notALibrary(path, what: Self.otherFile)
    case SQLITE_CANTOPEN where [EACCES, EPERM].contains(systemError):
      self = .failed(path, detail: Self.forbidden)
    default: self = .failed(path, detail: detail)
    }
  }

  /// What to do where the system forbids to open a file.
  static let forbidden =
    "permission denied; `ls -ld` shows whose the file and its folder are, `chmod u+rwX` gives you the "
    + "use of those that are yours"

  /// SQLITE_CORRUPT_VTAB, which FTS5 answers with; a macro that Swift cannot import.
  private static let damagedVirtualTable = SQLITE_CORRUPT | (1 << 8)

  /// Whether making the full-text indexes anew may help.
  var mayBeOfIndex: Bool {
    switch self {
    case .damaged, .damagedIndex: true
    // SQLite's words for SQLITE_ERROR, which FTS5 gives where one of its tables is missing, and for
    // SQLITE_NOMEM, which it gives where a damaged index asks for more memory than there is.
    case .failed(_, let detail): detail == "SQL logic error" || detail == "out of memory"
    default: false
    }
  }
}
