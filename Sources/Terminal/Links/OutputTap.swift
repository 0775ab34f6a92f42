import CNcurses
import Glibc

/// Captures what ncurses writes while it draws, since it has no call that reports its changes.
///
/// ncurses writes to a descriptor of its own. While `body` runs, that descriptor leads to a file in
/// memory, and at all other times to the terminal.
struct OutputTap {
  private let pen: CInt
  private let terminal: CInt
  private let memory: CInt

  /// `pen` is the descriptor that ncurses writes to; `nil` if the system has no files in memory.
  init?(pen: CInt, terminal: CInt) {
    let memory = memfd_create("frame", closedOnExec)
    guard memory >= 0 else { return nil }
    (self.pen, self.terminal, self.memory) = (pen, terminal, memory)
  }

  /// What ncurses writes while `body` runs; `nil` if it could not be captured and went to the terminal.
  func bytes(of body: () -> Void) -> [UInt8]? {
    guard lseek(memory, 0, SEEK_SET) == 0, ftruncate(memory, 0) == 0,
      dup3(memory, pen, O_CLOEXEC) >= 0
    else {
      body()
      return nil
    }
    body()
    while dup3(terminal, pen, O_CLOEXEC) < 0, errno == EINTR || errno == EBUSY {}
    return contents()
  }

  private func contents() -> [UInt8] {
    var status = stat()
    guard fstat(memory, &status) == 0, status.st_size > 0 else { return [] }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let base = buffer.baseAddress {
        let got = pread(memory, base + count, size - count, off_t(count))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        count += got
      }
    }
  }
}
