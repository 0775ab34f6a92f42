internal import CSQLite
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
    var work: (Library) throws(StorageError) -> Void
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
}

extension Library {
  /// Lets changes wait in memory from now on, instead of blocking, as `WaitingChanges` has it.
  ///
  /// For a program with a screen.
  package func letChangesWait() {
    waiting.isOn = true
    sqlite3_busy_timeout(connection.handle, WaitingChanges.trialTimeout)
  }

  /// How many changes are not in the library yet.
  package var waitingCount: Int { waiting.items.count }

  /// Makes the changes that wait, if the lock is free; whether none waits any more.
  ///
  /// Waits for the lock for `timeout` milliseconds at most. Errors but the lock's are told by
  /// `takeNotice`, and the changes go on waiting.
  @discardableResult
  package func makeWaitingChanges(timeout: Int32 = 0) -> Bool {
    guard !waiting.items.isEmpty else { return true }
    let items = waiting.items
    waiting = WaitingChanges()
    sqlite3_busy_timeout(connection.handle, timeout)
    defer {
      waiting.isOn = true
      sqlite3_busy_timeout(connection.handle, WaitingChanges.trialTimeout)
    }
    do throws(StorageError) {
      try transaction { () throws(StorageError) in
        for item in items { try make(item) }
      }
      notice = "The other program is done: all changes are kept now"
      return true
    } catch {
      waiting.items = items
      if case .locked = error {} else { notice = error.message }
      return false
    }
  }

  private func make(_ item: WaitingChanges.Item) throws(StorageError) {
    do throws(StorageError) {
      try item.work(self)
    } catch {
      // The other program has taken the story out: there is nothing to change any more.
      switch error {
      case .noStory, .noComment: return
      default: throw error
      }
    }
  }

  // MARK: - Waiting

  /// Lets a change wait if it cannot be made now; `false` if it is to be made at once.
  func waits(
    _ steps: [Change.Step] = [], place: WaitingChanges.KeptPlace? = nil,
    _ work: @escaping (Library) throws(StorageError) -> Void
  ) throws(StorageError) -> Bool {
    guard try mustWait() else { return false }
    // A place that follows another one in the same story takes its turn.
    if let place, waiting.items.last?.place?.story == place.story { waiting.items.removeLast() }
    add(WaitingChanges.Item(steps: steps, place: place, work: work))
    return true
  }

  /// Lets a change of marks wait if it cannot be made now: the change as it will be, or `nil` if it is
  /// to be made at once.
  func waitingChange(
    _ marks: [(mark: Mark, isSet: Bool)], of stories: [StoryID], now: Int64
  ) throws(StorageError) -> Change? {
    guard try mustWait() else { return nil }
    var steps: [Change.Step] = []
    for (mark, isSet) in marks {
      let changed =
        try stories.count > WaitingChanges.mostCompared
        ? stories : otherwise(stories, than: mark, isSet)
      if !changed.isEmpty { steps.append(Change.Step(mark, isSet, changed.sorted())) }
    }
    if !steps.isEmpty {
      add(
        WaitingChanges.Item(steps: steps, isUndoable: true) { library throws(StorageError) in
          _ = try library.change(marks, of: stories, now: now)
        })
    }
    return Change(steps: steps)
  }

  /// Takes the last waiting change of marks out again; `nil` if none waits.
  func takeBackWaiting() -> Change? {
    guard let index = waiting.items.lastIndex(where: \.isUndoable) else { return nil }
    return Change(steps: waiting.items.remove(at: index).steps)
  }

  private func add(_ item: WaitingChanges.Item) {
    waiting.items.append(item)
    notice = "Another program is writing; your changes are kept when it is done"
  }

  /// Whether another program holds the lock, or earlier changes wait for one.
  private func mustWait() throws(StorageError) -> Bool {
    guard waiting.isOn, !isReadOnly, connection.isIdle else { return false }
    // One that waits goes first, so that they are made in order.
    guard waiting.items.isEmpty else { return true }
    try keepReachable()
    do throws(StorageError) {
      try connection.transaction { () throws(StorageError) in }
      return false
    } catch .locked {
      return true
    }
  }

  // MARK: - Showing

  private func otherwise(
    _ stories: [StoryID], than mark: Mark, _ isSet: Bool
  ) throws(StorageError) -> [StoryID] {
    var changed: [StoryID] = []
    for id in stories {
      guard let reading = try reading(id) else { continue }
      let has =
        switch mark {
        case .read: reading.isRead
        case .starred: reading.isStarred
        case .tag(let tag): reading.tags.contains { $0.lowercased() == tag.lowercased() }
        default: !isSet
        }
      if has != isSet { changed.append(id) }
    }
    return changed
  }

  /// A row of a list with the changes that wait.
  func withWaiting(_ headline: Headline) -> Headline {
    guard !waiting.items.isEmpty else { return headline }
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
  func withWaiting(_ reading: Reading, of id: StoryID) -> Reading {
    guard !waiting.items.isEmpty else { return reading }
    var reading = reading
    for step in steps(of: id) {
      switch step.mark {
      case .read: reading.isRead = step.isSet
      case .opened: reading.isRead = true
      case .starred: reading.isStarred = step.isSet
      default: break
      }
    }
    for kept in waiting.items.compactMap(\.place) where kept.story == id {
      reading.place = kept.place
      reading.progress = max(reading.progress, kept.progress)
    }
    return reading
  }

  /// The tags of a story with the changes that wait.
  func withWaiting(_ tags: [String], of id: StoryID) -> [String] {
    guard !waiting.items.isEmpty else { return tags }
    var tags = tags
    for step in steps(of: id) {
      guard case .tag(let tag) = step.mark else { continue }
      tags.removeAll { $0.lowercased() == tag.lowercased() }
      if step.isSet { tags.append(tag) }
    }
    return tags
  }

  private func steps(of id: StoryID) -> [Change.Step] {
    waiting.items.flatMap(\.steps).filter { $0.stories.contains(id) }
  }
}
