package import Stories

/// The ID of a source: unique in its library, and never reused.
package typealias SourceID = Int64

/// The discussions of stories and their comments.
package struct DiscussionStore: Store {
  let database: Database

  /// The discussions of a story, in the order in which they were added.
  package func all(of story: StoryID) throws(StorageError) -> [Discussion] {
    var discussions: [Discussion] = []
    try connection.each(
      "SELECT kind, address, name FROM discussions WHERE story = ?1 ORDER BY id", [.int(story)]
    ) { row in
      guard let kind = Discussion.Kind(rawValue: row.text(0)) else { return }
      discussions.append(
        Discussion(kind, address: row.optionalText(1), name: row.text(2)))
    }
    return discussions
  }

  /// Replaces the comments of one discussion of a story; other discussions stay as they are.
  ///
  /// Throws `.noStory` if the story is not in the library. The comments of the page are stored with the
  /// story, and the user's own by `OwnCommentStore`.
  package func store(
    _ posted: [PostedComment], of discussion: Discussion, on story: StoryID
  ) throws(StorageError) {
    try transaction { () throws(StorageError) in
      guard try database.stories.form(of: story) != nil else { throw .noStory(story) }
      try database.textIndexes.remove(story)
      let elsewhere = try connection.number("SELECT \(Self.commentsFromElsewhere)", [.int(story)])
      let id = try discussionID(discussion, of: story)
      // A thread makes IDs unique within one service; the discussion's ID, among all.
      let thread = Thread(posted)
      let form = StoryForm(Story(title: "", thread: thread)).renamed { "\(id):\($0)" }
      try connection.run("DELETE FROM figures WHERE discussion = ?1", [.int(id)])
      try writeFigures(form.figures, of: story, in: id)
      try write(form.comments, of: id)
      let now = try connection.number("SELECT \(Self.commentsFromElsewhere)", [.int(story)])
      try connection.run(
        "UPDATE stories SET comments = comments + ?2 WHERE id = ?1",
        [.int(story), .int(now - elsewhere)])
      try database.textIndexes.add(story)
    }
  }

  /// The number of comments on a story (`?1`) that are not on its page.
  static let commentsFromElsewhere = """
    ((SELECT count(*) FROM own_comments WHERE own_comments.story = ?1 AND is_shown = 1)
      + (SELECT count(*) FROM discussions JOIN comments ON discussion = discussions.id
        WHERE discussions.story = ?1 AND kind = 'service'))
    """

  /// The ID of a discussion of a story, which is added if there is none.
  func discussionID(_ discussion: Discussion, of story: StoryID) throws(StorageError) -> Int64 {
    // Only services can have several discussions: a story has one page and one user.
    let isOnlyOne = discussion.kind != .service
    let known = try connection.first(
      """
      SELECT id FROM discussions WHERE story = ?1 AND kind = ?2
        AND (?3 OR address IS ?4 AND name = ?5)
      """,
      [
        .int(story), .text(discussion.kind.rawValue), .bool(isOnlyOne),
        .optional(discussion.address), .text(discussion.name),
      ]
    ) { $0.int(0) }
    if let known { return known }
    try connection.run(
      "INSERT INTO discussions(story, kind, address, name) VALUES(?1, ?2, ?3, ?4)",
      [
        .int(story), .text(discussion.kind.rawValue), .optional(discussion.address),
        .text(discussion.name),
      ])
    return connection.lastInsertedID
  }

  // MARK: - Writing

  /// Replaces the comments of a story's page.
  func writePageComments(_ story: PreparedStory, _ id: StoryID) throws(StorageError) {
    let known = try connection.number(
      "SELECT count(*) FROM discussions WHERE story = ?1 AND kind = 'page'", [.int(id)])
    guard known > 0 || !story.form.comments.isEmpty else { return }
    let page = Discussion(.page, address: story.original?.facts.address)
    try write(story.form.comments, of: try discussionID(page, of: id))
  }

  private func write(
    _ comments: [StoryForm.CommentRow], of discussion: Int64
  ) throws(StorageError) {
    let new = try newNames(among: comments, of: discussion)
    try connection.run("DELETE FROM comments WHERE discussion = ?1", [.int(discussion)])
    for (position, comment) in comments.enumerated() {
      try connection.run(
        """
        INSERT INTO comments(discussion, position, parent, name, author, time, time_form, marks,
          structure, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """,
        [
          .int(discussion), .int(position), comment.parent.map { .int($0) } ?? .null,
          .text(comment.name), .text(comment.author),
          comment.time.map { .int($0.seconds) } ?? .null,
          comment.time.map { .int($0.form) } ?? .null,
          .int(Self.storedMarks(comment, isNew: new.contains(comment.name))),
          .bytes(comment.structure), .utf8(comment.text),
        ])
    }
  }

  /// Writes figures of a story's page, or of the comments of a discussion.
  func writeFigures(
    _ figures: [StoryForm.FigureRow], of story: StoryID, in discussion: Int64? = nil
  ) throws(StorageError) {
    // Each discussion has its own range of positions, after that of the page.
    let first = Int(discussion ?? 0) << 24
    for (index, figure) in figures.enumerated() {
      try connection.run(
        """
        INSERT INTO figures(story, position, number, kind, structure, caption, credit, alt, image,
          discussion) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """,
        [
          .int(story), .int(first + index), .int(figure.number), .text(figure.kind),
          .bytes(figure.structure), .utf8(figure.caption), .optional(figure.credit),
          .optional(figure.alt), .optional(figure.image), discussion.map { .int($0) } ?? .null,
        ])
    }
  }

  // MARK: - Reading

  /// The comments of all services on a story, by discussion.
  func commentsOfServices(on story: StoryID) throws(StorageError) -> [PostedComment] {
    var ids: [Int64] = []
    try connection.each(
      "SELECT id FROM discussions WHERE story = ?1 AND kind = 'service' ORDER BY id",
      [.int(story)]
    ) { ids.append($0.int(0)) }
    var posted: [PostedComment] = []
    for id in ids {
      var form = StoryForm(title: "", structure: [], text: [], figures: [], comments: [])
      try connection.each(
        """
        SELECT number, kind, structure, caption, credit, alt, image FROM figures
        WHERE story = ?1 AND discussion = ?2 ORDER BY position
        """, [.int(story), .int(id)]
      ) { form.figures.append(StoryForm.FigureRow($0)) }
      try connection.each(
        """
        SELECT parent, name, author, time, time_form, marks, structure, text FROM comments
        WHERE discussion = ?1 ORDER BY position
        """, [.int(id)]
      ) { form.comments.append(StoryForm.CommentRow($0)) }
      guard let figures = form.decodedFigures(),
        let comments = form.decodedComments(figures[...])
      else {
        throw .damagedStory(connection.path, story)
      }
      posted += comments
    }
    return posted
  }
}

extension StoryForm {
  /// The same form with its comments renamed.
  fileprivate func renamed(_ name: (String) -> String) -> StoryForm {
    var form = self
    for index in form.comments.indices { form.comments[index].name = name(comments[index].name) }
    return form
  }
}

extension StoryForm.FigureRow {
  /// The columns number, kind, structure, caption, credit, alt and image.
  init(_ row: Row) {
    self.init(
      number: row.number(0), kind: row.text(1), structure: row.bytes(2), caption: row.bytes(3),
      credit: row.optionalText(4), alt: row.optionalText(5), image: row.optionalText(6))
  }
}

extension StoryForm.CommentRow {
  /// The columns parent, name, author, time, time_form, marks, structure and text.
  init(_ row: Row) {
    self.init(
      parent: row.optionalInt(0).map { Int($0) }, name: row.text(1), author: row.text(2),
      time: row.time(3), marks: UInt8(truncatingIfNeeded: row.int(5)), structure: row.bytes(6),
      text: row.bytes(7))
  }
}
