import Parsing
import TestSupport
import Testing

/// Where the suites are, if they are.
private let folder = packageFolder() + "/../shared/corpora/feeds"
private let hasSuites = !filesBelow(folder + "/gofeed/parser/json").isEmpty

/// The expectations of other readers' suites, where they are beside the package.
@Suite(.enabled(if: hasSuites)) struct SuiteTests {
  @Test("gofeed's expectations are met, 97 of a hundred")
  func gofeed() throws {
    var score = SuiteScore()
    for part in [
      "parser/atom", "parser/rss", "parser/json", "translator/rss", "translator/atom",
      "translator/json", "extensions/dublincore", "extensions/itunes", "extensions/media",
    ] {
      let path = folder + "/gofeed/" + part
      for name in filesBelow(path) where name.hasSuffix(".json") {
        let isOfJSON = name.hasSuffix("_expected.json")
        let stem = name.dropLast(isOfJSON ? 14 : 5)
        guard let feed = readFile(path + "/" + stem + (isOfJSON ? ".json" : ".xml")) else {
          continue
        }
        let expected = try #require(readFile(path + "/" + name))
        score.addGofeed(feed, expected: expected, folder: part, name: part + "/" + name)
      }
    }
    #expect(score.total > 1800)
    #expect(score.share >= 0.97, "\(score.words)")
  }

  @Test("feedparser's strings are met, 95 of a hundred, its sanitising aside")
  func feedparser() throws {
    var score = SuiteScore()
    let path = folder + "/feedparser"
    for name in filesBelow(path) where !name.hasPrefix("wellformed/sanitize") {
      score.addFeedparser(try #require(readFile(path + "/" + name)), name: name)
    }
    #expect(score.total > 1200)
    #expect(score.share >= 0.95, "\(score.words)")
  }

  @Test("Files whose markup feedparser cleans are feeds to us too")
  func sanitizing() throws {
    let path = folder + "/feedparser/wellformed/sanitize"
    let files = filesBelow(path)
    let read = files.count { name in
      readFile(path + "/" + name).map { (try? parseFeed(Page(bytes: $0))) != nil } ?? false
    }
    #expect(read == files.count)
  }
}
