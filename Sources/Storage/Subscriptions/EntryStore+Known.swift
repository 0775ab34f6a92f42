internal import Stories

/// Entries that a feed had before.
extension EntryStore {
  /// Stores an entry that is a known one: nothing, or an update of its story.
  func store(
    _ entry: PreparedEntry, as known: KnownEntry, _ batch: inout EntryBatch,
    _ matched: MatchedEntries
  ) throws(StorageError) {
    let row = known.identity
    guard let content = entry.content, entry.raw != row.raw || content.keys.key != row.keys.key
    else {
      if !row.isListed {
        try connection.run("UPDATE entries SET gone = NULL WHERE id = ?1", [.int(row.id)])
      }
      if let content = entry.content, let story = row.story, !known.isDeleted {
        try readBetter(content, row.id, story, matched.subscription)
      }
      batch.result.same += 1
      return
    }
    try update(row.id, entry, content, now: batch.now)
    guard let story = row.story, !known.isDeleted else {
      batch.result.same += 1
      return
    }
    try count(content.comments, on: story, content.story)
    // A feed that leaves its files out takes none away.
    if !content.enclosures.isEmpty, try enclosures(of: story) != content.enclosures {
      try connection.run("DELETE FROM enclosures WHERE story = ?1", [.int(story)])
      try write(content.enclosures, of: story)
    }
    if try isUpdate(content, of: story, known, matched.subscription) {
      try replace(story, with: content.story, of: matched.subscription, now: batch.now)
      batch.result.updated.append(story)
    } else {
      batch.result.same += 1
    }
  }

  /// Writes what a feed says of an entry now.
  ///
  /// A key that it did not have leads to it from then on, and so does the one before.
  func update(
    _ id: Int64, _ entry: PreparedEntry, _ content: PreparedEntry.Content, now: Int64
  ) throws(StorageError) {
    let keys = content.keys
    try connection.run(
      """
      UPDATE entries SET earlier = iif(key = ?2, earlier, key), key = ?2, bare = ?3,
        link = coalesce(?4, link), title = ?5, content = ?6, raw = ?7, told = ?8, gone = NULL,
        is_cut = ?9, comments_page = ?10, comments_feed = ?11, comment_count = ?12
      WHERE id = ?1
      """,
      [
        .int(id), .int(keys.key), .optional(keys.bare), .optional(keys.link), .int(keys.title),
        .optional(keys.content), .int(entry.raw), .int(content.told), .bool(content.story.isCut),
        .optional(content.comments.page), .optional(content.comments.feed),
        content.comments.count.map { .int($0) } ?? .null,
      ])
  }

  /// How many comments a story has, as the feed counts them: no update of the story.
  private func count(
    _ comments: CommentLinks, on id: StoryID, _ story: PreparedStory
  ) throws(StorageError) {
    guard comments.count != nil else { return }
    try connection.run(
      """
      UPDATE stories SET comments = ?2 + \(DiscussionStore.commentsFromElsewhere)
      WHERE id = ?1 AND comments <> ?2 + \(DiscussionStore.commentsFromElsewhere)
      """, [.int(id), .int(story.row.comments)])
  }

  // MARK: - Updates

  /// Whether what a feed says now is an update of a story, and not a poorer form of it.
  private func isUpdate(
    _ content: PreparedEntry.Content, of id: StoryID, _ known: KnownEntry,
    _ subscription: SubscribedSource
  ) throws(StorageError) -> Bool {
    guard content.told != known.told else { return false }
    let new = content.story
    // Of a story that has another main source, only more text is of use.
    let main = try connection.number("SELECT source FROM stories WHERE id = ?1", [.int(id)])
    guard main == subscription.source else { return try hasMoreText(new, than: id) }
    guard let old = try database.stories.form(of: id), let story = old.story(),
      let version = new.form.story()
    else { return true }
    guard ComparedText(story, form: old).isUpdated(by: ComparedText(version, form: new.form)) else {
      return false
    }
    let kept = try connection.first(
      """
      SELECT is_cut, EXISTS (SELECT 1 FROM originals WHERE originals.story = identities.story)
      FROM identities WHERE story = ?1
      """, [.int(id)]
    ) { (isCut: $0.bool(0), hasPage: $0.bool(1)) }
    if new.isCut, kept?.isCut == false { return false }
    // The whole text was fetched from the page, and the feed has only a part of it.
    if kept?.hasPage == true, new.row.words * 2 < wordCount(old.text) { return false }
    return !CutText.isCut(new.form.text, from: old.text)
  }

  /// Replaces a story by what a feed says of it now; what it said before stays as a revision, and the
  /// reader's marks stay.
  func replace(
    _ id: StoryID, with story: PreparedStory, of subscription: SubscribedSource, now: Int64
  ) throws(StorageError) {
    let revision = try database.stories.keepRevision(
      of: id, before: story.identity.form, now: now)
    // Made again from its page by a better parser, the story would lose what the feed says.
    if story.original == nil {
      try connection.run("DELETE FROM originals WHERE story = ?1", [.int(id)])
    }
    try database.stories.replace(
      id, with: story.of(subscription.name), isIndexedLater: true, keepsDate: true)
    // Nobody asked for it now, so undo passes over it: the user means what was done here.
    try database.changes.record(
      Change(steps: [.init(.replaced(revision), true, [id])]), now: now)
    guard subscription.updatesAreUnread else { return }
    try connection.run(
      "UPDATE readings SET is_read = 0 WHERE story = ?1 AND is_read = 1 AND deleted IS NULL",
      [.int(id)])
  }

  /// Puts what a better parser makes of the same entry in the place of its story: no update.
  private func readBetter(
    _ content: PreparedEntry.Content, _ entry: Int64, _ id: StoryID,
    _ subscription: SubscribedSource
  ) throws(StorageError) {
    let story = content.story
    let old = try connection.first(
      """
      SELECT form, EXISTS (SELECT 1 FROM originals WHERE originals.story = identities.story), source
      FROM identities JOIN stories ON stories.id = story WHERE story = ?1 AND parser < ?2
      """, [.int(id), .int(story.parserVersion)]
    ) { (form: $0.bytes(0), hasPage: $0.bool(1), source: $0.int(2)) }
    guard let old, !old.hasPage, old.source == subscription.source else { return }
    guard old.form != story.identity.form else {
      return try database.stories.markParsed(id, parserVersion: story.parserVersion)
    }
    try database.stories.replace(
      id, with: story.of(subscription.name), isIndexedLater: true, keepsDate: true)
    try connection.run(
      "UPDATE entries SET told = ?2 WHERE id = ?1", [.int(entry), .int(content.told)])
  }
}
