import App
import Storage
import Stories
import Testing

/// The comments that an import adds to a story that was read: announced in the list, found in the thread.
@Suite struct NewCommentTests {
  /// A story at one address whose comments say no time.
  private func story(_ comments: [(id: String?, words: String)], text: String = "It opens.")
    -> Story
  {
    var story = Story(title: "The bridge", address: "https://news.example/bridge")
    story.blocks = [.paragraph([Phrase(text)])]
    let posted = comments.map { comment in
      PostedComment(
        id: comment.id, author: "reader", blocks: [.paragraph([Phrase(comment.words)])])
    }
    story.thread = Thread(posted, count: comments.count, state: .open)
    return story
  }

  private func add(_ story: Story, to desk: Desk) throws {
    try desk.library.stories.add(PreparedStory(story, original: nil, parserVersion: 1))
    _ = desk.reader.receive(.libraryChanged)
  }

  @Test(
    "] n finds the comment that the list announces", arguments: ["It opens.", "It opens again."])
  func announced(text: String) throws {
    let desk = try Desk()
    try add(story([("a", "First."), ("b", "Second.")]), to: desk)
    desk.press("Enter c q")
    try add(story([("a", "First."), ("b", "Second."), ("c", "Third.")], text: text), to: desk)
    #expect(desk.screen.contains("3+1"), "\(desk.screen)")
    desk.press("Enter ]n")
    #expect(!desk.status.contains("no new comment"), "\(desk.screen)")
    #expect(desk.status.contains("3 of 3"), "\(desk.screen)")
    #expect(desk.lines.contains { $0.contains("reader") && $0.contains("●") }, "\(desk.screen)")
    desk.press("q")
    #expect(!desk.screen.contains("+1"), "\(desk.screen)")
    // Once seen it is not new any more.
    try add(story([("a", "First.")]), to: desk)
    desk.press("Enter ]n")
    #expect(desk.status.contains("no new comment"), "\(desk.status)")
  }

  @Test("A comment that an import brings to the open story is new, and the list counts it as seen")
  func whileOpen() throws {
    let desk = try Desk()
    try add(story([("a", "First.")]), to: desk)
    desk.press("Enter")
    try add(story([("a", "First."), ("b", "Second.")]), to: desk)
    desk.press("]n")
    #expect(desk.status.contains("2 of 2"), "\(desk.screen)")
    desk.press("q")
    #expect(!desk.screen.contains("+1"), "\(desk.screen)")
  }

  @Test("Without IDs a comment is known by its words, wherever it stands; an edited one by its ID")
  func identity() throws {
    let desk = try Desk()
    let library = desk.library
    try add(story([(nil, "First."), (nil, "Second.")]), to: desk)
    desk.press("Enter q")
    let id = try #require(desk.headlines.first?.id)
    try add(story([(nil, "Zeroth."), (nil, "First."), (nil, "Second.")]), to: desk)
    #expect(try library.discussions.newComments(on: id) == ["c1"])
    // What was not seen stays new through a further import.
    try add(
      story([(nil, "Last."), (nil, "Zeroth."), (nil, "First, edited."), (nil, "Second.")]), to: desk
    )
    #expect(try library.discussions.newComments(on: id).isSuperset(of: ["c1", "c2"]))
    desk.press("Enter q")
    #expect(try library.discussions.newComments(on: id) == [])
    try add(
      story([(nil, "Last."), (nil, "Zeroth."), (nil, "First, mended."), (nil, "Second.")]), to: desk
    )
    #expect(try library.discussions.newComments(on: id) == [])
  }

  @Test("A story that was never opened has no new comments, and neither has what a page never says")
  func neverOpened() throws {
    let desk = try Desk()
    try add(story([("a", "First.")]), to: desk)
    try add(story([("a", "First."), ("b", "Second.")]), to: desk)
    let id = try #require(desk.headlines.first?.id)
    #expect(try desk.library.discussions.newComments(on: id) == [])
    // The flags are the library's own: the story reads as its page was parsed.
    desk.press("Enter q")
    let page = story([("a", "First."), ("b", "Second."), ("c", "Third.")])
    try add(page, to: desk)
    #expect(try desk.library.stories.story(id) == page)
    #expect(try desk.library.care.check() == [])
  }
}
