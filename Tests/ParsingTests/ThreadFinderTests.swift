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

  @Test("A picture in a comment is a link, for numbered figures are the story's own")
  func pictures() throws {
    let text = "<p>A long enough sentence stands here, so that the page has a story in it.</p>"
    let page =
      "<h1>A ferry comes back</h1>\(text)\(text)<ol class=comment-list><li class=comment id=comment-1>"
      + "<b class=fn>reader</b><div class=comment-content><p>Look at this.</p>"
      + "<img src=https://pictures.example/a.jpg width=600 height=400 alt='The boat'></div></li></ol>"
    let story = try parsePage(Page(bytes: Array(page.utf8), format: .html)).story
    let comment = try #require(story.thread.comments.first)
    #expect(
      comment.blocks == [
        .paragraph([Phrase("Look at this.")]),
        .paragraph([Phrase("The boat", link: "https://pictures.example/a.jpg")]),
      ])
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
