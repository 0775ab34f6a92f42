import Network
import Stories
import TestServer
import Testing
import Threads

@testable import Network

/// How many requests run at once, and what happens when nobody takes the responses.
@Suite struct BackPressureTests {
  @Test func twoAtOnceAtAHost() throws {
    let gate = Gate()
    let room = try Workroom { _ in [.waitFor(gate)] + .reply(text: "x") }
    for _ in 0..<10 { room.transfers.start(try room.request("/")) }
    #expect(room.server.wait(for: 2))
    #expect(room.transfers.next(atMost: 50) == nil)
    #expect(room.server.requests.count == 2)
    gate.open()
    var count = 0
    while room.transfers.next() != nil { count += 1 }
    #expect(count == 10 && room.server.listener.accepted == 2)
  }

  @Test func aLimitForAllHosts() throws {
    let gate = Gate()
    var setup = Workroom.quick
    setup.connections = 5
    let room = try Workroom(setup: setup) { _ in [.waitFor(gate)] + .reply(text: "x") }
    for number in 0..<12 {
      room.transfers.start(try room.request("/", host: "h\(number).localhost"))
    }
    #expect(room.server.wait(for: 5))
    #expect(room.transfers.next(atMost: 50) == nil)
    #expect(room.server.requests.count == 5)
    gate.open()
    var count = 0
    while room.transfers.next() != nil { count += 1 }
    #expect(count == 12)
  }

  @Test func hostsTakeTurns() throws {
    let gate = Gate()
    var setup = Workroom.quick
    setup.connections = 1
    let room = try Workroom(setup: setup) { _ in [.waitFor(gate)] + .reply(text: "x") }
    // Until all others wait.
    room.transfers.start(try room.request("/", host: "z.localhost"))
    #expect(room.server.wait(for: 1))
    for host in ["a", "a", "a", "b", "b", "c"] {
      room.transfers.start(try room.request("/", host: "\(host).localhost"))
    }
    gate.open()
    while room.transfers.next() != nil {}
    let hosts = room.server.requests.map { String(($0["host"] ?? "").prefix(1)) }
    #expect(hosts == ["z", "a", "b", "c", "a", "b", "a"])
  }

  @Test func asksNoMoreThanWhatIsTaken() throws {
    var setup = Workroom.quick
    setup.window = 4
    let room = try Workroom(setup: setup) { seen in .reply(text: seen.path) }
    for number in 0..<40 { room.transfers.start(try room.request("/\(number)")) }
    #expect(room.transfers.waitForResults(4, atMost: 10_000))
    #expect(!room.transfers.waitForResults(5, atMost: 50))
    #expect(room.server.requests.count == 4)
    var count = 0
    while room.transfers.next() != nil {
      count += 1
      #expect(room.transfers.resultCount <= 4)
    }
    #expect(count == 40 && room.server.requests.count == 40)
  }

  /// Twelve servers that send several times what all may hold together.
  @Test(arguments: [1, 3, 4, 7]) func bodiesShareABudgetOfMemory(_ megabytes: Int) throws {
    var setup = Workroom.quick
    setup.memory = megabytes << 20
    let room = try Workroom(setup: setup) { _ in
      [.head(200), .sendForever([UInt8](repeating: 0x61, count: 65_536))]
    }
    let limits = FetchLimits(bodyBytes: 3 << 20)
    for number in 0..<12 {
      room.transfers.start(try room.request("/", host: "h\(number).localhost", limits: limits))
    }
    var count = 0
    while let result = room.transfers.next() {
      let response = try result.outcome.response()
      #expect(response.body.count == 3 << 20)
      #expect(response.cut == .bodyTooLarge(limit: 3 << 20))
      // What waits is at most the budget and two bodies that ended above it.
      #expect(room.transfers.waitingBytes <= (megabytes + 6) << 20)
      count += 1
    }
    #expect(count == 12)
  }

  /// Nobody takes anything for a while: what is received stays within the budget.
  @Test func bodiesThatNobodyTakesStopTheOthers() throws {
    var setup = Workroom.quick
    setup.memory = 1 << 20
    let room = try Workroom(setup: setup) { _ in
      .reply(200, [], [UInt8](repeating: 0x61, count: 1 << 20))
    }
    for number in 0..<12 {
      room.transfers.start(try room.request("/", host: "h\(number).localhost"))
    }
    #expect(room.transfers.waitForResults(1, atMost: 10_000))
    #expect(!room.transfers.waitForResults(4, atMost: 100))
    var count = 0
    while let result = room.transfers.next() {
      #expect(try result.outcome.response().body.count == 1 << 20)
      count += 1
    }
    #expect(count == 12)
  }
}
