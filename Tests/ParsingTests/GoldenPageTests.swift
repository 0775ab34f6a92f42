import Parsing
import Stories
import TestSupport
import Testing

/// Whole stories of our own pages, one for each family of markup, compared as dumps.
@Suite struct GoldenPageTests {
  @Test(
    "A page gives the story and the report of its golden file",
    arguments: [
      "article", "breaks", "soup", "ideographs", "list", "panels", "walls", "drawn", "boxes",
      "graph", "microdata", "visible", "notes", "loose", "live", "interview", "questions",
      "gallery",
      "layout", "tables", "embeds", "leftovers", "alike",
    ])
  func golden(_ name: String) throws {
    let path = folderOf(#filePath) + "/Golden/" + name
    let bytes = try #require(readFile(path + ".html"))
    let parsed = try parsePage(
      Page(bytes: bytes, address: "https://quay.example/news/page.html", format: .html))
    let dropped = parsed.report.dropped.map { "dropped \($0.kind.rawValue): \($0.text)\n" }
    expectGolden(parsed.story.dump + dropped.joined(), named: name + ".txt")
  }

  @Test(
    "The blog page that Courant was asked for gives its story",
    .enabled(if: readFile(packageFolder() + "/../shared/seed/page.html") != nil))
  func seed() throws {
    let bytes = try #require(readFile(packageFolder() + "/../shared/seed/page.html"))
    let story = try parsePage(Page(bytes: bytes, format: .html)).story
    #expect(story.title.hasPrefix("Xi Jinping extends a warm welcome"))
    #expect(story.title.hasSuffix("unity."))
    #expect(story.byline == ["somrat"])
    #expect(story.published == nil)
    let paragraphs = story.blocks.filter { if case .paragraph = $0 { true } else { false } }
    #expect(paragraphs.count == 11)
    #expect(story.figures.count == 2)
  }
}
