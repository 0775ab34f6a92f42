internal import Display
internal import Queries
internal import Storage
internal import Stories

/// Commands of the thread: what is folded, which comments are shown, in what order.
extension Reader {
  /// `false` if the command is none of the thread's.
  func performInThread(_ command: Command, times: Int) -> Bool {
    let isOurs: Set<Command> = [
      .fold, .foldBranch, .foldAll, .unfoldAll, .foldMore, .foldLess, .sortComments, .onlyComments,
    ]
    guard let screen = story, isOurs.contains(command) || command.depth != nil else { return false }
    guard !screen.thread.comments.isEmpty else {
      say("There are no comments here")
      return true
    }
    switch command {
    case .fold: foldThis()
    case .foldBranch: foldBranch()
    case .foldAll: fold(depth: 1)
    case .unfoldAll:
      story?.fold([])
      tellFolds()
    case .foldMore: fold(depth: max(1, screen.shownDepth - times))
    case .foldLess: fold(depth: screen.shownDepth + min(times, screen.thread.comments.count))
    case .sortComments: sortComments()
    case .onlyComments: startChoosingComments()
    default: command.depth.map { fold(depth: $0) }
    }
    return true
  }

  // MARK: - Folds

  private func fold(depth: Int) {
    guard let screen = story else { return }
    story?.fold(screen.folds(depth: depth))
    tellFolds("\(counted(depth, "level", "levels")) shown")
  }

  /// Says what is hidden now.
  private func tellFolds(_ words: String = "") {
    guard let screen = story else { return }
    let hidden = screen.layout.hidden
    guard hidden.comments > 0 else {
      return say(screen.onlyWords.map { "\($0) are shown" } ?? "All comments are shown")
    }
    var parts = words.isEmpty ? [] : [words]
    parts.append("\(counted(hidden.comments, "comment", "comments")) hidden")
    if hidden.new > 0 { parts.append("\(hidden.new) of them new") }
    say(parts.joined(separator: options.dot))
  }

  func foldThis() {
    guard let screen = story, let comment = screen.comment else {
      return say("No comment here; \(key(for: .thread)) goes to the thread")
    }
    guard screen.thread.comments[comment].descendants > 0 else {
      return say("No replies to fold · \(key(for: .foldBranch)) folds the branch")
    }
    story?.fold(screen.layout.folds.symmetricDifference([comment]), keeping: comment)
  }

  private func foldBranch() {
    guard let screen = story, let comment = screen.comment else {
      return say("No comment here; \(key(for: .thread)) goes to the thread")
    }
    let root = screen.thread.root(of: comment)
    guard screen.thread.comments[root].descendants > 0 else { return say("No replies to fold") }
    guard !screen.layout.folds.contains(root) else {
      return say("The branch is folded · \(key(for: .fold)) unfolds it")
    }
    story?.fold(screen.layout.folds.union([root]))
    story?.reveal(comment: root)
  }

  // MARK: - Order

  private func sortComments() {
    guard let order = story?.order else { return }
    let next: Thread.Order =
      switch order {
      case .published: .oldest
      case .oldest: .newest
      case .newest: .published
      }
    story?.sort(next)
    switch next {
    case .published: say("Comments as the page has them")
    case .oldest: say("Oldest comments first, each above its answers")
    case .newest: say("Newest comments first, each above its answers")
    }
  }

  // MARK: - Only some comments

  private func startChoosingComments() {
    guard let shown = story?.shownThread else { return }
    var field = TextField(history: history[.filter])
    field.set(shown.only?.filter.typed ?? "")
    prompt = Prompt(purpose: .comments(before: shown), field: field)
  }

  /// Shows the comments that what is typed so far lets through.
  func chooseComments(_ filter: CommentFilter?, before: StoryScreen.ShownThread) {
    story?.restore(before)
    if let filter { story?.show(only: filter) }
  }

  func acceptComments() {
    guard let count = story?.layout.choice?.count else { return say("All comments are shown") }
    say("\(counted(count, "comment", "comments")) · \(key(for: .clear)) shows all")
  }

  /// Who wrote in the open thread, for completion.
  var commentAuthors: [String] {
    Array(Set(story?.thread.comments.map(\.author) ?? [])).filter { !$0.isEmpty }.sorted()
  }
}
