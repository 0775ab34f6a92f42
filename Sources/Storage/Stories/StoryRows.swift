internal import Stories

// The rows of a story that come from its page. The user's data is in other tables.
extension StoryStore {
  /// Inserts the rows of a new story, unread; `now` is in seconds since 1970.
  ///
  /// Lists sort it by `sorted` instead of its date. With `isIndexedLater` it waits for `Indexing`.
  func insert(
    _ story: PreparedStory, now: Int64, sorted: Int64? = nil, isIndexedLater: Bool = false
  ) throws(StorageError) -> StoryID {
    let row = story.row
    let sorted = sorted ?? row.sorted(added: now)
    try connection.run(
      """
      INSERT INTO stories(title, source, authors, published, published_form, words, figures,
        comments, added, sorted, host) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """,
      try columns(row) + [
        .int(now), .int(sorted), .text(story.identity.host),
      ])
    let id = connection.lastInsertedID
    try connection.run(
      "INSERT INTO readings(story, sorted) VALUES(?1, ?2)",
      [.int(id), .int(sorted)])
    if isIndexedLater { try database.indexing.deferIndexing(of: id, sorted: sorted) }
    try write(story, id)
    return id
  }

  /// Replaces the content of a story; comments from elsewhere and the user's data stay.
  ///
  /// A story with entries of feeds keeps its source, whatever its page says. With `keepsDate` it also
  /// keeps its place in lists.
  func replace(
    _ id: StoryID, with story: PreparedStory, isIndexedLater: Bool = false, keepsDate: Bool = false
  ) throws(StorageError) {
    try database.textIndexes.remove(id)
    let old = try connection.first(
      "SELECT added, sorted FROM stories WHERE id = ?1", [.int(id)]
    ) { (added: $0.int(0), sorted: $0.int(1)) }
    let sorted = keepsDate ? old?.sorted ?? 0 : story.row.sorted(added: old?.added ?? 0)
    if isIndexedLater { try database.indexing.deferIndexing(of: id, sorted: sorted) }
    try connection.run(
      """
      UPDATE stories SET title = ?1,
        source = iif(EXISTS (SELECT 1 FROM entries WHERE story = ?11), source, ?2), authors = ?3,
        published = ?4, published_form = ?5, words = ?6, figures = ?7, comments = ?8, sorted = ?9,
        host = ?10
      WHERE id = ?11
      """, try columns(story.row) + [.int(sorted), .text(story.identity.host), .int(id)])
    try connection.run(
      "UPDATE stories SET comments = comments + \(DiscussionStore.commentsFromElsewhere) WHERE id = ?1",
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
    // Memory that parsing has freed stays in the arena of its thread, where SQLite cannot reuse it:
    // 100 MB after a page of 60 MB, in addition to the copies of the text made here.
    if story.isLarge { Connection.returnFreedMemory() }
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
    let discussions = database.discussions
    try discussions.writeFigures(form.figures, of: id)
    try discussions.writePageComments(story, id)
    try writeOriginal(story, id, verb: "INSERT OR REPLACE")
    try database.textIndexes.add(id, body: form.text)
  }

  func writeOriginal(
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

  private func columns(_ row: StoryRow) throws(StorageError) -> [Value] {
    [
      .text(row.title), .int(try sourceID(named: row.source)), .text(row.authors),
      row.published.map { .int($0.seconds) } ?? .null,
      row.published.map { .int($0.form) } ?? .null, .int(row.words), .int(row.figures),
      .int(row.comments),
    ]
  }

  /// The ID of the source with a name, ignoring ASCII case; it is added if there is none.
  func sourceID(named name: String) throws(StorageError) -> SourceID {
    let known = try connection.first("SELECT id FROM sources WHERE name = ?1", [.text(name)]) {
      $0.int(0)
    }
    if let known { return known }
    try connection.run("INSERT INTO sources(name) VALUES(?1)", [.text(name)])
    return connection.lastInsertedID
  }
}
