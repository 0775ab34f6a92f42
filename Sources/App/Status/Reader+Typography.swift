internal import Display
internal import Settings

/// How wide the text is set, and what is wider than that.
extension Reader {
  /// One step of the column, and of a part that is moved sideways.
  private static let columnStep = 4
  private static let shiftStep = 8

  /// Sets the text wider or narrower for the rest of this run.
  func changeColumn(by steps: Int) {
    guard let screen = story, case .number(let range) = Setting.named("column")?.kind else {
      return
    }
    // Beyond the pane a step would change nothing that can be seen.
    let widest = max(range.lowerBound, min(range.upperBound, screen.layout.options.widestColumn))
    let before = min(preferences.column, widest)
    let wanted = before + max(-100, min(100, steps)) * Self.columnStep
    let column = max(range.lowerBound, min(widest, wanted))
    guard column != before else {
      return say("The text is as \(steps > 0 ? "wide" : "narrow") as it gets: \(column) columns")
    }
    options.preferences.column = column
    say("The text is \(column) columns wide")
  }

  /// Moves code or a wide table sideways, the one that is looked at or the nearest to it.
  func shift(by steps: Int) {
    guard let screen = story else { return }
    let seen = screen.top..<(screen.top + screen.height)
    guard let part = screen.layout.widePart(near: screen.looked, in: seen) else {
      if steps < 0 { return leaveStory() }
      return say("Nothing here is wider than its place")
    }
    let before = screen.layout.shift(of: part)
    let distance = max(-10_000, min(10_000, steps)) * Self.shiftStep
    story?.show(screen.layout.shifting(part, to: before + distance))
    guard story?.layout.shift(of: part) == before else { return }
    say(steps > 0 ? "This is its right edge" : "This is its left edge")
  }

  /// Lines outside a story with their words as they are seen, each span for itself: the spans of a
  /// row are facts side by side.
  ///
  /// What Courant itself says runs from left to right, whatever it names.
  func ordered(_ lines: [Line]) -> [Line] {
    guard options.textOrder == .asSeen else { return lines }
    return lines.map { line in
      let spans = line.spans.flatMap { span in
        inDisplayOrder([span], isSentence: span.role == .message || span.role == .error)
      }
      return Line(spans, fill: line.fill)
    }
  }
}
