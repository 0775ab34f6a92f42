package import Storage

/// When a feed is fetched next, and what its subscription knows of it from then on: a pure function of
/// what was known, what the server answered, and the time.
///
/// All moments are in seconds since 1970 and all spans in seconds.
package struct RefreshSchedule: Sendable {
  /// What a server says besides a document.
  package struct Answer: Sendable, Hashable {
    package var validators: FetchStatus.Validators
    /// `max-age` of the answer, or the time until `Expires`.
    package var maxAge: Int64?
    /// The address at the end of redirects that were all permanent (301, 308); `nil` without one.
    package var movedTo: String?

    package init(
      validators: FetchStatus.Validators = .init(), maxAge: Int64? = nil, movedTo: String? = nil
    ) {
      self.validators = validators
      self.maxAge = maxAge
      self.movedTo = movedTo
    }
  }

  /// What came of a request.
  package enum Outcome: Sendable, Hashable {
    /// A feed (200); `ttl` is what it says of how often to come, `gap` the median distance between its
    /// entries, and `hasNews` whether it brought any.
    case feed(Answer, ttl: Int64?, gap: Int64?, hasNews: Bool)
    /// It has not changed (304).
    case unchanged(Answer)
    /// No feed: the network, a server error, 404, a page.
    case failed(kind: String, words: String)
    /// The host asks for a delay (429, 503, 403), of `retryAfter` if it says so.
    case refused(kind: String, words: String, retryAfter: Int64?)
    /// It is gone for good (410).
    case gone
  }

  /// What is to be kept.
  package struct Decision: Sendable, Hashable {
    package var record: FetchRecord
    /// What the host asked for from now on; `nil` leaves what is known of it.
    package var host: HostStatus?
    /// Whether nothing is known against the host any more.
    package var clearsHost = false
  }

  static let hour: Int64 = 3600
  static let day: Int64 = 86_400
  /// The shortest and longest time between two fetches of one feed.
  static let shortest = hour
  static let longest = day
  /// The least where the server names no validator, so that each fetch transfers the document.
  static let shortestWhole = 3 * hour
  /// The longest delay that a host can ask for.
  static let longestWait = 7 * day
  /// Two requests of one feed by hand are no closer than this.
  package static let shortestByHand: Int64 = 60
  /// So many permanent redirects to one address, over so long, move a subscription.
  static let movesNeeded = 3
  static let moveTime = day

  /// What is decided for a subscription, of whose host `host` is known.
  package static func decide(
    _ subscription: Subscription, _ outcome: Outcome, host: HostStatus? = nil, now: Int64
  ) -> Decision {
    var status = subscription.status
    var record = FetchRecord(address: subscription.address, status: status)
    var decision = Decision(record: record)
    switch outcome {
    case .feed(let answer, let ttl, let gap, let hasNews):
      status.validators = answer.validators
      status.hints = FetchStatus.Hints(
        ttl: ttl, maxAge: answer.maxAge, gap: gap ?? status.hints.gap)
      if hasNews || status.changed == nil { status.changed = now }
      record.newAddress = move(&status, answer.movedTo, from: subscription.address, now: now)
      succeed(&status, subscription, now: now)
      decision.clearsHost = host != nil
    case .unchanged(let answer):
      // A server that names none says nothing of those that it has just confirmed.
      if !answer.validators.isEmpty { status.validators = answer.validators }
      status.hints.maxAge = answer.maxAge ?? status.hints.maxAge
      record.newAddress = move(&status, answer.movedTo, from: subscription.address, now: now)
      succeed(&status, subscription, now: now)
      decision.clearsHost = host != nil
    case .failed(let kind, let words):
      fail(&status, kind, words, now: now)
      status.due = now + jittered(backoff(status.failure?.count ?? 1), subscription.id)
    case .refused(let kind, let words, let retryAfter):
      let wait = HostStatus(host, words, retryAfter: retryAfter, now: now)
      fail(&status, kind, words, now: now)
      status.due = wait.notBefore
      decision.host = wait
    case .gone:
      fail(&status, "gone", "gone for good (410)", now: now)
      record.state = .gone
    }
    record.status = status
    decision.record = record
    return decision
  }

  /// Whether a feed may be asked for now: `isByHand` ignores when it is due, but not what its host
  /// asked for, nor that it was fetched a moment ago.
  package static func mayFetch(
    _ subscription: Subscription, host: HostStatus?, isByHand: Bool, now: Int64
  ) -> Bool {
    guard subscription.removed == nil, subscription.state != .paused else { return false }
    if let host, host.notBefore > now { return false }
    guard isByHand else { return subscription.state == .active && subscription.status.due <= now }
    guard let fetched = subscription.status.fetched else { return true }
    return now - fetched >= shortestByHand || fetched > now
  }

  // MARK: - Intervals

  /// The time from a successful fetch to the next.
  ///
  /// Half of the distance between its entries, or what the user has set; but never less than the feed
  /// or its server ask for. Feeds of one distance differ by up to a tenth, so that they are not all
  /// due at once.
  static func interval(
    _ status: FetchStatus, _ settings: FeedSettings, id: SubscriptionID
  ) -> Int64 {
    let gap = status.hints.gap ?? 7 * day
    let base = settings.interval ?? min(max(gap / 2, shortest), longest)
    let asked = [status.hints.ttl, status.hints.maxAge].compactMap { $0 }.max() ?? 0
    var floor = min(max(asked, shortest), longest)
    if status.validators.isEmpty { floor = max(floor, shortestWhole) }
    return max(jittered(max(base, floor), id), floor)
  }

  /// A span made up to a tenth shorter or longer, always the same for one subscription.
  static func jittered(_ span: Int64, _ id: SubscriptionID) -> Int64 {
    // SplitMix64's finalizer: neighbouring numbers give unlike ones.
    var mixed = UInt64(bitPattern: id) &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    let part = Int64((mixed ^ (mixed >> 31)) % 2001) - 1000
    return span + span / 10_000 * part + span % 10_000 * part / 10_000
  }

  /// The time from a failed fetch to the next, after so many consecutive failures.
  static func backoff(_ count: Int) -> Int64 { min(hour << Int64(min(max(count, 1), 8) - 1), day) }

  /// The median distance between the newest entries, of which it takes at least two; `nil` without.
  package static func gap(of dates: [Int64], now: Int64) -> Int64? {
    let newest = dates.filter { $0 > 0 && $0 <= now }.sorted(by: >).prefix(11)
    guard newest.count > 1 else { return nil }
    var distances = zip(newest, newest.dropFirst()).map { $0 - $1 }
    // One that has been silent for long will not come more often than that.
    if let last = newest.first { distances.append(now - last) }
    distances.sort()
    return distances[distances.count / 2]
  }

  // MARK: - Status

  private static func succeed(
    _ status: inout FetchStatus, _ subscription: Subscription, now: Int64
  ) {
    status.fetched = now
    status.failure = nil
    status.due = now + interval(status, subscription.settings, id: subscription.id)
  }

  private static func fail(
    _ status: inout FetchStatus, _ kind: String, _ words: String, now: Int64
  ) {
    status.failure = FetchStatus.Failure(
      count: (status.failure?.count ?? 0) + 1, since: status.failure?.since ?? now, kind: kind,
      words: words)
  }

  /// Notes a permanent redirect; the address to move to once it is believed.
  private static func move(
    _ status: inout FetchStatus, _ address: String?, from old: String, now: Int64
  ) -> String? {
    guard let address, address != old else {
      status.move = nil
      return nil
    }
    var move = status.move ?? FetchStatus.Move(to: address, count: 0, since: now)
    if move.to != address { move = FetchStatus.Move(to: address, count: 0, since: now) }
    move.count += 1
    status.move = move
    let isBelieved = move.count >= movesNeeded && now - move.since >= moveTime
    return isBelieved ? address : nil
  }
}

extension HostStatus {
  /// The status of a host that asks for a delay: for as long as it says, else for an hour, and
  /// twice as long each time, up to a day.
  fileprivate init(_ known: HostStatus?, _ words: String, retryAfter: Int64?, now: Int64) {
    let count = (known?.failures ?? 0) + 1
    let asked = retryAfter.map { min(max($0, 0), RefreshSchedule.longestWait) }
    let wait = asked ?? RefreshSchedule.backoff(count)
    self.init(
      notBefore: max(now + wait, known?.notBefore ?? 0), failures: count, reason: words)
  }
}
