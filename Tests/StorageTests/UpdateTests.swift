import Files
import Storage
import Stories
import TestSupport
import Testing

/// When a page at a known address is an update, an inferior copy, or a separate story.
@Suite struct UpdateTests: LongReads {
  let folder = TemporaryFolder()
  let library: Library

  init() throws { library = try Library(path: folder.library) }

  /// Adds two pages at one address, and each again; whether they are versions of one story.
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
      case 4: story("The long read", Array(text.prefix(14)))
      case 5: story("Another headline", text.reversed())
      // Most was written anew under the same headline.
      case 6: story("The long read", Array(text.prefix(8)) + Self.sentences(3, 12))
      default: story("THE LONG READ", text.map { $0.uppercased() })
      }
    #expect(try areVersions(old, new))
  }

  @Test("a teaser and a short note are updated by their headline")
  func short() throws {
    let whole = story("The long read", Self.sentences(1, 20), day: 5)
    let teaser = story("The long read", Self.sentences(9, 6), isCut: true, day: 5)
    let id = try add(teaser).id
    #expect(try add(whole) == .updated(id))
    #expect(try add(teaser) == .same(id) && add(whole) == .same(id))
    #expect(try library.stories.story(id) == whole)
  }

  @Test("other stories at the same address are kept beside the first", arguments: 0..<13)
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
      // A notice instead of the text.
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

  @Test("an older copy replaces nothing, in any order of import")
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

  @Test("the same text on another site, with other comments, is a separate story")
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

  @Test("parsing a stored page again leaves a story that an import has replaced since")
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

  @Test("versions of any two texts find their own stories again, in any order")
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

  @Test(
    "an excerpt of a story replaces nothing, an edited version does", arguments: 0..<8
  )
  func cutOff(_ kind: Int) throws {
    let text = Self.sentences(1, 20)
    let whole = story("The long read", text, day: 5)
    let id = try add(whole).id
    let within = Array(text.prefix(15)) + [String(text[15].prefix(40))]
    let (page, isUpdate) =
      switch kind {
      // Cut after a paragraph, within a sentence, within an entity; a later day does not matter.
      case 0: (story("The long read", Array(text.prefix(6)), day: 5), false)
      case 1: (story("The long read", within, day: 5), false)
      case 2:
        (story("The long read", text.dropLast() + [text[19].prefix(30) + "&nb"], day: 6), false)
      case 3: (story("Another headline", Array(text.prefix(6))), false)
      // A stub: the beginning and a mark, or a request to subscribe.
      case 4: (story("The long read", [text[0].prefix(60) + "…"]), false)
      case 5:
        (
          story("The long read", text.prefix(2) + ["Subscribe to read the full story."], day: 5),
          false
        )
      // The last paragraphs were taken out, or the first.
      case 6: (story("The long read", Array(text.prefix(17)), day: 5), true)
      default: (story("The long read", Array(text.dropFirst(5)), day: 5), true)
      }
    #expect(try add(page) == (isUpdate ? .updated(id) : .same(id)))
    #expect(try add(page) == .same(id))
    #expect(try library.stories.story(id) == (isUpdate ? page : whole))
  }

  @Test(
    "a page whose download was interrupted replaces nothing, wherever it ends",
    arguments: [false, true])
  func interruptedDownload(isOtherBytes: Bool) throws {
    let text = Self.sentences(1, 20)
    let comments = (0..<6).map {
      PostedComment(id: "c\($0)", author: "a", blocks: [.paragraph([Phrase("Words")])])
    }
    func page(_ paragraphs: Int, _ comments: ArraySlice<PostedComment>) -> Story {
      var page = story("The long read", Array(text.prefix(paragraphs)), day: 5)
      page.thread = Thread(Array(comments))
      return page
    }
    let html = "<html><body>" + text.joined(separator: "<p>") + "</body></html>\n"
    func original(_ bytes: Int, nonce: String) -> Original {
      Original(
        bytes: Array((isOtherBytes ? "<!-- \(nonce) -->" : "").utf8) + html.utf8.prefix(bytes))
    }
    let whole = page(20, comments[...])
    let id = try library.stories.add(
      whole, original: original(html.utf8.count, nonce: "a"), parserVersion: 1
    ).id
    for (size, paragraphs, count) in [(900, 17, 0), (950, 20, 0), (1000, 20, 4)] {
      let cut = page(paragraphs, comments.prefix(count))
      let added = try library.stories.add(
        cut, original: original(size, nonce: "b"), parserVersion: 1)
      #expect(added == .same(id), "\(size)")
    }
    #expect(try library.stories.story(id) == whole)
    // A page that ends has been shortened by its editors.
    let shorter = page(17, comments.prefix(4))
    let bytes = Array("<html><p>\(text.prefix(17).joined(separator: "<p>"))</BODY ></html>".utf8)
    let edited = try library.stories.add(
      shorter, original: Original(bytes: bytes), parserVersion: 1)
    #expect(edited == .updated(id))
  }

  @Test("the second page of a long read that repeats a part of the first is another story")
  func fragment() throws {
    let first = story("The long read", Self.sentences(1, 40))
    let second = story("The long read", Self.sentences(1, 4) + Self.sentences(2, 4))
    #expect(try !areVersions(first, second))
  }
}
