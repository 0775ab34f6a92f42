package import Stories

/// A story as one row of a list.
package struct Headline: Sendable, Hashable {
  /// The story.
  package var id: StoryID
  /// The headline; empty if the page has none.
  package var title: String
  /// The name of its source: the site, or the folder of the file.
  package var source: String
  /// The ID of its source.
  package var sourceID: SourceID
  /// The names of other sources that it came through too, in no order.
  package var otherSources: [String] = []
  /// When it was published; `nil` if the page does not say.
  package var published: Timestamp?
  /// When it was added to the library, in UTC.
  package var added: Timestamp
  /// The number of words of its text, without comments.
  package var words: Int
  /// The number of figures of its page.
  package var figures: Int
  /// The number of comments that the page states, or that it contains if those are more, and of
  /// those from elsewhere and the user's own.
  package var comments: Int
  /// How many of the comments were added since the story was last opened; 0 if it never was.
  package var newComments: Int
  /// Whether it is marked read.
  package var isRead: Bool
  /// Whether it is starred.
  package var isStarred: Bool
  /// How much of it has been read, 0…1.
  package var progress: Double
  /// The date that lists are sorted by, in seconds since 1970: of publication, or of adding if there
  /// is none.
  package var sorted: Int64
  /// When it was last opened, in seconds since 1970; `nil` if it never was.
  package var opened: Int64?

  /// Its position in a list sorted by date; `Listing.cursor(of:)` has that in any order.
  package var cursor: Cursor { Cursor(number: sorted, id: id) }
}

/// The number of stories in the library, by state.
package struct Counts: Sendable, Hashable {
  /// All that are not deleted.
  package var all: Int
  /// Not marked read.
  package var unread: Int
  /// Starred.
  package var starred: Int
  /// Read in part.
  package var started: Int
  /// Deleted and not yet purged; not included in the other counts.
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
      otherSources: row.text(16).split(separator: "\u{1F}").map(String.init),
      published: row.time(5),
      added: Timestamp(seconds: row.int(7), form: Timestamp.exactForm), words: row.number(8),
      figures: row.number(9),
      comments: row.number(10),
      newComments: opened == nil ? 0 : max(0, row.count(10) - row.count(14)),
      isRead: row.bool(11), isStarred: row.bool(12),
      progress: row.share(2), sorted: row.int(1), opened: opened)
  }
}
