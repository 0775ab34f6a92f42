import Files
import Storage
import Stories

/// Generates stories, each one different, for libraries of any size.
enum Filler {
  private static let words = [
    "harbour", "lamp", "tide", "bridge", "winter", "paper", "wheel", "north", "market", "stone",
    "the", "of", "and", "under", "slowly", "every", "number", "rain", "light", "quay",
  ]

  static func sentence(_ seed: Int, words count: Int) -> String {
    (0..<count).map { words[(seed &* 31 &+ $0 &* ($0 &+ 7)) % words.count] }
      .joined(separator: " ") + "."
  }

  static func story(_ number: Int, words count: Int) -> Story {
    let paragraphs = max(1, count / 60)
    return Story(
      title: "Story \(number): \(sentence(number, words: 7))",
      published: Timestamp(seconds: 1_600_000_000 + Int64(number) * 600), site: "Bench News",
      blocks: (0..<paragraphs).map { paragraph in
        .paragraph([Phrase("Line \(paragraph). " + sentence(number &+ paragraph, words: 60))])
      })
  }

  /// Makes a library of one story in which every tenth word is a link.
  static func makeLinkLibrary(_ path: Path) throws(StorageError) {
    var story = story(1, words: 3000)
    story.blocks = story.blocks.indices.map { paragraph in
      let words = "Line \(paragraph). \(sentence(paragraph, words: 60))".split(separator: " ")
      return .paragraph(
        words.enumerated().map { index, word in
          let link = "https://bench.invalid/\(paragraph)/\(index)"
          return Phrase(index == 0 ? "\(word)" : " \(word)", link: index % 10 == 5 ? link : nil)
        })
    }
    let library = try Library(path: path)
    try library.stories.add(PreparedStory(story, original: nil, parserVersion: 1))
  }

  /// Makes a library of `count` stories: short ones and, as the newest, one of 5,000 words.
  static func makeLibrary(_ path: Path, count: Int) throws(StorageError) {
    let library = try Library(path: path)
    var number = 0
    while number < count {
      let end = min(number + 1000, count)
      try library.transaction { () throws(StorageError) in
        for index in number..<end {
          let story = story(index, words: index == count - 1 ? 5000 : 20)
          try library.stories.add(PreparedStory(story, original: nil, parserVersion: 1))
        }
      }
      number = end
    }
  }
}
