internal import Display
internal import Storage

extension Reader {
  /// A key while a line is being typed.
  func type(_ key: Key) {
    guard var prompt else { return }
    prompt.refusal = []
    switch key {
    case .paste(let text): prompt.field.insert(text)
    case .character(let character): prompt.field.insert(character)
    default:
      guard let command = keymap.command([key], in: .prompt) else {
        let leave = self.key(for: .cancel, in: .prompt)
        return say("\(key) does nothing while typing; \(leave) leaves the line")
      }
      if command == .accept { return accept(prompt) }
      if command == .suspend || command == .redraw {
        return effects.append(command == .suspend ? .suspend : .redraw)
      }
      let isEmptied = command == .deleteBackward && prompt.field.characters.isEmpty
      if command == .cancel || isEmptied { return cancel(prompt) }
      if command == .complete || command == .completeBack {
        complete(&prompt, forward: command == .complete)
        prompt.lookup = .due
        self.prompt = prompt
        return
      }
      guard prompt.field.edit(command) else { return }
    }
    prompt.walk = nil
    prompt.lookup = .due
    self.prompt = prompt
  }

  /// Shows what the typed line finds, if it has changed: one lookup for all keys of a batch.
  ///
  /// What takes longer than a frame may is left until input is idle.
  func lookUpTyped() {
    guard var prompt, prompt.lookup == .due else { return }
    prompt.parsed = parsed(prompt, isTyping: true)
    let isSlow = isSlow(prompt)
    prompt.lookup = isSlow ? .deferred : .done
    self.prompt = prompt
    if !isSlow { find(prompt) }
  }

  private func isSlow(_ prompt: Prompt) -> Bool {
    attempt { () throws(StorageError) in
      switch prompt.purpose {
      case .filter: try library.isSlow(prompt.parsed.query)
      case .searchAll: try library.isSlow(prompt.parsed.query, isRanked: true)
      default: false
      }
    } ?? false
  }

  /// Looks up what was left until input is idle; `false` where nothing was.
  @discardableResult
  func lookUpDeferred() -> Bool {
    lookUpTyped()
    guard let prompt, prompt.lookup == .deferred else { return false }
    self.prompt?.lookup = .done
    find(prompt)
    return true
  }

  private func find(_ prompt: Prompt) {
    let text = prompt.field.text
    switch prompt.purpose {
    case .filter(_, let selection):
      narrow(to: text, asking: prompt.parsed.query, wanting: selection)
    case .search(let forward, let origin): lookFor(text, from: origin, forward: forward)
    case .helpFilter:
      help?.words = text
      help?.scrollToTop()
    case .searchAll: searchAll(for: text, asking: prompt.parsed.query)
    case .comments(let before): chooseComments(prompt.parsed.comments, before: before)
    case .pickerFilter: picker?.narrow(to: text)
    case .comment(let draft): keepTyped(text, in: draft)
    case .command, .searchName, .tags: break
    }
  }

  private func cancel(_ prompt: Prompt) {
    self.prompt = nil
    switch prompt.purpose {
    case .filter(let before, let selection): cancelFilter(before: before, selection: selection)
    case .search(_, let origin): story?.restore(origin)
    case .helpFilter: help?.words = ""
    case .pickerFilter(let before): picker?.narrow(to: before)
    case .searchAll(let before, let wasReading): (results, isReading) = (before, wasReading)
    case .comments(let before): story?.restore(before)
    case .comment(let draft): cancelTyped(prompt.field.text, of: draft)
    case .command, .searchName, .tags: break
    }
  }

  func accept(_ prompt: Prompt) {
    lookUpDeferred()
    let text = prompt.field.text
    if let kind = prompt.history { remember(text, as: kind) }
    // A filter with a mistake lets stories through that were not asked for: it is none yet.
    let mistakes = parsed(prompt, isTyping: false).mistakes
    guard mistakes.isEmpty else {
      self.prompt?.refusal = mistakes
      return
    }
    self.prompt = nil
    switch prompt.purpose {
    case .filter: if text.isEmpty { narrow(to: "") }
    case .search(let forward, let origin): acceptSearch(text, forward: forward, origin: origin)
    case .helpFilter, .pickerFilter: break
    case .searchAll(let before, _): if text.isEmpty { results = before }
    case .searchName(let old): keepSearch(as: text, renamed: old)
    case .tags(let stories, let shared): keepTags(text, of: stories, shared: shared)
    case .comment(let draft): finish(draft, Composition.text(of: text))
    case .comments: acceptComments()
    case .command: perform(line: text)
    }
  }

  private func acceptSearch(_ text: String, forward: Bool, origin: StoryScreen.Origin) {
    let typed = text.isEmpty ? lastSearch.typed : text
    guard !typed.isEmpty else {
      return say("No search yet · type words after \(key(for: .search))")
    }
    lastSearch = (typed, forward)
    remember(typed, as: .search)
    if text.isEmpty { return repeatSearch(forward: forward, origin: origin) }
    if story?.hits.matches.isEmpty == true {
      story?.restore(origin)
      story?.hits = Hits()
      sayNotFound(typed)
    } else {
      rememberSearch(from: origin)
    }
  }

  /// An empty line repeats the last search: on to the next match, if it still stands.
  private func repeatSearch(forward: Bool, origin: StoryScreen.Origin) {
    story?.restore(origin)
    if origin.hits.typed == lastSearch.typed {
      perform(.nextMatch, count: nil)
    } else {
      findAgain(forward: forward)
      rememberSearch(from: origin)
    }
  }

  private func remember(_ text: String, as kind: History.Kind) {
    guard !text.isEmpty, history[kind].last != text else { return }
    let line = History.Line(kind, text)
    history.add(line)
    effects.append(.remember(line))
  }

  // MARK: - Completion

  /// Puts in what all that fits have in common; then goes through them, one a press.
  private func complete(_ prompt: inout Prompt, forward: Bool) {
    switch prompt.purpose {
    case .filter, .searchAll, .comments: return completeFilter(&prompt, forward: forward)
    case .tags: return completeTag(&prompt, forward: forward)
    case .command where isInFilter(prompt): return completeFilter(&prompt, forward: forward)
    default: break
    }
    guard case .command = prompt.purpose else { return }
    guard prompt.walk == nil else { return prompt.complete(forward: forward) }
    let fitting = completions(of: prompt.field.text).map(\.line)
    guard let common = commonStart(fitting) else {
      return say(
        uncompleted(prompt.field.text).map { "What follows \($0) is not completed" }
          ?? "Nothing begins with that")
    }
    if common != prompt.field.text {
      // A lone command that takes words is followed by them.
      let isVerb = fitting.count == 1 && LineVerb(rawValue: common)?.argument.isEmpty == false
      let isSetting = fitting.count == 1 && common.hasPrefix("set ")
      let isName = isSetting && common.split(separator: " ").count == 2
      return prompt.field.set(isVerb || isName ? common + " " : common)
    }
    prompt.complete(with: fitting, forward: forward)
  }
}

/// What all of some lines begin with; `nil` of none.
private func commonStart(_ lines: [String]) -> String? {
  guard var common = lines.first else { return nil }
  for line in lines.dropFirst() {
    while !line.hasPrefix(common) { common.removeLast() }
  }
  return common
}
