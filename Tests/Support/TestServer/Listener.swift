internal import Glibc
internal import Threads

/// Accepts connections on a loopback address and serves each in a thread of its own.
///
/// `stop` ends all of them, and so does the end of the listener; nothing is left running behind a test.
package final class Listener: Sendable {
  /// Where it listens.
  package let address: String
  package let port: Int

  private struct State: Sendable {
    var threads: [pthread_t] = []
    var open: [Int: Connection] = [:]
    var accepted = 0
    var isStopped = false
  }

  private let socket: Int32
  private let state = Monitor(State())

  /// Listens on a free port of an IPv4 address of loopback, or of `::1`; `nil` where there is none.
  ///
  /// With `accepts` false connections are never taken: after `backlog` of them the system answers none.
  package init?(
    _ address: String = "127.0.0.1", backlog: Int32 = 128, accepts: Bool = true,
    serve: @escaping @Sendable (Connection) -> Void
  ) {
    let isIPv6 = address.contains(":")
    let socket = Glibc.socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0, let port = Listener.bind(socket, address, isIPv6),
      listen(socket, backlog) == 0
    else {
      if socket >= 0 { close(socket) }
      return nil
    }
    self.address = address
    self.socket = socket
    self.port = port
    guard accepts else { return }
    let thread = startThread(stackSize: 1 << 18) { [socket, state] in
      Listener.accept(on: socket, state, serve)
    }
    state.change { $0.threads = thread.map { [$0] } ?? [] }
  }

  deinit {
    stop()
    close(socket)
  }

  /// How many connections were accepted.
  package var accepted: Int { state.read { $0.accepted } }

  /// Closes everything and waits for the threads.
  package func stop() {
    state.change { $0.isStopped = true }
    shutdown(socket, Int32(SHUT_RDWR))
    while true {
      let (threads, open) = state.change { state in
        defer { state.threads = [] }
        return (state.threads, Array(state.open.values))
      }
      for connection in open { connection.shutDown() }
      if threads.isEmpty { return }
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// Waits until at most so many connections are open; `false` after ten seconds.
  package func waitUntil(open count: Int) -> Bool {
    state.wait(atMost: 10_000) { $0.open.count <= count }
  }

  private static func accept(
    on socket: Int32, _ state: Monitor<State>, _ serve: @escaping @Sendable (Connection) -> Void
  ) {
    while true {
      let peer = Glibc.accept(socket, nil, nil)
      if peer < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard peer >= 0 else { return }
      _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
      // Head and body are sent apart; the second would wait for the first to be acknowledged.
      var isOn: Int32 = 1
      setsockopt(peer, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
      let connection = state.change { state in
        defer { state.accepted += 1 }
        let connection = Connection(peer, number: state.accepted)
        state.open[connection.number] = connection
        // A connection that came with the end would not be shut down any more.
        if state.isStopped { connection.shutDown() }
        return connection
      }
      let thread = startThread(stackSize: 1 << 18) {
        serve(connection)
        state.change { $0.open[connection.number] = nil }
        close(peer)
      }
      if let thread { state.change { $0.threads.append(thread) } }
    }
  }

  /// Binds to a free port and gives it.
  private static func bind(_ socket: Int32, _ address: String, _ isIPv6: Bool) -> Int? {
    var storage = sockaddr_storage()
    let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
    return withUnsafeMutablePointer(to: &storage) { storage in
      let place = UnsafeMutableRawPointer(storage)
      if isIPv6 {
        let ipv6 = place.assumingMemoryBound(to: sockaddr_in6.self)
        ipv6.pointee.sin6_family = sa_family_t(AF_INET6)
        guard inet_pton(AF_INET6, address, &ipv6.pointee.sin6_addr) == 1 else { return nil }
      } else {
        let ipv4 = place.assumingMemoryBound(to: sockaddr_in.self)
        ipv4.pointee.sin_family = sa_family_t(AF_INET)
        guard inet_pton(AF_INET, address, &ipv4.pointee.sin_addr) == 1 else { return nil }
      }
      let general = place.assumingMemoryBound(to: sockaddr.self)
      var length = socklen_t(size)
      guard Glibc.bind(socket, general, length) == 0, getsockname(socket, general, &length) == 0
      else { return nil }
      // The port is at the same place in both forms.
      return Int(
        UInt16(bigEndian: place.assumingMemoryBound(to: sockaddr_in.self).pointee.sin_port))
    }
  }
}
