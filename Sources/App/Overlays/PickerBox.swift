internal import Display

/// The frame around a list that is laid over the screen, with its title in the upper edge.
struct PickerBox {
  var title: String
  /// The words that narrow the list; empty without any.
  var typed = ""
  /// Which of the rows is chosen.
  var place = ""
  /// The columns between the bars.
  var width: Int
  var isASCII: Bool

  /// The rows between the edges; each is `width` columns wide already.
  func lines(_ rows: [[Span]]) -> [Line] {
    let (bar, rule) = isASCII ? ("|", "-") : ("│", "─")
    let corners = isASCII ? ["+", "+", "+", "+"] : ["┌", "┐", "└", "┘"]
    func edge(_ left: String, _ words: [String], _ right: String) -> Line {
      var spans = [Span(left, .divider)]
      var rest = max(1, width)
      // Separate spans: right-to-left words must not reorder the others.
      for words in words where rest > 0 {
        let words = truncated(words, to: rest, isASCII: isASCII)
        spans.append(Span(words, .title))
        rest -= displayWidth(of: words)
      }
      spans.append(Span(String(repeating: rule, count: max(0, rest)) + right, .divider))
      return Line(spans)
    }
    let sides = Span(bar, .divider)
    let words = [" \(title) ", typed.isEmpty ? "" : "/", typed, typed.isEmpty ? "" : " ", place]
    return [edge(corners[0], words + [place.isEmpty ? "" : " "], corners[1])]
      + rows.map { Line([sides] + $0 + [sides]) } + [edge(corners[2], [], corners[3])]
  }

  /// What stands before the words of a row.
  func mark(isSelected: Bool) -> Span {
    Span(isSelected ? (isASCII ? ">" : "▌") : " ", .key)
  }
}
