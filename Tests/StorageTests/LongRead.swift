import Files
import Storage
import Stories
import TestSupport

/// Tests of versions of a page at the same address.
protocol LongReads {
  var library: Library { get }
}

extension LongReads {
  static var address: String { "https://mag.example/2024/long-read" }

  /// Sentences that are different for each number.
  static func sentences(_ number: Int, _ count: Int) -> [String] {
    var dice = Dice(state: UInt64(number + 1))
    let words = [
      "harbour", "lamp", "tide", "clock", "winter", "ferry", "keeper", "wheel", "sand", "quay",
      "gull", "rope", "baker", "oven", "letter", "night", "bridge", "market", "stone", "window",
    ]
    return (0..<count).map { _ in
      (0..<14).map { _ in words[dice.below(words.count)] }.joined(separator: " ") + "."
    }
  }

  func story(
    _ title: String, _ sentences: [String], site: String? = nil, isCut: Bool = false,
    day: Int? = nil
  ) -> Story {
    Story(
      title: title, published: day.map { Timestamp(seconds: Int64($0 * 86_400 + 3600)) },
      site: site, address: Self.address, blocks: sentences.map { .paragraph([Phrase($0)]) },
      isCut: isCut)
  }

  @discardableResult
  func add(_ story: Story, now: Int64 = 1000) throws -> Added {
    let page = Original(bytes: Array("<p>\(story.title) \(story.blocks)".utf8), name: "page.html")
    return try library.stories.add(
      PreparedStory(story, original: page, parserVersion: 1), now: now)
  }
}
