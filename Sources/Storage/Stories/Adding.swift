internal import Glibc
package import Stories

/// What became of a story that was added.
package enum Added: Sendable, Hashable {
  case new(StoryID)
  /// The library had it, and now has what the page says today.
  case updated(StoryID)
  /// The library had it as it is.
  case same(StoryID)

  package var id: StoryID {
    switch self {
    case .new(let id), .updated(let id), .same(let id): id
    }
  }
}

extension Library {
  /// Adds a story, or brings the one it is known to be up to date; what the reader did is kept.
  ///
  /// It is the same story if it came in the same bytes, has the same headline and text, or has the
  /// same address and is like it (`Similarity`); another story at that address is added beside it.
  /// What is brought up to date stays as a revision, and undo brings it back. A cut copy never
  /// replaces a whole one, nor a page the version that replaced it or one of a later day. `now` is in seconds since 1970.
  @discardableResult
  package func add(
    _ story: PreparedStory, now: Int64 = Library.now()
  ) throws(StorageError) -> Added {
    try transaction { () throws(StorageError) in
      guard let known = try find(story) else { return .new(try insert(story, now: now)) }
      let wasDeleted = try restore(known.id)
      if known.isReplaced { return wasDeleted ? .new(known.id) : .same(known.id) }
      // One whose rows were damaged since is written again.
      if known.form == story.identity.form, try isWhole(known.id) {
        try markParsed(known.id, by: story)
        return wasDeleted ? .new(known.id) : .same(known.id)
      }
      if story.isCut, !known.isCut { return wasDeleted ? .new(known.id) : .same(known.id) }
      // The same page read by another parser says nothing new.
      let isNewPage = known.page == nil || known.page != story.identity.page
      if isNewPage, try isOlder(story, than: known.id) {
        return wasDeleted ? .new(known.id) : .same(known.id)
      }
      if isNewPage, try loses(known.id, to: story) {
        try keep(known.id, replacedBy: story, now: now)
      }
      try replace(known.id, with: story)
      return wasDeleted ? .new(known.id) : .updated(known.id)
    }
  }

  /// Adds a story that was not prepared elsewhere.
  @discardableResult
  package func add(
    _ story: Story, original: Original?, parserVersion: Int, source: String? = nil
  ) throws(StorageError) -> Added {
    try add(
      PreparedStory(story, original: original, parserVersion: parserVersion, source: source))
  }

  /// Puts what a better parser made of a story's page in its place.
  @discardableResult
  package func reparsed(_ id: StoryID, _ story: PreparedStory) throws(StorageError) -> Added {
    try transaction { () throws(StorageError) in
      let known = try connection.first(
        "SELECT form, page FROM identities WHERE story = ?1", [.int(id)]
      ) { (form: $0.bytes(0), page: $0.isNull(1) ? nil : $0.bytes(1)) }
      // Damage may have taken the row of a story that is there.
      let isKnown = try connection.number("SELECT count(*) FROM stories WHERE id = ?1", [.int(id)])
      guard isKnown > 0 else { throw .noStory(id) }
      // An import has replaced the page since it was read: what it said before is a revision now.
      if let page = known?.page, let read = story.identity.page, page != read { return .same(id) }
      if known?.form == story.identity.form, try isWhole(id) {
        try markParsed(id, by: story)
        return .same(id)
      }
      try replace(id, with: story)
      return .updated(id)
    }
  }

