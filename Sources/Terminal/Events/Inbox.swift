import Glibc
import Threads

/// Messages from any thread to the main thread, which waits in `Console.wait`.
///
/// Posting wakes it by one byte on a pipe, and only when the inbox was empty, so that many messages
/// cost one wake-up.
package final class Inbox<Message: Sendable>: Sendable {
  private let messages = Monitor<[Message]>([])
  /// For `poll`: readable while there are messages.
  package let descriptor: CInt
  private let writer: CInt

  package init() throws(TerminalError) {
    let pipe = try Pipe(isBlocking: false)
    descriptor = pipe.reader
    writer = pipe.writer
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Adds a message; from any thread.
  package func post(_ message: Message) {
    messages.change { messages in
      messages.append(message)
      if messages.count == 1 { wake(writer, 1) }
    }
  }

  /// Takes all messages, oldest first; empty if there are none.
  package func take() -> [Message] {
    messages.change { messages in
      drain(descriptor) { _ in }
      defer { messages = [] }
      return messages
    }
  }
}
