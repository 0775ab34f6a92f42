internal import Files
internal import Glibc

/// The lock that keeps every other program out of a library's file, for as long as this holds it.
///
/// SQLite locks bytes of the file (its file os.h): 510 bytes from 0x40000002 are locked for reading by
/// each connection to a library with a log, from its opening to its end.
struct LibraryLock {
  private let descriptor: Int32?

  private static let start = 0x4000_0000
  private static let count = 512

  /// Takes the lock; a library that does not exist needs none, nor does a folder or pipe of its name.
  ///
  /// No connection of this process may be open: closing the descriptor would drop its locks.
  init(_ library: Path) throws(StorageError) {
    switch try? fileKind(library, followLinks: true) {
    case .folder, .special:
      self.descriptor = nil
      return
    default: break
    }
    let descriptor = unsafe library.withCString { unsafe open($0, O_RDWR | O_CLOEXEC | O_NONBLOCK) }
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
    guard unsafe fcntl(descriptor, F_SETLK, &lock) == 0 else {
      // Who has it; 0 where that is a machine across a network.
      _ = unsafe fcntl(descriptor, F_GETLK, &lock)
      close(descriptor)
      throw .inUse(library.shown, process: lock.l_type == Int16(F_UNLCK) ? 0 : Int(lock.l_pid))
    }
    self.descriptor = descriptor
  }

  func release() { if let descriptor { close(descriptor) } }
}
