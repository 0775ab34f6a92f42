import CNcurses
import Glibc

/// Redirects standard error to a file while the screen is taken, and shows the end of it afterwards.
///
/// A message on standard error would break the drawing, and that of a crash, written on the
/// alternate screen, would be lost with it.
@MainActor
final class ErrorLog {
  private let log: CInt
  /// Standard error as the shell opened it.
  private let errors: CInt
  private var start: off_t

  /// Redirects to the file at a path, or to a nameless one where that cannot be written.
  ///
  /// `nil` when standard error is no terminal, or no file can be made.
  init?(path: String?) {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    let named = path.map { open($0, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? -1
    log = named >= 0 ? named : Self.nameless()
    errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    start = lseek(log, 0, SEEK_END)
    guard log >= 0, errors >= 0 else {
      if log >= 0 { close(log) }
      if errors >= 0 { close(errors) }
      return nil
    }
    SignalGuard.setLog(log, start: start, errors: errors)
  }

  /// A file without a name, gone with the program.
  private static func nameless() -> CInt {
    var template = Array("/tmp/courant-XXXXXX".utf8CString)
    let file = mkostemp(&template, O_APPEND | O_CLOEXEC)
    if file >= 0 { unlink(template) }
    return file
  }

  func begin() { dup2(log, STDERR_FILENO) }

  /// Standard error is the terminal's again; what was written meanwhile is shown.
  func end() {
    dup2(errors, STDERR_FILENO)
    copyLogTail(from: log, start: start, to: errors)
    skip()
  }

  /// Takes what has been written by now for shown.
  func skip() {
    start = lseek(log, 0, SEEK_END)
    SignalGuard.setLog(log, start: start, errors: errors)
  }
}
