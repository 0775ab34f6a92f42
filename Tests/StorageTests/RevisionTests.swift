import Files
import Storage
import Stories
import TestSupport
import Testing

/// Revisions: the versions that imports replace.
@Suite struct RevisionTests: LongReads {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  @Test("a replaced version is stored, restored by undo, and replaced again by redo")
  func undo() throws {
    var old = fullStory(address: Self.address)
    let text = Self.sentences(1, 10).map { Block.paragraph([Phrase($0)]) }
    old.blocks += text
    var new = old
    new.title = "Harbour opens late"
    new.blocks = text + [.figure(Figure(kind: .photo, caption: [Phrase("Ice")], credit: "me"))]
    new.numberFigures()
    new.thread = Thread([PostedComment(id: "z", author: "someone")], count: 40)
    new.published = Timestamp(seconds: 1_800_000_000)
    let id = try add(old).id
    let page = try library.stories.original(of: id)
    try library.apply(
      Reading(
        isRead: true, isStarred: true, tags: ["sea"], place: Place(.block(1), words: "x"),
        progress: 0.4, opened: Timestamp(seconds: 5)), to: id)
    let own = try library.ownComments.write("My word", under: "a", author: "me", on: id).name
    let (reading, row) = (try library.user.reading(of: id), try library.lists.headline(id))
    let before = try library.stories.story(id)
    #expect(try add(new, now: 2000) == .updated(id))
    let revision = try #require(try library.stories.revisions(of: id).first)
    #expect(revision.title == "Harbour opens" && revision.replaced == 2000)
    #expect(try library.stories.story(revision) == old)
    #expect(try library.user.reading(of: id) == reading)
    let after = try library.stories.story(id)
    let change = Change(steps: [.init(.replaced(revision.id), true, [id])])
    for _ in 0..<2 {
      #expect(try library.changes.undo() == change)
      #expect(try library.stories.story(id) == before && library.stories.original(of: id) == page)
      #expect(try library.lists.headline(id) == row && library.user.reading(of: id) == reading)
      #expect(try library.stories.revisions(of: id) == [] && library.care.check() == [])
      #expect(try library.search.hits(of: query("kittiwakes"), limit: 2).count == 1)
      #expect(try library.changes.redo() == change)
      #expect(try library.stories.story(id) == after && library.user.reading(of: id) == reading)
      #expect(try library.ownComments.typedText(of: own, on: id) == "My word")
      #expect(try library.stories.revisions(of: id).count == 1 && library.care.check() == [])
    }
  }

  @Test("the newest five are kept, and an undone import can be repeated")
  func bound() throws {
    let text = Self.sentences(1, 30)
    let pages = (0..<9).map { story("Read \($0)", text + ["Update number \($0)."]) }
    for page in pages { #expect(try add(page).id == 1) }
    #expect(
      try library.stories.revisions(of: 1).map(\.title) == (3..<8).reversed().map { "Read \($0)" })
    // Older versions are known for good, those that are not kept too.
    for page in pages { #expect(try add(page) == .same(1)) }
    #expect(try library.stories.story(1)?.title == "Read 8")
    #expect(try library.changes.undo() != nil)
    // One session's import is one change: the oldest step it can still take back is shown.
    #expect(try library.lists.headline(1)?.title == "Read 3")
    #expect(try add(pages[8]) == .updated(1))
    #expect(try library.changes.redo() == nil && library.care.check() == [])
    #expect(try library.changes.undo() != nil)
    #expect(try library.lists.headline(1)?.title == "Read 3")
  }

  @Test("undo leaves a story that another program has updated since")
  func replacedSince() throws {
    let text = Self.sentences(1, 30)
    try add(story("One", text))
    try add(story("Two", text))
    let other = try Library(path: folder.library)
    try other.stories.add(
      PreparedStory(story("Three", text), original: nil, parserVersion: 1))
    #expect(try library.changes.undo()?.steps == [])
    #expect(try library.lists.headline(1)?.title == "Three" && library.care.check() == [])
  }

  @Test("the same page parsed by a newer parser leaves no revision")
  func reparsed() throws {
    let text = Self.sentences(1, 30)
    let page = Original(bytes: Array("page".utf8))
    try library.stories.add(story("One", text), original: page, parserVersion: 1)
    let better = story("One", text + ["More."])
    #expect(try library.stories.add(better, original: page, parserVersion: 2) == .updated(1))
    #expect(try library.stories.revisions(of: 1) == [] && library.changes.undo() == nil)
  }

  @Test("added comments leave no revision, and removed ones do")
  func comments() throws {
    var page = story("One", Self.sentences(1, 30))
    for (names, count) in [(["a"], 0), (["a", "b"], 0), (["b"], 1)] {
      page.thread = Thread(
        names.map { PostedComment(id: $0, author: $0, blocks: [.paragraph([Phrase($0)])]) })
      let original = Original(bytes: Array("\(names)".utf8))
      try library.stories.add(page, original: original, parserVersion: 1)
      #expect(try library.stories.revisions(of: 1).count == count)
    }
    #expect(try library.changes.undo() != nil)
    #expect(try library.stories.story(1)?.thread.comments.map(\.id) == ["a", "b"])
  }

  @Test("damaged revisions are reported as errors, and do no harm")
  func damaged() throws {
    let text = Self.sentences(1, 30)
    try add(story("One", text))
    try add(story("Two", text))
    execute("UPDATE revisions SET packed = substr(packed, 1, 40)", in: folder.library.text)
    let revision = try #require(try library.stories.revisions(of: 1).first)
    #expect(throws: StorageError.damagedStory(folder.library.shown, 1)) {
      try library.stories.story(revision)
    }
    #expect(throws: StorageError.damagedStory(folder.library.shown, 1)) {
      try library.changes.undo()
    }
    #expect(try library.lists.headline(1)?.title == "Two")
  }
}
