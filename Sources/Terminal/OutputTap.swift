import CNcurses
import Glibc

/// Catches what ncurses writes while it draws, for it tells nobody how it changes the screen.
///
/// ncurses writes to a descriptor of its own. While `body` runs, that is one of a file in memory,
/// and at all other times the terminal's.
struct OutputTap {
  private let pen: CInt
  private let terminal: CInt
  private let paper: CInt

  /// `pen` is the descriptor that ncurses writes to; `nil` if the system has no files in memory.
  init?(pen: CInt, terminal: CInt) {
    let paper = memfd_create("frame", closedOnExec)
    guard paper >= 0 else { return nil }
    (self.pen, self.terminal, self.paper) = (pen, terminal, paper)
  }

  /// What is written meanwhile, which does not reach the terminal; `nil` if it went there after all.
  func bytes(of body: () -> Void) -> [UInt8]? {
    guard lseek(paper, 0, SEEK_SET) == 0, ftruncate(paper, 0) == 0, dup3(paper, pen, O_CLOEXEC) >= 0
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
    guard fstat(paper, &status) == 0, status.st_size > 0 else { return [] }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let base = buffer.baseAddress {
        let got = pread(paper, base + count, size - count, off_t(count))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        count += got
      }
    }
  }
}
