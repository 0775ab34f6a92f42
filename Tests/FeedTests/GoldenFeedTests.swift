import Parsing
import TestSupport
import Testing

/// Whole feeds of our own, one for each format, compared as dumps.
@Suite struct GoldenFeedTests {
  @Test(
    "A feed gives the entries of its golden file",
    arguments: ["rss.xml", "atom.xml", "rdf.xml", "feed.json", "damaged.xml"])
  func golden(_ name: String) throws {
    let bytes = try #require(readFile(folderOf(#filePath) + "/Golden/" + name))
    let parsed = try parseFeed(Page(bytes: bytes))
    expectGolden(parsed.dump, named: name + ".txt")
  }
}
