internal import Display
internal import Storage
internal import Stories

extension Reader {
  // MARK: - Opening and leaving

  func openSelected() {
    guard let selection = list.selection else { return say("There is no story to open") }
    open(selection.id)
  }

  /// Opens a story where it was left, marks it read and selects it in the list.
  ///
  /// Opening one from another is a jump, which `isJump` denies of a way back.
  func open(_ id: StoryID, isJump: Bool = true) {
    if let story, story.id == id, isReading || isUnchanged(story) {
      isReading = true
      return tellDrafts(on: id)
    }
    if isJump { rememberPlace() }
    keepPlace()
    attempt { () throws(StorageError) in
      guard try library.headline(id) != nil, let opened = try library.story(id) else {
        // Elsewhere the same key would delete what is selected there.
        let isHere = list.shelf == .deleted && results == nil && list.selection?.id == id
        if isHere, !isReading, try library.deletedHeadline(id) != nil {
          return say("This story is deleted · \(key(for: .delete)) brings it back")
        }
        try list.reload(in: library, now: now)
        return gone(id)
      }
      var reading = try library.reading(id) ?? Reading()
      let layout = layoutOptions(width: panes(for: size)?.story ?? size.columns)
      story = StoryScreen(id, opened, reading: reading, options: layout)
      // Keys may come before the next frame, and must find the story at its place.
      story?.fit(layout, height: max(1, size.rows - 1))
      isReading = true
      help = nil
      if list.selection?.id != id, let headline = try library.headline(id) {
        try list.select(headline, in: library)
      }
      reading.isRead = true
      reading.opened = options.now()
      if !library.isReadOnly { try library.markSeen(id) }
      try write(reading, of: id)
      tellDrafts(on: id)
    }
  }

  /// Whether the library has a story as it is shown; one that is read is left alone in any case.
  private func isUnchanged(_ story: StoryScreen) -> Bool {
    let now = attempt { () throws(StorageError) in try library.story(story.id) }
    return now.map { $0.map(story.shows) ?? false } ?? true
  }

  /// Shows the story that is read as the library now has it, the looked-at line where it stands;
  /// `nil` where it is as it was.
  ///
  /// What is laid over it or typed below names places in it, and is left alone until it is done.
  func refreshStory() throws(StorageError) -> StoryID? {
    guard mayBeStale, picker == nil, prompt == nil, hints == nil else { return nil }
    mayBeStale = false
    guard isReading, let screen = story, let now = try library.story(screen.id), !screen.shows(now)
    else { return nil }
    story?.replace(now)
    return screen.id
  }

  func tellShownAnew() {
    say("The story has changed and is shown as it is now")
    keepMessage()
  }

  /// Writes how far the open story was read.
  func keepPlace() {
    guard let story else { return }
    attempt { () throws(StorageError) in
      guard var reading = try library.reading(story.id) else { return }
      reading.place = story.anchor
      reading.progress = max(reading.progress, story.progress)
      try write(reading, of: story.id)
    }
  }

  /// Writes what the reader did to a story; a library that is open for reading only stays as it is.
  private func write(_ reading: Reading, of id: StoryID) throws(StorageError) {
    guard !library.isReadOnly else { return }
    try library.setReading(reading, of: id)
    if let headline = try library.headline(id) { try list.update(headline, in: library) }
    try sidebar?.reload(in: library, now: now)
  }

  func leaveStory() {
    rememberPlace()
    keepPlace()
    isReading = false
    isZen = false
  }

  private func openNeighbour(_ steps: Int) {
    if let before = results?.window.selected {
      results?.move(by: steps)
      guard results?.window.selected != before else {
        return say(steps > 0 ? "This is the last hit" : "This is the first hit")
      }
      return openHit()
    }
    let before = list.selection?.id
    let way = story.map { list.steps(steps, from: $0.id) } ?? steps
    attempt { () throws(StorageError) in try list.move(by: way, in: library) }
    guard let next = list.selection?.id, next != before || way == 0 else {
      return say(steps > 0 ? "This is the last story" : "This is the first story")
    }
    open(next)
  }

  /// The story that is open, or else the one that is selected in the list or among hits.
  var lookedStory: StoryID? {
    if let story, isReading { return story.id }
    if let results { return results.selection?.headline.id }
    return list.selection?.id
  }

  /// That story with its text.
  func storyToShare() -> Story? {
    if let story, isReading { return story.story }
    guard let id = lookedStory else { return nil }
    return attempt { () throws(StorageError) in try library.story(id) } ?? nil
  }

  // MARK: - Commands

