internal import Display
internal import Storage
internal import Stories

// MARK: - Drawing

extension Picker {
  /// The columns of the box with its frame.
  ///
  /// Its words need room, and the story shows beside it; beside jobs, which are of no story, nothing
  /// needs to.
  ///
  /// `divider` is the column of the line between list and story, where both are shown: jobs begin
  /// there rather than cutting the list, if that leaves them room.
  func width(in columns: Int, divider: Int?) -> Int {
    if kind == .jobs {
      if let divider, columns - divider >= Self.leastColumns { return columns - divider }
      return min(columns, max(Self.mostColumns, columns * 3 / 4))
    }
    return columns < Self.splitFrom ? columns : min(76, columns / 2)
  }

  /// From how many columns the story shows beside the box.
  private static let splitFrom = 100
  /// The columns that jobs have if the screen does.
  private static let mostColumns = 120
  /// The fewest columns that jobs have beside the list.
  private static let leastColumns = 80

  /// A box of at most so many lines and just so many columns, the selected entry in sight; `clear` is the key that shows all.
  func lines(_ most: Int, width: Int, isASCII: Bool, clear: String) -> [Line] {
    let width = max(4, width - 2)
    let place = shown.isEmpty ? "nothing" : "\(window.selected + 1) of \(shown.count)"
    let box = PickerBox(
      title: kind.title, typed: safe(typed, oneLine: true), place: place, width: width,
      isASCII: isASCII)
    guard !shown.isEmpty else {
      let line = truncated(
        " Nothing has these words; \(clear) shows all", to: width, isASCII: isASCII)
      return box.lines([[Span(line, .faint), Span(spaces(width - displayWidth(of: line)))]])
    }
    let rows = window.rows(inBox: most).map { row in
      [box.mark(isSelected: row == window.selected)] + spans(row, width - 1, isASCII)
    }
    return box.lines(rows)
  }

  private func spans(_ row: Int, _ width: Int, _ isASCII: Bool) -> [Span] {
    let index = shown[row]
    let entry = entries[index]
    // The indent is capped, so that deep replies have room for their words.
    let indent = typed.isEmpty ? min(2 * entry.depth, max(0, width / 3)) : 0
    var sign = entry.marker
    if sign.isEmpty, typed.isEmpty, hasChildren(index) {
      sign = folds.contains(index) ? (isASCII ? "+" : "▸") : (isASCII ? "-" : "▾")
    }
    let left = spaces(indent) + sign + spaces(max(sign.isEmpty ? 0 : 1, 2 - displayWidth(of: sign)))
    let columns = max(1, width - displayWidth(of: left) - 1)
    let (words, facts) =
      entry.pathWords.map { parts($0, entry.facts, columns, isASCII) }
      ?? parts(
        of: entry, columns, isRoomy: width >= Self.factsFrom + displayWidth(of: entry.facts),
        isASCII)
    let room = max(1, columns - displayWidth(of: facts))
    let gap = spaces(room - displayWidth(of: words))
    let overlay: Role? = row == window.selected ? .selection : nil
    return [
      Span(left, .key, overlay: overlay), Span(words, .text, overlay: overlay),
      Span(gap, .text, overlay: overlay), Span(facts + " ", .faint, overlay: overlay),
    ]
  }

  /// The words of an entry in so many columns, and its facts where there is room for both.
  private func parts(
    of entry: Entry, _ columns: Int, isRoomy: Bool, _ isASCII: Bool
  ) -> (words: String, facts: String) {
    let facts = entry.facts.isEmpty || !isRoomy ? "" : "  \(entry.facts)"
    let room = max(1, columns - displayWidth(of: facts))
    return (truncated(safe(entry.words, oneLine: true), to: room, isASCII: isASCII), facts)
  }

  /// How many columns a row needs besides its facts, or the words beside them would say too little.
  private static let factsFrom = 24

  /// Words around a path with facts, in all widths: where the facts must be cut, the path keeps most of
  /// the row.
  private func parts(
    _ words: PathWords, _ facts: String, _ columns: Int, _ isASCII: Bool
  ) -> (words: String, facts: String) {
    var words = words
    // What is done to it, the facts say too.
    if columns < Self.verbFrom { words.before = "" }
    let room = max(columns * 3 / 5, columns - 2 - displayWidth(of: facts))
    let shown = words.words(in: facts.isEmpty ? columns : room, isASCII: isASCII)
    let rest = columns - 2 - displayWidth(of: shown)
    guard !facts.isEmpty, rest > 0 else { return (shown, "") }
    return (shown, "  " + truncated(facts, to: rest, isASCII: isASCII))
  }

  /// From how many columns a row says what is done to a path.
  private static let verbFrom = 56
}
