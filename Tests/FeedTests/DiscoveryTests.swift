import Parsing
import Testing

/// Feeds that a page names and sites are known to have.
@Suite struct DiscoveryTests {
  private func feeds(_ head: String, at address: String = "https://quay.example/news/") -> [String]
  {
    let page = Page(
      bytes: Array("<html><head>\(head)</head><body>x</body></html>".utf8), address: address)
    return FeedDiscovery.feeds(in: page).map(\.address)
  }

  @Test("Links to feeds are found, resolved and listed once, those of comments last")
  func links() {
    let found = feeds(
      """
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
      <LINK REL='Alternate Home' TYPE='application/rss+xml; charset=utf-8' HREF='feed.xml'>
      <link rel=alternate type=application/atom+xml href=//far.example/a.atom>
      <link rel="alternate" type="application/feed+json" href="feed.xml">
      <link rel="alternate" type="text/html" hreflang="de" href="/de/">
      <link rel="alternate stylesheet" type="text/xml" href="/x.css">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="feed" href="/blog">
      """)
    #expect(
      found == [
        "https://quay.example/news/feed.xml", "https://far.example/a.atom",
        "https://quay.example/blog", "https://quay.example/comments/feed/",
      ])
  }

  @Test("A page's base counts")
  func base() {
    let found = feeds("<base href='/b/'><link rel=alternate type=application/rss+xml href=f>")
    #expect(found == ["https://quay.example/b/f"])
  }

  @Test(
    "Addresses of known sites have known feeds",
    arguments: [
      (
        "https://www.youtube.com/channel/UCabc-_1/videos",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc-_1"
      ),
      (
        "https://m.youtube.com/playlist?v=1&list=PL1",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"
      ),
      ("https://old.reddit.com/r/ferries/top?t=week", "https://www.reddit.com/r/ferries/.rss"),
      ("https://www.reddit.com/u/ann", "https://www.reddit.com/user/ann/.rss"),
      ("https://github.com/quay/crane/issues", "https://github.com/quay/crane/releases.atom"),
      ("https://gitlab.com/quay/crane", "https://gitlab.com/quay/crane/-/tags?format=atom"),
      ("https://codeberg.org/quay/crane", "https://codeberg.org/quay/crane/releases.rss"),
      ("https://medium.com/@ann", "https://medium.com/feed/@ann"),
      ("https://social.example/@ann", "https://social.example/@ann.rss"),
    ])
  func known(_ address: String, _ feed: String) {
    #expect(FeedDiscovery.known(for: address).first?.address == feed)
  }

  @Test(
    "Other addresses have none",
    arguments: [
      "https://www.youtube.com/watch?v=1", "https://www.reddit.com/", "https://github.com/features",
      "https://github.com/about/press", "https://tiktok.com/@ann", "https://quay.example/@ann/post",
      "ftp://social.example/@ann", "https://www.youtube.com/channel/a&b=c", "not an address",
    ])
  func unknown(_ address: String) { #expect(FeedDiscovery.known(for: address).isEmpty) }

  @Test("The page of a channel says its number")
  func channel() {
    let found = feeds(
      "<link rel=canonical href='https://www.youtube.com/channel/UC1'>",
      at: "https://www.youtube.com/@ann")
    #expect(found == ["https://www.youtube.com/feeds/videos.xml?channel_id=UC1"])
  }
}