  /// Notes that a parser has read a story's page and made nothing better of it.
  package func markParsed(_ id: StoryID, parserVersion: Int) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE identities SET parser = ?2 WHERE story = ?1", [.int(id), .int(parserVersion)])
    }
  }

  /// Takes a story and all that belongs to it out of the library.
  package func delete(_ id: StoryID) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try unindex(id)
      try connection.run("DELETE FROM stories WHERE id = ?1", [.int(id)])
      guard connection.changes == 1 else { throw .noStory(id) }
    }
  }

  /// The clock, in seconds since 1970.
  package static func now() -> Int64 { Int64(time(nil)) }

  /// Brings a deleted story back, as the reader now asks for it again; whether it was deleted.
  private func restore(_ id: StoryID) throws(StorageError) -> Bool {
    try connection.run(
      "UPDATE readings SET deleted = NULL WHERE story = ?1 AND deleted IS NOT NULL", [.int(id)])
    return connection.changes > 0
  }

  /// Whether a page is of an earlier day than the known story, and so an older copy of it.
  ///
  /// A day, for pages give the hour in different time zones, or not at all.
  private func isOlder(
    _ story: PreparedStory, than known: StoryID
  ) throws(StorageError) -> Bool {
    guard let new = story.row.published?.seconds else { return false }
    let old = try connection.first(
      "SELECT published FROM stories WHERE id = ?1", [.int(known)]
    ) { $0.optionalInt(0) }
    guard let old = old ?? nil else { return false }
    let limit = old.subtractingReportingOverflow(86_400)
    return !limit.overflow && new <= limit.partialValue
  }

  // MARK: - Known stories

  private struct Known {
    var id: StoryID
    var form: [UInt8]
    var isCut: Bool
    var page: [UInt8]?
    /// Whether the page is an earlier version, which the story has left behind, or a copy elsewhere.
    var isReplaced = false

    init(_ row: Row) {
      id = row.int(0)
      form = row.bytes(1)
      isCut = row.bool(2)
      page = row.isNull(3) ? nil : row.bytes(3)
    }
  }

  private static let knownColumns = """
    SELECT identities.story, identities.form, is_cut, identities.page FROM identities
    """

  /// The story that a page is a version of.
  ///
  /// Exact hits go first, so that each of two stories at one address, and each version of one
  /// story, is known again however often they are imported.
  private func find(_ story: PreparedStory) throws(StorageError) -> Known? {
    let identity = story.identity
    if let page = identity.page {
      if let known = try known("page", .bytes(page)) { return known }
      var replaced = try connection.first(
        """
        \(Self.knownColumns) JOIN revisions USING (story)
        WHERE revisions.page = ?1 AND is_undone = 0
        """, [.bytes(page)], Known.init)
      replaced?.isReplaced = true
      if let replaced { return replaced }
    }
    if let known = try findVersion(of: story) { return known }
    guard let content = identity.content else { return nil }
    guard var known = try known("content", .bytes(content)) else { return nil }
    guard try isElsewhere(story, than: known.id) else { return known }
    // A copy without a thread adds nothing, and one with a thread is a story of its own.
    known.isReplaced = true
    return story.form.comments.isEmpty ? known : nil
  }

  /// Whether both have addresses, and others: to replace one by the other would lose an address and
  /// the comments below it.
  private func isElsewhere(
    _ story: PreparedStory, than known: StoryID
  ) throws(StorageError) -> Bool {
    guard let address = story.identity.address else { return false }
    let other = try connection.first(
      "SELECT address FROM identities WHERE story = ?1", [.int(known)]
    ) { $0.optionalText(0) }
    return (other ?? nil).map { $0 != address } ?? false
  }

  private func known(_ column: String, _ value: Value) throws(StorageError) -> Known? {
    try connection.first(
      "\(Self.knownColumns) WHERE \(column) = ?1 ORDER BY story", [value], Known.init)
  }

  /// Of the newest stories at the same address, the one that this is most like.
  private func findVersion(of story: PreparedStory) throws(StorageError) -> Known? {
    guard let address = story.identity.address else { return nil }
    var best: (known: Known, likeness: Double)?
    let new = Similarity(story)
    try connection.each(
      """
      SELECT identities.story, identities.form, is_cut, identities.page, title, text, sources.name, published
      FROM identities JOIN stories ON stories.id = identities.story JOIN bodies USING (story)
        JOIN sources ON sources.id = stories.source
      WHERE address = ?1 ORDER BY identities.story DESC LIMIT ?2
      """, [.text(address), .int(Self.comparedAtMost)]
    ) { row in
      let known = Known(row)
      let likeness =
        known.form == story.identity.form
        ? 2
        : new.likeness(
          to: Similarity(
            title: row.text(4), text: row.bytes(5), site: row.text(6), isCut: known.isCut,
            published: row.optionalInt(7)))
      if likeness > best?.likeness ?? 0 { best = (known, likeness) }
    }
    return best?.known
  }

  /// A site may give one address for all of its pages; each comparison reads a text.
  private static let comparedAtMost = 20

  /// Keeps a story as a revision before an import replaces it, and logs that.
  private func keep(
    _ id: StoryID, replacedBy story: PreparedStory, now: Int64
  ) throws(StorageError) {
    let revision = try keepRevision(of: id, before: story.identity.form, now: now)
    try logReplacement(.init(.replaced(revision), true, [id]), now: now)
  }

  /// The story is as it was; its page may be one we did not have, or its parser a newer one.
  private func markParsed(_ id: StoryID, by story: PreparedStory) throws(StorageError) {
    try connection.run(
      """
      UPDATE identities SET parser = max(parser, ?2), page = coalesce(page, ?3),
        address = coalesce(address, ?4) WHERE story = ?1
      """,
      [
        .int(id), .int(story.parserVersion), .optional(story.identity.page),
        .optional(story.identity.address),
      ])
    try writeOriginal(story, id, verb: "INSERT OR IGNORE")
  }

  // MARK: - Rows

  private func insert(_ story: PreparedStory, now: Int64) throws(StorageError) -> StoryID {
    let row = story.row
    try connection.run(
      """
      INSERT INTO stories(title, source, authors, published, published_form, words, figures,
        comments, added, sorted, host) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """,
      try columns(row) + [
        .int(now), .int(row.sorted(added: now)), .text(story.identity.host),
      ])
    let id = connection.lastInsertedID
    try connection.run(
      "INSERT INTO readings(story, sorted) VALUES(?1, ?2)",
      [.int(id), .int(row.sorted(added: now))])
    try write(story, id)
    return id
  }

  func replace(_ id: StoryID, with story: PreparedStory) throws(StorageError) {
    try unindex(id)
    let added = try connection.number("SELECT added FROM stories WHERE id = ?1", [.int(id)])
    let sorted = story.row.sorted(added: added)
    try connection.run(
      """
      UPDATE stories SET title = ?1, source = ?2, authors = ?3, published = ?4,
        published_form = ?5, words = ?6, figures = ?7, comments = ?8, sorted = ?9, host = ?10
      WHERE id = ?11
      """, try columns(story.row) + [.int(sorted), .text(story.identity.host), .int(id)])
    try connection.run(
      "UPDATE stories SET comments = comments + \(Self.commentsFromElsewhere) WHERE id = ?1",
      [.int(id)])
    try connection.run(
      "UPDATE readings SET sorted = ?2 WHERE story = ?1 AND sorted <> ?2",
      [.int(id), .int(sorted)])
    try connection.run(
      "DELETE FROM figures WHERE story = ?1 AND discussion IS NULL", [.int(id)])
    try write(story, id)
  }

  private func write(_ story: PreparedStory, _ id: StoryID) throws(StorageError) {
    let form = story.form
    try connection.run(
      "INSERT OR REPLACE INTO bodies(story, structure, text) VALUES(?1, ?2, ?3)",
      [.int(id), .bytes(form.structure), .utf8(form.text)])
    let identity = story.identity
    try connection.run(
      """
      INSERT OR REPLACE INTO identities(story, address, content, page, form, parser, is_cut)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .int(id), .optional(identity.address), .optional(identity.content),
        .optional(identity.page), .bytes(identity.form), .int(story.parserVersion),
        .bool(story.isCut),
      ])
    try writeFigures(form.figures, of: id)
    try writePageComments(story, id)
    try writeOriginal(story, id, verb: "INSERT OR REPLACE")
    try index(id)
  }

  private func writeOriginal(
    _ story: PreparedStory, _ id: StoryID, verb: String
  ) throws(StorageError) {
    guard let original = story.original else { return }
    let facts = original.facts
    try connection.run(
      """
      \(verb) INTO originals(story, address, name, charset, format, size, packed)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .int(id), .optional(facts.address), .optional(facts.name), .optional(facts.charset),
        .optional(facts.format), .int(original.size), .bytes(original.packed),
      ])
  }
}

extension Library {
  fileprivate func columns(_ row: StoryRow) throws(StorageError) -> [Value] {
    [
      .text(row.title), .int(try sourceID(named: row.source)), .text(row.authors),
      row.published.map { .int($0.seconds) } ?? .null,
      row.published.map { .int($0.form) } ?? .null, .int(row.words), .int(row.figures),
      .int(row.comments),
    ]
  }
}
