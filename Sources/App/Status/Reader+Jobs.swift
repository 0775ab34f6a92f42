internal import Display

// Background work: starting, reports, cancelling, and the list that `:jobs` shows.
extension Reader {
  /// Asks for a job; the answer says whether another one goes first.
  @discardableResult
  func start(_ kind: Job.Kind) -> Job {
    let job = jobs.add(kind)
    effects.append(.start(job))
    refreshJobList()
    return job
  }

  /// Imports the page or folder at a typed path.
  func add(typed path: String) {
    let isFirst = jobs.active.isEmpty
    start(.importTyped(path))
    let shown = truncated(safe(path, oneLine: true), to: 60)
    say(isFirst ? "Adding \(shown)" : "\(shown) is added when the running import has ended")
  }

  // MARK: - Reports

  func receive(_ progress: Job.Progress, of id: JobID) {
    if jobs.note(progress, of: id) { refreshJobList() }
  }

  func receive(_ outcome: Job.Outcome, of id: JobID) {
    guard jobs.end(id, outcome) else { return }
    switch outcome {
    case .done(let words), .cancelled(let words): say(safe(words, oneLine: true))
    case .failed(let words): fail(safe(words, oneLine: true))
    }
    keepMessage()
    refreshJobList()
  }

  // MARK: - Cancelling

  /// Cancels the job with a number, or all that have not ended.
  func cancelJobs(number: Int? = nil) {
    guard let number else { return cancel(jobs.active) }
    guard let row = jobs[JobID(number)], row.isActive else {
      return say("There is no job \(number) that runs or waits\(here.dot):jobs lists them")
    }
    cancel([row])
  }

  private func cancel(_ rows: [JobTable.Row]) {
    guard let first = rows.first else { return say("Nothing runs in the background") }
    let asked = rows.map(\.job.id).filter { jobs.cancel($0) }
    effects += asked.map(Effect.cancel)
    if asked.isEmpty {
      say("It stops as soon as the page that is read is done")
    } else if rows.count == 1 {
      say("Stopping: \(words(for: first.job))")
    } else {
      say("Stopping \(asked.count) jobs")
    }
    refreshJobList()
  }

  /// `^C`: cancels background work, and where there is none, does what Esc does.
  func interrupt(count: Int?) {
    if jobs.active.isEmpty, count == nil {
      perform(.clear, count: nil)
    } else {
      cancelJobs(number: count)
    }
  }

  // MARK: - The list of jobs

  /// The list of jobs, opened at the first that has not ended, or else at the newest.
  var jobList: Reply {
    guard !jobs.rows.isEmpty else {
      return .say("Nothing runs in the background, and nothing has since Courant was started")
    }
    let first = jobs.rows.firstIndex(where: \.isActive) ?? jobs.rows.count - 1
    return .push(
      .picker(Picker("Jobs", jobEntries, at: first)),
      instead: ":cancel cancels what runs, :cancel NUMBER one job")
  }

  /// Cancels a job of the list; of one that has ended, says how.
  func takeJob(_ id: JobID) {
    guard let row = jobs[id] else { return }
    if row.isActive { return cancel([row]) }
    say("\(words(for: row.job)): \(safe(row.standing, oneLine: true))")
  }

  /// Brings the list up to date while it is open; the selected job stays selected.
  private func refreshJobList() {
    let entries = jobEntries
    guard !entries.isEmpty else { return }
    workspace.overlays.changePickers { if $0.isOfJobs { $0.replace(with: entries) } }
  }

  private var jobEntries: [Picker.Entry] {
    jobs.rows.map { row in
      Picker.Entry(
        depth: 0, words: words(for: row.job),
        facts: truncated(safe(row.standing, oneLine: true), to: 32),
        marker: String(row.job.id.number), target: .job(row.job.id))
    }
  }

  /// "Importing ~/pages".
  private func words(for job: Job) -> String {
    truncated("\(job.kind.activity) \(safe(job.kind.subject, oneLine: true))", to: 60)
  }
}
