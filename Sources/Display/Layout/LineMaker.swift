import Stories

/// Makes the lines of a layout's rows; made anew for each call, it holds no state of its own.
struct LineMaker {
  let layout: StoryLayout
  let marks: SearchMarks?
  let ornaments: Ornaments

  var text: StoryText { layout.text }
  var rows: RowTable { layout.rows }

  init(_ layout: StoryLayout, marks: SearchMarks?) {
    self.layout = layout
    self.marks = marks
    ornaments = Ornaments(isASCII: layout.options.isASCII)
  }

  /// The line of a row, which must exist.
  func line(_ row: Int, of index: Int) -> Line {
    let item = text.items[index]
    var spans: [Span] = []
    let margin = layout.options.margin
    if margin > 0 { spans.append(Span(String(repeating: " ", count: margin))) }
    let local = row - Int(layout.firstRows[index]) - layout.space(index)
    if local < 0 {
      blank(item, into: &spans)
      return Line(spans.count == 1 && margin > 0 ? [] : spans)
    }
    prefix(item, row: local, into: &spans)
    body(item, row: local, of: index, into: &spans)
    if runsLeft(item) {
      mirroredPieces(item.piece, marker: local == 0 ? item.marker : nil, into: &spans)
    } else {
      suffix(item.piece, into: &spans)
    }
    return Line(spans)
  }

  // MARK: - Beside the text

  private func blank(_ item: Item, into spans: inout [Span]) {
    let before = spans.count
    pieces(item.blankPiece, marker: nil, isMirrored: runsLeft(item), into: &spans)
    if runsLeft(item), item.blankPiece > 0 {
      pad(width(of: item.blankPiece), into: &spans)
      return mirroredPieces(item.blankPiece, marker: nil, into: &spans)
    }
    guard rows.rights[item.blankPiece] > 0 else {
      // A blank row with only spaces is no row of spaces.
      if spans[before...].allSatisfy({ $0.text.utf8.allSatisfy { $0 == 0x20 } }) {
        spans.removeLast(spans.count - before)
      }
      return
    }
    pad(width(of: item.blankPiece), into: &spans)
    suffix(item.blankPiece, into: &spans)
  }

  private func prefix(_ item: Item, row: Int, into spans: inout [Span]) {
    pieces(
      item.piece, marker: row == 0 ? item.marker : nil, isMirrored: runsLeft(item), into: &spans)
  }

  /// Draws the pieces from the outermost to the innermost.
  private func pieces(
    _ piece: Int, marker: Item.Marker?, isMirrored: Bool, into spans: inout [Span]
  ) {
    var chain: [Int] = []
    var index = piece
    while index > 0 {
      chain.append(index)
      index = text.pieces[index].parent
    }
    for index in chain.reversed() where rows.isShown[index] {
      switch text.pieces[index].kind {
      case .none: break
      case .indent where isMirrored, .quote where isMirrored, .pullQuote where isMirrored: break
      case .indent(let columns):
        spans.append(indent(columns, marker: index == piece ? marker : nil))
      case .quote: spans.append(Span(ornaments.quote + " ", .marker))
      case .pullQuote: spans.append(Span("  \(ornaments.pullQuote) ", .marker))
      case .box: spans.append(Span(ornaments.vertical + " ", .callout))
      case .gutter(let depth):
        let left = rows.lefts[index] - rows.lefts[text.pieces[index].parent] - 2
        if left > 0 { spans.append(Span(String(repeating: " ", count: left))) }
        spans.append(Span(ornaments.gutter, .gutter(depth)))
        spans.append(Span(" "))
      }
    }
  }

  private func indent(_ columns: Int, marker: Item.Marker?) -> Span {
    let mark = mark(marker)
    var isRight = false
    if case .number = marker { isRight = true }
    let width = displayWidth(of: mark)
    guard !mark.isEmpty, width < columns else {
      return Span(String(repeating: " ", count: columns), .marker)
    }
    let space = String(repeating: " ", count: columns - 1 - width)
    return Span((isRight ? space + mark : mark + space) + " ", .marker)
  }

  func mark(_ marker: Item.Marker?, isMirrored: Bool = false) -> String {
    switch marker {
    case nil, Item.Marker.none?: ""
    case .bullet(let depth): ornaments.bullet(depth)
    case .heading(let level): ornaments.heading(level)
    case .label(let label): text.labels[label]
    case .number(let number): isMirrored ? ".\(number)" : "\(number)."
    }
  }

  func suffix(_ piece: Int, into spans: inout [Span]) {
    var index = piece
    while index > 0 {
      if case .box = text.pieces[index].kind, rows.isShown[index] {
        spans.append(Span(" " + ornaments.vertical, .callout))
      }
      index = text.pieces[index].parent
    }
  }

  /// The columns of the text right of a piece.
  func width(of piece: Int) -> Int {
    max(1, rows.column - rows.lefts[piece] - rows.rights[piece])
  }

