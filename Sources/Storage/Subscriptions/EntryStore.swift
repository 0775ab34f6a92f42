internal import Stories

/// The entries of feeds, and the stories that these are.
package struct EntryStore: Store {
  let database: Database

  /// The hashes of the entries that a feed listed in its last complete fetch; entries with one of them
  /// need not be prepared again.
  ///
  /// Those whose story an older parser has read are left out: it is read again.
  package func listed(
    of id: SubscriptionID, parserVersion: Int = 0
  ) throws(StorageError) -> Set<Int64> {
    var hashes: Set<Int64> = []
    try connection.each(
      """
      SELECT raw FROM entries WHERE subscription = ?1 AND gone IS NULL AND NOT EXISTS (
        SELECT 1 FROM identities JOIN stories ON stories.id = identities.story
          JOIN subscriptions ON subscriptions.id = ?1 AND subscriptions.source = stories.source
        WHERE identities.story = entries.story AND parser < ?2 AND NOT EXISTS (
          SELECT 1 FROM originals WHERE originals.story = entries.story))
      """, [.int(id), .int(parserVersion)]
    ) { hashes.insert($0.int(0)) }
    return hashes
  }

  /// Files that belong to a story.
  package func enclosures(of story: StoryID) throws(StorageError) -> [Enclosure] {
    var found: [Enclosure] = []
    try connection.each(
      """
      SELECT address, type, length, title, duration FROM enclosures WHERE story = ?1
      ORDER BY position
      """, [.int(story)]
    ) { row in
      found.append(
        Enclosure(
          row.text(0), type: row.optionalText(1), length: row.isNull(2) ? nil : row.count(2),
          title: row.optionalText(3), duration: row.isNull(4) ? nil : row.count(4)))
    }
    return found
  }

  /// Where feeds say that a story is discussed.
  package func commentLinks(of story: StoryID) throws(StorageError) -> [CommentLinks] {
    var found: [CommentLinks] = []
    try connection.each(
      """
      SELECT comments_page, comments_feed, comment_count FROM entries
      WHERE story = ?1 AND coalesce(comments_page, comments_feed) IS NOT NULL ORDER BY id
      """, [.int(story)]
    ) { row in
      found.append(
        CommentLinks(
          page: row.optionalText(0), feed: row.optionalText(1),
          count: row.isNull(2) ? nil : row.count(2)))
    }
    return found
  }

  /// Stores the entries of a fetch in one transaction.
  @discardableResult
  package func store(
    _ entries: [PreparedEntry], of subscription: SubscriptionID, isWhole: Bool = true,
    keepsApart: Bool = false, now: Int64 = Library.now()
  ) throws(StorageError) -> EntryResult {
    var batch = EntryBatch(
      entries, of: subscription, isWhole: isWhole, keepsApart: keepsApart, now: now)
    while !batch.isDone { try store(&batch, limit: .max) }
    return batch.result
  }

  /// Stores up to `limit` entries of a batch in one transaction, the last of the document first.
  ///
  /// Nothing of the batch has changed if this throws. What was stored stays where the program is
  /// killed between two calls: the next fetch goes on from there. Of a subscription that was ended
  /// meanwhile nothing more is stored.
  package func store(_ batch: inout EntryBatch, limit: Int) throws(StorageError) {
    var attempt = batch
    try transaction { () throws(StorageError) in
      var matched: MatchedEntries
      try match(&attempt)
      switch attempt.progress {
      case .matching, .done: return
      case .storing(let stored):
        matched = stored
        guard let source = try subscribedSource(attempt.subscription) else {
          attempt.progress = .done
          return
        }
        matched.subscription = source
      }
      try storeNext(&attempt, &matched, limit)
      attempt.progress = .storing(matched)
      guard matched.next == attempt.entries.count else { return }
      try end(&attempt, matched)
      attempt.progress = .done
    }
    batch = attempt
  }

  private func storeNext(
    _ batch: inout EntryBatch, _ matched: inout MatchedEntries, _ limit: Int
  ) throws(StorageError) {
    let end = matched.next + min(limit, batch.entries.count - matched.next)
    while matched.next < end {
      // The document's first entry gets the largest number, so that it stands first among those of
      // the same date.
      let index = batch.entries.count - 1 - matched.next
      matched.next += 1
      let entry = batch.entries[index]
      switch matched.matches[index] {
      case .duplicate: batch.result.duplicates += 1
      case .known(let known):
        try store(entry, as: matched.known[known], &batch, matched)
      case .new:
        // Nothing is known of one that was listed when it was prepared and is not any more.
        guard let content = entry.content else { continue }
        try storeNew(entry, content, &batch, &matched)
      }
    }
  }

  /// Marks what the feed does not list any more, and logs what was replaced.
  private func end(
    _ batch: inout EntryBatch, _ matched: MatchedEntries
  ) throws(StorageError) {
    guard batch.isWhole else { return }
    for known in matched.known
    where known.identity.isListed && !matched.listed.contains(known.identity.id) {
      try connection.run(
        "UPDATE entries SET gone = ?2 WHERE id = ?1 AND gone IS NULL",
        [.int(known.identity.id), .int(batch.now)])
      batch.result.gone += connection.changes
    }
  }

  // MARK: - Matching

  func subscribedSource(_ id: SubscriptionID) throws(StorageError) -> SubscribedSource? {
    try connection.first(
      """
      SELECT source, name, updates_unread FROM subscriptions
        JOIN sources ON sources.id = source
      WHERE subscriptions.id = ?1 AND removed IS NULL
      """, [.int(id)]
    ) { row in
      SubscribedSource(
        id: id, source: row.int(0), name: row.text(1), updatesAreUnread: row.bool(2))
    }
  }

  /// Finds out what each entry of a batch is, by reading only; `store` does so if this was not called,
  /// and then holds the write lock meanwhile.
  package func match(_ batch: inout EntryBatch) throws(StorageError) {
    guard case .matching = batch.progress else { return }
    let matched = try matches(of: batch)
    batch.progress = matched.map(EntryBatch.Progress.storing) ?? .done
  }

  /// What the entries of a batch are; `nil` if the subscription does not go on.
  private func matches(of batch: EntryBatch) throws(StorageError) -> MatchedEntries? {
    guard let source = try subscribedSource(batch.subscription) else { return nil }
    let known = try knownEntries(batch)
    // What is unchanged has the keys of the entry that it is.
    let byRaw = Dictionary(
      known.map { ($0.identity.raw, $0.identity.keys) }, uniquingKeysWith: { first, _ in first })
    let fetched = batch.entries.map { entry in
      let keys = entry.content?.keys ?? byRaw[entry.raw]
      return (keys: keys ?? EntryKeys(key: entry.raw, title: entry.raw), raw: entry.raw)
    }
    var failure: StorageError?
    var compared = 0
    let matches = EntryIdentity.match(fetched, with: known.map(\.identity)) { candidate, index in
      guard failure == nil, compared < Self.mostCompared,
        let story = batch.entries[index].content?.story
      else { return false }
      compared += 1
      do throws(StorageError) {
        return try isSimilar(known[candidate].identity, story)
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    let listed = matches.compactMap { match in
      if case .known(let index) = match { known[index].identity.id } else { nil }
    }
    return MatchedEntries(
      subscription: source, known: known, matches: matches, isAhead: batch.isAhead,
      listed: Set(listed))
  }

  /// The entries of a feed that are listed, and those that have the key of one that was fetched.
  private func knownEntries(_ batch: EntryBatch) throws(StorageError) -> [KnownEntry] {
    var known: [KnownEntry] = []
    var ids: Set<Int64> = []
    func add(_ condition: String, _ values: [Value]) throws(StorageError) {
      try connection.each(
        """
        SELECT \(KnownEntry.columns) FROM entries LEFT JOIN readings USING (story)
        WHERE subscription = ?1 AND \(condition)
        """, [.int(batch.subscription)] + values
      ) { row in
        let entry = KnownEntry(row)
        if ids.insert(entry.identity.id).inserted { known.append(entry) }
      }
    }
    try add("gone IS NULL ORDER BY entries.id", [])
    let listed = Set(known.flatMap { [$0.identity.keys.key, $0.identity.earlier ?? 0] })
    // A feed that gives one key to all that it ever had is looked at as far as is quick.
    var left = Self.mostGone
    for key in Set(batch.entries.compactMap(\.content?.keys.key)) where left > 0 {
      let before = known.count
      let limit = listed.contains(key) ? min(left, Self.mostGoneOfListed) : left
      for column in ["key", "earlier"] {
        try add(
          "\(column) = ?2 AND gone IS NOT NULL ORDER BY entries.id DESC LIMIT ?3",
          [.int(key), .int(limit)])
      }
      left -= known.count - before
    }
    return known
  }

  /// So many texts are compared for one fetch: a feed that is made to need more takes seconds.
  private static let mostCompared = 2000
  private static let mostGone = 4000
  /// Of a key that a listed entry has, so many others are looked at.
  private static let mostGoneOfListed = 1000

  private func isSimilar(
    _ known: EntryIdentity.Known, _ story: PreparedStory
  ) throws(StorageError) -> Bool {
    guard let id = known.story else { return false }
    let old = try connection.first(
      """
      SELECT title, text, sources.name, is_cut, published FROM stories
        JOIN bodies ON bodies.story = stories.id JOIN identities ON identities.story = stories.id
        JOIN sources ON sources.id = stories.source
      WHERE stories.id = ?1
      """, [.int(id)]
    ) { row in
      Similarity(
        title: row.text(0), text: row.bytes(1), site: row.text(2), isCut: row.bool(3),
        published: row.optionalInt(4))
    }
    return old.map { Similarity(story).likeness(to: $0) > 0 } ?? false
  }
}

extension KnownEntry {
  static let columns = """
    entries.id, key, earlier, bare, link, title, content, raw, told, entries.story, gone IS NULL,
    deleted IS NOT NULL
    """

  init(_ row: Row) {
    identity = EntryIdentity.Known(
      id: row.int(0),
      keys: EntryKeys(
        key: row.int(1), bare: row.optionalInt(3), link: row.optionalInt(4), title: row.int(5),
        content: row.optionalInt(6)),
      earlier: row.optionalInt(2), raw: row.int(7), isListed: row.bool(10),
      story: row.optionalInt(9))
    told = row.int(8)
    isDeleted = row.bool(11)
  }
}
