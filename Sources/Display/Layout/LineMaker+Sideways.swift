import Stories

/// Draws the visible part of horizontally scrolled code and tables, with a mark where it is clipped.
extension LineMaker {
  func codeRow(_ item: Item, row: Int, of index: Int, into spans: inout [Span]) {
    let bytes = rows.bytes(ofRow: row, of: item.passage, in: text)
    let line = bytes.lowerBound..<trimmed(bytes, keepsSpace: true)
    let window = layout.window(of: item.piece)
    let from = spans.count
    let shift = layout.shifts[index] ?? 0
    let seen = visible(line, shift, window)
    if seen.isCutLeft { spans.append(Span(ornaments.cutLeft, .marker)) }
    pad(seen.blank, into: &spans)
    segments(seen.bytes, role: .code, kind: .code, into: &spans)
    fit(&spans, from: from, width: window)
    if seen.isCutRight { spans.append(Span(ornaments.cutRight, .marker)) }
    guard rows.rights[item.piece] > 0 else { return }
    pad(window - spans[from...].reduce(0) { $0 + displayWidth(of: $1.text) }, into: &spans)
  }

  /// The visible part of a line, and the blank columns that a clipped wide character leaves.
  private struct Seen {
    var bytes: Range<Int>
    var blank = 0
    var isCutLeft = false
    var isCutRight = false
  }

  private func visible(_ line: Range<Int>, _ shift: Int, _ window: Int) -> Seen {
    let bytes = text.bytes.span
    var index = line.lowerBound
    var column = 0
    var seen = Seen(bytes: line)
    if shift > 0, !line.isEmpty {
      seen.isCutLeft = true
      // The mark takes the first column.
      (index, column) = skip(bytes, line, to: shift + 1)
      seen.blank = index < line.upperBound ? column - shift - 1 : 0
    }
    let start = index
    let room = shift + window
    /// What fits with the mark that more is there.
    var last = start
    while index < line.upperBound {
      let (scalar, length) = decode(bytes, at: index, end: line.upperBound)
      let wide = min(columns(of: scalar), window)
      guard column + wide <= room else {
        seen.isCutRight = window > 1
        seen.bytes = start..<(window > 1 ? last : index)
        return seen
      }
      column += wide
      index += length
      if column < room { last = index }
    }
    seen.bytes = start..<line.upperBound
    return seen
  }

  /// The first character that begins at a column or behind it, with the marks before it passed.
  private func skip(_ bytes: Bytes, _ line: Range<Int>, to target: Int) -> (index: Int, column: Int)
  {
    var index = line.lowerBound
    var column = 0
    while index < line.upperBound {
      let (scalar, length) = decode(bytes, at: index, end: line.upperBound)
      let wide = columns(of: scalar)
      if column >= target, wide > 0 { break }
      column += wide
      index += length
    }
    return (index, column)
  }

  /// Cuts what was drawn of a table from `from` on to the window, and marks where it was cut.
  func cutSideways(_ spans: inout [Span], from: Int, shift: Int, window: Int) {
    let drawn = Array(spans[from...])
    let whole = drawn.reduce(0) { $0 + displayWidth(of: $1.text) }
    guard whole > window || shift > 0 else { return }
    spans.removeLast(drawn.count)
    let isCutRight = whole > shift + window
    let first = shift > 0 ? shift + 1 : 0
    let last = shift + window - (isCutRight ? 1 : 0)
    if shift > 0 { spans.append(Span(whole > 0 ? ornaments.cutLeft : " ", .marker)) }
    var column = 0
    for span in drawn where column < last {
      var text = ""
      for scalar in span.text.unicodeScalars {
        let wide = columns(of: scalar.value)
        if column >= first && column + wide <= last && (wide > 0 || !text.isEmpty) {
          text.unicodeScalars.append(scalar)
        } else if column + wide > first && column < last && wide > 0 {
          // Half a wide character is a blank.
          text += " "
        }
        column += wide
      }
      guard !text.isEmpty else { continue }
      var cut = span
      cut.text = text
      spans.append(cut)
    }
    if isCutRight { spans.append(Span(ornaments.cutRight, .marker)) }
  }
}
