package import Stories

/// A story as one row of a list.
package struct Headline: Sendable, Hashable {
  package var id: StoryID
  package var title: String
  /// Where it comes from: the site's name, or the folder of the file.
  package var source: String
  package var published: Timestamp?
  package var added: Timestamp
  package var words: Int
  package var figures: Int
  /// How many comments the page says there are, or shows if those are more.
  package var comments: Int
  package var isRead: Bool
  package var isStarred: Bool
  /// How far the reader got, 0…1.
  package var progress: Double
  /// By what lists are sorted: when it was published, or else added, in seconds since 1970.
  package var sorted: Int64

  package var cursor: Cursor { Cursor(sorted: sorted, id: id) }
}

/// A place between the rows of a list, which stays where it is when rows come and go.
package struct Cursor: Sendable, Hashable {
  package var sorted: Int64
  package var id: StoryID

  package init(sorted: Int64, id: StoryID) {
    self.sorted = sorted
    self.id = id
  }
}

/// Which stories a list shows.
package enum Shelf: Sendable, Hashable, CaseIterable { case all, unread, starred }

/// How many stories there are.
package struct Counts: Sendable, Hashable {
  package var all: Int
  package var unread: Int
  package var starred: Int

  package init(all: Int, unread: Int, starred: Int) {
    self.all = all
    self.unread = unread
    self.starred = starred
  }
}

extension Library {
  /// The rows that follow a place in the list, newest first; from the top without one.
  package func headlines(
    _ shelf: Shelf, after cursor: Cursor? = nil, limit: Int
  ) throws(StorageError) -> [Headline] {
    let start = cursor ?? Cursor(sorted: .max, id: .max)
    return try window(shelf, "<", "DESC", start, limit)
  }

  /// The rows before a place in the list, newest first; the end of the list without one.
  package func headlines(
    _ shelf: Shelf, before cursor: Cursor?, limit: Int
  ) throws(StorageError) -> [Headline] {
    let start = cursor ?? Cursor(sorted: .min, id: .min)
    return try window(shelf, ">", "ASC", start, limit).reversed()
  }

  /// One story's row, or `nil` if there is none with that number.
  package func headline(_ id: StoryID) throws(StorageError) -> Headline? {
    let sql = """
      SELECT \(Self.columns), is_read, is_starred
      FROM readings JOIN stories ON stories.id = readings.story WHERE story = ?1
      """
    return try connection.first(sql, [.int(id)]) { Headline($0) }
  }

  /// How many stories there are; kept by the library, so asking costs nothing.
  package func counts() throws(StorageError) -> Counts {
    let counts = try connection.first("SELECT total, unread, starred FROM counts") {
      Counts(all: $0.number(0), unread: $0.number(1), starred: $0.number(2))
    }
    return counts ?? Counts(all: 0, unread: 0, starred: 0)
  }

  private static let columns = """
    readings.story, readings.sorted, progress, title, source, published, published_form, added,
    stories.words, figures, comments
    """

  /// Steps along the shelf's index by key: an offset would read every row before the window.
  private func window(
    _ shelf: Shelf, _ comparison: String, _ order: String, _ start: Cursor, _ limit: Int
  ) throws(StorageError) -> [Headline] {
    // What the shelf's partial index implies is said as a constant, so that the index covers.
    let (flags, condition) =
      switch shelf {
      case .all: ("is_read, is_starred", "")
      case .unread: ("0, is_starred", "is_read = 0 AND")
      case .starred: ("is_read, 1", "is_starred = 1 AND")
      }
    let sql = """
      SELECT \(Self.columns), \(flags)
      FROM readings INDEXED BY readings_\(shelf) CROSS JOIN stories ON stories.id = readings.story
      WHERE \(condition) (readings.sorted, readings.story) \(comparison) (?1, ?2)
      ORDER BY readings.sorted \(order), readings.story \(order) LIMIT ?3
      """
    var rows: [Headline] = []
    rows.reserveCapacity(min(max(limit, 0), 1000))
    try connection.each(sql, [.int(start.sorted), .int(start.id), .int(max(limit, 0))]) {
      rows.append(Headline($0))
    }
    return rows
  }
}

extension Headline {
  fileprivate init(_ row: Row) {
    self.init(
      id: row.int(0), title: row.text(3), source: row.text(4), published: row.time(5),
      added: Timestamp(seconds: row.int(7)), words: row.number(8), figures: row.number(9),
      comments: row.number(10), isRead: row.bool(11), isStarred: row.bool(12),
      progress: row.real(2), sorted: row.int(1))
  }
}
