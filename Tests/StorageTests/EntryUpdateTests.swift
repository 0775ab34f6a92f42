import Queries
import Storage
import Stories
import TestSupport
import Testing

/// What is an update of a story, and what becomes of it.
@Suite struct EntryUpdateTests: FeedTests {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  /// A change of an entry, and whether a user would call it an update.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var isUpdate: Bool
    var start: @Sendable (inout Item) -> Void = { _ in }
    var change: @Sendable (inout Item) -> Void
  }

  static let cases = [
    Case(testDescription: "a sentence is changed", isUpdate: true) {
      $0.text = $0.text.replacing(".\n", with: ", after all.\n", maxReplacements: 1)
    },
    Case(testDescription: "the title is changed", isUpdate: true) { $0.title += ", corrected" },
    Case(testDescription: "a paragraph is added", isUpdate: true) { $0.text += "\nThe end came." },
    Case(
      testDescription: "the comments are counted", isUpdate: false,
      start: { $0.text += "\n12 comments" }
    ) { $0.text = $0.text.replacing("12 comments", with: "15 comments") },
    Case(
      testDescription: "the first comment is counted", isUpdate: false,
      start: { $0.text = "No comments\n" + $0.text }
    ) { $0.text = $0.text.replacing("No comments", with: "1 comment") },
    Case(
      testDescription: "points and comments are counted", isUpdate: false,
      start: { $0.text = "Points: 7 | Comments (3)\n" + $0.text }
    ) {
      $0.text = $0.text.replacing(
        "Points: 7 | Comments (3)", with: "Points: 1,204 | Comments (311)")
    },
    Case(
      testDescription: "the reading time is another", isUpdate: false,
      start: { $0.text = "3 min read\n" + $0.text }
    ) { $0.text = $0.text.replacing("3 min read", with: "4 min read") },
    Case(
      testDescription: "the age is another", isUpdate: false,
      start: { $0.title += " (2 hours ago)" }
    ) { $0.title = $0.title.replacing("2 hours", with: "5 hours") },
    Case(
      testDescription: "a score that is the news", isUpdate: true,
      start: { $0.text = "The harbour team won by 3 to 1 at home.\n" + $0.text }
    ) { $0.text = $0.text.replacing("3 to 1", with: "4 to 1") },
    Case(
      testDescription: "another advertisement", isUpdate: false,
      start: { $0.text += "\nSponsored: Buy new ropes at the rope shop." }
    ) {
      $0.text = $0.text.replacing("Buy new ropes at the rope shop.", with: "Old lamps for sale!")
    },
    Case(
      testDescription: "an advertisement where none was", isUpdate: false
    ) { $0.text += "\nAdvertisement\nSponsored by the bakers of the market" },
    Case(
      testDescription: "the last line changes a little", isUpdate: false,
      start: { $0.text += "\nThis story stood first in the paper of the harbour, edition 11." }
    ) { $0.text = $0.text.replacing("edition 11", with: "edition 12") },
    Case(
      testDescription: "the last line changes much", isUpdate: true,
      start: { $0.text += "\nThe ferry sails on Monday." }
    ) { $0.text = $0.text.replacing("The ferry sails on Monday.", with: "No ferry sails at all.") },
    Case(testDescription: "only the date is changed", isUpdate: false) { $0.published? += 60 },
    Case(testDescription: "only the teaser is left", isUpdate: false) {
      $0.text = String($0.text.prefix(90))
      $0.isCut = true
    },
    Case(testDescription: "only the beginning is left", isUpdate: false) {
      $0.text = String($0.text.prefix(100))
    },
    Case(
      testDescription: "the teaser becomes the text", isUpdate: true,
      start: { ($0.text, $0.isCut) = (String($0.text.prefix(90)), true) }
    ) { ($0.text, $0.isCut) = (Item(1).text, false) },
  ]

  @Test("an update is what a user would call one", arguments: cases)
  func table(_ test: Case) throws {
    let id = try subscribe()
    let first = [Item(1).changed(test.start), Item(2)]
    let second = [first[0].changed(test.change), Item(2)]
    try fetch(first, of: id)
    let old = try #require(try library.lists.headlines(.all, limit: 9).last)
    _ = try library.changes.make(
      [(.read, true), (.starred, true), (.tag("kept"), true)], of: [old.id])
    let result = try fetch(second, of: id)
    #expect(result.updated == (test.isUpdate ? [old.id] : []) && result.new == [])
    let story = try #require(try library.stories.story(old.id))
    #expect(story.title == (test.isUpdate ? second[0] : first[0]).title)
    #expect(story.blocks == (test.isUpdate ? second[0] : first[0]).story.blocks)
    #expect(try library.stories.revisions(of: old.id).count == (test.isUpdate ? 1 : 0))
    let row = try #require(try library.lists.headline(old.id))
    #expect(row.isRead && row.isStarred && row.sorted == old.sorted)
    #expect(try library.user.tags(of: old.id) == ["kept"])
    // The same again is nothing new.
    #expect(try fetch(second, of: id).same == 2)
    #expect(try library.care.check() == [])
  }

  @Test("the last line cannot change little by little without an update")
  func creeping() throws {
    let id = try subscribe()
    var item = Item(1)
    item.text += "\n" + String(repeating: "a", count: 100)
    try fetch([item, Item(2)], of: id)
    var updates = 0
    for count in 1...20 {
      item.text =
        Item(1).text + "\n" + String(repeating: "b", count: 3 * count)
        + String(repeating: "a", count: 100 - 3 * count)
      updates += try fetch([item, Item(2)], of: id).updated.count
    }
    #expect((3...8).contains(updates))
  }

  @Test("an update makes a story unread where the subscription says so, and undo passes over it")
  func unread() throws {
    let id = try subscribe()
    var settings = FeedSettings()
    settings.updatesAreUnread = true
    try library.subscriptions.set(settings, of: id)
    let story = try #require(try fetch([Item(1), Item(2)], of: id).new.last)
    _ = try library.changes.make([(.read, true)], of: [story])
    _ = try library.changes.make([(.starred, true)], of: [story])
    let edited = Item(1).changed { $0.text += "\nMore of it." }
    #expect(try fetch([edited, Item(2)], of: id).updated == [story])
    #expect(try library.lists.headline(story)?.isRead == false)
    #expect(try library.changes.undo()?.steps.map(\.mark) == [.starred])
    #expect(try library.stories.story(story)?.blocks.count == 6)
    let revision = try #require(try library.stories.revisions(of: story).first)
    #expect(try library.stories.story(revision)?.blocks.count == 5)
    #expect(try library.care.check() == [])
  }

  @Test("comments are counted without an update")
  func counts() throws {
    let id = try subscribe()
    var item = Item(1).changed {
      $0.comments = CommentLinks(page: "https://feed.example/c/1", count: 3)
    }
    let story = try #require(try fetch([item, Item(2)], of: id).new.last)
    item.comments.count = 8
    #expect(try fetch([item, Item(2)], of: id).updated == [])
    #expect(try library.lists.headline(story)?.comments == 8)
    #expect(try library.entries.commentLinks(of: story) == [item.comments])
    #expect(try library.care.check() == [])
  }

  @Test("a deleted story stays deleted, and one that was purged too", arguments: [false, true])
  func deleted(isPurged: Bool) throws {
    let id = try subscribe()
    let story = try #require(try fetch([Item(1), Item(2)], of: id).new.last)
    _ = try library.changes.make([(.deleted, true)], of: [story])
    if isPurged { #expect(try library.changes.purge() == 1) }
    for change: (inout Item) -> Void in [
      { _ in }, { $0.text += "\nMore of it." }, { $0.guid = "http://feed.example/?p=1" },
      { $0.published? += 9 },
    ] {
      let result = try fetch([Item(1).changed(change), Item(2)], of: id)
      #expect(result.new == [] && result.updated == [])
      #expect(try titles == ["Story number 2"])
    }
    try fetch([Item(2)], of: id)
    #expect(try fetch([Item(1), Item(2)], of: id).new == [])
    #expect(try library.care.check() == [])
  }

  @Test("a whole text that was fetched from its page stays")
  func page() throws {
    let id = try subscribe()
    var item = Item(1).changed { ($0.text, $0.isCut) = (String($0.text.prefix(100)), true) }
    let story = try #require(try fetch([item, Item(2)], of: id).new.last)
    var whole = Item(1).story
    whole.site = "Another name"
    let page = Original(bytes: Array("<p>whole".utf8), name: "page.html")
    #expect(
      try library.stories.add(PreparedStory(whole, original: page, parserVersion: 1))
        == .updated(story))
    #expect(try library.lists.headline(story)?.source == "The Feed")
    item.text = String(Item(1).text.prefix(120))
    #expect(try fetch([item, Item(2)], of: id).updated == [])
    item.isCut = false
    item.text = "Quite another teaser, of a few words"
    #expect(try fetch([item, Item(2)], of: id).updated == [])
    #expect(try library.stories.story(story)?.blocks == whole.blocks)
    #expect(try library.stories.original(of: story) != nil)
  }

  @Test("what only a better parser reads otherwise is no update, and is read once")
  func betterParser() throws {
    let id = try subscribe()
    func entry(_ text: String, _ version: Int) -> PreparedEntry {
      var hash = EntryHash()
      hash.add("what the feed says")
      let story = Item(1).changed { $0.text = text }.story
      return PreparedEntry(
        raw: hash.finish(), guid: "1", link: nil, story: story, parserVersion: version)
    }
    let story = try #require(try library.entries.store([entry("Old reading", 1)], of: id).new.first)
    #expect(try library.entries.listed(of: id, parserVersion: 1).count == 1)
    #expect(try library.entries.listed(of: id, parserVersion: 2).isEmpty)
    for version in [2, 3] {
      #expect(try library.entries.store([entry("New reading", version)], of: id).same == 1)
      #expect(try library.entries.listed(of: id, parserVersion: version).count == 1)
    }
    #expect(try library.stories.story(story)?.blocks == [.paragraph([Phrase("New reading")])])
    #expect(try library.stories.revisions(of: story) == [])
    #expect(try library.care.check() == [])
  }

  @Test("lists sort by the date, or by when it was first seen, and else as the feed has them")
  func dates() throws {
    let id = try subscribe()
    let now: Int64 = 1_800_000_000
    let dates: [Int64?] = [nil, now + 90_000, now + 60, now - 60, nil, -5]
    let items = dates.enumerated().map { index, date in Item(index).changed { $0.published = date }
    }
    try fetch(items, of: id, now: now)
    let rows = try library.lists.headlines(.all, limit: 9)
    #expect(rows.map(\.title) == [0, 1, 2, 4, 3, 5].map { Item($0).title })
    #expect(rows.map(\.sorted) == [now, now, now, now, now - 60, -5])
    #expect(rows.map(\.published?.seconds) == [nil, now + 90_000, now + 60, nil, now - 60, -5])
  }

  @Test("a calendar, whose dates lie ahead, stands in its own order")
  func calendar() throws {
    let id = try subscribe()
    let now: Int64 = 1_800_000_000
    let items = (0..<6).map { index in
      Item(index).changed { $0.published = now + Int64(index - 1) * 86_400 }
    }
    try fetch(items, of: id, now: now)
    #expect(try titles == items.map(\.title))
  }

  @Test("files that belong to a story are kept with it")
  func enclosures() throws {
    let id = try subscribe()
    func entry(_ length: Int) -> PreparedEntry {
      var hash = EntryHash()
      hash.add(count: length)
      return PreparedEntry(
        raw: hash.finish(), guid: "1", link: nil, story: Item(1).story, parserVersion: 1,
        enclosures: [Enclosure("https://feed.example/1.ogg", type: "audio/ogg", length: length)])
    }
    let story = try #require(try library.entries.store([entry(9)], of: id).new.first)
    #expect(try library.entries.enclosures(of: story).map(\.length) == [9])
    try library.entries.store([entry(10)], of: id)
    #expect(try library.entries.enclosures(of: story).map(\.length) == [10])
  }
}
