package import Stories

/// The content of the stories of a library.
package struct StoryStore: Store {
  let database: Database

  /// The story with an ID, with comments from elsewhere and the user's own; `nil` if there is none.
  ///
  /// Throws `.damagedStory` if its stored form cannot be decoded.
  package func story(_ id: StoryID) throws(StorageError) -> Story? {
    guard let form = try form(of: id) else { return nil }
    guard var story = form.story() else { throw .damagedStory(connection.path, id) }
    story.thread = try database.ownComments.joined(story.thread, of: id)
    return story
  }

  /// The original page of a story; `nil` if there is none.
  ///
  /// Throws `.damagedStory` if it cannot be decompressed.
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

  /// The stories that were parsed by a version before `version` and whose pages are stored, by ID.
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

  /// The IDs of all stories, deleted ones too, ascending.
  package func allIDs() throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each("SELECT id FROM stories ORDER BY id") { ids.append($0.int(0)) }
    return ids
  }

  /// The story at an address, in any spelling of it; `nil` if there is none, or it is deleted.
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
  /// The stored form of a story; `nil` if there is none with that ID.
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

  /// Whether a story and its page can be read; `false` for damaged or missing ones.
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
