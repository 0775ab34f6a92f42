internal import Stories

/// Dates of HTTP in their three forms (RFC 9110, section 5.6.7).
///
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. A
/// wrong or missing weekday is no matter; any other zone than GMT and UTC is, for servers that write one
/// mean something else than they say.
enum HTTPDate {
  /// Seconds since 1970; `now` decides the century of a year of two digits.
  ///
  /// `nil` for anything else.
  static func parse(_ text: String, now: Double) -> Double? {
    guard text.utf8.count <= 64 else { return nil }
    var words = text.split { $0 == " " || $0 == "-" || $0 == "," }.map { $0.lowercased() }
    if let first = words.first, first.allSatisfy(\.isLetter), month(first) == nil {
      words.removeFirst()
    }
    if let zone = words.last, ["gmt", "utc", "z"].contains(zone) { words.removeLast() }
    guard words.count == 4 else { return nil }
    // asctime has the month first and the year last.
    let isASCTime = month(words[0]) != nil
    let order = isASCTime ? (1, 0, 3, 2) : (0, 1, 2, 3)
    guard let day = number(words[order.0], digits: 1...2), let month = month(words[order.1]),
      let year = year(words[order.2], now: now), let time = time(words[order.3]),
      let date = Timestamp(
        year: year, month: month, day: day, hour: time.hour, minute: time.minute,
        second: time.second)
    else { return nil }
    return Double(date.seconds)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func month(_ word: String) -> Int? {
    months.firstIndex(of: word).map { $0 + 1 }
  }

  private static func number(_ word: some StringProtocol, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(word.utf8.count), word.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(word)
  }

  /// A year of two digits that would be more than 50 years ahead is one of the past.
  private static func year(_ word: String, now: Double) -> Int? {
    if let year = number(word, digits: 4...4) { return year }
    guard let short = number(word, digits: 2...2), now.magnitude < 1e11 else { return nil }
    let this = Timestamp(seconds: Int64(now)).calendar.year
    let year = this / 100 * 100 + short
    return year > this + 50 ? year - 100 : year
  }

  private static func time(_ word: String) -> (hour: Int, minute: Int, second: Int)? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 1...2),
      let minute = number(parts[1], digits: 2...2), let second = number(parts[2], digits: 2...2),
      hour < 24
    else { return nil }
    return (hour, minute, second)
  }
}
