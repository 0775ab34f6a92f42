import CNcurses
import Glibc

/// Redirects standard error to a file while the screen is taken, and shows the end of it afterwards.
///
/// A message on standard error would break the drawing, and that of a crash, written on the
/// alternate screen, would be lost with it. The file belongs to this process alone: what other
/// programs write to the log in the meantime is not shown.
@MainActor
final class ErrorLog {
  private let log: CInt
  /// The log on disk, which gets the same words; -1 where it cannot be written.
  private let copy: CInt
  /// Standard error as the shell opened it.
  private let errors: CInt
  private var start: off_t

  /// Redirects to a nameless file, of which the file at a path gets a copy.
  ///
  /// `nil` when standard error is no terminal, or no file can be made.
  init?(path: String?) {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    log = Self.nameless()
    copy = path.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? -1
    errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    start = lseek(log, 0, SEEK_END)
    guard log >= 0, errors >= 0 else {
      if log >= 0 { close(log) }
      if copy >= 0 { close(copy) }
      if errors >= 0 { close(errors) }
      return nil
    }
    SignalGuard.setLog(log, copy: copy, start: start, errors: errors)
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
    copyLogTail(from: log, start: start, to: copy)
    start = lseek(log, 0, SEEK_END)
    SignalGuard.setLog(log, copy: copy, start: start, errors: errors)
  }
}
