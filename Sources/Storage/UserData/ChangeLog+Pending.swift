internal import Stories

extension ChangeLog {
  /// Keeps changes in memory from now on while another program holds the lock, instead of blocking.
  ///
  /// For an interactive program; see `PendingChanges`.
  package func enableDeferral() {
    database.pending.isEnabled = true
    database.timeout = PendingChanges.lockTimeout
  }

  /// How many changes are not written to the library yet.
  package var pendingCount: Int { database.pending.items.count }

  /// Writes the pending changes to the library in one transaction, if the lock is free.
  ///
  /// Waits for the lock for at most `timeout` milliseconds. Returns `false` if the changes are still
  /// pending; `takeNotice` reports an error other than a held lock.
  @discardableResult
  package func applyPending(timeout: Int32 = 0) -> Bool {
    guard !database.pending.items.isEmpty else { return true }
    let items = database.pending.items
    database.pending = PendingChanges()
    database.timeout = timeout
    defer {
      database.pending.isEnabled = true
      database.timeout = PendingChanges.lockTimeout
    }
    do throws(StorageError) {
      try transaction { () throws(StorageError) in
        for item in items { try make(item) }
      }
      database.notice =
        database.pending.problem ?? "The other program is done: all changes are kept now"
      return true
    } catch {
      database.pending.items = items
      if case .locked = error {} else { database.notice = error.message }
      return false
    }
  }

  private func make(_ item: PendingChanges.Item) throws(StorageError) {
    do throws(StorageError) {
      try item.work(database)
    } catch {
      // The other program has deleted the story: there is nothing left to change.
      switch error {
      case .noStory, .noComment: return
      default: throw error
      }
    }
  }

  // MARK: - Deferring

  /// Adds a change to the pending ones if it cannot be made now; `false` if the caller must make it.
  func deferIfLocked(
    _ steps: [Change.Step] = [], place: PendingChanges.ReadingPlace? = nil,
    _ work: @escaping (Database) throws(StorageError) -> Void
  ) throws(StorageError) -> Bool {
    guard try mustDefer() else { return false }
    // The latest place in a story replaces the one before it.
    if let place, database.pending.items.last?.place?.story == place.story {
      database.pending.items.removeLast()
    }
    add(PendingChanges.Item(steps: steps, place: place, work: work))
    return true
  }

  /// Adds a change of marks to the pending ones if it cannot be made now.
  ///
  /// The change as it is expected to be; `nil` if the caller must make it.
  func deferredChange(
    _ marks: [(mark: Mark, isSet: Bool)], of stories: [StoryID], now: Int64
  ) throws(StorageError) -> Change? {
    guard try mustDefer() else { return nil }
    var steps: [Change.Step] = []
    for (mark, isSet) in marks {
      let changed =
        try stories.count > PendingChanges.comparisonLimit
        ? stories : storiesToChange(stories, mark, isSet)
      if !changed.isEmpty { steps.append(Change.Step(mark, isSet, changed.sorted())) }
    }
    if !steps.isEmpty {
      add(
        PendingChanges.Item(steps: steps, isUndoable: true) { database throws(StorageError) in
          _ = try database.changes.make(marks, of: stories, now: now)
        })
    }
    return Change(steps: steps)
  }

  /// Removes the last pending change that can be undone; `nil` if there is none.
  func removeLastPending() -> Change? {
    guard let index = database.pending.items.lastIndex(where: \.isUndoable) else { return nil }
    return Change(steps: database.pending.items.remove(at: index).steps)
  }

  private func add(_ item: PendingChanges.Item) {
    database.pending.items.append(item)
    database.notice = "Another program is writing; your changes are kept when it is done"
  }

  /// Whether another program holds the lock, or earlier changes are pending.
  private func mustDefer() throws(StorageError) -> Bool {
    guard database.pending.isEnabled, !database.isReadOnly, connection.isIdle else { return false }
    // Later changes queue behind pending ones, so that the order is kept.
    guard database.pending.items.isEmpty else { return true }
    try database.keepReachable()
    do throws(StorageError) {
      try connection.transaction { () throws(StorageError) in }
      return false
    } catch .locked {
      return true
    }
  }

  /// Those of some stories that a change of a mark affects, judged by their state with pending changes.
  private func storiesToChange(
    _ stories: [StoryID], _ mark: Mark, _ isSet: Bool
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
