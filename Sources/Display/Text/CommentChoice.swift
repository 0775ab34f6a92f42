package import Stories

/// Which comments of a thread are shown: some chosen ones whole, and what they answer by its head.
package struct CommentChoice: Sendable, Hashable {
  enum Part: UInt8, Sendable { case none, head, whole }

  /// What is shown of each comment.
  let parts: [Part]
  /// How many comments are chosen.
  package let count: Int

  /// Chooses by the comment's index; `chosen` has an element for each comment of the thread.
  package init(_ chosen: [Bool], of thread: Thread) {
    var parts = [Part](repeating: .none, count: thread.comments.count)
    var count = 0
    // From the last to the first: a comment is reached after all that answer it.
    for index in parts.indices.reversed() {
      if index < chosen.count, chosen[index] {
        parts[index] = .whole
        count += 1
      }
      if parts[index] != .none, let parent = thread.comments[index].parent {
        parts[parent] = .head
      }
    }
    self.parts = parts
    self.count = count
  }

  /// Whether a comment is chosen, and not only shown as what another one answers.
  package func isChosen(_ comment: Int) -> Bool {
    parts.indices.contains(comment) && parts[comment] == .whole
  }
}
