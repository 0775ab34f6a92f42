/// Tells a network that is down from hosts that are.
///
/// Failures to connect are held back until one host answers. If the first ``hostLimit`` hosts all
/// cannot be reached, or all there are and more than one, the network is down and none is blamed.
struct OfflineDetector: Sendable {
  enum Verdict { case unknown, online, offline }

  private(set) var verdict = Verdict.unknown
  private var unreachable: Set<String> = []

  static let hostLimit = 5

  /// Takes what came of a request to a host.
  mutating func note(_ host: String, isUnreachable: Bool) {
    guard verdict == .unknown else { return }
    if !isUnreachable {
      verdict = .online
    } else {
      unreachable.insert(host)
      if unreachable.count >= Self.hostLimit { verdict = .offline }
    }
  }

  /// Decides at the end of a run.
  mutating func end() {
    guard verdict == .unknown else { return }
    verdict = unreachable.count > 1 ? .offline : .online
  }
}
