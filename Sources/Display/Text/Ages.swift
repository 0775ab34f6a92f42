package import Stories

/// How long ago a time is: "now", "5m", "2h", "yesterday", "3 days ago", "16 May", "16 May 2023".
///
/// A time known only to the day gives days; a future time gives its date.
package func age(of time: Timestamp, now: Timestamp) -> String {
  let (elapsed, overflow) = now.seconds.subtractingReportingOverflow(time.seconds)
  guard !overflow, elapsed >= 0 else { return dayWords(time) }
  let days = elapsed / 86_400
  if time.precision == .day || days >= 1 {
    switch days {
    case 0: return "today"
    case 1: return "yesterday"
    case 2...6: return "\(days) days ago"
    case ..<330: return dayWords(time, withYear: false)
    default: return dayWords(time)
    }
  }
  if elapsed < 60 { return "now" }
  return elapsed < 3600 ? "\(elapsed / 60)m" : "\(elapsed / 3600)h"
}

/// A day in words: "16 May 2024".
func dayWords(_ time: Timestamp, withYear: Bool = true) -> String {
  // The calendar counts in years of four digits; what lies beyond is no date of a story.
  guard abs(time.seconds.quotientAndRemainder(dividingBy: 86_400).quotient) < 3_000_000 else {
    return ""
  }
  let day = time.calendar
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  let words = "\(day.day) \(months[(day.month + 11) % 12])"
  return withYear ? "\(words) \(day.year)" : words
}

/// How many minutes so many words take to read, at least 1.
///
/// Adults read 238 words of English non-fiction a minute in silence (Brysbaert, 2019, in a review of
/// 190 studies); a screen takes a little longer.
package func readingMinutes(_ words: Int) -> Int { max(1, (words + 115) / 230) }
