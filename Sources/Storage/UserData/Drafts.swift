package import Files

/// A comment that the user is writing.
package struct Draft: Sendable, Hashable {
  /// The draft's ID: unique in its library.
  package var id: Int64
  /// The story that it is a comment on.
  package var story: StoryID
  /// The ID of the comment that it replies to; `nil` at the top level.
  package var parent: String?
  /// The ID of the own comment that it will replace; `nil` for a new comment.
  package var edits: String?
  /// The text as typed.
  package var text: String
}

/// Drafts are stored before anything is typed, so that a crash while writing loses nothing.
extension OwnCommentStore {
  private static let draftColumns = "SELECT id, story, parent, edits, text FROM drafts"

  /// The newest draft of a reply or an edit; a new one with `text` if there is none.
  ///
  /// Throws `.noStory` if the story is not in the library. `now` is in seconds since 1970.
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

  /// Stores the text of a draft; does nothing if the draft was deleted.
  ///
  /// May be pending while another program holds the lock. `now` is in seconds since 1970.
  package func keepDraft(
    _ id: Int64, text: String, now: Int64 = Library.now()
  ) throws(StorageError) {
    let isDeferred = try database.changes.deferIfLocked { database throws(StorageError) in
      try database.ownComments.keepDraft(id, text: text, now: now)
    }
    guard !isDeferred else { return }
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE drafts SET text = ?2, changed = ?3 WHERE id = ?1",
        [.int(id), .text(text), .int(now)])
    }
  }

  /// Makes a draft a comment as soon as the lock is free; `false` if it is free now, and nothing was done.
  ///
  /// Until then the text is kept in ``draftFile(_:)`` too, for the program may end before. It stays there
  /// if the story or the comment is gone by then, and a notice says so.
  package func finishWhenUnlocked(
    _ draft: Draft, text: String, author: String, now: Int64 = Library.now()
  ) throws(StorageError) -> Bool {
    let file = draftFile(draft.id)
    let isDeferred = try database.changes.deferIfLocked { database throws(StorageError) in
      let store = database.ownComments
      do throws(StorageError) {
        if let name = draft.edits {
          _ = try store.rewrite(name, as: text, on: draft.story, now: now)
        } else {
          _ = try store.write(text, under: draft.parent, author: author, on: draft.story, now: now)
        }
      } catch {
        switch error {
        case .noStory, .noComment:
          database.pending.problem =
            "What the comment was for has been deleted; its text is kept in \(file.shown)"
        default: throw error
        }
        return
      }
      try store.dropDraft(draft.id)
      try? removeFile(file)
    }
    guard isDeferred else { return false }
    try? makePrivateFolder(file.folder)
    try? writeFile(Array(text.utf8), to: file)
    return true
  }

  /// Deletes a draft.
  package func dropDraft(_ id: Int64) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run("DELETE FROM drafts WHERE id = ?1", [.int(id)])
    }
  }

  /// The drafts on a story, or on all stories that are not deleted; last changed first.
  package func drafts(on story: StoryID? = nil) throws(StorageError) -> [Draft] {
    var drafts: [Draft] = []
    // Runs at each start: the plan must go from the few drafts to their stories.
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
  /// The file in which an editor gets a draft: beside the library, so that it is found after a crash.
  package func draftFile(_ id: Int64) -> Path {
    database.path.adding(suffix: ".drafts").appending(Path("comment-\(id).md"))
  }

  /// The path of `draftFile(_:)` for messages.
  package func draftPlace(_ id: Int64) -> String { draftFile(id).shown }
}
