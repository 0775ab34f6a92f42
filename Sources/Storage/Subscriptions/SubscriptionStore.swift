internal import Stories

/// Subscriptions to feeds: made, found, changed and ended; what became of fetching them.
///
/// Each operation writes its own columns and no others, so that what another program sets meanwhile
/// stays.
package struct SubscriptionStore: Store {
  let database: Database

  // MARK: - Finding

  /// All subscriptions that go on, by name.
  package func all() throws(StorageError) -> [Subscription] {
    try list("removed IS NULL ORDER BY sources.name, subscriptions.id")
  }

  /// Subscriptions that the user ended, the last ended first.
  package func ended() throws(StorageError) -> [Subscription] {
    try list("removed IS NOT NULL ORDER BY removed DESC, subscriptions.id DESC")
  }

  /// The subscription of a number, whether or not it goes on; `nil` if there is none.
  package func subscription(_ id: SubscriptionID) throws(StorageError) -> Subscription? {
    try list("subscriptions.id = ?1", [.int(id)]).first
  }

  /// The subscription to an address that goes on.
  package func subscription(at address: String) throws(StorageError) -> Subscription? {
    try list("address = ?1 AND removed IS NULL", [.text(address)]).first
  }

  /// The subscription that goes on whose stories are those of a source.
  package func subscription(of source: SourceID) throws(StorageError) -> Subscription? {
    try list("source = ?1 AND removed IS NULL", [.int(source)]).first
  }

  /// The subscription that goes on of a name, in whatever letter case.
  package func subscription(named name: String) throws(StorageError) -> Subscription? {
    try list("sources.name = ?1 AND removed IS NULL", [.text(name)]).first
  }

  /// The active subscriptions that are due at a moment, those that have waited longest first.
  package func due(at now: Int64, limit: Int = .max) throws(StorageError) -> [Subscription] {
    try list(
      "state = 'active' AND removed IS NULL AND due <= ?1 ORDER BY due, subscriptions.id LIMIT ?2",
      [.int(now), .int(min(limit, Row.largestCount))])
  }

  /// When the next active subscription is due, in seconds since 1970; `nil` without any.
  package func nextDue() throws(StorageError) -> Int64? {
    try connection.first(
      "SELECT min(due) FROM subscriptions WHERE state = 'active' AND removed IS NULL"
    ) { $0.optionalInt(0) } ?? nil
  }

  /// The stories of a subscription, however many sources they have, in order of their numbers.
  package func stories(of id: SubscriptionID) throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each(
      """
      SELECT DISTINCT story FROM entries WHERE subscription = ?1 AND story IS NOT NULL ORDER BY story
      """, [.int(id)]
    ) { ids.append($0.int(0)) }
    return ids
  }

  private func list(
    _ condition: String, _ values: [Value] = []
  ) throws(StorageError) -> [Subscription] {
    var found: [Subscription] = []
    try connection.each(
      """
      SELECT \(Subscription.columns) FROM subscriptions
        JOIN sources ON sources.id = subscriptions.source
      WHERE \(condition)
      """, values
    ) { found.append(Subscription($0)) }
    return found
  }

  // MARK: - Subscribing

  /// Subscribes to a feed, due at once; one that was ended comes back with all that it had.
  ///
  /// It stands at the end of the top level until it is put into a folder. Of an address that is
  /// subscribed to already nothing is changed, whatever the list says of it.
  @discardableResult
  package func subscribe(
    _ new: NewSubscription, now: Int64 = Library.now()
  ) throws(StorageError) -> (id: SubscriptionID, isNew: Bool) {
    try transaction { () throws(StorageError) in
      let known = try connection.first(
        "SELECT id, removed FROM subscriptions WHERE address = ?1", [.text(new.address)]
      ) { (id: $0.int(0), removed: $0.optionalInt(1)) }
      if let known {
        guard known.removed != nil else { return (known.id, false) }
        try resubscribe(known.id, now: now)
        if let title = new.ownTitle { try rename(known.id, title) }
        return (known.id, true)
      }
      let name = SourceName(new.ownTitle ?? new.feed.title, address: new.address)
      let source = try SourceNames(connection).source(for: name)
      try connection.run(
        """
        INSERT INTO subscriptions(address, source, title, own_title, home, language, added, due)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
        """,
        [
          .text(new.address), .int(source), .optional(new.feed.title), .optional(new.ownTitle),
          .optional(new.feed.home), .optional(new.feed.language), .int(now),
        ])
      let id = connection.lastInsertedID
      try database.folders.place(id, in: nil)
      return (id, true)
    }
  }

  /// Ends a subscription; its stories stay, and so does what was set.
  ///
  /// - Returns: `false` if it does not go on.
  @discardableResult
  package func unsubscribe(
    _ id: SubscriptionID, now: Int64 = Library.now()
  ) throws(StorageError) -> Bool {
    try change("removed = ?2", id, [.int(now)], where: "removed IS NULL")
  }

  /// Takes the end of a subscription back.
  ///
  /// It is due at once, unless it was paused.
  @discardableResult
  package func resubscribe(
    _ id: SubscriptionID, now: Int64 = Library.now()
  ) throws(StorageError) -> Bool {
    try change(
      "removed = NULL, due = ?2, state = iif(state = 'gone', 'active', state)", id, [.int(now)],
      where: "removed IS NOT NULL")
  }

  /// Pauses a subscription.
  @discardableResult
  package func pause(_ id: SubscriptionID) throws(StorageError) -> Bool {
    try change("state = 'paused'", id, [], where: "state <> 'paused'")
  }

  /// Fetches a paused or gone subscription again from now on.
  @discardableResult
  package func resume(
    _ id: SubscriptionID, now: Int64 = Library.now()
  ) throws(StorageError) -> Bool {
    try change(
      """
      state = 'active', due = ?2, failures = 0, failing_since = NULL, error = NULL,
        error_words = NULL
      """, id, [.int(now)], where: "state <> 'active'")
  }

  /// Makes a subscription due at a moment, such as now, when the user asks for it.
  @discardableResult
  package func setDue(_ id: SubscriptionID, at time: Int64) throws(StorageError) -> Bool {
    try change("due = ?2", id, [.int(time)])
  }

  /// Stores the settings of a subscription; a change of the interval makes it due when that is over.
  @discardableResult
  package func set(_ settings: FeedSettings, of id: SubscriptionID) throws(StorageError) -> Bool {
    try change(
      """
      due = CASE WHEN interval IS ?2 OR fetched IS NULL OR ?2 IS NULL THEN due
        ELSE min(due, fetched + ?2) END,
      interval = ?2, full_text = ?3, updates_unread = ?4, keep_days = ?5, agent = ?6, proxy = ?7,
        secret = ?8
      """, id, settings.values)
  }

  /// Changes columns of one subscription, whose number is ?1; whether there is one that it changed.
  func change(
    _ assignments: String, _ id: SubscriptionID, _ values: [Value], where condition: String = "1"
  ) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE subscriptions SET \(assignments) WHERE id = ?1 AND \(condition)",
        [.int(id)] + values)
      return connection.changes == 1
    }
  }
}
