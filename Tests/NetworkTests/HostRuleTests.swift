import Network
import TestServer
import TestSupport
import Testing

@testable import Network

/// The rules of hosts, with times that nobody waits for.
@Suite struct HostRuleTests {
  private static let now = 1_700_000_000.0

  @Test func twoAtOnce() {
    var rules = HostRules(now: Self.now)
    rules.began("a", now: Self.now)
    #expect(rules.turn(of: "a", now: Self.now) == .now)
    rules.began("a", now: Self.now)
    #expect(rules.turn(of: "a", now: Self.now) == .afterAnother)
    #expect(rules.turn(of: "b", now: Self.now) == .now)
    rules.ended("a")
    #expect(rules.turn(of: "a", now: Self.now) == .now)
  }

  @Test func aBurstAndThenSpacing() {
    var rules = HostRules(now: Self.now)
    for _ in 0..<4 {
      #expect(rules.turn(of: "a", now: Self.now) == .now)
      rules.began("a", now: Self.now)
      rules.ended("a")
    }
    #expect(rules.turn(of: "a", now: Self.now) == .at(Self.now + 0.5))
    #expect(rules.turn(of: "a", now: Self.now + 0.5) == .now)
    rules.began("a", now: Self.now + 0.5)
    rules.ended("a")
    #expect(rules.turn(of: "a", now: Self.now + 0.6) == .at(Self.now + 1))
    // After a quiet time the burst is there again, and no more than it.
    let later = Self.now + 1000
    for _ in 0..<4 {
      #expect(rules.turn(of: "a", now: later) == .now)
      rules.began("a", now: later)
      rules.ended("a")
    }
    #expect(rules.turn(of: "a", now: later) == .at(later + 0.5))
    // A clock that was set back is no reason to hurry or to wait for years.
    #expect(rules.turn(of: "a", now: Self.now - 1_000_000) == .at(Self.now - 999_999.5))
  }

  @Test func aHundredRequestsTakeTheirTime() {
    var rules = HostRules(now: Self.now)
    var time = Self.now
    for _ in 0..<100 {
      if case .at(let moment) = rules.turn(of: "a", now: time) { time = moment }
      #expect(rules.turn(of: "a", now: time) == .now)
      rules.began("a", now: time)
      rules.ended("a")
    }
    #expect((time - Self.now - 48).magnitude < 0.001)
  }

  @Test(arguments: [403, 429, 503]) func refusalsPauseTheHost(_ status: Int) {
    var rules = HostRules(now: Self.now)
    var time = Self.now
    for hours in [1.0, 2, 4, 8, 16, 24, 24, 24] {
      rules.received(status: status, retryAt: nil, from: "a", now: time)
      let until = time + hours * 3600
      #expect(rules.turn(of: "a", now: until - 1) == .paused(until))
      #expect(rules.turn(of: "a", now: until) == .now)
      #expect(rules.turn(of: "b", now: time) == .now)
      time = until
    }
    rules.received(status: 200, retryAt: nil, from: "a", now: time)
    #expect(rules.pauses.isEmpty)
    rules.received(status: status, retryAt: nil, from: "a", now: time)
    #expect(rules.turn(of: "a", now: time) == .paused(time + 3600))
  }

  @Test func retryAfterIsKept() {
    var rules = HostRules(now: Self.now)
    rules.received(status: 429, retryAt: Self.now + 120, from: "a", now: Self.now)
    #expect(rules.turn(of: "a", now: Self.now + 119) == .paused(Self.now + 120))
    // Requests that ran at once are one refusal, and the longer pause holds.
    rules.received(status: 429, retryAt: Self.now + 90, from: "a", now: Self.now + 1)
    rules.received(status: 200, retryAt: nil, from: "a", now: Self.now + 2)
    #expect(
      rules.pauses["a"] == HostRules.Pause(until: Self.now + 120, refusals: 1, status: 429))
    // Never at once, whatever the server says.
    rules.received(status: 503, retryAt: Self.now, from: "c", now: Self.now)
    #expect(rules.turn(of: "c", now: Self.now) == .paused(Self.now + 60))
  }

  @Test func otherErrorsPauseNothing() {
    var rules = HostRules(now: Self.now)
    for status in [400, 401, 404, 410, 500, 502, 504] {
      rules.received(status: status, retryAt: nil, from: "a", now: Self.now)
    }
    #expect(rules.pauses.isEmpty)
  }

  @Test func pausesOutliveTheProgram() {
    var rules = HostRules(now: Self.now)
    rules.received(status: 429, retryAt: Self.now + 5000, from: "a", now: Self.now)
    let next = HostRules(pauses: rules.pauses, now: Self.now + 1000)
    #expect(next.turn(of: "a", now: Self.now + 4999) == .paused(Self.now + 5000))
    // One from a clock that was wrong ends within a week.
    let wrong = ["b": HostRules.Pause(until: Self.now + 1e9, refusals: 3, status: 429)]
    let healed = HostRules(pauses: wrong, now: Self.now)
    #expect(healed.turn(of: "b", now: Self.now + 7 * 86_400) == .now)
  }

  /// 400 days of a server that refuses as it likes, asked every ten minutes: never back too early.
  @Test(arguments: 0..<8) func neverBackBeforeItsTime(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var rules = HostRules(now: 0)
    var earliest = 0.0
    for step in 0..<(400 * 144) {
      let now = Double(step) * 600
      // The program begins anew now and then.
      if dice.below(50) == 0 { rules = HostRules(pauses: rules.pauses, now: now) }
      guard rules.turn(of: "a", now: now) == .now else { continue }
      #expect(now >= earliest)
      rules.began("a", now: now)
      rules.ended("a")
      let status = [200, 304, 429, 503, 500][dice.below(5)]
      let retry: Double? =
        dice.below(2) == 0 ? now + Double(dice.below(200_000)) : nil
      rules.received(status: status, retryAt: retry, from: "a", now: now)
      if status == 429 || status == 503 { earliest = retry ?? now + 3600 }
    }
  }

  // MARK: - With a server

  @Test func theLoopKeepsSpacing() throws {
    let clock = TestClock(Self.now)
    var setup = Transfers.Setup()
    setup.now = { clock.now }
    let room = try Workroom(setup: setup) { _ in .reply(text: "x") }
    for _ in 0..<6 { room.transfers.start(try room.request("/")) }
    for _ in 0..<4 { #expect(room.transfers.next() != nil) }
    #expect(room.transfers.next(atMost: 30) == nil)
    #expect(room.server.requests.count == 4)
    for count in 5...6 {
      clock.advance(0.5)
      room.transfers.clockChanged()
      #expect(room.transfers.next() != nil)
      #expect(room.server.requests.count == count)
    }
  }

  @Test func theLoopKeepsPauses() throws {
    let clock = TestClock(Self.now)
    var setup = Transfers.Setup()
    setup.now = { clock.now }
    let room = try Workroom(setup: setup) { seen in
      seen.path == "/busy" ? .reply(429, [("Retry-After", "120")]) : .reply(text: "x")
    }
    let busy = try room.fetch("/busy").response()
    #expect(busy.problem == .status(429) && busy.times.retryAt == Self.now + 120)
    #expect(
      try room.fetch("/").error == .hostWaits(host: "127.0.0.1", until: Self.now + 120))
    #expect(room.transfers.pauses["127.0.0.1"]?.status == 429)
    clock.advance(121)
    #expect(try room.fetch("/").response().text == "x")
    #expect(room.transfers.pauses.isEmpty)
    #expect(room.server.requests.count == 2)
  }
}
