import Testing

@testable import Storage

/// The canonical form of addresses in libraries: a change would separate stories from their updates.
@Suite struct SharedFormTests {
  @Test(
    "The canonical form of an address never changes",
    arguments: [
      (
        "https://www.News.Example:443/Harbour/?utm_source=x&b=2&a=1#part",
        "news.example/Harbour?b=2&a=1"
      ),
      ("http://news.example/a//b///", "news.example/a//b"),
      ("HTTP://WWW.news.example/a?", "news.example/a"),
      ("https://news.example/?p=1", "news.example?p=1"),
      ("https://news.example?p=1&&q", "news.example?p=1&q"), ("https://news.example/", nil),
      ("https://news.example#a", nil), ("https://www.", nil), ("https://", nil), ("", nil),
      ("mailto:desk@news.example", nil), ("//news.example/a", nil), ("ftp://news.example/a", nil),
      ("https://desk@news.example:8080/a", "desk@news.example:8080/a"),
      ("https://news.example:8443/a", "news.example:8443/a"),
      ("https://news.example\\a/b", "news.example\\a/b"),
      ("https://news.example/a/../b", "news.example/a/../b"),
      ("https://NEWS.EXAMPLE/ä%C3%A4?Ü=ü", "news.example/ä%C3%A4?Ü=ü"),
      ("https://MÜNCHEN.example/a", "münchen.example/a"),
      ("https://xn--mnchen-3ya.example/a", "xn--mnchen-3ya.example/a"),
      ("https://[::1]/a", "[::1]/a"), ("https://news.example/a b", "news.example/a b"),
      ("https://news.example/a?FBCLID=1&utm_x&ref_src=y&c", "news.example/a?c"),
      ("https://www.www.news.example/a", "www.news.example/a"), (" https://news.example/a", nil),
      ("https://news.example/" + String(repeating: "a", count: 2100), nil),
    ])
  func pinned(address: String, form: String?) { #expect(Identity.sharedForm(address) == form) }
}
