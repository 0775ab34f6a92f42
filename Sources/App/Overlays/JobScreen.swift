internal import Display
internal import Storage

/// One job: what it does while it runs, and all that came of it once it has ended.
struct JobScreen {
  /// The job as it stands now; the reader brings it up to date while the screen is open.
  var row: JobTable.Row
  var typed = ""
  var text = ScrolledText()

  init(_ row: JobTable.Row) { self.row = row }

  func lines(_ environment: Environment) -> [Line] {
    let columns = environment.size.columns
    let margin = columns < 40 ? 1 : 2
    let room = max(1, columns - 2 * margin)
    func paragraph(_ words: String, _ role: Role, hanging: Int = 0) -> [Line] {
      wrapped(safe(words, oneLine: true), to: max(1, room - hanging)).enumerated().map {
        Line([Span(spaces(margin + ($0.offset == 0 ? 0 : hanging))), Span($0.element, role)])
      }
    }
    var lines = paragraph(row.pathWords.whole, .headline)
    lines += row.paths(environment.options.files).flatMap { paragraph($0, .faint, hanging: 2) }
    lines.append(Line())
    lines += row.sentences.flatMap { paragraph($0, .text) }
    let problems = row.problems
    guard !problems.isEmpty else { return lines }
    let words = typed.lowercased().split(separator: " ")
    let shown = problems.filter { problem in
      let problem = problem.lowercased()
      return words.allSatisfy { problem.contains($0) }
    }
    lines += [Line()] + paragraph("What failed", .heading)
    if shown.isEmpty { lines += paragraph("Nothing that failed has these words.", .faint) }
    return lines + shown.flatMap { paragraph($0, .text, hanging: 2) }
  }
}

// MARK: - As an overlay

extension JobScreen: TextScreen {
  var overlay: Overlay { .job(self) }
  var helpTopic: HelpTopic { .job }
  var showsJobs: Bool { true }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    switch command {
    // Here it means this job, whatever else runs.
    case .cancelJobs where row.isActive && count == nil:
      .takeJob(row.job.id, isCancelling: true)
    // It stands over the list of jobs.
    case .jobs: .pop
    default: performOnText(command, count: count)
    }
  }

  func keyHints(_ environment: Environment) -> [String] {
    let first =
      row.isActive
      ? environment.keyHint("cancels it", .cancelJobs) : environment.keyHint("narrows", .filter)
    return [first, environment.keyHint("back", .back)]
  }

  /// What a command does here; `nil` where it does nothing.
  static func words(for command: Command) -> String? {
    switch command {
    case .back: "Back to the list of jobs"
    case .jobs: "Back to the list of jobs"
    case .clear: "Show all that failed again; then back to the list of jobs"
    case .filter: "Show only what failed with these words, while you type"
    case .cancelJobs: "Cancel this job; once it has ended, whatever else runs"
    case .down, .up, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .top, .bottom, .quit, .help,
      .commandLine, .redraw, .suspend:
      command.entry.words
    default: nil
    }
  }

  func position(_ environment: Environment) -> String? { text.percentWords ?? "" }
}

// MARK: - What is said of a job

extension JobTable.Row {
  /// How many paths are named on the screen of a job.
  private static let mostPaths = 20

  /// What it reads, by the files' own names where they were typed otherwise.
  fileprivate func paths(_ files: FileNames) -> [String] {
    let typed = job.kind.subjects
    let paths = job.kind.paths(files).map { String(decoding: $0, as: UTF8.self) }
    guard paths != typed || paths.count > 1 else { return [] }
    let rest = paths.count - Self.mostPaths
    return rest <= 0 ? paths : paths.prefix(Self.mostPaths) + ["and \(rest) more"]
  }

  /// How far it is, and what came of it so far.
  fileprivate var sentences: [String] {
    switch state {
    case .waiting: return ["Waiting until the jobs before it have ended"]
    case .stopping(nil): return ["Stopping"]
    case .running(let progress): return [far(progress)] + soFar(progress)
    case .stopping(let progress?): return ["Stopping: \(far(progress))"] + soFar(progress)
    case .ended(let outcome):
      return [outcome.sentence.capitalizedFirst]
    }
  }

  private func soFar(_ progress: Job.Progress) -> [String] {
    progress.words.isEmpty ? [] : [progress.words]
  }

  /// "40 of 300 pages, 13%".
  private func far(_ progress: Job.Progress) -> String {
    let unit = job.kind.unit
    guard let total = progress.total else {
      guard progress.done > 0 else { return "Running" }
      return counted(progress.done, unit.one, unit.many)
    }
    let percent = total > 0 ? ", \(progress.done * 100 / total)%" : ""
    return "\(progress.done) of \(counted(total, unit.one, unit.many))\(percent)"
  }

  /// A sentence for each thing that failed until now.
  fileprivate var problems: [String] {
    switch state {
    case .waiting: []
    case .running(let progress): progress.problems
    case .stopping(let progress): progress?.problems ?? []
    case .ended(let outcome): outcome.problems
    }
  }
}
