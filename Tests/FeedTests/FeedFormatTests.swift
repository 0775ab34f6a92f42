import Parsing
import Testing

/// What is a feed and what is a page, by content alone.
@Suite struct FeedFormatTests {
  private func format(_ text: String) -> String? {
    (try? parseFeed(Page(bytes: Array(text.utf8))))?.feed.format.words
  }

  @Test(
    "The root and its namespace name the format",
    arguments: [
      ("<rss version='0.91'><channel/></rss>", "RSS 0.91"), ("<RSS><channel/></RSS>", "RSS"),
      ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "Atom 1.0"),
      ("<feed xmlns='http://purl.org/atom/ns#' version='0.3'/>", "Atom 0.3"),
      ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "Atom 1.0"),
      ("\u{FEFF} \n<!-- x --><?xml version='1.0'?><rss version='2.0'><channel/></rss>", "RSS 2.0"),
      ("<!DOCTYPE rss [ <!ENTITY a '<html>'> ]><rss version='2.0'><channel/></rss>", "RSS 2.0"),
      (
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
          + "xmlns='http://purl.org/rss/1.0/'><channel/></r:RDF>", "RSS 1.0"
      ),
      (#" {"title":"x","version":"https://jsonfeed.org/version/1"}"#, "JSON Feed 1"),
      (#"{"items":[{"id":"1"}],"feed_url":"https://a.example/f"}"#, "JSON Feed"),
    ])
  func feeds(_ text: String, _ words: String) { #expect(format(text) == words) }

  @Test(
    "What is no feed is not taken for one",
    arguments: [
      "", "{", "[]", #"{"items":[]}"#, #"{"version":"2","a":{"version":"jsonfeed.org/version/1"}}"#,
      "<!DOCTYPE html><html><body><rss><channel></channel></rss></body></html>",
      "<html><head><title>feed</title></head></html>", "<svg/>", "<urlset><url/></urlset>",
      "<feed><animal>hay</animal></feed>", "Words about <rss> and no more of it.",
      "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><Person/></r:RDF>",
    ])
  func others(_ text: String) { #expect(format(text) == nil) }

  @Test("A text that quotes a feed and goes on is a page")
  func quoted() {
    let feed = "<rss version='2.0'><channel><item><title>x</title></item></channel></rss>"
    let words = String(
      repeating: "And this is what each of its lines means to a reader. ", count: 9)
    #expect(format("Warning: no clock.\n" + feed) == "RSS 2.0")
    #expect(format("Warning: no clock<?xml version='1.0'?>" + feed) == "RSS 2.0")
    #expect(format("<br />\n<b>Warning</b>: no clock<br />\n" + feed) == "RSS 2.0")
    #expect(format("A feed looks so:\n" + feed + words) == nil)
    #expect(format("# words\n\"" + feed + "\"\n") == nil)
  }

  @Test("A page says that it is a feed, and which")
  func refused() {
    let feed = Page(bytes: Array("<rss version='2.0'><channel/></rss>".utf8), name: "page.html")
    #expect(throws: PageError.feed("RSS 2.0")) { try parsePage(feed) }
    let list = Page(bytes: Array("<opml version='2.0'><body/></opml>".utf8))
    #expect(throws: PageError.feedList) { try parsePage(list) }
  }
}
