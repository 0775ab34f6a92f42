package import Stories

/// A story as one row of a list.
package struct Headline: Sendable, Hashable {
  package var id: StoryID
  package var title: String
  /// Where it comes from: the site's name, or the folder of the file.
  package var source: String
  /// The number of that source in the library.
  package var sourceID: SourceID
  package var published: Timestamp?
  package var added: Timestamp
  package var words: Int
  package var figures: Int
  /// How many comments the page says there are, or shows if those are more.
  package var comments: Int
  /// How many of the comments came since the story was last open.
  package var newComments: Int
  package var isRead: Bool
  package var isStarred: Bool
  /// How far the reader got, 0…1.
  package var progress: Double
  /// By what lists are sorted: when it was published, or else added, in seconds since 1970.
  package var sorted: Int64
  /// When it was last open, in seconds since 1970.
  package var opened: Int64?

  package var cursor: Cursor { Cursor(number: sorted, id: id) }
}

/// How many stories there are.
package struct Counts: Sendable, Hashable {
  package var all: Int
  package var unread: Int
  package var starred: Int
  /// Begun and not read to the end.
  package var started: Int
  /// Deleted and not yet purged; in none of the others.
  package var deleted: Int

  package init(all: Int, unread: Int, starred: Int, started: Int = 0, deleted: Int = 0) {
    self.all = all
    self.unread = unread
    self.starred = starred
    self.started = started
    self.deleted = deleted
  }
}

extension Library {
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
    return try connection.first(sql, [.int(id)]) { Headline($0) }.map(withWaiting)
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

extension Headline {
  init(_ row: Row) {
    let opened = row.optionalInt(13)
    self.init(
      id: row.int(0), title: row.text(3), source: row.text(4), sourceID: row.int(15),
      published: row.time(5),
      added: Timestamp(seconds: row.int(7), form: Timestamp.exactForm), words: row.number(8),
      figures: row.number(9),
      comments: row.number(10),
      newComments: opened == nil ? 0 : max(0, row.count(10) - row.count(14)),
      isRead: row.bool(11), isStarred: row.bool(12),
      progress: row.share(2), sorted: row.int(1), opened: opened)
  }
}
