import Files
import Intake
import Storage
import Stories

/// `courant refresh`: fetches feeds and brings their stories into the library.
struct RefreshVerb {
  var invocation: Invocation
  var names: [String]
  var isAll: Bool

  /// `false` if a source failed that worked before, or the library took no more.
  func run() throws(Failure) -> Bool {
    let access = LibraryAccess(invocation)
    let library = try access.existing()
    let choice = try choice(library)
    let interruption = Interruption()
    let progress = ProgressLine("Refreshing")
    let summary: Refresher.Summary
    do throws(StorageError) {
      summary = try Refresher(
        library: access.path, setup: networkSetup(), cancellation: interruption.cancellation
      ).run(choice) { progress.show($0.done, of: $0.total) }
    } catch {
      throw Failure(error.message)
    }
    progress.clear()
    if let other = summary.other {
      let count = other.total > 0 ? " (\(other.done) of \(other.total))" : ""
      try Output.write("Another Courant refreshes\(count)\n")
      return true
    }
    if let stopped = summary.stopped { Output.complain(stopped.message) }
    if summary.isOffline {
      Output.complain("no network; what is in the library can be read")
      return false
    }
    for failure in summary.failures where failure.isNews {
      Output.complain("\(failure.name): \(failure.problem.words)")
    }
    for name in summary.gone { Output.complain("\(name): gone for good, and not fetched any more") }
    for (name, address) in summary.moved {
      Output.complain("\(name): fetched from \(WebAddress.shown(address)) from now on")
    }
    try Output.write(summary.words + "\n")
    if summary.isCancelled { Interruption.end() }
    try access.open().finishIndexing()
    return summary.stopped == nil && !summary.failures.contains(where: \.isNews)
  }

  private func choice(_ library: Library) throws(Failure) -> Refresher.Choice {
    guard !names.isEmpty else { return isAll ? .all : .due }
    var ids: [SubscriptionID] = []
    for name in names { ids.append(try library.source(name).id) }
    return .some(ids)
  }
}

extension Refresher.Failure {
  /// Whether it is reported at the end of a run; later ones stand in the list of sources.
  var isNews: Bool { count == 1 }
}

extension Refresher.Summary {
  /// One line: "1,000 sources: 12 new stories in 7, 3 failed, 2 wait".
  var words: String {
    guard asked > 0 else {
      guard waiting > 0 else { return "No source is due" }
      let sources = waiting == 1 ? "1 source was not asked" : "\(waiting) sources were not asked"
      return "\(sources): fetched a moment ago, or the server wants a pause"
    }
    let sources = asked == 1 ? "1 source" : "\(asked) sources"
    var parts = [
      newStories.isEmpty ? "nothing new" : "\(stories(newStories.count)) in \(sourcesWithNews)"
    ]
    if !updatedStories.isEmpty { parts.append("\(updatedStories.count) updated") }
    if !failures.isEmpty { parts.append("\(failures.count) failed") }
    if waiting > 0 { parts.append("\(waiting) wait") }
    if isCancelled { parts.append("stopped") }
    return "\(sources): " + parts.joined(separator: ", ")
  }

  private func stories(_ count: Int) -> String {
    count == 1 ? "1 new story" : "\(count) new stories"
  }
}
