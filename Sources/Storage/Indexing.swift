/// The full-text index, which keeps no text of its own and so has to be told each change twice: before,
/// what was there, and after, what is.
extension Library {
  private static let indexed = "title, body, captions, comments"

  /// Puts a story into the index as it now stands in the tables.
  func index(_ id: StoryID) throws(StorageError) {
    try connection.run(
      """
      INSERT INTO story_search(rowid, \(Self.indexed))
      SELECT id, \(Self.indexed) FROM story_texts WHERE id = ?1
      """, [.int(id)])
    try connection.run(
      "INSERT INTO author_search(rowid, authors) SELECT id, authors FROM stories WHERE id = ?1",
      [.int(id)])
  }

  /// Takes a story out of the index, which has to be told the very text that was put in: so this
  /// goes before any change of it.
  func unindex(_ id: StoryID) throws(StorageError) {
    try connection.run(
      """
      INSERT INTO story_search(story_search, rowid, \(Self.indexed))
      SELECT 'delete', id, \(Self.indexed) FROM story_texts WHERE id = ?1
      """, [.int(id)])
    try connection.run(
      """
      INSERT INTO author_search(author_search, rowid, authors)
      SELECT 'delete', id, authors FROM stories WHERE id = ?1
      """, [.int(id)])
  }
}
