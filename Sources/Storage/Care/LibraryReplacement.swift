internal import Files
internal import Glibc

/// Puts another file in the place of a library, and keeps the one that was there.
struct LibraryReplacement {
  let library: Path

  /// Gives a whole library, which nobody has open, the name of this one.
  ///
  /// What had the name is kept with its log as `library.sqlite.WHAT-DATE`; the answer is that name, or
  /// `nil` if there was nothing. Killed in the middle, it leaves the old library, the old one without
  /// what is in its log, or the new one; and the old one with its log under the kept name in the last
  /// two cases. `.inUse` while another program has the library open.
  func put(_ new: Path, keepingAs what: String) throws(StorageError) -> Path? {
    let lock = try LibraryLock(library)
    defer { lock.release() }
    do throws(FileError) {
      guard (try? fileKind(library)) != nil else {
        try clearLog()
        try moveFile(new, to: library)
        return nil
      }
      let kept = LibraryCopy.freeName(beside: library, what)
      try nameFile(library, as: kept)
      try LibraryLog(library: library).move(to: LibraryLog(library: kept))
      try moveFile(new, to: library)
      return kept
    } catch {
      throw StorageError(error, library.shown)
    }
  }

  /// Puts a log that belongs to no file of the library's name any more aside; under which name.
  func putLogAside() throws(StorageError) -> Path? {
    let lock = try LibraryLock(library)
    defer { lock.release() }
    do throws(FileError) { return try clearLog() } catch {
      throw StorageError(error, library.shown)
    }
  }

  @discardableResult
  private func clearLog() throws(FileError) -> Path? {
    let log = LibraryLog(library: library)
    guard log.size > 0 else {
      try removeFile(log.file)
      try removeFile(log.index)
      return nil
    }
    let other = LibraryLog(library: LibraryCopy.freeName(beside: library, "orphaned"))
    try log.move(to: other)
    return other.file
  }
}

/// The lock that keeps every other program out of a library's file, for as long as this holds it.
///
/// SQLite locks bytes of the file (its file os.h): 510 bytes from 0x40000002 are locked for reading by
/// each connection to a library with a log, from its opening to its end.
struct LibraryLock {
  private let descriptor: Int32?

  private static let start = 0x4000_0000
  private static let count = 512

  /// Takes the lock; a library that does not exist needs none.
  ///
  /// No connection of this process may be open: closing the descriptor would drop its locks.
  init(_ library: Path) throws(StorageError) {
    let descriptor = library.withCString { open($0, O_RDWR | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else {
      guard errno == ENOENT else {
        throw StorageError(FileError(code: errno, path: library), library.shown)
      }
      self.descriptor = nil
      return
    }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = Self.start
    lock.l_len = Self.count
    guard fcntl(descriptor, F_SETLK, &lock) == 0 else {
      // Who has it; 0 where that is a machine across a network.
      _ = fcntl(descriptor, F_GETLK, &lock)
      close(descriptor)
      throw .inUse(library.shown, process: lock.l_type == Int16(F_UNLCK) ? 0 : Int(lock.l_pid))
    }
    self.descriptor = descriptor
  }

  func release() { if let descriptor { close(descriptor) } }
}
