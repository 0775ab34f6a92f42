internal import Display
internal import Queries

/// A line that is being typed, with what is wrong in it.
extension Reader {
  /// The mark and the typed text, wrong words marked, and the column of the cursor.
  ///
  /// The end of a long line is what is being typed: its beginning gives way.
  func typed(_ prompt: Prompt, _ columns: Int) -> ([Span], column: Int) {
    let start = firstShown(prompt, columns)
    let mistakes = shownMistakes(of: prompt)
    var spans = start == 0 ? [Span(prompt.mark, .prompt)] : []
    var column = start == 0 ? displayWidth(of: prompt.mark) : 0
    for index in start..<prompt.field.characters.count {
      let shown = shown(prompt.field.characters[index])
      let isWrong = mistakes.contains { $0.range.contains(index) }
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

  /// A typed character as it is drawn; a space by itself is none that may be left out.
  private func shown(_ character: Character) -> String {
    character.isWhitespace ? " " : safe(String(character), oneLine: true)
  }

  /// The first character that fits before the cursor, with room for the cursor itself.
  private func firstShown(_ prompt: Prompt, _ columns: Int) -> Int {
    // What stands at the right end begins with spaces, on the first of which the cursor may stand.
    var left = max(2, columns - max(1, Line(statusEnd(columns)).width))
    var start = prompt.field.cursor
    while start > 0 {
      left -= displayWidth(of: shown(prompt.field.characters[start - 1]))
      guard left >= (start == 1 ? displayWidth(of: prompt.mark) : 0) else { break }
      start -= 1
    }
    return start
  }

  /// What a typed line means as a filter, where it is one or has one behind a verb.
  func parsed(_ prompt: Prompt, isTyping: Bool) -> Prompt.Parsed {
    let typed = prompt.field.text
    switch prompt.purpose {
    case .filter, .searchAll:
      let parsed = ParsedQuery(typed, now: now, isTyping: isTyping)
      return Prompt.Parsed(query: parsed.query, mistakes: parsed.mistakes)
    case .comments:
      let filter = CommentFilter(typed, now: now, isTyping: isTyping)
      return Prompt.Parsed(comments: filter, mistakes: filter.mistakes)
    case .command:
      guard let start = filterStart(ofLine: typed) else { return Prompt.Parsed() }
      let filter = String(typed.dropFirst(start))
      let parsed = ParsedQuery(filter, now: now, isTyping: isTyping)
      let mistakes = parsed.mistakes.map { mistake in
        var mistake = mistake
        mistake.range = mistake.range.lowerBound + start..<mistake.range.upperBound + start
        return mistake
      }
      return Prompt.Parsed(query: parsed.query, mistakes: mistakes)
    default: return Prompt.Parsed()
    }
  }

  /// Those that are shown: while the line is typed, none that more typing may mend.
  private func shownMistakes(of prompt: Prompt) -> [QueryMistake] {
    prompt.refusal.isEmpty ? prompt.parsed.mistakes.filter { !$0.isUnfinished } : prompt.refusal
  }

  /// The lines below a filter that say what is wrong, under the word it is wrong in.
  func mistakeLines(_ columns: Int) -> [Line] {
    guard let prompt, let mistake = shownMistakes(of: prompt).first else { return [] }
    let start = firstShown(prompt, columns)
    let place = min(mistake.range.lowerBound, prompt.field.characters.count)
    let before = prompt.field.characters[min(start, place)..<place]
    var words = (options.isASCII ? "^ " : "↑ ") + mistake.words
    if !prompt.refusal.isEmpty {
      words += "\(options.dot)\(key(for: .cancel, in: .prompt)) leaves it"
    }
    // Where the words would run over the edge, they stand left of their place rather than cut.
    let column = min(
      displayWidth(of: before.map(shown).joined())
        + (start == 0 ? displayWidth(of: prompt.mark) : 0),
      max(0, columns - displayWidth(of: words)))
    return wrapped(words, to: columns).map { text in
      Line([Span(spaces(column), .status), Span(text, .error)], fill: .status)
        .padded(to: columns, isASCII: options.isASCII)
    }
  }
}
