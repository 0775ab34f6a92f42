internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

// `:` lines, typed or bound to a key.
extension Reader {
  func perform(line: String) {
    let parser = LineParser(here)
    let instruction = parser.read(line)
    if parser.isForPane(instruction) { leaveOverlays() }
    switch instruction {
    case .nothing: break
    // By name it never means Esc: who types it may be a moment late.
    case .command(.cancelJobs, let number): carryOut(jobs.cancel(number: number, here))
    case .command(let command, let count): perform(command, count: count)
    case .typed(let command, let words): perform(command, with: words)
    case .mark(let command, let letter): carryOut(PendingMark.reply(to: letter, for: command))
    case .help(let words):
      let help = HelpScreen(HelpTopic(workspace), words: words)
      workspace.overlays.push(.help(help))
    case .verb(let verb, let rest):
      let reply = attempt { () throws(StorageError) in try perform(verb, rest, parser) }
      if let reply { carryOut(reply) }
    case .refused(let words): fail(words)
    }
  }

  /// Leaves all overlays as their own keys do, so that a theme that was only tried is taken back.
  private func leaveOverlays() {
    while !workspace.overlays.isEmpty {
      let count = workspace.overlays.all.count
      if workspace.overlays.takesSingleKeys {
        workspace.overlays.pop()
      } else {
        perform(.back, count: nil)
      }
      guard workspace.overlays.all.count < count else { return }
    }
  }

  /// Performs a command that asks for a line as if some words had been typed there.
  private func perform(_ command: Command, with words: String) {
    perform(command, count: nil)
    guard workspace.prompt != nil else { return }
    // A tag is added to those there are; a search or filter replaces the one before.
    if command != .tag { workspace.prompt?.field.set("") }
    type(.paste(words))
    accept()
  }

  private func perform(
    _ verb: LineVerb, _ rest: String, _ parser: LineParser
  ) throws(StorageError) -> Reply {
    switch verb {
    case .q: perform(.back, count: nil)
    case .noh:
      guard workspace.isReading else { return .say("No search is marked") }
      return workspace.story?.clearSearch() ?? .done
    case .theme: return leavingThemes(for: parser.useTheme(named: rest))
    case .set: return leavingThemes(for: parser.set(rest))
    case .share: return try share(with: rest)
    case .pipe:
      if rest.isEmpty { return .say("Which program? :pipe PROGRAM") }
      guard let id = workspace.currentStory else { return .say("There is no story here") }
      return .effect(.pipe(rest, id))
    case .reload: return .effect(.reload)
    case .filter:
      if !rest.isEmpty { return try showFiltered(rest) }
      perform(.filter, count: nil)
    case .choose:
      if !rest.isEmpty { return try chooseFiltered(rest) }
      perform(.choose, count: nil)
    case .save: return try save(as: rest)
    case .purge: return try PurgeQuestion.asked(here)
    case .add:
      if rest.isEmpty { return .say("Which file or folder? :add PATH") }
      return jobs.add(typed: rest, here)
    }
    return .done
  }

  /// Leaves the list of themes for a change of the settings: its way back would take it back.
  private func leavingThemes(for reply: Reply) -> Reply {
    guard case .themes = workspace.overlays.front else { return reply }
    leaveOverlays()
    return reply
  }

  /// Keeps the filter under a name that was given with the command, or asks for one.
  private func save(as name: String) throws(StorageError) -> Reply {
    let question = workspace.list.askForName(here)
    guard !name.isEmpty, case .ask(let prompt) = question,
      case .searchName(let search) = prompt.purpose
    else { return question }
    let reply = try search.accept(name, here)
    try workspace.sidebar?.reload(in: environment.library, now: environment.now)
    return reply
  }

  /// Shows what a filter lets through, as if it had been typed after `/`.
  private func showFiltered(_ typed: String) throws(StorageError) -> Reply {
    let now = environment.now
    if let mistake = ParsedQuery(typed, now: now).mistakes.first {
      return .fail("Nothing was filtered: \(mistake.words)")
    }
    workspace.results = nil
    try workspace.closeStory(here)
    try workspace.list.narrow(to: typed, in: environment.library, now: now)
    return .done
  }

  /// Chooses every story of the library that a filter lets through.
  private func chooseFiltered(_ typed: String) throws(StorageError) -> Reply {
    let parsed = ParsedQuery(typed, now: environment.now)
    if let mistake = parsed.mistakes.first { return .fail("Nothing was chosen: \(mistake.words)") }
    try workspace.closeStory(here)
    workspace.results = nil
    return try workspace.list.choose(asking: parsed.query, here)
  }
}
