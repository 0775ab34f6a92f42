import TerminalKit
import TestServer
import TestSupport
import Testing

/// Addresses and feeds with the real program, from a server on loopback.
@Suite struct FetchingTests {
  let courant = Courant()
  private let server: TestServer

  init() throws {
    server = try #require(
      TestServer { seen in
        switch seen.path {
        case "/tide.html": .reply(200, [("Content-Type", "text/html")], text: harbourPage)
        case "/feed": .reply(200, [("ETag", "\"one\"")], text: Self.feed)
        default: .reply(404, text: "no")
        }
      })
  }

  private static let feed = """
    <?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
    <link>http://harbour.test/</link>
    <item><title>Ships at the quay</title><guid>urn:1</guid>
    <description>Three ships lay at the quay this morning and waited.</description></item>
    <item><title>The tide turns</title><guid>urn:2</guid>
    <description>The tide turned an hour late, the harbour office says.</description></item>
    </channel></rss>
    """

  @Test("Pages and feeds are added by address, refreshed, listed, exported and removed")
  func commands() {
    let page = courant.run(["add", server.address("/tide.html")])
    #expect(page.status == 0 && page.output.contains("1 story added"), "\(page)")
    let feed = courant.run(["add", server.address("/feed")])
    #expect(feed.output == "Harbour News: subscribed, 2 stories added\n" && feed.status == 0)
    #expect(courant.run(["refresh"]).output == "No source is due\n")
    // A second ago is too short a time to ask again.
    #expect(courant.run(["refresh", "--all"]).output.hasPrefix("1 source was not asked"))
    #expect(server.requests.filter { $0.path == "/feed" }.count == 1)
    let sources = courant.run(["sources"]).output
    #expect(sources.contains("Harbour News") && sources.contains("ok · fetched"), "\(sources)")
    #expect(courant.run(["sources", "--json"]).output.contains("\"unread\":2"))
    let list = courant.run(["opml", "export", "-"]).output
    #expect(list.contains("xmlUrl=\"\(server.address("/feed"))\""))
    #expect(courant.run(["search", "quay"]).output.contains("Ships at the quay"))
    #expect(courant.run(["remove", "Harbour News"]).output.contains("its 2 stories stay"))
    #expect(courant.run(["sources"]).output == "")
    let file = courant.file("list.opml", list)
    let again = courant.run(["opml", "import", file])
    #expect(again.output.hasPrefix("1 source subscribed\n"), "\(again)")
    #expect(courant.run(["refresh", "--all"]).status == 0)
    #expect(courant.run(["list"]).output.split(separator: "\n").count == 3)
    #expect(courant.run(["doctor"]).output.contains("wrong  ") == false)
  }

  @Test("A failure is named with its reason, once")
  func failures() {
    let list =
      "<opml version='2.0'><body><outline xmlUrl='\(server.address("/none"))'/></body></opml>"
    #expect(courant.run(["opml", "import", courant.file("list.opml", list)]).status == 0)
    let first = courant.run(["refresh"])
    #expect(first.status == 1 && first.errors.contains("404"), "\(first)")
    #expect(first.output == "1 source: nothing new, 1 failed\n")
    let second = courant.run(["refresh", "--all"])
    #expect(second.status == 0 && second.errors == "", "\(second)")
    #expect(courant.run(["sources", "--failing"]).output.contains("2 attempts"))
    let nothing = courant.run(["remove", "nobody"])
    #expect(nothing.status == 1 && nothing.errors.contains("is no source"))
    let letter = courant.run(["opml", "import", courant.file("letter.txt", "Dear reader,")])
    #expect(letter.status == 1 && letter.errors.contains("no list of feeds"))
  }

  @Test("R fetches the feeds, and :add an address, while the list is read")
  func reader() throws {
    let list =
      "<opml version='2.0'><body><outline xmlUrl='\(server.address("/feed"))'/></body></opml>"
    #expect(courant.run(["opml", "import", courant.file("list.opml", list)]).status == 0)
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send("q")
    #expect(session.wait(for: "All 1"), "\(session.screen.text)")
    session.send("R")
    #expect(session.wait(for: "1 source: 2 new stories in 1"), "\(session.screen.text)")
    #expect(session.wait(for: "Ships at the quay"), "\(session.screen.text)")
    session.send(":add \(server.address("/tide.html"))\r")
    #expect(session.wait(for: "1 story added"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Without libcurl a sentence names the package, and everything else works")
  func withoutLibrary() {
    let answer = courant.run(
      ["add", server.address("/feed")], environment: ["COURANT_LIBCURL": "/nowhere"])
    #expect(answer.status == 1 && answer.errors.contains("apt install libcurl4"), "\(answer)")
    #expect(courant.run(["add", courant.file("page.html", harbourPage)]).status == 0)
    #expect(server.requests.isEmpty)
  }
}
