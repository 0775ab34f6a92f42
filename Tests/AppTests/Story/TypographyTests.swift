import App
import Display
import Settings
import TestSupport
import Testing

/// The width of the text, what is wider than that, and zen.
@Suite struct TypographyTests {
  private let notes = String(
    decoding: readFile(folderOf(folderOf(#filePath)) + "/Scripts/stories") ?? [], as: UTF8.self)

  /// The row of the screen that begins with some words, marks and margins left out.
  private func row(_ words: String, on desk: Desk) -> Int? {
    desk.lines.firstIndex { $0.contains(words) }
  }

  @Test("The line that is looked at stays where it is while the text gets narrower and wider")
  func column() throws {
    let desk = try Desk(notes)
    desk.press("@80x20 Enter ]]")
    let first = try #require(row("What the ice", on: desk))
    let before = desk.screen
    for _ in 0..<14 {
      desk.press("<")
      #expect(row("What the ice", on: desk) == first, "\(desk.screen)")
    }
    #expect(desk.status.contains("as narrow as it gets: 20 columns"))
    desk.press("30>")
    #expect(row("What the ice", on: desk) == first)
    #expect(desk.status.contains("76 columns"))
    desk.press(">")
    #expect(desk.status.contains("as wide as it gets: 76 columns"))
    desk.press("<")
    #expect(desk.reader.preferences.column == 72)
    #expect(
      desk.screen.split(separator: "\n").dropLast() == before.split(separator: "\n").dropLast())
  }

  @Test("Without a jump it is a line near the top, and the setting keeps it as well")
  func scrolled() throws {
    let desk = try Desk(notes)
    desk.press("@80x20 Enter 6j")
    let looked = desk.lines[StoryContext.rows]
    desk.press("2< 2>")
    #expect(desk.lines[StoryContext.rows] == looked)
    desk.press(": \"set column 40\" Enter")
    #expect(desk.reader.preferences.column == 40)
    // The row holds the word that the looked-at one began with.
    let word = try #require(looked.split(separator: " ").first)
    #expect(desk.lines[StoryContext.rows].contains(word))
  }

  /// How far below the top the line is that "this" means.
  private enum StoryContext { static let rows = 2 }

  @Test("Esc in a search puts back what it has moved sideways")
  func searchLeft() throws {
    let desk = try Desk("# One\n\n    let words = \(String(repeating: "x", count: 90)) and the end")
    desk.press("@40x20 Enter")
    let before = desk.body
    desk.press("/ \"the end\"")
    #expect(row("and the end", on: desk) != nil, "\(desk.screen)")
    desk.press("Esc")
    #expect(desk.body == before, "\(desk.screen)")
  }

  @Test("Where nothing is wide, right says so and left goes back to the list")
  func nothingWide() throws {
    let desk = try Desk(notes)
    desk.press("@80x20 Enter Right")
    #expect(desk.status.contains("Nothing here is wider"))
    desk.press("Left")
    #expect(desk.screen.contains("Unread"))
  }

  @Test(
    "Zen shows nothing but the story, and Esc ends it",
    arguments: ["20x8", "80x24", "200x40", "1x1"])
  func zen(size: String) throws {
    let desk = try Desk(notes)
    desk.press("@\(size) Enter")
    let normal = desk.frame
    desk.press("zz")
    expectFits(desk.frame, desk.size)
    if desk.size.rows > 4 { #expect(!desk.screen.contains("Unread") && desk.frame != normal) }
    desk.press("/harbour Enter n 2< zz")
    expectFits(desk.frame, desk.size)
    desk.press("zz Esc Esc")
    expectFits(desk.frame, desk.size)
  }

  @Test("Text from right to left is left to terminals that put it in order")
  func bidi() throws {
    let notes = "# שלום עולם\n\nשלום עולם.\n"
    func screen(_ bidi: Preferences.Bidi) throws -> String {
      var preferences = Preferences()
      preferences.bidi = bidi
      return try Desk(notes, preferences: preferences).press("@40x12 Enter").screen
    }
    #expect(try screen(.auto).contains(".םלוע םולש"))
    #expect(try screen(.on).contains(".םלוע םולש"))
    #expect(try screen(.off).contains("שלום עולם."))
  }

  /// A story whose parts run from right to left.
  private static let hebrew = """
    # הגשר

    פסקה אחת.

    ## אחרי השיטפון

    פסקה שנייה.

    @ רות

    מי יבנה אותו?

    @@ דוד

    העירייה, בקיץ.

    @@ ruth's sister

    And the harbour pays.
    """

  @Test("What a list of parts, the status line and a message name is put in order as well")
  func bidiNames() throws {
    let desk = try Desk(Self.hebrew)
    desk.press("Enter O")
    #expect(desk.lines.contains { $0.contains("ןופטישה ירחא") }, "\(desk.screen)")
    #expect(desk.lines.contains { $0.contains("?ותוא הנבי ימ :תור") }, "\(desk.screen)")
    expectFits(desk.frame, desk.size)
    desk.press("Esc ]]")
    #expect(desk.status.contains("ןופטישה ירחא ■"), "\(desk.status)")
    desk.press("/ \"אבגד\"")
    desk.press("Enter")
    #expect(desk.status.contains("“דגבא” is not in this story"), "\(desk.status)")
  }

  @Test("The one-line head of a comment stands in order, author and words each for themselves")
  func bidiHeads() throws {
    let desk = try Desk(Self.hebrew)
    desk.press("Enter & \"בקיץ\" Enter")
    #expect(desk.lines.contains { $0.contains("▎ תור: ?ותוא הנבי ימ") }, "\(desk.screen)")
    #expect(desk.lines.contains { $0.contains(".ץיקב ,הייריעה") }, "\(desk.screen)")
    var preferences = Preferences()
    preferences.bidi = .off
    let written = try Desk(Self.hebrew, preferences: preferences)
    written.press("Enter & \"בקיץ\" Enter")
    #expect(written.lines.contains { $0.contains("▎ רות: מי יבנה אותו?") }, "\(written.screen)")
  }
}
