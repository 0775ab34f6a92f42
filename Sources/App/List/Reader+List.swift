internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

extension Reader {
  /// How many stories the list shows at once.
  private var listPage: Int {
    ListScreen.rowsShown(in: max(1, size.rows - 1), isOneLine: preferences.listRows == 1)
  }

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
    case .windowTop, .windowMiddle, .windowBottom: goInWindow(command, times)
    case .nextUnread, .previousUnread:
      goToUnread(forward: command == .nextUnread, times: times)
    case .nextStory: moveList(by: times)
    case .previousStory: moveList(by: -times)
    case .open: openSelected()
    case .back: finish()
    case .clear: clearList()
    case .filter: startFilter()
    case .toggleRead: toggle(.read, count: count)
    case .toggleStar: toggle(.starred, count: count)
    case .tag: startTagging(count: count)
    case .delete: deleteTargets(count: count)
    case .markAll: markAllRead()
    case .choose, .chooseRange, .chooseAll: choose(command, count: count)
    case .saveSearch: saveSearch()
    case .sortByDate: sort(by: .date)
    case .sortBySource: sort(by: .source)
    case .sortByLength: sort(by: .length)
    case .sortByComments: sort(by: .comments)
    case .sortByRank: sort(by: .rank)
    case .oneLineRows:
      options.preferences.listRows = preferences.listRows == 1 ? 2 : 1
    case .openLink, .copyLink: useAddressOfSelected(command)
    default: say("\(command.entry.label) is for an open story; \(key(for: .open)) opens one")
    }
  }

  func moveList(by steps: Int) {
    let before = list.selection?.id
    attempt { () throws(StorageError) in try list.move(by: steps, in: library) }
    guard list.selection?.id == before, message == nil else { return }
    if before == nil { return say("There is no story to go to") }
    say(steps > 0 ? "The last story" : "The first story")
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
    guard let percent else { return askForPercent() }
    attempt { () throws(StorageError) in try list.move(toPercent: percent, in: library) }
  }

  /// Says that a command wants a count before it.
  func askForPercent() {
    say("A number first: 40\(key(for: .goToPercent)) goes to 40 per cent")
  }

  /// Goes to a story on the screen: so many from one of its ends, or the middle one.
  private func goInWindow(_ command: Command, _ times: Int) {
    let last = min(listPage, list.rows.count - list.top) - 1
    guard last >= 0 else { return }
    let row =
      switch command {
      case .windowTop: min(times - 1, last)
      case .windowBottom: max(0, last - times + 1)
      default: last / 2
      }
    let steps = list.top + row - list.selected
    if steps != 0 { moveList(by: steps) }
  }

  func show(_ shelf: Shelf) {
    keepPlace()
    isReading = false
    results = nil
    attempt { () throws(StorageError) in try list.show(shelf, in: library, now: now) }
    sidebar?.select(shelf)
    if case .saved(let search) = shelf, let mistake = search.mistake(now: now) {
      let name = truncated(safe(search.name, oneLine: true), to: 40)
      fail("“\(name)” asks for what there is not: \(mistake.words)")
    }
  }

  /// Selects the next unread story in a direction, or the one so many further; `false` where there
  /// is none, and says so.
  @discardableResult
  func goToUnread(forward: Bool, times: Int) -> Bool {
    let times = max(1, min(times, ListScreen.mostSteps))
    let went = attempt { () throws(StorageError) in
      try list.moveToUnread(forward: forward, times: times, in: library)
    }
    guard let went else { return false }
    if went < times { say(forward ? "No unread story below" : "No unread story above") }
    return went > 0
  }

  private func clearList() {
    if !list.chosen.isEmpty {
      list.letGo()
    } else if !list.filter.isEmpty {
      attempt { () throws(StorageError) in try list.narrow(to: "", in: library, now: now) }
    } else {
      say("\(key(for: .back)) leaves Courant")
    }
  }

  // MARK: - Order

  private func sort(by order: Order) {
    attempt { () throws(StorageError) in try list.sort(by: order, in: library, now: now) }
    if order == .rank, list.plan?.listing.order != .rank {
      return say("Rank needs words in the filter; sorted by date")
    }
    say("Sorted by \(list.orderWords)")
  }

  /// Says that a story is gone, and where it may be had back.
  func gone(_ id: StoryID?) {
    let deleted = id.flatMap { try? library.deletedHeadline($0) }
    let back = deleted == nil ? "" : " · \(key(for: .showDeleted, in: .list)) shows deleted ones"
    fail("That story is no longer in the library\(back)")
  }

  /// Opens or copies the address of the story that is selected, in the list or among hits.
  func useAddressOfSelected(_ command: Command) {
    guard let id = lookedStory else { return say("There is no story here") }
    attempt { () throws(StorageError) in
      guard let story = try library.story(id) else { return gone(id) }
      use(story.address, command)
    }
  }
}
