internal import Stories

extension Thread {
  /// This thread with the reader's own comments of another, each below what it answered.
  func keepingOwnComments(of old: Thread) -> Thread {
    let own = old.comments.filter { $0.marks.contains(.own) }
    let ownIDs = Set(own.map(\.id))
    let kept = comments.filter { !ownIDs.contains($0.id) }.map { ($0, comments) }
    let posted = (kept + own.map { ($0, old.comments) }).map { comment, all in
      PostedComment(
        id: comment.id, parent: comment.parent.map { all[$0].id }, author: comment.author,
        time: comment.time, blocks: comment.blocks, marks: comment.marks)
    }
    return Thread(posted, count: count, state: state)
  }
}
