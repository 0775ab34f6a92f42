import App
import Display
import Settings
import Storage
import Testing

@Suite struct MouseTests {
  static let notes = """
    \(StoryNotes.linkedThread())

    # Two

    Text.

    # Three
    starred

    Text.
    """

  private func mouse(_ act: Key.Mouse.Act, _ column: Int, _ row: Int) -> Key {
    .mouse(Key.Mouse(act, column: column, row: row))
  }

  private func selected(_ desk: Desk) -> String? { desk.lines.first { $0.contains("▌") } }

  @Test("A click chooses a story, and a second one opens it")
  func list() throws {
    let desk = try Desk(Self.notes)
    _ = desk.frame
    desk.press(mouse(.press, 10, 4))
    #expect(selected(desk)?.contains("Two") == true, "\(desk.screen)")
    #expect(!desk.headlines[1].isRead)
    desk.press(mouse(.press, 10, 3))
    #expect(desk.reader.title.hasPrefix("Two"))
    #expect(desk.headlines[1].isRead)
  }

  @Test("Clicks below the list, on the status line and far outside do nothing")
  func outside() throws {
    let desk = try Desk(Self.notes)
    for (column, row) in [(0, 20), (5, 23), (500, 500), (0, -1), (79, 0)] {
      desk.press(mouse(.press, column, row))
      #expect(selected(desk)?.contains("One") == true)
    }
  }

  @Test("A click on a shelf's name shows it")
  func header() throws {
    let desk = try Desk(Self.notes)
    let column = try #require(desk.lines.first?.firstIndex(of: "★"))
    let distance = desk.lines.first.map { $0.distance(from: $0.startIndex, to: column) } ?? 0
    desk.press(mouse(.press, distance, 0))
    #expect(desk.screen.contains("Three") && !desk.screen.contains("Two"))
  }

  @Test("The wheel scrolls what it is over, and marks and opens nothing")
  func wheel() throws {
    let desk = try Desk(Self.notes)
    desk.press("@140x30")
    _ = desk.frame
    for _ in 0..<50 { desk.press(mouse(.wheelDown, 5, 5)) }
    #expect(selected(desk)?.contains("Three") == true)
    #expect(desk.headlines.allSatisfy { !$0.isRead })
    for _ in 0..<50 { desk.press(mouse(.wheelDown, 100, 5)) }
    #expect(desk.reader.title == "Courant")
  }

  @Test("A click on what a fold hides shows it again")
  func hidden() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter c zM")
    let row = try #require(
      desk.lines.firstIndex { $0.contains("1 reply hidden") }, "\(desk.screen)")
    desk.press(mouse(.press, 10, row))
    #expect(desk.screen.contains("Said."), "\(desk.screen)")
  }

  @Test("The line between the panes is dragged, and only by its own column")
  func divider() throws {
    let desk = try Desk(Self.notes)
    desk.press("@140x30")
    let start = try #require(desk.lines.first?.firstIndex(of: "│"))
    let column = desk.lines.first.map { $0.distance(from: $0.startIndex, to: start) } ?? 0
    desk.press(mouse(.press, column + 3, 10))
    desk.press(mouse(.drag, 30, 10))
    #expect(desk.lines[10].contains("│"))
    #expect(desk.reader.preferences.listWidth == 0)
    // A click that moves nothing changes nothing, and says what the line is for.
    for act in [Key.Mouse.Act.press, .release] { desk.press(mouse(act, column, 10)) }
    #expect(desk.status.contains("can be dragged"), "\(desk.status)")
    #expect(desk.reader.preferences.listWidth == 0)
    desk.press(mouse(.press, column, 10))
    for target in [60, 30, 2, 139, 70] { desk.press(mouse(.drag, target, 12)) }
    desk.press(mouse(.release, 70, 12))
    #expect(desk.status.contains("list-width is 70 until Courant ends"), "\(desk.status)")
    #expect(desk.reader.preferences.listWidth == 70)
    desk.press(mouse(.drag, 40, 12))
    #expect(desk.reader.preferences.listWidth == 70)
    expectFits(desk.frame, desk.size)
    desk.press("@64x10")
    expectFits(desk.frame, desk.size)
  }

  @Test("In a story a click chooses a link, a second opens it, and a comment's head folds")
  func story() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter")
    let row = try #require(desk.lines.firstIndex { $0.contains("See this") })
    let line = desk.lines[row]
    let place = try #require(line.firstRange(of: "this"))
    let column = line.distance(from: line.startIndex, to: place.lowerBound)
    desk.press(mouse(.press, column, row))
    #expect(desk.status.contains("https://example.org/a"))
    #expect(desk.effects == [])
    desk.press(mouse(.press, column, row))
    #expect(desk.effects == [.openLink("https://example.org/a")])
    let head = try #require(desk.lines.firstIndex { $0.contains("asker") })
    desk.press(mouse(.press, 10, head))
    #expect(!desk.screen.contains("answerer"), "\(desk.screen)")
  }

  @Test("What a click says, and letters over links, stay when the button goes up")
  func release() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter o")
    #expect(desk.status.contains("Opening"))
    desk.press(mouse(.drag, 3, 3))
    desk.press(mouse(.release, 3, 3))
    #expect(desk.status.contains("Opening"), "\(desk.status)")
    desk.press("gy")
    let letters = desk.screen
    desk.press(mouse(.release, 3, 3))
    #expect(desk.screen == letters)
    desk.press(mouse(.press, 3, 3))
    #expect(desk.screen != letters)
  }

  @Test("With the mouse off nothing of it is heard")
  func off() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"set mouse off\" Enter")
    desk.press(mouse(.press, 10, 4))
    desk.press(mouse(.wheelDown, 10, 4))
    #expect(selected(desk)?.contains("One") == true)
  }

  @Test("The list of themes takes clicks")
  func picker() throws {
    let desk = try Desk(Self.notes)
    desk.press("T")
    let row = try #require(desk.lines.firstIndex { $0.contains("night") })
    desk.press(mouse(.press, 76, row))
    #expect(desk.effects == [.useTheme("night")])
    desk.press(mouse(.press, 76, row))
    #expect(desk.reader.preferences.theme == "night")
    desk.press("T")
    desk.press(mouse(.press, 2, 2))
    #expect(!desk.screen.contains("Theme 2 of"))
  }
}
