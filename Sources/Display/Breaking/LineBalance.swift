/// Adjusts the last rows of a passage after greedy line breaking: orphan control and balancing.
extension LineBreaker {
  /// How the rows of a passage are adjusted.
  enum Setting {
    /// Greedy rows, unchanged.
    case plain
    /// Orphan control: no short word alone in the last row.
    case running
    /// Rows of about equal length, as headings are set.
    case balanced
  }

  /// The narrowest column, in cells, in which rows are adjusted.
  private static let minimumWidth = 16
  /// A last row is short if it takes less than 1/6 of the width; the row above must stay longer than
  /// half of the width to give a word away.
  private static let shortPart = 6
  /// The most rows that are balanced, since time grows with them; longer headings are paragraphs.
  private static let rowLimit = 6

  /// Changes the rows from `first` on, which are those of `range`.
  mutating func set(
    _ setting: Setting, _ bytes: Bytes, _ range: Range<Int>, isASCII: Bool,
    _ formatCharacters: ArraySlice<FormatCharacter>, from first: Int
  ) {
    guard rows.count - first > 1, width >= Self.minimumWidth else { return }
    switch setting {
    case .plain: break
    case .running: joinOrphan(bytes, range, formatCharacters, from: first)
    case .balanced: balance(bytes, range, isASCII: isASCII, formatCharacters, from: first)
    }
  }

  /// Takes the narrowest width that gives no more rows and cuts no word.
  private mutating func balance(
    _ bytes: Bytes, _ range: Range<Int>, isASCII: Bool,
    _ formatCharacters: ArraySlice<FormatCharacter>,
    from first: Int
  ) {
    let count = rows.count - first
    guard count <= Self.rowLimit, !range.contains(where: { bytes[$0] == 0x0A }) else { return }
    let whole = width
    defer { width = whole }
    var best = Array(rows[first...])
    var (low, high) = (max(1, Self.columns(bytes, range) / count), whole)
    while low < high {
      width = (low + high) / 2
      rows.removeLast(rows.count - first)
      hasCut = false
      breakText(bytes, range, isASCII: isASCII, formatCharacters)
      if rows.count - first == count, !hasCut {
        best = Array(rows[first...])
        high = width
      } else {
        low = width + 1
      }
    }
    rows.replaceSubrange(first..., with: best)
  }

  /// Gives a word alone in the last row the last one of the row above for company.
  private mutating func joinOrphan(
    _ bytes: Bytes, _ range: Range<Int>, _ formatCharacters: ArraySlice<FormatCharacter>,
    from first: Int
  ) {
    let last = Int(rows[rows.count - 1])
    let above = Int(rows[rows.count - 2])
    guard bytes[last - 1] != 0x0A, range.upperBound - last <= width else { return }
    let columns = Self.columns(bytes, last..<range.upperBound)
    guard columns * Self.shortPart <= max(width, 4 * Self.shortPart),
      Self.lastBreak(bytes, last..<range.upperBound, formatCharacters) == nil,
      let place = Self.lastBreak(bytes, above..<last, formatCharacters)
    else { return }
    guard Self.columns(bytes, place..<range.upperBound) <= width,
      Self.columns(bytes, above..<place) * 2 > width
    else { return }
    rows[rows.count - 1] = UInt32(truncatingIfNeeded: place)
  }

  /// The last place inside a row where it may be broken.
  private static func lastBreak(
    _ bytes: Bytes, _ row: Range<Int>, _ formatCharacters: ArraySlice<FormatCharacter>
  ) -> Int? {
    var scan = BreakScan(row.lowerBound, formatCharacters)
    while scan.index < row.upperBound {
      scan.read(bytes, row.upperBound, .max)
      scan.step()
    }
    return scan.best.index > row.lowerBound ? scan.best.index : nil
  }

  private static func columns(_ bytes: Bytes, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    var sum = 0
    while index < range.upperBound {
      let (scalar, length) = decode(bytes, at: index, end: range.upperBound)
      sum += Display.columns(of: scalar)
      index += length
    }
    return sum
  }
}