  func performInStory(_ command: Command, count: Int?) {
    guard story != nil else { return }
    let times = count ?? 1
    if scroll(command, count: count) || jump(command, times: times)
      || performInThread(command, times: times) || performWriting(command)
    {
      return
    }
    switch command {
    case .back: leaveStory()
    case .clear: clearStory()
    case .nextStory: openNeighbour(times)
    case .previousStory: openNeighbour(-times)
    case .nextUnread, .previousUnread:
      if goToUnread(forward: command == .nextUnread, times: count ?? 1) { openSelected() }
    case .search: startSearch(forward: true)
    case .searchBackward: startSearch(forward: false)
    case .nextMatch: stepMatch(lastSearch.forward ? times : -times)
    case .previousMatch: stepMatch(lastSearch.forward ? -times : times)
    case .hideMatches: toggleMatches()
    case .toggleRead: toggle(.read, count: nil)
    case .toggleStar: toggle(.starred, count: nil)
    case .tag: startTagging(count: nil)
    case .delete: deleteTargets(count: nil)
    case .open: openInStory(count)
    case .openLink, .copyLink: useLink(command, count: count)
    case .hints, .copyHint: startHints(copies: command == .copyHint)
    case .zen: isZen.toggle()
    case .narrower, .wider: changeColumn(by: command == .wider ? times : -times)
    case .shiftLeft, .shiftRight: shift(by: command == .shiftRight ? times : -times)
    case .outline: openOutline()
    case .linkList: openLinkList()
    case .figureList: openFigureList()
    default: say("\(command.entry.label) is not for a story")
    }
  }

  private func scroll(_ command: Command, count: Int?) -> Bool {
    guard let height = story?.height else { return true }
    let page = max(1, height - StoryScreen.context)
    let times = min(100_000, count ?? 1)
    switch command {
    case .down: scroll(by: times)
    case .up: scroll(by: -times)
    case .pageDown: scroll(by: page * times)
    case .pageUp: scroll(by: -page * times)
    case .halfPageDown: scroll(by: max(1, height / 2) * times)
    case .halfPageUp: scroll(by: -max(1, height / 2) * times)
    case .top: story?.scroll(to: (count ?? 1) - 1)
    case .bottom: story?.scroll(to: count.map { $0 - 1 } ?? .max / 2)
    case .goToPercent:
      if let count {
        story?.scroll(toPercent: count)
      } else {
        askForPercent()
      }
    default: return false
    }
    return true
  }

  private func scroll(by rows: Int) {
    guard let before = story?.top else { return }
    story?.scroll(by: rows)
    guard story?.top == before else { return }
    say(rows > 0 ? "The end · \(key(for: .nextStory)) opens the next story" : "The top")
  }

  private func jump(_ command: Command, times: Int) -> Bool {
    guard let screen = story else { return true }
    switch command {
    case .nextSection, .previousSection:
      jump(among: screen.sectionRows, command == .nextSection, times, "section")
    case .nextFigure, .previousFigure:
      jump(among: screen.layout.figureRows, command == .nextFigure, times, "figure")
    case .nextLink, .previousLink:
      if story?.chooseLink(forward: command == .nextLink, count: times) != true {
        say("There is no link in this story")
      }
    case .nextComment, .previousComment:
      let rows = screen.layout.commentRows.compactMap(\.self)
      jump(among: rows, command == .nextComment, times, "comment")
    case .nextSibling, .previousSibling:
      jumpToSibling(forward: command == .nextSibling, times: times)
    case .nextNew, .previousNew:
      jump(among: screen.newRows, command == .nextNew, times, "new comment")
    case .parent: jumpUp(times) { screen.thread.comments[$0].parent }
    case .root: jumpUp(1) { $0 == screen.thread.root(of: $0) ? nil : screen.thread.root(of: $0) }
    case .thread: story?.toggleThread()
    default: return false
    }
    return true
  }

  private func jump(among rows: [Int], _ forward: Bool, _ times: Int, _ what: String) {
    guard !rows.isEmpty else { return say("There is no \(what) in this story") }
    if story?.jump(among: rows, forward: forward, count: times) != true {
      say(forward ? "No \(what) below" : "No \(what) above")
    }
  }

  private func jumpToSibling(forward: Bool, times: Int) {
    guard let screen = story else { return }
    guard var comment = screen.comment else { return jumpToParagraph(forward: forward, times) }
    let thread = screen.thread
    for step in 0..<times {
      guard let next = forward ? thread.sibling(after: comment) : thread.sibling(before: comment)
      else {
        guard step == 0 else { break }
        return say(forward ? "The last answer to its parent" : "The first answer to its parent")
      }
      comment = next
    }
    story?.jump(toComment: comment)
  }

  private func jumpToParagraph(forward: Bool, _ times: Int) {
    var steps = 0
    while steps < times, story?.jumpToBlock(forward: forward) == true { steps += 1 }
    if steps == 0 { say(forward ? "No paragraph below" : "No paragraph above") }
  }

  private func jumpUp(_ times: Int, _ target: (Int) -> Int?) {
    guard var comment = story?.comment else {
      return say("That is for a comment; \(key(for: .thread)) goes to them")
    }
    for step in 0..<times {
      guard let next = target(comment) else {
        guard step == 0 else { break }
        return say("This comment answers no other")
      }
      comment = next
    }
    story?.jump(toComment: comment)
  }

  private func clearStory() {
    if story?.clearChoice() == true { return }
    if story?.hits.typed.isEmpty == false {
      story?.hits = Hits()
    } else if story?.only != nil {
      story?.showAll()
      say("All comments are shown")
    } else if isZen {
      isZen = false
    } else {
      leaveStory()
    }
  }

  private func openInStory(_ count: Int?) {
    if count != nil || story?.link != nil {
      useLink(.openLink, count: count)
    } else if story?.comment != nil {
      foldThis()
    } else {
      say("\(tabbed(.nextLink)) chooses a link, then \(key(for: .open)) opens it")
    }
  }
}
