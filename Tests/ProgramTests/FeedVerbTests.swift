import TestSupport
import Testing

/// Feeds as arguments of the program.
@Suite struct FeedVerbTests {
  private let courant = Courant()

  private let feed = """
    <rss version="2.0"><channel><title>Quay &amp; Crane</title><link>http://quay.example/</link>
    <item><title>Tides</title><link>/tides</link><guid isPermaLink="false">t1</guid>
    <pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><author>Ann Reed</author>
    <description>&lt;p&gt;High at noon.&#155;31m&lt;/p&gt;</description>
    <enclosure url="http://quay.example/t.mp3" type="audio/mpeg" length="7"/>
    <comments>http://quay.example/tides#talk</comments></item></channel></rss>
    """

  @Test("parse --json prints a feed as one object, whatever the file's name")
  func json() {
    let answer = courant.run(["parse", "--json", courant.file("page.html", feed)])
    #expect(answer.status == 0, "\(answer.errors)")
    let parts = [
      #"{"kind":"feed","id":"page","format":"RSS 2.0","title":"Quay & Crane""#,
      #""home":"http://quay.example/""#, #""entries":[{"id":"t1","title":"Tides""#,
      #""link":"http://quay.example/tides","published":"2026-03-02T08:00:00Z","updated":null"#,
      #""authors":["Ann Reed"]"#, #""text":"High at noon.›31m""#,
      #""enclosures":[{"url":"http://quay.example/t.mp3","type":"audio/mpeg","length":7"#,
      #""comments":{"url":"http://quay.example/tides#talk","feed":null,"count":null"#,
    ]
    for part in parts { #expect(answer.output.contains(part), "\(part)\n\(answer.output)") }
    #expect(answer.output.utf8.count { $0 == 10 } == 1)
  }

  @Test("parse prints a feed and its stories as text")
  func text() {
    let answer = courant.run(["parse", "--text", courant.file("feed.xml", feed)])
    #expect(
      answer.output.hasPrefix("Quay & Crane\nRSS 2.0 · http://quay.example/ · 1 entry\n\nTides\n"))
    #expect(answer.output.contains("High at noon."))
  }

  @Test(
    "A feed or a list of feeds is refused in words and stored as nothing",
    arguments: ["add", "read"])
  func refused(_ verb: String) {
    let list = "<opml version=\"2.0\"><body><outline xmlUrl=\"http://a.example/\"/></body></opml>"
    for (path, words) in [
      (courant.file("feed.xml", feed), "it is a feed (RSS 2.0)"),
      (courant.file("list.opml", list), "it is a list of feeds (OPML)"),
    ] {
      let answer = courant.run(verb == "read" ? [path] : [verb, path])
      #expect(answer.status == 1)
      #expect(answer.errors.contains(words), "\(answer.errors)")
    }
    #expect(courant.run(["list"]).output.isEmpty)
  }
}
