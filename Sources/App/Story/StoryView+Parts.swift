internal import Display
internal import Stories

/// The rows of the story's parts. Nothing here changes anything.
extension StoryView {
  var height: Int { viewport.height }
  var lastTop: Int { max(0, layout.rowCount - height) }
  var headingRows: [Int] { rows.headings }
  var threadRow: Int { rows.thread }
  var order: Thread.Order { comments.order }

  /// The row that "this" means: where the last jump led, or a little below the top.
  var currentRow: Int { focus ?? (top == 0 ? 0 : min(layout.rowCount - 1, top + Self.context)) }

  /// Whether it shows just this, in whatever order its comments stand.
  func shows(_ other: Story) -> Bool {
    var story = text.story
    story.thread = comments.published
    return story == other
  }

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

  /// The heading above the current row, or the author of the comment it stands in, as written.
  var section: String? {
    if currentRow >= threadRow, threadRow > 0 {
      return layout.comment(atRow: currentRow).map { thread.comments[$0].author } ?? "Comments"
    }
    let above = headingRows.partitioningIndex { $0 > currentRow } - 1
    guard above >= 0 else { return nil }
    return layout.heading(atRow: headingRows[above])
  }

  /// "3 of 60": the number of the current comment.
  var commentNumber: String? {
    guard let comment = currentComment, !rows.placeholders.contains(comment) else { return nil }
    let above = rows.placeholders.count { $0 < comment }
    return "\(comment + 1 - above) of \(thread.comments.count - rows.placeholders.count)"
  }

  /// The current comment.
  var currentComment: Int? { layout.comment(atRow: currentRow) }

  /// The current comment, or the first one on the screen.
  var comment: Int? {
    if let currentComment { return currentComment }
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
