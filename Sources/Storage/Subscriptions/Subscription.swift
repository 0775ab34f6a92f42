/// The number of a subscription in its library.
package typealias SubscriptionID = Int64

/// A feed that the user subscribed to, with its settings and what became of fetching it.
package struct Subscription: Sendable, Hashable, Identifiable {
  package enum State: String, Sendable, Hashable, CaseIterable {
    /// Fetched when it is due.
    case active
    /// Not fetched until the user resumes it.
    case paused
    /// Not fetched any more: its server said that it is gone for good.
    case gone
  }

  package var id: SubscriptionID
  /// Where it is fetched from, as it is written; no two subscriptions have the same.
  package var address: String
  /// The source of its stories; no two subscriptions have the same.
  package var source: SourceID
  /// The name that is shown, and how many stories the source has, unread ones among them.
  package var counts: NameCount
  /// The name that the user gave it.
  package var ownTitle: String?
  package var feed: FeedFacts
  package var state: State
  /// In seconds since 1970.
  package var added: Int64
  /// When the user ended it, in seconds since 1970; `nil` while it goes on.
  package var removed: Int64?
  package var settings: FeedSettings
  package var status: FetchStatus
}

/// What a feed says of itself.
package struct FeedFacts: Sendable, Hashable {
  package var title: String?
  /// The page of its site.
  package var home: String?
  /// A BCP 47 tag.
  package var language: String?

  package init(title: String? = nil, home: String? = nil, language: String? = nil) {
    self.title = title
    self.home = home
    self.language = language
  }
}

/// What the user set for one subscription; `nil` means what is set for all.
package struct FeedSettings: Sendable, Hashable {
  /// When the whole text of a teaser is fetched from its page.
  package enum FullText: String, Sendable, Hashable, CaseIterable { case opening, always, never }

  /// How often it is fetched, in seconds.
  package var interval: Int64?
  package var fullText: FullText?
  /// Whether an update makes a story unread again.
  package var updatesAreUnread = false
  /// For how many days read stories without marks are kept that the feed no longer lists.
  package var keepDays: Int?
  package var agent: String?
  package var proxy: String?
  /// The name of a credential that is kept elsewhere; never the credential.
  package var secret: String?

  package init() {}
}

/// What the last fetches of a feed gave.
///
/// Moments are in seconds since 1970, spans in seconds.
package struct FetchStatus: Sendable, Hashable {
  package var validators = Validators()
  /// When its server last answered with a feed, or that it has not changed.
  package var fetched: Int64?
  /// When a fetch last brought something new.
  package var changed: Int64?
  /// Not before this is it fetched of itself.
  package var due: Int64 = 0
  package var hints = Hints()
  /// `nil` while fetching works.
  package var failure: Failure?
  package var move: Move?
  /// The address it had before it moved; undo brings it back.
  package var movedFrom: String?

  package init() {}

  /// What a server names the state of a document by, as it was given; sent back with the next
  /// request.
  package struct Validators: Sendable, Hashable {
    package var etag: [UInt8]?
    package var modified: [UInt8]?
    /// The address that gave them, which the feed's may lead to for a while; `nil` means the feed's.
    ///
    /// They are sent to no other one.
    package var address: String?

    /// Longer ones, in bytes, are not kept.
    package static let byteLimit = 1024

    package init(etag: [UInt8]? = nil, modified: [UInt8]? = nil, address: String? = nil) {
      self.address = address
      self.etag = etag.flatMap { $0.isEmpty || $0.count > Self.byteLimit ? nil : $0 }
      self.modified = modified.flatMap { $0.isEmpty || $0.count > Self.byteLimit ? nil : $0 }
    }

    package var isEmpty: Bool { etag == nil && modified == nil }
  }

  /// How often the feed changes, by itself and by what it says.
  package struct Hints: Sendable, Hashable {
    /// RSS `ttl` or the update period of its syndication module.
    package var ttl: Int64?
    /// `max-age` of the HTTP answer.
    package var maxAge: Int64?
    /// The median of the distances between its newest entries.
    package var gap: Int64?

    package init(ttl: Int64? = nil, maxAge: Int64? = nil, gap: Int64? = nil) {
      self.ttl = ttl
      self.maxAge = maxAge
      self.gap = gap
    }
  }

  /// Why fetching fails, and for how long.
  package struct Failure: Sendable, Hashable {
    /// How many attempts failed in a row, at least 1.
    package var count: Int
    package var since: Int64
    /// The kind of error, in a word that programs know.
    package var kind: String
    /// The same for people.
    package var words: String

    package init(count: Int, since: Int64, kind: String, words: String) {
      self.count = count
      self.since = since
      self.kind = kind
      self.words = words
    }
  }

  /// A permanent redirect that was seen, and is believed only after it was seen again and again.
  package struct Move: Sendable, Hashable {
    package var to: String
    package var count: Int
    package var since: Int64

    package init(to: String, count: Int, since: Int64) {
      self.to = to
      self.count = count
      self.since = since
    }
  }
}

