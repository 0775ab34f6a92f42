import Storage
import Stories

/// Fills a library with generated stories, deterministically.
///
/// Word frequencies follow Zipf's law, as in natural language; with a uniform distribution, a search
/// would match nearly everything or nothing.
struct LibraryFiller {
  private var state: UInt64 = 1
  private let vocabulary: [String]

  init() {
    let syllables = ["ka", "ro", "mi", "te", "lu", "san", "vor", "ne", "dil", "pha", "gro", "est"]
    vocabulary = (0..<20_000).map { number in
      var (rest, word) = (number + 12, "")
      while rest > 0 {
        word += syllables[rest % 12]
        rest /= 12
      }
      return word
    }
  }

  /// Adds stories until the library has `count`; `words` is their typical length.
  mutating func fill(_ library: Library, count: Int, words: Int) throws(StorageError) {
    var number = try library.lists.counts().all
    while number < count {
      let stories = (number..<min(count, number + 200)).map { story($0, words: words) }
      try library.transaction { () throws(StorageError) in
        var (read, starred): ([StoryID], [StoryID]) = ([], [])
        for story in stories {
          let added = try library.stories.add(
            PreparedStory(story, original: nil, parserVersion: 1, source: "bench"))
          if added.id % 3 != 0 { read.append(added.id) }
          if added.id % 50 == 0 { starred.append(added.id) }
        }
        _ = try library.changes.make([(.read, true)], of: read)
        _ = try library.changes.make([(.starred, true)], of: starred)
      }
      number += stories.count
    }
  }

  /// A story of paragraphs of about 60 words each.
  mutating func story(_ number: Int, words: Int) -> Story {
    var story = Story(
      title: text(8), byline: ["Staff reporter"],
      published: Timestamp(seconds: 1_500_000_000 + Int64(next(200_000_000))),
      site: "Site \(number % 40)", address: "https://site\(number % 40).example/\(number)")
    // The square of a sum of uniform numbers: most stories are of medium length, and a few very long.
    let spread = Double(next(1000) + next(1000) + next(1000)) / 1500
    let length = max(20, Int(Double(words) * spread * spread))
    for start in stride(from: 0, to: length, by: 60) {
      story.blocks.append(.paragraph([Phrase(text(min(60, length - start)))]))
    }
    return story
  }

  private mutating func text(_ count: Int) -> String {
    var out = ""
    for _ in 0..<count {
      // The inverse of Zipf's law: word n occurs in proportion to 1/n.
      let chance = Double(next(1 << 20)) / Double(1 << 20)
      out += vocabulary[min(vocabulary.count - 1, power(vocabulary.count, chance))]
      out += " "
    }
    return out
  }

  /// `base` to the power of a number from 0 to 1, as an integer, without a mathematics library.
  private func power(_ base: Int, _ exponent: Double) -> Int {
    var (result, factor, rest) = (1.0, Double(base), exponent)
    for _ in 0..<20 {
      factor = factor.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= factor
        rest -= 1
      }
    }
    return Int(result) - 1
  }

  private mutating func next(_ bound: UInt64) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % bound)
  }
}
