package import Queries

/// Lists of stories, fetched in windows; counts come from counters and not from counting rows.
package struct ListStore: Store {
  let database: Database

  /// The first rows of a shelf after a cursor, newest first; from the top without a cursor.
  package func headlines(
    _ shelf: Shelf, after cursor: Cursor? = nil, limit: Int
  ) throws(StorageError) -> [Headline] {
    try headlines(of: plan(Listing(shelf.query())), after: cursor, limit: limit)
  }

  /// The last rows of a shelf before a cursor, newest first; the end of the list without a cursor.
  package func headlines(
    _ shelf: Shelf, before cursor: Cursor?, limit: Int
  ) throws(StorageError) -> [Headline] {
    try headlines(of: plan(Listing(shelf.query())), before: cursor, limit: limit)
  }

  /// One story's row; `nil` if there is none with that ID, or it is deleted.
  package func headline(_ id: StoryID) throws(StorageError) -> Headline? {
    try headline(id, deleted: "NULL")
  }

  /// The row of a story that is deleted and not yet purged; `nil` for any other.
  package func deletedHeadline(_ id: StoryID) throws(StorageError) -> Headline? {
    try headline(id, deleted: "NOT NULL")
  }

  private func headline(_ id: StoryID, deleted: String) throws(StorageError) -> Headline? {
    let sql = """
      SELECT \(Self.columns) FROM readings JOIN stories ON stories.id = readings.story
        JOIN sources ON sources.id = stories.source
      WHERE story = ?1 AND deleted IS \(deleted)
      """
    return try connection.first(sql, [.int(id)]) { Headline($0) }.map(database.pending.applied)
  }

  /// How many stories there are, from counters that triggers maintain: one row is read.
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
    stories.source, (SELECT group_concat(others.name, char(31)) FROM other_sources
      JOIN sources AS others ON others.id = other_sources.source
      WHERE other_sources.story = readings.story)
    """
}
