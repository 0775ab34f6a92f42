import Files
import Storage
import Stories
import TestSupport
import Testing

/// When a page at a known address is an update, and what becomes of the version it replaces.
@Suite struct RevisionTests {
  let folder = TemporaryFolder()
  let library: Library
  private static let address = "https://mag.example/2024/long-read"

  init() throws { library = try Library(path: folder.library) }

  /// Running text that no other number gives.
  private static func sentences(_ number: Int, _ count: Int) -> [String] {
    var dice = Dice(state: UInt64(number + 1))
    let words = [
      "harbour", "lamp", "tide", "clock", "winter", "ferry", "keeper", "wheel", "sand", "quay",
      "gull", "rope", "baker", "oven", "letter", "night", "bridge", "market", "stone", "window",
    ]
    return (0..<count).map { _ in
      (0..<14).map { _ in words[dice.below(words.count)] }.joined(separator: " ") + "."
    }
  }

  private func story(
    _ title: String, _ sentences: [String], site: String? = nil, isCut: Bool = false,
    day: Int? = nil
  ) -> Story {
    Story(
      title: title, published: day.map { Timestamp(seconds: Int64($0 * 86_400 + 3600)) },
      site: site, address: Self.address, blocks: sentences.map { .paragraph([Phrase($0)]) },
      isCut: isCut)
  }

  @discardableResult
  private func add(_ story: Story, now: Int64 = 1000) throws -> Added {
    let page = Original(bytes: Array("<p>\(story.title) \(story.blocks)".utf8), name: "page.html")
    return try library.stories.add(
      PreparedStory(story, original: page, parserVersion: 1), now: now)
  }

  /// Adds two pages of one address, and each again; whether they are versions of one story.
  private func areVersions(_ one: Story, _ other: Story) throws -> Bool {
    let first = try add(one).id
    let second = try add(other).id
    for _ in 0..<2 {
      #expect(try add(one) == .same(first))
      #expect(try add(other) == .same(second))
    }
    #expect(try library.lists.counts().all == (first == second ? 1 : 2))
    #expect(try library.care.check() == [])
    return first == second
  }

  // MARK: - Updates and siblings

  @Test("edited, longer, shorter, renamed and uncut pages are updates", arguments: 0..<8)
  func updates(_ kind: Int) throws {
    let text = Self.sentences(1, 20)
    let old = story("The long read", text)
    var edited = text
    for index in stride(from: 0, to: 20, by: 3) { edited[index] = Self.sentences(7 + index, 1)[0] }
    let new =
      switch kind {
      case 0: story("The long read", edited)
      case 1: story("Eine lange Geschichte", text)
      case 2: story("The long read, corrected", edited)
      case 3: story("The long read", text + Self.sentences(2, 40))
      case 4: story("The long read", Array(text.prefix(6)))
      case 5: story("Another headline", text.reversed())
      // Most was written anew under the same headline.
      case 6: story("The long read", Array(text.prefix(8)) + Self.sentences(3, 12))
      default: story("THE LONG READ", text.map { $0.uppercased() })
      }
    #expect(try areVersions(old, new))
  }

  @Test("a teaser and a short note are brought up to date by their headline")
  func short() throws {
    let whole = story("The long read", Self.sentences(1, 20), day: 5)
    let teaser = story("The long read", Self.sentences(9, 6), isCut: true, day: 5)
    let id = try add(teaser).id
    #expect(try add(whole) == .updated(id))
    #expect(try add(teaser) == .same(id) && add(whole) == .same(id))
    #expect(try library.stories.story(id) == whole)
  }

  @Test("other stories at the same address stay beside the first", arguments: 0..<13)
  func siblings(_ kind: Int) throws {
    let (one, other) =
      switch kind {
      case 0: (story("Page 1", Self.sentences(1, 20)), story("Page 2", Self.sentences(2, 20)))
      case 1: (story("A", Self.sentences(1, 20)), story("A", Self.sentences(2, 20)))
      // One template: every sentence shares most of its words.
      case 2: (story("Long read", template(1)), story("Long read", template(2)))
      case 3: (story("Untitled", ["One note."]), story("Untitled", ["Quite another."]))
      case 4:
        (
          story("The Post", ["One note."], site: "The Post"),
          story("The Post", ["Quite another."], site: "The Post")
        )
      case 5: (story("", ["One note."]), story("", ["Quite another."]))
      case 6: (story("Today", ["It rains."], day: 4), story("Today", ["It snows."], day: 5))
      // A text that all pages of a site have in front.
      case 7:
        (
          story("One", Self.sentences(5, 2) + Self.sentences(1, 9)),
          story("Two", Self.sentences(5, 2) + Self.sentences(2, 9))
        )
      case 8: (story("朝の港", japanese("港")), story("夜の山", japanese("山")))
      case 9: (story("The long read", Self.sentences(1, 20)), story("The long read", []))
      // A request that stands in the place of the text.
      case 10:
        (
          story("The long read", Self.sentences(1, 20)),
          story("The long read", ["Please turn on JavaScript to continue reading this site."])
        )
      case 11:
        (
          story("Column", Self.sentences(1, 20), day: 1),
          story("Column", ["There is no column this week, as its author is away."], day: 8)
        )
      // Forecasts: most of the words are the same each day.
      default:
        (
          story("Monday", Self.sentences(1, 3) + Self.sentences(5, 9), day: 1),
          story("Tuesday", Self.sentences(2, 3) + Self.sentences(5, 9), day: 2)
        )
      }
    #expect(try !areVersions(one, other))
  }

