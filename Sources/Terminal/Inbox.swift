import Glibc
import Synchronization

/// Messages from any thread to the one that sleeps in `Console.wait`.
///
/// Posting wakes the sleeper by one byte on a pipe, and only when the inbox was empty, so a flood
/// of messages costs one wake-up.
package final class Inbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  /// What `poll` looks at; readable while messages are there.
  package let descriptor: CInt
  private let writer: CInt

  package init() throws(TerminalError) {
    let ends = try makePipe()
    descriptor = ends.reader
    writer = ends.writer
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Adds a message; from any thread.
  package func post(_ message: Message) {
    messages.withLock { messages in
      messages.append(message)
      if messages.count == 1 { wake(writer, 1) }
    }
  }

  /// Takes all messages, oldest first; empty if there are none.
  package func take() -> [Message] {
    messages.withLock { messages in
      drain(descriptor) { _ in }
      defer { messages = [] }
      return messages
    }
  }
}

/// A pipe that neither end blocks on and no child inherits.
func makePipe() throws(TerminalError) -> (reader: CInt, writer: CInt) {
  var ends: [CInt] = [0, 0]
  guard pipe(&ends) == 0 else { throw .system("making a pipe", errno) }
  for end in ends {
    _ = fcntl(end, F_SETFL, O_NONBLOCK)
    _ = fcntl(end, F_SETFD, FD_CLOEXEC)
  }
  return (ends[0], ends[1])
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
