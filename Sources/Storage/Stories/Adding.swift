package import Stories

/// The outcome of adding a story.
package enum Added: Sendable, Hashable {
  /// It was not in the library.
  case new(StoryID)
  /// The user had deleted it, and it is restored; a newer version has replaced what the library had.
  case restored(StoryID)
  /// The library had an earlier version, which the new one replaced.
  case updated(StoryID)
  /// The library has this version already, or a more complete one; nothing was replaced.
  case same(StoryID)

  /// The story in the library, in each case.
  package var id: StoryID {
    switch self {
    case .new(let id), .restored(let id), .updated(let id), .same(let id): id
    }
  }
}

extension StoryStore {
  /// Adds a story, or updates the story that it is a version of; the user's data is kept.
  ///
  /// `StoryMatcher` decides which story that is. A replaced version stays as a revision, and undo
  /// restores it. A deleted story is restored. `now` is in seconds since 1970.
  @discardableResult
  package func add(
    _ story: PreparedStory, now: Int64 = Library.now()
  ) throws(StorageError) -> Added {
    try transaction { () throws(StorageError) in
      switch try StoryMatcher(connection).match(story) {
      case .unknown: return .new(try insert(story, now: now))
      case .outdated(let id): return try restore(id) ? .restored(id) : .same(id)
      case .version(let id, let isSame, let isNewPage):
        let wasDeleted = try restore(id)
        // The same story is written again if its rows are damaged.
        if isSame, try isWhole(id) {
          try markParsed(id, by: story)
          return wasDeleted ? .restored(id) : .same(id)
        }
        if isNewPage, try losesContent(id, replacedBy: story) {
          try keep(id, replacedBy: story, now: now)
        }
        try replace(id, with: story)
        return wasDeleted ? .restored(id) : .updated(id)
      }
    }
  }

  /// Prepares a story and adds it.
  @discardableResult
  package func add(
    _ story: Story, original: Original?, parserVersion: Int, source: String? = nil
  ) throws(StorageError) -> Added {
    try add(
      PreparedStory(story, original: original, parserVersion: parserVersion, source: source))
  }

  /// Replaces a story by what a newer parser made of its page; leaves no revision.
  ///
  /// `.same` if nothing differs, or if an import has replaced the page since it was read. Throws
  /// `.noStory` if the story is not in the library.
  @discardableResult
  package func reparsed(_ id: StoryID, _ story: PreparedStory) throws(StorageError) -> Added {
    try transaction { () throws(StorageError) in
      let known = try connection.first(
        "SELECT form, page FROM identities WHERE story = ?1", [.int(id)]
      ) { (form: $0.bytes(0), page: $0.isNull(1) ? nil : $0.bytes(1)) }
      // Damage may have removed the identity of a story that exists.
      let isKnown = try connection.number("SELECT count(*) FROM stories WHERE id = ?1", [.int(id)])
      guard isKnown > 0 else { throw .noStory(id) }
      // An import has replaced the page since it was read: the old one is a revision now.
      if let page = known?.page, let read = story.identity.page, page != read { return .same(id) }
      if known?.form == story.identity.form, try isWhole(id) {
        try markParsed(id, by: story)
        return .same(id)
      }
      try replace(id, with: story)
      return .updated(id)
    }
  }

  /// Records that a parser version has read a story's page, with no better result.
  package func markParsed(_ id: StoryID, parserVersion: Int) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE identities SET parser = ?2 WHERE story = ?1", [.int(id), .int(parserVersion)])
    }
  }

  /// Removes a story with all its rows from the library at once, without undo.
  ///
  /// Throws `.noStory` if it is not in the library.
  package func delete(_ id: StoryID) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try database.textIndexes.remove(id)
      try connection.run("DELETE FROM stories WHERE id = ?1", [.int(id)])
      guard connection.changes == 1 else { throw .noStory(id) }
    }
  }

  /// Restores a story that was deleted, because the user adds it again; returns whether it was.
  private func restore(_ id: StoryID) throws(StorageError) -> Bool {
    try connection.run(
      "UPDATE readings SET deleted = NULL WHERE story = ?1 AND deleted IS NOT NULL", [.int(id)])
    return connection.changes > 0
  }

  /// Stores a story as a revision before an import replaces it, and logs that.
  private func keep(
    _ id: StoryID, replacedBy story: PreparedStory, now: Int64
  ) throws(StorageError) {
    let revision = try keepRevision(of: id, before: story.identity.form, now: now)
    try database.changes.logReplacement(.init(.replaced(revision), true, [id]), now: now)
  }

  /// Updates the parser version and fills in page and address, for a story that is unchanged otherwise.
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
}
