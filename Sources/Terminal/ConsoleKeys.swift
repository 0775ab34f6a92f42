package import Display
import Glibc

extension Console {
  /// The next key, or `nil` if none has come; never waits.
  package func nextKey() -> Key? { parser.next() }

  /// Whether more keys have come: a frame that the next key makes old need not be drawn.
  package var hasKeys: Bool { parser.hasKeys }

  /// Whether keys, read or unread, are there without waiting.
  package var hasInput: Bool {
    if parser.hasKeys { return true }
    var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&file, 1, 0) > 0 && file.revents & Int16(POLLIN) != 0
  }

  /// Sleeps until a key, a message, a resize or the end comes, or `timeout` milliseconds pass (an
  /// empty answer).
  ///
  /// Without a timeout an idle program is never woken.
  package func wait<Message>(for inbox: Inbox<Message>, timeout: Int? = nil) -> Wake {
    wait(inbox.descriptor, timeout)
  }

  /// Sleeps until a key, a resize or the end comes.
  package func wait(timeout: Int? = nil) -> Wake { wait(-1, timeout) }

  private func wait(_ inbox: CInt, _ timeout: Int?) -> Wake {
    if hasEnded { return .ended }
    if parser.hasKeys { return .keys }
    var files = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: inbox, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let patience = [timeout, parser.timeout].compactMap { $0 }.min()
      let count = poll(&files, 3, CInt(clamping: patience ?? -1))
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else {
          hasEnded = true
          return .ended
        }
        continue
      }
      var wake: Wake = []
      if count == 0, let pending = parser.timeout, patience == pending { parser.expire() }
      if files[1].revents != 0 { wake.formUnion(takeSignals()) }
      if files[0].revents != 0, !readKeys() { hasEnded = true }
      if files[2].revents != 0 { wake.insert(.inbox) }
      if parser.hasKeys { wake.insert(.keys) }
      if hasEnded { wake.insert(.ended) }
      if !wake.isEmpty { return wake }
      if count == 0, timeout != nil, patience == timeout { return [] }
    }
  }

  /// Reads what the terminal sent; `false` when it is gone.
  func readKeys() -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16_384) { buffer in
      let count = read(input, buffer.baseAddress, buffer.count)
      guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
      parser.feed(buffer[..<count])
      return true
    }
  }

  private func takeSignals() -> Wake {
    var told: Set<UInt8> = []
    drain(signals) { told.insert($0) }
    var wake: Wake = []
    if told.contains(SignalGuard.News.endAsked.rawValue) { hasEnded = true }
    if told.contains(SignalGuard.News.stopAsked.rawValue) {
      suspend()
      wake.insert(.screen)
    } else if told.contains(SignalGuard.News.continued.rawValue) {
      // Stopped without our knowing: the shell has set the terminal for itself meanwhile.
      comeBack()
      wake.insert(.screen)
    }
    if told.contains(SignalGuard.News.resized.rawValue), measure() { wake.insert(.screen) }
    return wake
  }
}
