internal import Stories

/// Changes that could not be written yet, because another program holds the library's write lock.
///
/// SQLite allows one writer at a time, and a second one blocks until its timeout, which would freeze
/// the screen. So an interactive program waits for 200 ms, and then keeps its changes in memory, in
/// order: lists and stories are shown with them, and all are written in one transaction as soon as
/// the lock is free.
struct PendingChanges {
  /// A change that is not written yet.
  struct Item {
    /// The marks it changes, for display and undo; empty if it changes none.
    var steps: [Change.Step] = []
    /// Whether undo removes it; opening a story is not undone.
    var isUndoable = false
    /// The reading position that it stores, if that is what it does.
    var place: ReadingPlace?
    /// Writes the change to the library.
    var work: (Database) throws(StorageError) -> Void
  }

  /// A reading position in a story, with the progress of reading.
  struct ReadingPlace {
    var story: StoryID
    var place: Place
    /// How much of the story has been read, 0…1.
    var progress: Double
  }

  var items: [Item] = []
  /// A sentence on what could not be done as it was asked for, set while the items are written.
  var problem: String?
  /// Whether changes are deferred at all; a program without a screen waits for the lock instead.
  var isEnabled = false

  /// How long a change waits for the lock before it is deferred, in milliseconds.
  static let lockTimeout: Int32 = 200
  /// The most stories of a change that are compared with their current state; of more, all are taken as
  /// changed.
  static let comparisonLimit = 2000

  // MARK: - Display

  /// A row of a list with the pending changes applied.
  func applied(to headline: Headline) -> Headline {
    guard !items.isEmpty else { return headline }
    var headline = headline
    for step in steps(of: headline.id) {
      switch step.mark {
      case .read: headline.isRead = step.isSet
      case .opened: (headline.isRead, headline.newComments) = (true, 0)
      case .starred: headline.isStarred = step.isSet
      default: break
      }
    }
    return headline
  }

  /// The user's data of a story with the pending changes applied.
  func applied(to reading: Reading, of id: StoryID) -> Reading {
    guard !items.isEmpty else { return reading }
    var reading = reading
    for step in steps(of: id) {
      switch step.mark {
      case .read: reading.isRead = step.isSet
      case .opened: reading.isRead = true
      case .starred: reading.isStarred = step.isSet
      default: break
      }
    }
    for position in items.compactMap(\.place) where position.story == id {
      reading.place = position.place
      reading.progress = max(reading.progress, position.progress)
    }
    return reading
  }

  /// The tags of a story with the pending changes applied.
  func applied(to tags: [String], of id: StoryID) -> [String] {
    guard !items.isEmpty else { return tags }
    var tags = tags
    for step in steps(of: id) {
      guard case .tag(let tag) = step.mark else { continue }
      tags.removeAll { $0.lowercased() == tag.lowercased() }
      if step.isSet { tags.append(tag) }
    }
    return tags
  }

  private func steps(of id: StoryID) -> [Change.Step] {
    items.flatMap(\.steps).filter { $0.stories.contains(id) }
  }
}
