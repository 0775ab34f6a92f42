import Files
import Glibc
import Stories

/// Standard output and standard error, written without buffering by anybody else.
enum Output {
  /// Writes bytes unchanged, the program's own control sequences included.
  ///
  /// Text from outside in them must be safe already. A closed pipe ends the program quietly.
  static func writeSequences(_ bytes: [UInt8]) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { whole in
        Glibc.write(1, whole.baseAddress.map { $0 + start }, whole.count - start)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var room = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, -1)
        continue
      }
      if count < 0, errno == EPIPE { exit(0) }
      guard count > 0 else {
        throw Failure("cannot write to standard output: \(String(cString: strerror(errno)))")
      }
      start += count
    }
  }

  /// Writes text without what is unsafe where it goes (`SafeScalars`).
  static func write(_ text: String) throws(Failure) {
    try writeSequences(SafeScalars.clean(text, for: isTerminal ? .terminal : .file))
  }

  /// Writes a document that is clean for files; on a terminal it becomes as safe as the screen.
  static func write(_ document: [UInt8]) throws(Failure) {
    guard isTerminal else { return try writeSequences(document) }
    var bytes = document
    SafeScalars.clean(&bytes, for: .terminal)
    try writeSequences(bytes)
  }

  /// One line on standard error that begins with the program's name.
  static func complain(_ message: String) {
    let line = Array("courant: \(shown(message))\n".utf8)
    _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }

  static var isTerminal: Bool { isatty(1) == 1 }
}

/// A sentence that says why the request failed; the exit status is 1.
struct Failure: Error {
  var message: String
  init(_ message: String) { self.message = message }
}
