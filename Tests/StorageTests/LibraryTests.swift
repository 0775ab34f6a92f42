import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct LibraryTests {
  let folder: TemporaryFolder
  let library: Library

  init() throws {
    folder = TemporaryFolder()
    library = try Library(path: folder.library)
  }

  @Test("a story is loaded as it was stored, with its page")
  func roundTrip() throws {
    let page = Original(bytes: Array("<p>page".utf8), address: "https://a.example/", name: "a.html")
    let added = try library.stories.add(fullStory(), original: page, parserVersion: 1)
    #expect(added == .new(1))
    #expect(try library.stories.story(1) == fullStory())
    #expect(try library.stories.original(of: 1) == page)
    #expect(try library.care.check() == [])
  }

  @Test("a missing story is no error to load, and one to change")
  func missingStory() throws {
    #expect(try library.stories.story(7) == nil)
    #expect(try library.lists.headline(7) == nil)
    #expect(try library.user.reading(of: 7) == nil)
    #expect(try library.stories.original(of: 7) == nil)
    #expect(try library.changes.make([(.starred, true)], of: [7]).steps == [])
    #expect(throws: StorageError.noStory(7)) {
      try library.user.opened(7, at: Timestamp(seconds: 1))
    }
    #expect(try !library.user.keepPlace(Place(.head), progress: 1, of: 7))
    #expect(throws: StorageError.noStory(7)) { try library.stories.delete(7) }
  }

  @Test("a row of a list has the data of the page")
  func headline() throws {
    try library.stories.add(fullStory(), original: nil, parserVersion: 1, source: "folder")
    let row = try #require(try library.lists.headline(1))
    #expect(row.title == "Harbour opens" && row.source == "The Westhaven Post")
    #expect(row.published == fullStory().published && row.sorted == row.published?.seconds)
    #expect(row.figures == 2 && row.comments == 12 && row.words > 40)
    try library.stories.add(plainStory(1), original: nil, parserVersion: 1, source: "folder")
    #expect(try library.lists.headline(2)?.source == "folder")
  }

  @Test("windows of a list follow each other without gap or repeat, in both directions")
  func windows() throws {
    try library.addPlain(0..<25)
    var down: [Headline] = []
    while case let rows = try library.lists.headlines(.all, after: down.last?.cursor, limit: 7),
      !rows.isEmpty
    {
      down += rows
    }
    #expect(down.map(\.title) == (0..<25).reversed().map { "Report \($0)" })
    let up = try library.lists.headlines(.all, before: down[20].cursor, limit: 5)
    #expect(up == Array(down[15..<20]))
    #expect(try library.lists.headlines(.all, before: nil, limit: 3) == Array(down[22...]))
    #expect(try library.lists.headlines(.all, limit: -1) == [])
  }

  @Test("shelves and counts follow the user's changes")
  func shelves() throws {
    try library.addPlain(0..<6)
    _ = try library.changes.make([(.read, true)], of: [2])
    _ = try library.changes.make([(.starred, true)], of: [3])
    #expect(try library.lists.counts() == Counts(all: 6, unread: 5, starred: 1))
    #expect(try library.lists.headlines(.unread, limit: 9).map(\.id) == [6, 5, 4, 3, 1])
    #expect(try library.lists.headlines(.starred, limit: 9).map(\.id) == [3])
    #expect(try library.lists.headlines(.starred, limit: 9).first?.isStarred == true)
    try library.stories.delete(3)
    _ = try library.changes.make([(.read, false)], of: [2])
    #expect(try library.lists.counts() == Counts(all: 5, unread: 5, starred: 0))
    #expect(try library.care.check() == [])
  }

  @Test(
    "the user's data is loaded as it was stored",
    arguments: [
      Place.Part.head, .block(4), .authorCard, .threadHead, .comment("a'b"),
    ])
  func reading(part: Place.Part) throws {
    try library.addPlain(0..<1)
    let reading = Reading(
      isRead: true, isStarred: true, tags: ["b", "a"],
      place: Place(part, offset: 17, words: "nine weeks"), progress: 0.25,
      opened: Timestamp(seconds: 99, precision: .minute, offset: 60))
    try library.apply(reading, to: 1)
    #expect(try library.user.reading(of: 1) == reading)
    try library.user.keepPlace(Place(.head), progress: .nan, of: 1)
    try library.user.keepPlace(Place(.block(2)), progress: 0.1, of: 1)
    let after = try #require(try library.user.reading(of: 1))
    #expect(after.progress == 0.25 && after.place == Place(.block(2)))
    #expect(after.tags == ["b", "a"] && after.isStarred && after.opened == reading.opened)
  }

  @Test("a date in the far future does not keep a story on top")
  func futureDate() throws {
    var story = plainStory(1)
    story.published = Timestamp(seconds: 250_000_000_000)
    let prepared = PreparedStory(story, original: nil, parserVersion: 1)
    let added = try library.stories.add(prepared, now: 1_700_000_000)
    #expect(try library.lists.headline(added.id)?.sorted == 1_700_000_000)
    #expect(try library.lists.headline(added.id)?.published?.seconds == 250_000_000_000)
  }

  @Test("a transaction that fails in the middle changes nothing")
  func allOrNothing() throws {
    #expect(throws: StorageError.noStory(99)) {
      try library.transaction { () throws(StorageError) in
        try library.stories.add(fullStory(), original: nil, parserVersion: 1)
        try library.user.opened(99, at: Timestamp(seconds: 1))
      }
    }
    #expect(try library.lists.counts().all == 0)
    #expect(try library.search.hits(of: query("harbour"), limit: 9).isEmpty)
    try library.transaction { () throws(StorageError) in
      try library.addPlain(0..<2)
      try? library.user.opened(99, at: Timestamp(seconds: 1))
    }
    #expect(try library.lists.counts().all == 2)
    #expect(try library.care.check() == [])
  }
}
