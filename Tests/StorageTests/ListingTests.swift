import Files
import Matching
import Queries
import Stories
import TestSupport
import Testing

@testable import Storage

/// The data of a story outside of the library: the reference that queries are checked against.
private struct Known {
  var id: StoryID = 0
  var story = Story(title: "")
  var reading = Reading()
  var sorted: Int64 = 0
  var isDeleted = false
  var words = 0

  func text(_ part: TextTerm.Part) -> String {
    switch part {
    case .title: story.title
    case .body:
      story.blocks.map { if case .paragraph(let phrases) = $0 { phrases[0].text } else { "" } }
        .joined(separator: "\n")
    case .captions: story.figures.map { $0.caption[0].text }.joined(separator: "\n")
    case .comments:
      story.thread.comments.map { comment in
        let text = comment.blocks.map {
          if case .paragraph(let phrases) = $0 { phrases[0].text } else { "" }
        }
        return comment.author + "\n" + text.joined(separator: "\n")
      }.joined(separator: "\n")
    }
  }

  private func has(_ term: TextTerm, in part: TextTerm.Part) -> Bool {
    let wanted = NameTerm.words(term.words)
    let words = NameTerm.words(text(part))
    guard let last = wanted.last, wanted.count <= words.count else { return false }
    let isOpen = term.isOpen && term.words.unicodeScalars.count > 1
    return (0...(words.count - wanted.count)).contains { start in
      let run = words[start..<(start + wanted.count)]
      let end = run.last ?? ""
      return run.dropLast().elementsEqual(wanted.dropLast())
        && (isOpen ? end.hasPrefix(last) : end == last)
    }
  }

  func fits(_ query: Query) -> Bool {
    switch query {
    case .everything: true
    case .text(let term): term.parts.contains { has(term, in: $0) }
    case .state(.read): reading.isRead
    case .state(.unread): !reading.isRead
    case .state(.starred): reading.isStarred
    case .state(.started): reading.progress > 0 && reading.progress < 0.995
    case .state(.deleted): isDeleted
    case .name(let name):
      switch name.field {
      case .source: name.matches(story.site ?? "")
      case .tag: reading.tags.contains(where: name.matches)
      case .author: name.matches(story.byline.first ?? "")
      case .site: name.matches(String((story.address ?? "").dropFirst(8).prefix { $0 != "/" }))
      }
    case .before(let time): sorted < time
    case .since(let time): sorted >= time
    case .amount(.words, let limits): limits.contains(words)
    case .amount(.comments, let limits): limits.contains(story.thread.comments.count)
    case .amount(.figures, let limits): limits.contains(story.figures.count)
    case .not(let query): !fits(query)
    case .every(let parts): parts.allSatisfy(fits)
    case .any(let parts): parts.contains(where: fits)
    }
  }
}

@Suite struct ListingTests {
  private static let words = [
    "harbour", "harbours", "tide", "quay", "crane", "naïve", "winter", "ka",
  ]
  private static let sources = ["The Post", "the herald", "Ärger", "Zoo News"]
  private static let tags = ["science", "long reads", "sea"]

  let folder = TemporaryFolder()
  let library: Library
  private var known: [Known] = []

  init() throws {
    library = try Library(path: folder.library)
    var dice = Dice(state: 7)
    for number in 0..<220 { known.append(try add(number, &dice)) }
  }

  private func text(_ count: Int, _ dice: inout Dice) -> String {
    (0..<count).map { _ in Self.words.randomElement(using: &dice) ?? "" }.joined(separator: " ")
  }

  private func add(_ number: Int, _ dice: inout Dice) throws -> Known {
    var known = Known()
    var story = Story(title: "Report \(number) " + text(2, &dice))
    story.site = Self.sources.randomElement(using: &dice)
    story.byline = [["Ann Lee", "Bo Lindqvist", "Ana Leal"].randomElement(using: &dice) ?? ""]
    let host =
      ["example.org", "news.example.org", "quay.example"].randomElement(using: &dice) ?? ""
    story.address = "https://\(host)/\(number)"
    story.published = Timestamp(
      seconds: 1_600_000_000 + Int64.random(in: 0..<40, using: &dice) * 86_400)
    story.blocks = [
      .paragraph([Phrase("n\(number) " + text(Int.random(in: 1...9, using: &dice), &dice))])
    ]
    if Bool.random(using: &dice) {
      story.blocks.append(.figure(Figure(kind: .photo, caption: [Phrase(text(2, &dice))])))
      story.numberFigures()
    }
    let comments = (0..<Int.random(in: 0...3, using: &dice)).map {
      PostedComment(id: "\($0)", author: "reader", blocks: [.paragraph([Phrase(text(2, &dice))])])
    }
    story.thread = Thread(comments, count: comments.count, state: .open)
    known.id = try library.stories.add(story, original: nil, parserVersion: 1).id
    known.story = story
    known.words = try library.lists.headline(known.id)?.words ?? 0
    known.sorted = story.published?.seconds ?? 0
    known.reading.isRead = Bool.random(using: &dice)
    known.reading.isStarred = Int.random(in: 0..<5, using: &dice) == 0
    known.reading.progress = [0, 0.3, 1].randomElement(using: &dice) ?? 0
    known.reading.tags = Self.tags.filter { _ in Int.random(in: 0..<4, using: &dice) == 0 }
    try library.apply(known.reading, to: known.id)
    return known
  }

