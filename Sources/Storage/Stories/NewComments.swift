/// The comments that came after the user last opened their story.
///
/// Pages rarely say when a comment was written, so each is flagged in its row when an import adds it to
/// a story that was opened before, and the flag is cleared when the story is opened. It is a bit above
/// the eight of `Comment.Marks`: what reads those ignores it, so it is no part of what a page says.
extension DiscussionStore {
  /// The bit of the column `marks`; stored bits never change.
  private static let newBit = 256

  /// The IDs of the comments on a story that came after it was last opened; empty if it never was.
  ///
  /// Opening the story clears the flags, so this must be asked before.
  package func newComments(on story: StoryID) throws(StorageError) -> Set<String> {
    var names: Set<String> = []
    try connection.each(
      """
      SELECT comments.name FROM discussions JOIN comments ON discussion = discussions.id
      WHERE discussions.story = ?1 AND marks & \(Self.newBit) <> 0
      """, [.int(story)]
    ) { names.insert($0.text(0)) }
    return names
  }

  /// Clears the flags of a story's comments, since the user has opened it.
  func clearNewComments(on story: StoryID) throws(StorageError) {
    try connection.run(
      """
      UPDATE comments SET marks = marks & ~\(Self.newBit)
      WHERE discussion IN (SELECT id FROM discussions WHERE story = ?1)
        AND marks & \(Self.newBit) <> 0
      """, [.int(story)])
  }

  /// The names of those of a discussion's next comments that are new to the user, judged by the rows
  /// that they replace; empty where the story was never opened.
  func newNames(
    among comments: [StoryForm.CommentRow], of discussion: Int64
  ) throws(StorageError) -> Set<String> {
    let opened = try connection.number(
      """
      SELECT count(*) FROM discussions JOIN readings USING (story)
      WHERE discussions.id = ?1 AND opened IS NOT NULL
      """, [.int(discussion)])
    guard opened > 0 else { return [] }
    var known = KnownComments()
    try connection.each(
      "SELECT name, author, text, marks FROM comments WHERE discussion = ?1", [.int(discussion)]
    ) {
      known.add(
        $0.text(0), KnownComments.Content(author: $0.text(1), text: $0.bytes(2)),
        isNew: $0.number(3) & Self.newBit != 0)
    }
    return known.newNames(among: comments)
  }

  /// A comment's flags as they are stored.
  static func storedMarks(_ comment: StoryForm.CommentRow, isNew: Bool) -> Int {
    Int(comment.marks) | (isNew ? newBit : 0)
  }
}

/// The comments of a discussion before it is replaced.
private struct KnownComments {
  struct Content: Hashable {
    var author: String
    var text: [UInt8]
  }

  private var contents: [String: Content] = [:]
  /// Whether the user has not seen a comment with this content yet.
  private var isNew: [Content: Bool] = [:]

  mutating func add(_ name: String, _ content: Content, isNew: Bool) {
    contents[name] = content
    // Of two that say the same, one that was seen is enough.
    self.isNew[content] = isNew && self.isNew[content] ?? true
  }

  func newNames(among comments: [StoryForm.CommentRow]) -> Set<String> {
    let left = Set(comments.map(\.content))
    let new = comments.filter { comment in
      if let isNew = isNew[comment.content] { return isNew }
      // A name that a page does not give is the comment's number, and goes to another comment as soon
      // as one is inserted above: it identifies a comment that was edited, and none that is elsewhere.
      guard let before = contents[comment.name], !left.contains(before) else { return true }
      return isNew[before] ?? false
    }
    return Set(new.map(\.name))
  }
}

extension StoryForm.CommentRow {
  fileprivate var content: KnownComments.Content {
    KnownComments.Content(author: author, text: text)
  }
}
