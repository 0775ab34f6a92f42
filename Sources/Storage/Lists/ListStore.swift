package import Queries

/// Lists of stories: in windows along a plan, with counts that are kept rather than counted.
package struct ListStore: Store {
  let database: Database

  /// The rows of a shelf that follow a place in the list, newest first; from the top without one.
  package func headlines(
    _ shelf: Shelf, after cursor: Cursor? = nil, limit: Int
  ) throws(StorageError) -> [Headline] {
    try headlines(of: plan(Listing(shelf.query())), after: cursor, limit: limit)
  }

  /// The rows before a place in a shelf, newest first; the end of the list without one.
  package func headlines(
    _ shelf: Shelf, before cursor: Cursor?, limit: Int
  ) throws(StorageError) -> [Headline] {
    try headlines(of: plan(Listing(shelf.query())), before: cursor, limit: limit)
  }

  /// One story's row, or `nil` if there is none with that number.
  package func headline(_ id: StoryID) throws(StorageError) -> Headline? {
    try headline(id, deleted: "NULL")
  }

  /// The row of a story that was deleted and not yet purged.
  package func deletedHeadline(_ id: StoryID) throws(StorageError) -> Headline? {
    try headline(id, deleted: "NOT NULL")
  }

  private func headline(_ id: StoryID, deleted: String) throws(StorageError) -> Headline? {
    let sql = """
      SELECT \(Self.columns) FROM readings JOIN stories ON stories.id = readings.story
        JOIN sources ON sources.id = stories.source
      WHERE story = ?1 AND deleted IS \(deleted)
      """
    return try connection.first(sql, [.int(id)]) { Headline($0) }.map(database.waiting.applied)
  }

  /// How many stories there are; kept by the library, so asking costs nothing.
  package func counts() throws(StorageError) -> Counts {
    let counts = try connection.first(
      "SELECT total, unread, starred, started, deleted FROM counts"
    ) {
      Counts(
        all: $0.count(0), unread: $0.count(1), starred: $0.count(2), started: $0.count(3),
        deleted: $0.count(4))
    }
    return counts ?? Counts(all: 0, unread: 0, starred: 0)
  }

  static let columns = """
    readings.story, readings.sorted, progress, title, sources.name, published, published_form, added,
    stories.words, figures, comments, is_read, is_starred, opened, seen,
    stories.source
    """
}
