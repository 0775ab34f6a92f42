internal import Display
internal import Queries
internal import Storage

/// A change to one or many stories, to be written to the library.
enum StoryChange {
  /// Sets a mark, or clears it where all of the stories have it.
  case toggle(Mark, of: [StoryID])
  /// Sets and clears marks. `otherwise` is the answer where nothing was to change, and `note` stands
  /// behind what is said of the change.
  case set([(mark: Mark, isSet: Bool)], of: [StoryID], otherwise: Reply, note: String = "")
  /// Deletes stories, or brings deleted ones back.
  case delete([StoryID], isBack: Bool)
  case undo(times: Int)
  case redo(times: Int)
  /// Takes deleted stories out for good.
  case purge

  /// Makes the change; the answer says what was done.
  func perform(_ environment: Environment) throws(StorageError) -> Reply {
    switch self {
    case .toggle(let mark, let stories):
      guard !stories.isEmpty else { return .say("There is no story to mark") }
      if let reply = try change([(mark, true)], of: stories, environment) { return reply }
      return try change([(mark, false)], of: stories, environment) ?? .gone(stories.first)
    case .set(let marks, let stories, let otherwise, let note):
      return try change(marks, of: stories, note: note, environment) ?? otherwise
    case .delete(let stories, let isBack):
      guard !stories.isEmpty else { return .say("There is no story to delete") }
      return try change([(.deleted, !isBack)], of: stories, environment) ?? .gone(stories.first)
    case .undo(let times):
      let reply = try step(times, did: ("Taken back", "taken back")) {
        () throws(StorageError) in try environment.library.changes.undo(now: environment.now)
      }
      if let reply { return reply }
      return .say("Nothing to take back\(try othersChanges(environment))")
    case .redo(let times):
      return try step(times, did: ("Done again", "done again")) {
        () throws(StorageError) in try environment.library.changes.redo(now: environment.now)
      } ?? .say("Nothing to do again")
    case .purge:
      let count = try environment.library.changes.purge()
      return .say(
        count == 0
          ? "No story is deleted"
          : "\(counted(count, "deleted story", "deleted stories")) taken out for good")
    }
  }

  /// `nil` where nothing changed.
  private func change(
    _ marks: [(mark: Mark, isSet: Bool)], of stories: [StoryID], note: String = "",
    _ environment: Environment
  ) throws(StorageError) -> Reply? {
    let change = try environment.library.changes.make(marks, of: stories, now: environment.now)
    guard !change.steps.isEmpty else { return nil }
    return .changed(
      change, words: "\(change.words) · \(environment.key(for: .undo)) takes it back\(note)")
  }

  /// Goes back or forth along the changes, and says what came of the last step; `nil` where there was
  /// none to go.
  private func step(
    _ times: Int, did: (one: String, many: String),
    _ work: () throws(StorageError) -> Change?
  ) throws(StorageError) -> Reply? {
    var replies: [Reply] = []
    for time in 1...max(1, times) {
      guard let change = try work() else { break }
      let done = time == 1 ? did.one : "\(time) changes \(did.many), the last"
      replies.append(
        change.steps.isEmpty
          ? .say("Cannot be \(did.many): \((change.obstacle ?? .changed).words)")
          : .changed(change, words: "\(done): \(change.words)", namesStory: true))
    }
    return replies.isEmpty ? nil : .several(replies)
  }

  /// What is to be said of changes that another Courant has made, which is still running.
  private func othersChanges(_ environment: Environment) throws(StorageError) -> String {
    let isSo = try environment.library.changes.othersHaveChanges()
    return isSo ? "; another Courant that is open takes back what was done there" : ""
  }
}
