/// The jobs that were asked for: those that wait, run, or ended not long ago.
///
/// It alone gives out IDs. What is reported of a job that has ended, or that it does not know,
/// changes nothing: messages cross between threads, so a report may arrive after the end.
struct JobTable {
  enum State: Hashable {
    /// Asked for; nothing has been reported of it yet.
    case waiting
    case running(Job.Progress)
    /// Cancelled, and not ended yet: it finishes the step it is at; `nil` where it had not begun.
    case stopping(Job.Progress?)
    case ended(Job.Outcome)
  }

  struct Row: Hashable {
    let job: Job
    var state: State

    /// Whether it waits or runs, and was not cancelled.
    var isWanted: Bool {
      switch state {
      case .waiting, .running: true
      case .stopping, .ended: false
      }
    }

    var isActive: Bool { if case .ended = state { false } else { true } }
  }

  /// In the order in which they were asked for.
  private(set) var rows: [Row] = []
  private var lastNumber = 0

  /// How many ended jobs are remembered.
  static let mostEnded = 20

  /// Those that have not ended.
  var active: [Row] { rows.filter(\.isActive) }

  /// Enters a new job, waiting, under an ID of its own.
  mutating func add(_ kind: Job.Kind) -> Job {
    lastNumber += 1
    let job = Job(id: JobID(lastNumber), kind: kind)
    rows.append(Row(job: job, state: .waiting))
    return job
  }

  /// Notes how far a job is; `false` where it has ended or is unknown.
  @discardableResult
  mutating func note(_ progress: Job.Progress, of id: JobID) -> Bool {
    guard let index = activeIndex(id) else { return false }
    if case .stopping = rows[index].state {
      rows[index].state = .stopping(progress)
    } else {
      rows[index].state = .running(progress)
    }
    return true
  }

  /// Notes that a job was asked to stop; `false` where it has ended, is unknown, or was asked before.
  mutating func cancel(_ id: JobID) -> Bool {
    guard let index = activeIndex(id) else { return false }
    switch rows[index].state {
    case .waiting: rows[index].state = .stopping(nil)
    case .running(let progress): rows[index].state = .stopping(progress)
    case .stopping, .ended: return false
    }
    return true
  }

  /// Notes the end of a job; `false` where it had ended before or is unknown.
  mutating func end(_ id: JobID, _ outcome: Job.Outcome) -> Bool {
    guard let index = activeIndex(id) else { return false }
    rows[index].state = .ended(outcome)
    let surplus = rows.count - active.count - Self.mostEnded
    if surplus > 0, let oldest = rows.firstIndex(where: { !$0.isActive }) {
      rows.remove(at: oldest)
    }
    return true
  }

  subscript(_ id: JobID) -> Row? { rows.first { $0.job.id == id } }

  private func activeIndex(_ id: JobID) -> Int? {
    rows.firstIndex { $0.job.id == id && $0.isActive }
  }
}

// MARK: - Sums

extension JobTable {
  /// What is done and what there is to do in all running jobs; `nil` where none runs.
  ///
  /// The total is unknown as long as that of any of them is.
  var progress: Job.Progress? {
    let running = active.compactMap(\.progress)
    guard !running.isEmpty else { return nil }
    let totals = running.compactMap(\.total)
    return Job.Progress(
      done: running.reduce(0) { $0 + $1.done },
      total: totals.count == running.count ? totals.reduce(0, +) : nil)
  }

  /// The share of the running work that is done, 0…1, or -1 where it is not known; `nil` where
  /// nothing runs.
  var fraction: Double? {
    guard let progress else { return nil }
    guard let total = progress.total, total > 0 else { return -1 }
    return min(1, max(0, Double(progress.done) / Double(total)))
  }

  /// The running work for the status line: "Importing 3 of 240, 1 waiting"; `nil` where nothing runs.
  var words: String? {
    let active = active
    let running = active.filter { $0.progress != nil }
    guard let progress, let first = running.first else { return nil }
    let activities = Set(running.map(\.job.kind.activity))
    var words = activities.count == 1 ? first.job.kind.activity : "\(running.count) jobs"
    if let total = progress.total {
      words += " \(progress.done) of \(total)"
    } else if progress.done > 0 {
      words += " \(progress.done)"
    }
    let waiting = active.count - running.count
    return waiting > 0 ? words + ", \(waiting) waiting" : words
  }

  /// The same where there is little room: "40/300", "40/?" while the whole is not known.
  var shortWords: String? {
    progress.map { "\($0.done)/\($0.total.map { String($0) } ?? "?")" }
  }
}

extension JobTable.Row {
  /// How far it is while it runs; `nil` before and after.
  var progress: Job.Progress? {
    switch state {
    case .running(let progress): progress
    case .stopping(let progress): progress
    case .waiting, .ended: nil
    }
  }

  /// How it stands, for the list of jobs: "40 of 300", "waiting", "12 stories added".
  var standing: String {
    switch state {
    case .waiting: return "waiting"
    case .stopping: return "stopping"
    case .ended(let outcome): return outcome.sentence
    case .running(let progress):
      if let total = progress.total { return "\(progress.done) of \(total)" }
      return progress.done > 0 ? "\(progress.done)" : "running"
    }
  }
}
