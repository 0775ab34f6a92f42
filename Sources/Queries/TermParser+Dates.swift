internal import Stories

extension TermParser {
  /// Parses a date (`2024`, `2024-05`, `2024-05-16`, `today`) to its first second in UTC.
  func date(_ value: String, _ token: Token) throws(QueryMistake) -> Int64 {
    let day: Int64 = 86_400
    let midnight = now >= 0 ? now - now % day : now - (now % day + day) % day
    switch value.lowercased() {
    case "today": return midnight
    case "yesterday": return midnight - day
    default: break
    }
    let fields = value.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { $0.count <= 4 ? Int($0) : nil }
    guard numbers.count == fields.count, (1...3).contains(numbers.count), fields[0].count == 4,
      let time = Timestamp(
        year: numbers[0], month: numbers.count > 1 ? numbers[1] : 1,
        day: numbers.count > 2 ? numbers[2] : 1, precision: .day)
    else {
      let field = token.name.prefix { $0 != ":" }
      throw QueryMistake(
        token.range, "\(field): wants \(QueryField.before.expectedValue)",
        isUnfinished: isTyping && token.isLast && Self.mayBecomeDate(value))
    }
    return time.seconds
  }

  private static func mayBecomeDate(_ value: String) -> Bool {
    let digits = value.allSatisfy { $0.isASCII && $0.isNumber || $0 == "-" } && value.count < 10
    return digits || QueryField.before.values.contains { $0.hasPrefix(value.lowercased()) }
  }

  /// Units of time with their names and lengths in seconds.
  ///
  /// `m` is a month, since a story's age is rarely given in minutes.
  private static let units: [(names: [String], seconds: Int64)] = [
    (["minute", "min"], 60), (["hour", "h"], 3600), (["day", "d"], 86_400),
    (["week", "w"], 7 * 86_400), (["month", "m", "mo"], 30 * 86_400),
    (["year", "y"], 365 * 86_400),
  ]

  /// Parses a time relative to now (`2 days`, `12h`, `3w`) to seconds since 1970.
  func relativeTime(_ value: String, _ token: Token) throws(QueryMistake) -> Int64 {
    let digits = value.prefix { $0.isASCII && $0.isNumber }
    var unit = value.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    if unit.hasSuffix("s"), unit.count > 2 { unit.removeLast() }
    guard let number = Int64(digits), number <= 100_000,
      let seconds = Self.units.first(where: { $0.names.contains(unit) })?.seconds
    else {
      let field = token.name.prefix { $0 != ":" }
      throw QueryMistake(
        token.range, "\(field): wants \(QueryField.newer.expectedValue)",
        isUnfinished: isTyping && token.isLast && !digits.isEmpty && Self.mayBecomeUnit(unit))
    }
    return now - number * seconds
  }

  private static func mayBecomeUnit(_ unit: String) -> Bool {
    units.contains { $0.names.contains { $0.hasPrefix(unit) } }
  }
}
