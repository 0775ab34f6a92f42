import App
import Files
import Intake
import Storage
import Terminal

/// An import that runs beside the reader and tells of itself through the inbox.
struct ImportJob: Sendable {
  var importer: Importer
  var paths: [Path]

  func start(_ inbox: Inbox<Event>) {
    let isStarted = startThread { run(inbox) }
    if !isStarted { inbox.post(.failed("The import could not be started")) }
  }

  private func run(_ inbox: Inbox<Event>) {
    defer { inbox.post(.progress(nil)) }
    do throws(StorageError) {
      var told = 0
      let summary = try importer.importPaths(paths) { progress in
        // A screen shows no more than a hundred steps, and each costs a frame.
        guard progress.done - told >= max(1, progress.total / 100) else { return }
        told = progress.done
        let work = Event.Work("Importing", done: progress.done, total: progress.total)
        inbox.post(.progress(work))
      }
      inbox.post(.libraryChanged)
      if let problem = summary.problems.first {
        inbox.post(.failed("\(summary.words): \(problem)"))
      } else {
        inbox.post(.notice(summary.words))
      }
    } catch {
      inbox.post(.failed(error.message))
    }
  }
}

extension Importer.Summary {
  /// "12 stories added, 1 updated, 3 known already".
  var words: String {
    var parts = [new.count == 1 ? "1 story added" : "\(new.count) stories added"]
    if !updated.isEmpty { parts.append("\(updated.count) updated") }
    if !same.isEmpty { parts.append("\(same.count) known already") }
    if !failed.isEmpty { parts.append("\(failed.count) failed") }
    return parts.joined(separator: ", ")
  }

  /// A sentence for each page and folder that gave no story, and for an end before the end.
  var problems: [String] { failed.map(\.message) + (stopped.map { [$0.message] } ?? []) }
}
