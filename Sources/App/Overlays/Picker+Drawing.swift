internal import Display
internal import Storage
internal import Stories

// MARK: - Drawing

extension Picker {
  /// The columns of the box with its frame: the words need room, and the story shows beside it.
  static func width(in columns: Int) -> Int { columns < 100 ? columns : min(76, columns / 2) }

  /// A box of at most so many lines, the selected entry in sight; `clear` is the key that shows all.
  func lines(_ most: Int, columns: Int, isASCII: Bool, clear: String) -> [Line] {
    let width = max(4, Self.width(in: columns) - 2)
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
    let facts =
      kind == .jobs
      ? outcome(of: entry, width - displayWidth(of: left) - 1, isASCII)
      : entry.facts.isEmpty || width < 24 + displayWidth(of: entry.facts) ? "" : "  \(entry.facts)"
    let room = max(1, width - displayWidth(of: left + facts) - 1)
    let words = truncated(safe(entry.words, oneLine: true), to: room, isASCII: isASCII)
    let gap = spaces(room - displayWidth(of: words))
    let overlay: Role? = row == window.selected ? .selection : nil
    return [
      Span(left, .key, overlay: overlay), Span(words, .text, overlay: overlay),
      Span(gap, .text, overlay: overlay), Span(facts + " ", .faint, overlay: overlay),
    ]
  }

  /// How a job stands, in all widths: cut, where it must be, so that its name keeps half of the row.
  private func outcome(of entry: Entry, _ columns: Int, _ isASCII: Bool) -> String {
    guard !entry.facts.isEmpty else { return "" }
    let words = displayWidth(of: safe(entry.words, oneLine: true))
    let room = columns - 2 - min(words, max(Self.leastWords, columns / 2))
    guard room > 0 else { return "" }
    return "  " + truncated(entry.facts, to: room, isASCII: isASCII)
  }

  /// The columns in which the name of a job still says something.
  private static let leastWords = 8
}