  @Test("a copy of an earlier day replaces nothing, in whatever order the copies come")
  func older() throws {
    let text = Self.sentences(1, 20)
    let versions = [3, 5, 8].map { day in
      story("The long read", Array(text.prefix(10 + day)), day: day)
    }
    let id = try add(versions[1]).id
    #expect(try add(versions[0]) == .same(id))
    #expect(try add(versions[2]) == .updated(id))
    #expect(try add(versions[1]) == .same(id) && add(versions[0]) == .same(id))
    #expect(try library.stories.story(id) == versions[2])
  }

  @Test("the same text on another site, with comments of its own, is a story of its own")
  func elsewhere() throws {
    let one = story("The long read", Self.sentences(1, 20))
    var other = one
    other.address = "https://other.example/1"
    func addCopy() throws -> Added {
      let page = Original(bytes: Array("copy \(other.thread.count ?? 0)".utf8), name: "copy.html")
      return try library.stories.add(
        PreparedStory(other, original: page, parserVersion: 1), now: 1000)
    }
    let id = try add(one).id
    #expect(try addCopy() == .same(id))
    other.thread = Thread([PostedComment(id: "1", author: "cid")], count: 1)
    #expect(try addCopy() != .same(id))
    #expect(try library.lists.counts().all == 2)
    #expect(try library.stories.story(id) == one)
  }

  @Test("reading a kept page again leaves a story that an import has replaced since")
  func reparsedTooLate() throws {
    let text = Self.sentences(1, 20)
    let old = story("The long read", text)
    let page = Original(bytes: Array("old".utf8), name: "page.html")
    let id = try library.stories.add(PreparedStory(old, original: page, parserVersion: 1), now: 1)
      .id
    let new = story("The long read", text + Self.sentences(2, 2))
    let newPage = Original(bytes: Array("new".utf8), name: "page.html")
    try library.stories.add(PreparedStory(new, original: newPage, parserVersion: 1), now: 2)
    let again = story("The long read, read better", text)
    let late = PreparedStory(again, original: page, parserVersion: 2)
    #expect(try library.stories.reparsed(id, late) == .same(id))
    #expect(try library.stories.story(id) == new)
  }

  private func template(_ page: Int) -> [String] {
    (1...12).map {
      "Sentence \(page)-\($0) tells of lamp \($0) and harbour \(page) and of the sea."
    }
  }

  private func japanese(_ place: String) -> [String] {
    place == "港"
      ? ["朝の港では漁船が次々と戻り市場の声が波止場に響いて人々は魚を選んでいた。"]
      : ["夜の山には雪が静かに降り積もり小屋の灯りだけが谷の底から見えていたという。"]
  }

  @Test("of any two texts, each finds its own story again, in whatever order they come")
  func property() throws {
    var dice = Dice(state: 11)
    for round in 0..<12 {
      let folder = TemporaryFolder()
      let library = try Library(path: folder.library)
      // Four stories at one address, each in versions that share three quarters with the next.
      let pages = (0..<4).flatMap { number in
        (0..<3).map { version in
          let text = Self.sentences(round * 100 + number, 24)
          let fresh = Self.sentences(round * 100 + number * 10 + version + 50, 6 * version)
          return (number, story("Story", Array(text.dropLast(6 * version)) + fresh))
        }
      }
      var ids: [Int: Set<StoryID>] = [:]
      for _ in 0..<2 {
        for (number, page) in pages.shuffled(using: &dice) {
          let original = Original(bytes: Array("\(page.blocks)".utf8))
          ids[number, default: []].insert(
            try library.stories.add(page, original: original, parserVersion: 1).id)
        }
      }
      #expect(ids.values.allSatisfy { $0.count == 1 } && Set(ids.values).count == 4, "\(ids)")
      #expect(try library.lists.counts().all == 4)
    }
  }

  // MARK: - Revisions

