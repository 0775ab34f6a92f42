package import Stories

/// An earlier version of a story, which an import replaced.
package struct Revision: Sendable, Hashable {
  /// The revision's ID: unique in its library, ascending in the order of replacement.
  package var id: Int64
  /// The story that it is a version of.
  package var story: StoryID
  /// When an import replaced it, in seconds since 1970.
  package var replaced: Int64
  /// The headline of that version.
  package var title: String
}

/// Earlier versions of stories, compressed, the newest five of each.
///
/// Undoing an import swaps the revision with the story: the row then holds the newer version, for redo,
/// and is marked so that it is not listed as an earlier one.
extension StoryStore {
  /// How many earlier versions of a story are kept.
  static let revisionLimit = 5

  /// The earlier versions of a story, newest first.
  package func revisions(of story: StoryID) throws(StorageError) -> [Revision] {
    var revisions: [Revision] = []
    try connection.each(
      """
      SELECT id, story, replaced, title FROM revisions
      WHERE story = ?1 AND is_undone = 0 ORDER BY id DESC
      """, [.int(story)]
    ) {
      revisions.append(
        Revision(id: $0.int(0), story: $0.int(1), replaced: $0.int(2), title: $0.text(3)))
    }
    return revisions
  }

  /// An earlier version without the user's comments; `nil` if it is not kept any more.
  ///
  /// Throws `.damagedStory` if it cannot be decoded.
  package func story(_ revision: Revision) throws(StorageError) -> Story? {
    guard let (_, version) = try version(revision.id) else { return nil }
    guard let story = version.form.story() else {
      throw .damagedStory(connection.path, revision.story)
    }
    return story
  }

  // MARK: - Storing

  /// Whether a story says something that its new version does not, so that more than comments were
  /// added; with comments the time of the last update changes too.
  func losesContent(
    _ id: StoryID, replacedBy story: PreparedStory
  ) throws(StorageError) -> Bool {
    guard let old = try form(of: id) else { return false }
    let new = story.form
    guard Set(old.figures).isSubset(of: new.figures),
      old.commentContents.isSubset(of: new.commentContents),
      var before = old.story(), var after = new.story()
    else { return true }
    if old.comments.count < new.comments.count { (before.updated, after.updated) = (nil, nil) }
    (before.thread, after.thread) = (Thread(), Thread())
    return before != after
  }

  /// Stores the current version of a story as its newest revision; returns the revision's ID.
  func keepRevision(
    of story: StoryID, before successor: [UInt8], now: Int64
  ) throws(StorageError) -> Int64 {
    let version = try preparedStory(story)
    guard let packed = Packed.pack(version.encoded) else {
      throw .failed(connection.path, detail: "out of memory")
    }
    try connection.run(
      """
      INSERT INTO revisions(story, replaced, title, page, form, successor, size, packed, original)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """, [.int(story), .int(now)] + Self.columns(version, packed, before: successor))
    let id = connection.lastInsertedID
    try dropSurplus(of: story)
    return id
  }

  /// Deletes all but the newest revisions of a story; the hashes of their pages stay known.
  private func dropSurplus(of story: StoryID) throws(StorageError) {
    let surplus = """
      story = ?1 AND is_undone = 0 AND id <= (
        SELECT id FROM revisions WHERE story = ?1 AND is_undone = 0
        ORDER BY id DESC LIMIT 1 OFFSET ?2)
      """
    let values: [Value] = [.int(story), .int(Self.revisionLimit)]
    try connection.run(
      """
      INSERT OR REPLACE INTO replaced_pages(page, story)
      SELECT page, story FROM revisions WHERE page IS NOT NULL AND \(surplus)
      """, values)
    try connection.run("DELETE FROM revisions WHERE \(surplus)", values)
  }

  private static func columns(
    _ version: PreparedStory, _ packed: [UInt8], before successor: [UInt8]
  ) -> [Value] {
    [
      .text(version.row.title), .optional(version.identity.page), .bytes(version.identity.form),
      .bytes(successor), .int(version.encoded.count), .bytes(packed),
      .optional(version.original?.packed),
    ]
  }

