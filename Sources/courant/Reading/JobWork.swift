import App
import Files
import Intake
import Parsing
import Storage
import Stories
import Threads

/// Does the jobs of every kind; a new kind is a case of `Job.Kind`, and here what it does.
struct JobWork: Sendable {
  /// Made of the settings; its wish to stop is replaced by that of each job.
  let importer: Importer

  /// Does a job, reporting as it goes; returns once it has ended or was cancelled.
  func run(_ job: Job, _ report: JobReport) -> Job.Outcome {
    switch job.kind {
    case .importTyped(let typed): importPages(at: [typedPath(typed)], report)
    case .importPaths(let paths): importPages(at: paths.map { Path(bytes: $0) }, report)
    case .refresh: refresh(report)
    }
  }

  private func importPages(at paths: [Path], _ report: JobReport) -> Job.Outcome {
    if let address = paths.first, isWebAddress(address) { return add(address.text, report) }
    var importer = importer
    importer.cancellation = report.cancellation
    do throws(StorageError) {
      var changed = 0
      var failures: [String] = []
      let summary = try importer.importPaths(paths) { progress in
        let failed = progress.summary.failed.prefix(Job.Outcome.mostProblems)
        failures += failed.dropFirst(failures.count).map(\.message)
        report.progress(
          Job.Progress(
            done: progress.done, total: progress.total, words: progress.summary.words,
            problems: failures))
        guard progress.changed > changed else { return }
        changed = progress.changed
        report.libraryChanged()
      }
      report.libraryChanged(isLast: true)
      let problems = summary.problems
      if !problems.isEmpty || summary.isCancelled {
        // By the files' own names: what was typed means something else in another folder.
        let names = paths.map { canonicalPath($0).shown }.joined(separator: " ")
        let state = summary.isCancelled ? ", cancelled" : ""
        LogFile().append("import of \(names)\(state): \(summary.words)", problems)
      }
      let state: Job.Outcome.State =
        summary.isCancelled ? .cancelled : problems.isEmpty ? .done : .failed
      return Job.Outcome(
        state, summary.words, problems: problems, updated: summary.updated.count)
    } catch {
      return .failed(error.message)
    }
  }
}

// MARK: - The network

extension JobWork {
  /// Brings what stands at an address into the library.
  private func add(_ address: String, _ report: JobReport) -> Job.Outcome {
    let shown = WebAddress.shown(address)
    report.progress(Job.Progress(done: 0, total: 1))
    var importer = importer
    importer.cancellation = report.cancellation
    do throws(StorageError) {
      let intake = AddressIntake(
        importer: importer, setup: networkSetup(), cancellation: report.cancellation)
      let outcome = try intake.add(address)
      report.libraryChanged(isLast: true)
      try Library(path: importer.library).indexing.finish()
      switch outcome {
      case .story(let added):
        var updated = 0
        if case .updated = added { updated = 1 }
        return Job.Outcome(.done, "\(shown): \(added.words)", updated: updated)
      case .subscribed(let source): return .done(source.words)
      case .choice(let feeds):
        let names = feeds.map { feed in
          ":add \(WebAddress.shown(feed.address))" + (feed.title.map { " (\($0))" } ?? "")
        }
        return Job.Outcome(
          .failed, "\(shown) names \(feeds.count) feeds; add one of them", problems: names)
      case .failed(let words): return .failed("\(shown): \(words)")
      case .cancelled: return .cancelled("nothing was added")
      }
    } catch {
      return .failed(error.message)
    }
  }

  /// Fetches all feeds, and indexes what came.
  private func refresh(_ report: JobReport) -> Job.Outcome {
    do throws(StorageError) {
      let refresher = Refresher(
        library: importer.library, setup: networkSetup(), cancellation: report.cancellation)
      var stories = 0
      let summary = try refresher.run(.all) { progress in
        report.progress(
          Job.Progress(
            done: progress.done, total: progress.total,
            words: "\(progress.newStories) new, \(progress.failed) failed"))
        guard progress.newStories > stories else { return }
        stories = progress.newStories
        report.libraryChanged()
      }
      report.libraryChanged(isLast: true)
      let library = try Library(path: importer.library)
      var pace = IndexingPace()
      while !report.cancellation.isCancelled, try library.indexing.step(&pace) > 0 {}
      return outcome(of: summary)
    } catch {
      return .failed(error.message)
    }
  }

  private func outcome(of summary: Refresher.Summary) -> Job.Outcome {
    if let other = summary.other {
      let count = other.total > 0 ? " (\(other.done) of \(other.total))" : ""
      return .done("another Courant refreshes\(count)")
    }
    if let stopped = summary.stopped { return .failed(stopped.message) }
    if summary.isOffline { return .failed("no network; what is here can be read") }
    let problems = summary.failures.map { "\($0.name): \($0.problem.words)" }
    let state: Job.Outcome.State =
      summary.isCancelled
      ? .cancelled : summary.failures.contains(where: \.isNews) ? .failed : .done
    return Job.Outcome(
      state, summary.words, problems: problems, updated: summary.updatedStories.count)
  }
}

extension Importer.Summary {
  /// "12 stories added, 1 updated, 3 known already".
  var words: String {
    var parts: [String] = []
    if !new.isEmpty || restored.isEmpty {
      parts.append(new.count == 1 ? "1 story added" : "\(new.count) stories added")
    }
    if !restored.isEmpty {
      parts.append(
        restored.count == 1
          ? "1 story that you had deleted is back"
          : "\(restored.count) stories that you had deleted are back")
    }
    if !updated.isEmpty { parts.append("\(updated.count) updated") }
    if !same.isEmpty { parts.append("\(same.count) known already") }
    if !failed.isEmpty { parts.append("\(failed.count) failed") }
    return parts.joined(separator: ", ")
  }

  /// A sentence for each page and folder that gave no story, and for an end before the end.
  var problems: [String] { failed.map(\.message) + (stopped.map { [$0.message] } ?? []) }
}
