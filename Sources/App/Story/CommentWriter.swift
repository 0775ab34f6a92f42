internal import Display
internal import Storage
internal import Stories

/// Comments that the user writes: a draft is kept in the library before anything is typed, an editor
/// or the line at the bottom fills it, and only then does it become a comment.
struct CommentWriter {
  /// The draft that an editor has.
  private var composed: Draft?

  /// Performs a command of writing on the open story.
  mutating func perform(
    _ command: Command, on screen: StoryScreen, _ environment: Environment
  ) throws(StorageError) -> Reply {
    switch command {
    case .reply: return try start(under: screen.view.currentComment, on: screen, environment)
    case .writeComment: return try start(under: nil, on: screen, environment)
    case .editComment: return try edit(on: screen, environment)
    case .deleteComment: return try delete(on: screen, environment)
    default: return .notMine
    }
  }

  // MARK: - Beginning

  private mutating func start(
    under comment: Int?, on screen: StoryScreen, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let parent = comment.map { screen.view.thread.comments[$0].id }
    let draft = try environment.library.ownComments.draft(
      on: screen.id, under: parent, now: environment.now)
    return compose(draft, answering: comment, on: screen)
  }

  private mutating func edit(
    on screen: StoryScreen, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let name: String
    switch ownComment(on: screen, environment) {
    case .comment(let own): name = own
    case .refused(let reply): return reply
    }
    guard let text = try environment.library.ownComments.typedText(of: name, on: screen.id) else {
      throw .noComment
    }
    let comments = screen.view.thread.comments
    let parent = comments.first { $0.id == name }?.parent
    let draft = try environment.library.ownComments.draft(
      on: screen.id, under: parent.map { comments[$0].id }, editing: name, text: text,
      now: environment.now)
    return compose(draft, answering: parent, on: screen)
  }

  private enum OwnComment {
    /// The id of the current comment, which is the user's own.
    case comment(String)
    /// Why it cannot be changed.
    case refused(Reply)
  }

  private func ownComment(on screen: StoryScreen, _ environment: Environment) -> OwnComment {
    guard let index = screen.view.comment else {
      let thread = environment.key(for: .thread)
      return .refused(.say("That is for a comment of your own; \(thread) goes to the thread"))
    }
    let comment = screen.view.thread.comments[index]
    guard comment.marks.contains(.own) else {
      let reply = environment.key(for: .reply)
      return .refused(
        .say("Only your own comments can be changed; \(reply) answers this one"))
    }
    guard !comment.marks.contains(.deleted) else {
      let undo = environment.key(for: .undo)
      return .refused(.say("This comment is deleted · \(undo) brings it back"))
    }
    return .comment(comment.id)
  }

  private mutating func compose(
    _ draft: Draft, answering comment: Int?, on screen: StoryScreen
  ) -> Reply {
    let title = safe(screen.view.story.title, oneLine: true)
    var notes = "A comment on “\(title)”.\nAn empty text is not kept."
    if let comment {
      let author = safe(screen.view.thread.comments[comment].author, oneLine: true)
      let words = String(
        decoding: screen.view.text.bytes(ofComment: comment).map { $0 == 0 ? 10 : $0 },
        as: UTF8.self)
      let quoted = words.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n>\n")
      notes = "An answer to \(author) on “\(title)”. An empty text is not kept.\n\n\(quoted)"
    }
    composed = draft
    return .effect(.compose(Composition(draft: draft.id, text: draft.text, notes: notes)))
  }

  // MARK: - Ending

  /// Takes what came of a composition.
  mutating func receive(
    _ outcome: Composition.Outcome, of id: Int64, _ environment: Environment
  ) -> Reply {
    guard let draft = composed, draft.id == id else { return .done }
    composed = nil
    switch outcome {
    case .noEditor(let why): return type(draft, why, environment)
    case .failed(let words, let text):
      if let text { Self.keep(text, in: draft, environment) }
      return .fail("\(words) · \(Self.goesOn(draft, environment))")
    case .written(let text, let isSaved):
      // The editor saved nothing: the earlier draft may be unfinished.
      if !isSaved, !text.isEmpty, draft.edits == nil || text != draft.text {
        Self.keep(text, in: draft, environment)
        return .say("The draft is as it was · \(Self.goesOn(draft, environment))")
      }
      return Self.finish(draft, text, environment)
    }
  }

