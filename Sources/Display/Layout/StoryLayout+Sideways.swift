import Stories

/// Horizontal scrolling of code and tables that are wider than the text column.
///
/// A part is a block of code or a table, known by its first item.
extension StoryLayout {
  /// The columns through which code and wide tables are seen: those of the text and, where nothing
  /// stands right of it, of the margin.
  func window(of piece: Int) -> Int {
    let own = max(1, rows.column - rows.lefts[piece] - rows.rights[piece])
    guard rows.rights[piece] == 0 else { return own }
    return max(
      own, min(options.width, 10_000) - options.margin * 2 - rows.lefts[piece] + rightMargin)
  }

  /// The columns right of the text, but for the last one.
  private var rightMargin: Int { max(0, options.margin - 1) }

  /// The part that stands in a row or nearest to it among those on the screen, if it is wider than
  /// its window; what stands above must be much nearer than what follows.
  package func widePart(near row: Int, in seen: Range<Int>) -> Int? {
    let seen = seen.clamped(to: 0..<rowCount)
    guard !seen.isEmpty else { return nil }
    var best: (part: Int, distance: Int)?
    var item = item(atRow: seen.lowerBound)
    while item < text.items.count, Int(firstRows[item]) < seen.upperBound {
      defer { item += 1 }
      guard isVisible(item), let part = part(ofItem: item), overhang(of: part) > 0 else { continue }
      let last = Int(firstRows[item + 1]) - 1
      let first = min(last, Int(firstRows[item]) + space(item))
      let distance = row < first ? first - row : 2 * max(0, row - last)
      if best.map({ distance < $0.distance }) ?? true { best = (part, distance) }
    }
    return best?.part
  }

  /// How many columns a part was moved.
  package func shift(of part: Int) -> Int { shifts[part] ?? 0 }

  /// The same layout with a part moved, no further than its end comes into sight.
  package func shifting(_ part: Int, to columns: Int) -> StoryLayout {
    var layout = self
    let shift = max(0, min(columns, overhang(of: part)))
    layout.shifts[part] = shift > 0 ? shift : nil
    return layout
  }

  /// The same layout with its parts moved as another one of it had them.
  package func shifted(_ shifts: [Int: Int]) -> StoryLayout {
    var layout = self
    layout.shifts = shifts
    return layout
  }

  /// The same layout with a match moved into sight, if it stands in a part that hides it.
  package func showing(_ match: Match) -> StoryLayout { showing(match.range, of: match.passage) }

  /// The same layout with the beginning of a link moved into sight.
  package func showing(_ link: StoryLink) -> StoryLayout {
    let passage = text.passage(ofByte: link.start)
    let end = min(link.start + link.text.utf8.count, text.passages[passage].range.upperBound)
    return showing(link.start..<max(link.start, end), of: passage)
  }

  private func showing(_ bytes: Range<Int>, of passage: Int) -> StoryLayout {
    guard let part = part(ofItem: text.passages[passage].item), overhang(of: part) > 0 else {
      return self
    }
    let first = column(ofByte: bytes.lowerBound, passage)
    let last = column(ofByte: bytes.upperBound, passage)
    let window = window(of: text.items[part].piece)
    let shift = shift(of: part)
    // A column at each side is the mark's.
    if first >= shift + (shift > 0 ? 1 : 0), last < shift + window { return self }
    return shifting(part, to: last < window ? 0 : first - window / 3)
  }

  // MARK: - Extents

  private func part(ofItem index: Int) -> Int? {
    guard text.items.indices.contains(index) else { return nil }
    let item = text.items[index]
    switch item.kind {
    case .code: return index
    case .tableRow where rows.tables[item.label].isGrid: return text.tables[item.label].firstItem
    default: return nil
    }
  }

  /// The columns of a part beyond its window.
  private func overhang(of part: Int) -> Int {
    let item = text.items[part]
    let window = window(of: item.piece)
    if case .tableRow = item.kind { return max(0, rows.tables[item.label].wholeWidth - window) }
    let range = text.passages[item.passage].range
    guard range.count > window else { return 0 }
    let bytes = text.bytes.span
    var (index, column, most) = (range.lowerBound, 0, 0)
    while index < range.upperBound {
      let (scalar, length) = decode(bytes, at: index, end: range.upperBound)
      column = scalar == 0x0A ? 0 : column + columns(of: scalar)
      most = max(most, column)
      index += length
    }
    return max(0, most - window)
  }

  /// The column of a part in which a byte stands.
  private func column(ofByte byte: Int, _ passage: Int) -> Int {
    let item = text.items[text.passages[passage].item]
    let row = rows.row(ofByte: byte, of: passage)
    let start = rows.bytes(ofRow: row, of: passage, in: text).lowerBound
    let bytes = text.bytes.span
    var (index, column) = (start, 0)
    while index < byte {
      let (scalar, length) = decode(bytes, at: index, end: byte)
      column += columns(of: scalar)
      index += length
    }
    guard case .tableRow = item.kind else { return column }
    let cell = text.tables[item.label].rowCells[item.row] + passage - item.passage
    return column + rows.tables[item.label].left(ofCell: cell, in: text.tables[item.label])
  }
}
