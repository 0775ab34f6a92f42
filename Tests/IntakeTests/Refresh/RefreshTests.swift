import Files
import Intake
import Storage
import TestServer
import Testing
import Threads

/// Fetching feeds: what is asked, what is stored, and what a source says of its failures.
@Suite struct RefreshTests {
  private let day: Int64 = 86_400

  @Test("new entries become stories, and what has not changed is asked for with its validators")
  func refresh() throws {
    let room = try FeedRoom()
    room["/a"] = .reply(200, [("ETag", "\"one\"")], text: FeedRoom.rss(0..<3))
    room["/b"] = .reply(text: FeedRoom.rss(10..<12, title: "Quay"))
    let id = try room.subscribe("/a")
    try room.subscribe("/b")
    let first = try room.refresh()
    #expect(first.newStories.count == 5 && first.sourcesWithNews == 2 && first.failures.isEmpty)
    let library = try room.open()
    #expect(try library.lists.counts().all == 5)
    #expect(try library.subscriptions.all().map(\.counts.name) == ["Harbour News", "Quay"])
    #expect(try library.indexing.waitingCount() == 5)
    // Nothing is due.
    #expect(try room.refresh().asked == 0)
    room["/a"] = .reply(304, [("ETag", "\"two\"")])
    room.pass(2 * day)
    let second = try room.refresh()
    #expect(second.unchanged == 1 && second.newStories.isEmpty && second.asked == 2)
    #expect(room.requests(of: "/a").map { $0["if-none-match"] } == [nil, "\"one\""])
    #expect(room.requests(of: "/b").map { $0["if-none-match"] } == [nil, nil])
    #expect(room.requests(of: "/a").allSatisfy { $0["user-agent"] == "Courant/test" })
    room["/a"] = .reply(200, [], text: FeedRoom.rss(1..<5))
    room.pass(2 * day)
    #expect(try room.refresh().newStories.count == 2)
    #expect(room.requests(of: "/a").last?["if-none-match"] == "\"two\"")
    // None was given: none is sent.
    room.pass(2 * day)
    _ = try room.refresh()
    #expect(room.requests(of: "/a").last?["if-none-match"] == nil)
    #expect(try library.subscriptions.subscription(id)?.status.failure == nil)
    #expect(try library.lists.counts().all == 7)
    #expect(try library.care.check() == [])
  }

  @Test("a failure is told with its reason, backs off, and takes nothing away")
  func failures() throws {
    let room = try FeedRoom()
    room["/feed"] = .reply(200, [("ETag", "\"one\"")], text: FeedRoom.rss(0..<3))
    let id = try room.subscribe("/feed")
    _ = try room.refresh()
    let page = "<html><head><link rel=alternate type=application/rss+xml href=/new></head></html>"
    let answers: [([TestServer.Step], String, String)] = [
      (.reply(404, text: "gone"), "404", "404"), (.reply(500, text: "oh"), "500", "500"),
      (.reply(200, text: page), "page", "/new"), (.reply(200, text: " \n"), "empty", "empty"),
      ([.close], "cut", "without an answer"),
      ([.send(Array("SSH-2.0-x\r\n\r\n".utf8)), .close], "http", "web server"),
    ]
    for (index, (answer, kind, words)) in answers.enumerated() {
      room["/feed"] = answer
      room.pass(2 * day)
      let summary = try room.refresh()
      #expect(summary.failures.map(\.problem.kind) == [kind])
      #expect(summary.failures.first?.count == index + 1)
      let source = try #require(try room.open().subscriptions.subscription(id))
      let failure = try #require(source.status.failure)
      #expect(failure.kind == kind && failure.words.contains(words), "\(failure.words)")
      #expect(source.status.due > room.now && source.state == .active)
      #expect(source.status.validators.etag == Array("\"one\"".utf8))
      #expect(try room.open().lists.counts().all == 3)
    }
    // By hand it is asked before it is due.
    #expect(try room.refresh().asked == 0)
    room["/feed"] = .reply(text: FeedRoom.rss(0..<4))
    #expect(try room.refresh(.all).newStories.count == 1)
    #expect(try room.open().subscriptions.subscription(id)?.status.failure == nil)
  }

  @Test("410 stops a source, and nothing but the user starts it again")
  func gone() throws {
    let room = try FeedRoom()
    room["/feed"] = .reply(410, text: "")
    let id = try room.subscribe("/feed")
    #expect(try room.refresh().gone.count == 1)
    #expect(try room.open().subscriptions.subscription(id)?.state == .gone)
    room.pass(30 * day)
    #expect(try room.refresh().asked == 0)
    #expect(room.requests(of: "/feed").count == 1)
    try room.open().subscriptions.resume(id, now: room.now)
    room["/feed"] = .reply(text: FeedRoom.rss(0..<2))
    #expect(try room.refresh().newStories.count == 2)
  }