  /// A random filter of the grammar, as typed.
  private func filter(_ depth: Int, _ dice: inout Dice) -> String {
    let leaves = [
      "harbour", "harb*", "\"tide quay\"", "naive", "unread", "read", "starred", "started",
      "tag:sci",
      "tag:\"long reads\"", "source:post", "source:\"THE HERALD\"", "source:arger", "author:lee",
      "author:\"bo lindqvist\"", "author:le", "site:example.org", "site:quay", "before:2020-10-01",
      "after:2020-10-01", "words>5", "words<=3", "comments>1", "comments=0", "figures>0",
      "has:comments",
      "in:title harbour", "crane in:comments", "-in:body tide", "site:\"news.example.org\"",
    ]
    guard depth > 0 else { return leaves.randomElement(using: &dice) ?? "" }
    let one = filter(depth - 1, &dice)
    let other = filter(depth - 1, &dice)
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: return "-(\(one))"
    case 1, 2: return "(\(one)) (\(other))"
    case 3: return "(\(one)) or (\(other))"
    default: return one
    }
  }

  @Test(
    "filters find what a simple evaluation finds, in windows of any size", arguments: 0..<60)
  func filters(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    for depth in [0, 1, 2, 3] {
      let typed = filter(depth, &dice)
      let parsed = ParsedQuery(typed, now: 0)
      #expect(parsed.mistakes == [], "\(typed)")
      let expected = known.filter { $0.fits(parsed.query) }
        .sorted { ($0.sorted, $0.id) > ($1.sorted, $1.id) }.map(\.id)
      let plan = try library.lists.plan(Listing(parsed.query))
      var found: [StoryID] = []
      var cursor: Cursor?
      while case let rows = try library.lists.headlines(of: plan, after: cursor, limit: 7),
        let last = rows.last
      {
        found += rows.map(\.id)
        cursor = plan.listing.cursor(of: last)
      }
      #expect(found == expected, "\(typed)")
      #expect(try library.lists.ids(of: plan) == expected, "\(typed)")
      #expect(plan.total == nil || plan.total == expected.count, "\(typed)")
      for known in known.prefix(20) {
        #expect(
          try library.lists.contains(known.id, in: plan) == expected.contains(known.id), "\(typed)")
      }
    }
  }

  @Test(
    "each order works reversed and in both directions, for short and long results",
    arguments: Order.allCases, [false, true])
  func orders(order: Order, isReversed: Bool) throws {
    for query in [Query.everything, .state(.unread), .state(.started), query("harbour ")] {
      for isScanned in [false, true] {
        var plan = try library.lists.plan(Listing(query, order: order, isReversed: isReversed))
        if isScanned, plan.listing.order != .rank { plan = plan.scanned }
        let all = try library.lists.headlines(of: plan, limit: 1000)
        #expect(all.count == known.count { $0.fits(query) })
        var down: [Headline] = []
        while case let rows = try library.lists.headlines(
          of: plan, after: down.last.map(plan.listing.cursor), limit: 9),
          !rows.isEmpty
        { down += rows }
        #expect(down == all)
        var up: [Headline] = []
        while case let rows = try library.lists.headlines(
          of: plan, before: up.first.map(plan.listing.cursor), limit: 9),
          !rows.isEmpty
        { up = rows + up }
        #expect(up == all)
        for (index, headline) in all.enumerated() {
          #expect(try library.lists.headline(at: index, of: plan) == headline)
        }
        #expect(try library.lists.headline(at: all.count, of: plan) == nil)
        #expect(try library.lists.headline(at: -1, of: plan) == nil)
        guard plan.listing.order != .rank else { continue }
        for (index, headline) in all.enumerated() {
          let cursor = plan.listing.cursor(of: headline)
          #expect(try library.lists.count(before: cursor, of: plan) == index)
        }
        let cursors = all.map(plan.listing.cursor)
        #expect(zip(cursors, cursors.dropFirst()).allSatisfy(plan.listing.isOrdered), "\(order)")
      }
    }
  }

  @Test("the counters of sources and tags are right after every change")
  func counts() throws {
    var known = known
    func check(_ known: [Known]) throws {
      var counts: [String: [Int]] = [:]
      for known in known where !known.isDeleted {
        counts[known.story.site ?? "", default: [0, 0]][0] += 1
        counts[known.story.site ?? "", default: [0, 0]][1] += known.reading.isRead ? 0 : 1
        for tag in known.reading.tags {
          counts["#" + tag, default: [0, 0]][0] += 1
          counts["#" + tag, default: [0, 0]][1] += known.reading.isRead ? 0 : 1
        }
      }
      var found: [String: [Int]] = [:]
      for source in try library.lists.sources() {
        found[source.name] = [source.total, source.unread]
      }
      for tag in try library.lists.tags() { found["#" + tag.name] = [tag.total, tag.unread] }
      #expect(found == counts)
    }
    try check(known)
    for index in known.indices.prefix(60) {
      known[index].reading.isRead.toggle()
      known[index].reading.tags = index.isMultiple(of: 2) ? ["sea", "new"] : []
      try library.apply(known[index].reading, to: known[index].id)
    }
    try check(known)
    for index in known.indices.prefix(20) {
      known[index].story.site = "Moved"
      known[index].story.blocks.append(.rule)
      try library.stories.add(known[index].story, original: nil, parserVersion: 2)
    }
    try check(known)
    for _ in 0..<30 { try library.stories.delete(known.removeFirst().id) }
    try check(known)
    #expect(try library.care.check() == [])
  }
}

extension ListPlan {
  /// The same plan with a result treated as long, whose windows are read along an index.
  fileprivate var scanned: ListPlan {
    ListPlan(
      listing: listing, materialized: nil, condition: condition, values: values, sets: sets,
      total: total)
  }
}
