package import Stories

/// How a story is to be laid out.
package struct LayoutOptions: Sendable, Hashable {
  /// The columns of the pane.
  package var width: Int
  /// The columns of the text at most; it stands centred in the pane.
  package var measure: Int
  /// The current time, from which ages are counted.
  package var now: Timestamp
  /// When the story was last open: later comments are marked as new.
  package var lastVisit: Timestamp?
  /// The IDs of comments that are marked as new whatever their time, which pages rarely give.
  package var newComments: Set<String> = []
  /// Whether every ornament is drawn in ASCII.
  package var isASCII: Bool
  /// Where bidirectional reordering happens.
  package var order: TextOrder
  /// What an empty, open thread says after "No comments yet.": how to write the first.
  package var threadHint: String?

  /// Options for a pane of some columns; what is left out is as in a story that nobody opened yet.
  package init(
    width: Int, measure: Int = 72, now: Timestamp, lastVisit: Timestamp? = nil,
    isASCII: Bool = false, order: TextOrder = .asWritten, threadHint: String? = nil
  ) {
    self.width = width
    self.measure = measure
    self.now = now
    self.lastVisit = lastVisit
    self.isASCII = isASCII
    self.order = order
    self.threadHint = threadHint
  }

  /// The columns of the text: those of the pane without its margins, at least 1.
  var column: Int { max(1, min(widestColumn, measure)) }

  /// The widest text column that the pane allows, whatever the measure.
  package var widestColumn: Int {
    let pane = max(1, min(width, 10_000))
    return pane >= 40 ? pane - 4 : pane >= 20 ? pane - 2 : pane
  }

  /// The columns left of the text.
  package var margin: Int { max(0, (min(width, 10_000) - column) / 2) }
}

/// A story laid out at a width, with some comments folded: rows that become lines when asked for.
///
/// Making one finds all row starts, in time linear in the story. Folding reuses them and only adds
/// up heights; so does a resize that leaves the column as wide.
package struct StoryLayout: Sendable {
  /// The text that is laid out.
  package let text: StoryText
  /// The width and form that the rows were made for.
  package private(set) var options: LayoutOptions
  /// The comments whose replies are hidden, by index.
  package private(set) var folds: Set<Int>
  /// How many columns wide code and tables were moved sideways, by their first item.
  package internal(set) var shifts: [Int: Int] = [:]
  /// Which comments are shown at all; `nil` for all of them.
  package private(set) var choice: CommentChoice?

  let rows: RowTable
  /// The first row of each item, and one past the last row; hidden items take none.
  private(set) var firstRows: [Int32] = []
  /// The comment whose fold hides a comment, by the hidden one's index; -1 for those seen.
  private(set) var hiders: [Int32] = []

  /// Lays a text out, breaking all its lines.
  package init(_ text: StoryText, options: LayoutOptions, folds: Set<Int> = []) {
    self.init(text, options: options, folds: folds, rows: RowTable(text, column: options.column))
  }

  private init(
    _ text: StoryText, options: LayoutOptions, folds: Set<Int>, shifts: [Int: Int] = [:],
    rows: RowTable
  ) {
    self.text = text
    self.options = options
    self.folds = folds
    self.shifts = shifts
    self.rows = rows
    hide()
    addUp()
  }

  /// The same story with other comments folded; keeps all line breaks.
  package func folding(_ folds: Set<Int>) -> StoryLayout {
    var layout = self
    layout.folds = folds
    layout.hide()
    layout.addUp()
    return layout
  }

  /// The same story with other comments shown; keeps all line breaks.
  ///
  /// A choice made for another thread shows everything.
  package func choosing(_ choice: CommentChoice?, folds: Set<Int> = []) -> StoryLayout {
    var layout = self
    layout.choice = choice.flatMap { $0.parts.count == hiders.count ? $0 : nil }
    return layout.folding(folds)
  }

  /// The same story in another pane; keeps all line breaks where the column stays as wide.
  package func resized(_ options: LayoutOptions) -> StoryLayout {
    guard options.column == rows.column else {
      let rows = RowTable(text, column: options.column)
      let layout = StoryLayout(text, options: options, folds: folds, shifts: shifts, rows: rows)
      return layout.choosing(choice, folds: folds)
    }
    var layout = self
    layout.options = options
    layout.addUp()
    return layout
  }

  /// How many rows there are, with the blank ones between the items.
  package var rowCount: Int { Int(firstRows.last ?? 0) }

  // MARK: - Adding up

  private mutating func hide() {
    let comments = text.story.thread.comments
    hiders = [Int32](repeating: -1, count: comments.count)
    var index = 0
    while index < comments.count {
      guard folds.contains(index), comments[index].descendants > 0 else {
        index += 1
        continue
      }
      let end = min(comments.count, index + 1 + comments[index].descendants)
      for hidden in (index + 1)..<end { hiders[hidden] = Int32(index) }
      index = end
    }
  }

  private mutating func addUp() {
    let items = text.items
    firstRows = []
    firstRows.reserveCapacity(items.count + 1)
    var row: Int32 = 0
    let firstComment = text.commentItems.first ?? items.count
    for index in 0..<firstComment {
      firstRows.append(row)
      row &+= rows.heights[index] &+ hintRows(index)
    }
    for comment in hiders.indices {
      let range = text.commentItems[comment]..<text.commentItems[comment + 1]
      let part = hiders[comment] >= 0 ? .none : choice?.parts[comment] ?? .whole
      let isFolded = part != .none && folds.contains(comment)
      for index in range {
        firstRows.append(row)
        if case .fold = items[index].kind {
          guard isFolded else { continue }
        } else if part == .none || part == .head && index > range.lowerBound {
          continue
        }
        row &+= rows.heights[index]
      }
    }
    firstRows.append(row)
  }

  /// The rows of the hint below an empty thread, which is the options' and no passage.
  private func hintRows(_ item: Int) -> Int32 {
    guard case .threadState = text.items[item].kind else { return 0 }
    let thread = text.story.thread
    let isEmpty = thread.state == .open || thread.state == .unknown && (thread.count ?? 0) == 0
    return isEmpty ? Int32(truncatingIfNeeded: hintLines.count) : 0
  }

  var hintLines: [String] {
    wrapped(safe(options.threadHint ?? "", oneLine: true), to: rows.column)
  }

  // MARK: - Items and rows

  /// The item that a row belongs to; the row must exist.
  func item(atRow row: Int) -> Int {
    text.items.indices.partitioningIndex { Int(firstRows[$0 + 1]) > row }
  }

  func isVisible(_ item: Int) -> Bool { firstRows[item] < firstRows[item + 1] }

  /// Whether a blank row stands above the item: not above the first.
  func space(_ item: Int) -> Int { text.items[item].hasSpace ? 1 : 0 }
}
