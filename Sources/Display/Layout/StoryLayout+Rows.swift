import Stories

// MARK: - Lines

extension StoryLayout {
  /// The lines of some rows, each at most `options.width` columns; rows that do not exist give none.
  package func lines(_ rows: Range<Int>, marks: SearchMarks? = nil) -> [Line] {
    let rows = rows.clamped(to: 0..<rowCount)
    guard !rows.isEmpty else { return [] }
    let maker = LineMaker(self, marks: marks)
    var lines: [Line] = []
    lines.reserveCapacity(rows.count)
    var item = item(atRow: rows.lowerBound)
    for row in rows {
      while Int(firstRows[item + 1]) <= row { item += 1 }
      lines.append(maker.line(row, of: item))
    }
    return lines
  }

  /// The cell and its line that stand in a record's row; line -1 is the last of its label.
  func recordLine(_ item: Item, row: Int) -> (cell: Int, line: Int)? {
    let table = text.tables[item.label]
    var left = row
    for cell in table.rowCells[item.row]..<table.rowCells[item.row + 1] {
      let passage = table.cells[cell].passage
      guard !text.passages[passage].range.isEmpty else { continue }
      left -= rows.tables[item.label].labelHeight(of: cell)
      if left < 0 { return (cell, left) }
      if left < rows.rowCount(of: passage) { return (cell, left) }
      left -= rows.rowCount(of: passage)
    }
    return nil
  }
}

// MARK: - What stands where

extension StoryLayout {
  /// The rows of the section headings, in order.
  package var headingRows: [Int] {
    text.items.indices.compactMap { index in
      guard case .heading = text.items[index].kind, isVisible(index) else { return nil }
      return Int(firstRows[index]) + space(index)
    }
  }

  /// The heading that stands in a row, with its sign, in one line and as it was written; `nil` where
  /// there is none.
  package func heading(atRow row: Int) -> String? {
    guard (0..<rowCount).contains(row) else { return nil }
    let item = text.items[item(atRow: row)]
    guard case .heading(let level) = item.kind else { return nil }
    let words = safe(text.text(of: item.passage), oneLine: true)
    return "\(Ornaments(isASCII: options.isASCII).heading(level)) \(words)"
  }

  /// The first rows of the figures' callouts, in order of their numbers.
  package var figureRows: [Int] {
    text.sections.compactMap { section in
      guard case .block(let block) = section.part, case .figure = text.story.blocks[block],
        section.item < text.items.count, isVisible(section.item)
      else { return nil }
      return Int(firstRows[section.item]) + space(section.item)
    }
  }

  /// The row of the thread's head.
  package var threadRow: Int {
    let item = text.sections.first { $0.part == .threadHead }?.item ?? 0
    return Int(firstRows[item]) + space(item)
  }

  /// The row of each comment's head, by the comment's index; `nil` where it is hidden.
  package var commentRows: [Int?] { hiders.indices.map { row(ofComment: $0) } }

  /// The row of a comment's head; `nil` where it is hidden or there is none.
  package func row(ofComment comment: Int) -> Int? {
    guard hiders.indices.contains(comment), hiders[comment] < 0 else { return nil }
    let item = text.commentItems[comment]
    return isVisible(item) ? Int(firstRows[item]) + space(item) : nil
  }

  /// The comment that stands in a row; the row above a comment is its own.
  package func comment(atRow row: Int) -> Int? {
    guard (0..<rowCount).contains(row) else { return nil }
    return text.comment(ofItem: item(atRow: row))
  }

  /// The folds that remain when a comment is to be seen.
  package func folds(showing comment: Int) -> Set<Int> {
    let comments = text.story.thread.comments
    guard comments.indices.contains(comment) else { return folds }
    var folds = folds
    var parent = comments[comment].parent
    while let index = parent {
      folds.remove(index)
      parent = comments[index].parent
    }
    return folds
  }

  /// A link and the row in which it begins.
  package struct Link: Sendable, Hashable {
    /// Of this layout; another width or fold has others.
    package var row: Int
    /// The link with its number, target and text.
    package var link: StoryLink
  }

  /// The links that are to be seen, in order.
  package var visibleLinks: [Link] {
    text.storyLinks.compactMap { link in row(of: link).map { Link(row: $0, link: link) } }
  }
}
