internal import CSQLite
internal import Files
internal import Glibc

/// Which files a connection has open, to find out whether they still have their names.
///
/// A file that was removed, renamed or replaced stays open, and SQLite goes on writing to it: what is
/// kept there is gone when the program ends, or is kept where nobody looks.
struct OpenFile {
  let path: Path
  /// Where the path led at the opening, if it is a link.
  private let library: Path
  private let file: FileFacts.Identity?
  private let log: FileFacts.Identity?
  private let index: FileFacts.Identity?

  enum State {
    case whole
    /// The library has its name, but its log or the log's index does not.
    case withoutLog
    /// There is nothing of the library's name.
    case gone
    /// Another file has the library's name, or its log's; or the name is a link to the library now,
    /// which was moved away from its log.
    case replaced
  }

  /// Notes what is open; for right after the connection was opened and has read.
  init(_ path: Path, _ connection: Connection) {
    self.path = path
    let identity = FileFacts(path)?.identity
    // Asked after that: what has its name now had it then.
    file = connection.hasItsName ? identity : nil
    let names = LibraryLog(library: path)
    library = names.library
    log = FileFacts(names.file)?.identity
    index = FileFacts(names.index)?.identity
  }

  /// The state of the names.
  ///
  /// Where the name is a link, the log is looked for beside what the link leads to now, as another
  /// program would: two logs of one file damage it. Three calls of stat(2) and one of readlink(2),
  /// which take a few microseconds.
  func state() -> State {
    guard let identity = FileFacts(path)?.identity else { return .gone }
    guard identity == file else { return .replaced }
    var state = State.whole
    let now = LibraryLog(library: path)
    for (name, identity) in [(now.file, log), (now.index, index)] {
      guard let identity else { continue }
      let found = FileFacts(name)?.identity
      if found == nil, now.library == library {
        state = .withoutLog
      } else if found != identity {
        return .replaced
      }
    }
    return state
  }
}

extension Database {
  /// Makes sure that what is written next is kept in a file that has a name.
  ///
  /// A library that was removed is put back from what is open, and one that lost its log is written
  /// out; `takeNotice` reports both. If another file has the name, that file is left alone: what is
  /// open is saved beside it, and `.replaced` is thrown once; changes go to the saved one from then
  /// on.
  func keepReachable() throws(StorageError) {
    guard !isReadOnly, connection.isIdle else { return }
    switch openFile.state() {
    case .whole: return
    case .withoutLog:
      try writeOut()
      notice = "The library's log was removed by another program; nothing is lost"
    case .gone: try putBack()
    case .replaced: try saveBeside()
    }
  }

  /// Writes what is only in the nameless log into the library, and begins another log.
  ///
  /// Leaving WAL mode is what lets go of the nameless files. A second connection to the same file would
  /// get the first one's index, as SQLite keeps one for each file in a process; other programs would
  /// use another, and each overwrite what the other writes to the log.
  private func writeOut() throws(StorageError) {
    for mode in ["delete", "wal"] {
      let found = try connection.first("PRAGMA journal_mode = \(mode)") { $0.text(0) }
      guard found == mode else { throw .locked(connection.path) }
    }
    // The log and its index are made by the first read.
    _ = try connection.number("SELECT count(*) FROM sources")
    openFile = OpenFile(path, connection)
  }

  /// Writes the library that is open to its name, which is free, with the folders above it.
  private func putBack() throws(StorageError) {
    // Where the name is a link, it stays one.
    let file = path.followingLinks
    let copy = file.adding(suffix: ".part")
    do throws(StorageError) {
      do throws(FileError) { try makeFolder(file.folder) } catch {
        throw StorageError(error, connection.path)
      }
      try LibraryCopy.write(connection, to: copy)
      do throws(FileError) {
        let names = LibraryLog(library: path)
        // Ours, without the file that they belong to; the copy has all that is in them.
        try removeFile(names.file)
        try removeFile(names.index)
        try nameFile(copy, as: file)
        if (try? fileKind(copy)) != nil { try removeFile(copy) }
      } catch {
        throw StorageError(error, connection.path)
      }
    } catch {
      throw .gone(connection.path, detail: error.message)
    }
    try reopen(at: path)
    notice = "The library's file was removed while it was open; it is back, with all that was in it"
  }

  private func saveBeside() throws(StorageError) {
    let lost = path
    let copy = LibraryCopy.freeName(beside: path, "saved")
    try LibraryCopy.write(connection, to: copy)
    try reopen(at: copy)
    throw .replaced(lost.shown, savedAs: copy.shown)
  }

  /// Goes on with a library that has all that is in the one that is open.
  private func reopen(at path: Path) throws(StorageError) {
    // Closing the old one must not write a log back or remove one: they have other files' names now.
    connection.setWritesOnClose(false)
    let opening = LibraryOpening(path: path, timeout: timeout, migrations: migrations)
    connection = try opening.open(mode: .readWrite, createIfMissing: false)
    openFile = OpenFile(path, connection)
    self.path = path
  }
}
