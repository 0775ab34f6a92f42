import Stories

/// Parses the date formats of feeds.
///
/// RFC 822 (section 5, as RSS has it) with two- and four-digit years, without weekday, seconds, zone or
/// the comma, with a wrong weekday, with the day behind the month and with long names; `asctime` of C;
/// RFC 3339 and W3CDTF with a missing day, month or zone, and ISO 8601 without marks. Other texts are
/// left to ``DateParser``, which knows the month names of other languages.
enum FeedDate {
  /// The time that a text states, with its precision; `nil` if it states none.
  static func parse(_ text: String?, language: String? = nil) -> Timestamp? {
    guard let text = text?.trimmedOfSpace?.prefix(bytes: 100), let first = text.utf8.first else {
      return nil
    }
    let bytes = Array(text.utf8)[...]
    if first.isDigit, let time = ISODate(bytes).timestamp { return time }
    return WordDate(bytes).timestamp ?? DateParser.parse(text, language: language)
  }

  /// The year of a number; two digits mean 1950 to 2049 (RFC 2822, 4.3).
  static func year(_ number: Int, digits: Int) -> Int? {
    switch digits {
    case 2: number < 50 ? 2000 + number : 1900 + number
    case 3: 1900 + number
    case 4: number
    default: nil
    }
  }

  /// The offset of a named zone in minutes east of UTC: those of RFC 822, 5.1, and others in use.
  ///
  /// Military letters are read as UTC, because RFC 822 has their signs wrong (RFC 2822, 4.3).
  static func offset(named name: String) -> Int? {
    if let offset = zones[name.uppercased()] { return offset }
    return name.utf8.count == 1 && name.utf8.allSatisfy(\.isLetter) ? 0 : nil
  }

  private static let zones: [String: Int] = [
    "UT": 0, "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "IST": 330,
    "CET": 60, "MET": 60, "MEZ": 60, "CEST": 120, "MEST": 120, "MESZ": 120, "EET": 120,
    "EEST": 180, "SAST": 120, "MSK": 180, "MSD": 240, "HKT": 480, "SGT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630, "NZST": 720,
    "NZDT": 780, "NST": -210, "NDT": -150, "AST": -240, "ADT": -180, "EST": -300, "EDT": -240,
    "ET": -300, "CST": -360, "CDT": -300, "CT": -360, "MST": -420, "MDT": -360, "MT": -420,
    "PST": -480, "PDT": -420, "PT": -480, "AKST": -540, "AKDT": -480, "HST": -600, "BRT": -180,
    "BRST": -120, "ART": -180, "CLT": -240, "CLST": -180,
  ]

  /// The offset in minutes east of UTC of `+0200`, `-05:00`, `+2`, `GMT+02:00` or a name.
  static func offset(written text: ArraySlice<UInt8>) -> Int? {
    guard let sign = text.firstIndex(where: { $0 == 0x2B || $0 == 0x2D }) else {
      return offset(named: String(decoding: text, as: UTF8.self))
    }
    let name = text[..<sign]
    guard name.isEmpty || offset(named: String(decoding: name, as: UTF8.self)) == 0 else {
      return nil
    }
    let parts = text[(sign + 1)...].split(separator: 0x3A)
    guard let first = parts.first?.decimal, parts.count <= 2 else { return nil }
    let minutes: Int
    if parts.count == 2 {
      minutes = first * 60 + (parts[1].decimal ?? 0)
    } else {
      minutes = parts[0].count > 2 ? first / 100 * 60 + first % 100 : first * 60
    }
    guard minutes <= 1440 else { return nil }
    return text[sign] == 0x2D ? -minutes : minutes
  }
}

/// A time of day: `12:30`, `12:30:15.25`, `12:30pm`.
struct ClockTime {
  var hour: Int
  var minute: Int
  var second: Int?

  init?(_ text: ArraySlice<UInt8>) {
    var text = text
    let isMorning = text.suffix(2).equalsFolded([0x61, 0x6D])
    let isAfternoon = text.suffix(2).equalsFolded([0x70, 0x6D])
    if isAfternoon || isMorning { text = text.dropLast(2) }
    let parts = text.split(separator: 0x3A, omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let hour = parts[0].decimal,
      let minute = parts[1].decimal, hour <= 24, minute < 60
    else { return nil }
    self.hour = isAfternoon && hour < 12 ? hour + 12 : isMorning && hour == 12 ? 0 : hour
    self.minute = minute
    if parts.count == 3 {
      guard let second = parts[2].prefix(while: { $0 != 0x2E && $0 != 0x2C }).decimal, second <= 60
      else { return nil }
      self.second = second
    }
  }

  func timestamp(_ year: Int, _ month: Int, _ day: Int, offset: Int?) -> Timestamp? {
    Timestamp(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second ?? 0,
      precision: second == nil ? .minute : .second, offset: offset)
  }
}

/// A date in words: `Sun, 06 Sep 2009 16:20:00 +0000`, `Sun Sep 6 16:20:00 UTC 2009`.
private struct WordDate {
  private var day: Int?
  private var month: Int?
  private var year: Int?
  private var clock: ClockTime?
  private var offset: Int?

