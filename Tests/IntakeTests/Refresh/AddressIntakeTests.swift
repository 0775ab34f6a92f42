import Intake
import Parsing
import Storage
import Stories
import TestServer
import Testing

/// What becomes of a web address: a story, a subscription, a choice, or a reason.
@Suite struct AddressIntakeTests {
  private let words = String(
    repeating: "The harbour lies quiet in the morning, and the ships wait for the tide to turn. ",
    count: 12)

  private func page(_ head: String = "") -> String {
    """
    <html><head><meta charset=utf-8><title>The quiet harbour</title>\(head)</head>
    <body><article><h1>The quiet harbour</h1><p>\(words)</p><p>\(words)</p></article></body></html>
    """
  }

  @Test("a page becomes a story with its bytes, the charset of the head and the last address")
  func story() throws {
    let room = try FeedRoom()
    let bytes = Array(page().replacing("utf-8", with: "x").replacing("quiet", with: "café").utf8)
    let latin = bytes.split(separator: [0xC3, 0xA9]).joined(separator: [0xE9])
    room["/a"] = .redirect(302, to: "/b")
    room["/b"] = .reply(200, [("Content-Type", "text/html; charset=iso-8859-1")], Array(latin))
    guard case .story(.new(let id)) = try room.add("/a") else {
      Issue.record("no story")
      return
    }
    let library = try room.open()
    let original = try library.stories.original(of: id)
    #expect(original?.bytes == Array(latin) && original?.charset == "iso-8859-1")
    #expect(original?.address == room.server.address("/b"))
    #expect(try library.stories.story(id)?.title == "The café harbour")
    // Asked for again it is the same story.
    guard case .story(.same(id)) = try room.add("/a") else {
      Issue.record("another story")
      return
    }
  }

  @Test("a feed is subscribed to, whatever its type says, and once only")
  func feed() throws {
    let room = try FeedRoom()
    room["/feed"] = .reply(200, [("Content-Type", "text/html")], text: FeedRoom.rss(0..<3))
    for round in 0..<2 {
      guard case .subscribed(let source) = try room.add("/feed") else {
        Issue.record("no subscription")
        return
      }
      #expect(source.isNew == (round == 0) && source.newStories.count == (round == 0 ? 3 : 0))
      #expect(source.name == "Harbour News" && source.problem == nil)
    }
    #expect(try room.open().subscriptions.all().count == 1)
    #expect(try room.refresh().asked == 0)
  }

  @Test("the address of a site stands for its feed; of several feeds one is to be chosen")
  func site() throws {
    let room = try FeedRoom()
    func link(_ path: String) -> String {
      "<link rel=alternate type='application/rss+xml' href='\(path)' title='Feed \(path)'>"
    }
    room["/feed"] = .reply(text: FeedRoom.rss(0..<3))
    room["/"] = .reply(text: page(link("/feed") + link("/comments/feed")))
    guard case .subscribed(let source) = try room.add("/") else {
      Issue.record("no subscription")
      return
    }
    #expect(source.newStories.count == 3)
    room["/"] = .reply(
      200, [("Link", "</other>; rel=\"alternate\"; type=\"application/atom+xml\"")],
      text: page(link("/feed")))
    guard case .choice(let feeds) = try room.add("/") else {
      Issue.record("no choice")
      return
    }
    #expect(feeds.map(\.address) == ["/feed", "/other"].map { room.server.address($0) })
    // The page itself, where it is asked for; and an article is no site, whatever it names.
    guard case .story(.new) = try room.add("/", as: .page) else {
      Issue.record("no story")
      return
    }
    room["/article"] = .reply(text: page(link("/feed")))
    if case .failed(let words) = try room.add("/article") { Issue.record("\(words)") }
    guard case .subscribed = try room.add("/article", as: .feed) else {
      Issue.record("no subscription")
      return
    }
  }

  @Test("what cannot be taken says why, and stores nothing")
  func refused() throws {
    let room = try FeedRoom()
    let text = page()
    room["/cut"] = [
      .head(200, [("Content-Length", "\(text.utf8.count)")]),
      .send(Array(text.utf8.dropLast(200))), .close,
    ]
    room["/picture"] = .reply(200, [], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0])
    room["/list"] = .reply(text: "<opml version='2.0'><body/></opml>")
    room["/login"] = .reply(401, text: "who?")
    room["/empty"] = .reply(text: "")
    let cases = [
      ("/none", "404"), ("/cut", "middle"), ("/picture", "PNG"), ("/list", "OPML"),
      ("/login", "401"), ("/empty", "empty"),
    ]
    for (path, words) in cases {
      guard case .failed(let reason) = try room.add(path) else {
        Issue.record("\(path)")
        continue
      }
      #expect(reason.contains(words), "\(path): \(reason)")
    }
    #expect(try room.open().lists.counts().all == 0)
    #expect(try room.open().subscriptions.all().isEmpty)
  }
}
