import Storage
import Stories
import TestSupport
import Testing

/// Which entries of a fetch are known ones.
@Suite struct EntryIdentityTests: FeedTests {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  /// A second fetch of the same feed, and how many of its entries are new.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var first: [Item]
    var second: [Item]
    var new = 0
    var updated = 0
  }

  static let items = (0..<12).map { Item($0) }

  private static func each(
    _ name: String, new: Int = 0, updated: Int = 0, from start: (inout Item) -> Void = { _ in },
    _ change: (inout Item) -> Void
  ) -> Case {
    let first = items.map { $0.changed(start) }
    return Case(
      testDescription: name, first: first, second: first.map { $0.changed(change) }, new: new,
      updated: updated)
  }

  static let cases = [
    each("nothing changes") { _ in },
    each("guids change their scheme") { $0.guid = $0.guid?.replacing("https:", with: "http:") },
    each("guids change their host") { $0.guid = $0.guid?.replacing("feed.", with: "www.new.") },
    each("guids and links change their host") {
      $0.guid = $0.guid?.replacing("feed.example", with: "new.example")
      $0.link = $0.link?.replacing("feed.example", with: "new.example")
    },
    each("guids are made anew") { $0.guid = "made-\($0.title.count)-\($0.published ?? 0)" },
    each("guids are left out") { $0.guid = nil },
    each("guids are added", from: { $0.guid = nil }) { $0.guid = "now:\($0.title)" },
    each("links get tracking parameters") { $0.link? += "?utm_source=rss&utm_id=7" },
    each("links get unknown parameters") { $0.link? += "?from=feed-\($0.title.count)" },
    each("links get fragments") { $0.link? += "#xtor=RSS-3208" },
    each("links change their scheme, without guids", from: { $0.guid = nil }) {
      $0.link = $0.link?.replacing("https:", with: "http:")
    },
    each("dates change") { $0.published = $0.published.map { $0 + 86_400 } },
    each("dates change, without guids", from: { $0.guid = nil }) { $0.published = nil },
    each("dates change, without guids and links", from: { ($0.guid, $0.link) = (nil, nil) }) {
      $0.published = $0.published.map { $0 + 7200 }
    },
    each("titles change", updated: 12) { $0.title += ", corrected" },
    each("titles change, without guids", updated: 12, from: { $0.guid = nil }) {
      $0.title += ", corrected"
    },
    each("texts grow", updated: 12) { $0.text += "\n" + Item.sentences($0.title.count + 99, 2) },
    each("guid, link, date and title change", updated: 12) {
      $0.guid = $0.guid?.replacing("https://feed", with: "http://www.feed")
      $0.link? += "?utm_medium=feed"
      $0.published = $0.published.map { $0 + 60 }
      $0.title += "!"
    },
    each("all are others", new: 12) { $0 = Item(100 + (Int($0.title.dropFirst(13)) ?? 0)) },
    each("one guid for all", from: { $0.guid = "feed" }) { _ in },
    each(
      "one guid and one link for all",
      from: { ($0.guid, $0.link) = ("feed", "https://feed.example/") }
    ) { _ in },
    each("one guid for all, tracking changes", from: { $0.guid = "feed" }) {
      $0.link? += "?utm_campaign=x"
    },
    each("one title for all", from: { $0.title = "Notes" }) { _ in },
    each("one title for all, without guids", from: { ($0.title, $0.guid) = ("Notes", nil) }) { _ in
    },
    each(
      "one title for all, without guids and links",
      from: { ($0.title, $0.guid, $0.link) = ("Notes", nil, nil) }
    ) { _ in },
    each(
      "one link for all, without guids",
      from: { ($0.guid, $0.link) = (nil, "https://feed.example/log#a") }
    ) { _ in },
    each("no texts", from: { $0.text = "" }) { $0.published = $0.published.map { $0 + 1 } },
    each("only titles", from: { ($0.guid, $0.link, $0.text) = (nil, nil, "") }) {
      $0.published = $0.published.map { $0 + 1 }
    },
  ]

  @Test("the second fetch of a feed finds its entries again", arguments: cases)
  func again(_ test: Case) throws {
    let id = try subscribe()
    #expect(try fetch(test.first, of: id).new.count == test.first.count)
    let result = try fetch(test.second, of: id)
    #expect(result.new.count == test.new)
    #expect(result.updated.count == test.updated)
    #expect(result.new.count + result.updated.count + result.same == test.second.count)
    #expect(try titles.count == test.first.count + test.new)
    // Either form leads to the same stories from then on.
    #expect(try fetch(test.first, of: id).new == [])
    #expect(try fetch(test.second, of: id).new == [])
    #expect(try library.care.check() == [])
  }

  /// One entry more at the top, and the last one gone.
  @Test("a feed that goes on has one new story", arguments: cases.filter { $0.new == 0 })
  func goesOn(_ test: Case) throws {
    let id = try subscribe()
    try fetch(Array(test.first.dropFirst()), of: id)
    let result = try fetch(Array(test.first.dropLast()), of: id)
    #expect(result.new.count == 1 && result.gone == 1 && result.updated == [])
    #expect(try titles.count == test.first.count)
  }

  @Test("a feed of one item with one guid is a story a day", arguments: [true, false])
  func latest(hasLink: Bool) throws {
    let id = try subscribe()
    let link = hasLink ? "https://feed.example/latest" : nil
    for day in 0..<5 {
      let item = Item(
        guid: "latest", link: link, title: "Forecast of day \(day)", text: Item.sentences(day, 3),
        published: Int64(day) * 86_400)
      #expect(try fetch([item], of: id).new.count == 1)
      #expect(try fetch([item], of: id).same == 1)
    }
    // A story of a single-item feed that is edited stays one.
    var item = Item(7)
    #expect(try fetch([item], of: id).new.count == 1)
    item.text += "\n" + Item.sentences(99, 1)
    #expect(try fetch([item], of: id).updated.count == 1)
  }

  @Test("an entry that is listed twice is one story, and two of one text are two")
  func twice() throws {
    let id = try subscribe()
    let result = try fetch(Self.items + Self.items, of: id)
    #expect(result.new.count == 12 && result.duplicates == 12)
    let other = try subscribe("Other")
    let copies = (100..<104).map { number in
      Item(number).changed { ($0.title, $0.text) = ("The same", Item.sentences(1000, 6)) }
    }
    #expect(try fetch(copies, of: other).new.count == 4)
    #expect(try fetch(copies.reversed(), of: other).same == 4)
  }

  @Test("short texts of one title are a story each day, under links of their own")
  func shortTexts() throws {
    let id = try subscribe()
    for day in 0..<4 {
      let item = Item(
        guid: "w\(day)", link: "https://feed.example/w/\(day)", title: "Weather",
        text: "Sunny with some clouds in the west and wind.", published: Int64(day) * 86_400)
      #expect(try fetch([item, Item(day + 50), Item(day + 60)], of: id).new.count == 3)
    }
  }

  @Test("an entry that comes back after it was gone is the story it was")
  func comesBack() throws {
    let id = try subscribe()
    try fetch(Self.items, of: id)
    #expect(try fetch([Item(90)], of: id).gone == 12)
    #expect(try fetch([Item(90)], of: id).gone == 0)
    let result = try fetch(Self.items + [Item(90)], of: id)
    #expect(result.new == [] && result.same == 13)
    // Under another guid it is found by its address or words.
    try fetch([Item(90)], of: id)
    let others = Self.items.map { $0.changed { $0.guid = "other \($0.title)" } }
    #expect(try fetch(others, of: id).new == [])
    #expect(try titles.count == 13)
  }

  @Test("what a cut fetch does not have is not gone")
  func cut() throws {
    let id = try subscribe()
    try fetch(Self.items, of: id)
    #expect(try fetch(Array(Self.items.prefix(3)), of: id, isWhole: false).gone == 0)
    #expect(try library.entries.listed(of: id).count == 12)
    #expect(try fetch(Array(Self.items.prefix(3)), of: id).gone == 9)
    #expect(try library.entries.listed(of: id).count == 3)
    #expect(try titles.count == 12)
  }

  @Test("unchanged entries need not be prepared")
  func unchanged() throws {
    let id = try subscribe()
    try fetch(Self.items, of: id)
    let hashes = try library.entries.listed(of: id)
    let entries = hashes.map { PreparedEntry(unchanged: $0) } + [Item(50).prepared]
    let result = try library.entries.store(entries, of: id)
    #expect(result.same == 12 && result.new.count == 1 && result.gone == 0)
    #expect(try library.entries.store([PreparedEntry(unchanged: 1)], of: id).gone == 13)
  }

  @Test("a feed that is made to be compared for ever is stored in bounded time")
  func hostile() throws {
    let id = try subscribe()
    func items(_ shift: Int) -> [Item] {
      (0..<400).map { number in
        Item(
          guid: "same", link: "https://feed.example/", title: "Same", text: "a \(number + shift) b")
      }
    }
    let start = ContinuousClock.now
    for shift in [0, 10_000, 20_000] { try fetch(items(shift), of: id) }
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(try titles.count >= 400)
    #expect(try library.care.check() == [])
  }

  // MARK: - Histories

  /// How a feed may name its entries in one fetch.
  private func renamed(_ item: Item, _ way: Int, _ dice: inout Dice) -> Item {
    item.changed {
      switch way {
      case 1: $0.guid = $0.guid?.replacing("https:", with: "http:")
      case 2: $0.guid = $0.guid?.replacing("feed.example", with: "www.feed.example")
      case 3: $0.link? += "?utm_source=\(dice.below(1000))"
      case 4: $0.published = $0.published.map { $0 + Int64(dice.below(86_400)) }
      case 5: $0.guid = "random-\(dice.next())"
      case 6: $0.guid = nil
      case 7:
        $0.guid = "https://cdn.example/?p=\($0.guid?.split(separator: "=").last ?? "")"
        $0.published = nil
      default: break
      }
    }
  }

  @Test("random histories of a feed never bring a story twice", arguments: 0..<4)
  func histories(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed + 100))
    let id = try subscribe()
    var start = 0
    var seen: Set<Int> = []
    for fetch in 0..<25 {
      start += dice.below(4)
      let window = start..<(start + 8)
      seen.formUnion(window)
      let way = dice.below(9)
      var items = window.reversed().map { renamed(Item($0), way, &dice) }
      if dice.below(4) == 0 { items.shuffle(using: &dice) }
      let result = try self.fetch(items, of: id, isWhole: dice.below(6) > 0)
      #expect(result.updated == [], "fetch \(fetch), way \(way)")
      let found = try titles.sorted()
      #expect(found == seen.map { Item($0).title }.sorted(), "fetch \(fetch), way \(way)")
    }
    #expect(try library.care.check() == [])
  }

  @Test("shared guids never make one story of two", arguments: 0..<4)
  func sharedGuids(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed + 200))
    let id = try subscribe()
    let hasLinks = seed.isMultiple(of: 2)
    var start = 0
    var seen: Set<Int> = []
    for _ in 0..<20 {
      start += dice.below(3)
      let window = start..<(start + 6)
      seen.formUnion(window)
      let items = window.map { number in
        Item(number).changed {
          $0.guid = seed < 2 ? "all" : "group \(number / 4)"
          if !hasLinks { $0.link = nil }
        }
      }
      try fetch(items, of: id)
      #expect(try titles.sorted() == seen.map { Item($0).title }.sorted())
    }
  }
}
