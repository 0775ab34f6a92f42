package import Storage
internal import Stories

/// How fetching a source goes, in words: "ok · fetched 20 min ago", "404 since Tuesday, 5 attempts,
/// next at 18:20".
nonisolated package struct SourceStatus {
  private let source: Subscription
  private let host: HostStatus?
  private let now: Int64
  private let zone: Int

  /// `now` is in seconds since 1970, and `zone` how far local time is ahead of UTC, in seconds.
  package init(_ source: Subscription, host: HostStatus?, now: Int64, zone: Int) {
    self.source = source
    self.host = host
    self.now = now
    self.zone = zone
  }

  package var words: String {
    switch source.state {
    case .paused: return "paused"
    case .gone: return "gone for good (410) since \(day(source.status.failure?.since ?? now))"
    case .active: break
    }
    if let host, host.notBefore > now {
      let reason = host.reason.map { " (\($0))" } ?? ""
      return "waits until \(moment(host.notBefore)), as the server asked\(reason)"
    }
    guard let failure = source.status.failure else {
      guard let fetched = source.status.fetched else { return "not fetched yet" }
      return "ok · fetched \(span(now - fetched)) ago"
    }
    let attempts = failure.count == 1 ? "1 attempt" : "\(failure.count) attempts"
    let dead = now - failure.since >= Self.deadAfter ? "; it seems dead" : ""
    return "\(failure.words) · since \(day(failure.since)), \(attempts), next \(next)\(dead)"
  }

  /// After so many seconds of failures a source seems dead; it is asked once a day all the same.
  private static let deadAfter: Int64 = 14 * 86_400

  private var next: String {
    source.status.due <= now ? "at the next refresh" : "at \(moment(source.status.due))"
  }

  // MARK: - Times

  private func day(_ seconds: Int64) -> String {
    switch dayNumber(now) - dayNumber(seconds) {
    case ...0: "today \(clock(seconds))"
    case 1: "yesterday"
    case 2...6: Self.weekdays[Int((dayNumber(seconds) + 4) % 7)]
    default: String(Timestamp(seconds: seconds + Int64(zone)).iso8601.prefix(10))
    }
  }

  private func moment(_ seconds: Int64) -> String {
    switch dayNumber(seconds) - dayNumber(now) {
    case 0: clock(seconds)
    case 1: "\(clock(seconds)) tomorrow"
    default: String(Timestamp(seconds: seconds + Int64(zone)).iso8601.prefix(10))
    }
  }

  private func clock(_ seconds: Int64) -> String {
    let minutes = (seconds + Int64(zone)) / 60 % 1440
    let minute = minutes % 60
    return "\(minutes / 60):\(minute < 10 ? "0" : "")\(minute)"
  }

  private func dayNumber(_ seconds: Int64) -> Int64 { (seconds + Int64(zone)) / 86_400 }

  private func span(_ seconds: Int64) -> String {
    switch max(0, seconds) {
    case ..<60: "\(max(0, seconds)) s"
    case ..<3600: "\(seconds / 60) min"
    case ..<86_400: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) d"
    }
  }

  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
}
