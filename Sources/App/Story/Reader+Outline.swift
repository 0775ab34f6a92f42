internal import Display
internal import Stories

// The outline of the open story: opened where one reads, and left by jumping.
extension Reader {
  func openOutline() {
    guard let screen = story else { return }
    let outline = Outline(screen)
    let picker = Picker(
      "Outline", outline.entries, of: screen.id, at: outline.current, folds: outline.folds)
    open(picker, instead: "\(key(for: .nextSection)) goes from section to section")
  }

  /// Goes to a part of the open story.
  func go(to target: Picker.Target) {
    rememberPlace()
    switch target {
    case .part(.head): story?.scroll(to: 0)
    case .part(let part):
      if let row = story?.layout.row(of: Place(part)) { story?.jump(to: row) }
    case .comment(let index):
      // Where only some comments are shown, the one that is asked for may be none of them.
      if let screen = story,
        screen.layout.folding(screen.layout.folds(showing: index)).row(ofComment: index) == nil
      {
        story?.showAll()
      }
      story?.jump(toComment: index)
    case .mark, .link: break
    }
  }
}
