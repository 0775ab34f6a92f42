internal import Glibc

/// One accepted connection, read and written by the thread that serves it.
///
/// Every wait ends when the peer closes the connection or the server stops, which shuts it down.
package final class Connection: Sendable {
  /// From 0, in the order in which they were accepted.
  package let number: Int
  let socket: Int32

  init(_ socket: Int32, number: Int) {
    self.socket = socket
    self.number = number
  }

  /// Reads up to so many bytes; empty at the end.
  package func read(atMost count: Int = 65_536) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let got = recv(socket, &buffer, count, 0)
      if got < 0, errno == EINTR { continue }
      return Array(buffer[..<max(0, got)])
    }
  }

  /// Reads exactly so many bytes; fewer at the end.
  package func read(exactly count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = read(atMost: count - bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  /// Sends all bytes; `false` if the peer is gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let sent = bytes.withUnsafeBytes { whole in
        Glibc.send(
          socket, whole.baseAddress.map { $0 + start }, whole.count - start, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { return false }
      start += sent
    }
    return true
  }

  /// Waits until the peer closes, or so many milliseconds (-1: for ever); `false` if it has closed.
  func wait(_ milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: socket, events: Int16(POLLIN) | 0x2000, revents: 0)  // POLLRDHUP
    let count = poll(&watched, 1, milliseconds)
    return count == 0
  }

  /// Closes with a RST instead of a FIN.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  func shutDown() { shutdown(socket, Int32(SHUT_RDWR)) }
}
