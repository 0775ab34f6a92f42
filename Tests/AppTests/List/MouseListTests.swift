import App
import Display
import Settings
import Storage
import Stories
import TestSupport
import Testing

/// The mouse in the sidebar and among the results of a search, alone and beside a story.
@Suite struct MouseListTests {
  private static let notes = """
    # One tide
    source: First Post

    The tide of one.

    # Two tides
    source: Second Post
    starred

    The tide of two.

    # Three
    source: First Post

    No water here.

    # Four tides
    source: Second Post

    The tide of four.
    """

  private func click(_ desk: Desk, _ column: Int, _ row: Int) {
    desk.press(.mouse(Key.Mouse(.press, column: column, row: row)))
    desk.press(.mouse(Key.Mouse(.release, column: column, row: row)))
  }

  private func row(of words: String, _ desk: Desk) throws -> Int {
    try #require(desk.lines.firstIndex { $0.contains(words) }, "\(desk.screen)")
  }

  private func nothingWasRead(_ desk: Desk) {
    #expect(desk.headlines.allSatisfy { !$0.isRead })
  }

  @Test("In the sidebar a click selects, a second one shows the shelf", arguments: [40, 80, 200])
  func sidebar(columns: Int) throws {
    let desk = try Desk(Self.notes)
    desk.press("@\(columns)x24 b")
    click(desk, 4, try row(of: "Starred", desk))
    #expect(desk.lines.contains { $0.hasPrefix("▌ Starred") }, "\(desk.screen)")
    #expect(desk.screen.contains("First Post"))
    click(desk, 4, try row(of: "Starred", desk))
    #expect(desk.status.contains("1 of 1"), "\(desk.screen)")
    #expect(desk.screen.contains("Two tides") && !desk.screen.contains("One tide"))
    nothingWasRead(desk)
  }

  @Test("Headings, blank rows and what lies below the sidebar are no items")
  func besideItems() throws {
    let desk = try Desk(Self.notes)
    desk.press("@80x24 b")
    let before = desk.lines
    for words in ["Library", "Sources, unread"] { click(desk, 4, try row(of: words, desk)) }
    click(desk, 4, 20)
    #expect(desk.lines == before)
  }

  @Test("The wheel over the sidebar moves in it, and over the list in the list")
  func wheelAtSidebar() throws {
    let desk = try Desk(Self.notes)
    desk.press("@80x24 b")
    for _ in 0..<2 { desk.press(.mouse(Key.Mouse(.wheelDown, column: 4, row: 8))) }
    #expect(desk.lines.contains { $0.hasPrefix("▌ Starred") }, "\(desk.screen)")
    for _ in 0..<20 { desk.press(.mouse(Key.Mouse(.wheelDown, column: 60, row: 8))) }
    #expect(desk.lines.contains { $0.contains("▌● Four tides") }, "\(desk.screen)")
    #expect(desk.screen.contains("All"))
    nothingWasRead(desk)
  }

  @Test("A click in the list leaves the sidebar standing, and goes to the story beside it")
  func listBesideSidebar() throws {
    let desk = try Desk(Self.notes)
    desk.press("@80x24 b")
    click(desk, 40, try row(of: "Two tides", desk))
    #expect(desk.lines.contains { $0.contains("▌★") || $0.contains("▌● Two tides") })
    #expect(desk.frame.cursor.column == 24, "\(desk.frame.cursor)")
    click(desk, 40, try row(of: "Two tides", desk))
    #expect(desk.reader.title.hasPrefix("Two tides"))
  }

