/// A point in time as a page gives it: seconds since 1970, and its precision.
///
/// Pages often give only a day. Such a time is written back as a day, never with an invented hour.
package struct Timestamp: Sendable, Hashable {
  /// The precision that the page gives.
  package enum Precision: UInt8, Sendable { case day, minute, second }

  /// Seconds since 1970-01-01T00:00:00Z.
  package var seconds: Int64
  /// The smallest unit that the page gives.
  package var precision: Precision
  /// Minutes east of UTC as the page wrote it; `nil` where it named no zone.
  package var offset: Int?

  package init(seconds: Int64, precision: Precision = .second, offset: Int? = 0) {
    self.seconds = seconds
    self.precision = precision
    self.offset = offset
  }

  /// A calendar time in the zone `offset` minutes east of UTC; `nil` if there is no such day or hour.
  package init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    precision: Precision = .second, offset: Int? = 0
  ) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year), (0...24).contains(hour),
      (0...59).contains(minute), (0...60).contains(second), (-1440...1440).contains(offset ?? 0)
    else { return nil }
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    let local = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(seconds: local - Int64((offset ?? 0) * 60), precision: precision, offset: offset)
  }
}

extension Timestamp: Comparable {
  /// Orders by the instant; zone and precision are ignored.
  package static func < (one: Self, other: Self) -> Bool { one.seconds < other.seconds }
}

// MARK: - Calendar

extension Timestamp {
  /// The calendar day and clock time in the page's own zone (UTC where it named none).
  package var calendar:
    (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, weekday: Int)
  {
    let local = seconds + Int64((offset ?? 0) * 60)
    let days = Int((local >= 0 ? local : local - 86_399) / 86_400)
    let time = Int(local - Int64(days) * 86_400)
    let (year, month, day) = Self.civil(fromDays: days)
    let weekday = ((days % 7) + 11) % 7
    return (year, month, day, time / 3600, time / 60 % 60, time % 60, weekday)
  }

  /// The same instant expressed in the zone `minutes` east of UTC.
  package func inZone(_ minutes: Int) -> Timestamp {
    Timestamp(seconds: seconds, precision: precision, offset: minutes)
  }

  /// ISO 8601: `2024-05-16`, `2024-05-16T09:30:00Z` or `2024-05-16T09:30:00+02:00`.
  package var iso8601: String {
    let now = calendar
    let day = "\(Self.padded(now.year, 4))-\(Self.padded(now.month))-\(Self.padded(now.day))"
    guard precision != .day else { return day }
    let clock = "\(Self.padded(now.hour)):\(Self.padded(now.minute)):\(Self.padded(now.second))"
    return "\(day)T\(clock)\(zone)"
  }

  private var zone: String {
    guard let offset else { return "" }
    guard offset != 0 else { return "Z" }
    let size = abs(offset)
    return "\(offset < 0 ? "-" : "+")\(Self.padded(size / 60)):\(Self.padded(size % 60))"
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // Both directions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms":
  // years begin in March, so that the leap day is the last of its year.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
