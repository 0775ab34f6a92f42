/// What the reader did to a story, kept apart from what the page said.
package struct Reading: Sendable, Hashable {
  /// Whether the story is marked read.
  package var isRead: Bool
  /// Whether the story is starred.
  package var isStarred: Bool
  /// The user's own tags, not those of the page.
  package var tags: [String]
  /// Where the reader stopped; `nil` if the story was never left in the middle.
  package var place: Place?
  /// How far the reader got, 0…1.
  package var progress: Double
  /// When it was last open.
  package var opened: Timestamp?

  package init(
    isRead: Bool = false, isStarred: Bool = false, tags: [String] = [], place: Place? = nil,
    progress: Double = 0, opened: Timestamp? = nil
  ) {
    self.isRead = isRead
    self.isStarred = isStarred
    self.tags = tags
    self.place = place
    self.progress = progress
    self.opened = opened
  }
}

/// A position in a story that survives width and re-parsing: a block and an offset, never a row.
package struct Place: Sendable, Hashable {
  /// Which part of the story.
  package enum Part: Sendable, Hashable {
    /// The headline and what stands around it.
    case head
    /// A top-level block, by its index in `Story.blocks`.
    case block(Int)
    case authorCard
    /// The head of the thread: its count and state.
    case threadHead
    /// A comment, by its id.
    case comment(String)
  }

  /// The part of the story that the offset counts from.
  package var part: Part
  /// UTF-8 bytes from the start of the part's text.
  package var offset: Int
  /// The words that stand there, by which the place is found again when a better parser moved them.
  package var words: String

  package init(_ part: Part, offset: Int = 0, words: String = "") {
    self.part = part
    self.offset = offset
    self.words = words
  }
}