  @Test("Among results a click selects and a second one opens at the words", arguments: [80, 200])
  func results(columns: Int) throws {
    let desk = try Desk(Self.notes)
    desk.press("@\(columns)x24 S \"tide\" Enter")
    let names = ["One tide", "Four tides"]
    let name = try #require(names.first { name in !desk.screen.contains("▌● \(name)") })
    click(desk, 6, try row(of: "● \(name)", desk))
    #expect(desk.lines.contains { $0.hasPrefix("▌● \(name)") }, "\(desk.screen)")
    nothingWasRead(desk)
    click(desk, 6, try row(of: "● \(name)", desk))
    #expect(desk.reader.title.hasPrefix(name))
    // The headline has the word too; the hit is the place that the results show.
    #expect(desk.status.contains("2/2"), "\(desk.status)")
  }

  @Test("The wheel goes through results and reads nothing; a click beside them opens the hit")
  func wheelAmongResults() throws {
    let desk = try Desk(Self.notes)
    desk.press("@200x24 S \"tide\" Enter")
    let first = desk.lines.first { $0.hasPrefix("▌") }
    for _ in 0..<9 { desk.press(.mouse(Key.Mouse(.wheelDown, column: 6, row: 5))) }
    #expect(desk.lines.first { $0.hasPrefix("▌") } != first)
    nothingWasRead(desk)
    desk.press("gg")
    let chosen = try #require(desk.lines.first { $0.hasPrefix("▌●") })
    click(desk, 150, 5)
    let title = String(desk.reader.title.prefix { $0 != "–" })
    #expect(chosen.contains(title.dropLast()), "\(title) \(desk.screen)")
  }

  @Test("The line between list and story is dragged beside the sidebar too")
  func divider() throws {
    let desk = try Desk(Self.notes)
    desk.press("@200x24 b")
    let bars = desk.lines[10].indices.filter { desk.lines[10][$0] == "│" }
      .map { desk.lines[10].distance(from: desk.lines[10].startIndex, to: $0) }
    let (side, middle) = (try #require(bars.first), try #require(bars.last))
    #expect(bars.count == 2)
    desk.press(.mouse(Key.Mouse(.press, column: middle, row: 10)))
    desk.press(.mouse(Key.Mouse(.drag, column: middle + 9, row: 12)))
    desk.press(.mouse(Key.Mouse(.release, column: middle + 9, row: 12)))
    let line = desk.lines[10]
    let moved = line.lastIndex(of: "│").map { line.distance(from: line.startIndex, to: $0) }
    #expect(moved == middle + 9)
    #expect(desk.reader.preferences.listWidth == middle + 8 - side)
    expectFits(desk.frame, desk.size)
  }

  @Test("A shelf in the head of the list that is called like another is not taken for that one")
  func namesakeOfShelf() throws {
    let desk = try Desk(
      """
      # One
      source: Allgemeine

      Text.

      # Two
      source: Unread Weekly

      Text.
      """)
    for (name, only) in [("Allgemeine", "One"), ("Unread Weekly", "Two")] {
      desk.press("@80x24 b")
      let item = try #require(
        desk.lines.firstIndex { $0.prefix(24).contains(name) }, "\(desk.screen)")
      click(desk, 4, item)
      click(desk, 4, item)
      desk.press("b b")
      let head = try #require(desk.lines.first)
      let place = try #require(head.firstRange(of: name))
      let before = desk.screen
      click(desk, head.distance(from: head.startIndex, to: place.lowerBound) + 1, 0)
      #expect(desk.screen == before, "\(desk.screen)")
      #expect(desk.body.joined().contains(only), "\(desk.screen)")
    }
  }

  @Test("A click is for the story that was drawn, though the list has changed since")
  func changedSince() throws {
    let desk = try Desk(Self.notes)
    let line = try row(of: "Three", desk)
    let gone = try #require(desk.headlines.first { $0.title == "One tide" })
    let other = try Library(path: desk.folder["library.sqlite"])
    _ = try other.changes.make([(.deleted, true)], of: [gone.id], now: Desk.now.seconds)
    click(desk, 10, line)
    let selected = desk.lines.first { $0.contains("▌") }
    #expect(selected?.contains("Three") == true, "\(desk.screen)")
  }
}
