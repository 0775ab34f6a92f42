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
