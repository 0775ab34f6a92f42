import Stories

/// Parses dates and times as web pages write them.
///
/// Accepted: ISO 8601 and looser forms of it, RFC 822, `16 May 2024`, `May 16, 2024, 9:30 am`,
/// `16.05.2024 09:30 Uhr`, `16/05/2024`, `2024年5月16日`, with month names in some forty languages.
/// Nothing is inferred: a date without a time has the precision of a day, a time without a zone has
/// no offset, and two-digit years are rejected.
enum DateParser {
  /// The first date in the first 200 bytes of a text, with the time beside it; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - text: What the page wrote.
  ///   - monthFirst: Whether 05/06/2024 is 6 May, as in the United States.
  ///   - language: BCP 47 tag, for month names that mean different months in two languages.
  /// - Returns: The date with the precision that the text gives.
  static func parse(
    _ text: String?, monthFirst: Bool = false, language: String? = nil
  ) -> Timestamp? {
    guard let text else { return nil }
    let scanner = DateScanner(Array(text.utf8.prefix(200)), language: language)
    return scanner.parse(monthFirst: monthFirst)
  }
}

/// Tokenises a short text and matches date and time patterns over the tokens.
private struct DateScanner {
  enum Token {
    case number(Int, digits: Int)
    case month(Int)
    case word([UInt8])
    case mark(UInt8)
  }

  private var tokens: [Token] = []

