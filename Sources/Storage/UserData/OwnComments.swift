internal import Stories

/// The user's own comments: stored apart from the content of pages, and merged into the thread when a
/// story is loaded, each below the comment that it replies to.
package struct OwnCommentStore: Store {
  let database: Database

  /// Adds a comment; returns its ID in the thread, and the logged change.
  ///
  /// `parent` is the ID of the comment that it replies to, `nil` at the top level; `now` is in seconds
  /// since 1970. Throws `.noStory` if the story is not in the library, or is deleted.
  package func write(
    _ text: String, under parent: String?, author: String, on story: StoryID,
    now: Int64 = Library.now()
  ) throws(StorageError) -> (name: String, change: Change) {
    try transaction { () throws(StorageError) in
      try checkIsThere(story)
      let id = try insert(
        OwnComment(name: "", parent: parent, author: author, written: now, text: text), story)
      // A name that no page uses, so that replies refer to this comment and no other.
      let name = "courant:own:\(id)"
      try connection.run(
        "UPDATE own_comments SET name = ?2 WHERE id = ?1", [.int(id), .text(name)])
      return (name, try database.changes.make([(.comment(id), true)], of: [story], now: now))
    }
  }

  /// Changes the text of a comment, which keeps its position and its replies.
  ///
  /// Throws `.noComment` if there is no such comment, `.noStory` if its story is gone.
  package func rewrite(
    _ name: String, as text: String, on story: StoryID, now: Int64 = Library.now()
  ) throws(StorageError) -> Change {
    try transaction { () throws(StorageError) in
      guard let (id, comment) = try shown(name, on: story) else { throw .noComment }
      var new = comment
      new.text = text
      let newID = try insert(new, story)
      return try database.changes.make(
        [(.comment(id), false), (.comment(newID), true)], of: [story], now: now)
    }
  }

  /// Deletes a comment; its replies stay.
  ///
  /// Throws `.noComment` if there is no such comment, `.noStory` if its story is gone.
  package func delete(
    _ name: String, on story: StoryID, now: Int64 = Library.now()
  ) throws(StorageError) -> Change {
    try transaction { () throws(StorageError) in
      guard let (id, _) = try shown(name, on: story) else { throw .noComment }
      return try database.changes.make([(.comment(id), false)], of: [story], now: now)
    }
  }

  /// The text of an own comment as it was typed; `nil` if there is none of that name.
  package func typedText(of name: String, on story: StoryID) throws(StorageError) -> String? {
    try shown(name, on: story)?.comment.text
  }

  private func insert(_ comment: OwnComment, _ story: StoryID) throws(StorageError) -> Int64 {
    try connection.run(
      """
      INSERT INTO own_comments(story, name, parent, author, written, text, discussion)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .int(story), .text(comment.name), .optional(comment.parent), .text(comment.author),
        .int(comment.written), .text(comment.text),
        .int(try database.discussions.discussionID(Discussion(.local), of: story)),
      ])
    return connection.lastInsertedID
  }

  /// Throws `.noStory` for a story that is not in the library, or is deleted.
  private func checkIsThere(_ story: StoryID) throws(StorageError) {
    let count = try connection.number(
      "SELECT count(*) FROM readings WHERE story = ?1 AND deleted IS NULL", [.int(story)])
    guard count == 1 else { throw .noStory(story) }
  }

  private func shown(
    _ name: String, on story: StoryID
  ) throws(StorageError) -> (id: Int64, comment: OwnComment)? {
    try checkIsThere(story)
    return try connection.first(
      """
      SELECT id, name, parent, author, written, text FROM own_comments
      WHERE story = ?1 AND name = ?2 AND is_shown = 1
      """, [.int(story), .text(name)]
    ) { ($0.int(0), OwnComment($0)) }
  }

  // MARK: - Merging

  /// A page's thread with the comments of services and the user's own merged into it.
  func joined(_ thread: Thread, of story: StoryID) throws(StorageError) -> Thread {
    let elsewhere = try database.discussions.commentsOfServices(on: story)
    var comments: [(comment: OwnComment, isShown: Bool)] = []
    try connection.each(
      """
      SELECT id, name, parent, author, written, text, is_shown FROM own_comments
      WHERE story = ?1 ORDER BY written, id
      """, [.int(story)]
    ) { comments.append((OwnComment($0), $0.bool(6))) }
    let shown = comments.filter(\.isShown).map(\.comment)
    guard !shown.isEmpty || !elsewhere.isEmpty else { return thread }
    var posted = thread.comments.map { comment in
      PostedComment(
        id: comment.id, parent: comment.parent.map { thread.comments[$0].id },
        author: comment.author, time: comment.time, blocks: comment.blocks, marks: comment.marks)
    }
    posted += elsewhere
    var placeholders = Self.placeholders(above: shown, among: comments.map(\.comment))
    for (comment, isShown) in comments {
      if isShown {
        posted.append(comment.posted(isDeleted: false))
      } else if placeholders.remove(comment.name) != nil {
        posted.append(comment.posted(isDeleted: true))
      }
    }
    let count = thread.count == nil ? nil : thread.total + elsewhere.count + shown.count
    return Thread(posted, count: count, state: thread.state)
  }

  /// The names of deleted comments that stay as placeholders, because shown comments are below them in
  /// the tree.
  private static func placeholders(
    above shown: [OwnComment], among comments: [OwnComment]
  ) -> Set<String> {
    let parents = Dictionary(comments.map { ($0.name, $0.parent) }) { first, _ in first }
    let shownNames = Set(shown.map(\.name))
    var placeholders: Set<String> = []
    for comment in shown {
      var name = comment.parent
      while let here = name, let above = parents[here], !shownNames.contains(here),
        placeholders.insert(here).inserted
      {
        name = above
      }
    }
    return placeholders
  }

  /// Removes deleted comments that no change can restore and no comment or draft replies to.
  func purge() throws(StorageError) {
    try connection.run(
      """
      DELETE FROM own_comments WHERE is_shown = 0
        AND id NOT IN (SELECT CAST(tag AS INTEGER) FROM change_steps WHERE mark = 'comment')
        AND name NOT IN (SELECT parent FROM own_comments WHERE parent IS NOT NULL)
        AND name NOT IN (SELECT parent FROM drafts WHERE parent IS NOT NULL)
      """)
  }

  // MARK: - Change log

  /// Shows or hides a comment; returns its story if that changed anything.
  func show(
    _ comment: Int64, _ isShown: Bool, _ stories: Value
  ) throws(StorageError) -> [StoryID] {
    let story = try connection.first(
      """
      SELECT story FROM own_comments WHERE id = ?1 AND is_shown <> ?2
        AND story IN (SELECT value FROM json_each(?3))
        AND story IN (SELECT story FROM readings WHERE deleted IS NULL)
      """, [.int(comment), .bool(isShown), stories]
    ) { $0.int(0) }
    guard let story else { return [] }
    try database.textIndexes.remove(story)
    try connection.run(
      "UPDATE own_comments SET is_shown = ?2 WHERE id = ?1", [.int(comment), .bool(isShown)])
    try database.textIndexes.add(story)
    return [story]
  }
}

/// An own comment as a row of its table.
private struct OwnComment {
  var name: String
  var parent: String?
  var author: String
  /// When it was written, in seconds since 1970.
  var written: Int64
  var text: String

  init(name: String, parent: String?, author: String, written: Int64, text: String) {
    self.name = name
    self.parent = parent
    self.author = author
    self.written = written
    self.text = text
  }

  init(_ row: Row) {
    self.init(
      name: row.text(1), parent: row.optionalText(2), author: row.text(3), written: row.int(4),
      text: row.text(5))
  }

  func posted(isDeleted: Bool) -> PostedComment {
    PostedComment(
      id: name, parent: parent, author: author,
      time: Timestamp(seconds: written, form: Timestamp.exactForm),
      blocks: isDeleted ? [] : TypedText.blocks(text), marks: isDeleted ? [.own, .deleted] : .own)
  }
}
