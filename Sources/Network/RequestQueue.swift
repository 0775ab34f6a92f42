/// Requests that wait for their host's turn: hosts in turns, and the requests of one host in order.
struct RequestQueue {
  /// What a waiting request may do.
  enum Next {
    case start(RequestID, host: String)
    /// The host asked for a pause until then, so that the request ends without being sent.
    case refuse(RequestID, until: Double)
    /// None may start before that time; `nil` where an ending request or nothing is waited for.
    case wait(until: Double?)
  }

  private var waiting: [String: [RequestID]] = [:]
  /// Hosts with waiting requests; the one that was asked last is at the end.
  private var order: [String] = []
  /// Where in `order` the next look begins.
  private var place = 0

  var isEmpty: Bool { waiting.isEmpty }

  mutating func add(_ id: RequestID, host: String) {
    if waiting[host] == nil { order.append(host) }
    waiting[host, default: []].append(id)
  }

  /// Takes a request out, wherever it waits.
  mutating func remove(_ id: RequestID, host: String) {
    guard let ids = waiting[host], let index = ids.firstIndex(of: id) else { return }
    take(at: index, of: host)
  }

  mutating func removeAll() {
    waiting = [:]
    order = []
  }

  /// Takes the next request that may start or must end.
  ///
  /// The rules are not changed.
  mutating func next(_ rules: HostRules, now: Double) -> Next {
    var soonest: Double?
    for step in 0..<order.count {
      let index = (place + step) % order.count
      let host = order[index]
      guard let id = waiting[host]?.first else { continue }
      switch rules.turn(of: host, now: now) {
      case .now:
        place = index + 1
        take(at: 0, of: host)
        return .start(id, host: host)
      case .paused(let until):
        take(at: 0, of: host)
        return .refuse(id, until: until)
      case .at(let moment): soonest = min(soonest ?? moment, moment)
      case .afterAnother: break
      }
    }
    return .wait(until: soonest)
  }

  private mutating func take(at index: Int, of host: String) {
    waiting[host]?.remove(at: index)
    guard waiting[host]?.isEmpty == true else { return }
    waiting[host] = nil
    guard let place = order.firstIndex(of: host) else { return }
    order.remove(at: place)
    if place < self.place { self.place -= 1 }
  }
}
