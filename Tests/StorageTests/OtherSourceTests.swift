import Queries
import Storage
import Stories
import TestSupport
import Testing

/// One story that came through several sources.
@Suite struct OtherSourceTests: FeedTests {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  private func counts(_ name: String) throws -> [Int] {
    try library.lists.sources().filter { $0.name == name }.flatMap { [$0.total, $0.unread] }
  }

  private func list(_ typed: String) throws -> [String] {
    try library.lists.headlines(of: library.lists.plan(Listing(query(typed))), limit: 99).map(
      \.title)
  }

  /// What an aggregator says of a story: title and link, and nothing else.
  private func link(to item: Item, _ number: Int) -> Item {
    item.changed {
      $0.guid = "https://links.example/\(number)"
      $0.text = "Comments"
      $0.published? += 100
    }
  }

  @Test(
    "the same story from two sources is one, and both list and count it", arguments: [true, false])
  func joined(aggregatorIsFirst: Bool) throws {
    let (quanta, links) = (try subscribe("Quanta"), try subscribe("Links"))
    let others = [Item(8), Item(9)]
    if aggregatorIsFirst { try fetch([link(to: Item(1), 1)] + [Item(9)], of: links) }
    #expect(try fetch([Item(1), Item(8)], of: quanta).new.count == (aggregatorIsFirst ? 1 : 2))
    if !aggregatorIsFirst {
      let result = try fetch([link(to: Item(1), 1), Item(9)], of: links)
      #expect(result.joined.count == 1 && result.new.count == 1)
    }
    #expect(try titles.count == 3)
    let row = try #require(
      try library.lists.headlines(.all, limit: 9).first { $0.title == Item(1).title })
    #expect(row.source == "Quanta" && row.otherSources == ["Links"])
    #expect(try library.stories.story(row.id)?.blocks == Item(1).story.blocks)
    #expect(try counts("Quanta") == [2, 2] && counts("Links") == [2, 2])
    for name in ["Quanta", "Links"] {
      #expect(try list("source:\(name)").contains(Item(1).title))
      #expect(try list("source:\(name)").count == 2)
      #expect(try list("source:\(name) unread").count == 2)
    }
    #expect(try list("-source:links") == [others[0].title])
    _ = try library.changes.make([(.read, true)], of: [row.id])
    #expect(try counts("Quanta") == [2, 1] && counts("Links") == [2, 1])
    _ = try library.changes.make([(.deleted, true)], of: [row.id])
    #expect(try counts("Quanta") == [1, 1] && counts("Links") == [1, 1])
    _ = try library.changes.undo()
    #expect(try library.care.check() == [])
    _ = try library.changes.make([(.deleted, true)], of: [row.id])
    #expect(try library.changes.purge() == 1)
    #expect(try library.care.check() == [])
    #expect(try fetch([Item(1), Item(8)], of: quanta).new == [])
    #expect(try fetch([link(to: Item(1), 1), Item(9)], of: links).new == [])
  }

  @Test("stories stay apart where that is set, and where only the guid or the address is shared")
  func apart() throws {
    let (one, two) = (try subscribe("One"), try subscribe("Two"))
    try fetch([Item(1), Item(2)], of: one)
    #expect(try fetch([Item(1), Item(2)], of: two, keepsApart: true).new.count == 2)
    #expect(try fetch([Item(1), Item(2)], of: two).same == 2)
    let three = try subscribe("Three")
    let items = [
      // The guid of another feed's entry.
      Item(3).changed { $0.guid = Item(1).guid },
      // A comment of some length on a page elsewhere, with a headline of its own or that of the page.
      Item(4).changed { $0.link = Item(1).link },
      Item(5).changed {
        ($0.link, $0.title, $0.text) = (Item(2).link, Item(2).title, Item.sentences(5, 9))
      },
    ]
    #expect(try fetch(items, of: three).new.count == 3)
    #expect(try library.care.check() == [])
  }

  @Test("a richer text takes the place of a teaser, and a poorer one none")
  func richer() throws {
    let (one, two) = (try subscribe("One"), try subscribe("Two"))
    let teaser = Item(1).changed { ($0.text, $0.isCut) = (String($0.text.prefix(150)), true) }
    let id = try #require(try fetch([teaser, Item(7)], of: one).new.last)
    let whole = Item(1).changed { $0.guid = "other" }
    #expect(try fetch([whole, Item(8)], of: two).updated == [id])
    #expect(try library.lists.headline(id)?.source == "Two")
    // What the first says from now on is poorer.
    let edited = teaser.changed { $0.text = "Now: " + $0.text }
    #expect(try fetch([edited, Item(7)], of: one).updated == [])
    #expect(try library.stories.story(id)?.blocks == whole.story.blocks)
    // The second is its main source from now on.
    let longer = whole.changed { $0.text += "\nAnd more." }
    #expect(try fetch([longer, Item(8)], of: two).updated == [id])
    #expect(try library.care.check() == [])
  }

  @Test("a saved page and its entry are one story, whichever came first", arguments: [true, false])
  func savedPage(pageIsFirst: Bool) throws {
    var story = Item(1).story
    story.site = "Saved pages"
    let page = PreparedStory(
      story, original: Original(bytes: Array("<p>".utf8), name: "p.html"), parserVersion: 1)
    if pageIsFirst { try library.stories.add(page) }
    let id = try subscribe("One")
    #expect(try fetch([Item(1), Item(2)], of: id).new.count == (pageIsFirst ? 1 : 2))
    if !pageIsFirst { try library.stories.add(page) }
    #expect(try titles.count == 2)
    let row = try #require(
      try library.lists.headlines(.all, limit: 9).first { $0.title == Item(1).title })
    #expect(row.source == (pageIsFirst ? "Saved pages" : "One"))
    #expect(row.otherSources == (pageIsFirst ? ["One"] : []))
    // Reading the page again leaves it where it is.
    story.blocks.append(.paragraph([Phrase("Added later on the page.")]))
    try library.stories.add(
      PreparedStory(
        story, original: Original(bytes: Array("<p>2".utf8), name: "p.html"), parserVersion: 1))
    #expect(try library.lists.headline(row.id)?.source == row.source)
    #expect(try counts("One") == [2, 2])
    #expect(try library.care.check() == [])
  }

  @Test("marking everything read counts each source once")
  func bulk() throws {
    let ids = try (0..<3).map { try subscribe("Feed \($0)") }
    for id in ids { try fetch((0..<20).map { Item($0) }, of: id) }
    let all = try library.stories.allIDs()
    #expect(all.count == 20)
    _ = try library.changes.make([(.read, true)], of: all)
    #expect(try library.lists.sources().map(\.unread) == [0, 0, 0])
    _ = try library.changes.undo()
    #expect(try library.lists.sources().map(\.unread) == [20, 20, 20])
    #expect(try library.care.check() == [])
  }
}
