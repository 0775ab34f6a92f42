internal import Display
internal import Storage
internal import Stories

/// Jumps among the parts of the story.
extension StoryView {
  mutating func scroll(toPercent percent: Int) {
    scroll(to: layout.rowCount * min(100, percent) / 100 - (percent >= 100 ? 0 : height / 2))
  }

  /// The `count`-th row after or before the current row among rows in order.
  private func target(among rows: [Int], forward: Bool, count: Int) -> Int? {
    let here = focus ?? (top == 0 && forward ? -1 : currentRow)
    if forward {
      let after = rows.partitioningIndex { $0 > here }
      guard after < rows.count else { return nil }
      return rows[min(rows.count - 1, after + count - 1)]
    }
    let before = rows.partitioningIndex { $0 >= here }
    return before > 0 ? rows[max(0, before - count)] : nil
  }

  /// Jumps among rows in order; `false` if there is none that way.
  mutating func jump(among rows: [Int], forward: Bool, count: Int) -> Bool {
    guard let row = target(among: rows, forward: forward, count: count) else { return false }
    jump(to: row)
    return true
  }

  /// The next or previous paragraph; from the last one on to the thread.
  mutating func jumpToBlock(forward: Bool) -> Bool {
    let here = focus ?? (top == 0 && forward ? -1 : currentRow)
    var index =
      switch layout.place(atRow: max(0, here)).part {
      case .head: -1
      case .block(let block): block
      case .authorCard, .threadHead, .comment: story.blocks.count
      }
    if !forward, index < story.blocks.count { index += 1 }
    while forward ? index < story.blocks.count : index > 0 {
      index += forward ? 1 : -1
      let row =
        index < 0 || index >= story.blocks.count
        ? threadRow : layout.row(of: Place(.block(index)))
      if forward ? row > here : row < here {
        jump(to: row)
        return true
      }
    }
    guard !forward, here > 0 else { return false }
    jump(to: 0)
    return true
  }
}

// MARK: - Places

extension StoryView {
  /// Where one is, as jumps remember it.
  var position: JumpList.Position {
    JumpList.Position(story: id, top: anchor, focus: focus.map { layout.place(atRow: $0) })
  }

  /// Shows the story as it stood at a position, unfolding what would hide it.
  mutating func go(to position: JumpList.Position) {
    unfold(position.top)
    if let focus = position.focus { unfold(focus) }
    scroll(to: layout.row(of: position.top))
    focus(on: position.focus.map { layout.row(of: $0) })
    viewport.isFocusMarked = true
  }

  /// Shows a place with two lines above it, unfolding what hides it.
  mutating func jump(to place: Place) {
    go(to: JumpList.Position(story: id, top: place, focus: place))
    jump(to: layout.row(of: place))
  }

  private mutating func unfold(_ place: Place) {
    guard case .comment(let id) = place.part,
      let index = thread.comments.firstIndex(where: { $0.id == id })
    else { return }
    let folds = layout.folds(showing: index)
    if folds != layout.folds { fold(folds) }
  }
}
