/// The log of the user's changes: makes, undoes and redoes them.
package struct ChangeLog: Store {
  let database: Database

  /// How many changes can be undone; older entries are dropped.
  static let undoLimit: Int64 = 500
  /// How many recorded entries (opened stories) are kept, for a client that synchronizes.
  static let recordLimit: Int64 = 10_000
  /// How long deleted stories are kept at least, in seconds: 30 days.
  static let deletedRetention: Int64 = 30 * 86_400

  /// Sets or clears marks on stories, and logs the change so that it can be undone.
  ///
  /// Returns what was changed: only stories that did not have the requested state, and no steps if all
  /// had it. Changes that were undone before can no longer be redone. `now` is in seconds since 1970.
  /// While another program holds the lock, throws `.locked` after the library's timeout, or, after
  /// `enableDeferral()`, returns the change that is pending.
  package func make(
    _ marks: [(mark: Mark, isSet: Bool)], of stories: [StoryID], now: Int64 = Library.now()
  ) throws(StorageError) -> Change {
    if let change = try deferredChange(marks, of: stories, now: now) { return change }
    return try transaction { () throws(StorageError) in
      var steps: [Change.Step] = []
      for (mark, isSet) in marks {
        let changed = try apply(mark, isSet, stories, now: now)
        if !changed.isEmpty { steps.append(Change.Step(mark, isSet, changed)) }
      }
      let change = Change(steps: steps)
      if !steps.isEmpty { try logUndoable(change, now: now) }
      return change
    }
  }

  /// Undoes the last change of this session, or of sessions that have ended; `nil` if there is none.
  ///
  /// Changes of another program that still runs are left to that program: undo means the last action
  /// in this one. Returns the change with those of its stories that could be restored; those that were
  /// changed since are left as they are. Exactly that can be redone: a change of which nothing could be
  /// undone leaves the log, and its `obstacle` says why.
  package func undo(now: Int64 = Library.now()) throws(StorageError) -> Change? {
    if let change = removeLastPending() { return change }
    return try transaction { () throws(StorageError) in
      let id = try lastUndoable()
      guard let change = try change(id) else { return nil }
      return try replay(change, id, isUndone: true, now: now)
    }
  }

  /// The change that `undo` would undo next; `nil` if there is none.
  package func nextToUndo() throws(StorageError) -> Change? { try change(try lastUndoable()) }

  private func lastUndoable() throws(StorageError) -> Int64 {
    try connection.number(
      "SELECT max(id) FROM changes WHERE is_undoable AND is_undone = 0 AND \(Self.isUndoableHere)",
      [try otherSessions()])
  }

  /// Redoes the change that was undone last; `nil` if there is none.
  ///
  /// Returns the change with those of its stories that could be changed again.
  package func redo(now: Int64 = Library.now()) throws(StorageError) -> Change? {
    try transaction { () throws(StorageError) in
      let id = try connection.number(
        "SELECT min(id) FROM changes WHERE is_undone = 1 AND \(Self.isUndoableHere)",
        [try otherSessions()])
      guard let change = try change(id) else { return nil }
      return try replay(change, id, isUndone: false, now: now)
    }
  }

  /// Removes deleted stories for good: those deleted before a time, in seconds since 1970, or all.
  ///
  /// Returns how many they were. Their deletion can no longer be undone.
  @discardableResult
  package func purge(deletedBefore time: Int64 = .max) throws(StorageError) -> Int {
    try transaction { () throws(StorageError) in
      var ids: [StoryID] = []
      try connection.each(
        "SELECT story FROM readings WHERE deleted IS NOT NULL AND deleted < ?1", [.int(time)]
      ) { ids.append($0.int(0)) }
      for id in ids { try database.stories.delete(id) }
      return ids.count
    }
  }

  /// The entries after the one with ID `id` (0 for all) that are not undone, oldest first.
  ///
  /// At most `limit` entries: to read on, pass the ID of the last one.
  package func logged(
    after id: Int64 = 0, limit: Int = 1000
  ) throws(StorageError) -> [LoggedChange] {
    var entries: [(id: Int64, made: Int64)] = []
    try connection.each(
      "SELECT id, made FROM changes WHERE id > ?1 AND is_undone = 0 ORDER BY id LIMIT ?2",
      [.int(id), .int(limit)]
    ) { entries.append(($0.int(0), $0.int(1))) }
    var changes: [LoggedChange] = []
    for (id, made) in entries {
      guard let change = try change(id) else { continue }
      changes.append(LoggedChange(id: id, made: made, change: change))
    }
    return changes
  }

  // MARK: - Applying

  /// Redoes or undoes a change of the log; returns it with the stories that could be changed.
  ///
  /// The log keeps what was done of it and no more: undo and redo are each other's inverse, and neither
  /// touches what another program or an import has done since.
  private func replay(
    _ change: Change, _ id: Int64, isUndone: Bool, now: Int64
  ) throws(StorageError) -> Change {
    var done: [Change.Step] = []
    for step in isUndone ? change.steps.reversed() : change.steps {
      let changed = try apply(step.mark, step.isSet != isUndone, step.stories, now: now)
      if !changed.isEmpty { done.append(Change.Step(step.mark, step.isSet, changed)) }
    }
    if isUndone { done.reverse() }
    guard !done.isEmpty else {
      let obstacle = try obstacle(to: change, id, isUndone: isUndone)
      try connection.run("DELETE FROM changes WHERE id = ?1", [.int(id)])
      return Change(steps: [], obstacle: obstacle)
    }
    if done != change.steps {
      try connection.run("DELETE FROM change_steps WHERE change = ?1", [.int(id)])
      for (position, step) in done.enumerated() { try log(step, position, of: id) }
    }
    try mark(id, isUndone: isUndone)
    return Change(steps: done)
  }

  /// Sets or clears a mark; returns the stories that did not have that state, ascending.
  private func apply(
    _ mark: Mark, _ isSet: Bool, _ stories: [StoryID], now: Int64
  ) throws(StorageError) -> [StoryID] {
    let list = Value.text(jsonArray(stories))
    switch mark {
    case .read: return try flag("is_read", isSet, list)
    case .starred: return try flag("is_starred", isSet, list)
    case .deleted:
      return try changing(
        isSet
          ? "UPDATE readings SET deleted = \(now) WHERE deleted IS NULL AND ?2"
          : "UPDATE readings SET deleted = NULL WHERE deleted IS NOT NULL AND NOT ?2", list, isSet)
    case .tag(let name):
      return isSet ? try tag(name, list) : try untag(name, list)
    case .comment(let id): return try database.ownComments.show(id, isSet, list)
    case .opened: return []
    case .replaced(let id): return try database.stories.swapRevision(id, isUndone: !isSet, list)
    }
  }

  private func changing(
    _ sql: String, _ stories: Value, _ isSet: Bool
  ) throws(StorageError) -> [StoryID] {
    try changed(
      "\(sql) AND story IN (SELECT value FROM json_each(?1)) RETURNING story",
      [stories, .bool(isSet)])
  }

  private func tag(_ name: String, _ stories: Value) throws(StorageError) -> [StoryID] {
    try changed(
      """
      INSERT INTO tags(story, position, tag)
      SELECT story, (SELECT coalesce(max(position), -1) + 1 FROM tags
          WHERE tags.story = readings.story), ?2
      FROM readings WHERE deleted IS NULL AND story IN (SELECT value FROM json_each(?1))
        AND NOT EXISTS (SELECT 1 FROM tags
          WHERE tags.story = readings.story AND tag = ?2 COLLATE NOCASE)
      RETURNING story
      """, [stories, .text(name)])
  }

  private func untag(_ name: String, _ stories: Value) throws(StorageError) -> [StoryID] {
    try changed(
      """
      DELETE FROM tags WHERE tag = ?2 COLLATE NOCASE
        AND story IN (SELECT value FROM json_each(?1))
        AND story IN (SELECT story FROM readings WHERE deleted IS NULL) RETURNING story
      """, [stories, .text(name)])
  }

  private func changed(_ sql: String, _ values: [Value]) throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each(sql, values) { ids.append($0.int(0)) }
    return ids.sorted()
  }

  // MARK: - Logging

  /// A condition for changes of this session or of one that has ended; its value is the list of other
  /// running sessions.
  private static let isUndoableHere =
    "(run IS NULL OR run NOT IN (SELECT value FROM json_each(?1)))"

  /// Records that a change was undone or redone, which assigns it to this session.
  private func mark(_ change: Int64, isUndone: Bool) throws(StorageError) {
    try connection.run(
      "UPDATE changes SET is_undone = ?2, run = ?3 WHERE id = ?1",
      [.int(change), .bool(isUndone), .text(database.session.name)])
  }

  /// Logs a change that can be undone, and drops what that makes obsolete: changes that could be
  /// redone, the oldest entries, and stories that were deleted long ago.
  private func logUndoable(_ change: Change, now: Int64) throws(StorageError) {
    try connection.run(
      "DELETE FROM changes WHERE is_undone = 1 AND \(Self.isUndoableHere)", [try otherSessions()])
    try log(change, isUndoable: true, now: now)
    try database.ownComments.purge()
    try database.stories.purgeRevisions()
    try purge(deletedBefore: now - Self.deletedRetention)
  }

  /// Logs a side effect of another action, which undo skips.
  func record(_ change: Change, now: Int64) throws(StorageError) {
    try log(change, isUndoable: false, now: now)
  }

  /// Logs that an import replaced a story.
  ///
  /// Consecutive replacements of one session are one change, up to `replacementBatchLimit` stories, so
  /// that undoing it does not hold the lock for long.
  func logReplacement(_ step: Change.Step, now: Int64) throws(StorageError) {
    let open = try connection.first(
      """
      SELECT id, (SELECT count(*) FROM change_steps WHERE change = id) FROM changes
      WHERE id = (SELECT max(id) FROM changes WHERE is_undoable = 1)
        AND run = ?1 AND is_undone = 0 AND NOT EXISTS (
          SELECT 1 FROM change_steps WHERE change = id AND mark <> 'replaced')
      """, [.text(database.session.name)]
    ) { (id: $0.int(0), steps: $0.number(1)) }
    if let open, open.steps < Self.replacementBatchLimit {
      try log(step, open.steps, of: open.id)
    } else {
      try logUndoable(Change(steps: [step]), now: now)
    }
  }

  private static let replacementBatchLimit = 100

  private func log(_ change: Change, isUndoable: Bool, now: Int64) throws(StorageError) {
    try connection.run(
      "INSERT INTO changes(made, run, is_undoable) VALUES(?1, ?2, ?3)",
      [.int(now), .text(database.session.name), .bool(isUndoable)])
    let id = connection.lastInsertedID
    for (position, step) in change.steps.enumerated() { try log(step, position, of: id) }
    // Each kind has its own limit: a thousand opened stories must not use up the undo history.
    try connection.run(
      """
      DELETE FROM changes WHERE is_undoable = ?1 AND id <= (
        SELECT id FROM changes WHERE is_undoable = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
      """, [.bool(isUndoable), .int(isUndoable ? Self.undoLimit : Self.recordLimit)])
  }

  private func log(
    _ step: Change.Step, _ position: Int, of change: Int64
  ) throws(StorageError) {
    let (mark, tag) = step.mark.columns
    try connection.run(
      """
      INSERT INTO change_steps(change, position, mark, tag, is_set, stories)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .int(change), .int(position), .text(mark), .optional(tag), .bool(step.isSet),
        .bytes(PackedStories.pack(step.stories)),
      ])
  }

  private func change(_ id: Int64) throws(StorageError) -> Change? {
    var steps: [Change.Step] = []
    try connection.each(
      "SELECT mark, tag, is_set, stories FROM change_steps WHERE change = ?1 ORDER BY position",
      [.int(id)]
    ) { row in
      guard let mark = Mark(row.text(0), tag: row.optionalText(1)) else { return }
      steps.append(Change.Step(mark, row.bool(2), PackedStories.unpack(row.bytes(3))))
    }
    return steps.isEmpty ? nil : Change(steps: steps)
  }
}
