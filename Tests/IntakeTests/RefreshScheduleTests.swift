import Files
import Storage
import TestSupport
import Testing

@testable import Intake

/// When feeds are fetched: the rules one by one, and years of simulated servers.
@Suite struct RefreshScheduleTests {
  let folder = TemporaryFolder()
  let subscription: Subscription

  private let hour: Int64 = 3600
  private let day: Int64 = 86_400
  private let start: Int64 = 1_700_000_000

  init() throws {
    let library = try Library(path: Path(folder["library.sqlite"]))
    let id = try library.subscriptions.subscribe(
      NewSubscription("https://feed.example/rss"), now: 1_700_000_000
    ).id
    subscription = try #require(try library.subscriptions.subscription(id))
  }

  private func feed(
    _ etag: String? = "a", ttl: Int64? = nil, maxAge: Int64? = nil, gap: Int64? = nil,
    movedTo: String? = nil
  ) -> RefreshSchedule.Outcome {
    .feed(
      .init(validators: .init(etag: etag.map { Array($0.utf8) }), maxAge: maxAge, movedTo: movedTo),
      ttl: ttl, gap: gap, hasNews: true)
  }

  private func due(
    _ outcome: RefreshSchedule.Outcome, _ change: (inout Subscription) -> Void = { _ in }
  ) -> Int64 {
    var subscription = subscription
    change(&subscription)
    return RefreshSchedule.decide(subscription, outcome, now: start).record.status.due - start
  }

  @Test("a feed is fetched in half of its own rhythm, between an hour and a day")
  func rhythm() {
    for (gap, expected) in [(nil, day), (60, hour), (8 * hour, 4 * hour), (30 * day, day)]
      as [(Int64?, Int64)]
    {
      let wait = due(feed(gap: gap))
      #expect(wait >= expected * 9 / 10 && wait <= expected * 11 / 10 && wait >= hour, "\(wait)")
    }
  }

  @Test("what a feed or its server asks for is kept, up to a day")
  func asked() {
    #expect(due(feed(ttl: 6 * hour, gap: 60)) >= 6 * hour)
    #expect(due(feed(maxAge: 7 * hour, gap: 60)) >= 7 * hour)
    #expect(due(feed(ttl: 90 * day, gap: 60)) <= day * 11 / 10)
    #expect(due(feed(nil, gap: 60)) >= 3 * hour)
    #expect(due(feed(ttl: 6 * hour, gap: 60)) { $0.settings.interval = 60 } >= 6 * hour)
    #expect(due(feed(gap: 60)) { $0.settings.interval = 12 * hour } >= 10 * hour)
    #expect(due(feed(gap: 60)) { $0.settings.interval = 60 } >= hour)
  }

  @Test("feeds of one rhythm are not due at one moment")
  func spread() {
    let spans = (1...500).map { RefreshSchedule.jittered(10_000, $0) }
    #expect(spans.allSatisfy { (9000...11_000).contains($0) })
    #expect(Set(spans.map { $0 / 100 }).count > 15)
    #expect(spans == (1...500).map { RefreshSchedule.jittered(10_000, $0) })
  }

  @Test("errors are asked for again after one hour, two, four and so on, up to a day")
  func errors() {
    var subscription = subscription
    var now = start
    for expected in [1, 2, 4, 8, 16, 24, 24, 24] as [Int64] {
      let status = RefreshSchedule.decide(
        subscription, .failed(kind: "http", words: "404"), now: now
      ).record.status
      #expect(abs(status.due - now - expected * hour) <= expected * hour / 10)
      #expect(status.failure?.since == start)
      subscription.status = status
      now = status.due
    }
    #expect(subscription.status.failure?.count == 8)
    let record = RefreshSchedule.decide(subscription, feed(), now: now).record
    #expect(record.status.failure == nil && record.state == nil)
  }

