import Stories

/// The row starts of all passages at one column width, and the heights of all items.
///
/// It knows nothing of folds, ages or margins, so that all layouts of one width share it.
final class RowTable: Sendable {
  let column: Int
  /// The byte at which each row begins, passage after passage.
  let starts: [UInt32]
  /// The first of a passage's rows in `starts`, and one past the last.
  let firstStarts: [Int32]
  /// The rows of each item with the blank row above it; a fold's as if it were folded.
  let heights: [Int32]
  /// The columns left and right of the text, by piece, and whether the piece is drawn.
  let lefts: [Int]
  let rights: [Int]
  let isShown: [Bool]
  let tables: [TableRows]

  init(_ text: StoryText, column: Int) {
    self.column = column
    let pieces = Self.measure(text.pieces, column: column)
    (lefts, rights, isShown) = (pieces.lefts, pieces.rights, pieces.isShown)
    var breaker = LineBreaker(width: column)
    breaker.rows.reserveCapacity(text.bytes.count / max(1, column - 8) + text.passages.count + 16)
    var firstStarts: [Int32] = []
    firstStarts.reserveCapacity(text.passages.count + 1)
    var heights: [Int32] = []
    heights.reserveCapacity(text.items.count)
    var tables: [TableRows] = []
    let bytes = text.bytes.span
    for index in text.items.indices {
      let item = text.items[index]
      let end = index + 1 < text.items.count ? text.items[index + 1].passage : text.passages.count
      let width = max(1, column - pieces.lefts[item.piece] - pieces.rights[item.piece])
      let isRow = item.kind == .tableRow && text.tables.indices.contains(item.label)
      if isRow, item.row == 0 {
        tables.append(TableRows(text.tables[item.label], width: width))
      }
      let first = breaker.rows.count
      for passage in item.passage..<end {
        firstStarts.append(Int32(truncatingIfNeeded: breaker.rows.count))
        breaker.width = width
        if isRow {
          let table = text.tables[item.label]
          let cell = table.rowCells[item.row] + passage - item.passage
          breaker.width = tables[item.label].cellWidth(table, cell)
        }
        Self.breakPassage(text.passages[passage], text, bytes, &breaker)
      }
      let space: Int32 = item.hasSpace ? 1 : 0
      let hasBox = Self.hasBox(in: width, of: column)
      // How high a table's rows are is known once all of it is broken.
      let height = isRow ? 0 : Self.height(item, rows: breaker.rows.count - first, hasBox)
      heights.append(space &+ height)
    }
    firstStarts.append(Int32(truncatingIfNeeded: breaker.rows.count))
    for table in tables.indices {
      tables[table].measure(text.tables[table], firstStarts: firstStarts, in: text)
      Self.add(tables[table], of: text.tables[table], to: &heights)
    }
    self.starts = breaker.rows
    self.firstStarts = firstStarts
    self.heights = heights
    self.tables = tables
  }

  // MARK: - Pieces

  /// The minimum width of the text, in columns; indents that would leave less are not drawn.
  private static func minimumText(of column: Int) -> Int { max(1, min(16, column * 3 / 5)) }

  /// The minimum width of a comment's text, in columns, at which its indent stops growing.
  private static func minimumComment(of column: Int) -> Int {
    max(1, min(40, column * 2 / 3))
  }

  static func hasBox(in width: Int, of column: Int) -> Bool { width - 4 >= minimumText(of: column) }

  private static func measure(
    _ pieces: [Piece], column: Int
  ) -> (lefts: [Int], rights: [Int], isShown: [Bool]) {
    var lefts = [Int](repeating: 0, count: pieces.count)
    var rights = lefts
    var isShown = [Bool](repeating: false, count: pieces.count)
    for index in pieces.indices.dropFirst() {
      let parent = pieces[index].parent
      let room = column - lefts[parent] - rights[parent] - minimumText(of: column)
      var (left, right) = (0, 0)
      switch pieces[index].kind {
      case .none: break
      case .indent(let columns): left = columns
      case .quote: left = 2
      case .pullQuote: left = 4
      case .box: (left, right) = (2, 2)
      case .gutter(let depth):
        left = 2 + max(0, min(depth, (column - 2 - minimumComment(of: column)) / 2)) * 2
      }
      isShown[index] = left + right <= room
      lefts[index] = lefts[parent] + (isShown[index] ? left : 0)
      rights[index] = rights[parent] + (isShown[index] ? right : 0)
    }
    return (lefts, rights, isShown)
  }

  // MARK: - Heights

  private static func breakPassage(
    _ passage: Passage, _ text: StoryText, _ bytes: Bytes, _ breaker: inout LineBreaker
  ) {
    if case .code = passage.kind { return breaker.breakCode(bytes, passage.range) }
    let formatCharacters = text.markup.formatCharacters(in: passage)
    let first = breaker.rows.count
    breaker.breakText(bytes, passage.range, isASCII: passage.isASCII, formatCharacters)
    breaker.set(
      setting(of: passage.kind), bytes, passage.range, isASCII: passage.isASCII, formatCharacters,
      from: first
    )
  }

  private static func setting(of kind: Passage.Kind) -> LineBreaker.Setting {
    switch kind {
    case .headline, .heading: .balanced
    case .paragraph, .quote, .pullQuote, .standfirst, .footnote, .caption, .tableCaption, .embed,
      .authorCard, .note, .threadState:
      .running
    case .dateline, .byline, .code, .credit, .cell, .threadHead, .commentHead, .marker, .calloutTop,
      .calloutBottom, .codeTop, .codeBottom, .rule, .fold, .tableRow:
      .plain
    }
  }

  private static func height(_ item: Item, rows: Int, _ hasBox: Bool) -> Int32 {
    switch item.kind {
    case .calloutBottom: hasBox ? 1 : 0
    case .calloutTop, .codeTop, .codeBottom, .rule, .fold, .marker, .tableRow: 1
    case .dateline, .headline, .standfirst, .byline, .paragraph, .heading, .quote, .pullQuote,
      .code,
      .footnote, .caption, .credit, .embed, .cell, .tableCaption, .authorCard, .threadHead,
      .threadState, .commentHead, .note:
      Int32(truncatingIfNeeded: rows)
    }
  }

  private static func add(_ rows: TableRows, of table: TableText, to heights: inout [Int32]) {
    for row in 0..<table.rowCount {
      heights[table.firstItem + row] &+= rows.height(ofRow: row)
    }
  }

  /// How many rows a passage has.
  func rowCount(of passage: Int) -> Int { Int(firstStarts[passage + 1] - firstStarts[passage]) }

  /// The bytes of a passage's row, with the white space that hangs at its end.
  func bytes(ofRow row: Int, of passage: Int, in text: StoryText) -> Range<Int> {
    let first = Int(firstStarts[passage])
    let start = Int(starts[first + row])
    let isLast = row + 1 >= rowCount(of: passage)
    return
      start..<max(
        start, isLast ? text.passages[passage].range.upperBound : Int(starts[first + row + 1]))
  }

  /// The row of a passage in which a byte stands.
  func row(ofByte byte: Int, of passage: Int) -> Int {
    let rows = starts[Int(firstStarts[passage])..<Int(firstStarts[passage + 1])]
    return max(0, rows.partitioningIndex { Int($0) > byte } - 1 - rows.startIndex)
  }
}
