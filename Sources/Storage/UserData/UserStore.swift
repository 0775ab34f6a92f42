package import Stories

/// The user's data about each story; each operation writes its own columns and no others.
///
/// Marks and tags are set by the `ChangeLog`, which can undo that.
package struct UserStore: Store {
  let database: Database

  /// The user's data about a story; `nil` if there is none with that ID, or it is deleted.
  package func reading(of id: StoryID) throws(StorageError) -> Reading? {
    let tags = try tags(of: id)
    let reading = try connection.first(
      """
      SELECT is_read, is_starred, progress, opened, opened_form,
        part, part_index, part_name, offset, words FROM readings
      WHERE story = ?1 AND deleted IS NULL
      """, [.int(id)]
    ) { row in
      Reading(
        isRead: row.bool(0), isStarred: row.bool(1), tags: tags, place: row.place(5),
        progress: row.share(2), opened: row.time(3))
    }
    return reading.map { database.pending.applied(to: $0, of: id) }
  }

  /// The tags of a story, in the order in which they were added.
  package func tags(of id: StoryID) throws(StorageError) -> [String] {
    var tags: [String] = []
    try connection.each("SELECT tag FROM tags WHERE story = ?1 ORDER BY position", [.int(id)]) {
      tags.append($0.text(0))
    }
    return database.pending.applied(to: tags, of: id)
  }

  /// Records that the user opened a story: the time, that it is read, and that none of its comments is
  /// new any more.
  ///
  /// One transaction that writes these columns only, so that concurrent changes of other programs are
  /// not lost. A story that was unread also gets `Mark.opened` in the change log, which undo skips.
  /// Throws `.noStory` if it is not in the library, or is deleted. May be pending while another program
  /// holds the lock.
  package func opened(_ id: StoryID, at time: Timestamp) throws(StorageError) {
    let step = Change.Step(.opened, true, [id])
    let isDeferred = try database.changes.deferIfLocked([step]) { database throws(StorageError) in
      try database.user.opened(id, at: time)
    }
    guard !isDeferred else { return }
    try transaction { () throws(StorageError) in
      let wasRead = try connection.first(
        "SELECT is_read FROM readings WHERE story = ?1 AND deleted IS NULL", [.int(id)]
      ) { $0.bool(0) }
      guard let wasRead else { throw .noStory(id) }
      try connection.run(
        """
        UPDATE readings SET is_read = 1, opened = ?2, opened_form = ?3,
          seen = (SELECT comments FROM stories WHERE id = ?1)
        WHERE story = ?1
        """, [.int(id), .int(time.seconds), .int(time.form)])
      try database.discussions.clearNewComments(on: id)
      if !wasRead { try database.changes.record(Change(steps: [step]), now: time.seconds) }
    }
  }

  /// Stores the reading position in a story; progress (0…1) never decreases.
  ///
  /// `false` if the story is not in the library, or is deleted. A progress that is not finite counts as
  /// 0. May be pending while another program holds the lock.
  @discardableResult
  package func keepPlace(
    _ place: Place, progress: Double, of id: StoryID
  ) throws(StorageError) -> Bool {
    let position = PendingChanges.ReadingPlace(story: id, place: place, progress: progress)
    let isDeferred = try database.changes.deferIfLocked(place: position) {
      database throws(StorageError) in
      _ = try database.user.keepPlace(place, progress: progress, of: id)
    }
    guard !isDeferred else { return true }
    return try transaction { () throws(StorageError) in
      let (part, index, name) = place.part.columns
      let progress = progress.isFinite ? min(max(progress, 0), 1) : 0
      try connection.run(
        """
        UPDATE readings SET progress = max(progress, ?2), part = ?3, part_index = ?4,
          part_name = ?5, offset = ?6, words = ?7
        WHERE story = ?1 AND deleted IS NULL
        """,
        [
          .int(id), .real(progress), part, index, name, .int(place.offset), .text(place.words),
        ])
      return connection.changes == 1
    }
  }
}

// MARK: - Places

extension Place.Part {
  /// The part as kind, index and name; stored kinds never change.
  var columns: (Value, Value, Value) {
    switch self {
    case .head: (.int(0), .null, .null)
    case .block(let index): (.int(1), .int(index), .null)
    case .authorCard: (.int(2), .null, .null)
    case .threadHead: (.int(3), .null, .null)
    case .comment(let id): (.int(4), .null, .text(id))
    }
  }
}

extension Row {
  /// A place from five columns: kind, index, name, offset and words; `nil` for none or an unknown kind.
  func place(_ column: Int32) -> Place? {
    let part: Place.Part
    switch optionalInt(column) {
    case 0: part = .head
    case 1: part = .block(count(column + 1))
    case 2: part = .authorCard
    case 3: part = .threadHead
    case 4: part = .comment(text(column + 2))
    default: return nil
    }
    return Place(part, offset: count(column + 3), words: text(column + 4))
  }
}
