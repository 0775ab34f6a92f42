package import Stories

extension Library {
  /// What the reader did to a story, or `nil` if there is none with that number.
  package func reading(_ id: StoryID) throws(StorageError) -> Reading? {
    let tags = try tags(of: id)
    return try connection.first(
      """
      SELECT is_read, is_starred, progress, opened, opened_form,
        part, part_index, part_name, offset, words FROM readings
      WHERE story = ?1 AND deleted IS NULL
      """, [.int(id)]
    ) { row in
      Reading(
        isRead: row.bool(0), isStarred: row.bool(1), tags: tags, place: row.place(5),
        progress: row.real(2), opened: row.time(3))
    }
  }

  /// The tags of a story, in the order in which they were given.
  package func tags(of id: StoryID) throws(StorageError) -> [String] {
    var tags: [String] = []
    try connection.each("SELECT tag FROM tags WHERE story = ?1 ORDER BY position", [.int(id)]) {
      tags.append($0.text(0))
    }
    return tags
  }

  /// Keeps that a story was opened: its comments of now are no longer new.
  package func markSeen(_ id: StoryID) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try changeReading(
        """
        UPDATE readings SET seen = (SELECT comments FROM stories WHERE id = ?1)
        WHERE story = ?1 AND deleted IS NULL
        """, id, [])
    }
  }

  /// Keeps what the reader did to a story, all of it at once.
  package func setReading(_ reading: Reading, of id: StoryID) throws(StorageError) {
    try transaction { () throws(StorageError) in
      let (part, index, name) = reading.place?.part.columns ?? (.null, .null, .null)
      let progress = reading.progress.isFinite ? min(max(reading.progress, 0), 1) : 0
      try changeReading(
        """
        UPDATE readings SET is_read = ?2, is_starred = ?3, progress = ?4, opened = ?5,
          opened_form = ?6, part = ?7, part_index = ?8, part_name = ?9, offset = ?10, words = ?11
        WHERE story = ?1 AND deleted IS NULL
        """, id,
        [
          .bool(reading.isRead), .bool(reading.isStarred), .real(progress),
          reading.opened.map { .int($0.seconds) } ?? .null,
          reading.opened.map { .int($0.form) } ?? .null, part, index, name,
          reading.place.map { .int($0.offset) } ?? .null, .optional(reading.place?.words),
        ])
      guard try tags(of: id) != reading.tags else { return }
      try connection.run("DELETE FROM tags WHERE story = ?1", [.int(id)])
      for (position, tag) in reading.tags.enumerated() {
        try connection.run(
          "INSERT INTO tags(story, position, tag) VALUES(?1, ?2, ?3)",
          [.int(id), .int(position), .text(tag)])
      }
    }
  }

  /// Marks a story read or unread.
  package func markRead(_ id: StoryID, _ isRead: Bool) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try changeReading(
        "UPDATE readings SET is_read = ?2 WHERE story = ?1 AND deleted IS NULL", id, [.bool(isRead)]
      )
    }
  }

  /// Stars a story, or takes the star away.
  package func star(_ id: StoryID, _ isStarred: Bool) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try changeReading(
        "UPDATE readings SET is_starred = ?2 WHERE story = ?1 AND deleted IS NULL", id,
        [.bool(isStarred)])
    }
  }

  private func changeReading(
    _ sql: String, _ id: StoryID, _ values: [Value]
  ) throws(StorageError) {
    try connection.run(sql, [.int(id)] + values)
    guard connection.changes == 1 else { throw .noStory(id) }
  }
}

// MARK: - Places

extension Place.Part {
  /// The part as kind, index and name; kept kinds never change.
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
  func place(_ column: Int32) -> Place? {
    let part: Place.Part
    switch optionalInt(column) {
    case 0: part = .head
    case 1: part = .block(max(0, number(column + 1)))
    case 2: part = .authorCard
    case 3: part = .threadHead
    case 4: part = .comment(text(column + 2))
    default: return nil
    }
    return Place(part, offset: max(0, number(column + 3)), words: text(column + 4))
  }
}