  func pad(_ columns: Int, into spans: inout [Span]) {
    if columns > 0 { spans.append(Span(String(repeating: " ", count: columns))) }
  }

  // MARK: - The text

  private func body(_ item: Item, row: Int, of index: Int, into spans: inout [Span]) {
    let width = width(of: item.piece)
    switch item.kind {
    case .calloutTop: calloutTop(item, width, into: &spans)
    case .calloutBottom:
      spans.append(
        Span(ornaments.bottomLeft + ornaments.line(width - 2) + ornaments.bottomRight, .callout))
    case .codeTop, .codeBottom: codeEdge(item, width, into: &spans)
    case .rule:
      let columns = max(1, min(width, 9))
      pad((width - columns) / 2, into: &spans)
      spans.append(Span(ornaments.line(columns), .rule))
    case .fold: fold(item, width, into: &spans)
    case .code: codeRow(item, row: row, of: index, into: &spans)
    case .tableRow: tableRow(item, row: row, width, into: &spans)
    case .marker: break
    case .commentHead where layout.isContext(item.label):
      if row == 0 { summary(of: item.label, width, role: .faint, into: &spans) }
    case .threadState where row >= rows.rowCount(of: item.passage):
      spans.append(Span(layout.hintLines[row - rows.rowCount(of: item.passage)], .faint))
    case .dateline, .headline, .standfirst, .byline, .paragraph, .heading, .quote, .pullQuote,
      .footnote, .caption, .credit, .embed, .cell, .tableCaption, .authorCard, .threadHead,
      .threadState, .commentHead, .note:
      textRow(item, row: row, width, into: &spans)
    }
  }

  private func textRow(_ item: Item, row: Int, _ width: Int, into spans: inout [Span]) {
    let passage = item.passage
    let kind = item.kind
    let bytes = rows.bytes(ofRow: row, of: passage, in: text)
    let end = trimmed(bytes)
    let from = spans.count
    directed(
      bytes.lowerBound..<end, of: passage, role: Self.role(of: kind), kind: kind,
      hasHyphen: hasHyphen(bytes, end, width), into: &spans)
    fit(&spans, from: from, width: width)
    var used = 0
    for span in spans[from...] { used += displayWidth(of: span.text) }
    let isLast = row + 1 == rows.rowCount(of: passage)
    switch kind {
    case .credit where used < width && !runsLeft(item):
      spans.insert(Span(String(repeating: " ", count: width - used)), at: from)
      used = width
    case .commentHead where isLast: used += commentMarks(item.label, width - used, into: &spans)
    case .threadHead where isLast && used + 2 <= width:
      spans.append(Span(" " + ornaments.line(width - used - 1), .rule))
      used = width
    case _ where runsLeft(item) && used < width && kind != .credit:
      spans.insert(Span(String(repeating: " ", count: width - used)), at: from)
      used = width
    default: break
    }
    if rows.rights[item.piece] > 0 || runsLeft(item) { pad(width - used, into: &spans) }
  }

  /// The end of a row without the white space that hangs there.
  func trimmed(_ bytes: Range<Int>, keepsSpace: Bool = false) -> Int {
    var end = bytes.upperBound
    while end > bytes.lowerBound {
      let last = text.bytes[end - 1]
      guard last == 0x0A || last == 0x20 && !keepsSpace else { break }
      end -= 1
    }
    return end
  }

  /// Whether a row ends in a word that is parted at a soft hyphen, which is then drawn.
  func hasHyphen(_ row: Range<Int>, _ end: Int, _ width: Int) -> Bool {
    end == row.upperBound && end < text.bytes.count && text.bytes[end] != 0
      && text.markup.hasSoftHyphen(before: end)
      && displayWidth(of: text.text(in: row.lowerBound..<end)) < width
  }

  /// In a single column nothing wide has room: such characters are shown as "?".
  func fit(_ spans: inout [Span], from: Int, width: Int) {
    guard width < 2 else { return }
    for index in spans[from...].indices {
      let scalars = spans[index].text.unicodeScalars
      guard scalars.contains(where: { columns(of: $0.value) > width }) else { continue }
      let fitting = scalars.map { columns(of: $0.value) > width ? "?" : $0 }
      spans[index].text = String(String.UnicodeScalarView(fitting))
    }
  }

  static func role(of kind: Passage.Kind) -> Role {
    switch kind {
    case .dateline, .byline: .byline
    case .headline: .headline
    case .standfirst: .standfirst
    case .heading: .heading
    case .pullQuote: .pullQuote
    case .code: .code
    case .footnote: .footnote
    case .caption, .tableCaption: .caption
    case .credit: .credit
    case .authorCard: .authorCard
    case .threadHead: .threadHead
    case .commentHead: .author
    case .note, .threadState: .faint
    case .paragraph, .quote, .embed, .cell, .marker: .text
    case .calloutTop, .calloutBottom, .tableRow: .callout
    case .codeTop, .codeBottom, .rule: .rule
    case .fold: .fold
    }
  }
}
