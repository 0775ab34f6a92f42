import CNcurses
import Glibc

/// Both ends of a pipe, which no other program inherits.
package struct Pipe: Sendable {
  /// The descriptor to read from; the owner closes it.
  package let reader: CInt
  /// The descriptor to write to; the owner closes it.
  package let writer: CInt

  /// Makes a pipe whose ends both block, or neither.
  package init(isBlocking: Bool) throws(TerminalError) {
    var ends: [CInt] = [-1, -1]
    guard pipe2(&ends, isBlocking ? O_CLOEXEC : O_CLOEXEC | O_NONBLOCK) == 0 else {
      throw .system("making a pipe", errno)
    }
    (reader, writer) = (ends[0], ends[1])
  }
}

/// Writes one byte; a full pipe is as good, for it wakes the reader just so.
func wake(_ descriptor: CInt, _ byte: UInt8) {
  var byte = byte
  while write(descriptor, &byte, 1) < 0, errno == EINTR {}
}

/// Reads all that a non-blocking descriptor has, giving each byte to `body`.
func drain(_ descriptor: CInt, _ body: (UInt8) -> Void) {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      for byte in buffer[..<count] { body(byte) }
    }
  }
}
