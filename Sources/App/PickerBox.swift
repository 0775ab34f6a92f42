internal import Display

/// The frame around a list that is laid over the screen, with its title in the upper edge.
struct PickerBox {
  var title: String
  /// The columns between the bars.
  var width: Int
  var isASCII: Bool

  /// The rows between the edges; each is `width` columns wide already.
  func lines(_ rows: [[Span]]) -> [Line] {
    let (bar, rule) = isASCII ? ("|", "-") : ("│", "─")
    let corners = isASCII ? ["+", "+", "+", "+"] : ["┌", "┐", "└", "┘"]
    func edge(_ left: String, _ words: String, _ right: String) -> Line {
      let words = truncated(words, to: max(1, width), isASCII: isASCII)
      let rest = max(0, width - displayWidth(of: words))
      return Line([
        Span(left, .divider), Span(words, .title),
        Span(String(repeating: rule, count: rest) + right, .divider),
      ])
    }
    let sides = Span(bar, .divider)
    return [edge(corners[0], " \(title) ", corners[1])]
      + rows.map { Line([sides] + $0 + [sides]) } + [edge(corners[2], "", corners[3])]
  }

  /// What stands before the words of a row.
  func mark(isSelected: Bool) -> Span {
    Span(isSelected ? (isASCII ? ">" : "▌") : " ", .key)
  }
}
