package import Files

/// A comment that is being written.
package struct Draft: Sendable, Hashable {
  package var id: Int64
  package var story: StoryID
  /// The id of the comment it answers; `nil` at the top level.
  package var parent: String?
  /// The name of the comment that it will take the place of; `nil` for a new one.
  package var edits: String?
  package var text: String
}

/// Drafts are kept before anything is typed, so that an end in the middle loses nothing.
extension OwnCommentStore {
  private static let draftColumns = "SELECT id, story, parent, edits, text FROM drafts"

  /// The draft at a place of a thread, or a new one with some text.
  package func draft(
    on story: StoryID, under parent: String?, editing name: String? = nil, text: String = "",
    now: Int64 = Library.now()
  ) throws(StorageError) -> Draft {
    try transaction { () throws(StorageError) in
      let known = try connection.first(
        "\(Self.draftColumns) WHERE story = ?1 AND parent IS ?2 AND edits IS ?3 ORDER BY id DESC",
        [.int(story), .optional(parent), .optional(name)], Draft.init)
      if let known { return known }
      let isThere = try connection.number(
        "SELECT count(*) FROM stories WHERE id = ?1", [.int(story)])
      guard isThere == 1 else { throw .noStory(story) }
      try connection.run(
        "INSERT INTO drafts(story, parent, edits, text, changed) VALUES(?1, ?2, ?3, ?4, ?5)",
        [.int(story), .optional(parent), .optional(name), .text(text), .int(now)])
      return Draft(
        id: connection.lastInsertedID, story: story, parent: parent, edits: name, text: text)
    }
  }

  /// Keeps what a draft says now; one that is gone stays gone.
  package func keepDraft(
    _ id: Int64, text: String, now: Int64 = Library.now()
  ) throws(StorageError) {
    let isWaiting = try database.changes.waits { database throws(StorageError) in
      try database.ownComments.keepDraft(id, text: text, now: now)
    }
    guard !isWaiting else { return }
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE drafts SET text = ?2, changed = ?3 WHERE id = ?1",
        [.int(id), .text(text), .int(now)])
    }
  }

  /// Forgets a draft.
  package func dropDraft(_ id: Int64) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run("DELETE FROM drafts WHERE id = ?1", [.int(id)])
    }
  }

  /// The drafts on a story, or on all stories that are not deleted; the newest first.
  package func drafts(on story: StoryID? = nil) throws(StorageError) -> [Draft] {
    var drafts: [Draft] = []
    // Asked at each start: the few drafts look for their stories, never all stories for drafts.
    try connection.each(
      """
      \(Self.draftColumns) WHERE (?1 IS NULL OR story = ?1)
        AND EXISTS (
          SELECT 1 FROM readings WHERE readings.story = drafts.story AND deleted IS NULL)
      ORDER BY changed DESC, id DESC
      """, [story.map(Value.int) ?? .null]
    ) { drafts.append(Draft($0)) }
    return drafts
  }
}

extension Draft {
  fileprivate init(_ row: Row) {
    self.init(
      id: row.int(0), story: row.int(1), parent: row.optionalText(2), edits: row.optionalText(3),
      text: row.text(4))
  }
}

extension OwnCommentStore {
  /// Where an editor gets a draft: beside the library, so that it is found again after a crash.
  package func draftFile(_ id: Int64) -> Path {
    database.path.adding(suffix: ".drafts").appending(Path("comment-\(id).md"))
  }

  /// The same for a sentence.
  package func draftPlace(_ id: Int64) -> String { draftFile(id).shown }
}
