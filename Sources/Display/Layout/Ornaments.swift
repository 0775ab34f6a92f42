/// The characters that are drawn around text, each a column wide unless said otherwise.
struct Ornaments: Sendable {
  let isASCII: Bool

  var gutter: String { isASCII ? "|" : "▎" }
  var quote: String { isASCII ? ">" : "│" }
  var pullQuote: String { isASCII ? "#" : "┃" }
  var horizontal: String { isASCII ? "-" : "─" }
  var vertical: String { isASCII ? "|" : "│" }
  /// Where rules meet; on an open side there is none.
  func cross(openLeft: Bool, openRight: Bool) -> String {
    guard !isASCII else { return "+" }
    return openLeft ? (openRight ? "│" : "├") : openRight ? "┤" : "┼"
  }

  var topLeft: String { isASCII ? "+" : "┌" }
  var topRight: String { isASCII ? "+" : "┐" }
  var bottomLeft: String { isASCII ? "+" : "└" }
  var bottomRight: String { isASCII ? "+" : "┘" }
  var fold: String { isASCII ? "+" : "↩" }
  var fresh: String { isASCII ? "*" : "●" }
  var dot: String { isASCII ? "-" : "·" }
  /// At the edges of code and tables that go on there.
  var cutLeft: String { isASCII ? "<" : "‹" }
  var cutRight: String { isASCII ? ">" : "›" }

  func line(_ columns: Int) -> String { String(repeating: horizontal, count: max(0, columns)) }

  func bullet(_ depth: Int) -> String {
    let bullets = isASCII ? ["*", "-", "+"] : ["•", "◦", "▪"]
    return bullets[max(0, depth - 1) % 3]
  }

  func heading(_ level: Int) -> String {
    switch level {
    case ...2: isASCII ? "#" : "■"
    case 3: isASCII ? "=" : "▪"
    default: isASCII ? "-" : "▫"
    }
  }

  /// A label of our own, in the characters of this mode.
  func label(_ words: String) -> String {
    guard isASCII else { return words }
    return String(
      String.UnicodeScalarView(
        words.unicodeScalars.map { $0 == "·" || $0 == "—" || $0 == "…" ? "-" : $0 }))
  }
}
