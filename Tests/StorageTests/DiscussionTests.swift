import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct DiscussionTests {
  let folder = TemporaryFolder()
  let library: Library
  let forum = Discussion(.service, address: "https://forum.example/42", name: "Forum")

  init() throws { library = try Library(path: folder.library) }

  private func posts(_ word: String, _ count: Int = 3) -> [PostedComment] {
    (0..<count).map { index in
      PostedComment(
        id: "\(index)", parent: index > 0 ? "0" : nil, author: "guest \(index)",
        blocks: [
          .paragraph([Phrase("\(word) \(index)")]),
          .figure(Figure(caption: [Phrase("Sketch \(word)")], credit: "guest")),
        ])
    }
  }

  private func texts(_ id: StoryID = 1) throws -> [String] {
    try #require(try library.stories.story(id)).thread.comments.map { "\($0.author) \($0.depth)" }
  }

  @Test("parsing or importing a page again keeps comments from elsewhere and own ones")
  func reimported() throws {
    var page = fullStory()
    let id = try library.stories.add(page, original: nil, parserVersion: 1).id
    #expect(try library.discussions.all(of: id) == [Discussion(.page)])
    try library.discussions.store(posts("heron"), of: forum, on: id)
    let own = try library.ownComments.write("Mine", under: "a", author: "me", on: id).name
    let reply = try library.ownComments.write("To you", under: "2:0", author: "me", on: id).name
    let count = try library.lists.headline(id)?.comments
    #expect(count == 17)
    let all = [
      "reader one 0", "reader two 1", " 0", "guest 0 0", "guest 1 1", "guest 2 1", "me 1", "me 1",
    ]
    #expect(try texts().sorted() == all.sorted())
    page.title = "Harbour opens again"
    page.thread = Thread([PostedComment(id: "new", author: "reader nine")], count: 12)
    #expect(try library.stories.add(page, original: nil, parserVersion: 1) == .updated(id))
    let after = try texts()
    #expect(after.filter { $0.hasPrefix("guest") } == ["guest 0 0", "guest 1 1", "guest 2 1"])
    #expect(after.filter { $0.hasPrefix("me") }.count == 2 && after.contains("reader nine 0"))
    for name in [own, reply] { #expect(try library.ownComments.typedText(of: name, on: id) != nil) }
    #expect(try library.lists.headline(id)?.comments == count)
    let better = PreparedStory(fullStory(), original: nil, parserVersion: 2)
    #expect(try library.stories.reparsed(id, better) == .updated(id))
    #expect(try texts().sorted() == all.sorted() && library.lists.headline(id)?.comments == count)
    #expect(try library.changes.undo() != nil && library.care.check() == [])
    #expect(try library.discussions.all(of: id).map(\.kind) == [.page, .service, .local])
  }

  @Test("each discussion is replaced separately, found by search, and deleted with its story")
  func replaced() throws {
    let id = try library.stories.add(plainStory(1), original: nil, parserVersion: 1).id
    let other = Discussion(.service, address: "https://other.example/1", name: "Other")
    try library.discussions.store(posts("heron"), of: forum, on: id)
    try library.discussions.store(posts("bittern", 2), of: other, on: id)
    #expect(try library.lists.headline(id)?.comments == 5)
    try library.discussions.store(posts("egret", 4), of: forum, on: id)
    #expect(try library.lists.headline(id)?.comments == 6)
    for (word, count) in [("heron", 0), ("bittern", 1), ("egret", 1), ("sketch", 1)] {
      #expect(try library.search.hits(of: query(word), limit: 2).count == count, "\(word)")
    }
    let story = try #require(try library.stories.story(id))
    #expect(Set(story.thread.comments.map(\.id)).count == 6)
    #expect(story.thread.comments.allSatisfy { $0.blocks.count == 2 })
    #expect(try library.care.check() == [])
    try library.discussions.store([], of: forum, on: id)
    #expect(
      try texts(id) == ["guest 0 0", "guest 1 1"] && library.lists.headline(id)?.comments == 2)
    #expect(throws: StorageError.noStory(9)) { try library.discussions.store([], of: forum, on: 9) }
    try library.stories.delete(id)
    #expect(try library.care.check() == [] && library.discussions.all(of: id) == [])
  }

  @Test("the user's comments have a discussion of their own")
  func local() throws {
    let id = try library.stories.add(plainStory(1), original: nil, parserVersion: 1).id
    for text in ["One", "Two"] {
      _ = try library.ownComments.write(text, under: nil, author: "me", on: id)
    }
    #expect(try library.discussions.all(of: id) == [Discussion(.local)])
    #expect(try library.care.check() == [])
  }

  @Test("a source has one permanent ID, whatever the case of its name")
  func sources() throws {
    for (number, site) in ["The Post", "THE POST", "Echo"].enumerated() {
      var story = plainStory(number)
      story.site = site
      try library.stories.add(story, original: nil, parserVersion: 1)
    }
    let rows = try [1, 2, 3].map { try #require(try library.lists.headline($0)) }
    #expect(rows[0].sourceID == rows[1].sourceID && rows[0].sourceID != rows[2].sourceID)
    #expect(
      try library.lists.source(rows[1].sourceID) == Source(id: rows[0].sourceID, name: "The Post"))
    #expect(try library.lists.source(99) == nil)
    #expect(try library.lists.sources().map(\.total) == [1, 2])
    #expect(try library.lists.sources().map(\.name) == ["Echo", "The Post"])
    _ = try library.changes.make([(.read, true), (.tag("x"), true)], of: [1, 2, 3])
    #expect(
      try library.lists.sources().map(\.unread) == [0, 0]
        && library.lists.tags().map(\.unread) == [0])
    _ = try library.changes.make([(.read, false)], of: [2, 3])
    #expect(
      try library.lists.sources().map(\.unread) == [1, 1]
        && library.lists.tags().map(\.unread) == [2])
    #expect(try library.lists.counts().unread == 2 && library.care.check() == [])
  }
}
