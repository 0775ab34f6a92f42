package import Stories

/// The text as it may go to a terminal.
///
/// With `oneLine` controls are taken out and white space becomes single spaces; otherwise controls
/// are made visible and line breaks are kept.
package func safe(_ text: String, oneLine: Bool) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars where scalar.value >= 0x20 { out.append(scalar) }
  return String(out)
}

/// The text cut to a width, with an ellipsis where something was cut off.
package func truncated(_ text: String, to width: Int, isASCII: Bool = false) -> String {
  guard displayWidth(of: text) > width else { return text }
  return String(text.prefix(max(0, width - 1))) + "…"
}

/// How long ago a time is: "now", "5m", "2h", "yesterday", "3 days ago", "16 May 2024".
package func age(of time: Timestamp, now: Timestamp) -> String { dayWords(time) }

/// A day in words: "16 May 2024".
package func dayWords(_ time: Timestamp) -> String {
  let day = time.calendar
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  return "\(day.day) \(months[(day.month + 11) % 12]) \(day.year)"
}
