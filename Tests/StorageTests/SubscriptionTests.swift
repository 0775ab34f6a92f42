import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// Subscriptions, their names, settings and folders, and what becomes of fetching them.
@Suite struct SubscriptionTests: FeedTests {
  let folder = TemporaryFolder()
  let library: Library
  var subscriptions: SubscriptionStore { library.subscriptions }

  init() throws { library = try Library(path: folder.library) }

  private func subscription(_ id: SubscriptionID) throws -> Subscription {
    try #require(try subscriptions.subscription(id))
  }

  private func names() throws -> [String] { try subscriptions.all().map(\.counts.name) }

  // MARK: - Life

  @Test("a subscription is found by number, address, source and name, and counts its stories")
  func finding() throws {
    let id = try subscribe("Harbour News")
    try fetch([Item(1), Item(2)], of: id)
    let found = try subscription(id)
    #expect(found.address == "https://harbournews.example/rss" && found.state == .active)
    #expect(
      found.counts.name == "Harbour News" && found.counts.total == 2 && found.counts.unread == 2)
    #expect(try subscriptions.subscription(at: found.address) == found)
    #expect(try subscriptions.subscription(named: "harbour NEWS") == found)
    #expect(try subscriptions.subscription(of: found.source) == found)
    #expect(try subscriptions.all() == [found])
    #expect(try subscriptions.stories(of: id).count == 2)
    #expect(try subscriptions.subscribe(NewSubscription(found.address)) == (id, false))
  }

  @Test(
    "an ended subscription keeps its stories, comes back with what it had, and brings none twice")
  func ending() throws {
    let id = try subscribe()
    try fetch([Item(1), Item(2)], of: id)
    #expect(try subscriptions.unsubscribe(id, now: 5) && !subscriptions.unsubscribe(id))
    #expect(try subscriptions.all() == [] && subscriptions.ended().map(\.id) == [id])
    #expect(try titles.count == 2)
    #expect(try fetch([Item(3)], of: id) == EntryResult())
    #expect(
      try subscriptions.subscribe(NewSubscription("https://thefeed.example/rss")) == (id, true))
    #expect(try fetch([Item(1), Item(2)], of: id).same == 2)
    #expect(try subscriptions.unsubscribe(id) && subscriptions.resubscribe(id))
    #expect(try !subscriptions.resubscribe(id))
    #expect(try library.care.check() == [])
  }

  @Test("due ones are active and past their time, the longest overdue first")
  func due() throws {
    let ids = try (0..<5).map { try subscribe("Feed \($0)") }
    for (index, id) in ids.enumerated() {
      try subscriptions.setDue(id, at: Int64(100 - 10 * index))
    }
    #expect(try subscriptions.due(at: 80).map(\.id) == [ids[4], ids[3], ids[2]])
    #expect(try subscriptions.due(at: 80, limit: 1).map(\.id) == [ids[4]])
    #expect(try subscriptions.nextDue() == 60)
    #expect(try subscriptions.pause(ids[4]) && subscriptions.markGone(ids[3]))
    #expect(try subscriptions.unsubscribe(ids[2]))
    #expect(try subscriptions.due(at: 90).map(\.id) == [ids[1]])
    #expect(try subscriptions.resume(ids[3], now: 7) && !subscriptions.resume(ids[3]))
    #expect(try subscriptions.nextDue() == 7)
    #expect(try !subscriptions.markGone(ids[4]), "the user has paused it")
  }

  // MARK: - Names

  @Test("two feeds of one name are told apart, and saved pages share the source of their site")
  func sameNames() throws {
    var page = Item(1).story
    page.site = "The Post"
    let story = try library.stories.add(page, original: nil, parserVersion: 1).id
    for (address, name) in [
      ("https://post.example/rss", "The Post"),
      ("https://post.example/sport", "the post (post.example)"),
      ("https://post.example/art", "The Post (post.example) 2"),
      ("https://other.example/rss", "The Post (other.example)"),
    ] {
      let title = name.hasPrefix("t") ? "the post" : "The Post"
      let id = try subscriptions.subscribe(
        NewSubscription(address, feed: FeedFacts(title: title))
      ).id
      #expect(try subscription(id).counts.name == name)
    }
    let first = try #require(try subscriptions.subscription(named: "The Post"))
    #expect(try library.lists.headline(story)?.sourceID == first.source)
    // Without a title, the host is its name.
    for (number, name) in ["x.example", "x.example 2"].enumerated() {
      let id = try subscriptions.subscribe(NewSubscription("https://x.example/\(number)")).id
      #expect(try subscription(id).counts.name == name)
    }
    #expect(try library.care.check() == [])
  }

  @Test("renaming takes the stories along, and a source of saved pages joins")
  func renaming() throws {
    let (one, two) = (try subscribe("One"), try subscribe("Two"))
    try fetch([Item(1), Item(2)], of: one)
    var page = Item(7).story
    page.site = "Pages"
    try library.stories.add(page, original: nil, parserVersion: 1)
    #expect(try subscriptions.rename(one, "Pages"))
    #expect(try library.lists.sources().map(\.name) == ["Pages"])
    #expect(try subscription(one).counts.total == 3)
    #expect(try subscriptions.rename(one, "two"))
    #expect(try names() == ["Two", "two (one.example)"])
    #expect(try subscriptions.rename(one, "TWO (one.example)"), "only the case is another")
    #expect(try subscriptions.rename(one, nil))
    #expect(try names() == ["One", "Two"] && !subscriptions.rename(99, "x"))
    #expect(try subscription(two).counts.total == 0)
    #expect(try library.care.check() == [])
  }

  @Test("the feed's title is its name until the user gives one, and after that name is taken back")
  func titles() throws {
    let address = "https://list.example/rss"
    let id = try subscriptions.subscribe(NewSubscription(address, ownTitle: "From the list")).id
    func record(_ title: String) throws {
      var record = FetchRecord(address: address, status: FetchStatus())
      record.feed = FeedFacts(title: title, home: "https://list.example/")
      #expect(try subscriptions.record(record, of: id))
    }
    try record("Own words")
    #expect(try subscription(id).counts.name == "From the list")
    #expect(
      try subscription(id).feed == FeedFacts(title: "Own words", home: "https://list.example/"))
    try record("From the list")
    try record("Renamed by its site")
    #expect(try names() == ["Renamed by its site"])
  }

  // MARK: - Settings and status

  @Test("settings and what fetches gave are kept as they are, by who writes them alone")
  func columns() throws {
    let id = try subscribe()
    var settings = FeedSettings()
    settings.interval = 7200
    settings.fullText = .always
    settings.updatesAreUnread = true
    settings.keepDays = 90
    (settings.agent, settings.proxy, settings.secret) = ("a", "socks5h://p", "name")
    var status = FetchStatus()
    status.validators = .init(
      etag: Array("\"ä\u{1F600}".utf8) + [0xFF], modified: Array("Mon".utf8))
    (status.fetched, status.changed, status.due) = (10, 9, 4000)
    status.hints = .init(ttl: 60, maxAge: 70, gap: 80)
    status.failure = .init(count: 3, since: 5, kind: "http", words: "404")
    status.move = .init(to: "https://new.example/rss", count: 2, since: 8)
    #expect(try subscriptions.set(settings, of: id))
    #expect(
      try subscriptions.record(
        FetchRecord(address: "https://thefeed.example/rss", status: status), of: id))
    #expect(try subscription(id).settings == settings && subscription(id).status == status)
    #expect(try !subscriptions.record(FetchRecord(address: "https://x/", status: status), of: id))
    // A shorter interval is due sooner, and a longer one no later than it was.
    settings.interval = 100
    try subscriptions.set(settings, of: id)
    #expect(try subscription(id).status.due == 110)
    settings.interval = 90_000
    try subscriptions.set(settings, of: id)
    #expect(try subscription(id).status.due == 110)
    #expect(FetchStatus.Validators(etag: Array(repeating: 65, count: 1025), modified: []).isEmpty)
  }

  @Test("a feed that moves drops its validators, keeps its stories, and goes back on demand")
  func moving() throws {
    let (id, other) = (try subscribe("One"), try subscribe("Two"))
    let address = "https://one.example/rss"
    try fetch([Item(1)], of: id)
    var record = FetchRecord(address: address, status: FetchStatus())
    record.status.validators = .init(etag: [65], modified: [66])
    record.newAddress = "https://new.example/rss"
    #expect(try subscriptions.record(record, of: id))
    #expect(try subscription(id).address == "https://new.example/rss")
    #expect(try subscription(id).status.validators.isEmpty)
    #expect(try subscription(id).status.movedFrom == address)
    #expect(try fetch([Item(1)], of: id).same == 1)
    #expect(try subscriptions.undoMove(id, now: 3))
    #expect(try subscription(id).address == address && subscription(id).status.due == 3)
    #expect(try !subscriptions.move(id, to: subscription(other).address))
    #expect(try !subscriptions.undoMove(other))
    // What the old address is answered is of no use any more.
    try subscriptions.move(id, to: "https://new.example/2")
    #expect(try !subscriptions.record(record, of: id))
  }

  // MARK: - Folders

  private func outline(_ items: [FolderItem]? = nil) throws -> String {
    try (items ?? library.folders.tree()).map { item in
      switch item {
      case .folder(let folder, let inner): "\(folder.name)[\(try outline(inner))]"
      case .subscription(let id): "\(id)"
      }
    }.joined(separator: " ")
  }

  @Test("folders stand in each other, in the user's order, with subscriptions in several")
  func folders() throws {
    let folders = library.folders
    let ids = try (0..<4).map { try subscribe("Feed \($0)") }
    let news = try folders.create("News")
    let local = try folders.create("Local", in: news, attributes: [ListAttribute("a\"b", "ü\n\\")])
    try folders.place(ids[0], in: local)
    try folders.remove(ids[0], from: nil)
    try folders.place(ids[1], in: news, at: 0)
    #expect(try outline() == "2 3 4 News[2 Local[1]]")
    #expect(try folders.attributes(of: local) == [ListAttribute("a\"b", "ü\n\\")])
    #expect(try folders.folders(of: ids[1]) == [nil, news])
    #expect(try folders.folder(named: "Local", in: news) == local)
    #expect(try folders.folder(named: "Local") == nil)
    #expect(try folders.move(local, to: nil, at: 1))
    #expect(try outline() == "2 Local[1] 3 4 News[2]")
    #expect(try folders.move(news, to: local) && !folders.move(local, to: news))
    #expect(try !folders.move(local, to: local))
    #expect(try outline() == "2 Local[1 News[2]] 3 4")
    #expect(try folders.rename(news, "Old news"))
    #expect(try subscriptions.unsubscribe(ids[2]))
    #expect(try folders.delete(local) && !folders.delete(local))
    #expect(try outline() == "2 4 1 Old news[2]")
    #expect(try folders.delete(news))
    #expect(try outline() == "2 4 1", "each stands at the top once")
    try folders.remove(ids[0], from: nil)
    #expect(try outline() == "2 4 1")
    #expect(try subscriptions.resubscribe(ids[2]))
    #expect(try outline() == "2 3 4 1")
    #expect(try library.care.check() == [])
  }

  @Test("folders cannot be nested without end")
  func deep() throws {
    var parent: FolderID?
    #expect(throws: StorageError.self) {
      for number in 0..<200 { parent = try library.folders.create("\(number)", in: parent) }
    }
    #expect(try outline().filter { $0 == "[" }.count == 128)
  }

  @Test("folders that a damaged file puts into each other are no endless loop")
  func cycle() throws {
    let one = try library.folders.create("One")
    let two = try library.folders.create("Two", in: one)
    execute("UPDATE folders SET parent = \(two) WHERE id = \(one)", in: folder.library.text)
    #expect(try outline() == "")
    #expect(throws: StorageError.self) { try library.folders.create("Three", in: one) }
  }

  @Test("repair keeps subscriptions and entries whose rows have lost what they refer to")
  func repair() throws {
    let (one, two) = (try subscribe("One"), try subscribe("Two"))
    try fetch([Item(1), Item(2)], of: one)
    try fetch([Item(1), Item(3)], of: two)
    let inner = try library.folders.create("In", in: library.folders.create("Out"))
    try library.folders.place(one, in: inner)
    try library.folders.remove(one, from: nil)
    execute(
      """
      PRAGMA foreign_keys = OFF; DELETE FROM sources WHERE name = 'One';
      DELETE FROM folders; DELETE FROM stories WHERE title = 'Story number 2';
      """, in: folder.library.text)
    #expect(try library.care.check() != [])
    _ = try library.care.repair()
    #expect(try library.care.check() == [])
    #expect(try subscriptions.all().count == 2)
    #expect(try outline().split(separator: " ").sorted() == ["1", "2"])
    #expect(try fetch([Item(1), Item(2)], of: one).new == [])
  }

  @Test("a recovered library has subscriptions, entries and folders, and refreshes nothing twice")
  func recovery() throws {
    let path = Path(self.folder["other.sqlite"])
    do {
      let other = try Library(path: path)
      let id = try other.subscriptions.subscribe(NewSubscription("https://a.example/rss")).id
      let folder = try other.folders.create("Folder")
      try other.folders.place(id, in: folder)
      let result = try other.entries.store([Item(1).prepared, Item(2).prepared], of: id)
      _ = try other.changes.make([(.deleted, true)], of: [result.new[0]])
      try other.changes.purge()
    }
    let report = try LibraryRecovery.run(path)
    #expect(report.lostRows == 0)
    let other = try Library(path: path)
    let id = try #require(try other.subscriptions.all().first?.id)
    let again = try other.entries.store([Item(1).prepared, Item(2).prepared], of: id)
    #expect(again.same == 2 && again.new == [])
    #expect(try other.indexing.waitingCount() == 1)
    #expect(try other.folders.folders(of: id).count == 2)
    #expect(try other.care.check() == [])
  }
}
