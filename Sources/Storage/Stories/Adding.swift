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

extension StoryStore {
  /// Adds a story, or brings the one it is known to be up to date; what the reader did is kept.
  ///
  /// `StoryMatcher` says which story it is. What is brought up to date stays as a revision, and undo
  /// brings it back. `now` is in seconds since 1970.
  @discardableResult
  package func add(
    _ story: PreparedStory, now: Int64 = Library.now()
  ) throws(StorageError) -> Added {
    try transaction { () throws(StorageError) in
      switch try StoryMatcher(connection).match(story) {
      case .unknown: return .new(try insert(story, now: now))
      case .outdated(let id): return try restore(id) ? .new(id) : .same(id)
      case .version(let id, let isSame, let isNewPage):
        let wasDeleted = try restore(id)
        // One whose rows were damaged since is written again.
        if isSame, try isWhole(id) {
          try markParsed(id, by: story)
          return wasDeleted ? .new(id) : .same(id)
        }
        if isNewPage, try loses(id, to: story) { try keep(id, replacedBy: story, now: now) }
        try replace(id, with: story)
        return wasDeleted ? .new(id) : .updated(id)
      }
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
      try database.textIndexes.remove(id)
      try connection.run("DELETE FROM stories WHERE id = ?1", [.int(id)])
      guard connection.changes == 1 else { throw .noStory(id) }
    }
  }

  /// Brings a deleted story back, as the reader now asks for it again; whether it was deleted.
  private func restore(_ id: StoryID) throws(StorageError) -> Bool {
    try connection.run(
      "UPDATE readings SET deleted = NULL WHERE story = ?1 AND deleted IS NOT NULL", [.int(id)])
    return connection.changes > 0
  }

  /// Keeps a story as a revision before an import replaces it, and logs that.
  private func keep(
    _ id: StoryID, replacedBy story: PreparedStory, now: Int64
  ) throws(StorageError) {
    let revision = try keepRevision(of: id, before: story.identity.form, now: now)
    try database.changes.logReplacement(.init(.replaced(revision), true, [id]), now: now)
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
}
