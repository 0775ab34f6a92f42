internal import Network
internal import Storage
internal import Stories

/// The subscriptions of a run, in the order in which they are asked.
struct RefreshPlan: Sendable {
  let subscriptions: [Subscription]
  /// Those that may not be asked now, because their host asked for a pause or they were asked a moment
  /// ago.
  let waiting: Int

  /// Those of some subscriptions that may be asked, one of each host after the other.
  ///
  /// By hand whoever is asked for is asked, due or not.
  init(
    _ all: [Subscription], isByHand: Bool, hosts: [String: HostStatus], now: Int64
  ) {
    let wanted = all.filter { isByHand ? $0.state != .paused : $0.isDue(at: now) }
    let allowed = wanted.filter {
      RefreshSchedule.mayFetch($0, host: hosts[$0.host], isByHand: isByHand, now: now)
    }
    waiting = wanted.count - allowed.count
    subscriptions = Self.roundRobin(allowed)
  }

  /// The first of each host, then the second of each, so that no host is asked by all threads at once
  /// and none waits for the end of a long one.
  private static func roundRobin(_ subscriptions: [Subscription]) -> [Subscription] {
    var seen: [String: Int] = [:]
    let ranked = subscriptions.enumerated().map { index, subscription in
      let rank = seen[subscription.host, default: 0]
      seen[subscription.host] = rank + 1
      return (rank, index)
    }
    return ranked.sorted { $0 < $1 }.map { subscriptions[$0.1] }
  }

  /// The requests, each tagged with the index of its subscription, and the problems of those that
  /// cannot be made.
  func requests(
    _ setup: Refresher.Setup
  ) -> (requests: [Request], problems: [(index: Int, problem: FetchProblem)]) {
    var requests: [Request] = []
    var problems: [(index: Int, problem: FetchProblem)] = []
    for (index, subscription) in subscriptions.enumerated() {
      do throws(FetchError) {
        requests.append(try subscription.request(setup, tag: index))
      } catch {
        problems.append((index, FetchProblem(error)))
      }
    }
    return (requests, problems)
  }
}

extension Subscription {
  /// The host that is asked, as `HostRules` knows it.
  var host: String { WebAddress(address)?.normalizedHost ?? "" }

  func isDue(at now: Int64) -> Bool { state == .active && status.due <= now }

  fileprivate func request(
    _ setup: Refresher.Setup, tag: Int
  ) throws(FetchError) -> Request {
    guard let address = WebAddress(address) else { throw .badAddress }
    var request = try Request(
      address, userAgent: settings.agent ?? setup.userAgent, accept: Request.feeds, tag: tag)
    let validators = status.validators
    request.validators = Validators(
      address: validators.address.flatMap { WebAddress($0) } ?? request.address,
      etag: validators.etag, modified: validators.modified)
    switch settings.proxy {
    case nil, "": request.proxy = setup.proxy
    case "none": request.proxy = .none
    case let written?: request.proxy = .proxy(try Proxy(written))
    }
    return request
  }
}
