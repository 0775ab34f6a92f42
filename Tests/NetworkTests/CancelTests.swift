import Glibc
import Network
import TestNames
import TestServer
import Testing
import Threads

@testable import Network

/// Requests that are cancelled at each stage, and the end of all.
@Suite struct CancelTests {
  /// Cancels, and expects the end at once.
  private func expectCancelled(
    _ transfers: Transfers, _ id: RequestID, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let time = try milliseconds {
      transfers.cancel(id)
      let result = try #require(transfers.next(), sourceLocation: location)
      #expect(result.id == id, sourceLocation: location)
      #expect(result.outcome.error == .cancelled, sourceLocation: location)
    }
    // Far below every limit of time, which are 10 s and more.
    #expect(time < 5000, sourceLocation: location)
    #expect(transfers.outstanding == 0, sourceLocation: location)
  }

  /// That a transfer which was cancelled harms no other.
  private func expectUsable(_ room: Workroom) throws {
    #expect(try room.fetch("/plain").response().text == "plain")
  }

  private static let plain: [TestServer.Step] = .reply(text: "plain")

  @Test func queued() throws {
    let room = try Workroom { $0.path == "/plain" ? Self.plain : [.hold] }
    let running = try (0..<2).map { _ in room.transfers.start(try room.request("/")) }
    let waiting = room.transfers.start(try room.request("/"))
    #expect(room.server.wait(for: 2))
    room.transfers.cancel(waiting)
    #expect(room.transfers.next()?.id == waiting)
    #expect(room.server.requests.count == 2)
    for id in running {
      room.transfers.cancel(id)
      #expect(room.transfers.next()?.outcome.error == .cancelled)
    }
    try expectUsable(room)
  }

  @Test func resolving() throws {
    test_names_add("slow-name.test", "127.0.0.1")
    test_names_hold("slow-name.test")
    defer { test_names_release("slow-name.test") }
    let room = try Workroom { _ in Self.plain }
    let id = room.transfers.start(try room.request("/", host: "slow-name.test"))
    while test_names_lookups("slow-name.test") == 0 { _ = room.transfers.next(atMost: 1) }
    try expectCancelled(room.transfers, id)
    try expectUsable(room)
  }

  @Test func connecting() throws {
    let listener = try #require(Listener(backlog: 0, accepts: false) { _ in })
    let transfers = Transfers(Workroom.quick)
    // The system makes one connection by itself, and the second one has to wait.
    let ids = try (0..<2).map { _ in
      transfers.start(try request("http://127.0.0.1:\(listener.port)/"))
    }
    #expect(!transfers.waitForResults(1, atMost: 50))
    transfers.cancel(ids[0])
    #expect(transfers.next()?.outcome.error == .cancelled)
    try expectCancelled(transfers, ids[1])
  }

