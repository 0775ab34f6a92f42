internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

// Carries out the replies of screens, and performs the commands that are common to all of them.
extension Reader {
  /// Performs a command on the screen in front, or as on every screen where that does not know it.
  func perform(_ command: Command, count: Int?) {
    let reply = attempt { () throws(StorageError) in
      let reply = try workspace.perform(command, count: count, here)
      return reply.isNotMine ? try performAnywhere(command, count: count) : reply
    }
    guard let reply else { return }
    if reply.isNotMine { return say("“\(command.entry.label)” does nothing here") }
    carryOut(reply)
  }

  /// Performs a command that means the same on every screen.
  func performAnywhere(_ command: Command, count: Int?) throws(StorageError) -> Reply {
    let times = count ?? 1
    switch command {
    case .quit: return .quit
    case .jobs: return jobs.list(here)
    case .refresh: return jobs.refresh()
    case .cancelJobs:
      // Where nothing runs it is Esc.
      return jobs.isIdle && count == nil
        ? try workspace.perform(.clear, count: nil, here) : jobs.cancel(number: count, here)
    case .redraw: return .effect(.redraw)
    case .suspend: return .effect(.suspend)
    case .commandLine: return .ask(commandPrompt(""))
    case .pipe: return .ask(commandPrompt("pipe "))
    case .toggleSplit: return toggleSplit()
    case .showAll: return .show(.all)
    case .showUnread: return .show(.unread)
    case .showStarred: return .show(.starred)
    case .showStarted: return .show(.started)
    case .showDeleted: return .show(.deleted)
    case .sidebar:
      try workspace.toggleSidebar(here)
      return .done
    case .searchAll: return .searchEverything
    case .undo: return .change(.undo(times: times))
    case .redo: return .change(.redo(times: times))
    case .copyStory: return try share(with: "clipboard")
    case .mailStory: return try share(with: "mail")
    case .position: return try position()
    case .jumpBack, .jumpForward:
      return try workspace.jumpBack(forward: command == .jumpForward, times: times, here)
    default: return try Overlay.opened(by: command, over: workspace, here)
    }
  }

  private func commandPrompt(_ typed: String) -> Prompt {
    var field = TextField(history: environment.history[.command])
    field.set(typed)
    return Prompt(purpose: .command, field: field)
  }

  private func toggleSplit() -> Reply {
    workspace.isSplit.toggle()
    workspace.story?.isZen = false
    guard environment.size.columns < preferences.wide else { return .done }
    return .say("List and story stand side by side from \(preferences.wide) columns")
  }

  // MARK: - Replies

  func carryOut(_ reply: Reply) {
    switch reply {
    case .done, .notMine: break
    case .say(let words): say(words)
    case .fail(let words): fail(words)
    case .several(let replies): for reply in replies { carryOut(reply) }
    case .push(let overlay, let instead): push(overlay, instead: instead)
    case .pop: workspace.overlays.pop()
    case .ask(let prompt): workspace.prompt = prompt
    case .quit: finish()
    case .leave: leaveUnlessBusy()
    case .effect(let effect): effects.append(effect)
    case .useTheme(let name): use(theme: name)
    case .prefer(let preferences):
      let old = self.preferences
      environment.options.preferences = preferences
      take(changesFrom: old)
    case .takeJob(let id, let isCancelling):
      carryOut(jobs.take(id, isCancelling: isCancelling, here))
    case .gone(let id): carryOut(here.gone(id))
    case .follow(let target): carryOut(workspace.follow(target, here))
    case .copy(let target):
      carryOut(here.copy(target, onPage: workspace.story?.view.story.address))
    default: attempt { () throws(StorageError) in carryOut(try answer(to: reply)) }
    }
  }

  /// Carries out what asks the library; the answer is carried out in its turn.
  private func answer(to reply: Reply) throws(StorageError) -> Reply {
    let here = here
    switch reply {
    case .open(let id): return try workspace.open(id, here)
    case .openSelected: return try workspace.openSelected(here)
    case .openNeighbour(let steps): return try workspace.openNeighbour(steps, here)
    case .openUnread(let steps): return try workspace.openUnread(steps, here)
    case .show(let shelf):
      return try workspace.focus == .sidebar
        ? workspace.showFromSidebar(shelf, here) : workspace.show(shelf, here)
    case .closeStory: try workspace.closeStory(here)
    case .closeResults: workspace.results = nil
    case .closeSidebar: workspace.closeSidebar()
    case .searchEverything: workspace.searchEverything(here)
    case .change(.purge):
      let reply = try StoryChange.purge.perform(here)
      try workspace.reload(here)
      return reply
    case .change(let change): return try change.perform(here)
    case .changed(let change, let words, let namesStory):
      try workspace.show(change, here)
      let story = namesStory ? try title(ofStoryIn: change) : ""
      return .say(words + story)
    case .tag(let stories):
      guard !stories.isEmpty else { return .say("There is no story to tag") }
      return .ask(try TagEdit(stories, in: here.library).prompt)
    case .compose(let command):
      guard let story = workspace.story else { return .done }
      return try writer.perform(command, on: story, here)
    case .showThread(let id, let name): try workspace.showThread(of: id, at: name, here)
    case .go(let target, let story): return try workspace.go(to: target, of: story, here)
    case .choose(let link):
      workspace.rememberPlace()
      workspace.story?.view.choose(link)
    case .setMark(let name): return try setMark(name)
    case .goToMark(let name): return try workspace.goToMark(name, here)
    case .goBackAndForth: return try workspace.goBackAndForth(here)
    case .done, .notMine, .say, .fail, .several, .push, .pop, .ask, .quit, .leave, .effect,
      .useTheme, .prefer, .gone, .follow, .copy, .takeJob:
      return reply
    }
    return .done
  }