  init(_ bytes: [UInt8], language: String?) {
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      let start = at
      if byte.isDigit {
        while at < bytes.count, bytes[at].isDigit { at += 1 }
        tokens.append(.number(bytes[start..<at].decimal ?? 0, digits: at - start))
      } else if byte.isLetter || byte >= 0x80 {
        while at < bytes.count, bytes[at].isLetter || bytes[at] >= 0x80 { at += 1 }
        let lowered = Array(String(decoding: bytes[start..<at], as: UTF8.self).lowercased().utf8)
        let month = MonthNames.month(lowered, language: language)
        tokens.append(month.map { .month($0) } ?? .word(lowered))
      } else {
        at += 1
        if !byte.isSpace { tokens.append(.mark(byte)) }
      }
    }
  }

  func parse(monthFirst: Bool) -> Timestamp? {
    guard let (day, after) = parseDay(monthFirst: monthFirst) else { return nil }
    guard let time = parseTime(after: after) ?? parseTime(after: 0, before: after) else {
      return Timestamp(year: day.0, month: day.1, day: day.2, precision: .day, offset: nil)
    }
    return Timestamp(
      year: day.0, month: day.1, day: day.2, hour: time.hour, minute: time.minute,
      second: time.second ?? 0, precision: time.second == nil ? .minute : .second,
      offset: time.offset)
      ?? Timestamp(year: day.0, month: day.1, day: day.2, precision: .day, offset: nil)
  }

  private func number(_ at: Int) -> (value: Int, digits: Int)? {
    guard tokens.indices.contains(at), case .number(let value, let digits) = tokens[at] else {
      return nil
    }
    return (value, digits)
  }

  private func isMark(_ at: Int, _ marks: [UInt8]) -> Bool {
    guard tokens.indices.contains(at), case .mark(let mark) = tokens[at] else { return false }
    return marks.contains(mark)
  }

  private func isWord(_ at: Int, _ words: [String]) -> Bool {
    guard tokens.indices.contains(at), case .word(let word) = tokens[at] else { return false }
    return words.contains { $0.utf8.elementsEqual(word) }
  }

  private func parseYear(_ at: Int) -> Int? {
    guard let (value, digits) = number(at), digits == 4, (1900...2100).contains(value) else {
      return nil
    }
    return value
  }

  private func parseCalendarDay(_ year: Int, _ month: Int, _ day: Int) -> (Int, Int, Int)? {
    Timestamp(year: year, month: month, day: day) == nil ? nil : (year, month, day)
  }

  private func parseDay(monthFirst: Bool) -> ((Int, Int, Int), Int)? {
    for at in tokens.indices {
      if let found = parseYearFirst(at) ?? parseNamedMonth(at)
        ?? parseNumeric(at, monthFirst: monthFirst)
      {
        return found
      }
    }
    return nil
  }

  /// Year first: 2024-05-16, 2024/5/16, 2024年5月16日, 2024년 5월 16일, 20240516.
  private func parseYearFirst(_ at: Int) -> ((Int, Int, Int), Int)? {
    if let (value, digits) = number(at), digits == 8, (19_000_101...21_001_231).contains(value),
      let day = parseCalendarDay(value / 10_000, value / 100 % 100, value % 100)
    {
      return (day, at + 1)
    }
    guard let year = parseYear(at) else { return nil }
    let separators: [UInt8] = [0x2D, 0x2F, 0x2E]
    guard isMark(at + 1, separators) || isWord(at + 1, ["年", "년"]),
      let month = number(at + 2),
      isMark(at + 3, separators) || isWord(at + 3, ["月", "월"]),
      let day = number(at + 4), month.digits <= 2, day.digits <= 2,
      let date = parseCalendarDay(year, month.value, day.value)
    else { return nil }
    return (date, at + 5)
  }

  /// A month name: 16 May 2024, 16 de mayo de 2024, May 16, 2024, 16th May 2024.
  private func parseNamedMonth(_ at: Int) -> ((Int, Int, Int), Int)? {
    guard case .month(let month) = tokens[at] else { return nil }
    func skip(_ at: Int, _ step: Int) -> Int {
      var at = at
      while isMark(at, [0x2E, 0x2C, 0x2D, 0x2F])
        || isWord(at, ["de", "del", "of", "st", "nd", "rd", "th", "er", "º", "г", "the"])
      {
        at += step
      }
      return at
    }
    let before = skip(at - 1, -1)
    let after = skip(at + 1, 1)
    // "2024 Jun 30", but not "2024 Jun 2023".
    if let year = parseYear(before), let day = number(after), day.digits <= 2,
      parseYear(after + 1) == nil,
      let date = parseCalendarDay(year, month, day.value)
    {
      return (date, after + 1)
    }
    if let day = number(before), day.digits <= 2, let year = parseYear(after),
      let date = parseCalendarDay(year, month, day.value)
    {
      return (date, after + 1)
    }
    if let day = number(after), day.digits <= 2 {
      let next = skip(after + 1, 1)
      if let year = parseYear(next), let date = parseCalendarDay(year, month, day.value) {
        return (date, next + 1)
      }
    }
    return nil
  }

  /// Three numbers with the year last: 16.05.2024, 16/05/2024, 05/16/2024.
  private func parseNumeric(_ at: Int, monthFirst: Bool) -> ((Int, Int, Int), Int)? {
    guard let one = number(at), one.digits <= 2, let two = number(at + 2), two.digits <= 2,
      let year = parseYear(at + 4)
    else { return nil }
    for (mark, isAmerican) in [(UInt8(0x2E), false), (0x2F, monthFirst), (0x2D, monthFirst)]
    where isMark(at + 1, [mark]) && isMark(at + 3, [mark]) {
      let (day, month) = isAmerican ? (two.value, one.value) : (one.value, two.value)
      guard let date = parseCalendarDay(year, month, day) ?? parseCalendarDay(year, day, month)
      else { return nil }
      return (date, at + 5)
    }
    return nil
  }

  private typealias TimeOfDay = (hour: Int, minute: Int, second: Int?, offset: Int?)

  private func parseTime(after start: Int, before end: Int? = nil) -> TimeOfDay? {
    let end = min(end ?? tokens.count, start + 12, tokens.count)
    guard start < end else { return nil }
    for at in start..<end {
      guard let hour = number(at), hour.digits <= 2, hour.value <= 24,
        isMark(at + 1, [0x3A]) || (isMark(at + 1, [0x2E]) && !isMark(at + 3, [0x2E]))
          || isWord(at + 1, ["h", "時", "시"]),
        let minute = number(at + 2), minute.digits == 2, minute.value < 60
      else { continue }
      var next = at + 3
      var second: Int?
      if isMark(next, [0x3A]), let value = number(next + 1), value.digits == 2, value.value <= 60 {
        second = value.value
        next += 2
        if isMark(next, [0x2E]), number(next + 1) != nil { next += 2 }
      }
      var hours = hour.value
      if isWord(next, ["pm", "p"]), hours < 12 { hours += 12 }
      if isWord(next, ["am", "a"]), hours == 12 { hours = 0 }
      if isWord(next, ["pm", "am"]) { next += 1 }
      return (hours, minute.value, second, parseZoneOffset(next))
    }
    return nil
  }

  private func parseZoneOffset(_ at: Int) -> Int? {
    if isWord(at, ["z", "utc", "gmt"]) {
      return isMark(at + 1, [0x2B, 0x2D]) ? parseZoneOffset(at + 1) : 0
    }
    let names: [(String, Int)] = [
      ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420), ("mdt", -360),
      ("pst", -480), ("pdt", -420), ("cet", 60), ("cest", 120), ("mesz", 120), ("mez", 60),
      ("bst", 60), ("ist", 330), ("jst", 540), ("kst", 540), ("msk", 180),
    ]
    for (name, offset) in names where isWord(at, [name]) { return offset }
    guard isMark(at, [0x2B, 0x2D]), let first = number(at + 1) else { return nil }
    let sign = isMark(at, [0x2D]) ? -1 : 1
    if first.digits == 4 { return sign * (first.value / 100 * 60 + first.value % 100) }
    guard first.digits <= 2, first.value <= 14 else { return nil }
    let minutes = isMark(at + 2, [0x3A]) ? number(at + 3)?.value ?? 0 : 0
    return sign * (first.value * 60 + min(minutes, 59))
  }
}
