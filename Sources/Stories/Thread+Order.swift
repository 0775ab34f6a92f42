extension Thread {
  /// How the comments of one parent follow each other.
  package enum Order: Sendable, Hashable, CaseIterable {
    /// As the page has them.
    case published
    case oldest, newest
  }

  /// The same comments, those of each parent in another order; comments without a time come last.
  ///
  /// Replies stay below what they answer, and comments of one time in the page's order.
  package func sorted(_ order: Order) -> Thread {
    guard order != .published else { return self }
    let places = comments.indices.sorted { one, other in
      guard let first = comments[one].time?.seconds else { return false }
      guard let second = comments[other].time?.seconds else { return true }
      return order == .oldest ? first < second : first > second
    }
    let posted = places.map { place in
      let comment = comments[place]
      return PostedComment(
        id: comment.id, parent: comment.parent.map { comments[$0].id }, author: comment.author,
        time: comment.time, blocks: comment.blocks, marks: comment.marks)
    }
    return Thread(posted, count: count, state: state)
  }
}
