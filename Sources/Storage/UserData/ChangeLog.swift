/// The log of all changes, which makes them, undoes and redoes them.
package struct ChangeLog: Store {
  let database: Database

  /// So many changes can be taken back; older ones are forgotten.
  static let mostChanges: Int64 = 500
  /// So many opened stories are kept in the log; a client that synchronizes reads them from there.
  static let mostRecords: Int64 = 10_000
  /// Deleted stories are kept for so many seconds at least: a month.
  static let deletedKept: Int64 = 30 * 86_400

  /// Sets or clears marks on stories, and keeps what was changed so that it can be taken back.
  ///
  /// Only what is otherwise now is changed; the answer has no steps where nothing was. What had been
  /// taken back before can no longer be done again.
  package func make(
    _ marks: [(mark: Mark, isSet: Bool)], of stories: [StoryID], now: Int64 = Library.now()
  ) throws(StorageError) -> Change {
    if let change = try waitingChange(marks, of: stories, now: now) { return change }
    return try transaction { () throws(StorageError) in
      var steps: [Change.Step] = []
      for (mark, isSet) in marks {
        let changed = try apply(mark, isSet, stories, now: now)
        if !changed.isEmpty { steps.append(Change.Step(mark, isSet, changed)) }
      }
      let change = Change(steps: steps)
      if !steps.isEmpty { try keep(change, now: now) }
      return change
    }
  }

  /// Undoes the last change of this session, or of sessions that have ended; `nil` if there is none.
  ///
  /// What another program that still runs has done is for that one to undo: a reader who presses
  /// undo means what was done here.
  /// The answer has the stories that were as the change had left them; others had changed since.
  package func undo(now: Int64 = Library.now()) throws(StorageError) -> Change? {
    if let change = takeBackWaiting() { return change }
    return try transaction { () throws(StorageError) in
      let id = try connection.number(
        "SELECT max(id) FROM changes WHERE is_undoable AND is_undone = 0 AND \(Self.isOurs)",
        [try otherSessions()])
      guard let change = try change(id) else { return nil }
      let steps = try run(change.steps.reversed(), isUndone: true, now: now)
      try mark(id, isUndone: true)
      return Change(steps: steps)
    }
  }

  /// Redoes what was undone last; `nil` if there is nothing.
  package func redo(now: Int64 = Library.now()) throws(StorageError) -> Change? {
    try transaction { () throws(StorageError) in
      let id = try connection.number(
        "SELECT min(id) FROM changes WHERE is_undone = 1 AND \(Self.isOurs)", [try otherSessions()])
      guard let change = try change(id) else { return nil }
      let steps = try run(change.steps, isUndone: false, now: now)
      try mark(id, isUndone: false)
      return Change(steps: steps)
    }
  }

  /// Takes deleted stories out for good: those deleted before a moment, or all; how many they were.
  ///
  /// The changes that deleted them can no longer be taken back.
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

  /// What was logged after an entry (0 for all that is kept) and not undone, oldest first.
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

  // MARK: - Doing

  /// Redoes steps or undoes them; the steps as they were made, with what could be changed.
  private func run(
    _ steps: [Change.Step], isUndone: Bool, now: Int64
  ) throws(StorageError) -> [Change.Step] {
    var done: [Change.Step] = []
    for step in steps {
      let changed = try apply(step.mark, step.isSet != isUndone, step.stories, now: now)
      if !changed.isEmpty { done.append(Change.Step(step.mark, step.isSet, changed)) }
    }
    return done
  }

  /// Changes the stories that are otherwise; their numbers, in order.
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

  // MARK: - Keeping

  /// Whether a change is of this session or of one that has ended; the other sessions, which go on,
  /// are its one value.
  private static let isOurs = "(run IS NULL OR run NOT IN (SELECT value FROM json_each(?1)))"

  /// Notes that a change was undone or redone, which makes it this session's.
  private func mark(_ change: Int64, isUndone: Bool) throws(StorageError) {
    try connection.run(
      "UPDATE changes SET is_undone = ?2, run = ?3 WHERE id = ?1",
      [.int(change), .bool(isUndone), .text(database.session.name)])
  }

  /// Logs a change that undo takes back, and forgets what that ends: changes that could be redone,
  /// the oldest ones, and stories that were deleted long ago.
  private func keep(_ change: Change, now: Int64) throws(StorageError) {
    try connection.run(
      "DELETE FROM changes WHERE is_undone = 1 AND \(Self.isOurs)", [try otherSessions()])
    try log(change, isUndoable: true, now: now)
    try database.ownComments.purge()
    try database.stories.purgeRevisions()
    try purge(deletedBefore: now - Self.deletedKept)
  }

  /// Logs what was done without a command of its own, which undo passes over.
  func record(_ change: Change, now: Int64) throws(StorageError) {
    try log(change, isUndoable: false, now: now)
  }

  /// Logs that an import replaced a story.
  ///
  /// What one session replaces in a row is one change, up to so many stories that undoing them does
  /// not hold the lock for long.
  func logReplacement(_ step: Change.Step, now: Int64) throws(StorageError) {
    let open = try connection.first(
      """
      SELECT id, (SELECT count(*) FROM change_steps WHERE change = id) FROM changes
      WHERE id = (SELECT max(id) FROM changes WHERE is_undoable = 1)
        AND run = ?1 AND is_undone = 0 AND NOT EXISTS (
          SELECT 1 FROM change_steps WHERE change = id AND mark <> 'replaced')
      """, [.text(database.session.name)]
    ) { (id: $0.int(0), steps: $0.number(1)) }
    if let open, open.steps < Self.replacedAtOnce {
      try log(step, open.steps, of: open.id)
    } else {
      try keep(Change(steps: [step]), now: now)
    }
  }

  private static let replacedAtOnce = 100

  private func log(_ change: Change, isUndoable: Bool, now: Int64) throws(StorageError) {
    try connection.run(
      "INSERT INTO changes(made, run, is_undoable) VALUES(?1, ?2, ?3)",
      [.int(now), .text(database.session.name), .bool(isUndoable)])
    let id = connection.lastInsertedID
    for (position, step) in change.steps.enumerated() { try log(step, position, of: id) }
    // Each kind is bounded by itself: a thousand opened stories must not end what can be undone.
    try connection.run(
      """
      DELETE FROM changes WHERE is_undoable = ?1 AND id <= (
        SELECT id FROM changes WHERE is_undoable = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
      """, [.bool(isUndoable), .int(isUndoable ? Self.mostChanges : Self.mostRecords)])
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

  // MARK: - Sessions

  /// The other sessions that go on and have changes here, as the array that `json_each` reads.
  func otherSessions() throws(StorageError) -> Value {
    var names: [String] = []
    try connection.each(
      "SELECT DISTINCT run FROM changes WHERE run IS NOT NULL AND run <> ?1",
      [.text(database.session.name)]
    ) { names.append($0.text(0)) }
    return .text(jsonArray(names.filter(LibrarySession.isRunning)))
  }

  /// Whether another session that goes on has changed stories, which only that takes back.
  package func othersHaveChanges() throws(StorageError) -> Bool {
    try connection.number(
      """
      SELECT EXISTS (SELECT 1 FROM changes
        WHERE is_undoable AND is_undone = 0 AND run IN (SELECT value FROM json_each(?1)))
      """, [try otherSessions()]) == 1
  }
}
