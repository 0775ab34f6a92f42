import Display
import Glibc
import Stories
import Storage
import Writing

extension JSONWriter {
  /// The fields of a list row in the open object.
  mutating func fields(of headline: Headline) {
    field("id", Int(headline.id))
    field("title", headline.title)
    field("source", headline.source.isEmpty ? nil : headline.source)
    field("published", headline.published?.iso8601)
    field("added", headline.added.iso8601)
    field("words", headline.words)
    field("figures", headline.figures)
    field("comments", headline.comments)
    field("read", headline.isRead)
    field("starred", headline.isStarred)
    key("progress")
    decimal(headline.progress)
  }
}

extension Headline {
  /// The row as one line: number, day, marks, headline, source.
  ///
  /// The marks are `n` for an unread story and `*` for a star.
  var plainLine: String {
    let number = String(id)
    let day = (published ?? added).iso8601.prefix(10)
    let name = safe(title, oneLine: true)
    var line = String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number
    line += "  \(day)  \(isRead ? " " : "n")\(isStarred ? "*" : " ")  "
    line += name.isEmpty ? "(no title)" : name
    let place = shownName(source)
    return place.isEmpty ? line : line + " — " + place
  }
}

/// The width of the terminal on standard output; `nil` if that is no terminal.
func terminalColumns() -> Int? {
  guard isatty(1) == 1 else { return nil }
  var size = winsize()
  guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}
