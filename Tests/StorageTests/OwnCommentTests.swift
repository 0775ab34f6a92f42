import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// The user's own comments, their undo, and drafts.
@Suite struct OwnCommentTests {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  private static let address = "https://news.example/a"

  private func page(_ ids: [String], count: Int? = nil) -> Story {
    var story = plainStory(1, address: Self.address)
    story.thread = Stories.Thread(
      ids.map { PostedComment(id: $0, author: "reader \($0)", blocks: [.paragraph([Phrase($0)])]) },
      count: count)
    return story
  }

  private func add(_ story: Story) throws {
    try library.stories.add(story, original: nil, parserVersion: 1)
  }

  private func comments() throws -> [Stories.Comment] {
    try #require(try library.stories.story(1)).thread.comments
  }

  @Test("an own comment is below the one that it answers, marked, and found by search")
  func written() throws {
    try add(page(["a", "b"]))
    let text = "I saw the kittiwake.\n\n> quoted\nSee https://birds.example/k."
    let name = try library.ownComments.write(
      text, under: "a", author: "me", on: 1, now: 1_700_000_000
    ).name
    let comments = try comments()
    #expect(comments.map(\.id) == ["a", name, "b"])
    #expect(comments[1].parent == 0 && comments[1].marks == .own && comments[1].author == "me")
    #expect(comments[1].time == Timestamp(seconds: 1_700_000_000))
    #expect(
      comments[1].blocks == [
        .paragraph([Phrase("I saw the kittiwake.")]), .quote([.paragraph([Phrase("quoted")])]),
        .paragraph([
          Phrase("See "), Phrase("https://birds.example/k", link: "https://birds.example/k"),
          Phrase("."),
        ]),
      ])
    #expect(try library.search.hits(of: query("kittiwake"), limit: 2).count == 1)
    #expect(try library.ownComments.typedText(of: name, on: 1) == text)
    #expect(try library.care.check() == [])
  }

  @Test("edits and deletions are undone and redone in a later session")
  func log() throws {
    let path = folder.library.folder.appending("log.sqlite")
    let name: String
    do {
      let first = try Library(path: path)
      try first.stories.add(page(["a"]), original: nil, parserVersion: 1)
      name = try first.ownComments.write("first words", under: nil, author: "me", on: 1).name
      _ = try first.ownComments.rewrite(name, as: "second words", on: 1)
      #expect(try first.ownComments.typedText(of: name, on: 1) == "second words")
      #expect(try first.search.hits(of: query("first"), limit: 2).isEmpty)
      _ = try first.ownComments.delete(name, on: 1)
      #expect(try first.stories.story(1)?.thread.comments.map(\.id) == ["a"])
      #expect(try first.search.hits(of: query("second"), limit: 2).isEmpty)
      #expect(throws: StorageError.noComment) {
        try first.ownComments.rewrite(name, as: "x", on: 1)
      }
    }
    let later = try Library(path: path)
    #expect(try later.changes.undo()?.stories == [1])
    #expect(try later.ownComments.typedText(of: name, on: 1) == "second words")
    _ = try later.changes.undo()
    #expect(try later.ownComments.typedText(of: name, on: 1) == "first words")
    #expect(try later.search.hits(of: query("first"), limit: 2).count == 1)
    _ = try later.changes.undo()
    #expect(try later.stories.story(1)?.thread.comments.map(\.id) == ["a"])
    for _ in 0..<2 { _ = try later.changes.redo() }
    #expect(try later.ownComments.typedText(of: name, on: 1) == "second words")
    #expect(try later.care.check() == [])
  }

  @Test("comments survive an update of the page and a newer parser, as replies to the same comment")
  func replaced() throws {
    try add(page(["a", "b"]))
    let reply = try library.ownComments.write("to a", under: "a", author: "me", on: 1).name
    let lone = try library.ownComments.write("alone", under: nil, author: "me", on: 1).name
    try add(page(["c", "b", "a"]))
    #expect(try comments().map(\.id) == ["c", "b", "a", reply, lone])
    #expect(try comments()[3].parent == 2)
    // What it answered is gone from the page.
    let better = PreparedStory(page(["b"]), original: nil, parserVersion: 2)
    #expect(try library.stories.reparsed(1, better) == .updated(1))
    #expect(try comments().map(\.id) == ["b", reply, lone])
    #expect(try comments()[1].parent == nil)
    #expect(try library.search.hits(of: query("alone"), limit: 2).count == 1)
    // The same page once more is the same story, whatever was written below it.
    #expect(
      try library.stories.add(page(["b"]), original: nil, parserVersion: 2) == .same(1))
    #expect(try library.care.check() == [])
  }

  @Test("own comments are counted in lists, and are never new")
  func counted() throws {
    try add(page(["a"], count: 7))
    try library.user.opened(1, at: Timestamp(seconds: 1))
    _ = try library.ownComments.write("mine", under: nil, author: "me", on: 1)
    #expect(
      try library.lists.headline(1)?.comments == 8 && library.lists.headline(1)?.newComments == 0)
    try add(page(["a", "b"], count: 9))
    #expect(
      try library.lists.headline(1)?.comments == 10 && library.lists.headline(1)?.newComments == 2)
    _ = try library.changes.undo()
    #expect(try library.lists.headline(1)?.comments == 9)
  }

  @Test("a deleted comment stays as a placeholder for its replies")
  func answered() throws {
    try add(page(["a"]))
    let mine = try library.ownComments.write("mine", under: "a", author: "me", on: 1).name
    let second = try library.ownComments.write("and more", under: mine, author: "me", on: 1).name
    _ = try library.ownComments.delete(mine, on: 1)
    let comments = try comments()
    #expect(comments.map(\.id) == ["a", mine, second] && comments.map(\.depth) == [0, 1, 2])
    #expect(comments[1].marks == [.own, .deleted] && comments[1].blocks.isEmpty)
    #expect(try !library.search.hits(of: query("more"), limit: 1).isEmpty)
  }

  @Test("a chain of placeholders stays above a reply that is shown")
  func answeredDeeply() throws {
    try add(page(["a"]))
    var names: [String] = []
    for time in 0..<4 {
      let parent = names.last ?? "a"
      let made = try library.ownComments.write(
        "mine", under: parent, author: "me", on: 1, now: Int64(time))
      names.append(made.name)
    }
    let side = try library.ownComments.write("beside", under: "a", author: "me", on: 1, now: 9).name
    for name in names.prefix(3) { _ = try library.ownComments.delete(name, on: 1, now: 10) }
    #expect(try comments().map(\.id) == ["a"] + names + [side])
    #expect(try comments().map(\.depth) == [0, 1, 2, 3, 4, 1])
    #expect(try comments().map { $0.marks.contains(.deleted) }.count { $0 } == 3)
    _ = try library.ownComments.delete(names[3], on: 1, now: 11)
    #expect(try comments().map(\.id) == ["a", side], "with what hung below them places go")
    _ = try library.changes.undo()
    #expect(try comments().map(\.depth) == [0, 1, 2, 3, 4, 1])
  }

  @Test("replies and drafts keep their parent when the log has dropped its deletion")
  func forgotten() throws {
    try add(page(["a"]))
    func write(under parent: String) throws -> String {
      try library.ownComments.write("mine", under: parent, author: "me", on: 1).name
    }
    let first = try write(under: "a")
    let second = try write(under: first)
    let third = try write(under: second)
    let other = try write(under: "a")
    let last = try write(under: other)
    let draft = try library.ownComments.draft(on: 1, under: last)
    for name in [first, second, other, last] { _ = try library.ownComments.delete(name, on: 1) }
    for step in 0..<600 {
      _ = try library.changes.make([(.starred, step.isMultiple(of: 2))], of: [1])
    }
    #expect(try comments().map(\.id) == ["a", first, second, third])
    #expect(try comments().map(\.depth) == [0, 1, 2, 3])
    let parent = try #require(draft.parent)
    let written = try write(under: parent)
    try library.ownComments.dropDraft(draft.id)
    #expect(try comments().map(\.id) == ["a", first, second, third, other, last, written])
    #expect(try comments().map(\.depth) == [0, 1, 2, 3, 1, 2, 3])
    #expect(try library.care.check() == [])
  }

  @Test("no comment is added to a story that is missing or deleted")
  func gone() throws {
    try add(page(["a"]))
    let other = try Library(path: folder.library)
    _ = try other.changes.make([(.deleted, true)], of: [1])
    #expect(throws: StorageError.noStory(1)) {
      try library.ownComments.write("too late", under: "a", author: "me", on: 1)
    }
    try other.changes.purge()
    #expect(throws: StorageError.noStory(1)) { try library.ownComments.draft(on: 1, under: nil) }
    #expect(throws: StorageError.noStory(1)) {
      try library.ownComments.write("too late", under: "a", author: "me", on: 1)
    }
    #expect(try library.care.check() == [])
  }

  @Test("a draft is stored for its parent, found again, and deleted with its story")
  func drafts() throws {
    try add(page(["a"]))
    let draft = try library.ownComments.draft(on: 1, under: "a", now: 10)
    try library.ownComments.keepDraft(draft.id, text: "half a sen", now: 20)
    let later = try Library(path: folder.library)
    #expect(try later.ownComments.draft(on: 1, under: "a", text: "other").text == "half a sen")
    #expect(try later.ownComments.draft(on: 1, under: nil, now: 30).id != draft.id)
    #expect(
      try later.ownComments.draft(on: 1, under: "a", editing: "x", text: "old", now: 40).text
        == "old")
    #expect(try later.ownComments.drafts().map(\.text) == ["old", "", "half a sen"])
    try later.ownComments.dropDraft(draft.id)
    #expect(try library.ownComments.drafts(on: 1).count == 2)
    _ = try library.changes.make([(.deleted, true)], of: [1])
    #expect(try library.ownComments.drafts().isEmpty)
    try library.changes.purge()
    #expect(try later.ownComments.drafts(on: 1).isEmpty)
  }

  @Test("a library of the previous version supports comments, with its index")
  func migrated() throws {
    let path = folder.library.folder.appending("old.sqlite")
    try unpackLibrary(5, to: path)
    let library = try Library(path: path)
    #expect(try library.care.check() == [])
    _ = try library.ownComments.write("puffins", under: nil, author: "me", on: 3)
    #expect(try library.search.hits(of: query("puffins"), limit: 2).map(\.headline.id) == [3])
    #expect(try library.care.check() == [])
  }
}
