import Parsing
import Stories
import TestSupport
import Testing

@Suite("Threads in pages")
struct ThreadFinderTests {
  @Test(
    "A thread is found in the markup of its kind",
    arguments: ["wordpress", "blogger-classic", "hackernews", "forum", "elsewhere"])
  func golden(name: String) throws {
    let path = folderOf(#filePath) + "/Threads/" + name + ".html"
    let page = try parsePage(Page(bytes: try #require(readFile(path)), name: name + ".html"))
    expectGolden(page.story.dump, named: name + ".txt", folder: "Threads")
  }

  @Test("Comments nested without end, and thousands beside each other, are read")
  func hostile() throws {
    let text = "<p>A long enough sentence stands here, so that the page has a story in it.</p>"
    var deep = text
    for number in 0..<20_000 { deep += "<li id=comment-\(number) class=comment><p>Text \(number)." }
    let nested = try parsePage(Page(bytes: Array(deep.utf8), format: .html))
    #expect(nested.story.thread.comments.count <= 20_000)
    var wide = text
    for number in 0..<5_000 {
      wide += "<li id=comment-\(number) class=comment><b class=fn>reader</b><p>Text.</p></li>"
    }
    let flat = try parsePage(Page(bytes: Array(wide.utf8), format: .html))
    #expect(flat.story.thread.comments.count == 5_000)
  }
}