/// A feed to subscribe to.
package struct NewSubscription: Sendable, Hashable {
  package var address: String
  package var feed: FeedFacts
  /// The name that the user or the user's list gives it.
  package var ownTitle: String?

  package init(_ address: String, feed: FeedFacts = FeedFacts(), ownTitle: String? = nil) {
    self.address = address
    self.feed = feed
    self.ownTitle = ownTitle
  }
}

// MARK: - Rows

extension Subscription {
  static let columns = """
    subscriptions.id, address, source, sources.name, total, unread, own_title, title, home, language,
    state, added, removed, interval, full_text, updates_unread, keep_days, agent, proxy, secret,
    etag, modified, fetched, changed, due, ttl, max_age, gap, failures, failing_since, error,
    error_words, moved_to, moved_count, moved_since, moved_from, validated
    """

  init(_ row: Row) {
    self.init(
      id: row.int(0), address: row.text(1), source: row.int(2),
      counts: NameCount(name: row.text(3), total: row.count(4), unread: row.count(5)),
      ownTitle: row.optionalText(6),
      feed: FeedFacts(
        title: row.optionalText(7), home: row.optionalText(8), language: row.optionalText(9)),
      state: State(rawValue: row.text(10)) ?? .paused, added: row.int(11),
      removed: row.optionalInt(12), settings: FeedSettings(row, from: 13),
      status: FetchStatus(row, from: 20))
  }
}

extension FeedSettings {
  fileprivate init(_ row: Row, from column: Int32) {
    interval = row.optionalInt(column)
    fullText = row.optionalText(column + 1).flatMap(FullText.init)
    updatesAreUnread = row.bool(column + 2)
    keepDays = row.isNull(column + 3) ? nil : row.count(column + 3)
    agent = row.optionalText(column + 4)
    proxy = row.optionalText(column + 5)
    secret = row.optionalText(column + 6)
  }

  /// The values of the columns from `interval` to `secret`.
  var values: [Value] {
    [
      interval.map(Value.int) ?? .null, .optional(fullText?.rawValue), .bool(updatesAreUnread),
      keepDays.map { .int($0) } ?? .null, .optional(agent), .optional(proxy), .optional(secret),
    ]
  }
}

extension FetchStatus {
  fileprivate init(_ row: Row, from column: Int32) {
    validators = Validators(
      etag: row.isNull(column) ? nil : row.bytes(column),
      modified: row.isNull(column + 1) ? nil : row.bytes(column + 1),
      address: row.optionalText(column + 16))
    fetched = row.optionalInt(column + 2)
    changed = row.optionalInt(column + 3)
    due = row.int(column + 4)
    hints = Hints(
      ttl: row.optionalInt(column + 5), maxAge: row.optionalInt(column + 6),
      gap: row.optionalInt(column + 7))
    if row.int(column + 8) > 0 {
      failure = Failure(
        count: row.count(column + 8), since: row.int(column + 9), kind: row.text(column + 10),
        words: row.text(column + 11))
    }
    if let to = row.optionalText(column + 12) {
      move = Move(to: to, count: row.count(column + 13), since: row.int(column + 14))
    }
    movedFrom = row.optionalText(column + 15)
  }

  /// The values of the columns from `etag` to `moved_from`.
  var values: [Value] {
    [
      .optional(validators.etag), .optional(validators.modified),
      fetched.map(Value.int) ?? .null, changed.map(Value.int) ?? .null, .int(due),
      hints.ttl.map(Value.int) ?? .null, hints.maxAge.map(Value.int) ?? .null,
      hints.gap.map(Value.int) ?? .null, .int(failure?.count ?? 0),
      failure.map { .int($0.since) } ?? .null, .optional(failure?.kind),
      .optional(failure?.words), .optional(move?.to), .int(move?.count ?? 0),
      move.map { .int($0.since) } ?? .null, .optional(movedFrom), .optional(validators.address),
    ]
  }
}
