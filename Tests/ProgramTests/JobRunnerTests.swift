import App
import Intake
import Terminal
import Testing
import Threads

@testable import courant

/// Jobs on a thread of their own: their order, their ends and what is reported of them.
@Suite struct JobRunnerTests {
  let inbox: Inbox<Event>

  init() throws { inbox = try Inbox<Event>() }

  private func job(_ number: Int) -> Job {
    Job(id: JobID(number), kind: .importTyped("\(number)"))
  }

  /// All events until a job has ended, at most for ten seconds.
  private func events(untilEndOf number: Int) -> [Event] {
    var events: [Event] = []
    let clock = Monitor(())
    for _ in 0..<2000 {
      events += inbox.take()
      if events.contains(where: { if case .ended(JobID(number), _) = $0 { true } else { false } }) {
        break
      }
      _ = clock.wait(atMost: 5) { _ in false }
    }
    return events
  }

  @Test("Jobs run one at a time, in the order in which they were asked for")
  func order() {
    let running = Monitor(0)
    let runner = JobRunner(inbox) { job, _ in
      let together = running.change { count -> Int in
        count += 1
        return count
      }
      _ = running.wait(atMost: 2) { _ in false }
      running.change { $0 -= 1 }
      return .done("\(job.id.number) with \(together)")
    }
    for number in 1...20 { runner.start(job(number)) }
    let expected = (1...20).flatMap { number -> [Event] in
      [.progress(JobID(number), .init(done: 0)), .ended(JobID(number), .done("\(number) with 1"))]
    }
    #expect(events(untilEndOf: 20) == expected)
    // The thread has ended by now, or is about to; another one goes on.
    runner.start(job(21))
    #expect(events(untilEndOf: 21).last == .ended(JobID(21), .done("21 with 1")))
  }

  @Test("A waiting job is cancelled without being begun; one that runs ends in its own time")
  func cancel() {
    let begun = Monitor<[Int]>([])
    let runner = JobRunner(inbox) { job, report in
      begun.change { $0.append(job.id.number) }
      while !report.cancellation.isCancelled { _ = begun.wait(atMost: 1) { _ in false } }
      return .cancelled("stopped")
    }
    for number in 1...3 { runner.start(job(number)) }
    #expect(begun.wait(atMost: 10_000) { $0 == [1] })
    runner.cancel(JobID(2))
    runner.cancel(JobID(1))
    #expect(begun.wait(atMost: 10_000) { $0 == [1, 3] })
    runner.cancel(JobID(3))
    let events = events(untilEndOf: 3)
    #expect(events.contains(.ended(JobID(2), .cancelled("not begun"))))
    #expect(events.contains(.ended(JobID(1), .cancelled("stopped"))))
    #expect(begun.read { $0 } == [1, 3])
    // Of jobs that are over or unknown nothing comes.
    for number in 0...4 { runner.cancel(JobID(number)) }
    #expect(inbox.take().isEmpty)
  }

  @Test("What is reported after the end is dropped")
  func late() {
    let runner = JobRunner(inbox) { job, report in
      report.libraryChanged(isLast: true)
      return .done("ended")
    }
    runner.start(job(1))
    #expect(events(untilEndOf: 1).suffix(2) == [.libraryChanged, .ended(JobID(1), .done("ended"))])
    runner.post(.progress(JobID(1), .init(done: 5)), of: JobID(1))
    runner.post(.libraryChanged, of: JobID(7))
    #expect(inbox.take().isEmpty)
  }

  @Test("However often a job reports, at most ten reports a second pass, fewer in a slow library")
  func rate() {
    let runner = JobRunner(inbox) { _, report in
      for number in 1...50_000 {
        report.progress(.init(done: number))
        report.libraryChanged()
      }
      report.libraryChanged(isLast: true)
      return .done("ended")
    }
    runner.setCostOfChange(.seconds(1))
    #expect(runner.changeInterval == .seconds(10))
    let start = ContinuousClock.now
    runner.start(job(1))
    let events = events(untilEndOf: 1)
    let tenths = (ContinuousClock.now - start) / .milliseconds(100)
    #expect(Double(events.count { if case .progress = $0 { true } else { false } }) <= tenths + 2)
    #expect(events.count { $0 == .libraryChanged } == 2)
    runner.setCostOfChange(.microseconds(1))
    #expect(runner.changeInterval == .milliseconds(100))
  }

  @Test("Quitting stops what runs, begins nothing more, and waits no longer than it may")
  func quit() {
    let isStuck = Monitor(true)
    let begun = Monitor(0)
    let runner = JobRunner(inbox) { job, report in
      begun.change { $0 += 1 }
      while !report.cancellation.isCancelled { _ = begun.wait(atMost: 1) { _ in false } }
      if job.id == JobID(1) { return .cancelled("stopped") }
      isStuck.wait { $0 ? nil : () }
      return .cancelled("stopped late")
    }
    runner.start(job(1))
    runner.start(job(2))
    #expect(begun.wait(atMost: 10_000) { $0 == 1 })
    let start = ContinuousClock.now
    runner.quit(within: 10_000)
    #expect(ContinuousClock.now - start < .seconds(9))
    #expect(events(untilEndOf: 1).last == .ended(JobID(1), .cancelled("stopped")))
    runner.start(job(3))
    #expect(begun.read { $0 } == 1)
    let other = JobRunner(inbox) { _, _ in
      begun.change { $0 += 1 }
      isStuck.wait { $0 ? nil : () }
      return .done("late")
    }
    other.start(job(9))
    #expect(begun.wait(atMost: 10_000) { $0 == 2 })
    other.quit(within: 30)
    #expect(isStuck.read { $0 })
    isStuck.change { $0 = false }
    #expect(events(untilEndOf: 9).last == .ended(JobID(9), .done("late")))
  }
}
