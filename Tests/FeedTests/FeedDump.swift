import Parsing
import Stories

extension ParsedFeed {
  /// All that is known of the feed, a line each, for golden files.
  var dump: String {
    var lines = ["format \(feed.format.words)"]
    func add(_ name: String, _ value: String?) {
      if let value { lines.append("\(name) \(value)") }
    }
    add("title", feed.title?.line())
    add("subtitle", feed.subtitle?.line())
    add("home", feed.home)
    add("address", feed.address)
    add("id", feed.id)
    add("language", feed.language)
    add("hub", feed.hub)
    add("ttl", feed.ttl.map(String.init))
    add("updated", feed.updated?.iso8601)
    for person in feed.authors { add("author", person.dump) }
    add("rights", feed.rights?.line())
    add("generator", feed.generator?.name)
    add("image", feed.image)
    add("icon", feed.icon)
    for note in notes { add("note", note) }
    if isCut { lines.append("cut") }
    let entries = feed.entries.map { "\n" + $0.dump(in: feed) }
    return lines.joined(separator: "\n") + "\n" + entries.joined()
  }
}

extension FeedEntry {
  /// What the entry says besides its story, and the story.
  func dump(in feed: Feed) -> String {
    var lines: [String] = ["entry \(id ?? "-")"]
    func add(_ name: String, _ value: String?) {
      if let value { lines.append("\(name) \(value)") }
    }
    add("link", link)
    add("published", published?.iso8601)
    add("updated", updated?.iso8601)
    for person in authors { add("author", person.dump) }
    for category in categories { add("category", category.name) }
    for file in enclosures {
      add(
        "enclosure",
        [file.address, file.type, file.length.map(String.init)]
          .compactMap { $0 }.joined(separator: " "))
    }
    add("comments", discussion.page)
    add("comment feed", discussion.feed)
    add("comment count", discussion.count.map(String.init))
    add("reply to", discussion.replyTo)
    add("source", source?.title?.line())
    return lines.joined(separator: "\n") + "\n" + story(in: feed).dump
  }
}

extension FeedPerson {
  fileprivate var dump: String {
    [name, mail.map { "<\($0)>" }, address].compactMap { $0 }.joined(separator: " ")
  }
}
