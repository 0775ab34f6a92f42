internal import Display
internal import Storage

/// The work that runs beside the reader: what is asked for, how it stands, and what is said of it.
///
/// It starts and stops nothing itself: its answers ask for that by ``Effect``.
struct BackgroundJobs {
  private(set) var table = JobTable()

  /// Whether nothing runs or waits.
  var isIdle: Bool { table.active.isEmpty }

  /// How many jobs or pages a message names; of more it says how many there are.
  private static let mostNamed = 3

  /// How many updated stories one change of the library holds, which undo takes back at once.
  private static let mostUndone = 100

  /// Asks for a job.
  mutating func start(_ kind: Job.Kind) -> Reply { .effect(.start(table.add(kind))) }

  /// Fetches all feeds, unless that waits or runs already.
  mutating func refresh() -> Reply {
    guard !table.active.contains(where: { $0.isWanted && $0.job.kind == .refresh }) else {
      return .say("The feeds are being fetched already")
    }
    return start(.refresh)
  }

  /// Imports the page or folder at a typed path, unless that waits or runs already.
  mutating func add(typed path: String, _ environment: Environment) -> Reply {
    let shown = truncated(safe(path, oneLine: true), to: 60, isASCII: environment.isASCII)
    let files = environment.options.files
    let wanted = files.canonical(files.path(path))
    let isKnown = table.active.contains { row in
      row.isWanted && row.job.kind.paths(files).contains(wanted)
    }
    guard !isKnown else { return .say("\(shown) is being added already") }
    let isFirst = isIdle
    let start = start(.importTyped(path))
    let words = isFirst ? "Adding \(shown)" : "\(shown) is added when the running import has ended"
    return .several([start, .say(words)])
  }
}

// MARK: - Reports

extension BackgroundJobs {
  mutating func receive(_ progress: Job.Progress, of id: JobID) { table.note(progress, of: id) }

  /// Notes the end of a job; the answer says how it ended.
  mutating func receive(
    _ outcome: Job.Outcome, of id: JobID, _ environment: Environment
  ) -> Reply {
    guard let row = table[id], table.end(id, outcome) else { return .done }
    // The answer to the key that cancelled it named it.
    if outcome.state == .cancelled, row.state == .stopping(nil) { return .done }
    let words = message(of: outcome, row.job.kind, environment)
    return outcome.state == .failed ? .fail(words) : .say(words)
  }

  private func message(
    of outcome: Job.Outcome, _ kind: Job.Kind, _ environment: Environment
  ) -> String {
    var words = outcome.brief
    if outcome.state == .cancelled { words = "\(kind.noun.capitalizedFirst) \(words)" }
    if outcome.problems.count > 1 {
      words += "\(environment.dot)\(environment.key(for: .jobs)) lists what failed"
    }
    // Comments that were added are an update too, and leave nothing to bring back.
    let next = try? environment.library.changes.nextToUndo()
    if outcome.updated > 0, next?.isOfText == true {
      let many = outcome.updated > Self.mostUndone ? ", \(Self.mostUndone) at a time" : ""
      let what = outcome.updated == 1 ? "the old text" : "the old texts"
      words += "\(environment.dot)\(environment.key(for: .undo)) brings \(what) back\(many)"
    }
    return safe(words, oneLine: true)
  }
}

// MARK: - Cancelling

extension BackgroundJobs {
  /// Cancels the job with a number, or all that have not ended.
  mutating func cancel(number: Int?, _ environment: Environment) -> Reply {
    guard let number else { return cancel(table.active, environment) }
    guard let row = table[JobID(number)], row.isActive else {
      return .say(
        "There is no job \(number) that runs or waits\(environment.dot):jobs lists them")
    }
    return cancel([row], environment)
  }

  private mutating func cancel(_ rows: [JobTable.Row], _ environment: Environment) -> Reply {
    guard !rows.isEmpty else { return .say("Nothing runs in the background") }
    let asked = rows.filter { table.cancel($0.job.id) }
    guard !asked.isEmpty else { return .say("It stops as soon as the page that is read is done") }
    var parts: [String] = []
    let begun = asked.filter { $0.state != .waiting }
    if !begun.isEmpty {
      let names = begun.map { "the \($0.job.kind.noun) of \($0.job.shownSubject)" }
      parts.append("Stopping \(list(names))")
    }
    let waiting = asked.filter { $0.state == .waiting }
    if !waiting.isEmpty {
      let who = waiting.count == 1 ? "it" : "they"
      parts.append("Cancelled: \(list(waiting.map(\.job.words))), before \(who) began")
    }
    if let rest { parts.append(rest) }
    return .several(
      asked.map { .effect(.cancel($0.job.id)) } + [.say(parts.joined(separator: environment.dot))])
  }

