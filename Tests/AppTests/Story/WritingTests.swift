import App
import Display
import Settings
import Storage
import Stories
import TestSupport
import Testing

/// Comments of the reader's own, with what an editor leaves told as news.
@Suite struct WritingTests {
  private static let notes = """
    # A bridge for the far side
    source: Harbour News
    date: 2024-05-16

    The bridge is to open in June.

    @ reader one, 2024-05-16

    Who is going to pay for it?

    @@ reader two, 2024-05-17

    The port, says the port.

    @ reader three, 2024-05-17

    June of which year?
    """

  private func desk() throws -> Desk { try Desk(Self.notes).press("@80x24 Enter") }

  private func composition(_ desk: Desk) -> Composition? {
    for effect in desk.effects { if case .compose(let composition) = effect { return composition } }
    return nil
  }

  /// What an editor would do: leaves a text, and ends well.
  @discardableResult
  private func write(_ text: String, isSaved: Bool = true, on desk: Desk) throws -> [Effect] {
    let draft = try #require(composition(desk)).draft
    return desk.reader.receive(.composed(draft, .written(text, isSaved: isSaved)))
  }

  private func row(_ text: String, on desk: Desk) -> Int? {
    desk.lines.firstIndex { $0.contains(text) }
  }

  @Test("An answer stands below its comment, marked, and one is where one was")
  func reply() throws {
    let desk = try desk().press("c 2) r")
    let composition = try #require(self.composition(desk))
    #expect(composition.text.isEmpty && composition.notes.contains("An answer to reader two"))
    #expect(composition.notes.contains("> The port, says the port."))
    #expect(Composition.text(of: composition.file).isEmpty)
    let effects = try write("I say so too.", on: desk)
    #expect(effects.contains(.dropDraft(composition.draft)))
    #expect(desk.status.contains("Comment written · g- takes it back"), "\(desk.status)")
    #expect(
      desk.lines.contains { $0.contains("▸") && $0.contains("me you · now") }, "\(desk.screen)")
    let parent = try #require(row("The port, says", on: desk))
    let own = try #require(row("I say so too.", on: desk))
    #expect(own > parent && own < (row("reader three", on: desk) ?? 0))
    #expect(desk.screen.contains("4 comments"))
    #expect(try desk.library.ownComments.drafts().isEmpty)
    // Its author is one's name, which the settings may say.
    desk.press(": \"set name Kim\" Enter r")
    try write("And more.", on: desk)
    #expect(row("Kim you · now", on: desk) != nil, "\(desk.screen)")
  }

  @Test("Where a comment was deleted one stays, and when that is taken back as well")
  func deletedPlace() throws {
    let desk = try desk().press("@80x8 c 2) r")
    try write("I say so too.", on: desk)
    desk.press("X")
    #expect(desk.status.contains("Comment deleted"))
    #expect(row("The port, says", on: desk) != nil, "\(desk.screen)")
    desk.press("g-")
    #expect(row("I say so too.", on: desk) != nil, "\(desk.screen)")
  }

  @Test("From the text, and by R from anywhere, a comment answers the story")
  func topLevel() throws {
    let desk = try desk().press("r")
    #expect(composition(desk)?.notes.hasPrefix("A comment on “A bridge") == true)
    try write("First.", on: desk)
    desk.press("gg c 2) R")
    try write("Second.", on: desk)
    let comments = try #require(try desk.library.stories.story(1)).thread.comments
    #expect(comments.map(\.depth) == [0, 1, 0, 0, 0])
  }

  @Test("A comment is changed and deleted, each taken back and done again")
  func changed() throws {
    let desk = try desk().press("c ) r")
    try write("I will not.", on: desk)
    desk.press("e")
    #expect(composition(desk)?.text == "I will not.")
    try write("I would, a little.", on: desk)
    #expect(desk.status.contains("Comment changed"))
    #expect(row("I would, a little.", on: desk) != nil && row("I will not.", on: desk) == nil)
    desk.press("e")
    try write("I would, a little.", on: desk)
    #expect(desk.status.contains("Nothing was changed"))
    desk.press("X")
    #expect(desk.status.contains("Comment deleted"))
    #expect(row("I would, a little.", on: desk) == nil)
    desk.press("g-")
    #expect(desk.status.contains("Taken back: Comment deleted"))
    #expect(row("I would, a little.", on: desk) != nil)
    desk.press("g- ")
    #expect(row("I will not.", on: desk) != nil, "\(desk.screen)")
    desk.press("g-")
    #expect(row("you · now", on: desk) == nil)
    desk.press("g+ g+")
    #expect(row("I would, a little.", on: desk) != nil)
  }

  @Test("What others wrote cannot be changed, and says what can be done")
  func others() throws {
    let desk = try desk().press("c ) e")
    #expect(desk.status.contains("Only your own comments can be changed; r answers this one"))
    desk.press("X")
    #expect(desk.status.contains("Only your own"))
    #expect(composition(desk) == nil)
  }

  @Test("An empty text is nothing; an editor that fails leaves a draft that r goes on with")
  func drafts() throws {
    let desk = try desk().press("c ) r")
    try write("", on: desk)
    #expect(desk.status.contains("Nothing was written"))
    #expect(try desk.library.ownComments.drafts().isEmpty)
    desk.press("r")
    let draft = try #require(composition(desk)).draft
    _ = desk.reader.receive(
      .composed(draft, .failed("vi was killed by signal 9", text: "Half a sen")))
    #expect(desk.screen.contains("vi was killed by signal 9"), "\(desk.screen)")
    #expect(desk.screen.contains("the draft is kept, r goes on with it"))
    #expect(try desk.library.ownComments.drafts().map(\.text) == ["Half a sen"])
    // Another run knows of it, and so does the story.
    let later = Desk.reader(desk.library, clock: desk.clock)
    #expect("\(later.frame(in: desk.size))".contains("A comment is unfinished under “A bridge"))
    desk.press("q Enter")
    #expect(desk.screen.contains("An answer to reader one is unfinished here"), "\(desk.screen)")
    desk.press("gg c ) r")
    #expect(composition(desk)?.text == "Half a sen")
    try write("Half a sen", isSaved: false, on: desk)
    #expect(desk.status.contains("The draft is as it was"), "\(desk.status)")
    desk.press("r")
    try write("Half a sentence.", on: desk)
    #expect(row("Half a sentence.", on: desk) != nil)
    #expect(try desk.library.ownComments.drafts().isEmpty)
  }

  @Test("Without an editor a line is typed, kept at each key")
  func line() throws {
    let desk = try desk().press("c ) r")
    var draft = try #require(composition(desk)).draft
    _ = desk.reader.receive(
      .composed(draft, .noEditor("vim, the editor of EDITOR, is not installed")))
    #expect(desk.status.contains("Answer: "), "\(desk.status)")
    desk.press("\"The to\"")
    #expect(try desk.library.ownComments.drafts().map(\.text) == ["The to"])
    desk.press("Esc")
    #expect(desk.screen.contains("Not written yet"))
    desk.press("r")
    draft = try #require(composition(desk)).draft
    _ = desk.reader.receive(.composed(draft, .noEditor(nil)))
    #expect(desk.status.contains("Answer: The to"))
    desk.press("\"wn.\" Enter")
    #expect(row("▎ The town.", on: desk) != nil, "\(desk.screen)")
    desk.press("R")
    draft = try #require(composition(desk)).draft
    _ = desk.reader.receive(.composed(draft, .noEditor(nil)))
    desk.press("Enter")
    #expect(desk.status.contains("Nothing was written"))
    desk.press("e")
    draft = try #require(composition(desk)).draft
    _ = desk.reader.receive(.composed(draft, .noEditor(nil)))
    desk.press("Backspace Esc")
    desk.press("e")
    #expect(composition(desk)?.text == "The town")
  }

  @Test("A story that another Courant deleted meanwhile takes no comment, and the text is kept")
  func gone() throws {
    let desk = try desk().press("c ) r")
    let draft = try #require(composition(desk)).draft
    let other = try Library(path: desk.folder["library.sqlite"])
    _ = try other.changes.make([(.deleted, true)], of: [1])
    let effects = try write("Too late?", on: desk)
    #expect(effects.isEmpty)
    #expect(desk.screen.contains("no longer in the library"), "\(desk.screen)")
    #expect(desk.screen.contains("comment-\(draft).md"))
    _ = try other.changes.make([(.deleted, false)], of: [1])
    #expect(try other.ownComments.drafts().map(\.text) == ["Too late?"])
    try other.stories.delete(1)
    desk.press("r")
    #expect(desk.screen.contains("That story is no longer in the library"), "\(desk.screen)")
  }

  @Test("Folds, the place and what is shown stay when a comment comes in")
  func keepsView() throws {
    let desk = try desk().press("c zM 2) R")
    try write("Below all.", on: desk)
    #expect(row("1 reply hidden", on: desk) != nil, "\(desk.screen)")
    desk.press("& \"reader\" Enter R")
    try write("Shows itself.", on: desk)
    #expect(row("Shows itself.", on: desk) != nil)
    #expect(!desk.status.contains(" of 5 comments"))
  }

  @Test("In a library that is open for reading only nothing is begun")
  func readOnly() throws {
    let desk = try Desk(Self.notes)
    let library = try Library(path: desk.folder["library.sqlite"], mode: .readOnly)
    let reader = Desk.reader(library)
    for key in "c" { _ = reader.press(.character(key)) }
    _ = reader.press(.enter)
    let effects = reader.press(.character("R"))
    #expect(effects.isEmpty)
    #expect("\(reader.frame(in: Size(columns: 160, rows: 24)))".contains("reading only"))
  }

  @Test("The cut keeps what stands above it, and nothing of what stands below")
  func cut() {
    let composition = Composition(draft: 1, text: "One.\n\nTwo.", notes: "> said")
    #expect(Composition.text(of: composition.file) == "One.\n\nTwo.")
    #expect(Composition.text(of: "\r\n  \nOne.\r\nTwo. \n\n") == "One.\nTwo. ")
    #expect(Composition.text(of: "\n\(Composition.cut)\nx") == "")
    #expect(Composition(draft: 1, text: "Plain").file == "Plain")
  }
}
