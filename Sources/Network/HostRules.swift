/// How often and how many at once a host may be asked, and until when it may not.
///
/// A value without a clock: every question names the time, in seconds since 1970. What servers asked for
/// (``pauses``) outlives the program in the library; the rest begins anew.
///
/// - At most ``Limits/connections`` requests at once.
/// - A burst of ``Limits/burst`` requests, then one each ``Limits/spacing`` seconds: who has a hundred
///   feeds at one host does not ask them all in a second.
/// - 429, 503 and 403 pause the whole host: until `Retry-After`, else for an hour, which doubles with
///   each further refusal up to a day.
package struct HostRules: Sendable {
  package struct Limits: Sendable {
    package var connections = 2
    package var burst = 4.0
    package var spacing = 0.5

    package init() {}
  }

  /// What a host asked for.
  package struct Pause: Sendable, Hashable {
    /// Seconds since 1970 before which it must not be asked.
    package var until: Double
    /// Refusals without a success in between.
    package var refusals: Int
    /// The status of the last one.
    package var status: Int

    package init(until: Double, refusals: Int, status: Int) {
      self.until = until
      self.refusals = refusals
      self.status = status
    }
  }

  /// When a host may be asked.
  enum Turn: Equatable {
    case now
    /// Once a request of the host has ended.
    case afterAnother
    /// Not before that time, in seconds since 1970, for the sake of spacing.
    case at(Double)
    /// Not by this run: the host asked for a pause until then.
    case paused(Double)
  }

  private struct Host {
    var running = 0
    /// How many requests may begin at once, as of `filledAt`.
    var tokens: Double
    var filledAt: Double
  }

  package let limits: Limits
  /// By host, as `WebAddress.normalizedHost`: what the library keeps.
  package private(set) var pauses: [String: Pause]
  private var hosts: [String: Host] = [:]

  /// Shortest pause after a refusal, also where `Retry-After` names a shorter one.
  static let shortestPause: Double = 60
  private static let firstPause: Double = 3600
  private static let longestPause: Double = 86_400

  /// With the pauses of an earlier run.
  ///
  /// None lasts longer than ``CacheTimes/longestRetry`` from now on, so that a clock that was wrong
  /// blocks no host for years.
  package init(limits: Limits = Limits(), pauses: [String: Pause] = [:], now: Double) {
    self.limits = limits
    self.pauses = pauses.mapValues { pause in
      var pause = pause
      pause.until = min(pause.until, now + CacheTimes.longestRetry)
      return pause
    }
  }

  func turn(of host: String, now: Double) -> Turn {
    if let pause = pauses[host], pause.until > now { return .paused(pause.until) }
    guard let known = hosts[host] else { return .now }
    guard known.running < limits.connections else { return .afterAnother }
    let tokens = tokens(of: known, now: now)
    // A token that is full but for rounding is full: a wait that ends early would begin again.
    return tokens > 1 - 1e-6 ? .now : .at(now + (1 - tokens) * limits.spacing)
  }

  mutating func began(_ host: String, now: Double) {
    var known = hosts[host] ?? Host(tokens: limits.burst, filledAt: now)
    known.tokens = tokens(of: known, now: now) - 1
    known.filledAt = now
    known.running += 1
    hosts[host] = known
  }

  mutating func ended(_ host: String) { hosts[host]?.running -= 1 }

  /// Learns from a response of the host; `retryAt` as ``CacheTimes/retryAt``.
  mutating func received(status: Int, retryAt: Double?, from host: String, now: Double) {
    switch status {
    case 403, 429, 503:
      let last = pauses[host]
      // Requests that ran at once are refused at once, which is one refusal.
      let isAnother = last.map { $0.until <= now } ?? true
      let refusals = min((last?.refusals ?? 0) + (isAnother ? 1 : 0), 16)
      let usual = min(Self.firstPause * Double(1 << (refusals - 1)), Self.longestPause)
      let until = retryAt.map { max($0, now + Self.shortestPause) } ?? now + usual
      pauses[host] = Pause(
        until: max(until, last?.until ?? 0), refusals: refusals, status: status)
    case 200...399:
      // The answer to a request that began before the refusal is no end of the pause.
      if let pause = pauses[host], pause.until <= now { pauses[host] = nil }
    default: break
    }
  }

  private func tokens(of host: Host, now: Double) -> Double {
    guard limits.spacing > 0 else { return limits.burst }
    // A clock that was set back gives nothing.
    let passed = max(0, now - host.filledAt)
    return min(limits.burst, host.tokens + passed / limits.spacing)
  }
}
