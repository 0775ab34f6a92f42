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

  /// Puts all stories into an index that is empty, telling how many of how many are in it.
  static func fillIndex(
    _ connection: Connection, _ progress: Progress
  ) throws(StorageError) {
    let last = try connection.number("SELECT coalesce(max(id), 0) FROM stories")
    let total = Int(try connection.number("SELECT count(*) FROM stories"))
    var done = 0
    for start in stride(from: 1, through: last, by: filledAtOnce) {
      try connection.run(
        """
        INSERT INTO story_search(rowid, \(indexed))
        SELECT id, \(indexed) FROM story_texts WHERE id BETWEEN ?1 AND ?2
        """, [.int(start), .int(start + Int64(filledAtOnce) - 1)])
      done += connection.changes
      progress(done, total)
    }
  }

  /// So many stories take a tenth of a second, after which one likes to see something.
  private static let filledAtOnce = 500

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
