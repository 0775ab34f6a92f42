internal import Display
internal import Stories

/// Where the parts of the open story stand, as rows; nothing here moves anything.
extension StoryView {
  /// Headings of the text, the head of the thread, then the top-level comments.
  var sectionRows: [Int] {
    let roots = thread.comments.indices.compactMap { index in
      thread.comments[index].depth == 0 ? layout.row(ofComment: index) : nil
    }
    return (headingRows + [threadRow] + roots).sorted()
  }

  /// The comments that came after the story was last open.
  var newRows: [Int] {
    thread.comments.indices.compactMap { index in
      layout.isNew(thread.comments[index]) ? layout.row(ofComment: index) : nil
    }
  }

  /// The heading above the looked-at row, or the author of the comment it stands in, as written.
  var section: String? {
    if looked >= threadRow, threadRow > 0 {
      return layout.comment(atRow: looked).map { thread.comments[$0].author } ?? "Comments"
    }
    let above = headingRows.partitioningIndex { $0 > looked } - 1
    guard above >= 0 else { return nil }
    return layout.heading(atRow: headingRows[above])
  }

  /// "3 of 60": which of all comments is looked at.
  var commentNumber: String? {
    lookedComment.map { "\($0 + 1) of \(thread.comments.count)" }
  }

  /// The comment that is looked at.
  var lookedComment: Int? { layout.comment(atRow: looked) }

  /// The comment that is looked at, or the first one on the screen.
  var comment: Int? {
    if let lookedComment { return lookedComment }
    guard threadRow < top + height else { return nil }
    for row in top..<min(layout.rowCount, top + height) {
      if let comment = layout.comment(atRow: row) { return comment }
    }
    return nil
  }

  /// All comments with replies from a level down: what is folded when the thread is `depth` deep.
  func folds(depth: Int) -> Set<Int> {
    Set(
      thread.comments.indices.filter {
        thread.comments[$0].descendants > 0 && thread.comments[$0].depth >= depth - 1
      })
  }

  /// How many levels are shown: one less than the first folded level is deep.
  var shownDepth: Int {
    let folded = layout.folds.map { thread.comments[$0].depth + 1 }.min()
    return folded ?? (thread.comments.map(\.depth).max() ?? 0) + 1
  }
}
