import Parsing
import Stories
import TestSupport
import Testing

@Suite("Threads in pages")
struct ThreadFinderTests {
  @Test(
    "A thread is found in the markup of its kind",
    arguments: [
      "blogger-classic", "blogger-threaded", "blogger-2011", "blogger-script", "wordpress",
      "wordpress-forms", "wpdiscuz", "discourse-crawler", "discourse-app", "forum", "xenforo-2",
      "xenforo-1", "vbulletin-5", "vbulletin-4", "vbulletin-3", "phpbb", "smf", "invision", "mybb",
      "woltlab", "nodebb", "flarum", "bbpress", "stackexchange", "hackernews",
      "reddit-old", "lobsters",
      "h-cite", "microdata", "json-ld", "structure", "elsewhere",
    ])
  func golden(name: String) throws {
    let path = folderOf(#filePath) + "/Threads/" + name + ".html"
    let page = try parsePage(Page(bytes: try #require(readFile(path)), name: name + ".html"))
    expectGolden(page.story.dump, named: name + ".txt", folder: "Threads")
  }

  @Test("A name is one line, whatever stands in an attribute")
  func lineEnds() throws {
    let text = "<p>A long enough sentence stands here, so that the page has a story in it.</p>"
    let page =
      "<h1>A ferry comes back</h1>\(text)\(text)<div class='thing comment' data-fullname=t1_a "
      + "data-author=' reader\n  one '><div class=usertext-body><p>It came back.</p></div></div>"
    let story = try parsePage(Page(bytes: Array(page.utf8), format: .html)).story
    #expect(story.thread.comments.map(\.author) == ["reader one"])
  }

  @Test("A number of any length among dates is no date and no trap")
  func longNumbers() throws {
    let digits = String(repeating: "9", count: 60)
    var page =
      "<h1>A ferry comes back</h1><p>It came back with forty people and a dog on board.</p>"
    for number in 1...3 {
      page += "<div class='thing comment' data-fullname=t1_\(number) data-author=reader>"
      page += "<div class=usertext-body><p>\(digits) - 5 6</p></div></div>"
    }
    let story = try parsePage(Page(bytes: Array(page.utf8), format: .html)).story
    #expect(story.thread.comments.count == 3)
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

  @Test(
    "A thread that another service keeps is named",
    arguments: [
      ("<div id=disqus_thread></div>", "Disqus"), ("<div class=fb-comments></div>", "Facebook"),
      ("<div data-spotim-module=conversation></div>", "OpenWeb"),
      ("<div id=coral_talk_stream></div>", "Coral"),
      ("<iframe src='https://jetpack.wordpress.com/jetpack-comment/?id=1'></iframe>", "Jetpack"),
      ("<script src='https://giscus.app/client.js'></script>", "giscus"),
      ("<script src='https://utteranc.es/client.js'></script>", "utterances"),
      ("<div id=commento></div>", "Commento"), ("<section id=isso-thread></section>", "Isso"),
      ("<hyvor-talk-comments></hyvor-talk-comments>", "Hyvor"),
      ("<div id=remark42></div>", "Remark42"),
      ("<div id=livefyre-comments></div>", "Livefyre"),
      ("<div id=vuukle-comments></div>", "Vuukle"),
      ("<vf-conversations></vf-conversations>", "Viafoura"),
      ("<div id=insticator-commenting></div>", "Insticator"),
    ])
  func elsewhere(markup: String, service: String) throws {
    let page =
      "<p>A long enough sentence stands here, so that the page has a story in it.</p>" + markup
    let story = try parsePage(Page(bytes: Array(page.utf8), format: .html)).story
    #expect(story.thread.state == .elsewhere(service))
    #expect(story.thread.count == nil)
  }

  @Test(
    "A heading tells the count, a line the state",
    arguments: [
      ("<h3>14 Comments</h3>", 14, Thread.State.unknown),
      ("<h3>No comments yet</h3>", 0, .unknown),
      ("<h3>3 Kommentare</h3><p class=no-comments>Comments are closed.</p>", 3, .closed),
      ("<h4>0 comments:</h4><p class=comment-footer><a>Post a Comment</a></p>", 0, .open),
      ("<h3>Leave a comment</h3>", nil, .open), ("<h3>About the mill</h3>", nil, .unknown),
    ] as [(String, Int?, Thread.State)])
  func said(markup: String, count: Int?, state: Thread.State) throws {
    let page =
      "<p>A long enough sentence stands here, so that the page has a story in it.</p>" + markup
    let thread = try parsePage(Page(bytes: Array(page.utf8), format: .html)).story.thread
    #expect(thread.count == count)
    #expect(thread.state == state)
  }

  @Test(
    "Answers without people, articles in a list, live entries and latest comments are no thread",
    arguments: ["faq", "no-thread"])
  func lookalike(name: String) throws {
    let bytes = try #require(readFile(folderOf(#filePath) + "/Threads/" + name + ".html"))
    let story = try parsePage(Page(bytes: bytes, format: .html)).story
    #expect(story.thread.comments.isEmpty)
    #expect(story.thread.count == nil)
  }

  @Test(
    "A picture in a comment of the page's data is a link",
    arguments: [
      "<script>var items = [{'id': '1', 'body': 'So it was. \\74img src\\75/mill.jpg\\76'}];</script>",
      """
      <script type="application/ld+json">{"@type": "Article", "comment": [{"@type": "Comment",
      "text": "So it was. <img src=/mill.jpg>", "author": "reader one"}]}</script>
      """,
    ])
  func picture(script: String) throws {
    let page =
      "<h1>The mill</h1><p>A long enough sentence stands here, so that there is a story.</p>"
      + script
    let story = try parsePage(Page(bytes: Array(page.utf8), address: "https://mill.example/p"))
      .story
    let comment = try #require(story.thread.comments.first)
    let link = "https://mill.example/mill.jpg"
    #expect(
      comment.blocks == [
        .paragraph([Phrase("So it was.")]), .paragraph([Phrase(link, link: link)]),
      ])
  }

  @Test("A list of cookies with their terms is no thread")
  func terms() throws {
    var page =
      "<h1>The mill</h1><p>A long enough sentence stands here, so that there is a story.</p>"
    for term in ["1 year", "6 months", "30 days", "2 days", "1 hour"] {
      page += "<div class=row><div>_wheel_\(term.utf8.count)</div><div>\(term)</div>"
      page += "<div>Set by the mill to count how often the wheel turns on a day.</div></div>"
    }
    let story = try parsePage(Page(bytes: Array(page.utf8), format: .html)).story
    #expect(story.thread.comments.isEmpty)
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
    var shaped = text + text + text + text
    for number in 0..<1_000 {
      shaped +=
        "<div class=q><div class=r><b>reader \(number % 7)</b> <i>3 May 2024 09:10</i></div>"
      shaped += "<div>Text number \(number) is here, and it is long enough to be one.</div></div>"
    }
    let repeated = try parsePage(Page(bytes: Array(shaped.utf8), format: .html))
    #expect(repeated.story.thread.comments.count == 1_000)
    var branch = text
    for number in 0..<200 {
      branch += "<li id=comment-\(number) class=comment><b class=fn>reader</b><p>Text.</p><ul>"
    }
    let deepest = try parsePage(Page(bytes: Array(branch.utf8), format: .html)).story.thread
    #expect(deepest.comments.map(\.depth).max() ?? 0 > 100)
  }
}