  /// What becomes of the jobs that nobody cancelled; `nil` where there are none.
  private var rest: String? {
    let wanted = table.rows.filter(\.isWanted)
    guard let first = wanted.first else { return nil }
    let isRunning = first.progress != nil
    guard wanted.count == 1 else {
      return "\(wanted.count) jobs \(isRunning ? "go on" : "are still to come")"
    }
    return "\(first.job.shownSubject) \(isRunning ? "goes on" : "is still to come")"
  }

  /// "a, b and 3 more".
  private func list(_ names: [String]) -> String {
    let rest = names.count - Self.mostNamed
    guard rest <= 0 else {
      return names.prefix(Self.mostNamed).joined(separator: ", ") + " and \(rest) more"
    }
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and \(last)"
  }
}

// MARK: - The list of jobs

extension BackgroundJobs {
  /// The list of jobs, opened at the first that has not ended, or else at the newest.
  func list(_ environment: Environment) -> Reply {
    guard !table.rows.isEmpty else {
      return .say("Nothing runs in the background, and nothing has since Courant was started")
    }
    let first = table.rows.firstIndex(where: \.isActive) ?? table.rows.count - 1
    return .push(
      .picker(Picker(.jobs, entries(environment), at: first)),
      instead: ":cancel cancels what runs, :cancel NUMBER one job")
  }

  /// Takes a job that was chosen: shows what it does or what came of it, or cancels it.
  mutating func take(_ id: JobID, isCancelling: Bool, _ environment: Environment) -> Reply {
    guard let row = table[id] else { return .done }
    // Only a key of its own cancels: in every other list the key that opens does no harm.
    guard isCancelling else { return .push(.job(JobScreen(row)), instead: "") }
    guard case .ended(let outcome) = row.state else { return cancel([row], environment) }
    return .say("\(row.words): \(safe(outcome.brief, oneLine: true))")
  }

  func entries(_ environment: Environment) -> [Picker.Entry] {
    table.rows.map { row in
      Picker.Entry(
        depth: 0, words: row.pathWords.whole, pathWords: row.pathWords,
        facts: row.mark(isASCII: environment.isASCII) + safe(row.standing, oneLine: true),
        marker: String(row.job.id.number), target: .job(row.job.id),
        hasEnded: !row.isActive)
    }
  }
}

// MARK: - At the end of the program

extension BackgroundJobs {
  /// What leaving now would stop, and the key that does so all the same; `nil` where nothing runs.
  func wordsBeforeLeaving(_ environment: Environment) -> String? {
    let active = table.active
    guard let first = active.first else { return nil }
    let key = environment.key(for: .back)
    return active.count == 1
      ? "The \(first.job.kind.noun) still runs; \(key) again leaves, and stops it"
      : "\(active.count) jobs still run; \(key) again leaves, and stops them"
  }

  /// What is to be said of jobs that had not ended when the program was left, a sentence each.
  func wordsAtEnd(of ids: [JobID]) -> [String] {
    let rows = ids.compactMap { table[$0] }
    let sentences = rows.compactMap(\.wordsAtEnd)
    guard sentences.count > Self.mostAtEnd else { return sentences }
    let rest = sentences.count - Self.mostAtEnd
    return sentences.prefix(Self.mostAtEnd)
      + ["\(counted(rest, "more job", "more jobs")) did not end either"]
  }

  /// How many lines the end of the program may take.
  private static let mostAtEnd = 8
}

extension JobTable.Row {
  /// `nil` of what was done by then.
  fileprivate var wordsAtEnd: String? {
    switch state {
    case .waiting, .stopping(nil): return "\(name) was not begun\(goesOn)"
    case .running(let progress), .stopping(let progress?):
      // The work has not answered in time: its last transaction may be cut off.
      let total = progress.total.map { " of \($0)" } ?? ""
      return
        "\(name) was stopped at \(progress.done)\(total); what was done until then is kept\(goesOn)"
    case .ended(let outcome):
      switch outcome.state {
      case .done: return nil
      case .failed: return "\(name): \(outcome.brief)"
      case .cancelled: return "\(name) was stopped: \(outcome.words)\(goesOn)"
      }
    }
  }

  /// How to have the rest done, as the end of a sentence.
  private var goesOn: String {
    switch job.kind {
    case .importTyped, .importPaths: "; adding it again goes on"
    case .refresh: ""
    }
  }

  private var name: String { "the \(job.kind.noun) of \(job.shownSubject)" }
}
