internal import Display
internal import Queries
internal import Settings
internal import Storage

extension ListScreen {
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    switch command {
    case .down, .up, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .nextStory, .previousStory:
      return try step(by: steps(command, count ?? 1, environment), environment)
    case .top: return try go(to: count ?? 1, environment)
    case .bottom: return try go(to: count, environment)
    case .goToPercent:
      guard let count else { return environment.percentQuestion }
      try move(toPercent: count, in: environment.library)
    case .windowTop, .windowMiddle, .windowBottom:
      return try goInWindow(command, count ?? 1, environment)
    case .nextUnread, .previousUnread:
      let times = count ?? 1
      return try goToUnread(command == .nextUnread ? times : -times, environment).reply
    case .open:
      return selection.map { .open($0.id) } ?? .say("There is no story to open")
    case .back: return .leave
    case .clear: return try clear(environment)
    case .filter: return .ask(filterPrompt(environment))
    case .saveSearch: return askForName(environment)
    case .sortByDate: return try sort(by: .date, environment)
    case .sortBySource: return try sort(by: .source, environment)
    case .sortByLength: return try sort(by: .length, environment)
    case .sortByComments: return try sort(by: .comments, environment)
    case .sortByRank: return try sort(by: .rank, environment)
    case .oneLineRows: return environment.togglingListRows
    default: return try performOnStories(command, count: count, environment)
    }
    return .done
  }

  /// What is done to the chosen stories, or to the selected one.
  private mutating func performOnStories(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    switch command {
    case .toggleRead: return .change(.toggle(.read, of: try targets(count, environment)))
    case .toggleStar: return .change(.toggle(.starred, of: try targets(count, environment)))
    case .tag: return .tag(try targets(count, environment))
    case .delete:
      return .change(.delete(try targets(count, environment), isBack: shelf == .deleted))
    case .markAll:
      let all = try allStories(in: environment.library)
      return .change(.set([(.read, true)], of: all, otherwise: .say("All of these are read")))
    case .choose: try choose(count ?? 1, in: environment.library)
    case .chooseRange: try chooseRange(in: environment.library)
    case .chooseAll: try chooseAll(in: environment.library)
    case .openLink, .copyLink: return try environment.useAddress(of: selection?.id, command)
    default: return .notMine
    }
    return try choiceReply(isAsked: command == .chooseAll, environment)
  }

  /// The stories that a command is for: the chosen ones, or the selected one and with a count those
  /// below it, so many altogether.
  func targets(_ count: Int?, _ environment: Environment) throws(StorageError) -> [StoryID] {
    guard choice.stories.isEmpty else { return choice.stories.sorted() }
    return try stories(count ?? 1, in: environment.library)
  }

  // MARK: - Moving

  /// How many stories fit on the screen.
  private func page(_ environment: Environment) -> Int {
    ListDrawing.rowsShown(
      in: max(1, environment.size.rows - 1), isOneLine: environment.preferences.listRows == 1)
  }

  private func steps(_ command: Command, _ times: Int, _ environment: Environment) -> Int {
    let page = page(environment)
    return switch command {
    case .up, .previousStory: -times
    case .pageDown: times * max(1, page - 1)
    case .pageUp: -times * max(1, page - 1)
    case .halfPageDown: times * max(1, page / 2)
    case .halfPageUp: -times * max(1, page / 2)
    default: times
    }
  }

  /// Moves the selection, and says where it cannot.
  mutating func step(by steps: Int, _ environment: Environment) throws(StorageError) -> Reply {
    let before = selection?.id
    try move(by: steps, in: environment.library)
    guard selection?.id == before else { return .done }
    if before == nil { return .say("There is no story to go to") }
    return .say(steps > 0 ? "The last story" : "The first story")
  }

  private mutating func go(
    to number: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if let number, number > 1 {
      try move(to: number, in: environment.library)
    } else if number == nil {
      try moveToEnd(in: environment.library)
    } else {
      try moveToStart(in: environment.library)
    }
    return .done
  }

  /// Goes to a story on the screen: so many from one of its ends, or the middle one.
  private mutating func goInWindow(
    _ command: Command, _ times: Int, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let last = min(page(environment), rows.count - top) - 1
    guard last >= 0 else { return .done }
    let row =
      switch command {
      case .windowTop: min(times - 1, last)
      case .windowBottom: max(0, last - times + 1)
      default: last / 2
      }
    let steps = top + row - selected
    return steps == 0 ? .done : try step(by: steps, environment)
  }

  /// Selects the unread story so many further down, or up; whether it moved, and what to say.
  mutating func goToUnread(
    _ steps: Int, _ environment: Environment
  ) throws(StorageError) -> (hasMoved: Bool, reply: Reply) {
    let isForward = steps > 0
    let times = max(1, min(Int(clamping: steps.magnitude), Self.maxSteps))
    let went = try moveToUnread(forward: isForward, times: times, in: environment.library)
    guard went < times else { return (true, .done) }
    return (went > 0, .say(isForward ? "No unread story below" : "No unread story above"))
  }

  // MARK: - What is shown

  private func filterPrompt(_ environment: Environment) -> Prompt {
    Prompt(
      purpose: .filter(before: filter, selection: selection),
      field: TextField(history: environment.history[.filter]))
  }

  private mutating func clear(_ environment: Environment) throws(StorageError) -> Reply {
    if !choice.stories.isEmpty {
      clearChoice()
    } else if !filter.isEmpty {
      try narrow(to: "", in: environment.library, now: environment.now)
    } else {
      return .say("\(environment.key(for: .back)) leaves Courant")
    }
    return .done
  }

  private mutating func sort(
    by order: Order, _ environment: Environment
  ) throws(StorageError) -> Reply {
    try sort(by: order, in: environment.library, now: environment.now)
    if order == .rank, plan?.listing.order != .rank {
      return .say("Rank needs words in the filter; sorted by date")
    }
    return .say("Sorted by \(orderWords)")
  }

  // MARK: - Choosing many

  /// Chooses every story of the library that a filter lets through.
  mutating func choose(
    asking query: Query, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let plan = try environment.library.lists.plan(Listing(query))
    choice.stories = Set(try environment.library.lists.ids(of: plan))
    return try choiceReply(isAsked: true, environment)
  }

  private func choiceReply(
    isAsked: Bool, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let count = choice.stories.count
    guard count > 0 else { return .say("No story is chosen") }
    let hidden = try hiddenChoice(in: environment.library, isAsked: isAsked) ?? 0
    // The next command applies to hidden stories too, so they are mentioned.
    let elsewhere = hidden > 0 ? ", \(hidden) of them not in this list" : ""
    return .say(
      "\(counted(count, "story", "stories")) chosen\(elsewhere)"
        + " · \(environment.key(for: .clear)) lets go of them")
  }
}

extension Environment {
  /// One line a story in the list, or two.
  var togglingListRows: Reply {
    var preferences = preferences
    preferences.listRows = preferences.listRows == 1 ? 2 : 1
    return .prefer(preferences)
  }
}
