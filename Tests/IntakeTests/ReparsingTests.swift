import Files
import Glibc
import Intake
import Parsing
import Storage
import Stories
import TestSupport
import Testing
import Threads

/// Stories read again by a better parser: they get better, and the reader loses nothing.
@Suite struct ReparsingTests {
  let folder = TemporaryFolder()
  private var path: Path { Path(folder["library.sqlite"]) }

  private func importer(
    version: Int = 1, _ cancellation: Cancellation = Cancellation(),
    parser: @escaping Importer.Parser = plainParser
  ) -> Importer {
    Importer(library: path, cancellation: cancellation, version: version, parser: parser)
  }

  private func fill(_ count: Int) throws -> Library {
    for number in 0..<count { folder.write("text \(number)", to: "pages/page\(1000 + number).txt") }
    _ = try importer().importPaths([Path(folder["pages"])])
    return try Library(path: path)
  }

  @Test("a better parser's story replaces the old one, and the reading stays")
  func better() throws {
    let library = try fill(5)
    try library.user.opened(3, at: Timestamp(seconds: 1_700_000_000))
    try library.user.keepPlace(Place(.block(0), words: "text 2"), progress: 0.5, of: 3)
    _ = try library.changes.make([(.starred, true), (.tag("later"), true)], of: [3])
    let before = try library.user.reading(of: 3)
    let better = importer(version: 2) { page throws(PageError) in
      var parsed = try plainParser(page)
      if page.name == "page1002.txt" { parsed.story.byline = ["Staff reporter"] }
      return parsed
    }
    let summary = try better.reparse()
    #expect(summary.updated == [3] && summary.same == [1, 2, 4, 5])
    #expect(try library.stories.story(3)?.byline == ["Staff reporter"])
    #expect(try library.user.reading(of: 3) == before)
    #expect(before?.tags == ["later"] && before?.place?.words == "text 2")
    #expect(try library.care.check() == [])
  }

  @Test("only stories of an older parser are read again, unless all or some are asked for")
  func wanted() throws {
    _ = try fill(3)
    let better = importer(version: 2)
    #expect(try better.reparse().same == [1, 2, 3])
    #expect(try better.reparse().total == 0)
    #expect(try better.reparse(.all).same == [1, 2, 3])
    #expect(try better.reparse(.these([2])).same == [2])
  }

  @Test("a page that gives no story any more leaves the one there is, and is not tried each time")
  func lost() throws {
    let library = try fill(2)
    let worse = importer(version: 2) { page throws(PageError) in
      if page.name == "page1001.txt" { throw .noStory("lost") }
      return try plainParser(page)
    }
    let summary = try worse.reparse()
    #expect(summary.failed == [.page("page1001.txt", .noStory("lost"))])
    #expect(try library.stories.story(2)?.blocks == [.paragraph([Phrase("text 1")])])
    #expect(try worse.reparse().total == 0)
    #expect(try importer(version: 3).reparse().same == [1, 2])
  }

  @Test("a story without a kept page says so and stays")
  func noOriginal() throws {
    let library = try fill(1)
    try library.stories.add(Story(title: "written here"), original: nil, parserVersion: 1)
    #expect(try importer(version: 2).reparse().same == [1])
    let failed = try importer(version: 2).reparse(.these([2, 9])).failed
    #expect(failed == [.noOriginal(2), .library(.noStory(9))])
    #expect(try library.stories.story(2)?.title == "written here")
  }

  @Test("the reader's own comments and their parents stay")
  func ownComments() throws {
    let library = try fill(1)
    func with(_ thread: Thread) -> Importer.Parser {
      { page throws(PageError) in
        var parsed = try plainParser(page)
        parsed.story.thread = thread
        return parsed
      }
    }
    let theirs = PostedComment(id: "a", author: "reader one", blocks: [.rule])
    _ = try importer(version: 2, parser: with(Thread([theirs]))).reparse()
    let own = try library.ownComments.write("Mine.", under: "a", author: "me", on: 1).name
    let more = Thread([PostedComment(id: "b", author: "reader two"), theirs])
    #expect(try importer(version: 3, parser: with(more)).reparse().updated == [1])
    let comments = try #require(try library.stories.story(1)).thread.comments
    #expect(comments.map(\.id) == ["b", "a", own])
    #expect(comments[2].parent == 1 && comments[2].marks == .own)
  }

  @Test("an end half-way loses nothing, and the next time goes on with the rest")
  func interrupted() throws {
    let library = try fill(300)
    let cancellation = Cancellation()
    let better = importer(version: 2, cancellation) { page throws(PageError) in
      usleep(1000)
      var parsed = try plainParser(page)
      parsed.story.byline = ["Staff reporter"]
      return parsed
    }
    let first = try better.reparse { if $0.done > 20 { cancellation.cancel() } }
    #expect(first.isCancelled && first.updated.count > 20 && first.updated.count < 300)
    #expect(try library.lists.counts().all == 300)
    #expect(try library.care.check() == [])
    let rest = try importer(version: 2) { page throws(PageError) in
      var parsed = try plainParser(page)
      parsed.story.byline = ["Staff reporter"]
      return parsed
    }.reparse()
    #expect(rest.updated.count == 300 - first.updated.count)
    #expect(try library.stories.parsed(before: 2) == [])
  }
}
