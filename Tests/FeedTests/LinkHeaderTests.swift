import Parsing
import Testing

/// Feeds that `Link` headers name.
@Suite struct LinkHeaderTests {
  @Test(
    "feeds are found among the links of a header",
    arguments: [
      ("</f>; rel=\"alternate\"; type=\"application/rss+xml\"", ["http://a.test/f"]),
      ("<f>;rel=alternate;type=application/atom+xml;title=\"A; b, c\"", ["http://a.test/x/f"]),
      ("</s>; rel=stylesheet, </f>; rel=\"feed\"", ["http://a.test/f"]),
      ("</f>; type=\"text/html\"; rel=alternate", []), ("</f", []), ("", []), ("rel=alternate", []),
      ("<javascript:x>; rel=feed", []),
      ("</f>; rel=\"alternate", []),
    ])
  func links(header: String, wanted: [String]) {
    let found = FeedDiscovery.feeds(inLinkHeader: header, page: "http://a.test/x/y")
    #expect(found.map(\.address) == wanted)
  }
}
