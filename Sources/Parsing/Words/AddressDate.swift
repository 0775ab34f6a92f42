import Stories

extension DateReading {
  /// The day that a web address names: `/2024/05/16/`, `/2024-05-16-title`, `/2024/0516/`, `/20240516/`,
  /// `/2023/october/03/`.
  static func readAddress(_ address: String?) -> Timestamp? {
    guard let address else { return nil }
    let parts = Array(address.utf8.prefix(1000)).split(
      omittingEmptySubsequences: false,
      whereSeparator: { $0 == 0x2F || $0 == 0x2D || $0 == 0x5F || $0 == 0x3F || $0 == 0x2E })
    for at in parts.indices.dropFirst() {
      if let date = whole(parts[at]) ?? split(parts[at...]) { return date }
    }
    return nil
  }

  /// 20240516 as a part of its own.
  private static func whole(_ part: ArraySlice<UInt8>) -> Timestamp? {
    guard part.count == 8, let number = part.decimal else { return nil }
    return day(number / 10_000, number / 100 % 100, number % 100)
  }

  private static func split(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Timestamp? {
    let parts = Array(parts.prefix(3))
    guard parts.count >= 2, parts[0].count == 4, let year = parts[0].decimal else { return nil }
    if parts[1].count == 4, let number = parts[1].decimal {
      return day(year, number / 100, number % 100)
    }
    guard parts.count == 3, (1...2).contains(parts[2].count), let date = parts[2].decimal else {
      return nil
    }
    if (1...2).contains(parts[1].count), let month = parts[1].decimal {
      return day(year, month, date)
    }
    let lowered = parts[1].map(\.lowercased)
    return MonthNames.month(lowered, language: nil).flatMap { day(year, $0, date) }
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Timestamp? {
    guard (1990...2100).contains(year) else { return nil }
    return Timestamp(year: year, month: month, day: day, precision: .day, offset: nil)
  }
}
