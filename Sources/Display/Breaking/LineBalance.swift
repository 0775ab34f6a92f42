/// Better last rows, once the rows of a passage are found.
extension LineBreaker {
  /// What the rows of a passage are made to look like.
  enum Setting {
    /// As they come.
    case plain
    /// No short word stands alone in the last row.
    case running
    /// All rows about as long, as headings are set.
    case balanced
  }

  /// Below these columns there is too little room to be choosy.
  private static let leastWidth = 16
  /// A last row is short if it takes less than this part of the width, and the row above must keep
  /// more than half of it to give something away.
  private static let shortPart = 6
  /// Longer headings are paragraphs in disguise.
  private static let mostRows = 6

  /// Changes the rows from `first` on, which are those of `range`.
  mutating func set(
    _ setting: Setting, _ bytes: Bytes, _ range: Range<Int>, isASCII: Bool,
    _ unseen: ArraySlice<FormatCharacter>, from first: Int
  ) {
    guard rows.count - first > 1, width >= Self.leastWidth else { return }
    switch setting {
    case .plain: break
    case .running: joinOrphan(bytes, range, unseen, from: first)
    case .balanced: balance(bytes, range, isASCII: isASCII, unseen, from: first)
    }
  }

  /// Takes the narrowest width that gives no more rows and cuts no word.
  private mutating func balance(
    _ bytes: Bytes, _ range: Range<Int>, isASCII: Bool, _ unseen: ArraySlice<FormatCharacter>,
    from first: Int
  ) {
    let count = rows.count - first
    guard count <= Self.mostRows, !range.contains(where: { bytes[$0] == 0x0A }) else { return }
    let whole = width
    defer { width = whole }
    var best = Array(rows[first...])
    var (low, high) = (max(1, Self.columns(bytes, range) / count), whole)
    while low < high {
      width = (low + high) / 2
      rows.removeLast(rows.count - first)
      hasCut = false
      breakText(bytes, range, isASCII: isASCII, unseen)
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
    _ bytes: Bytes, _ range: Range<Int>, _ unseen: ArraySlice<FormatCharacter>, from first: Int
  ) {
    let last = Int(rows[rows.count - 1])
    let above = Int(rows[rows.count - 2])
    guard bytes[last - 1] != 0x0A, range.upperBound - last <= width else { return }
    let columns = Self.columns(bytes, last..<range.upperBound)
    guard columns * Self.shortPart <= max(width, 4 * Self.shortPart),
      Self.lastBreak(bytes, last..<range.upperBound, unseen) == nil,
      let place = Self.lastBreak(bytes, above..<last, unseen)
    else { return }
    guard Self.columns(bytes, place..<range.upperBound) <= width,
      Self.columns(bytes, above..<place) * 2 > width
    else { return }
    rows[rows.count - 1] = UInt32(truncatingIfNeeded: place)
  }

  /// The last place inside a row where it may be broken.
  private static func lastBreak(
    _ bytes: Bytes, _ row: Range<Int>, _ unseen: ArraySlice<FormatCharacter>
  ) -> Int? {
    var scan = BreakScan(row.lowerBound, unseen)
    while scan.index < row.upperBound {
      scan.read(bytes, row.upperBound, .max)
      scan.step()
    }
    return scan.best > row.lowerBound ? scan.best : nil
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
