internal import Display
internal import Storage
internal import Stories

extension Reader {
  /// How many stories the list shows at once.
  private var listPage: Int { ListScreen.rowsShown(in: max(1, size.rows - 1)) }

  func performInList(_ command: Command, count: Int?) {
    let times = count ?? 1
    switch command {
    case .down: moveList(by: times)
    case .up: moveList(by: -times)
    case .pageDown: moveList(by: times * max(1, listPage - 1))
    case .pageUp: moveList(by: -times * max(1, listPage - 1))
    case .halfPageDown: moveList(by: times * max(1, listPage / 2))
    case .halfPageUp: moveList(by: -times * max(1, listPage / 2))
    case .top: goInList(to: count ?? 1)
    case .bottom: goInList(to: count)
    case .goToPercent: goInList(toPercent: count)
    case .nextUnread, .previousUnread: goToUnread(forward: command == .nextUnread)
    case .nextStory: moveList(by: times)
    case .previousStory: moveList(by: -times)
    case .open: openSelected()
    case .back:
      finish()
    case .clear: clearList()
    case .filter: startFilter()
    case .undo: takeBack()
    case .toggleRead: mark { $0.isRead.toggle() }
    case .toggleStar: mark { $0.isStarred.toggle() }
    case .openLink, .copyLink: useAddressOfSelected(command)
    default: say("\(command.entry.label) is for an open story; Enter opens one")
    }
  }

  func moveList(by steps: Int) {
    let before = list.selection?.id
    attempt { () throws(StorageError) in try list.move(by: steps, in: library) }
    if list.selection?.id == before, message == nil, before != nil {
      say(steps > 0 ? "The last story" : "The first story")
    }
  }

  private func goInList(to number: Int?) {
    attempt { () throws(StorageError) in
      if let number, number > 1 {
        try list.move(to: number, in: library)
      } else if number == nil {
        try list.moveToEnd(in: library)
      } else {
        try list.moveToStart(in: library)
      }
    }
  }

  private func goInList(toPercent percent: Int?) {
    guard let percent else { return say("A number first: 40% goes to 40 per cent") }
    if percent >= 100 { return goInList(to: nil) }
    goInList(to: max(1, list.total.count * percent / 100))
  }

  func show(_ shelf: Shelf) {
    keepPlace()
    isReading = false
    attempt { () throws(StorageError) in try list.show(shelf, in: library, now: now) }
  }

  private func goToUnread(forward: Bool) {
    let found = attempt { () throws(StorageError) in
      try list.moveToUnread(forward: forward, in: library)
    }
    if found == false { say(forward ? "No unread story below" : "No unread story above") }
  }

  private func clearList() {
    if !list.filter.isEmpty {
      attempt { () throws(StorageError) in try list.narrow(to: "", in: library, now: now) }
    } else {
      say("q leaves Courant")
    }
  }

  // MARK: - Marks

  /// Changes the marks of the story that is selected, or open; the change can be taken back.
  func mark(_ change: (inout Headline) -> Void) {
    let id = context == .story ? story?.id : list.selection?.id
    guard let id else { return say("There is no story to mark") }
    attempt { () throws(StorageError) in
      guard let before = try library.headline(id) else { return gone() }
      var after = before
      change(&after)
      try apply(id, isRead: after.isRead, isStarred: after.isStarred, from: before)
      let words =
        after.isRead != before.isRead
        ? (after.isRead ? "Marked read" : "Marked unread")
        : (after.isStarred ? "Starred" : "Star taken away")
      undone.append(
        Change(id: id, isRead: before.isRead, isStarred: before.isStarred, words: words))
      say(context == .list ? "\(words) · u takes it back" : words)
    }
  }

  private func apply(
    _ id: StoryID, isRead: Bool, isStarred: Bool, from before: Headline
  ) throws(StorageError) {
    if isRead != before.isRead { try library.markRead(id, isRead) }
    if isStarred != before.isStarred { try library.star(id, isStarred) }
    if let fresh = try library.headline(id) { try list.update(fresh, in: library) }
  }

  private func takeBack() {
    guard let change = undone.popLast() else { return say("Nothing to take back") }
    attempt { () throws(StorageError) in
      guard let now = try library.headline(change.id) else { return gone() }
      try apply(change.id, isRead: change.isRead, isStarred: change.isStarred, from: now)
      say("Taken back: \(change.words)")
    }
  }

  func gone() { fail("That story is no longer in the library") }

  private func useAddressOfSelected(_ command: Command) {
    guard let selection = list.selection else { return say("There is no story here") }
    attempt { () throws(StorageError) in
      guard let story = try library.story(selection.id) else { return gone() }
      use(story.address, command)
    }
  }

  func use(_ address: String?, _ command: Command) {
    guard let address, !address.isEmpty else { return say("This story has no address") }
    let shown = truncated(safe(address, oneLine: true), to: 60)
    if command == .copyLink {
      effects.append(.copy(address))
      say("Copied \(shown)")
    } else {
      effects.append(.openLink(address))
      say("Opening \(shown)")
    }
  }
}
