package import Stories

/// A place in a story that the user marked with a letter.
package struct PlaceMark: Sendable, Hashable {
  /// The letter: "a" … "z", "A" … "Z".
  package var name: String
  /// The story that the place is in.
  package var story: StoryID
  /// The place; `nil` for the reading position of the story.
  package var place: Place?
  /// The headline of the story.
  package var title: String

  package init(name: String, story: StoryID, place: Place?, title: String = "") {
    self.name = name
    self.story = story
    self.place = place
    self.title = title
  }
}

extension UserStore {
  /// All place marks, sorted by letter, but those in deleted stories.
  package func placeMarks() throws(StorageError) -> [PlaceMark] {
    try placeMarks("1", [])
  }

  /// The place mark with a letter, also in a deleted story; `nil` if there is none.
  package func placeMark(_ name: String) throws(StorageError) -> PlaceMark? {
    try placeMarks("name = ?1", [.text(name)], withDeleted: true).first
  }

  /// Stores a place mark, replacing the one with the same letter.
  ///
  /// Throws `.noStory` if its story is not in the library. May be pending while another program holds
  /// the lock.
  package func setPlaceMark(_ mark: PlaceMark) throws(StorageError) {
    let isDeferred = try database.changes.deferIfLocked { database throws(StorageError) in
      try database.user.setPlaceMark(mark)
    }
    guard !isDeferred else { return }
    try transaction { () throws(StorageError) in
      guard try database.lists.headline(mark.story) != nil else { throw .noStory(mark.story) }
      let (part, index, name) = mark.place?.part.columns ?? (.null, .null, .null)
      try connection.run(
        """
        INSERT OR REPLACE INTO place_marks(
          name, story, part, part_index, part_name, offset, words)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        [
          .text(mark.name), .int(mark.story), part, index, name,
          mark.place.map { .int($0.offset) } ?? .null, .optional(mark.place?.words),
        ])
    }
  }

  /// Deletes the place mark with a letter, if there is one.
  package func deletePlaceMark(_ name: String) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run("DELETE FROM place_marks WHERE name = ?1", [.text(name)])
    }
  }

  private func placeMarks(
    _ condition: String, _ values: [Value], withDeleted: Bool = false
  ) throws(StorageError) -> [PlaceMark] {
    var marks: [PlaceMark] = []
    try connection.each(
      """
      SELECT name, place_marks.story, title, place_marks.part, place_marks.part_index,
        place_marks.part_name, place_marks.offset, place_marks.words
      FROM place_marks JOIN stories ON stories.id = place_marks.story
        JOIN readings ON readings.story = place_marks.story
      WHERE \(condition) \(withDeleted ? "" : "AND deleted IS NULL")
      ORDER BY name COLLATE NOCASE, name DESC
      """, values
    ) { row in
      marks.append(
        PlaceMark(name: row.text(0), story: row.int(1), place: row.place(3), title: row.text(2)))
    }
    return marks
  }
}