  @Test("a host that asks for it is left alone: as long as it says, else longer each time")
  func refusals() {
    func refuse(_ host: HostStatus?, _ retryAfter: Int64?) -> HostStatus? {
      RefreshSchedule.decide(
        subscription, .refused(kind: "429", words: "429", retryAfter: retryAfter), host: host,
        now: start
      ).host
    }
    #expect(refuse(nil, 90)?.notBefore == start + 90)
    #expect(refuse(nil, 99 * day)?.notBefore == start + 7 * day)
    #expect(refuse(nil, -5)?.notBefore == start)
    #expect(refuse(nil, nil)?.notBefore == start + hour)
    #expect(refuse(HostStatus(notBefore: 0, failures: 2), nil)?.notBefore == start + 4 * hour)
    #expect(refuse(HostStatus(notBefore: start + day, failures: 1), 5)?.notBefore == start + day)
    #expect(refuse(HostStatus(notBefore: 0, failures: 60), nil)?.notBefore == start + day)
  }

  @Test("validators are those of the last answer, whole or not at all")
  func validators() {
    var subscription = subscription
    subscription.status.validators = .init(etag: [1], modified: [2])
    func after(_ outcome: RefreshSchedule.Outcome) -> FetchStatus.Validators {
      RefreshSchedule.decide(subscription, outcome, now: start).record.status.validators
    }
    #expect(after(feed("b")) == .init(etag: Array("b".utf8)))
    #expect(after(feed(nil)).isEmpty)
    #expect(after(.unchanged(.init(validators: .init(modified: [3])))) == .init(modified: [3]))
    #expect(after(.unchanged(.init())) == subscription.status.validators)
    #expect(after(.failed(kind: "", words: "")) == subscription.status.validators)
  }

  @Test("a permanent redirect is believed after three answers over a day, to one place")
  func moves() {
    var subscription = subscription
    var now = start
    func fetch(_ to: String?) -> String? {
      let record = RefreshSchedule.decide(subscription, feed(movedTo: to), now: now).record
      subscription.status = record.status
      now += 13 * hour
      return record.newAddress
    }
    #expect(fetch("https://b/") == nil && fetch("https://b/") == nil)
    #expect(fetch("https://c/") == nil && fetch("https://c/") == nil)
    #expect(fetch(nil) == nil && fetch("https://b/") == nil && fetch("https://b/") == nil)
    #expect(fetch("https://b/") == "https://b/")
    now = start
    subscription.status.move = nil
    for _ in 0..<5 {
      now -= 13 * hour - 60
      #expect(fetch("https://b/") == nil, "five in a row are one moment")
    }
  }

