import Display

/// A model of the links on the terminal, updated by all that ncurses writes.
///
/// A terminal keeps a cell's link with the cell: it scrolls with it and goes when the cell is written
/// or erased. So the output of ncurses determines which links are left, however it has chosen to
/// change the screen. An unknown sequence makes the model forget everything rather than be wrong.
struct LinkScreen {
  let size: Size
  /// The links of each row; `nil` where they are unknown.
  private(set) var rows: [LinkRow?]
  /// The cursor's cell; `nil` while it is unknown.
  ///
  /// In the column right of the last one it wraps with the next character.
  private(set) var cursor: Position?
  /// The cursor as DECSC has saved it.
  var saved: Position?
  var isInserting = false
  /// The scrolling region.
  private var region: ClosedRange<Int>

  struct Position: Equatable {
    var row: Int
    var column: Int
  }

  /// A terminal whose contents are unknown.
  init(_ size: Size) {
    self.size = size
    rows = Array(repeating: nil, count: size.rows)
    region = 0...max(0, size.rows - 1)
  }

  /// Starts from a terminal without links and the cursor in a known cell.
  mutating func begin(row: Int, column: Int) {
    self = LinkScreen(size)
    erase(0..<size.rows)
    move(to: row, column)
  }

  /// Sets the links of a row that was written with them.
  mutating func set(_ row: Int, _ links: LinkRow) { rows[row] = links }

  /// Forgets everything.
  mutating func forget() { self = LinkScreen(size) }

  // MARK: - The cursor

  mutating func move(to row: Int, _ column: Int) {
    cursor = Position(
      row: min(max(0, row), size.rows - 1), column: min(max(0, column), size.columns - 1))
  }

  mutating func move(toRow row: Int) {
    guard let cursor else { return }
    move(to: row, cursor.column)
  }

  mutating func move(toColumn column: Int) {
    guard let cursor else { return }
    move(to: cursor.row, column)
  }

  mutating func move(rows: Int = 0, columns: Int = 0) {
    guard let cursor else { return }
    // A cursor that wraps with the next character is in the last column.
    move(to: cursor.row + rows, min(cursor.column, size.columns - 1) + columns)
  }

  mutating func restoreCursor() { cursor = saved }

  mutating func lineFeed() {
    guard let cursor else { return forget() }
    if cursor.row == region.upperBound { scroll(1) } else { move(rows: 1) }
  }

  mutating func reverseLineFeed() {
    guard let cursor else { return forget() }
    if cursor.row == region.lowerBound { scroll(-1) } else { move(rows: -1) }
  }

  // MARK: - Cells

  /// Writes characters of a width.
  mutating func write(_ count: Int, width: Int = 1) {
    var left = count
    while left > 0 {
      guard let place = cursor else { return forget() }
      let room = (size.columns - place.column) / width
      if room == 0, place.column > 0 {
        lineFeed()
        move(toColumn: 0)
        continue
      }
      let fitting = max(1, min(left, room))
      write(place, columns: min(fitting * width, size.columns - place.column))
      left -= fitting
    }
  }

  private mutating func write(_ place: Position, columns: Int) {
    if isInserting {
      rows[place.row]?.insert(columns, at: place.column, width: size.columns)
    } else {
      rows[place.row]?.clear(place.column..<place.column + columns)
    }
    cursor = Position(row: place.row, column: place.column + columns)
  }

  /// Erases a part of the cursor's row (EL): 0 from the cursor on, 1 up to it, 2 all.
  mutating func eraseLine(_ part: Int) {
    guard let cursor else { return forget() }
    let at = min(cursor.column, size.columns - 1)
    switch part {
    case 0: erase(cursor.row, at..<size.columns)
    case 1: erase(cursor.row, 0..<at + 1)
    default: erase(cursor.row, 0..<size.columns)
    }
  }

  /// Erases a part of the screen (ED): 0 from the cursor on, 1 up to it, 2 all.
  mutating func eraseScreen(_ part: Int) {
    if part >= 2 { return erase(0..<size.rows) }
    eraseLine(part)
    guard let cursor else { return }
    erase(part == 0 ? cursor.row + 1..<size.rows : 0..<cursor.row)
  }

  mutating func eraseCharacters(_ count: Int) {
    guard let cursor else { return forget() }
    let at = min(cursor.column, size.columns - 1)
    erase(cursor.row, at..<min(at + count, size.columns))
  }

  mutating func insertCharacters(_ count: Int) {
    guard let cursor else { return forget() }
    rows[cursor.row]?.insert(
      count, at: min(cursor.column, size.columns - 1), width: size.columns)
  }

  mutating func deleteCharacters(_ count: Int) {
    guard let cursor else { return forget() }
    rows[cursor.row]?.delete(count, at: min(cursor.column, size.columns - 1))
  }

  private mutating func erase(_ row: Int, _ columns: Range<Int>) {
    if columns == 0..<size.columns { rows[row] = LinkRow() } else { rows[row]?.clear(columns) }
  }

  private mutating func erase(_ range: Range<Int>) {
    for row in range { rows[row] = LinkRow() }
  }

  // MARK: - Rows

  /// Sets the scrolling region (DECSTBM), rows from 1; this moves the cursor to the first cell.
  mutating func setRegion(_ top: Int, _ bottom: Int) {
    let bottom = bottom == 0 ? size.rows : min(bottom, size.rows)
    let top = max(1, top)
    guard top < bottom || size.rows == 1 else { return forget() }
    region = min(top, bottom) - 1...bottom - 1
    cursor = Position(row: 0, column: 0)
  }

  /// Moves the rows of the region up, or down if negative.
  mutating func scroll(_ count: Int) { scroll(region, count) }

  /// Inserts rows at the cursor, or deletes them if negative.
  mutating func insertLines(_ count: Int) {
    guard let cursor else { return forget() }
    guard region.contains(cursor.row) else { return }
    scroll(cursor.row...region.upperBound, -count)
  }

  private mutating func scroll(_ range: ClosedRange<Int>, _ count: Int) {
    let gone = min(abs(count), range.count)
    let blank = [LinkRow?](repeating: LinkRow(), count: gone)
    let old = Array(rows[range])
    rows.replaceSubrange(
      range,
      with: count > 0
        ? old.suffix(range.count - gone) + blank : blank + old.prefix(range.count - gone))
  }
}
