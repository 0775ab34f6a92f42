/// The choice in a list, and which of its rows are in sight where not all fit.
///
/// It knows numbers only: what the rows are is the list's own. Of an empty list nothing is chosen,
/// and `selected` is 0.
struct ListWindow: Hashable {
  let count: Int
  private(set) var selected = 0

  init(count: Int = 0, selected: Int = 0) {
    self.count = count
    move(to: selected)
  }

  /// Moves to a row, or to the end that is nearest to it.
  mutating func move(to index: Int) { selected = max(0, min(count - 1, index)) }

  /// Moves by some rows; any count that was typed is fine.
  mutating func move(by steps: Int) {
    move(to: selected + max(-count, min(count, steps)))
  }

  /// Moves as a command asks; `false` where it is none that moves in a list.
  ///
  /// `times` is the count that was typed, and `page` how many rows a page has.
  mutating func move(by command: Command, count times: Int?, page: Int) -> Bool {
    func steps(_ rows: Int) -> Int { rows * (times ?? 1) }
    let half = max(1, page / 2)
    switch command {
    case .down: move(by: steps(1))
    case .up: move(by: steps(-1))
    case .pageDown: move(by: steps(page))
    case .pageUp: move(by: steps(-page))
    case .halfPageDown: move(by: steps(half))
    case .halfPageUp: move(by: steps(-half))
    case .top: move(to: (times ?? 1) - 1)
    case .bottom: move(to: (times ?? count) - 1)
    default: return false
    }
    return true
  }

  /// At most so many rows with the chosen one in their middle, for a list that forgets where it
  /// stood; never fewer than one, if there is one.
  func around(room: Int) -> Range<Int> {
    let shown = min(count, max(1, room))
    let first = max(0, min(selected - shown / 2, count - shown))
    return first..<first + shown
  }

  /// At most so many rows with the chosen one among them, as near to those that began at `top` as
  /// can be, for a list that should not jump.
  func scrolled(from top: Int, room: Int) -> Range<Int> {
    let room = max(1, room)
    let first = max(0, min(max(selected - room + 1, min(top, selected)), count - room))
    return first..<min(count, first + room)
  }
}

// MARK: - In a box

/// A window in a `PickerBox`, whose edges take a line each.
extension ListWindow {
  /// The rows that a box of at most so many lines has in it.
  func rows(inBox lines: Int) -> Range<Int> { around(room: lines - 2) }

  /// The row that stands at a line of the box; `nil` for its edges.
  func row(atLine line: Int, ofBox lines: Int) -> Int? {
    let rows = rows(inBox: lines)
    return line > 0 && line <= rows.count ? rows.lowerBound + line - 1 : nil
  }

  /// The line of the box on which the chosen row stands.
  func selectedLine(ofBox lines: Int) -> Int { selected - rows(inBox: lines).lowerBound + 1 }
}
