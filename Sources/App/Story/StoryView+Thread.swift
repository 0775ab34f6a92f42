internal import Display
internal import Queries
internal import Stories

/// What of the thread is shown: the comments that were asked for, and what those answer.
extension StoryView {
  /// The comments that a filter lets through.
  struct CommentSubset {
    var filter: CommentFilter
    /// What was folded before, for the way back.
    var foldsBefore: Set<Int>
  }

  /// What is shown of the thread, so that Esc can return to it.
  var shownThread: ShownThread {
    ShownThread(only: comments.only, choice: layout.choice, origin: origin)
  }

  struct ShownThread {
    var only: CommentSubset?
    var choice: CommentChoice?
    var origin: Origin
  }

  /// Folds other comments; the current line stays where it is on the screen.
  mutating func fold(_ folds: Set<Int>, keeping comment: Int? = nil) {
    lay(out: layout.folding(folds), keeping: comment)
  }

  mutating func restore(_ shown: ShownThread) {
    comments.only = shown.only
    lay(out: layout.choosing(shown.choice, folds: shown.origin.folds))
    restore(shown.origin)
  }

  /// Shows only the comments that a filter lets through, with the heads of what they answer.
  ///
  /// Stays at the current comment if it is one of them, and goes to the next one if it is not.
  /// A filter that asks for nothing shows all.
  mutating func show(only filter: CommentFilter) {
    let before = comments.only?.foldsBefore ?? layout.folds
    let here = comment ?? 0
    guard let choice = filter.choice(in: thread, words: commentWords(), isNew: layout.isNew) else {
      return showAll()
    }
    comments.only = CommentSubset(filter: filter, foldsBefore: before)
    lay(out: layout.choosing(choice))
    findAgain()
    guard !choice.isChosen(here) else { return }
    let next = (here..<thread.comments.count).first(where: choice.isChosen)
    if let next = next ?? (0..<here).last(where: choice.isChosen) {
      jump(toComment: next)
    } else {
      jump(to: threadRow)
    }
  }

  /// Shows every comment again.
  mutating func showAll() {
    guard let before = comments.only?.foldsBefore else { return }
    comments.only = nil
    let here = comment
    lay(out: layout.choosing(nil, folds: before), keeping: here)
    if let here, layout.row(ofComment: here) == nil { fold(layout.folds(showing: here)) }
    findAgain()
  }

  /// Asks the filter again, of another thread.
  mutating func chooseAgain() {
    guard let only = comments.only else { return }
    let choice = only.filter.choice(in: thread, words: commentWords(), isNew: layout.isNew)
    lay(out: layout.choosing(choice))
    comments.only?.foldsBefore = []
  }

  /// How many comments are shown, where not all are.
  var shownCommentCount: Int? { layout.choice?.count }

  /// "3 of 120 comments", where not all are shown.
  var shownCommentWords: String? {
    layout.choice.map { "\($0.count) of \(counted(thread.comments.count, "comment", "comments"))" }
  }

  /// A place in another thread; where its comment is gone, that of the nearest one above it.
  func place(_ place: Place, in other: Thread) -> Place {
    guard case .comment(let id) = place.part else { return place }
    let left = Set(other.comments.map(\.id))
    guard !left.contains(id) else { return place }
    let above = thread.comments.prefix { $0.id != id }.last { left.contains($0.id) }
    return Place(above.map { .comment($0.id) } ?? .threadHead)
  }

  // MARK: - The parent at the top

  /// The fewest rows of a pane that shows a sticky comment head.
  private static let minStickyRows = 8

  /// The comment whose head is sticky in the first row: the parent of the comment below it, once its
  /// own head has scrolled away.
  var stickyComment: Int? {
    guard height >= Self.minStickyRows, top > threadRow,
      let comment = layout.comment(atRow: top + 1),
      let parent = thread.comments[comment].parent
    else { return nil }
    guard let row = layout.row(ofComment: parent) else { return parent }
    return row <= top ? parent : nil
  }

  /// Shows a comment's head, scrolling only if it is not on the screen.
  mutating func reveal(comment: Int) {
    if let row = layout.row(ofComment: comment) { reveal(row) }
  }
}
