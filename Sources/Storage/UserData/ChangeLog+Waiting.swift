internal import Stories

extension ChangeLog {
  /// Lets changes wait in memory from now on, instead of blocking, as `WaitingChanges` has it.
  ///
  /// For a program with a screen.
  package func enableWaiting() {
    database.waiting.isOn = true
    database.timeout = WaitingChanges.trialTimeout
  }

  /// How many changes are not in the library yet.
  package var waitingCount: Int { database.waiting.items.count }

  /// Makes the changes that wait, if the lock is free; whether none waits any more.
  ///
  /// Waits for the lock for `timeout` milliseconds at most. Errors other than the lock's are reported by
  /// `takeNotice`, and the changes keep waiting.
  @discardableResult
  package func makeWaiting(timeout: Int32 = 0) -> Bool {
    guard !database.waiting.items.isEmpty else { return true }
    let items = database.waiting.items
    database.waiting = WaitingChanges()
    database.timeout = timeout
    defer {
      database.waiting.isOn = true
      database.timeout = WaitingChanges.trialTimeout
    }
    do throws(StorageError) {
      try transaction { () throws(StorageError) in
        for item in items { try make(item) }
      }
      database.notice = "The other program is done: all changes are kept now"
      return true
    } catch {
      database.waiting.items = items
      if case .locked = error {} else { database.notice = error.message }
      return false
    }
  }

  private func make(_ item: WaitingChanges.Item) throws(StorageError) {
    do throws(StorageError) {
      try item.work(database)
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
    _ work: @escaping (Database) throws(StorageError) -> Void
  ) throws(StorageError) -> Bool {
    guard try mustWait() else { return false }
    // A place that follows another one in the same story takes its turn.
    if let place, database.waiting.items.last?.place?.story == place.story {
      database.waiting.items.removeLast()
    }
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
        WaitingChanges.Item(steps: steps, isUndoable: true) { database throws(StorageError) in
          _ = try database.changes.make(marks, of: stories, now: now)
        })
    }
    return Change(steps: steps)
  }

  /// Takes the last waiting change of marks out again; `nil` if none waits.
  func takeBackWaiting() -> Change? {
    guard let index = database.waiting.items.lastIndex(where: \.isUndoable) else { return nil }
    return Change(steps: database.waiting.items.remove(at: index).steps)
  }

  private func add(_ item: WaitingChanges.Item) {
    database.waiting.items.append(item)
    database.notice = "Another program is writing; your changes are kept when it is done"
  }

  /// Whether another program holds the lock, or earlier changes wait for one.
  private func mustWait() throws(StorageError) -> Bool {
    guard database.waiting.isOn, !database.isReadOnly, connection.isIdle else { return false }
    // One that waits goes first, so that they are made in order.
    guard database.waiting.items.isEmpty else { return true }
    try database.keepReachable()
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
      guard let reading = try database.user.reading(of: id) else { continue }
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
}