  @Test("what an import replaced is kept, comes back by undo, and goes again by redo")
  func undo() throws {
    var old = fullStory(address: Self.address)
    let text = Self.sentences(1, 10).map { Block.paragraph([Phrase($0)]) }
    old.blocks += text
    var new = old
    new.title = "Harbour opens late"
    new.blocks = text + [.figure(Figure(kind: .photo, caption: [Phrase("Ice")], credit: "me"))]
    new.numberFigures()
    new.thread = Thread([PostedComment(id: "z", author: "someone")], count: 40)
    new.published = Timestamp(seconds: 1_800_000_000)
    let id = try add(old).id
    let page = try library.stories.original(of: id)
    try library.apply(
      Reading(
        isRead: true, isStarred: true, tags: ["sea"], place: Place(.block(1), words: "x"),
        progress: 0.4, opened: Timestamp(seconds: 5)), to: id)
    let own = try library.ownComments.write("My word", under: "a", author: "me", on: id).name
    let (reading, row) = (try library.user.reading(of: id), try library.lists.headline(id))
    let before = try library.stories.story(id)
    #expect(try add(new, now: 2000) == .updated(id))
    let revision = try #require(try library.stories.revisions(of: id).first)
    #expect(revision.title == "Harbour opens" && revision.replaced == 2000)
    #expect(try library.stories.story(revision) == old)
    #expect(try library.user.reading(of: id) == reading)
    let after = try library.stories.story(id)
    let change = Change(steps: [.init(.replaced(revision.id), true, [id])])
    for _ in 0..<2 {
      #expect(try library.changes.undo() == change)
      #expect(try library.stories.story(id) == before && library.stories.original(of: id) == page)
      #expect(try library.lists.headline(id) == row && library.user.reading(of: id) == reading)
      #expect(try library.stories.revisions(of: id) == [] && library.care.check() == [])
      #expect(try library.search.hits(of: query("kittiwakes"), limit: 2).count == 1)
      #expect(try library.changes.redo() == change)
      #expect(try library.stories.story(id) == after && library.user.reading(of: id) == reading)
      #expect(try library.ownComments.typedText(of: own, on: id) == "My word")
      #expect(try library.stories.revisions(of: id).count == 1 && library.care.check() == [])
    }
  }

  @Test("the newest five are kept, and an undone import can be made again")
  func bound() throws {
    let text = Self.sentences(1, 30)
    let pages = (0..<9).map { story("Read \($0)", text + ["Update number \($0)."]) }
    for page in pages { #expect(try add(page).id == 1) }
    #expect(
      try library.stories.revisions(of: 1).map(\.title) == (3..<8).reversed().map { "Read \($0)" })
    // Older versions are known for good, those that are not kept too.
    for page in pages { #expect(try add(page) == .same(1)) }
    #expect(try library.stories.story(1)?.title == "Read 8")
    #expect(try library.changes.undo() != nil)
    // One session's import is one change: the oldest step it can still take back is shown.
    #expect(try library.lists.headline(1)?.title == "Read 3")
    #expect(try add(pages[8]) == .updated(1))
    #expect(try library.changes.redo() == nil && library.care.check() == [])
    #expect(try library.changes.undo() != nil)
    #expect(try library.lists.headline(1)?.title == "Read 3")
  }

  @Test("an import that another program has replaced since is left as it is by undo")
  func replacedSince() throws {
    let text = Self.sentences(1, 30)
    try add(story("One", text))
    try add(story("Two", text))
    let other = try Library(path: folder.library)
    try other.stories.add(
      PreparedStory(story("Three", text), original: nil, parserVersion: 1))
    #expect(try library.changes.undo()?.steps == [])
    #expect(try library.lists.headline(1)?.title == "Three" && library.care.check() == [])
  }

  @Test("the same page read by a better parser leaves no revision")
  func reparsed() throws {
    let text = Self.sentences(1, 30)
    let page = Original(bytes: Array("page".utf8))
    try library.stories.add(story("One", text), original: page, parserVersion: 1)
    let better = story("One", text + ["More."])
    #expect(try library.stories.add(better, original: page, parserVersion: 2) == .updated(1))
    #expect(try library.stories.revisions(of: 1) == [] && library.changes.undo() == nil)
  }

  @Test("more comments leave no revision, and comments that are gone do")
  func comments() throws {
    var page = story("One", Self.sentences(1, 30))
    for (names, count) in [(["a"], 0), (["a", "b"], 0), (["b"], 1)] {
      page.thread = Thread(
        names.map { PostedComment(id: $0, author: $0, blocks: [.paragraph([Phrase($0)])]) })
      let original = Original(bytes: Array("\(names)".utf8))
      try library.stories.add(page, original: original, parserVersion: 1)
      #expect(try library.stories.revisions(of: 1).count == count)
    }
    #expect(try library.changes.undo() != nil)
    #expect(try library.stories.story(1)?.thread.comments.map(\.id) == ["a", "b"])
  }

  @Test("damaged revisions are an error in words, and harm nothing")
  func damaged() throws {
    let text = Self.sentences(1, 30)
    try add(story("One", text))
    try add(story("Two", text))
    execute("UPDATE revisions SET packed = substr(packed, 1, 40)", in: folder.library.text)
    let revision = try #require(try library.stories.revisions(of: 1).first)
    #expect(throws: StorageError.damagedStory(folder.library.shown, 1)) {
      try library.stories.story(revision)
    }
    #expect(throws: StorageError.damagedStory(folder.library.shown, 1)) {
      try library.changes.undo()
    }
    #expect(try library.lists.headline(1)?.title == "Two")
  }
}
