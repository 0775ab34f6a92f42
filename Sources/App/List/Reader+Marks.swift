internal import Display
internal import Queries
internal import Storage

/// What the reader does to stories, one or many, and how it is taken back.
extension Reader {
  /// The stories that a command is for: the chosen ones, or the one that is selected or open; with
  /// a count those below it as well, so many altogether.
  func targets(_ count: Int?) -> [StoryID] {
    if placeBelowPrompt != .list { return story.map { [$0.id] } ?? [] }
    if let results { return results.stories(count ?? 1) }
    if !list.chosen.isEmpty { return list.chosen.sorted() }
    return attempt { () throws(StorageError) in try list.stories(count ?? 1, in: library) } ?? []
  }

  /// Sets a mark on the stories, or clears it where all have it.
  func toggle(_ mark: Mark, count: Int?) {
    let stories = targets(count)
    guard !stories.isEmpty else { return say("There is no story to mark") }
    if !change([(mark, true)], of: stories), message == nil,
      !change([(mark, false)], of: stories), message == nil
    {
      gone(stories.first)
    }
  }

  /// Deletes the stories; on the shelf of deleted ones, brings them back.
  func deleteTargets(count: Int?) {
    let stories = targets(count)
    guard !stories.isEmpty else { return say("There is no story to delete") }
    let isBack = list.shelf == .deleted && placeBelowPrompt == .list && results == nil
    if !isBack, placeBelowPrompt != .list { leaveStory() }
    if !change([(.deleted, !isBack)], of: stories), message == nil { gone(stories.first) }
  }

  /// Marks every story that is shown read.
  func markAllRead() {
    let stories = attempt { () throws(StorageError) in try list.allStories(in: library) } ?? []
    if !change([(.read, true)], of: stories), message == nil { say("All of these are read") }
  }

  /// Changes stories and says what was done; `false` if nothing was.
  @discardableResult
  func change(_ marks: [(mark: Mark, isSet: Bool)], of stories: [StoryID]) -> Bool {
    let change = attempt { () throws(StorageError) in
      try library.change(marks, of: stories, now: now)
    }
    guard let change, !change.steps.isEmpty else { return false }
    show(change)
    say("\(change.words) · \(key(for: .undo)) takes it back")
    return true
  }

  func takeBack(times: Int) {
    step(times, did: ("Taken back", "taken back"), none: "Nothing to take back\(othersChanges)") {
      () throws(StorageError) in
      try library.undo(now: now)
    }
  }

  func doAgain(times: Int) {
    step(times, did: ("Done again", "done again"), none: "Nothing to do again") {
      () throws(StorageError) in
      try library.redo(now: now)
    }
  }

  /// Goes back or forth along the changes, and says what came of the last step.
  private func step(
    _ times: Int, did: (one: String, many: String), none: @autoclosure () -> String,
    _ work: () throws(StorageError) -> Change?
  ) {
    for time in 1...max(1, times) {
      guard let answer = attempt(work) else { return }
      guard let change = answer else {
        if time == 1 { say(none()) }
        return
      }
      tell(change, done: time == 1 ? did.one : "\(time) changes \(did.many), the last")
    }
  }

  /// What is to be said of changes that another Courant has made, which is still running.
  private var othersChanges: String {
    let isSo = attempt { () throws(StorageError) in try library.othersHaveChanges() }
    return isSo == true ? "; another Courant that is open takes back what was done there" : ""
  }

  private func tell(_ change: Change, done: String) {
    guard !change.steps.isEmpty else {
      return say("\(done), though the stories had changed since")
    }
    show(change)
    say("\(done): \(change.words)\(storyWords(of: change))")
  }

  /// Which story was changed, where that is none that is looked at.
  private func storyWords(of change: Change) -> String {
    let looked = isReading ? story?.id : list.selection?.id
    guard change.stories.count == 1, let id = change.stories.first, id != looked else { return "" }
    let headline = attempt { () throws(StorageError) in try library.headline(id) }
    guard let title = headline??.title, !title.isEmpty else { return "" }
    let shown = truncated(safe(title, oneLine: true), to: 40, isASCII: options.isASCII)
    return "\(options.dot)“\(shown)”"
  }

  /// Shows the rows of changed stories as they are now; a lone one is gone to.
  private func show(_ change: Change) {
    attempt { () throws(StorageError) in
      let hasMoved = change.steps.contains { $0.mark == .deleted }
      try list.refresh(change.stories, hasMoved: hasMoved, in: library, now: now)
      results?.refresh(change.stories, in: library)
      try sidebar?.reload(in: library, now: now)
      if change.isOfComment, let id = change.stories.first { showThread(of: id) }
      if let story, hasMoved, try library.headline(story.id) == nil {
        self.story = nil
        isReading = false
      }
      guard hasMoved, change.stories.count == 1, let id = change.stories.first,
        let plan = list.plan, try list.shows(id, in: library),
        let headline = try library.headline(id, of: plan)
      else { return }
      try list.select(headline, in: library)
    }
  }

  // MARK: - Choosing many

  func choose(_ command: Command, count: Int?) {
    attempt { () throws(StorageError) in
      switch command {
      case .choose: try list.choose(count ?? 1, in: library)
      case .chooseRange: try list.chooseRange(in: library)
      default: try list.chooseAll(in: library)
      }
    }
    tellChosen(isAsked: command == .chooseAll)
  }

  private func tellChosen(isAsked: Bool) {
    let count = list.chosen.count
    guard count > 0 else { return say("No story is chosen") }
    let hidden = attempt { () throws(StorageError) in
      try list.hiddenChoice(in: library, isAsked: isAsked) ?? 0
    }
    // What is done next is done to these as well.
    let elsewhere = hidden.map { $0 > 0 ? ", \($0) of them not in this list" : "" } ?? ""
    say(
      "\(counted(count, "story", "stories")) chosen\(elsewhere)"
        + " · \(key(for: .clear)) lets go of them")
  }
}

// MARK: - By name

extension Reader {
  /// Shows what a filter lets through, as if it had been typed after `/`.
  func showFiltered(_ typed: String) {
    let mistake = ParsedQuery(typed, now: now).mistakes.first
    if let mistake { return fail("Nothing was filtered: \(mistake.words)") }
    results = nil
    if isReading { leaveStory() }
    narrow(to: typed)
  }

  /// Chooses every story of the library that a filter lets through.
  func chooseFiltered(_ typed: String) {
    let parsed = ParsedQuery(typed, now: now)
    if let mistake = parsed.mistakes.first { return fail("Nothing was chosen: \(mistake.words)") }
    if isReading { leaveStory() }
    results = nil
    attempt { () throws(StorageError) in
      let plan = try library.plan(Listing(parsed.query))
      list.chosen = Set(try library.stories(of: plan))
      tellChosen(isAsked: true)
    }
  }

  /// Takes deleted stories out for good.
  func purge() {
    attempt { () throws(StorageError) in
      let count = try library.purge()
      try list.reload(in: library, now: now)
      try sidebar?.reload(in: library, now: now)
      say(
        count == 0
          ? "No story is deleted"
          : "\(counted(count, "deleted story", "deleted stories")) taken out for good")
    }
  }
}
