internal import Display
internal import Queries

/// A line that is being typed, with what is wrong in it.
extension Reader {
  /// The mark and the typed text, wrong words marked, and the column of the cursor.
  ///
  /// The end of a long line is what is being typed: its beginning gives way.
  func typed(_ prompt: Prompt, _ room: Int) -> ([Span], column: Int) {
    let start = firstShown(prompt, room)
    let mistakes = mistakes(of: prompt)
    var spans = start == 0 ? [Span(prompt.mark, .prompt)] : []
    var column = start == 0 ? displayWidth(of: prompt.mark) : 0
    for index in start..<prompt.field.characters.count {
      let text = safe(String(prompt.field.characters[index]), oneLine: true)
      let shown = prompt.field.characters[index].isWhitespace ? " " : text
      let isWrong = mistakes.contains { !$0.isUnfinished && $0.range.contains(index) }
      let role: Role = isWrong ? .error : .prompt
      if index < prompt.field.cursor { column += displayWidth(of: shown) }
      if spans.last?.role == role {
        spans[spans.count - 1].text += shown
      } else {
        spans.append(Span(shown, role))
      }
    }
    return (spans, column)
  }

  /// The first character that fits before the cursor, with room for the cursor itself.
  private func firstShown(_ prompt: Prompt, _ room: Int) -> Int {
    var left = room
    var start = prompt.field.cursor
    while start > 0 {
      left -= displayWidth(of: safe(String(prompt.field.characters[start - 1]), oneLine: true))
      guard left >= (start == 1 ? displayWidth(of: prompt.mark) : 0) else { break }
      start -= 1
    }
    return start
  }

  private func mistakes(of prompt: Prompt) -> [QueryMistake] {
    switch prompt.purpose {
    case .filter: ParsedQuery(prompt.field.text, now: now, isTyping: true).mistakes
    case .searchAll where results?.typed == prompt.field.text: results?.mistakes ?? []
    case .comments:
      CommentFilter(prompt.field.text, now: now, isTyping: true).mistakes
    default: []
    }
  }

  /// The lines below a filter that say what is wrong, under the word it is wrong in.
  func mistakeLines(_ columns: Int) -> [Line] {
    guard let prompt, let mistake = mistakes(of: prompt).first(where: { !$0.isUnfinished }) else {
      return []
    }
    let start = firstShown(prompt, max(2, columns - 2))
    let place = mistake.range.lowerBound
    let before = prompt.field.characters[min(start, place)..<place]
    let words = (options.isASCII ? "^ " : "↑ ") + mistake.words
    // Where the words would run over the edge, they stand left of their place rather than cut.
    let column = min(
      displayWidth(of: safe(String(before), oneLine: true))
        + (start == 0 ? displayWidth(of: prompt.mark) : 0),
      max(0, columns - displayWidth(of: words)))
    return wrapped(words, to: columns).map { text in
      Line([Span(spaces(column), .status), Span(text, .error)], fill: .status)
        .padded(to: columns, isASCII: options.isASCII)
    }
  }
}
