import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct IdentityTests {
  let folder: TemporaryFolder
  let library: Library

  init() throws {
    folder = TemporaryFolder()
    library = try Library(path: folder.library)
  }

  private func add(_ story: Story, page: String? = nil) throws -> Added {
    let page = page.map { Original(bytes: Array($0.utf8)) }
    return try library.stories.add(story, original: page, parserVersion: 1)
  }

  @Test(
    "one address in any spelling is one story",
    arguments: [
      "http://news.example/harbour", "https://www.news.example/harbour/",
      "HTTPS://News.Example:443/harbour#part", "https://news.example/harbour?utm_source=x&fbclid=1",
    ])
  func address(_ spelling: String) throws {
    #expect(try add(fullStory()) == .new(1))
    #expect(try add(fullStory(address: spelling)).id == 1)
    #expect(try library.lists.counts().all == 1)
  }

  @Test(
    "addresses with other differences are two stories",
    arguments: [
      "https://news.example/harbor", "https://news.example/harbour?page=2",
      "https://other.example/harbour",
    ])
  func otherAddress(_ address: String) throws {
    _ = try add(plainStory(1, address: "https://news.example/harbour"))
    #expect(try add(plainStory(2, address: address)) == .new(2))
  }

  @Test("the address of a whole site identifies no story")
  func siteAddress() throws {
    _ = try add(plainStory(1, address: "https://news.example/"))
    #expect(try add(plainStory(2, address: "https://news.example")) == .new(2))
  }

  @Test("the same text at another address, and the same page, are one story")
  func content() throws {
    _ = try add(plainStory(1, address: "https://one.example/a"), page: "x")
    #expect(try add(plainStory(1, address: "https://two.example/b")).id == 1)
    _ = try add(plainStory(2, text: "short"), page: "y")
    #expect(try add(plainStory(3, text: "other"), page: "y").id == 2)
  }

  @Test("a few words are too short to identify a story")
  func tooShort() throws {
    _ = try add(plainStory(1, address: "https://one.example/a", text: "Turn on scripts"))
    #expect(
      try add(plainStory(1, address: "https://two.example/b", text: "Turn on scripts")) == .new(2))
  }

  @Test("a changed page updates the story and keeps the user's data")
  func update() throws {
    let text = String(repeating: "on the tide ", count: 20)
    _ = try add(plainStory(1, address: "https://news.example/a", text: "Gannets \(text)"))
    try library.apply(
      Reading(isRead: true, isStarred: true, tags: ["t"], progress: 0.5), to: 1)
    let before = try library.user.reading(of: 1)
    var story = plainStory(
      1, address: "https://news.example/a", text: "\(text) Correction: kittiwakes")
    story.published = Timestamp(seconds: 1_750_000_000)
    #expect(try add(story) == .updated(1))
    #expect(try add(story) == .same(1))
    #expect(try library.stories.story(1) == story)
    #expect(try library.user.reading(of: 1) == before)
    #expect(try library.lists.headlines(.starred, limit: 2).first?.sorted == 1_750_000_000)
    #expect(try library.search.hits(of: query("kittiwakes"), limit: 2).count == 1)
    #expect(try library.search.hits(of: query("gannets"), limit: 2).isEmpty)
    #expect(try library.care.check() == [])
  }

  @Test("a cut copy does not replace a complete story, a complete one replaces a cut one")
  func cutCopy() throws {
    let address = "https://news.example/a"
    var cut = plainStory(1, address: address, text: "The beginning")
    cut.isCut = true
    _ = try add(cut)
    #expect(try add(plainStory(1, address: address)) == .updated(1))
    #expect(try add(cut) == .same(1))
    #expect(try library.stories.story(1) == plainStory(1, address: address))
  }

  @Test("the story of a newer parser replaces the old one")
  func reparse() throws {
    _ = try add(plainStory(1), page: "x")
    _ = try add(plainStory(2))
    #expect(try library.stories.parsed(before: 1) == [])
    #expect(try library.stories.parsed(before: 2) == [1])
    let better = PreparedStory(
      fullStory(), original: try library.stories.original(of: 1), parserVersion: 2)
    #expect(try library.stories.reparsed(1, better) == .updated(1))
    #expect(try library.stories.reparsed(1, better) == .same(1))
    #expect(try library.stories.parsed(before: 2) == [])
    #expect(try library.stories.story(1) == fullStory())
    #expect(throws: StorageError.noStory(9)) { try library.stories.reparsed(9, better) }
  }
}
