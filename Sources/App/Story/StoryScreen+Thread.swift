internal import Display
internal import Queries
internal import Storage
internal import Stories

/// Commands of the thread: what is folded, which comments are shown, in what order.
extension StoryScreen {
  mutating func performInThread(
    _ command: Command, times: Int, _ environment: Environment
  ) -> Reply {
    guard command.isOfThread else { return .notMine }
    guard !view.thread.comments.isEmpty else { return .say("There are no comments here") }
    let hasReplies = view.thread.comments.contains { $0.descendants > 0 }
    guard hasReplies || !command.isOfFolds else {
      return .say("No comment has replies to fold")
    }
    switch command {
    case .fold: return foldThis(environment)
    case .foldBranch: return foldBranch(environment)
    case .foldAll: return fold(depth: 1, environment)
    case .unfoldAll:
      view.fold([])
      return foldReply("", environment)
    case .foldMore: return fold(depth: max(1, view.shownDepth - times), environment)
    case .foldLess:
      return fold(
        depth: view.shownDepth + min(times, view.thread.comments.count), environment)
    case .sortComments: return sortComments()
    case .onlyComments: return .ask(commentsPrompt(environment))
    default: return command.depth.map { fold(depth: $0, environment) } ?? .notMine
    }
  }

  mutating func jumpInThread(
    _ command: Command, times: Int, _ environment: Environment
  ) -> Reply {
    let thread = view.thread
    switch command {
    case .thread:
      view.toggleThread()
      return .done
    case .parent: return jumpUp(times, environment) { thread.comments[$0].parent }
    case .root:
      return jumpUp(1, environment) { $0 == thread.root(of: $0) ? nil : thread.root(of: $0) }
    default: return .notMine
    }
  }

  private mutating func jumpUp(
    _ times: Int, _ environment: Environment, _ target: (Int) -> Int?
  ) -> Reply {
    guard var comment = view.comment else {
      return .say("That is for a comment; \(environment.key(for: .thread)) goes to them")
    }
    for step in 0..<times {
      guard let next = target(comment) else {
        guard step == 0 else { break }
        return .say("This comment answers no other")
      }
      comment = next
    }
    view.jump(toComment: comment)
    return .done
  }

  // MARK: - Folds

  private mutating func fold(depth: Int, _ environment: Environment) -> Reply {
    view.fold(view.folds(depth: depth))
    return foldReply("\(counted(depth, "level", "levels")) shown", environment)
  }

  /// Says what is hidden now.
  private func foldReply(_ words: String, _ environment: Environment) -> Reply {
    let hidden = view.layout.hidden
    guard hidden.comments > 0 else {
      return .say(view.shownCommentWords.map { "\($0) are shown" } ?? "All comments are shown")
    }
    var parts = words.isEmpty ? [] : [words]
    parts.append("\(counted(hidden.comments, "comment", "comments")) hidden")
    if hidden.new > 0 { parts.append("\(hidden.new) of them new") }
    return .say(parts.joined(separator: environment.dot))
  }

  private func noComment(_ environment: Environment) -> Reply {
    .say("No comment here; \(environment.key(for: .thread)) goes to the thread")
  }

  /// Folds or unfolds the current comment.
  mutating func foldThis(_ environment: Environment) -> Reply {
    guard let comment = view.comment else { return noComment(environment) }
    guard view.thread.comments[comment].descendants > 0 else {
      return .say("No replies to fold · \(environment.key(for: .foldBranch)) folds the branch")
    }
    view.fold(view.layout.folds.symmetricDifference([comment]), keeping: comment)
    return .done
  }

  private mutating func foldBranch(_ environment: Environment) -> Reply {
    guard let comment = view.comment else { return noComment(environment) }
    let root = view.thread.root(of: comment)
    guard view.thread.comments[root].descendants > 0 else { return .say("No replies to fold") }
    guard !view.layout.folds.contains(root) else {
      return .say("The branch is folded · \(environment.key(for: .fold)) unfolds it")
    }
    view.fold(view.layout.folds.union([root]))
    view.reveal(comment: root)
    return .done
  }

  // MARK: - Order

  private mutating func sortComments() -> Reply {
    let next: Thread.Order =
      switch view.order {
      case .published: .oldest
      case .oldest: .newest
      case .newest: .published
      }
    view.sort(next)
    return switch next {
    case .published: .say("Comments as the page has them")
    case .oldest: .say("Oldest comments first, each above its answers")
    case .newest: .say("Newest comments first, each above its answers")
    }
  }

  // MARK: - Only some comments

  private func commentsPrompt(_ environment: Environment) -> Prompt {
    let shown = view.shownThread
    var field = TextField(history: environment.history[.filter])
    field.set(shown.only?.filter.typed ?? "")
    return Prompt(purpose: .comments(before: shown), field: field)
  }

  /// Shows the comments that what is typed so far lets through.
  mutating func show(only filter: CommentFilter?, before: StoryView.ShownThread) {
    view.restore(before)
    if let filter { view.show(only: filter) }
  }

  func acceptComments(_ environment: Environment) -> Reply {
    guard let count = view.layout.choice?.count else { return .say("All comments are shown") }
    let clear = environment.key(for: .clear)
    return .say("\(counted(count, "comment", "comments")) · \(clear) shows all")
  }

  /// Who wrote in the thread, for completion.
  var commentAuthors: [String] {
    Array(Set(view.thread.comments.map(\.author))).filter { !$0.isEmpty }.sorted()
  }
}

extension Command {
  /// Whether it folds or unfolds the whole thread.
  fileprivate var isOfFolds: Bool {
    switch self {
    case .foldAll, .unfoldAll, .foldMore, .foldLess: true
    default: depth != nil
    }
  }

  /// Whether it changes which comments of a thread are shown, and how.
  fileprivate var isOfThread: Bool {
    switch self {
    case .fold, .foldBranch, .foldAll, .unfoldAll, .foldMore, .foldLess, .sortComments,
      .onlyComments:
      true
    default: depth != nil
    }
  }
}
