internal import Display
internal import Queries
internal import Storage
internal import Stories

// Where jumps came from, and the way back.
//
// Whatever leads far from what is read is a jump: a search, an end of the story, an entry of a
// list of its parts, another story. Scrolling and going from comment to comment is none.
extension Workspace {
  /// Where one reads; `nil` outside of a story.
  private var position: JumpList.Position? { isReading ? story?.view.position : nil }

  /// Remembers this place, to which `jump-back` then returns; to be called before a jump.
  mutating func rememberPlace() {
    if let position { jumps.remember(position) }
  }

  /// Performs a command of the story, and remembers the place that it led away from.
  ///
  /// Several steps of one walk, as `n n n`, are one jump: the way back goes to where it began.
  mutating func performInStory(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let before = command.jump == .none ? nil : position
    let reply = try story?.perform(command, count: count, environment) ?? .done
    guard let before, let after = position, after != before, after.story == before.story else {
      return reply
    }
    switch command.jump {
    case .walk(let name): jumps.remember(before, walkingBy: name, to: after)
    case .leap, .none: jumps.remember(before)
    }
    return reply
  }

  /// Remembers where a search began that has led elsewhere.
  mutating func rememberSearch(from origin: StoryView.Origin) {
    guard let view = story?.view, let after = position else { return }
    // With other folds the row numbers mean something else.
    let focus = origin.folds == view.layout.folds ? origin.focus : nil
    let before = JumpList.Position(
      story: view.id, top: origin.anchor, focus: focus.map { view.layout.place(atRow: $0) })
    guard before != after else { return }
    jumps.remember(before, walkingBy: .nextMatch, to: after)
  }

  /// Goes back to where the last jumps began, or forward again; stories that are gone are passed.
  mutating func jumpBack(
    forward: Bool, times: Int, _ environment: Environment
  ) throws(StorageError) -> Reply {
    var reply = Reply.done
    for _ in 0..<min(times, 1000) {
      guard let position = try nextPosition(forward: forward, environment) else {
        return .say(
          forward ? "There is no later place" : "There is no earlier place to go back to")
      }
      if story?.id != position.story || !isReading {
        reply = try open(position.story, isJump: false, environment)
      }
      guard story?.id == position.story, isReading else { return reply }
      story?.view.go(to: position)
    }
    return reply
  }

  private mutating func nextPosition(
    forward: Bool, _ environment: Environment
  ) throws(StorageError) -> JumpList.Position? {
    while let next = forward ? jumps.forward(from: position) : jumps.back(from: position) {
      if try environment.library.lists.headline(next.story) != nil { return next }
      jumps.forget(next.story)
    }
    return nil
  }

  /// To where the last jump began; again, to where one was.
  mutating func goBackAndForth(_ environment: Environment) throws(StorageError) -> Reply {
    let here = position
    let reply = try jumpBack(forward: false, times: 1, environment)
    if let here, isReading, story?.view.position != here { jumps.remember(here) }
    return reply
  }
}

// MARK: - Marks

extension Workspace {
  /// The current line under a name, or the selected story where it was left.
  func placeMark(
    _ name: String, _ environment: Environment
  ) throws(StorageError) -> PlaceMark? {
    if isReading, let view = story?.view {
      return PlaceMark(
        name: name, story: view.id, place: view.layout.place(atRow: view.currentRow))
    }
    let id =
      if let results { results.selection?.headline.id } else {
        try list.targets(nil, environment).first
      }
    return id.map { PlaceMark(name: name, story: $0, place: nil) }
  }

  mutating func goToMark(
    _ name: String, _ environment: Environment
  ) throws(StorageError) -> Reply {
    guard let mark = try environment.library.user.placeMark(name) else {
      return .say("There is no mark \(name); \(environment.key(for: .setMark))\(name) sets it")
    }
    return try go(to: mark, environment)
  }

  private mutating func go(
    to mark: PlaceMark, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if isReading, story?.id == mark.story { rememberPlace() }
    let reply = try open(mark.story, environment)
    guard isReading, story?.id == mark.story, let place = mark.place else { return reply }
    story?.view.jump(to: place)
    return reply
  }

  /// Goes where an entry of a list leads.
  mutating func go(
    to target: Picker.Target, of id: StoryID?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if case .mark(let mark) = target { return try go(to: mark, environment) }
    guard let id, story?.id == id else { return environment.gone(id) }
    rememberPlace()
    story?.go(to: target)
    return .done
  }
}

// MARK: - Links

extension Workspace {
  /// Goes where a link leads: in the story by a jump, out of it by the opener.
  mutating func follow(_ target: LinkTarget, _ environment: Environment) -> Reply {
    func shown(_ address: String) -> String {
      environment.shortened(shownAddress(address), to: 60)
    }
    switch target {
    case .address(let address):
      return .several([.effect(.openLink(address)), .say("Opening \(shown(address))")])
    case .block(let block):
      guard let row = story?.view.layout.row(ofBlock: block) else { return .done }
      rememberPlace()
      story?.view.jump(to: row)
      return .say("\(environment.key(for: .jumpBack)) goes back")
    case .anchor(let name):
      guard let address = target.address(onPage: story?.view.story.address) else {
        return .say("This link leads to “\(shown(name))”, which the story does not have")
      }
      return .several([
        .effect(.openLink(address)),
        .say("“\(shown(name))” is not in the story: opening the page there"),
      ])
    case .refused(let address):
      return .fail(
        "Not opened: \(shown(address)) · only web and mail addresses without controls are")
    }
  }
}
