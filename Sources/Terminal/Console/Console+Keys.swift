package import Display
import Glibc

extension Console {
  /// The next key, or `nil` if none has come; never waits.
  package func nextKey() -> Key? { parser.next() }

  /// Whether more keys have come, so that a frame drawn now would be outdated by the next one.
  package var hasKeys: Bool { parser.hasKeys }

  /// Whether keys, read or unread, are there without waiting.
  package var hasInput: Bool {
    if parser.hasKeys { return true }
    var file = pollfd(fd: device.input, events: Int16(POLLIN), revents: 0)
    return poll(&file, 1, 0) > 0 && file.revents & Int16(POLLIN) != 0
  }

  /// Waits until a key, a message, a resize or the end comes, or `timeout` milliseconds pass (an
  /// empty answer).
  ///
  /// Without a timeout an idle program is never woken.
  package func wait<Message>(for inbox: Inbox<Message>, timeout: Int? = nil) -> Wake {
    wait(inbox.descriptor, timeout)
  }

  /// Waits until a key, a resize or the end comes.
  package func wait(timeout: Int? = nil) -> Wake { wait(-1, timeout) }

  private func wait(_ inbox: CInt, _ timeout: Int?) -> Wake {
    if hasEnded { return .ended }
    if parser.hasKeys { return .keys }
    var files = [
      pollfd(fd: device.input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: device.signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: inbox, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let shortest = [timeout, parser.timeout].compactMap { $0 }.min()
      let count = poll(&files, 3, CInt(clamping: shortest ?? -1))
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else {
          hasEnded = true
          return .ended
        }
        continue
      }
      var wake: Wake = []
      if count == 0, let pending = parser.timeout, shortest == pending { parser.expire() }
      if files[1].revents != 0 { wake.formUnion(takeSignals()) }
      if files[0].revents != 0, !readKeys() { hasEnded = true }
      if files[2].revents != 0 { wake.insert(.inbox) }
      if parser.hasKeys { wake.insert(.keys) }
      if hasEnded { wake.insert(.ended) }
      if !wake.isEmpty { return wake }
      if count == 0, timeout != nil, shortest == timeout { return [] }
    }
  }

  /// Reads what the terminal sent; `false` when it is gone.
  func readKeys() -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16_384) { buffer in
      let count = read(device.input, buffer.baseAddress, buffer.count)
      guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
      parser.feed(buffer[..<count])
      return true
    }
  }

  private func takeSignals() -> Wake {
    var notices: Set<UInt8> = []
    drain(device.signals) { notices.insert($0) }
    var wake: Wake = []
    if notices.contains(SignalGuard.Notice.endRequested.rawValue) { hasEnded = true }
    if notices.contains(SignalGuard.Notice.stopRequested.rawValue) {
      suspend()
      wake.insert(.screen)
    } else if notices.contains(SignalGuard.Notice.continued.rawValue) {
      // Stopped by SIGSTOP, which no handler sees: the shell has set the terminal's modes meanwhile.
      takeBack()
      wake.insert(.screen)
    }
    if notices.contains(SignalGuard.Notice.resized.rawValue), measure() { wake.insert(.screen) }
    return wake
  }
}
