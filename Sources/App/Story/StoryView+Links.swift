internal import Display
internal import Stories

/// The links of the open story, and which of them is chosen.
extension StoryView {
  /// Chooses the next or previous link from what is on the screen; `false` if there is none.
  mutating func chooseLink(forward: Bool, count: Int) -> Bool {
    let links = visibleLinks()
    guard !links.isEmpty else { return false }
    var index: Int
    if let link, let chosen = links.firstIndex(where: { $0.link.number == link.number }) {
      index = forward ? chosen + count : chosen - count
    } else {
      index =
        links.map(\.row).partitioningIndex { $0 >= (forward ? top : top + height) }
        - (forward ? 0 : 1)
    }
    index = ((index % links.count) + links.count) % links.count
    choose(links[index].link)
    return true
  }

  /// Chooses a link and shows it, unfolding what hides it.
  mutating func choose(_ link: StoryLink) {
    if let comment = link.comment, layout.row(of: link) == nil {
      fold(layout.folds(showing: comment))
    }
    guard let row = layout.row(of: link) else { return }
    reveal(row)
    show(layout.showing(link))
    self.link = link
  }

  /// The link of a number among the story's.
  func link(numbered number: Int) -> StoryLink? {
    text.storyLinks.first { $0.number == number }
  }

  mutating func clearChoice() -> Bool {
    defer {
      link = nil
      focus(on: nil)
    }
    return link != nil
  }

  /// Marks the chosen link, over all the rows that it takes.
  func markLink(in lines: inout [Line]) {
    guard let link else { return }
    for row in lines.indices {
      for index in lines[row].spans.indices
      where lines[row].spans[index].link?.number == link.number {
        lines[row].spans[index].overlay = .selection
      }
    }
  }
}
