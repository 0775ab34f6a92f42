import Stories

extension DateParser {
  /// The publication day in the path of a web address, or `nil`.
  ///
  /// Recognised forms: `/2024/05/16/`, `/2024-05-16-title`, `/2024/0516/`, `/20240516/` and
  /// `/2023/october/03/`. Only years from 1990 to 2100 count, and only the first 1,000 bytes are read.
  static func parseURLPath(_ address: String?) -> Timestamp? {
    guard let address else { return nil }
    let parts = Array(address.utf8.prefix(1000)).split(
      omittingEmptySubsequences: false,
      whereSeparator: { $0 == 0x2F || $0 == 0x2D || $0 == 0x5F || $0 == 0x3F || $0 == 0x2E })
    for at in parts.indices.dropFirst() {
      if let date = parseCompactDate(parts[at]) ?? parseSeparatedDate(parts[at...]) { return date }
    }
    return nil
  }

  /// A path component of eight digits: `20240516`.
  private static func parseCompactDate(_ part: ArraySlice<UInt8>) -> Timestamp? {
    guard part.count == 8, let number = part.decimal else { return nil }
    return timestamp(number / 10_000, number / 100 % 100, number % 100)
  }

  private static func parseSeparatedDate(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Timestamp? {
    let parts = Array(parts.prefix(3))
    guard parts.count >= 2, parts[0].count == 4, let year = parts[0].decimal else { return nil }
    if parts[1].count == 4, let number = parts[1].decimal {
      return timestamp(year, number / 100, number % 100)
    }
    guard parts.count == 3, (1...2).contains(parts[2].count), let date = parts[2].decimal else {
      return nil
    }
    if (1...2).contains(parts[1].count), let month = parts[1].decimal {
      return timestamp(year, month, date)
    }
    let lowered = parts[1].map(\.lowercased)
    return MonthNames.month(lowered, language: nil).flatMap { timestamp(year, $0, date) }
  }

  private static func timestamp(_ year: Int, _ month: Int, _ day: Int) -> Timestamp? {
    guard (1990...2100).contains(year) else { return nil }
    return Timestamp(year: year, month: month, day: day, precision: .day, offset: nil)
  }
}
