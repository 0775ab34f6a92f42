internal import Display
internal import Queries
internal import Storage
internal import Stories

// The prompt: looking up what is typed, accepting it and leaving it.
extension Workspace {
  /// Shows what the typed line finds, if it has changed: one lookup for all keys of a batch.
  ///
  /// What takes longer than a frame may is left until input is idle.
  mutating func lookUpTyped(_ environment: Environment) throws(StorageError) -> Reply {
    guard var prompt, prompt.lookup == .due else { return .done }
    prompt.parsed = prompt.parse(now: environment.now, isTyping: true)
    // Set before the query: an error must not repeat it at every frame.
    prompt.lookup = .done
    self.prompt = prompt
    guard try !prompt.isSlow(in: environment.library) else {
      self.prompt?.lookup = .deferred
      return .done
    }
    return try find(prompt, environment)
  }

  /// Looks up what was left until input is idle; `nil` where nothing was.
  mutating func lookUpDeferred(_ environment: Environment) throws(StorageError) -> Reply? {
    let reply = try lookUpTyped(environment)
    guard let prompt, prompt.lookup == .deferred else { return reply.isDone ? nil : reply }
    self.prompt?.lookup = .done
    return try find(prompt, environment)
  }

  private mutating func find(
    _ prompt: Prompt, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let text = prompt.field.text
    switch prompt.purpose {
    case .filter(_, let selection):
      try list.narrow(
        to: text, asking: prompt.parsed.query, wanting: selection, in: environment.library,
        now: environment.now)
    case .search(let isForward, let origin):
      return story?.find(text, from: origin, isForward: isForward) ?? .done
    case .helpFilter: overlays.narrowFront(to: text)
    case .searchAll:
      var screen = results ?? SearchScreen()
      try screen.find(text, asking: prompt.parsed.query, in: environment.library)
      results = screen
    case .comments(let before): story?.show(only: prompt.parsed.comments, before: before)
    case .pickerFilter: overlays.narrowFront(to: text)
    case .comment(let draft): CommentWriter.keep(text, in: draft, environment)
    case .command, .searchName, .tags: break
    }
    return .done
  }

  // MARK: - Leaving the line

  /// Leaves the line, and returns to what was shown before.
  mutating func cancel(
    _ prompt: Prompt, _ environment: Environment
  ) throws(StorageError) -> Reply {
    self.prompt = nil
    switch prompt.purpose {
    case .filter(let before, let selection):
      try list.narrow(to: before, in: environment.library, now: environment.now)
      if let selection { try list.select(selection, in: environment.library) }
    case .search(_, let origin): story?.view.restore(origin)
    case .helpFilter: overlays.narrowFront(to: "")
    case .pickerFilter(let before): overlays.narrowFront(to: before)
    case .searchAll(let before, let focus):
      results = before
      setFocus(focus)
    case .comments(let before): story?.view.restore(before)
    case .comment(let draft): return CommentWriter.cancel(draft, prompt.field.text, environment)
    case .command, .searchName, .tags: break
    }
    return .done
  }

  /// Does what the line asks for.
  ///
  /// A filter with a mistake lets stories through that were not asked for: it is refused, and stays.
  mutating func accept(_ environment: Environment) throws(StorageError) -> AcceptedLine {
    let found = try lookUpDeferred(environment) ?? .done
    var accepted = try acceptPrompt(environment)
    // The message of the lookup stands, unless the accepted line has one of its own.
    if accepted.reply.isDone { accepted.reply = found }
    return accepted
  }

  private mutating func acceptPrompt(
    _ environment: Environment
  ) throws(StorageError) -> AcceptedLine {
    guard let prompt else { return AcceptedLine() }
    let text = prompt.field.text
    var accepted = AcceptedLine(remembered: prompt.history.map { History.Line($0, text) })
    let mistakes = prompt.parse(now: environment.now, isTyping: false).mistakes
    guard mistakes.isEmpty else {
      self.prompt?.refusal = mistakes
      return accepted
    }
    self.prompt = nil
    switch prompt.purpose {
    case .filter:
      if text.isEmpty {
        try list.narrow(to: "", in: environment.library, now: environment.now)
      }
    case .search(let isForward, let origin):
      return try acceptSearch(text, isForward: isForward, origin: origin, environment)
    case .helpFilter, .pickerFilter: break
    case .searchAll(let before, _): if text.isEmpty { results = before }
    case .searchName(let name):
      accepted.reply = try name.accept(text, environment)
      try sidebar?.reload(in: environment.library, now: environment.now)
    case .tags(let edit): accepted.reply = try edit.accept(text, environment)
    case .comment(let draft):
      accepted.reply = CommentWriter.finish(draft, Composition.text(of: text), environment)
    case .comments: accepted.reply = story?.acceptComments(environment) ?? .done
    case .command: accepted.line = text
    }
    return accepted
  }

  private mutating func acceptSearch(
    _ text: String, isForward: Bool, origin: StoryView.Origin, _ environment: Environment
  ) throws(StorageError) -> AcceptedLine {
    let typed = text.isEmpty ? lastSearch.typed : text
    guard !typed.isEmpty else {
      return AcceptedLine(
        reply: .say("No search yet · type words after \(environment.key(for: .search))"))
    }
    lastSearch = Environment.LastSearch(typed: typed, isForward: isForward)
    var accepted = AcceptedLine(remembered: History.Line(.search, typed))
    if text.isEmpty {
      accepted.reply = try repeatSearch(origin, environment)
    } else if story?.view.hits.matches.isEmpty == true {
      story?.view.restore(origin)
      story?.view.hits = Hits()
      accepted.reply = StoryScreen.notFound(typed)
    } else {
      rememberSearch(from: origin)
    }
    return accepted
  }

  /// An empty line repeats the last search: on to the next match, if it still stands.
  private mutating func repeatSearch(
    _ origin: StoryView.Origin, _ environment: Environment
  ) throws(StorageError) -> Reply {
    story?.view.restore(origin)
    var environment = environment
    environment.lastSearch = lastSearch
    if origin.hits.typed == lastSearch.typed {
      return try performInStory(.nextMatch, count: nil, environment)
    }
    let reply = story?.findAgain(lastSearch.typed, isForward: lastSearch.isForward)
    rememberSearch(from: origin)
    return reply ?? .done
  }
}

/// What an accepted line leaves to do.
struct AcceptedLine {
  var reply = Reply.done
  /// The line, to be kept for later runs.
  var remembered: History.Line?
  /// A line that was typed after `:`.
  var line: String?
}