  /// Makes a comment of a draft.
  static func finish(_ draft: Draft, _ text: String, _ environment: Environment) -> Reply {
    guard !text.isEmpty else {
      let delete = environment.key(for: .deleteComment)
      return .several([
        drop(draft, environment),
        .say(
          draft.edits == nil
            ? "Nothing was written" : "An empty comment is not kept · \(delete) deletes it"),
      ])
    }
    do throws(StorageError) {
      // The notice of the library says that it is kept when the other program is done.
      let isPending = try environment.library.ownComments.finishWhenUnlocked(
        draft, text: text, author: environment.options.author, now: environment.now)
      guard !isPending else { return .done }
      guard let written = try write(draft, text, environment) else {
        return .several([drop(draft, environment), .say("Nothing was changed")])
      }
      let undo = environment.key(for: .undo)
      return .several([
        drop(draft, environment), .showThread(draft.story, at: written.name),
        .say("\(written.change.words) · \(undo) takes it back"),
      ])
    } catch {
      // What the user typed is never lost.
      keep(text, in: draft, environment)
      let place = environment.library.ownComments.draftPlace(draft.id)
      let reason = environment.words(for: error)
      return .fail("\(reason.words ?? "") · the text is kept in \(place)")
    }
  }

  /// The comment and the change that wrote it; `nil` where it says the same already.
  private static func write(
    _ draft: Draft, _ text: String, _ environment: Environment
  ) throws(StorageError) -> (name: String, change: Change)? {
    let library = environment.library
    guard let name = draft.edits else {
      return try library.ownComments.write(
        text, under: draft.parent, author: environment.options.author, on: draft.story,
        now: environment.now)
    }
    guard try library.ownComments.typedText(of: name, on: draft.story) != text else { return nil }
    return (
      name, try library.ownComments.rewrite(name, as: text, on: draft.story, now: environment.now)
    )
  }

  private func delete(
    on screen: StoryScreen, _ environment: Environment
  ) throws(StorageError) -> Reply {
    switch ownComment(on: screen, environment) {
    case .refused(let reply): return reply
    case .comment(let name):
      let change = try environment.library.ownComments.delete(
        name, on: screen.id, now: environment.now)
      let undo = environment.key(for: .undo)
      return .several([
        .showThread(screen.id), .say("\(change.words) · \(undo) takes it back"),
      ])
    }
  }

  // MARK: - Drafts

  /// Keeps the text of a draft; where that fails, the text is kept at the next chance.
  static func keep(_ text: String, in draft: Draft, _ environment: Environment) {
    try? environment.library.ownComments.keepDraft(draft.id, text: text, now: environment.now)
  }

  private static func drop(_ draft: Draft, _ environment: Environment) -> Reply {
    do throws(StorageError) {
      try environment.library.ownComments.dropDraft(draft.id)
    } catch {
      return .several([environment.words(for: error), .effect(.dropDraft(draft.id))])
    }
    return .effect(.dropDraft(draft.id))
  }

  private static func goesOn(_ draft: Draft, _ environment: Environment) -> String {
    let command: Command =
      draft.edits != nil ? .editComment : draft.parent == nil ? .writeComment : .reply
    return "the draft is kept, \(environment.key(for: command)) goes on with it"
  }

  /// Says that something was begun and not finished, where that is so: on the open story, or without
  /// one anywhere.
  static func unfinished(
    on screen: StoryScreen?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let library = environment.library
    guard !library.isReadOnly, let draft = try library.ownComments.drafts(on: screen?.id).first
    else {
      return .done
    }
    guard let screen else {
      guard let title = try library.lists.headline(draft.story)?.title else { return .done }
      let shown = truncated(safe(title, oneLine: true), to: 40)
      return .say("A comment is unfinished under “\(shown)”")
    }
    let parent = screen.view.thread.comments.first { $0.id == draft.parent }
    let author = parent.map { safe($0.author, oneLine: true) }
    let what =
      draft.edits != nil
      ? "A change of your comment" : author.map { "An answer to \($0)" } ?? "A comment"
    return .say("\(what) is unfinished here · \(goesOn(draft, environment))")
  }
}

// MARK: - The line at the bottom

extension CommentWriter {
  /// Where there is no editor: the draft is typed as one line, and kept with each batch of keys.
  private func type(_ draft: Draft, _ why: String?, _ environment: Environment) -> Reply {
    guard draft.text.count <= TextField.maxCharacters else {
      return .fail(
        "\(why.map { "\($0) · " } ?? "")This is too long to be changed in one line: set EDITOR")
    }
    var field = TextField()
    field.set(draft.text)
    let ask = Reply.ask(Prompt(purpose: .comment(draft), field: field))
    return why.map { .several([ask, .say($0)]) } ?? ask
  }

  /// Leaves the line: an empty draft is dropped, any other is kept.
  static func cancel(_ draft: Draft, _ text: String, _ environment: Environment) -> Reply {
    if text.isEmpty || text == draft.text && draft.edits != nil {
      let words = draft.edits == nil ? "Nothing was written" : "Nothing was changed"
      return .several([drop(draft, environment), .say(words)])
    }
    keep(text, in: draft, environment)
    return .say("Not written yet: \(goesOn(draft, environment))")
  }
}
