import Files
import Glibc

/// Standard output and standard error, written without buffering by anybody else.
enum Output {
  /// Writes all bytes to standard output; a reader that went away ends the program quietly.
  static func write(_ bytes: [UInt8]) throws(Failure) {
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

  static func write(_ text: String) throws(Failure) { try write(Array(text.utf8)) }

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
