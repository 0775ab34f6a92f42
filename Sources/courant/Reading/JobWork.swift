import App
import Files
import Intake
import Storage
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
    }
  }

  private func importPages(at paths: [Path], _ report: JobReport) -> Job.Outcome {
    for path in paths where isWebAddress(path) { return .failed(fetchRefusal(path)) }
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
