internal import CSQLite

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
  /// The file is broken; SQLite's words on how.
  case damaged(String, detail: String)
  /// The file, its folder or the disk does not let itself be written.
  case readOnly(String)
  case diskFull(String)
  /// Another program has held the library for longer than we wait.
  case locked(String)
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
    case .notALibrary(let path, let what): "\(path) is \(what), not a library; it was left as it is"
    case .foreign(let path):
      "\(path) is a database of another program, not a library; it was left as it is"
    case .newer(let path, let version, let ours):
      "\(path) was made by a newer Courant (library version \(version), this one knows up to "
        + "\(ours)); it was left as it is"
    case .outdated(let path):
      "\(path): the library has to be brought up to date, and cannot be written"
    case .damaged(let path, let detail): "\(path) is damaged (\(detail)); no more was written to it"
    case .readOnly(let path): "\(path) cannot be written; it is open for reading only"
    case .diskFull(let path): "\(path): the disk is full; nothing was changed"
    case .locked(let path): "\(path) is in use by another program; try again in a moment"
    case .noStory(let id): "story \(id) is not in the library"
    case .noComment: "the comment is not in the library any more"
    case .damagedStory(let path, let id): "\(path): story \(id) is damaged and cannot be shown"
    case .failed(let path, let detail): "\(path): \(detail)"
    }
  }
}

extension StorageError {
  /// The error for a result code of SQLite; `detail` may not hold what was bound, only the words.
  init(code: Int32, detail: String, path: String) {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: self = .locked(path)
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(path)
    case SQLITE_FULL: self = .diskFull(path)
    case SQLITE_CORRUPT: self = .damaged(path, detail: detail)
    case SQLITE_NOTADB: self = .notALibrary(path, what: "another kind of file")
    default: self = .failed(path, detail: detail)
    }
  }
}
