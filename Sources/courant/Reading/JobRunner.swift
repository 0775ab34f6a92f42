import App
import Intake
import Terminal
import Threads

/// Runs jobs on a thread beside the reader, one at a time and in the order in which they were asked
/// for, and reports of them through the inbox.
///
/// One at a time, for importers would only wait for each other's transactions. The wishes to stop
/// belong to it. What is reported of a job after its end is dropped, so that no job ever comes back.
///
/// All calls but `quit` return at once, on any thread. Every event is posted while the state is
/// locked; so events arrive in the order of what happened.
final class JobRunner: Sendable {
  /// Does a job on the thread that calls it, and says how it ended.
  typealias Work = @Sendable (Job, JobReport) -> Job.Outcome

  private struct State {
    var waiting: [Job] = []
    /// The jobs that run, each with its wish to stop.
    var running: [JobID: Cancellation] = [:]
    /// Whether there is a thread that takes what waits.
    var hasThread = false
    var isQuitting = false
    var changeInterval = JobRunner.leastInterval
  }

  /// The least time between two reports of one kind: ten a second are enough for the eye, and each
  /// costs a frame.
  static let leastInterval = Duration.milliseconds(100)

  private let state = Monitor(State())
  private let inbox: Inbox<Event>
  private let work: Work

  init(_ inbox: Inbox<Event>, work: @escaping Work) {
    self.inbox = inbox
    self.work = work
  }

  /// Runs a job once those before it have ended.
  func start(_ job: Job) {
    let needsThread = state.change { state in
      guard !state.isQuitting else { return false }
      state.waiting.append(job)
      defer { state.hasThread = true }
      return !state.hasThread
    }
    guard needsThread, !startThread({ [self] in runWaiting() }) else { return }
    state.change { $0.hasThread = false }
    endWaiting { _ in .failed("The system gives no thread to work in the background") }
  }

  /// Asks a job to stop at the next point where nothing is half done; one that waits ends at once.
  func cancel(_ id: JobID) {
    state.change { $0.running[id]?.cancel() }
    endWaiting { $0.id == id ? .cancelled("not begun") : nil }
  }

  /// Asks everything to stop, and waits for at most so many milliseconds until it has.
  ///
  /// Where that is too short the program may end all the same: of a transaction that is cut off
  /// nothing is kept.
  func quit(within milliseconds: Int) {
    state.change { state in
      state.isQuitting = true
      state.waiting = []
      for cancellation in state.running.values { cancellation.cancel() }
    }
    _ = state.wait(atMost: milliseconds) { $0.running.isEmpty }
  }

  /// Takes how long the first thread needed to show that the library has changed.
  ///
  /// The reports of changes then come so rarely that this takes no more than a tenth of its time.
  func setCostOfChange(_ cost: Duration) {
    state.change { $0.changeInterval = max(Self.leastInterval, cost * 10) }
  }

  /// The least time between two reports that the library has changed.
  var changeInterval: Duration { state.read(\.changeInterval) }

  /// Posts an event of a job, unless the job has ended.
  func post(_ event: Event, of id: JobID) {
    state.change { state in
      if state.running[id] != nil { inbox.post(event) }
    }
  }

  // MARK: - On the thread of the jobs

  private func runWaiting() {
    while let (job, cancellation) = takeWaiting() {
      let report = JobReport(of: job.id, cancellation, to: self)
      let outcome = work(job, report)
      state.change { state in
        state.running[job.id] = nil
        inbox.post(.ended(job.id, outcome))
      }
    }
  }

  private func takeWaiting() -> (Job, Cancellation)? {
    state.change { state in
      guard !state.waiting.isEmpty else {
        state.hasThread = false
        return nil
      }
      let job = state.waiting.removeFirst()
      let cancellation = Cancellation()
      state.running[job.id] = cancellation
      // The first report: it says that the job waits no more.
      inbox.post(.progress(job.id, Job.Progress(done: 0)))
      return (job, cancellation)
    }
  }

  /// Ends the waiting jobs to which `outcome` gives one.
  private func endWaiting(_ outcome: (Job) -> Job.Outcome?) {
    state.change { state in
      state.waiting.removeAll { job in
        guard let outcome = outcome(job) else { return false }
        inbox.post(.ended(job.id, outcome))
        return true
      }
    }
  }
}

/// What a job reports by while it runs, at a bounded rate, and asks whether to go on.
///
/// It is used on the thread of the job only.
final class JobReport {
  /// The wish to stop; work that takes long asks for it now and then.
  let cancellation: Cancellation
  private let id: JobID
  private let runner: JobRunner
  private var lastProgress: ContinuousClock.Instant?
  private var lastChange: ContinuousClock.Instant?

  init(of id: JobID, _ cancellation: Cancellation, to runner: JobRunner) {
    self.id = id
    self.cancellation = cancellation
    self.runner = runner
  }

  /// Reports how far the job is, unless the last report is younger than the eye sees.
  func progress(_ progress: Job.Progress) {
    guard isDue(lastProgress, after: JobRunner.leastInterval) else { return }
    lastProgress = .now
    runner.post(.progress(id, progress), of: id)
  }

  /// Reports that the library has changed; the last such report of a job is never left out.
  func libraryChanged(isLast: Bool = false) {
    guard isLast || isDue(lastChange, after: runner.changeInterval) else { return }
    lastChange = .now
    runner.post(.libraryChanged, of: id)
  }

  private func isDue(_ last: ContinuousClock.Instant?, after interval: Duration) -> Bool {
    last.map { ContinuousClock.now - $0 >= interval } ?? true
  }
}
