import Network
import TestNames
import TestServer
import Testing

@testable import Network

/// Servers that answer slowly, badly, or not at all.
///
/// Limits are set to fractions of a second; nothing here waits longer than its limit.
@Suite struct TimeoutTests {
  private static var short: FetchLimits {
    var limits = FetchLimits.feed
    limits.wholeTime = 500
    limits.connectTime = 300
    return limits
  }

  @Test func noHead() throws {
    let room = try Workroom { _ in [.hold] }
    var error: FetchError?
    let time = try milliseconds { error = try room.fetch("/", limits: Self.short).error }
    #expect(error == .timedOut(seconds: 1))
    #expect((400...5000).contains(time))
  }

  @Test func headThatStops() throws {
    let room = try Workroom { _ in [.send(Array("HTTP/1.1 200 OK\r\nX-A: 1\r\n".utf8)), .hold] }
    #expect(try room.fetch("/", limits: Self.short).error == .timedOut(seconds: 1))
  }

  @Test func bodyThatStopsKeepsWhatCame() throws {
    let room = try Workroom { _ in
      [.head(200, [("Content-Length", "100")]), .send(Array("half".utf8)), .hold]
    }
    let response = try room.fetch("/", limits: Self.short).response()
    #expect(response.text == "half" && response.cut == .timedOut(seconds: 1))
  }

  @Test func bodyThatDripsIsTooSlow() throws {
    let room = try Workroom { _ in
      [.head(200), .drip([UInt8](repeating: 0x61, count: 1000), pause: 50)]
    }
    var limits = FetchLimits.feed
    limits.lowSpeed = 1000
    limits.lowSpeedTime = 1
    let response = try room.fetch("/", limits: limits).response()
    #expect(response.cut == .tooSlow)
    #expect(response.body.count > 1 && response.body.count < 1000)
  }

  @Test func connectionThatIsNotAccepted() throws {
    let listener = try #require(Listener(backlog: 0, accepts: false) { _ in })
    // The system makes one connection by itself, which nobody answers, and no further one.
    let transfers = Transfers(Workroom.quick)
    for _ in 0..<2 {
      transfers.start(
        try request("http://127.0.0.1:\(listener.port)/", limits: Self.short))
    }
    var errors: Set<FetchError> = []
    while let error = transfers.next()?.outcome.error { errors.insert(error) }
    #expect(errors == [.timedOut(seconds: 1), .unreachable(host: "127.0.0.1")])
  }

  @Test func nobodyListens() throws {
    let listener = try #require(Listener { _ in })
    let port = listener.port
    listener.stop()
    #expect(
      try single("http://127.0.0.1:\(port)/").error == .unreachable(host: "127.0.0.1"))
  }

  @Test func unknownName() throws {
    #expect(
      try single("http://never-added.test/").error == .hostNotFound(host: "never-added.test"))
    // libcurl answers these by itself, or no name server knows them (RFC 6761).
    #expect(try single("http://xn--a.test/").error != nil)
  }

  @Test func connectionsThatCloseAtOnce() throws {
    let room = try Workroom { seen in seen.path == "/reset" ? [.reset] : [.close] }
    #expect(try room.fetch("/").error == .noAnswer)
    #expect(try room.fetch("/reset").error == .noAnswer)
  }

  @Test func whatIsNoWebServer() throws {
    let room = try Workroom { seen in
      [.send(Array((seen.path == "/ssh" ? "SSH-2.0-x\r\n" : "<html>\n<body>").utf8)), .close]
    }
    #expect(try room.fetch("/ssh").error == .notHTTP)
    #expect(try room.fetch("/html").error == .notHTTP)
  }

  @Test(arguments: ["HTTP/1.1 abc OK", "HTTP/9.7 200 OK", "HTTP/1.1", "HTTP/1.1 42 OK"])
  func nonsenseInTheFirstLine(_ line: String) throws {
    let room = try Workroom { _ in [.send(Array("\(line)\r\n\r\n".utf8)), .close] }
    let error = try #require(try room.fetch("/").error)
    #expect([.notHTTP, .badHead(reason: "")].contains(error.withoutReason), "\(error)")
  }

  // MARK: - TLS

  @Test func aServerWithoutTLS() throws {
    let listener = try #require(
      Listener { connection in
        _ = connection.read()
        connection.send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
      })
    let error = try single("https://127.0.0.1:\(listener.port)/").error
    guard case .noTLS(let host, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(host == "127.0.0.1" && !reason.isEmpty)
  }

  @Test func aServerThatEndsTLS() throws {
    let listener = try #require(
      Listener { connection in
        _ = connection.read()
        // A fatal alert: handshake failure.
        connection.send([21, 3, 3, 0, 2, 2, 40])
      })
    guard case .noTLS = try single("https://127.0.0.1:\(listener.port)/").error else {
      Issue.record("an alert is no answer")
      return
    }
  }

  @Test func aServerThatStallsTLS() throws {
    let listener = try #require(
      Listener { connection in
        while !connection.read().isEmpty {}
      })
    #expect(
      try single("https://127.0.0.1:\(listener.port)/", Self.short).error
        == .unreachable(host: "127.0.0.1"))
  }

  private func single(
    _ address: String, _ limits: FetchLimits = .feed
  ) throws -> Result<Response, FetchError> {
    let transfers = Transfers(Workroom.quick)
    transfers.start(try request(address, limits: limits))
    return try #require(transfers.next()).outcome
  }
}

extension FetchError {
  /// The same case without words of libcurl.
  var withoutReason: FetchError {
    switch self {
    case .badHead: .badHead(reason: "")
    default: self
    }
  }
}