  @Test("a host that asks for a pause is left alone with all its sources, by later runs too")
  func pause() throws {
    let room = try FeedRoom()
    room["/one"] = .reply(429, [("Retry-After", "7200")], text: "later")
    room["/two"] = .reply(text: FeedRoom.rss(0..<2))
    let one = try room.subscribe("/one")
    _ = try room.refresh(.some([one]))
    try room.subscribe("/two")
    room.pass(3600)
    let summary = try room.refresh(.all)
    #expect(summary.waiting == 2 && summary.asked == 0 && room.server.requests.count == 1)
    room["/one"] = .reply(text: FeedRoom.rss(5..<6))
    room.pass(3700)
    #expect(try room.refresh(.all).newStories.count == 3)
    #expect(try room.open().fetching.hosts().isEmpty)
  }

  @Test("of an answer that is cut, whole entries are taken, and none counts as withdrawn")
  func cut() throws {
    let room = try FeedRoom()
    room["/feed"] = .reply(200, [("ETag", "\"one\"")], text: FeedRoom.rss(0..<5))
    let id = try room.subscribe("/feed")
    _ = try room.refresh()
    let text = FeedRoom.rss(0..<6)
    let part = Array(text.utf8.prefix(text.utf8.count / 2))
    room["/feed"] = [
      .head(200, [("Content-Length", "\(text.utf8.count)"), ("ETag", "\"two\"")]), .send(part),
      .close,
    ]
    room.pass(2 * day)
    let summary = try room.refresh()
    #expect(summary.newStories.count == 1)
    #expect(summary.failures.first?.problem.words.contains("came whole") == true)
    let library = try room.open()
    #expect(try library.entries.listed(of: id).count == 6)
    let status = try library.subscriptions.subscription(id)?.status
    #expect(status?.validators.etag == Array("\"one\"".utf8))
  }

  @Test("without a network the run ends, and no source is blamed")
  func offline() throws {
    let room = try FeedRoom()
    let library = try room.open()
    for number in 2..<9 {
      try library.subscriptions.subscribe(
        NewSubscription("http://127.0.0.\(number):1/feed"), now: room.now)
    }
    let summary = try room.refresh()
    #expect(summary.isOffline && summary.failures.isEmpty)
    #expect(try library.subscriptions.all().allSatisfy { $0.status.failure == nil })
    // One host that answers shows that there is a network.
    room["/feed"] = .reply(text: FeedRoom.rss(0..<1))
    try room.subscribe("/feed")
    let all = try library.subscriptions.all()
    let few = all.filter { $0.address.contains(":1/") }.prefix(2).map(\.id)
    let answering = all.filter { !$0.address.contains(":1/") }.map(\.id)
    let other = try room.refresh(.some(few + answering))
    #expect(!other.isOffline && other.failures.map(\.problem.kind) == ["connection", "connection"])
    #expect(other.newStories.count == 1)
  }

  @Test("a feed that has moved for good is asked at its new place after a day")
  func moved() throws {
    let room = try FeedRoom()
    room["/old"] = .redirect(301, to: "/new")
    room["/new"] = .reply(text: FeedRoom.rss(0..<2))
    let id = try room.subscribe("/old")
    for round in 0..<3 {
      let summary = try room.refresh()
      #expect(summary.moved.map(\.address) == (round < 2 ? [] : [room.server.address("/new")]))
      room.pass(2 * day)
    }
    _ = try room.refresh()
    #expect(room.requests(of: "/old").count == 3 && room.requests(of: "/new").count == 4)
    #expect(try room.open().subscriptions.undoMove(id, now: room.now))
    #expect(try room.open().lists.counts().all == 2)
  }

  @Test("two programs never refresh at once, and a cancelled run ends and gives its turn back")
  func lease() throws {
    let room = try FeedRoom()
    room["/feed"] = [.hold]
    try room.subscribe("/feed")
    let cancellation = Cancellation()
    let summary = try room.refresh(cancellation: cancellation) { _ in
      let inner = try? room.refresh()
      #expect(inner?.other != nil)
      cancellation.cancel()
    }
    #expect(summary.isCancelled && summary.failures.isEmpty)
    room["/feed"] = .reply(text: FeedRoom.rss(0..<1))
    #expect(try room.refresh().newStories.count == 1)
  }
}
