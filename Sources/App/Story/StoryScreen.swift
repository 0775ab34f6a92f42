internal import Display
internal import Settings
internal import Storage
internal import Stories

/// The open story as a screen: the commands that are given on it, and how it is drawn.
struct StoryScreen {
  var view: StoryView
  /// Whether nothing but the story is shown.
  var isZen = false

  var id: StoryID { view.id }

  init(_ view: StoryView) { self.view = view }
}

// MARK: - Commands

extension StoryScreen {
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let times = count ?? 1
    switch command {
    case .back: return .closeStory
    case .clear: return clear()
    case .nextStory: return .openNeighbour(times)
    case .previousStory: return .openNeighbour(-times)
    case .nextUnread: return .openUnread(times)
    case .previousUnread: return .openUnread(-times)
    case .toggleRead: return .change(.toggle(.read, of: [id]))
    case .toggleStar: return .change(.toggle(.starred, of: [id]))
    case .tag: return .tag([id])
    case .delete: return .several([.closeStory, .change(.delete([id], isBack: false))])
    case .open: return open(count, environment)
    case .openLink, .copyLink: return useLink(command, count: count, environment)
    case .hints, .copyHint: return startHints(copies: command == .copyHint, environment)
    case .zen: isZen.toggle()
    case .narrower, .wider: return changeColumn(by: command == .wider ? times : -times, environment)
    case .shiftLeft, .shiftRight: return shift(by: command == .shiftRight ? times : -times)
    case .outline: return openOutline(environment)
    case .linkList: return openLinkList(environment)
    case .figureList: return openFigureList(environment)
    case .reply, .writeComment, .editComment, .deleteComment: return .compose(command)
    default: return performMoving(command, count: count, environment)
    }
    return .done
  }

  private mutating func performMoving(
    _ command: Command, count: Int?, _ environment: Environment
  ) -> Reply {
    let times = count ?? 1
    let last = environment.lastSearch
    switch command {
    case .search, .searchBackward:
      return .ask(searchPrompt(isForward: command == .search, environment))
    case .nextMatch: return stepMatch(last.isForward ? times : -times, environment)
    case .previousMatch: return stepMatch(last.isForward ? -times : times, environment)
    case .hideMatches: return toggleMatches(environment)
    case .down, .up, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .top, .bottom, .goToPercent:
      return scroll(command, count: count, environment)
    case .nextSection, .previousSection, .nextFigure, .previousFigure, .nextLink, .previousLink,
      .nextComment, .previousComment, .nextSibling, .previousSibling, .nextNew, .previousNew:
      return jump(command, times: times)
    case .parent, .root, .thread: return jumpInThread(command, times: times, environment)
    default: return performInThread(command, times: times, environment)
    }
  }

  // MARK: - Scrolling

  private mutating func scroll(
    _ command: Command, count: Int?, _ environment: Environment
  ) -> Reply {
    let height = view.height
    let page = max(1, height - StoryView.context)
    let times = min(100_000, count ?? 1)
    switch command {
    case .down: return scroll(by: times, environment)
    case .up: return scroll(by: -times, environment)
    case .pageDown: return scroll(by: page * times, environment)
    case .pageUp: return scroll(by: -page * times, environment)
    case .halfPageDown: return scroll(by: max(1, height / 2) * times, environment)
    case .halfPageUp: return scroll(by: -max(1, height / 2) * times, environment)
    case .top: view.scroll(to: (count ?? 1) - 1)
    case .bottom: view.scroll(to: count.map { $0 - 1 } ?? .max / 2)
    case .goToPercent:
      guard let count else { return environment.percentQuestion }
      view.scroll(toPercent: count)
    default: return .notMine
    }
    return .done
  }

  private mutating func scroll(by rows: Int, _ environment: Environment) -> Reply {
    let before = view.top
    view.scroll(by: rows)
    guard view.top == before else { return .done }
    let next = environment.key(for: .nextStory)
    return .say(rows > 0 ? "The end · \(next) opens the next story" : "The top")
  }

  // MARK: - Jumping

  private mutating func jump(_ command: Command, times: Int) -> Reply {
    switch command {
    case .nextSection, .previousSection:
      return jump(among: view.sectionRows, command == .nextSection, times, "section")
    case .nextFigure, .previousFigure:
      return jump(among: view.layout.figureRows, command == .nextFigure, times, "figure")
    case .nextComment, .previousComment:
      let rows = view.layout.commentRows.compactMap(\.self)
      return jump(among: rows, command == .nextComment, times, "comment")
    case .nextNew, .previousNew:
      return jump(among: view.newRows, command == .nextNew, times, "new comment")
    case .nextSibling, .previousSibling:
      return jumpToSibling(forward: command == .nextSibling, times: times)
    case .nextLink, .previousLink:
      let hasChosen = view.chooseLink(forward: command == .nextLink, count: times)
      return hasChosen ? .done : .say("There is no link in this story")
    default: return .notMine
    }
  }

  private mutating func jump(
    among rows: [Int], _ forward: Bool, _ times: Int, _ what: String
  ) -> Reply {
    guard !rows.isEmpty else { return .say("There is no \(what) in this story") }
    guard !view.jump(among: rows, forward: forward, count: times) else { return .done }
    return .say(forward ? "No \(what) below" : "No \(what) above")
  }

  private mutating func jumpToSibling(forward: Bool, times: Int) -> Reply {
    guard var comment = view.comment else { return jumpToParagraph(forward: forward, times) }
    let thread = view.thread
    for step in 0..<times {
      guard let next = forward ? thread.sibling(after: comment) : thread.sibling(before: comment)
      else {
        guard step == 0 else { break }
        return .say(forward ? "The last answer to its parent" : "The first answer to its parent")
      }
      comment = next
    }
    view.jump(toComment: comment)
    return .done
  }

  private mutating func jumpToParagraph(forward: Bool, _ times: Int) -> Reply {
    var steps = 0
    while steps < times, view.jumpToBlock(forward: forward) { steps += 1 }
    guard steps == 0 else { return .done }
    return .say(forward ? "No paragraph below" : "No paragraph above")
  }

  // MARK: - Clearing and opening

  /// Takes back what was done last to what is shown: a choice, a search, a filter of comments, zen;
  /// where there is nothing of it, leaves the story.
  private mutating func clear() -> Reply {
    if view.clearChoice() { return .done }
    if !view.hits.typed.isEmpty {
      view.hits = Hits()
    } else if view.comments.only != nil {
      view.showAll()
      return .say("All comments are shown")
    } else if isZen {
      isZen = false
    } else {
      return .closeStory
    }
    return .done
  }

  private mutating func open(_ count: Int?, _ environment: Environment) -> Reply {
    if count != nil || view.link != nil {
      return useLink(.openLink, count: count, environment)
    }
    if view.comment != nil { return foldThis(environment) }
    let (next, open) = (environment.lastKey(for: .nextLink), environment.key(for: .open))
    return .say("\(next) chooses a link, then \(open) opens it")
  }
}
