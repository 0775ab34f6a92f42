package import Threads

/// An HTTP/1.1 server on loopback whose answers are scripts, and that remembers what it was asked.
///
/// Each connection has a thread of its own, so that an answer may stall, drip or never end while others
/// go on. It keeps connections open unless a script closes them.
package final class TestServer: Sendable {
  /// What a script does, step by step.
  ///
  /// When it ends, the connection waits for the next request.
  package enum Step: Sendable {
    case send([UInt8])
    /// Sends the bytes again and again until the client is gone.
    case sendForever([UInt8])
    /// Sends byte by byte with a pause in milliseconds behind each.
    case drip([UInt8], pause: Int32)
    /// Does nothing until the gate opens.
    case waitFor(Gate)
    /// Does nothing until the client is gone.
    case hold
    /// Closes the connection.
    case close
    /// Closes it with a RST.
    case reset
  }

  /// A request as it came.
  package struct Seen: Sendable {
    package let method: String
    /// The path with its query; through a proxy the whole address.
    package let target: String
    /// Names in lower case, in order.
    package let fields: [(name: String, value: String)]
    /// The number of the connection.
    package let connection: Int

    /// The value of the first field of that name in lower case.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
    /// The target up to its query.
    package var path: String { String(target.prefix { $0 != "?" }) }
  }

  package let listener: Listener
  private let log: Monitor<[Seen]>

  /// Starts a server; `script` is asked for every request, in the thread of its connection.
  package init?(
    _ address: String = "127.0.0.1", script: @escaping @Sendable (Seen) -> [Step]
  ) {
    let log = Monitor<[Seen]>([])
    self.log = log
    let listener = Listener(address) { connection in
      TestServer.serve(connection, log, script)
    }
    guard let listener else { return nil }
    self.listener = listener
  }

  package var port: Int { listener.port }

  /// The address of a path; `host` names another name of the same loopback address.
  package func address(_ path: String = "/", host: String? = nil) -> String {
    let isIPv6 = listener.address.contains(":")
    return "http://\(host ?? (isIPv6 ? "[\(listener.address)]" : listener.address)):\(port)\(path)"
  }

  /// What was asked so far, in the order in which the heads were complete.
  package var requests: [Seen] { log.read { $0 } }

  /// Waits until so many requests came; `false` after ten seconds.
  package func wait(for count: Int) -> Bool { log.wait(atMost: 10_000) { $0.count >= count } }

  package func stop() { listener.stop() }

  // MARK: - One connection

  /// Serves HTTP on a connection until it closes; for servers that speak something else first, too.
  package static func serve(
    _ connection: Connection, _ log: Monitor<[Seen]>, _ script: (Seen) -> [Step]
  ) {
    var rest: [UInt8] = []
    while let seen = readRequest(connection, &rest) {
      log.change { $0.append(seen) }
      for step in script(seen) where !perform(step, connection) { return }
    }
  }

  private static func readRequest(_ connection: Connection, _ rest: inout [UInt8]) -> Seen? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let range = rest.firstRange(of: end) {
        let head = String(decoding: rest[..<range.lowerBound], as: UTF8.self)
        rest.removeSubrange(..<range.upperBound)
        return seen(head, connection.number)
      }
      let more = connection.read()
      guard !more.isEmpty, rest.count < 1 << 20 else { return nil }
      rest += more
    }
  }

  private static func seen(_ head: String, _ connection: Int) -> Seen? {
    let lines = head.split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2 else { return nil }
    let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
    }
    return Seen(
      method: String(words[0]), target: String(words[1]), fields: fields, connection: connection)
  }

  /// Performs a step; `false` where the connection has ended.
  private static func perform(_ step: Step, _ connection: Connection) -> Bool {
    switch step {
    case .send(let bytes): return connection.send(bytes)
    case .sendForever(let bytes):
      while connection.send(bytes) {}
      return false
    case .drip(let bytes, let pause):
      for byte in bytes {
        guard connection.send([byte]), connection.wait(pause) else { return false }
      }
      return true
    case .waitFor(let gate):
      gate.wait()
      return true
    case .hold:
      _ = connection.wait(-1)
      return false
    case .close: return false
    case .reset:
      connection.reset()
      return false
    }
  }
}

/// What scripts wait for until a test opens it; it opens by itself after ten seconds.
package final class Gate: Sendable {
  private let isOpen = Monitor(false)

  package init() {}
  package func open() { isOpen.change { $0 = true } }
  package func wait() { _ = isOpen.wait(atMost: 10_000) { $0 } }
}
