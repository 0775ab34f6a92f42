import Stories
import TestSupport

/// Stories out of a seed, with all that a page may hold, for properties that hold for any story.
struct RandomStories {
  private var dice: Dice
  var hasTables = true

  init(seed: UInt64) { dice = Dice(state: seed) }

  private mutating func below(_ bound: Int) -> Int { dice.below(bound) }

  private static let scraps = [
    "ferry", "harbour", "a", "well-known", "and/or", " ", "  ", "\n", "—", "“quoted”", "日本語。",
    "「港」",
    "e\u{301}", "\u{301}", "👩‍👩‍👧", "🇫🇷", "👍🏽", "\u{1B}[2J", "\u{9B}", "\u{202E}", "\u{200B}", "שלום",
    "مرحبا",
    "\u{1FAE8}", "\t", "\0", "https://post.example/a/b?c=d", "(x)", "…", "ﬁ", "ー", "각", "ﷺ",
    "\u{A0}",
    "incomprehensibilities-and-more-than-that", "\r\n", "\u{3164}", "1/2", "-5", "\u{AD}",
  ]

  mutating func words(_ most: Int = 30) -> String {
    var text = ""
    for _ in 0..<below(most) {
      text += Self.scraps[below(Self.scraps.count)]
      if below(3) > 0 { text += " " }
    }
    return text
  }

  mutating func phrases(_ most: Int = 30) -> [Phrase] {
    (0..<below(5)).map { _ in
      Phrase(
        words(most / 2 + 1), style: Phrase.Style(rawValue: UInt8(below(3) == 0 ? below(64) : 0)),
        link: below(6) == 0 ? "https://post.example/\u{1B}x" : nil)
    }
  }

  mutating func block(_ depth: Int = 0) -> Block {
    switch below(depth > 4 ? 8 : 12) {
    case 0...2: .paragraph(phrases())
    case 3: .heading(level: below(9), phrases(6))
    case 4: .pullQuote(phrases())
    case 5: .code(words(), language: below(2) == 0 ? words(2) : nil)
    case 6: .footnote(label: words(2), phrases())
    case 7:
      switch below(3) {
      case 0: .rule
      case 1: .embed(Embed(kind: .post, provider: words(3), address: words(3), text: phrases()))
      default:
        .figure(
          Figure(
            kind: .chart, caption: phrases(), credit: below(2) == 0 ? words(4) : nil,
            alt: words(4)))
      }
    case 8: .quote(blocks(depth + 1))
    case 9, 10:
      .list(
        Block.List(
          start: below(2) == 0 ? [Int.max - 1, -3, 1, 98][below(4)] : nil,
          items: (0..<below(5)).map { _ in blocks(depth + 1) }))
    default: hasTables ? .table(table()) : .rule
    }
  }

  private mutating func table() -> Table {
    Table(
      caption: phrases(4),
      rows: (0..<below(5)).map { row in
        (0..<below(6)).map { _ in
          Table.Cell(
            phrases(8), isHeader: row == 0 || below(9) == 0,
            columns: [1, 1, 1, 2, 999_999_999][below(5)], rows: [1, 1, 2, 999_999][below(4)])
        }
      })
  }

  mutating func blocks(_ depth: Int = 0) -> [Block] { (0..<below(4)).map { _ in block(depth) } }

  mutating func story() -> Story {
    let posted = (0..<below(12)).map { index in
      PostedComment(
        id: "\(index)", parent: below(3) == 0 ? nil : "\(below(max(1, index)))", author: words(3),
        time: below(2) == 0 ? nil : Timestamp(seconds: Int64(below(2_000_000_000))),
        blocks: blocks(), marks: Comment.Marks(rawValue: UInt8(below(16))))
    }
    let states: [Thread.State] = [.unknown, .open, .closed, .elsewhere(words(2))]
    var story = Story(
      title: words(8), standfirst: below(2) == 0 ? words() : nil,
      byline: (0..<below(4)).map { _ in words(3) }, site: words(3), section: words(2),
      blocks: (0..<below(9)).map { _ in block() },
      authorCard: below(2) == 0 ? AuthorCard(name: words(2), text: words()) : nil,
      thread: Thread(posted, count: below(2) == 0 ? below(30) : nil, state: states[below(4)]))
    story.numberFigures()
    return story
  }

  mutating func number(below bound: Int) -> Int { below(bound) }
}