  @Test func agreeingOnTLS() throws {
    let listener = try #require(
      Listener { connection in
        while !connection.read().isEmpty {}
      })
    let transfers = Transfers(Workroom.quick)
    let id = transfers.start(try request("https://127.0.0.1:\(listener.port)/"))
    while listener.accepted == 0 { _ = transfers.next(atMost: 1) }
    try expectCancelled(transfers, id)
    #expect(listener.waitUntil(open: 0))
  }

  @Test(arguments: ["head", "half", "body", "endless"]) func answering(_ stage: String) throws {
    let room = try Workroom { seen in
      switch seen.path {
      case "/head": [.hold]
      case "/half": [.send(Array("HTTP/1.1 200 OK\r\nX-".utf8)), .hold]
      case "/body": [.head(200, [("Content-Length", "9")]), .send(Array("half".utf8)), .hold]
      case "/endless": [.head(200), .drip([UInt8](repeating: 0x61, count: 100_000), pause: 1)]
      default: Self.plain
      }
    }
    let id = room.transfers.start(try room.request("/\(stage)"))
    #expect(room.server.wait(for: 1))
    try expectCancelled(room.transfers, id)
    #expect(room.server.listener.waitUntil(open: 0), "the connection is closed")
    try expectUsable(room)
  }

  @Test func betweenHops() throws {
    let room = try Workroom { $0.path == "/a" ? .redirect(to: "/b") : [.hold] }
    let id = room.transfers.start(try room.request("/a"))
    #expect(room.server.wait(for: 2))
    try expectCancelled(room.transfers, id)
  }

  @Test func handingOver() throws {
    let room = try Workroom { _ in Self.plain }
    let id = room.transfers.start(try room.request("/"))
    // The answer waits to be taken.
    #expect(room.transfers.waitForResults(1, atMost: 10_000))
    try expectCancelled(room.transfers, id)
  }

  @Test func afterTheEndNothingHappens() throws {
    let room = try Workroom { _ in Self.plain }
    let id = room.transfers.start(try room.request("/"))
    #expect(try #require(room.transfers.next()).outcome.response().text == "plain")
    room.transfers.cancel(id)
    room.transfers.cancel(RequestID(number: 999))
    #expect(room.transfers.next() == nil)
    try expectUsable(room)
  }

  @Test func allAtOnce() throws {
    let room = try Workroom { seen in
      seen.path == "/hold" ? [.hold] : seen.path == "/a" ? .redirect(to: "/hold") : Self.plain
    }
    var ids: Set<RequestID> = []
    for path in ["/hold", "/plain", "/a", "/hold", "/plain"] {
      ids.insert(room.transfers.start(try room.request(path)))
    }
    #expect(room.server.wait(for: 2))
    room.transfers.cancelAll()
    while let result = room.transfers.next() {
      #expect(result.outcome.error == .cancelled)
      #expect(ids.remove(result.id) != nil)
    }
    #expect(ids.isEmpty)
    try expectUsable(room)
  }

  /// Only what was started before is cancelled, however close the next request follows.
  @Test func whatIsStartedAfterwardsIsFetched() throws {
    let room = try Workroom { $0.path == "/hold" ? [.hold] : Self.plain }
    for _ in 0..<50 {
      let held = room.transfers.start(try room.request("/hold"))
      room.transfers.cancelAll()
      let next = room.transfers.start(try room.request("/plain"))
      while let result = room.transfers.next() {
        #expect((result.id == held) == (result.outcome.error == .cancelled))
        #expect([held, next].contains(result.id))
      }
    }
  }

  @Test func finishingEndsTheThreadAndEveryWait() throws {
    let room = try Workroom { _ in [.hold] }
    for _ in 0..<5 { room.transfers.start(try room.request("/")) }
    #expect(room.server.wait(for: 2))
    let ended = Monitor(false)
    let waiting = startThread(stackSize: 1 << 18) { [transfers = room.transfers] in
      while transfers.next() != nil {}
      ended.change { $0 = true }
    }
    room.transfers.finish()
    #expect(ended.wait(atMost: 10_000) { $0 })
    pthread_join(try #require(waiting), nil)
    #expect(room.server.listener.waitUntil(open: 0))
    room.transfers.start(try room.request("/"))
    #expect(room.transfers.next() == nil)
    room.transfers.finish()
  }

  @Test func unusedTransfersHaveNoThread() {
    let transfers = Transfers()
    #expect(transfers.next() == nil)
    #expect(transfers.next(atMost: 1) == nil)
    transfers.cancelAll()
    transfers.finish()
  }

  /// Cancelled at every moment of a run: each request ends once, whatever the moment.
  @Test func atAnyMoment() throws {
    let room = try Workroom { seen in
      seen.path == "/a" ? .redirect(to: "/b") : .reply(text: "x")
    }
    for round in 0..<60 {
      let id = room.transfers.start(try room.request(round.isMultiple(of: 2) ? "/a" : "/b"))
      // As much of the run as so many turns of another thread take.
      for _ in 0..<(round * 40) { _ = room.transfers.outstanding }
      room.transfers.cancel(id)
      let result = try #require(room.transfers.next())
      #expect(result.id == id)
      #expect(result.outcome.error == nil || result.outcome.error == .cancelled)
      #expect(room.transfers.next() == nil)
    }
  }
}
