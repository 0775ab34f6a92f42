internal import Stories

/// Entries that a feed did not have before.
extension EntryStore {
  /// Stores an entry that its feed did not have: as a story of its own, or as one that another source
  /// has already.
  func storeNew(
    _ entry: PreparedEntry, _ content: PreparedEntry.Content, _ batch: inout EntryBatch,
    _ matched: inout MatchedEntries
  ) throws(StorageError) {
    let source = matched.subscription
    guard let other = try storyOfOtherSource(content.story, batch, matched) else {
      let id = try insert(content.story, of: source, isAhead: matched.isAhead, now: batch.now)
      try insertEntry(entry, content, id, &matched, now: batch.now)
      try write(content.enclosures, of: id)
      return batch.result.new.append(id)
    }
    if let row = other.entry {
      // The feed lists again what it listed long ago, under another guid.
      try update(row, entry, content, now: batch.now)
      matched.listed.insert(row)
      batch.result.same += 1
    } else {
      try insertEntry(entry, content, other.story, &matched, now: batch.now)
      try join(source.source, to: other.story)
      batch.result.joined.append(other.story)
    }
    guard !other.isDeleted else { return }
    if try enclosures(of: other.story).isEmpty { try write(content.enclosures, of: other.story) }
    guard try hasMoreText(content.story, than: other.story) else { return }
    try replace(other.story, with: content.story, of: source, now: batch.now)
    try setMainSource(source.source, of: other.story)
    batch.result.updated.append(other.story)
  }

  private func insert(
    _ story: PreparedStory, of source: SubscribedSource, isAhead: Bool, now: Int64
  ) throws(StorageError) -> StoryID {
    try database.stories.insert(
      story.of(source.name), now: now, sorted: isAhead ? now : nil, isIndexedLater: true)
  }

  private func insertEntry(
    _ entry: PreparedEntry, _ content: PreparedEntry.Content, _ story: StoryID,
    _ matched: inout MatchedEntries, now: Int64
  ) throws(StorageError) {
    let keys = content.keys
    try connection.run(
      """
      INSERT INTO entries(subscription, key, bare, link, title, content, raw, told, story,
        first_seen, is_cut, comments_page, comments_feed, comment_count)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      """,
      [
        .int(matched.subscription.id), .int(keys.key), .optional(keys.bare), .optional(keys.link),
        .int(keys.title), .optional(keys.content), .int(entry.raw), .int(content.told),
        .int(story), .int(now), .bool(content.story.isCut), .optional(content.comments.page),
        .optional(content.comments.feed), content.comments.count.map { .int($0) } ?? .null,
      ])
    matched.listed.insert(connection.lastInsertedID)
  }

