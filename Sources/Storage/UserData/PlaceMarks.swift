package import Stories

/// A place in a story that the reader gave a letter.
package struct PlaceMark: Sendable, Hashable {
  /// "a" … "z", "A" … "Z".
  package var name: String
  package var story: StoryID
  /// `nil` for the place where the story was left.
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
  /// The places that were marked, in order of their letters; not those in deleted stories.
  package func placeMarks() throws(StorageError) -> [PlaceMark] {
    try placeMarks("1", [])
  }

  /// The place with a letter, or `nil` if there is none; in a deleted story too.
  package func placeMark(_ name: String) throws(StorageError) -> PlaceMark? {
    try placeMarks("name = ?1", [.text(name)], withDeleted: true).first
  }

  /// Keeps a place under its letter; another one that had it is forgotten.
  package func setPlaceMark(_ mark: PlaceMark) throws(StorageError) {
    let isWaiting = try database.changes.waits { database throws(StorageError) in
      try database.user.setPlaceMark(mark)
    }
    guard !isWaiting else { return }
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

  /// Forgets the place with a letter.
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
