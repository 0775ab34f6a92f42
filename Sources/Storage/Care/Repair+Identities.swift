internal import Stories

/// What stories are recognized by, and how many comments they say they have: both follow from other
/// rows, and are made again from them.
extension LibraryCare {
  /// Gives stories that have lost it what they are recognized by when their page is added again; how
  /// many.
  ///
  /// It is made of the form that is kept. A story whose form cannot be read is left out.
  func restoreIdentities() throws(StorageError) -> Int {
    try transaction { () throws(StorageError) in
      var count = 0
      for id in try unidentified() {
        guard let form = try database.stories.form(of: id), let story = form.story() else {
          continue
        }
        let page = try? database.stories.original(of: id)?.bytes
        let identity = Identity(form, story: story, words: wordCount(form.text), page: page)
        // By which parser is not known any more.
        try connection.run(
          """
          INSERT INTO identities(story, address, content, page, form, parser, is_cut)
          VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6)
          """,
          [
            .int(id), .optional(identity.address), .optional(identity.content),
            .optional(identity.page), .bytes(identity.form), .bool(story.isCut),
          ])
        try connection.run(
          "UPDATE stories SET host = ?2 WHERE id = ?1 AND host = ''",
          [.int(id), .text(identity.host)])
        count += 1
      }
      return count
    }
  }

  /// The stories that would be added a second time with their page.
  func unidentified() throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each(
      """
      SELECT story FROM bodies WHERE story IN (SELECT id FROM stories)
        AND story NOT IN (SELECT story FROM identities) ORDER BY story
      """
    ) { ids.append($0.int(0)) }
    return ids
  }

  // MARK: - Reading pages again

  /// Marks stories whose rows are not all that their pages give: the empty form differs from whatever a
  /// parser makes of the page.
  ///
  /// `condition` is of the table `stories`, whose columns are NULL for a story that has lost its row.
  func readAgain(_ condition: String) throws(StorageError) {
    try connection.run(
      """
      UPDATE identities SET form = x'' WHERE story IN (
        SELECT bodies.story FROM bodies LEFT JOIN stories ON stories.id = bodies.story
        WHERE \(condition))
      """)
  }

  /// The stories that are marked by `readAgain` and have a page.
  func toBeReadAgain() throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each(
      """
      SELECT story FROM identities WHERE form = x'' AND story IN (SELECT story FROM originals)
      """
    ) { ids.append($0.int(0)) }
    return ids
  }

  // MARK: - Comments

  /// How many comments the tables have of a row of `stories`.
  static let commentRows = """
    ((SELECT count(*) FROM discussions JOIN comments ON discussion = discussions.id
      WHERE discussions.story = stories.id)
    + (SELECT count(*) FROM own_comments WHERE own_comments.story = stories.id AND is_shown = 1))
    """

  /// The stories whose number of comments is not that of their rows nor what their page says, and the
  /// number that is right.
  func wrongCommentCounts() throws(StorageError) -> [(id: StoryID, right: Int, isLess: Bool)] {
    var found: [(id: StoryID, count: Int)] = []
    // A feed says how many there are, and has none of them.
    let isOfFeed =
      database.migrations.count >= Self.firstWithEntries
      ? """
      EXISTS (SELECT 1 FROM entries
        WHERE entries.story = stories.id AND comment_count >= comments - \(Self.commentRows)
          AND comment_count <= comments)
      """ : "0"
    try connection.each(
      "SELECT id, comments FROM stories WHERE comments <> \(Self.commentRows) AND NOT \(isOfFeed)"
    ) { found.append(($0.int(0), $0.number(1))) }
    var wrong: [(StoryID, Int, Bool)] = []
    for (id, count) in found {
      // A page may say that there are more than it shows.
      guard let form = try database.stories.form(of: id), let thread = form.story()?.thread else {
        continue
      }
      let elsewhere = try connection.number(
        "SELECT \(DiscussionStore.commentsFromElsewhere)", [.int(id)])
      let ofPage = max(thread.count ?? 0, thread.comments.count)
      let right = ofPage.addingReportingOverflow(Int(elsewhere)).partialValue
      if right != count { wrong.append((id, right, right < count)) }
    }
    return wrong
  }

  /// The version of the library that first had entries of feeds.
  private static let firstWithEntries = 12

  /// Counts the comments of stories again whose number is wrong; of how many.
  func recountComments() throws(StorageError) -> Int {
    try transaction { () throws(StorageError) in
      let wrong = try wrongCommentCounts()
      for (id, right, isLess) in wrong {
        try connection.run(
          "UPDATE stories SET comments = ?2 WHERE id = ?1", [.int(id), .int(right)])
        // The page may have those that are missing.
        if isLess { try readAgain("id = \(id)") }
      }
      return wrong.count
    }
  }
}
