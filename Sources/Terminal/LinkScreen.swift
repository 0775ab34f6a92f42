import Display

/// The links that stand on the terminal, followed through all that ncurses writes there.
///
/// A terminal keeps the link of a cell with the cell: it scrolls with it and goes when the cell is
/// written or erased. So whoever reads along knows which links still stand, whichever way ncurses
/// has chosen to change the screen. It promises that a sequence it does not know makes it forget
/// what it knew, never believe what is not so.
struct LinkScreen {
  let size: Size
  /// The links of each row, `nil` where they are not known.
  private(set) var rows: [LinkRow?]
  /// Where the cursor is; `nil` where that is not known.
  ///
  /// In the column right of the last one it waits for the next character to take it to the next row.
  private(set) var cursor: Place?
  var saved: Place?
  var isInserting = false
  /// The rows that scroll.
  private var region: ClosedRange<Int>

  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  /// A terminal that nothing is known of.
  init(_ size: Size) {
    self.size = size
    rows = Array(repeating: nil, count: size.rows)
    region = 0...max(0, size.rows - 1)
  }

  /// Takes note that no link stands anywhere, and where the cursor is.
  mutating func begin(row: Int, column: Int) {
    self = LinkScreen(size)
    erase(0..<size.rows)
    move(to: row, column)
  }

  /// Takes note that the links of a row were made what they shall be.
  mutating func set(_ row: Int, _ links: LinkRow) { rows[row] = links }

  /// Forgets everything.
  mutating func forget() { self = LinkScreen(size) }

  // MARK: - The cursor

  mutating func move(to row: Int, _ column: Int) {
    cursor = Place(
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
    // A cursor that waits at the edge stands in the last column.
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

  private mutating func write(_ place: Place, columns: Int) {
    if isInserting {
      rows[place.row]?.insert(columns, at: place.column, width: size.columns)
    } else {
      rows[place.row]?.clear(place.column..<place.column + columns)
    }
    cursor = Place(row: place.row, column: place.column + columns)
  }

  /// Erases columns of the cursor's row, as a share of it: from it on, up to it, or all.
  mutating func eraseLine(_ part: Int) {
    guard let cursor else { return forget() }
    let at = min(cursor.column, size.columns - 1)
    switch part {
    case 0: erase(cursor.row, at..<size.columns)
    case 1: erase(cursor.row, 0..<at + 1)
    default: erase(cursor.row, 0..<size.columns)
    }
  }

  /// Erases the screen from the cursor on, up to it, or all of it.
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

  /// Chooses the rows that scroll, counted from 1, which takes the cursor to the first cell.
  mutating func setRegion(_ top: Int, _ bottom: Int) {
    let bottom = bottom == 0 ? size.rows : min(bottom, size.rows)
    let top = max(1, top)
    guard top < bottom || size.rows == 1 else { return forget() }
    region = min(top, bottom) - 1...bottom - 1
    cursor = Place(row: 0, column: 0)
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
