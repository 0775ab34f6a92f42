internal import Display
internal import Storage
internal import Stories

// Where jumps came from, and the way back.
//
// Whatever leads far from what is read is a jump: a search, an end of the story, an entry of a
// list of its parts, another story. Scrolling and going from comment to comment is none.
extension Reader {
  /// Where the reader is; `nil` outside of a story.
  private var stop: JumpList.Stop? {
    guard isReading, let story else { return nil }
    return story.stop
  }

  /// Remembers this place, to which `jump-back` then returns; to be called before a jump.
  func rememberPlace() {
    if let stop { jumps.remember(stop) }
  }

  /// Does what may be a jump, and remembers the place that it led away from.
  ///
  /// Several steps of one walk, as `n n n`, are one jump: the way back goes to where it began.
  func jumping(by command: Command, _ body: () -> Void) {
    guard command.jump != .none, let before = stop else { return body() }
    body()
    guard let after = stop, after != before, after.story == before.story else { return }
    switch command.jump {
    case .walk(let name): jumps.remember(before, walkingBy: name, to: after)
    case .leap, .none: jumps.remember(before)
    }
  }

  /// Remembers where a search began that has led elsewhere.
  func rememberSearch(from origin: StoryScreen.Origin) {
    guard let story, let after = stop else { return }
    // Rows of another fold say nothing here.
    let focus = origin.folds == story.layout.folds ? origin.focus : nil
    let before = JumpList.Stop(
      story: story.id, top: origin.anchor, focus: focus.map { story.layout.place(atRow: $0) })
    guard before != after else { return }
    jumps.remember(before, walkingBy: .nextMatch, to: after)
  }

  /// Goes back to where the last jumps began, or forward again; stories that are gone are passed.
  func jumpBack(forward: Bool, times: Int) {
    for _ in 0..<min(times, 1000) {
      guard let stop = nextStop(forward: forward) else {
        return say(forward ? "There is no later place" : "There is no earlier place to go back to")
      }
      if story?.id != stop.story || !isReading { open(stop.story, isJump: false) }
      guard story?.id == stop.story, isReading else { return }
      story?.go(to: stop)
    }
  }

  private func nextStop(forward: Bool) -> JumpList.Stop? {
    while let next = forward ? jumps.forward(from: stop) : jumps.back(from: stop) {
      let isThere = attempt { () throws(StorageError) in
        try library.headline(next.story) != nil
      }
      guard let isThere else { return nil }
      if isThere { return next }
      jumps.forget(next.story)
    }
    return nil
  }
}

extension Command {
  /// How a command leads away from what is read.
  enum Jump: Equatable {
    case none, leap
    /// Step by step, from one match or section to the next; named by its forward command.
    case walk(Command)
  }

  var jump: Jump {
    switch self {
    case .top, .bottom, .goToPercent, .thread, .root: .leap
    case .nextMatch, .previousMatch: .walk(.nextMatch)
    case .nextSection, .previousSection: .walk(.nextSection)
    case .nextFigure, .previousFigure: .walk(.nextFigure)
    case .nextNew, .previousNew: .walk(.nextNew)
    case .parent: .walk(.parent)
    default: .none
    }
  }
}

extension StoryScreen {
  var stop: JumpList.Stop {
    JumpList.Stop(story: id, top: anchor, focus: focus.map { layout.place(atRow: $0) })
  }

  /// Shows the story as it stood at a stop, unfolding what would hide it.
  mutating func go(to stop: JumpList.Stop) {
    unfold(stop.top)
    if let focus = stop.focus { unfold(focus) }
    scroll(to: layout.row(of: stop.top))
    focus(on: stop.focus.map { layout.row(of: $0) })
    isFocusMarked = true
  }

  private mutating func unfold(_ place: Place) {
    guard case .comment(let id) = place.part,
      let index = thread.comments.firstIndex(where: { $0.id == id })
    else { return }
    let folds = layout.folds(showing: index)
    if folds != layout.folds { fold(folds) }
  }
}