  /// Swaps a revision with its story.
  ///
  /// Returns the story; nothing if it was changed or deleted since, or the revision is not kept any more.
  func swapRevision(
    _ id: Int64, isUndone: Bool, _ stories: Value
  ) throws(StorageError) -> [StoryID] {
    let isWanted = try connection.number(
      """
      SELECT count(*) FROM revisions JOIN identities USING (story) JOIN readings USING (story)
      WHERE id = ?1 AND is_undone <> ?2 AND identities.form = successor AND deleted IS NULL
        AND story IN (SELECT value FROM json_each(?3))
      """, [.int(id), .bool(isUndone), stories])
    guard isWanted == 1, let (story, version) = try version(id) else { return [] }
    let current = try preparedStory(story)
    guard let packed = Packed.pack(current.encoded) else {
      throw .failed(connection.path, detail: "out of memory")
    }
    try replace(story, with: version)
    try connection.run(
      """
      UPDATE revisions SET is_undone = ?2, title = ?3, page = ?4, form = ?5, successor = ?6,
        size = ?7, packed = ?8, original = ?9 WHERE id = ?1
      """,
      [.int(id), .bool(isUndone)]
        + Self.columns(current, packed, before: version.identity.form))
    return [story]
  }

  /// Deletes undone versions that no logged change can restore any more.
  func purgeRevisions() throws(StorageError) {
    try connection.run(
      """
      DELETE FROM revisions WHERE is_undone = 1
        AND id NOT IN (SELECT CAST(tag AS INTEGER) FROM change_steps WHERE mark = 'replaced')
      """)
  }

  // MARK: - Reading

  private func version(
    _ id: Int64
  ) throws(StorageError) -> (story: StoryID, version: PreparedStory)? {
    let path = connection.path
    return try connection.first(
      "SELECT story, size, packed, original FROM revisions WHERE id = ?1", [.int(id)]
    ) { row throws(StorageError) in
      let original = row.isNull(3) ? nil : row.bytes(3)
      guard let bytes = Packed.unpack(row.bytes(2), size: row.number(1)),
        let version = PreparedStory(encoded: bytes, original: original)
      else { throw .damagedStory(path, row.int(0)) }
      return (row.int(0), version)
    }
  }

  /// A story's current version from the tables, ready to be stored as a revision.
  func preparedStory(_ id: StoryID) throws(StorageError) -> PreparedStory {
    guard let form = try form(of: id) else { throw .noStory(id) }
    let original = try connection.first(
      "SELECT packed, size, address, name, charset, format FROM originals WHERE story = ?1",
      [.int(id)]
    ) { row in
      PackedOriginal(
        facts: Original(
          bytes: [], address: row.optionalText(2), name: row.optionalText(3),
          charset: row.optionalText(4), format: row.optionalText(5)),
        packed: row.bytes(0), size: row.number(1))
    }
    // The stored count includes comments from elsewhere, which are not on the page.
    let version = try connection.first(
      """
      SELECT title, sources.name, authors, published, published_form, words, figures,
        comments - \(DiscussionStore.commentsFromElsewhere),
        address, content, page, form, is_cut, parser
      FROM stories JOIN identities ON story = stories.id
        JOIN sources ON sources.id = stories.source
      WHERE stories.id = ?1
      """, [.int(id)]
    ) { row in
      PreparedStory(
        form: form,
        identity: Identity(
          address: row.optionalText(8), content: row.isNull(9) ? nil : row.bytes(9),
          page: row.isNull(10) ? nil : row.bytes(10), form: row.bytes(11)),
        row: StoryRow(
          title: row.text(0), source: row.text(1), authors: row.text(2), published: row.time(3),
          words: row.number(5), figures: row.number(6), comments: max(0, row.number(7))),
        isCut: row.bool(12), parserVersion: row.number(13), original: original)
    }
    guard let version else { throw .noStory(id) }
    return version
  }
}

extension StoryForm {
  /// The name, author and text of each comment.
  fileprivate var commentContents: Set<[String]> {
    Set(comments.map { [$0.name, $0.author, String(decoding: $0.text, as: UTF8.self)] })
  }
}