  @Test("410 ends it, and 404 never does")
  func gone() {
    let decision = RefreshSchedule.decide(subscription, .gone, now: start)
    #expect(decision.record.state == .gone)
    var subscription = subscription
    subscription.state = .gone
    #expect(
      !RefreshSchedule.mayFetch(subscription, host: nil, isByHand: false, now: start + 999 * day))
    #expect(RefreshSchedule.mayFetch(subscription, host: nil, isByHand: true, now: start))
  }

  @Test("by hand ignores what is due, but not the host, nor what came a moment ago")
  func byHand() {
    var subscription = subscription
    subscription.status.due = start + day
    subscription.status.fetched = start - 10
    func may(_ now: Int64, _ host: HostStatus? = nil, byHand: Bool = true) -> Bool {
      RefreshSchedule.mayFetch(subscription, host: host, isByHand: byHand, now: now)
    }
    #expect(!may(start) && may(start + 60) && !may(start + 60, byHand: false))
    #expect(!may(start + 60, HostStatus(notBefore: start + 90)))
    #expect(may(start + day, byHand: false))
    subscription.status.fetched = start + 99 * day
    #expect(may(start), "a clock that was ahead")
    subscription.state = .paused
    #expect(!may(start + 60))
  }

  @Test("the rhythm is the median distance of the newest entries")
  func gaps() {
    #expect(RefreshSchedule.gap(of: [], now: 100) == nil)
    #expect(RefreshSchedule.gap(of: [50], now: 100) == nil)
    #expect(RefreshSchedule.gap(of: [90, 80, 70, 60, 500], now: 100) == 10)
    let dates = (0..<50).map { start - Int64($0) * hour }
    #expect(RefreshSchedule.gap(of: dates, now: start) == hour)
    #expect(RefreshSchedule.gap(of: [Int64.min, .max, 5, 9], now: 10) == 4)
  }

  // MARK: - Simulation

  /// A server that behaves in one of many ways.
  private struct Server {
    var dice: Dice
    var etag = 0
    var forbiddenUntil: Int64 = 0
    var ttl: Int64?
    let kind: Int

    init(_ seed: Int) {
      dice = Dice(state: UInt64(seed))
      kind = seed % 7
      ttl = seed.isMultiple(of: 3) ? Int64(dice.below(100_000)) : nil
    }

    mutating func answer(
      _ sent: FetchStatus.Validators, now: Int64
    ) -> RefreshSchedule.Outcome {
      switch kind {
      case 1 where dice.below(3) == 0: return .failed(kind: "network", words: "timeout")
      case 2 where dice.below(4) == 0:
        let wait = Int64(dice.below(200_000))
        forbiddenUntil = now + wait
        return .refused(kind: "429", words: "429", retryAfter: wait)
      case 3 where dice.below(50) == 0: return .refused(kind: "503", words: "503", retryAfter: nil)
      case 4 where now % (40 * 86_400) < 20 * 86_400: return .failed(kind: "http", words: "404")
      case 5 where dice.below(400) == 0: return .gone
      default: break
      }
      let current = FetchStatus.Validators(etag: Array("\(etag)".utf8))
      if kind == 6 { return .feed(.init(), ttl: ttl, gap: 7200, hasNews: false) }
      if sent == current, dice.below(3) > 0 { return .unchanged(.init(validators: current)) }
      etag += 1
      return .feed(
        .init(validators: .init(etag: Array("\(etag)".utf8))), ttl: ttl,
        gap: Int64(dice.below(200_000)), hasNews: true)
    }
  }

  @Test(
    "in 400 days no server is asked too early, too often or without what it gave, and none is forgotten"
  )
  func simulation() {
    for seed in 0..<70 {
      var subscription = subscription
      subscription.id = SubscriptionID(seed)
      var server = Server(seed)
      var host: HostStatus?
      var (now, last) = (start, Int64.min / 2)
      var given: FetchStatus.Validators?
      var requests = 0
      while now < start + 400 * day {
        // As a program does: it looks each time that something may be due.
        let next = max(subscription.status.due, host?.notBefore ?? 0, now)
        guard subscription.state == .active else { break }
        #expect(next - now <= 8 * day, "forgotten")
        now = next
        #expect(RefreshSchedule.mayFetch(subscription, host: host, isByHand: false, now: now))
        #expect(now >= server.forbiddenUntil)
        #expect(server.kind == 2 || now - last >= hour * 9 / 10, "\(now - last) by \(seed)")
        if let given { #expect(subscription.status.validators == given) }
        last = now
        requests += 1
        let outcome = server.answer(subscription.status.validators, now: now)
        let decision = RefreshSchedule.decide(subscription, outcome, host: host, now: now)
        switch outcome {
        case .feed(let answer, let ttl, _, _):
          given = answer.validators
          let floor = min(max(ttl ?? 0, answer.validators.isEmpty ? 3 * hour : hour), day)
          #expect(decision.record.status.due >= now + floor)
        case .unchanged(let answer): given = answer.validators
        default: break
        }
        subscription.status = decision.record.status
        subscription.state = decision.record.state ?? subscription.state
        host = decision.clearsHost ? nil : decision.host ?? host
        now += 1
      }
      #expect(requests >= (server.kind == 5 ? 1 : 100), "\(requests) by \(seed)")
      #expect(requests <= 400 * 24)
    }
  }
}