  init(_ text: ArraySlice<UInt8>) {
    for word in text.split(maxSplits: 12, whereSeparator: { $0.isSpace || $0 == 0x2C }) {
      // `06-Sep-2009` and `06/Sep/2009` are split into three words.
      let parts = word.split { $0 == 0x2D || $0 == 0x2F }
      if parts.count == 3, parts[1].contains(where: \.isLetter), !word.contains(0x3A) {
        for part in parts { take(part) }
      } else {
        take(word)
      }
    }
  }

  private mutating func take(_ word: ArraySlice<UInt8>) {
    if clock == nil, word.contains(0x3A), let time = ClockTime(word) {
      clock = time
    } else if let number = word.decimal {
      if day == nil, word.count <= 2, number <= 31 {
        day = number
      } else if year == nil {
        year = FeedDate.year(number, digits: word.count)
      }
    } else if month == nil, let named = Self.month(word) {
      month = named
    } else if clock != nil, let named = FeedDate.offset(written: word) {
      // The zone's name in front of an offset, as in `GMT +0200`, is ignored.
      if offset == nil || named != 0 { offset = named }
    } else if let clock, clock.hour < 12, word.equalsFolded([0x70, 0x6D]) {
      self.clock?.hour += 12
    }
  }

  private static func month(_ word: ArraySlice<UInt8>) -> Int? {
    let letters = word.prefix { $0 != 0x2E }.map(\.lowercased)
    if let month = MonthNames.month(letters, language: nil) { return month }
    guard letters.count > 3, letters.allSatisfy(\.isLetter) else { return nil }
    let start = Array(letters.prefix(3))
    return weekdays.contains(start) ? nil : MonthNames.month(start, language: nil)
  }

  private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    .map { Array($0.utf8) }

  var timestamp: Timestamp? {
    guard let day, let month, let year else { return nil }
    guard let clock else {
      return Timestamp(year: year, month: month, day: day, precision: .day, offset: nil)
    }
    return clock.timestamp(year, month, day, offset: offset)
  }
}

/// A numeric date with the year first: `2009-09-06T16:20:00Z`, `2009-09`, `20090906T162000Z`.
private struct ISODate {
  private let date: ArraySlice<UInt8>
  private let time: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    let end = text.firstIndex { $0 == 0x54 || $0 == 0x74 || $0 == 0x20 } ?? text.endIndex
    date = text[..<end]
    time = text[end...].dropFirst()
  }

  private var day: (year: Int, month: Int, day: Int)? {
    let parts = date.split(omittingEmptySubsequences: false) {
      $0 == 0x2D || $0 == 0x2F || $0 == 0x2E
    }
    if parts.count == 1 {
      switch date.count {
      case 4: return date.decimal.map { ($0, 1, 1) }
      case 6: return date.decimal.map { ($0 / 100, $0 % 100, 1) }
      case 8: return date.decimal.map { ($0 / 10_000, $0 / 100 % 100, $0 % 100) }
      default: return nil
      }
    }
    guard parts[0].count == 4, parts.count <= 3, let year = parts[0].decimal,
      let month = parts[1].decimal
    else { return nil }
    guard parts.count == 3 else { return (year, month, 1) }
    return parts[2].decimal.map { (year, month, $0) }
  }

  var timestamp: Timestamp? {
    guard let (year, month, day) = day else { return nil }
    let whole = Timestamp(year: year, month: month, day: day, precision: .day, offset: nil)
    guard !time.isEmpty else { return whole }
    let end = time.firstIndex { [0x5A, 0x7A, 0x2B, 0x2D, 0x20].contains($0) } ?? time.endIndex
    guard let clock = ClockTime(Self.separated(time[..<end])) else { return whole }
    let zone = time[end...].filter { $0 != 0x20 }[...]
    let offset = zone.isEmpty ? nil : FeedDate.offset(written: zone)
    return clock.timestamp(year, month, day, offset: offset) ?? whole
  }

  /// A time with colons: `16:20:00` for `162000`.
  private static func separated(_ time: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard time.count == 4 || time.count == 6, time.allSatisfy(\.isDigit) else { return time }
    var out: [UInt8] = []
    for (index, digit) in time.enumerated() {
      if index == 2 || index == 4 { out.append(0x3A) }
      out.append(digit)
    }
    return out[...]
  }
}
