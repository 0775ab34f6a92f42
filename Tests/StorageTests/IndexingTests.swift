import CSQLite
import Files
import Queries
import Stories
import TestSupport
import Testing

@testable import Storage

/// Stories that the full-text indexes get later.
@Suite struct IndexingTests: FeedTests {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  private func found(_ words: String) throws -> Int {
    let listing = Listing(query(words))
    return try library.lists.headlines(of: library.lists.plan(listing), limit: 999).count
  }

  @Test(
    "stories of feeds are listed at once, and found by their words after the steps that index them")
  func steps() throws {
    try library.addPlain(0..<3)
    let id = try subscribe()
    try fetch((0..<100).map { Item($0) }, of: id)
    #expect(try titles.count == 103 && library.indexing.waitingCount() == 100)
    #expect(try found("story number") == 0 && found("report") == 3)
    #expect(try library.care.check() == [])
    var pace = IndexingPace()
    var done = 0
    while true {
      let count = try library.indexing.step(&pace)
      guard count > 0 else { break }
      // The newest first.
      let newest = (100 - done - count)..<(100 - done)
      done += count
      #expect(try found("story number") == done)
      #expect(try found("\"story number \(newest.lowerBound)\"") == 1)
      #expect(try library.indexing.waitingCount() == 100 - done)
      if done < 60 { #expect(try library.care.check() == []) }
    }
    #expect(done == 100)
    #expect(try library.search.hits(of: query("harbour"), limit: 200).count > 50)
    #expect(try library.care.check() == [])
  }

  @Test("what waits can be read, changed, replaced, discussed and deleted")
  func waiting() throws {
    let id = try subscribe()
    let stories = try fetch((0..<6).map { Item($0) }, of: id).new
    try library.discussions.store(
      [PostedComment(id: "1", author: "guest", blocks: [.paragraph([Phrase("kittiwakes")])])],
      of: Discussion(.service, name: "Forum"), on: stories[0])
    var edited = Item(1)
    edited.text += "\nGuillemots too."
    try fetch((0..<6).map { $0 == 1 ? edited : Item($0) }, of: id)
    try library.stories.delete(stories[2])
    _ = try library.ownComments.write("So it is: fulmars", under: nil, author: "me", on: stories[3])
    #expect(try library.care.check() == [])
    try library.indexing.finish()
    #expect(try library.indexing.waitingCount() == 0)
    for word in ["kittiwakes", "guillemots", "fulmars"] { #expect(try found(word) == 1) }
    #expect(try found("story number") == 5)
    // An update of what is indexed waits again.
    edited.text += "\nRazorbills too."
    try fetch((0..<6).map { $0 == 1 ? edited : Item($0) }, of: id)
    #expect(try found("guillemots") == 0 && library.indexing.waitingCount() == 1)
    #expect(try library.care.check() == [])
    try library.indexing.finish()
    #expect(try found("razorbills") == 1 && found("guillemots") == 1)
    #expect(try library.care.check() == [])
  }

  @Test("a damaged index is made anew with what waits", arguments: [0, 3, 99])
  func damage(indexed: Int) throws {
    let id = try subscribe()
    try fetch((0..<8).map { Item($0) }, of: id)
    var pace = IndexingPace()
    if indexed > 8 { try library.indexing.finish() }
    execute(
      "PRAGMA writable_schema = ON; DELETE FROM story_words_data; DELETE FROM story_search_idx",
      in: folder.library.text)
    if indexed == 3 { _ = try library.indexing.step(&pace) }
    _ = try library.care.repair()
    try library.indexing.finish()
    #expect(try library.care.check() == [])
    #expect(try found("story number") == 8)
  }

  @Test("a step takes fewer stories where they take long, and one that is large by itself")
  func pace() throws {
    let id = try subscribe()
    let large = Item(0).changed { $0.text = Item.sentences(1, 8000) }
    try fetch([large] + (1..<30).map { Item($0) }, of: id)
    #expect(try steps(IndexingPace(seconds: 0.000_001)) == [16, 13, 1])
    try fetch((100..<250).map { Item($0) }, of: id)
    #expect(try steps(IndexingPace(seconds: 100)) == [16, 32, 64, 38])
  }

  private func steps(_ pace: IndexingPace) throws -> [Int] {
    var pace = pace
    var counts: [Int] = []
    while case let count = try library.indexing.step(&pace), count > 0 { counts.append(count) }
    return counts
  }

  @Test("merging ends, and leaves few parts and the same results")
  func merging() throws {
    let id = try subscribe()
    try fetch((0..<600).map { Item($0) }, of: id)
    var pace = IndexingPace(seconds: 0.000_001)
    while try library.indexing.step(&pace) > 0 {}
    func parts() throws -> Int {
      let connection = try Connection(folder.library, flags: SQLITE_OPEN_READONLY, timeout: 1000)
      return Int(try connection.number("SELECT count(DISTINCT segid) FROM story_search_idx"))
    }
    let before = try parts()
    #expect(before >= 16)
    var calls = 0
    while try library.indexing.merge() { calls += 1 }
    #expect(calls > 0 && calls < 500)
    #expect(try parts() < before / 2)
    #expect(try found("story number") == 600 && library.care.check() == [])
  }
}