  /// Stores the files of a story in place of those that it had.
  func write(_ enclosures: [Enclosure], of story: StoryID) throws(StorageError) {
    for (position, file) in enclosures.enumerated() {
      try connection.run(
        """
        INSERT OR REPLACE INTO enclosures(story, position, address, type, length, title, duration)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        [
          .int(story), .int(position), .text(file.address), .optional(file.type),
          file.length.map { .int($0) } ?? .null, .optional(file.title),
          file.duration.map { .int($0) } ?? .null,
        ])
    }
  }

  // MARK: - Other sources

  private struct Elsewhere {
    var story: StoryID
    var isDeleted: Bool
    /// The entry of this subscription that the story has already.
    var entry: Int64?
  }

  /// The story with these words, or at this address, of another source or of this one long ago.
  ///
  /// Not one that this fetch lists as another entry: what stands side by side is never one story.
  private func storyOfOtherSource(
    _ story: PreparedStory, _ batch: EntryBatch, _ matched: MatchedEntries
  ) throws(StorageError) -> Elsewhere? {
    let candidates = try self.candidates(of: story, batch.subscription)
    guard !candidates.isEmpty else { return nil }
    let similarity = Similarity(story)
    for candidate in candidates {
      if let entry = candidate.entry, matched.listed.contains(entry) { continue }
      if candidate.entry == nil, batch.keepsApart { continue }
      guard candidate.hasSameText || similarity.isSameStory(as: candidate.similarity) else {
        continue
      }
      return Elsewhere(
        story: candidate.story, isDeleted: candidate.isDeleted, entry: candidate.entry)
    }
    return nil
  }

  private struct Candidate {
    var story: StoryID
    var isDeleted: Bool
    var entry: Int64?
    var hasSameText: Bool
    var similarity: Similarity
  }

  /// The stories with the same words, and the newest at the same address.
  private func candidates(
    of story: PreparedStory, _ subscription: SubscriptionID
  ) throws(StorageError) -> [Candidate] {
    var found: [Candidate] = []
    for (column, value) in [
      ("content", Value.optional(story.identity.content)),
      ("address", Value.optional(story.identity.address)),
    ] {
      if case .null = value { continue }
      try connection.each(
        """
        SELECT identities.story, deleted IS NOT NULL,
          (SELECT max(id) FROM entries WHERE entries.story = identities.story AND subscription = ?2),
          title, text, sources.name, is_cut, published
        FROM identities JOIN stories ON stories.id = identities.story
          JOIN bodies ON bodies.story = stories.id JOIN readings ON readings.story = stories.id
          JOIN sources ON sources.id = stories.source
        WHERE identities.\(column) = ?1 ORDER BY identities.story DESC LIMIT \(Self.mostCandidates)
        """, [value, .int(subscription)]
      ) { row in
        found.append(
          Candidate(
            story: row.int(0), isDeleted: row.bool(1), entry: row.optionalInt(2),
            hasSameText: column == "content",
            similarity: Similarity(
              title: row.text(3), text: row.bytes(4), site: row.text(5), isCut: row.bool(6),
              published: row.optionalInt(7))))
      }
    }
    return found
  }

  /// A site may give one address to all of its stories; each comparison reads a text.
  private static let mostCandidates = 20

  /// Makes a source one of those of a story.
  func join(_ source: SourceID, to story: StoryID) throws(StorageError) {
    try connection.run(
      """
      INSERT OR IGNORE INTO other_sources(story, source)
      SELECT id, ?2 FROM stories WHERE id = ?1 AND source <> ?2
      """, [.int(story), .int(source)])
  }

  /// Makes a source the main one of a story, beside which the one that was it stays.
  func setMainSource(_ source: SourceID, of story: StoryID) throws(StorageError) {
    let old = try connection.number("SELECT source FROM stories WHERE id = ?1", [.int(story)])
    guard old != source else { return }
    try connection.run(
      "UPDATE stories SET source = ?2 WHERE id = ?1", [.int(story), .int(source)])
    try join(old, to: story)
  }

  /// Whether a version has much more text than a story: all of it instead of the beginning.
  func hasMoreText(_ story: PreparedStory, than known: StoryID) throws(StorageError) -> Bool {
    let old = try connection.first(
      """
      SELECT words, is_cut, text FROM stories JOIN bodies ON bodies.story = stories.id
        JOIN identities ON identities.story = stories.id WHERE stories.id = ?1
      """, [.int(known)]
    ) { (words: $0.count(0), isCut: $0.bool(1), text: $0.bytes(2)) }
    guard let old, !story.isCut || old.isCut else { return false }
    guard story.row.words > 2 * old.words else {
      return old.isCut && !story.isCut && story.row.words > old.words
    }
    return old.isCut || old.words < Identity.minimumWords
      || CutText.isCut(old.text, from: story.form.text)
  }
}

extension PreparedStory {
  /// The same as a story of a source.
  func of(_ source: String) -> PreparedStory {
    var row = row
    row.source = source
    return PreparedStory(
      form: form, identity: identity, row: row, isCut: isCut, parserVersion: parserVersion,
      original: original)
  }
}
