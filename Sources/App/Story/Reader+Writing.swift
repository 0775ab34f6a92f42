internal import Display
internal import Storage
internal import Stories

// Comments of the reader's own: a draft is kept in the library before anything is typed, an editor
// or the line at the bottom fills it, and only then does it become a comment.
extension Reader {
  /// `false` if the command is none of writing.
  func performWriting(_ command: Command) -> Bool {
    switch command {
    case .reply: startComment(under: story?.lookedComment)
    case .writeComment: startComment(under: nil)
    case .editComment: editComment()
    case .deleteComment: deleteComment()
    default: return false
    }
    return true
  }

  // MARK: - Beginning

  private func startComment(under comment: Int?) {
    guard let screen = story else { return }
    let parent = comment.map { screen.thread.comments[$0] }
    attempt { () throws(StorageError) in
      compose(try library.draft(on: screen.id, under: parent?.id, now: now), answering: comment)
    }
  }

  private func editComment() {
    guard let screen = story, let name = ownComment() else { return }
    attempt { () throws(StorageError) in
      guard let text = try library.typedText(of: name, on: screen.id) else {
        throw .noComment
      }
      let index = screen.thread.comments.firstIndex { $0.id == name }
      let parent = index.flatMap { screen.thread.comments[$0].parent }
      let draft = try library.draft(
        on: screen.id, under: parent.map { screen.thread.comments[$0].id }, editing: name,
        text: text, now: now)
      compose(draft, answering: parent)
    }
  }

  /// The id of the looked-at comment if it is the reader's; else says why it cannot be changed.
  private func ownComment() -> String? {
    guard let screen = story, let index = screen.comment else {
      say("That is for a comment of your own; \(key(for: .thread)) goes to the thread")
      return nil
    }
    let comment = screen.thread.comments[index]
    guard comment.marks.contains(.own) else {
      say("Only your own comments can be changed; \(key(for: .reply)) answers this one")
      return nil
    }
    guard !comment.marks.contains(.deleted) else {
      say("This comment is deleted · \(key(for: .undo)) brings it back")
      return nil
    }
    return comment.id
  }

  private func compose(_ draft: Draft, answering comment: Int?) {
    let title = safe(story?.story.title ?? "", oneLine: true)
    var notes = "A comment on “\(title)”.\nAn empty text is not kept."
    if let comment, let screen = story {
      let author = safe(screen.thread.comments[comment].author, oneLine: true)
      let words = String(
        decoding: screen.text.bytes(ofComment: comment).map { $0 == 0 ? 10 : $0 },
        as: UTF8.self)
      let quoted = words.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n>\n")
      notes = "An answer to \(author) on “\(title)”. An empty text is not kept.\n\n\(quoted)"
    }
    composed = draft
    effects.append(.compose(Composition(draft: draft.id, text: draft.text, notes: notes)))
  }

  // MARK: - Ending

  /// Takes what came of a composition.
  func receive(_ outcome: Composition.Outcome, of id: Int64) {
    guard let draft = composed, draft.id == id else { return }
    composed = nil
    switch outcome {
    case .noEditor(let why): typeComment(draft, why)
    case .failed(let words, let text):
      if let text { keep(text, in: draft) }
      fail("\(words) · \(goesOn(draft))")
    case .written(let text, let isSaved):
      // Nothing new was saved: what an editor found there may be unfinished still.
      if !isSaved, !text.isEmpty, draft.edits == nil || text != draft.text {
        keep(text, in: draft)
        return say("The draft is as it was · \(goesOn(draft))")
      }
      finish(draft, text)
    }
  }

