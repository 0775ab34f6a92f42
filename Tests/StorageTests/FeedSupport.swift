import Queries
import Storage
import Stories
import TestSupport
import Testing

/// An entry of a feed, as a test has it.
struct Item: Sendable {
  var guid: String?
  var link: String?
  var title: String
  var text: String
  var published: Int64?
  var isCut = false
  var comments = CommentLinks()

  /// One of many: all that it says follows from its number.
  init(_ number: Int) {
    guid = "https://feed.example/?p=\(number)"
    link = "https://feed.example/story/\(number)"
    title = "Story number \(number)"
    text = Self.sentences(number, 5)
    published = 1_700_000_000 + Int64(number) * 3600
  }

  init(guid: String?, link: String?, title: String, text: String, published: Int64? = nil) {
    self.guid = guid
    self.link = link
    self.title = title
    self.text = text
    self.published = published
  }

  /// Running text that no other number gives.
  static func sentences(_ number: Int, _ count: Int) -> String {
    var dice = Dice(state: UInt64(number + 1))
    let words = [
      "harbour", "lamp", "tide", "clock", "winter", "ferry", "keeper", "wheel", "sand", "quay",
      "gull", "rope", "baker", "oven", "letter", "night", "bridge", "market", "stone", "window",
    ]
    return (0..<count).map { _ in
      (0..<12).map { _ in words[dice.below(words.count)] }.joined(separator: " ") + "."
    }.joined(separator: "\n")
  }

  func changed(_ change: (inout Item) -> Void) -> Item {
    var item = self
    change(&item)
    return item
  }

  var story: Story {
    var story = Story(
      title: title, published: published.map { Timestamp(seconds: $0) }, address: link,
      blocks: text.split(separator: "\n").map { .paragraph([Phrase(String($0))]) }, isCut: isCut)
    story.thread.count = comments.count
    return story
  }

  var prepared: PreparedEntry {
    var hash = EntryHash()
    for text in [guid, link, title, text, published.map { String($0) }] { hash.add(text) }
    hash.add(count: comments.count ?? -1)
    return PreparedEntry(
      raw: hash.finish(), guid: guid, link: link, story: story, parserVersion: 1,
      comments: comments)
  }
}

/// Tests of fetches that are stored.
protocol FeedTests {
  var library: Library { get }
}

extension FeedTests {
  func subscribe(_ name: String = "The Feed") throws -> SubscriptionID {
    let host = name.lowercased().filter { $0.isLetter || $0.isNumber }
    let feed = NewSubscription("https://\(host).example/rss", feed: FeedFacts(title: name))
    return try library.subscriptions.subscribe(feed, now: 1_700_000_000).id
  }

  @discardableResult
  func fetch(
    _ items: [Item], of id: SubscriptionID, isWhole: Bool = true, keepsApart: Bool = false,
    now: Int64 = 1_800_000_000
  ) throws -> EntryResult {
    try library.entries.store(
      items.map(\.prepared), of: id, isWhole: isWhole, keepsApart: keepsApart, now: now)
  }

  var titles: [String] {
    get throws { try library.lists.headlines(.all, limit: 100_000).map(\.title) }
  }
}
