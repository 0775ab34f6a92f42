/// What the head of a response says about when to come back.
package struct CacheTimes: Sendable, Hashable {
  /// Seconds for which the response is fresh, by `Cache-Control: max-age` less `Age`, else by `Expires`
  /// (RFC 9111, section 4.2); 0 where it must be asked for anew, `nil` where nothing is said.
  package var freshFor: Double?
  /// The earliest time to come back, in seconds since 1970, by `Retry-After`; never in the past, and
  /// at most seven days ahead.
  package var retryAt: Double?

  /// A longer `Retry-After` is not believed.
  package static let longestRetry: Double = 7 * 86_400
  /// A longer freshness is not believed.
  package static let longestFreshness: Double = 365 * 86_400

  package init(_ headers: Headers, now: Double) {
    freshFor = Self.freshness(headers, now: now)
    retryAt = Self.retry(headers, now: now)
  }

  /// The time that `Retry-After` names: seconds from now, or a date.
  private static func retry(_ headers: Headers, now: Double) -> Double? {
    guard let value = headers["retry-after"] else { return nil }
    let wait =
      seconds(value[...])
      ?? HTTPDate.parse(value, now: now).map {
        $0 - serverTime(headers, now: now)
      }
    return wait.map { now + min(max(0, $0), longestRetry) }
  }

  /// The time by the server's own clock where it tells it: dates are meant by that, and either clock
  /// may be wrong.
  private static func serverTime(_ headers: Headers, now: Double) -> Double {
    headers["date"].flatMap { HTTPDate.parse($0, now: now) } ?? now
  }

  private static func freshness(_ headers: Headers, now: Double) -> Double? {
    let directives = headers.all("cache-control").joined(separator: ",").lowercased()
      .split(separator: ",").map { directive in
        directive.split(separator: "=", maxSplits: 1).map { $0.trimming(" \t\"") }
      }
    if directives.contains(where: { $0.first == "no-store" || $0.first == "no-cache" }) { return 0 }
    for directive in directives where directive.first == "max-age" && directive.count > 1 {
      guard let age = seconds(directive[1]) else { continue }
      let past = headers["age"].flatMap { seconds($0[...]) } ?? 0
      return min(max(0, age - past), longestFreshness)
    }
    guard let expires = headers["expires"] else { return nil }
    // A value that is no date, above all "0", means that it has expired (RFC 9111, section 5.3).
    guard let end = HTTPDate.parse(expires, now: now) else { return 0 }
    return min(max(0, end - serverTime(headers, now: now)), longestFreshness)
  }

  /// Digits only; more than fit in a number are very many.
  private static func seconds(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(text).map { min($0, 1e12) }
  }
}

extension Substring {
  /// Without such characters at both ends.
  fileprivate func trimming(_ characters: String) -> Substring {
    let start = drop { characters.contains($0) }
    guard let end = start.lastIndex(where: { !characters.contains($0) }) else { return "" }
    return start[...end]
  }
}