  /// Which story was changed, where that is none that is in sight.
  private func title(ofStoryIn change: Change) throws(StorageError) -> String {
    let looked =
      workspace.isReading ? workspace.story?.id : workspace.list.selection?.id
    // What a story says changes unseen: its name stands behind that in any case.
    guard change.stories.count == 1, let id = change.stories.first,
      id != looked || change.isOfText || change.isOfDeletion,
      let title = try environment.library.lists.headline(id)?.title, !title.isEmpty
    else { return "" }
    return "\(here.dot)“\(here.shortened(title, to: 40))”"
  }

  /// Ends the program, or says what that would stop: a key held too long must not cut an import.
  private func leaveUnlessBusy() {
    guard leaving != .confirmed, let words = jobs.wordsBeforeLeaving(here) else { return finish() }
    leaving = .asked
    say(words)
  }

  private func push(_ overlay: Overlay, instead: String) {
    let least = overlay.screen.minSize
    let size = environment.size
    guard size.columns >= least.columns, size.rows >= least.rows else {
      return say("Too small to choose here; \(instead)")
    }
    workspace.overlays.push(overlay)
  }

  /// Marks the current line, or the selected story where it was left.
  private func setMark(_ name: String) throws(StorageError) -> Reply {
    let library = environment.library
    guard let mark = try workspace.placeMark(name, here) else {
      return .say("There is no story to mark")
    }
    let before = try library.user.placeMark(name)
    guard try library.lists.headline(mark.story) != nil else { return here.gone(mark.story) }
    try library.user.setPlaceMark(mark)
    var moved = ""
    if let before, before.story != mark.story {
      moved = "; it was in “\(here.shortened(before.title, to: 30))”"
    }
    return .say("Mark \(name) is here\(moved) · \(here.key(for: .goToMark))\(name) returns")
  }

  // MARK: - Settings

  private func use(theme: String) {
    environment.options.preferences.theme = theme
    effects.append(.useTheme(theme))
    say("Theme \(theme) until Courant ends; to keep it, write theme: \(theme) in config.yaml")
  }

  /// Acts on what is different from some preferences that held before.
  func take(changesFrom old: Preferences) {
    let new = preferences
    if new.isSplit != old.isSplit { workspace.isSplit = new.isSplit }
    if new.preset != old.preset {
      environment.keymap = Keymap(preset: new.preset, own: environment.options.bindings)
    }
    if (new.theme, new.lightTheme, new.darkTheme) != (old.theme, old.lightTheme, old.darkTheme) {
      effects.append(.useTheme(new.theme))
    }
  }

  // MARK: - The story that is looked at

  /// The open story, or else the selected one, with its text.
  private func currentStory() throws(StorageError) -> Story? {
    if workspace.isReading { return workspace.story?.view.story }
    guard let id = workspace.currentStory else { return nil }
    return try environment.library.stories.story(id)
  }

  func share(with name: String) throws(StorageError) -> Reply {
    if let refusal = Sharing.refusal(of: name, preferences) { return refusal }
    guard let story = try currentStory() else { return .say("There is no story to share") }
    return Sharing(story, here).share(with: name)
  }

  /// Says what is read, where it comes from, and how far down one is.
  private func position() throws(StorageError) -> Reply {
    guard let story = try currentStory() else { return .say("There is no story here") }
    var parts = ["“\(here.shortened(story.title, to: 60))”", shownName(story.site ?? "")]
    parts.append(story.address.map { shownAddress($0) } ?? "the page names no address")
    if workspace.isReading, let view = workspace.story?.view {
      parts.append("line \(view.currentRow + 1) of \(view.layout.rowCount)")
    } else if let position = workspace.list.position, workspace.results == nil {
      parts.append("story \(position) of \(workspace.list.totalWords)")
    }
    return .say(parts.filter { !$0.isEmpty }.joined(separator: here.dot))
  }
}
