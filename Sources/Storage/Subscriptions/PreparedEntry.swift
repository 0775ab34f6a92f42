package import Stories

/// A file that belongs to a story: a recording, a film, a document.
package struct Enclosure: Sendable, Hashable {
  package var address: String
  /// The MIME type as written.
  package var type: String?
  /// In bytes.
  package var length: Int?
  package var title: String?
  /// In seconds.
  package var duration: Int?

  package init(
    _ address: String, type: String? = nil, length: Int? = nil, title: String? = nil,
    duration: Int? = nil
  ) {
    self.address = address
    self.type = type
    self.length = length
    self.title = title
    self.duration = duration
  }
}

/// Where an entry is discussed, and how much.
package struct CommentLinks: Sendable, Hashable {
  package var page: String?
  /// The feed of the comments.
  package var feed: String?
  package var count: Int?

  package init(page: String? = nil, feed: String? = nil, count: Int? = nil) {
    self.page = page
    self.feed = feed
    self.count = count
  }
}

/// An entry of a fetched feed, made ready to be stored away from the one that writes.
package struct PreparedEntry: Sendable {
  /// The hash of all that the feed says of it.
  let raw: Int64
  /// `nil` for one that was listed before and has not changed.
  let content: Content?

  struct Content: Sendable {
    var keys: EntryKeys
    var told: Int64
    var story: PreparedStory
    var enclosures: [Enclosure]
    var comments: CommentLinks
  }

  /// An entry that is as it was: `raw` is one of `EntryStore.listed(of:)`.
  package init(unchanged raw: Int64) {
    self.raw = raw
    content = nil
  }

  /// An entry that is new or may have changed.
  ///
  /// `raw` is the `EntryHash` of all that the feed says of it. `guid` and `link` are as the feed has
  /// them, resolved; the story's address is the link.
  package init(
    raw: Int64, guid: String?, link: String?, story: Story, parserVersion: Int,
    enclosures: [Enclosure] = [], comments: CommentLinks = CommentLinks()
  ) {
    self.raw = raw
    let prepared = PreparedStory(story, original: nil, parserVersion: parserVersion)
    content = Content(
      keys: EntryKeys(
        guid: guid, link: link, title: story.title, text: prepared.form.text,
        published: story.published),
      told: ComparedText(story, form: prepared.form).hash, story: prepared, enclosures: enclosures,
      comments: comments)
  }
}

/// What became of the entries of a fetch.
package struct EntryResult: Sendable, Hashable {
  /// Stories that the library did not have.
  package var new: [StoryID] = []
  /// Stories whose text was replaced; what they said before is a revision.
  package var updated: [StoryID] = []
  /// Stories that the library had from another source, and that have this one too from now on.
  package var joined: [StoryID] = []
  /// How many entries were as before, or differ in nothing that a user would call an update.
  package var same = 0
  /// How many entries the feed lists twice.
  package var duplicates = 0
  /// How many entries the feed does not list any more.
  package var gone = 0

  package init() {}
}

/// The entries of one fetch on their way into the library, which may take several transactions.
package struct EntryBatch: Sendable {
  package let subscription: SubscriptionID
  let entries: [PreparedEntry]
  /// Whether the body was complete: only then are the entries that it lacks gone.
  let isWhole: Bool
  /// Whether a story that another source has becomes a story of its own.
  let keepsApart: Bool
  /// In seconds since 1970.
  let now: Int64

  package internal(set) var result = EntryResult()
  var progress = Progress.matching

  enum Progress: Sendable {
    case matching
    case storing(MatchedEntries)
    case done
  }

  /// Entries in the document's order.
  package init(
    _ entries: [PreparedEntry], of subscription: SubscriptionID, isWhole: Bool,
    keepsApart: Bool = false, now: Int64 = Library.now()
  ) {
    self.subscription = subscription
    self.entries = entries
    self.isWhole = isWhole
    self.keepsApart = keepsApart
    self.now = now
  }

  /// How many entries there are in all.
  package var count: Int { entries.count }

  /// Whether all is stored.
  package var isDone: Bool { if case .done = progress { true } else { false } }

  /// Whether most entries are dated after the fetch, as those of a calendar are: then dates say
  /// nothing of what is new.
  var isAhead: Bool {
    let dates = entries.compactMap(\.content?.story.row.published?.seconds)
    return dates.count > 2 && dates.filter { $0 > now }.count * 2 > dates.count
  }
}

/// What each entry of a batch is, and which are yet to be stored.
struct MatchedEntries: Sendable {
  var subscription: SubscribedSource
  var known: [KnownEntry]
  var matches: [EntryIdentity.Match]
  /// Entries from here on, counted from the end of the document, are yet to be stored.
  var next = 0
  var isAhead: Bool
  /// The rows of entries that this fetch lists: known ones, and those that were added.
  var listed: Set<Int64>
}

/// What storing needs to know of a subscription.
struct SubscribedSource: Sendable {
  var id: SubscriptionID
  var source: SourceID
  var name: String
  var updatesAreUnread: Bool
}

/// An entry that the library has.
struct KnownEntry: Sendable {
  var identity: EntryIdentity.Known
  var told: Int64
  var isDeleted: Bool
}
