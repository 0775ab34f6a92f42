internal import Stories

/// The user's changes while another program holds the library's lock.
///
/// SQLite lets one program write at a time, and waits for it, up to a timeout. Nobody should look at a
/// screen that does not answer for that long. So an interactive program tries for a fifth of a second,
/// and then keeps its changes in memory, in order: they are shown as if they were made, and all of them
/// are made in one transaction as soon as the lock is free.
struct WaitingChanges {
  /// A change that is yet to be made.
  struct Item {
    /// What it changes of stories, for the lists and for undo; empty for what no list shows.
    var steps: [Change.Step] = []
    /// Whether undo takes it out again; opening a story is no command of its own.
    var isUndoable = false
    /// Where the reader stopped in a story, if that is what it keeps.
    var place: KeptPlace?
    var work: (Database) throws(StorageError) -> Void
  }

  struct KeptPlace {
    var story: StoryID
    var place: Place
    /// 0…1.
    var progress: Double
  }

  var items: [Item] = []
  /// Whether changes wait here at all; a program without a screen waits for the lock instead.
  var isOn = false

  /// How long a change tries for the lock before it waits here, in milliseconds.
  static let trialTimeout: Int32 = 200
  /// More stories than these are all taken for otherwise than the change makes them.
  static let mostCompared = 2000

  // MARK: - Showing

  /// A row of a list with the changes that wait.
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

  /// What the user did to a story with the changes that wait.
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
    for kept in items.compactMap(\.place) where kept.story == id {
      reading.place = kept.place
      reading.progress = max(reading.progress, kept.progress)
    }
    return reading
  }

  /// The tags of a story with the changes that wait.
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
