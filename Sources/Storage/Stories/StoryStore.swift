package import Stories

/// The stories of a library, as their pages said them.
package struct StoryStore: Store {
  let database: Database

  /// The story, or `nil` if there is none with that number.
  package func story(_ id: StoryID) throws(StorageError) -> Story? {
    guard let form = try form(of: id) else { return nil }
    guard var story = form.story() else { throw .damagedStory(connection.path, id) }
    story.thread = try database.ownComments.joined(story.thread, of: id)
    return story
  }

  /// The page a story came from, as it came; `nil` if there is none.
  package func original(of id: StoryID) throws(StorageError) -> Original? {
    let path = connection.path
    return try connection.first(
      "SELECT packed, size, address, name, charset, format FROM originals WHERE story = ?1",
      [.int(id)]
    ) { row throws(StorageError) in
      guard let bytes = Packed.unpack(row.bytes(0), size: row.number(1)) else {
        throw .damagedStory(path, id)
      }
      return Original(
        bytes: bytes, address: row.optionalText(2), name: row.optionalText(3),
        charset: row.optionalText(4), format: row.optionalText(5))
    }
  }

  /// The stories that an older parser made and whose pages are kept, oldest number first.
  package func parsed(before version: Int) throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each(
      """
      SELECT identities.story FROM identities JOIN originals USING (story)
      WHERE parser < ?1 ORDER BY identities.story
      """, [.int(version)]
    ) { ids.append($0.int(0)) }
    return ids
  }

  /// All story numbers, oldest first.
  package func allIDs() throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each("SELECT id FROM stories ORDER BY id") { ids.append($0.int(0)) }
    return ids
  }

  /// The story that stood at an address, in whatever spelling; `nil` if there is none.
  package func id(at address: String) throws(StorageError) -> StoryID? {
    guard let shared = Identity.sharedForm(address) else { return nil }
    return try connection.first(
      """
      SELECT story FROM identities JOIN readings USING (story)
      WHERE address = ?1 AND deleted IS NULL LIMIT 1
      """, [.text(shared)]
    ) { $0.int(0) }
  }
}

// MARK: - Rows

extension StoryStore {
  /// A story as the tables keep it; `nil` if there is none with that number.
  func form(of id: StoryID) throws(StorageError) -> StoryForm? {
    let body = try connection.first(
      """
      SELECT title, structure, text FROM bodies JOIN stories ON stories.id = bodies.story
      WHERE story = ?1
      """, [.int(id)]
    ) { row in
      StoryForm(
        title: row.text(0), structure: row.bytes(1), text: row.bytes(2), figures: [], comments: [])
    }
    guard var form = body else { return nil }
    try connection.each(
      """
      SELECT number, kind, structure, caption, credit, alt, image FROM figures
      WHERE story = ?1 AND discussion IS NULL ORDER BY position
      """, [.int(id)]
    ) { form.figures.append(StoryForm.FigureRow($0)) }
    try connection.each(
      """
      SELECT parent, comments.name, author, time, time_form, marks, structure, text
      FROM discussions CROSS JOIN comments ON discussion = discussions.id
      WHERE story = ?1 AND kind = 'page' ORDER BY discussion, position
      """, [.int(id)]
    ) { form.comments.append(StoryForm.CommentRow($0)) }
    return form
  }

  /// Whether all that is kept of a story can be read.
  func isWhole(_ id: StoryID) throws(StorageError) -> Bool {
    do throws(StorageError) {
      guard try story(id) != nil else { return false }
      _ = try original(of: id)
      return true
    } catch .damagedStory {
      return false
    }
  }
}
