internal import Display
internal import Settings
internal import Stories

extension StoryScreen {
  /// The story in its pane, with letters over its links where there are some.
  func drawing(columns: Int, hints: LinkHints?) -> Drawing {
    var lines = view.lines()
    let row = max(0, min(lines.count - 1, view.currentRow - view.top))
    var drawing = Drawing(cursor: Drawing.Cell(row: row, column: view.layout.options.margin))
    drawing.record(.storyPane, rows: 0..<lines.count, columns: 0..<columns)
    recordComments(in: &drawing, lines, columns)
    recordLinks(in: &drawing, lines)
    if let sticky = view.stickyComment {
      drawing.record(.stickyComment(sticky), row: 0, columns: 0..<columns)
    }
    if let column = column(ofChoiceIn: lines[row]) { drawing.cursor.column = column }
    if let hints { lay(hints, over: &lines) }
    drawing.lines = lines
    return drawing
  }

  private func recordLinks(in drawing: inout Drawing, _ lines: [Line]) {
    for row in lines.indices where lines[row].spans.contains(where: { $0.link != nil }) {
      var column = 0
      for span in lines[row].spans {
        let end = column + displayWidth(of: span.text)
        if let link = span.link {
          drawing.record(.link(link.number), row: row, columns: column..<end)
        }
        column = end
      }
    }
  }

  /// A comment's head, and the line that says what its fold hides.
  private func recordComments(in drawing: inout Drawing, _ lines: [Line], _ columns: Int) {
    let rows = view.top..<max(view.top, min(view.layout.rowCount, view.top + lines.count))
    guard view.threadRow < rows.upperBound else { return }
    for row in rows where row >= view.threadRow {
      guard let comment = view.layout.comment(atRow: row),
        view.layout.row(ofComment: comment) == row
          || lines[row - view.top].spans.contains(where: { $0.role == .fold })
      else { continue }
      drawing.record(.comment(comment), row: row - view.top, columns: 0..<columns)
    }
  }

  /// The column of the chosen link, or of the current match.
  private func column(ofChoiceIn line: Line) -> Int? {
    var column = 0
    for span in line.spans {
      if span.overlay == .selection || span.overlay == .currentMatch { return column }
      column += displayWidth(of: span.text)
    }
    return nil
  }
}

// MARK: - How wide the text is set

extension StoryScreen {
  /// One step of the column, and of a part that is moved sideways, in columns.
  private static let columnStep = 4
  private static let shiftStep = 8

  /// Sets the text wider or narrower for the rest of this run.
  func changeColumn(by steps: Int, _ environment: Environment) -> Reply {
    guard case .number(let range) = Setting.named("column")?.kind else { return .done }
    var preferences = environment.preferences
    // Steps beyond the width of the pane would have no visible effect.
    let widest = max(
      range.lowerBound, min(range.upperBound, view.layout.options.widestColumn))
    let before = min(preferences.column, widest)
    let wanted = before + max(-100, min(100, steps)) * Self.columnStep
    let column = max(range.lowerBound, min(widest, wanted))
    guard column != before else {
      return .say("The text is as \(steps > 0 ? "wide" : "narrow") as it gets: \(column) columns")
    }
    preferences.column = column
    return .several([.prefer(preferences), .say("The text is \(column) columns wide")])
  }

  /// Moves code or a wide table sideways, the current one or the nearest to it.
  mutating func shift(by steps: Int) -> Reply {
    let seen = view.top..<(view.top + view.height)
    guard let part = view.layout.widePart(near: view.currentRow, in: seen) else {
      return steps < 0 ? .closeStory : .say("Nothing here is wider than its place")
    }
    let before = view.layout.shift(of: part)
    let distance = max(-10_000, min(10_000, steps)) * Self.shiftStep
    view.show(view.layout.shifting(part, to: before + distance))
    guard view.layout.shift(of: part) == before else { return .done }
    return .say(steps > 0 ? "This is its right edge" : "This is its left edge")
  }
}

// MARK: - The status line

extension StoryScreen {
  /// What is read: the chosen link, or the section.
  func statusWords() -> String {
    if let link = view.link { return words(for: link.target) }
    return safe(view.section ?? view.story.title, oneLine: true)
  }

  /// Which match, which comment, and how far down; of these the first where a line is typed that
  /// needs the room.
  func position(isTyping: Bool, isRoomy: Bool) -> [String] {
    var parts: [String] = []
    if let count = view.hits.count { parts.append(count) }
    if let count = view.shownCommentCount, isTyping, !isRoomy {
      parts.append(String(count))
    } else if let words = view.shownCommentWords {
      parts.append(words)
    } else if isRoomy, let number = view.commentNumber {
      parts.append(number)
    }
    guard isRoomy || !isTyping else { return parts }
    // A short line shows the section rather than the time left.
    if isRoomy, let minutes = view.minutesLeft { parts.append("\(minutes) min left") }
    return parts + ["\(view.percent)%"]
  }
}