  /// Makes a comment of a draft.
  func finish(_ draft: Draft, _ text: String) {
    guard !text.isEmpty else {
      drop(draft)
      guard draft.edits != nil else { return say("Nothing was written") }
      return say("An empty comment is not kept · \(key(for: .deleteComment)) deletes it")
    }
    let outcome = attempt { () throws(StorageError) -> (name: String, change: Change)? in
      guard let name = draft.edits else {
        return try library.write(
          text, under: draft.parent, author: options.author, on: draft.story, now: now)
      }
      guard try library.typedText(of: name, on: draft.story) != text else { return nil }
      return (name, try library.rewrite(name, as: text, on: draft.story, now: now))
    }
    guard let outcome else {
      // What could not be written is the reader's all the same.
      let why = message?.words ?? ""
      keep(text, in: draft)
      return fail("\(why) · the text is kept in \(draftPath(draft.id))")
    }
    drop(draft)
    guard let outcome else { return say("Nothing was changed") }
    showThread(of: draft.story, at: outcome.name)
    say("\(outcome.change.words) · \(key(for: .undo)) takes it back")
  }

  private func deleteComment() {
    guard let screen = story, let name = ownComment() else { return }
    let change = attempt { () throws(StorageError) in
      try library.deleteComment(name, on: screen.id, now: now)
    }
    guard let change else { return }
    showThread(of: screen.id)
    say("\(change.words) · \(key(for: .undo)) takes it back")
  }

  private func keep(_ text: String, in draft: Draft) {
    let before = message
    attempt { () throws(StorageError) in try library.keepDraft(draft.id, text: text, now: now) }
    message = before
  }

  private func drop(_ draft: Draft) {
    attempt { () throws(StorageError) in try library.dropDraft(draft.id) }
    effects.append(.dropDraft(draft.id))
  }

  private func draftPath(_ id: Int64) -> String { library.draftPlace(id) }

  private func goesOn(_ draft: Draft) -> String {
    let key = key(
      for: draft.edits != nil ? .editComment : draft.parent == nil ? .writeComment : .reply)
    return "the draft is kept, \(key) goes on with it"
  }

  // MARK: - The line at the bottom

  /// Where there is no editor: the draft is typed as one line, and kept at each key.
  private func typeComment(_ draft: Draft, _ why: String?) {
    guard draft.text.count <= TextField.mostCharacters else {
      return fail(
        "\(why.map { "\($0) · " } ?? "")This is too long to be changed in one line: set EDITOR")
    }
    var field = TextField()
    field.set(draft.text)
    prompt = Prompt(purpose: .comment(draft), field: field)
    if let why { say(why) }
  }

  func keepTyped(_ text: String, in draft: Draft) { keep(text, in: draft) }

  func cancelTyped(_ text: String, of draft: Draft) {
    if text.isEmpty || text == draft.text && draft.edits != nil {
      drop(draft)
      return say(draft.edits == nil ? "Nothing was written" : "Nothing was changed")
    }
    say("Not written yet: \(goesOn(draft))")
  }

  // MARK: - Showing

  /// Shows the thread as the library now has it, at a comment if one is named.
  func showThread(of id: StoryID, at name: String? = nil) {
    attempt { () throws(StorageError) in
      if let screen = story, screen.id == id, let now = try library.story(id) {
        story?.replace(now)
        let index = name.flatMap { name in story?.thread.comments.firstIndex { $0.id == name } }
        if let index {
          if let choice = story?.layout.choice, !choice.isChosen(index) { story?.showAll() }
          story?.jump(toComment: index)
        }
      }
      try list.refresh([id], hasMoved: false, in: library, now: self.now)
      results?.refresh([id], in: library)
    }
  }

  /// Says that something was begun and not finished, where that is so.
  func tellDrafts(on id: StoryID? = nil) {
    guard !library.isReadOnly else { return }
    attempt { () throws(StorageError) in
      guard let draft = try library.drafts(on: id).first else { return }
      if let screen = story, id != nil {
        let parent = screen.thread.comments.first { $0.id == draft.parent }
        let author = parent.map { safe($0.author, oneLine: true) }
        let what =
          draft.edits != nil
          ? "A change of your comment" : author.map { "An answer to \($0)" } ?? "A comment"
        say("\(what) is unfinished here · \(goesOn(draft))")
      } else if let title = try library.headline(draft.story)?.title {
        say("A comment is unfinished under “\(truncated(safe(title, oneLine: true), to: 40))”")
      }
    }
  }
}
