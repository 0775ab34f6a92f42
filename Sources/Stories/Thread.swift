/// The discussion under a story: a tree, kept in reading order.
///
/// Comments stand in one array in the order they are read, each with its depth and the index of
/// its parent, so that a branch is a range and no walk recurses, however deep a page nests.
package struct Thread: Sendable, Hashable {
  /// What the page lets readers do.
  package enum State: Sendable, Hashable {
    /// The page does not say.
    case unknown
    case open
    case closed
    /// The thread is kept by another service, named here: "Disqus".
    case elsewhere(String)
  }

  /// The comments in reading order: each parent before its replies, a branch without gaps.
  package private(set) var comments: [Comment]
  /// How many comments the page says there are, which may be more than it shows; in a library, those
  /// that came from elsewhere with them.
  package var count: Int?
  /// Whether comments can be added, and where.
  package var state: State

  package init(count: Int? = nil, state: State = .unknown) {
    self.comments = []
    self.count = count
    self.state = state
  }

  /// Builds the tree from comments in page order that name their parents by id.
  ///
  /// An unknown parent makes a comment top-level, a second comment of one id gets an id of its
  /// own, and a circle of parents is opened at its first comment.
  package init(_ posted: [PostedComment], count: Int? = nil, state: State = .unknown) {
    self.count = count
    self.state = state
    self.comments = Self.readingOrder(posted)
  }
}

extension Thread {
  /// How many comments there are: as many as the page says, or as stand here if those are more.
  ///
  /// Every place that shows a number of comments shows this one.
  package var total: Int { max(count ?? 0, present) }

  /// How many comments stand here; those of the reader that were deleted and only hold the place of
  /// a parent do not count.
  package var present: Int { comments.count { !$0.marks.isSuperset(of: [.own, .deleted]) } }
}

/// One comment as it stands in a thread.
package struct Comment: Sendable, Hashable {
  /// The page's own id, or one made from the comment's place; unique in the thread.
  package var id: String
  /// The name shown above it; empty if the page gives none.
  package var author: String
  /// The time of writing as the page gives it.
  package var time: Timestamp?
  /// The text.
  package var blocks: [Block]
  /// What the page says besides the text.
  package var marks: Marks
  /// The index of the parent in `Thread.comments`; `nil` at the top level.
  package fileprivate(set) var parent: Int?
  /// 0 at the top level.
  package fileprivate(set) var depth: Int
  /// How many comments stand below this one, at any depth.
  package fileprivate(set) var descendants: Int

  /// What the page says of a comment besides its text.
  package struct Marks: OptionSet, Sendable, Hashable {
    /// The flags as bits, which libraries on disk hold.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Written by the one who began the discussion.
    package static let originalPoster = Marks(rawValue: 1)
    /// Written by the author of the story.
    package static let storyAuthor = Marks(rawValue: 2)
    /// Taken away; kept because replies hang below it.
    package static let deleted = Marks(rawValue: 4)
    /// Written in Courant by the reader.
    package static let own = Marks(rawValue: 8)
  }
}

/// A comment as a page, feed or server gives it, before it has its place in a tree.
package struct PostedComment: Sendable, Hashable {
  /// The id on the page or server; `nil` to have one made.
  package var id: String?
  /// The id of the comment that it replies to; `nil` at the top level.
  package var parent: String?
  /// The name shown above it; empty if the page gives none.
  package var author: String
  /// The time of writing as the page gives it.
  package var time: Timestamp?
  /// The text.
  package var blocks: [Block]
  /// What the page says besides the text.
  package var marks: Comment.Marks

  package init(
    id: String? = nil, parent: String? = nil, author: String, time: Timestamp? = nil,
    blocks: [Block] = [], marks: Comment.Marks = []
  ) {
    self.id = id
    self.parent = parent
    self.author = author
    self.time = time
    self.blocks = blocks
    self.marks = marks
  }
}

// MARK: - Walking the tree

extension Thread {
  /// The indices of a comment and all its descendants.
  package func branch(_ index: Int) -> Range<Int> {
    index..<(index + 1 + comments[index].descendants)
  }

  /// The next comment with the same parent.
  package func sibling(after index: Int) -> Int? {
    let next = branch(index).upperBound
    guard next < comments.count, comments[next].parent == comments[index].parent else { return nil }
    return next
  }

  /// The previous comment with the same parent.
  package func sibling(before index: Int) -> Int? {
    var candidate = index - 1
    while candidate >= 0, comments[candidate].depth > comments[index].depth {
      candidate = comments[candidate].parent ?? -1
    }
    guard candidate >= 0, comments[candidate].parent == comments[index].parent else { return nil }
    return candidate
  }

  /// The top-level comment that a comment hangs below, or the comment itself.
  package func root(of index: Int) -> Int {
    var index = index
    while let parent = comments[index].parent { index = parent }
    return index
  }
}

// MARK: - Building the tree

extension Thread {
  private static func readingOrder(_ posted: [PostedComment]) -> [Comment] {
    let ids = uniqueIDs(posted)
    let parents = acyclicParents(posted, ids)
    var replies = [[Int]](repeating: [], count: posted.count)
    var waiting: [Int] = []
    for (index, parent) in parents.enumerated() {
      if let parent { replies[parent].append(index) } else { waiting.append(index) }
    }
    waiting.reverse()

    var placed = [Int](repeating: -1, count: posted.count)
    var result: [Comment] = []
    result.reserveCapacity(posted.count)
    while let index = waiting.popLast() {
      let parent = parents[index].map { placed[$0] }
      let comment = posted[index]
      placed[index] = result.count
      result.append(
        Comment(
          id: ids[index], author: comment.author, time: comment.time, blocks: comment.blocks,
          marks: comment.marks, parent: parent, depth: parent.map { result[$0].depth + 1 } ?? 0,
          descendants: 0))
      waiting.append(contentsOf: replies[index].reversed())
    }
    // A branch has no gaps, so counts flow from the last comment to the first.
    for index in result.indices.reversed() {
      guard let parent = result[index].parent else { continue }
      result[parent].descendants += result[index].descendants + 1
    }
    return result
  }

  private static func uniqueIDs(_ posted: [PostedComment]) -> [String] {
    var unique = UniqueIDs()
    return posted.enumerated().map { index, comment in unique.take(comment.id ?? "c\(index + 1)") }
  }

  private static func acyclicParents(_ posted: [PostedComment], _ ids: [String]) -> [Int?] {
    var places: [String: Int] = [:]
    for (index, id) in ids.enumerated() { places[id] = index }
    var parents = posted.enumerated().map { index, comment -> Int? in
      comment.parent.flatMap { places[$0] }.flatMap { $0 == index ? nil : $0 }
    }
    // 0 not seen, 1 on the path being followed, 2 known to end at the top level.
    var state = [UInt8](repeating: 0, count: posted.count)
    for start in posted.indices where state[start] == 0 {
      var path: [Int] = []
      var next: Int? = start
      while let index = next, state[index] == 0 {
        state[index] = 1
        path.append(index)
        next = parents[index]
      }
      if let index = next, state[index] == 1 { parents[index] = nil }
      for index in path { state[index] = 2 }
    }
    return parents
  }
}
