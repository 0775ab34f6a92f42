/// What came of fetching a feed, to be kept with its subscription.
package struct FetchRecord: Sendable, Hashable {
  /// The address that was asked; where it is another by now, the record is of no use any more.
  package var address: String
  package var status: FetchStatus
  /// The state from now on; `nil` leaves it.
  package var state: Subscription.State?
  /// The address that the feed has moved to for good.
  package var newAddress: String?
  /// What the feed says of itself, if it came.
  package var feed: FeedFacts?

  package init(address: String, status: FetchStatus) {
    self.address = address
    self.status = status
  }
}

extension SubscriptionStore {
  /// Keeps what came of a fetch.
  ///
  /// `false` if the subscription has another address by now or was ended: validators of one address
  /// must never be sent to another. A new address that another subscription has is not taken.
  @discardableResult
  package func record(
    _ record: FetchRecord, of id: SubscriptionID
  ) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      let isKept = try change(
        """
        etag = ?2, modified = ?3, fetched = ?4, changed = ?5, due = ?6, ttl = ?7, max_age = ?8,
          gap = ?9, failures = ?10, failing_since = ?11, error = ?12, error_words = ?13,
          moved_to = ?14, moved_count = ?15, moved_since = ?16, moved_from = ?17, validated = ?18
        """, id, record.status.values + [.text(record.address)],
        where: "removed IS NULL AND address = ?19")
      guard isKept else { return false }
      // The user may have paused it meanwhile.
      if let state = record.state {
        _ = try change("state = ?2", id, [.text(state.rawValue)], where: "state <> 'paused'")
      }
      if let feed = record.feed { try keep(feed, of: id) }
      if let address = record.newAddress { _ = try move(id, to: address) }
      return true
    }
  }

  /// What a feed says of itself; its title names the source unless the user has named it.
  private func keep(_ feed: FeedFacts, of id: SubscriptionID) throws(StorageError) {
    // A name that a list gave and that is the feed's own follows the feed from now on.
    let isNew = try change(
      """
      title = coalesce(?2, title), home = coalesce(?3, home), language = coalesce(?4, language),
        own_title = nullif(own_title, ?2)
      """, id, [.optional(feed.title), .optional(feed.home), .optional(feed.language)],
      where: "(title IS NOT ?2 OR home IS NOT ?3 OR language IS NOT ?4 OR own_title = ?2)")
    if isNew { try nameSource(of: id) }
  }

  /// Gives a subscription another address; its validators are dropped, its stories stay.
  ///
  /// The old address is kept, to go back to. `false` if another subscription has the new one.
  @discardableResult
  package func move(
    _ id: SubscriptionID, to address: String, now: Int64? = nil
  ) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      let isTaken = try connection.number(
        "SELECT count(*) FROM subscriptions WHERE address = ?2 AND id <> ?1",
        [.int(id), .text(address)])
      guard isTaken == 0 else { return false }
      return try change(
        """
        moved_from = address, address = ?2, etag = NULL, modified = NULL, validated = NULL,
          moved_to = NULL,
          moved_count = 0, moved_since = NULL, due = coalesce(?3, due)
        """, id, [.text(address), now.map(Value.int) ?? .null], where: "address <> ?2")
    }
  }

  /// Goes back to the address that a subscription had before it moved; `false` if there is none.
  @discardableResult
  package func undoMove(_ id: SubscriptionID, now: Int64 = Library.now()) throws(StorageError)
    -> Bool
  {
    try transaction { () throws(StorageError) in
      let old = try connection.first(
        "SELECT moved_from FROM subscriptions WHERE id = ?1", [.int(id)]
      ) { $0.optionalText(0) }
      guard let old = old ?? nil else { return false }
      return try move(id, to: old, now: now)
    }
  }

  /// Notes that a server said that a feed is gone for good.
  @discardableResult
  package func markGone(_ id: SubscriptionID) throws(StorageError) -> Bool {
    try change("state = 'gone'", id, [], where: "state = 'active'")
  }
}
