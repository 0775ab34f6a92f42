internal import Display
internal import Queries
internal import Storage

/// What a click on a part of the screen is meant for.
///
/// Stories and shelves are named by identity: the list may have changed since it was drawn.
enum HitTarget: Equatable {
  /// The list, or the hits in its place, where it has no row.
  case listPane
  /// A row of the list.
  case listRow(StoryID)
  /// A hit of a search of everything.
  case hit(StoryID)
  /// The name of a shelf, in the head of the list.
  case shelf(Shelf)
  /// The sidebar, where it has no item.
  case sidebarPane
  /// An item of the sidebar.
  case sidebarItem(Shelf)
  /// The line between list and story.
  case divider
  /// The story, or the card in its place.
  case storyPane
  /// A link of the story, by its number.
  case link(Int)
  /// The head of a comment, by its index.
  case comment(Int)
  /// The head of a comment that stands still at the top, above its answers.
  case stickyComment(Int)
  /// A row of the overlay in front.
  case overlayRow(Int)
  /// The overlay in front, where it has no row.
  case overlay
}

/// What a screen draws: its lines, where the cursor waits, and what a click on each part is for.
struct Drawing {
  /// A cell, counted from the upper left corner of what is drawn.
  struct Cell: Equatable {
    var row = 0
    var column = 0
  }

  private struct Region {
    var rows: Range<Int>
    var columns: Range<Int>
    var target: HitTarget
  }

  var lines: [Line]
  /// Where the cursor waits, for screen readers: on what is current.
  var cursor = Cell()
  private var regions: [Region] = []

  init(_ lines: [Line] = [], cursor: Cell = Cell()) {
    self.lines = lines
    self.cursor = cursor
  }

  /// Records the target of some cells; it overrides what was recorded for them before.
  mutating func record(_ target: HitTarget, rows: Range<Int>, columns: Range<Int>) {
    guard !rows.isEmpty, !columns.isEmpty else { return }
    regions.append(Region(rows: rows, columns: columns, target: target))
  }

  mutating func record(_ target: HitTarget, row: Int, columns: Range<Int>) {
    record(target, rows: row..<row + 1, columns: columns)
  }

  func target(atRow row: Int, column: Int) -> HitTarget? {
    regions.last { $0.rows.contains(row) && $0.columns.contains(column) }?.target
  }

  /// The column of the line between list and story; `nil` where not both are shown.
  var divider: Int? { regions.last { $0.target == .divider }?.columns.lowerBound }

  /// Puts a drawing of so many columns at the left of this one, with a line between them.
  mutating func put(_ left: Drawing, columns: Int, isASCII: Bool, divider: HitTarget?) {
    let rule = Span(isASCII ? "|" : "│", .divider)
    lines = zip(left.lines, lines).map { left, right in
      var line = left.padded(to: columns, isASCII: isASCII)
      line.fill = nil
      line.spans.append(rule)
      line.spans += right.spans
      return line
    }
    for index in regions.indices {
      let shifted = regions[index].columns
      regions[index].columns = shifted.lowerBound + columns + 1..<shifted.upperBound + columns + 1
    }
    cursor.column += columns + 1
    regions += left.regions
    if let divider { record(divider, rows: 0..<lines.count, columns: columns..<columns + 1) }
  }

  /// Lays a box over the right end of the lines; answers in which column it begins.
  @discardableResult
  mutating func lay(_ box: [Line], columns: Int, isASCII: Bool) -> Int {
    let left = max(0, columns - (box.map(\.width).max() ?? 0))
    for (index, line) in box.enumerated() where index < lines.count {
      var below = lines[index].cut(to: left).padded(to: left, isASCII: isASCII)
      below.fill = nil
      below.spans += line.spans
      lines[index] = below
    }
    return left
  }
}
