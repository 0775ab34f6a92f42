/// The layout of a table at a width: a grid with wrapped cells, a wider grid that scrolls
/// horizontally, or records, one below the other.
struct TableRows: Sendable {
  /// Between two columns stands " │ ".
  static let gap = 3
  /// A column need not be wider than this for its longest word.
  private static let longestWord = 14

  /// The minimum width in columns (a pane of 40) at which a table that does not fit scrolls
  /// horizontally; in a narrower one it is shown as records.
  static let sidewaysFrom = 36
  /// The maximum width of a column in a scrolled grid, so that at least one is visible whole.
  private static let widestColumn = 24

  let isGrid: Bool
  /// Whether the grid is wider than its place.
  let isWide: Bool
  let columnWidths: [Int]
  private let width: Int
  /// The text lines of each row, and whether a rule follows it.
  private(set) var lines: [Int] = []
  private(set) var hasRule: [Bool] = []
  /// The lines of the label above each cell of a record.
  private var labelLines: [Int] = []
  /// The most lines of a column head above a record's cell.
  private static let labelLineLimit = 2

  init(_ table: TableText, width: Int) {
    self.width = width
    let widths = table.cover.isEmpty ? nil : Self.columnWidths(table, in: width)
    isGrid = widths != nil
    columnWidths = widths ?? []
    isWide = Self.sum(columnWidths) > width
  }

  /// The columns of the whole grid.
  var wholeWidth: Int { Self.sum(columnWidths) }

  private static func sum(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// The column at which a cell begins.
  func left(ofCell cell: Int, in table: TableText) -> Int {
    guard isGrid, table.cells.indices.contains(cell) else { return 0 }
    return columnWidths[..<min(columnWidths.count, table.cells[cell].column)].reduce(0) {
      $0 + $1 + Self.gap
    }
  }

  /// The widths of the columns; `nil` if the table is shown as records.
  private static func columnWidths(_ table: TableText, in width: Int) -> [Int]? {
    let count = table.columnCount
    let room = width - gap * (count - 1)
    guard count > 0, room >= count * 2 || width >= sidewaysFrom else { return nil }
    var natural = [Int](repeating: 1, count: count)
    var least = natural
    for cell in table.cells where cell.columns == 1 && cell.column < count {
      natural[cell.column] = max(natural[cell.column], cell.natural)
      least[cell.column] = max(least[cell.column], min(cell.word, longestWord))
    }
    for cell in table.cells where cell.columns > 1 && cell.column < count {
      let last = min(count, cell.column + cell.columns) - 1
      let sum = natural[cell.column...last].reduce(gap * (last - cell.column), +)
      natural[last] += max(0, min(cell.natural, width) - sum)
    }
    if natural.reduce(0, +) <= room { return natural }
    guard least.reduce(0, +) <= room else {
      guard width >= sidewaysFrom else { return nil }
      return natural.indices.map { max(least[$0], min(natural[$0], widestColumn)) }
    }
    return shared(natural, least, room: room)
  }

  /// Narrow columns get what they need; the others share what is left.
  private static func shared(_ natural: [Int], _ least: [Int], room: Int) -> [Int] {
    var widths = least
    var left = room - least.reduce(0, +)
    var open = natural.indices.filter { natural[$0] > least[$0] }
    while left > 0, !open.isEmpty {
      let share = max(1, left / open.count)
      for column in open where left > 0 {
        let more = min(share, natural[column] - widths[column], left)
        widths[column] += more
        left -= more
      }
      open.removeAll { widths[$0] >= natural[$0] }
    }
    return widths
  }

  /// The columns a cell's text is wrapped in.
  func cellWidth(_ table: TableText, _ cell: Int) -> Int {
    guard isGrid, table.cells.indices.contains(cell) else { return max(1, width - 2) }
    let cell = table.cells[cell]
    let last = min(columnWidths.count, cell.column + cell.columns) - 1
    guard cell.column <= last else { return 1 }
    return columnWidths[cell.column...last].reduce(Self.gap * (last - cell.column), +)
  }

  /// Finds the rows' heights once the cells are wrapped.
  mutating func measure(_ table: TableText, firstStarts: [Int32], in text: StoryText) {
    func height(_ cell: TableText.Cell) -> Int {
      Int(firstStarts[cell.passage + 1] - firstStarts[cell.passage])
    }
    lines = [Int](repeating: isGrid ? 1 : 0, count: table.rowCount)
    hasRule = [Bool](repeating: false, count: table.rowCount)
    labelLines = isGrid ? [] : table.cells.indices.map { label(of: $0, in: table, text).count }
    for row in 0..<table.rowCount {
      let cells = table.rowCells[row]..<table.rowCells[row + 1]
      guard isGrid else {
        for cell in cells where !text.passages[table.cells[cell].passage].range.isEmpty {
          lines[row] +=
            height(table.cells[cell]) + labelHeight(of: cell)
        }
        // Each record repeats the head.
        if row == 0, table.usesAllHeads { lines[row] = 0 }
        hasRule[row] = lines[row] > 0 && row + 1 < table.rowCount
        continue
      }
      for cell in cells where table.cells[cell].rows == 1 {
        lines[row] = max(lines[row], height(table.cells[cell]))
      }
      hasRule[row] = isHeader(row, table) && row + 1 < table.rowCount
    }
    guard isGrid else { return }
    // A cell over several rows makes the last of them as high as it needs.
    for cell in table.cells where cell.rows > 1 {
      let last = cell.row + cell.rows - 1
      let above = lines[cell.row..<last].reduce(0, +)
      lines[last] = max(lines[last], height(cell) - above)
    }
    let isTall = lines.contains { $0 > 1 }
    for row in 0..<(table.rowCount - 1) where isTall { hasRule[row] = true }
  }

  func height(ofRow row: Int) -> Int32 {
    Int32(truncatingIfNeeded: lines[row] + (hasRule[row] ? 1 : 0))
  }

  func isHeader(_ row: Int, _ table: TableText) -> Bool {
    let cells = table.rowCells[row]..<table.rowCells[row + 1]
    return !cells.isEmpty && cells.allSatisfy { table.cells[$0].isHeader }
  }

  /// The head of a cell's column in lines, as a record shows it; none where there is no head.
  func label(of cell: Int, in table: TableText, _ text: StoryText) -> [String] {
    let place = table.cells[cell]
    guard place.row > 0, place.column < table.heads.count, table.heads[place.column] >= 0 else {
      return []
    }
    let head = table.cells[Int(table.heads[place.column])]
    let words = safe(text.text(in: text.passages[head.passage].range), oneLine: true)
    let lines = wrapped(words, to: width)
    let last = Self.labelLineLimit - 1
    return lines.prefix(last) + (lines.count > last ? [lines[last...].joined(separator: " ")] : [])
  }

  /// How many lines the label above a cell of a record has.
  func labelHeight(of cell: Int) -> Int {
    labelLines.indices.contains(cell) ? labelLines[cell] : 0
  }
}
