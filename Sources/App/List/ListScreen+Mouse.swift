extension ListScreen {
  /// The row of the list that stands at a line of its pane; `nil` for the header and below the end.
  func index(atLine line: Int, of count: Int, isOneLine: Bool) -> Int? {
    let header = count >= 4 ? 1 : 0
    guard line >= header else { return nil }
    let index = top + (line - header) / Self.rowHeight(count, isOneLine)
    return rows.indices.contains(index) ? index : nil
  }
}
