import App
import Display
import Storage
import Stories
import TestSupport
import Testing

/// The search of everything, and the way to a hit.
@Suite struct SearchEverythingTests {
  private static let notes = """
    # Night train
    source: Slow Lines

    Nothing of note stands here at all.

    A kittiwake was seen from the window, said the guard.

    @ one

    First.

    @@ two

    Second, with a lighthouse in it.

    # Lighthouse keepers
    source: The Post
    address: https://example.org/light

    Short.
    """

  @Test("a hit opens where its words stand, unfolding the thread, and q goes back")
  func hit() throws {
    let desk = try Desk(Self.notes)
    desk.press("@80x12 S \"guard\" Enter")
    #expect(desk.screen.contains("Search everything") && desk.screen.contains("said the guard"))
    desk.press("Enter")
    #expect(desk.screen.contains("kittiwake") && desk.status.contains("1/1"))
    desk.press("zM q")
    #expect(desk.screen.contains("Search everything"))
    desk.press("S ^U \"lighthouse in:comments\" Enter Enter")
    #expect(desk.screen.contains("with a lighthouse"))
    desk.press("q q")
    #expect(desk.screen.contains("Unread"))
  }

  @Test("the best hit is first, and J goes to the next hit")
  func rank() throws {
    let desk = try Desk(Self.notes)
    desk.press("S \"lighthouse\" Enter")
    #expect(desk.lines[1].contains("Lighthouse keepers"))
    desk.press("Enter J")
    #expect(desk.screen.contains("Night train") && desk.screen.contains("with a lighthouse"))
    desk.press("J")
    #expect(desk.status.contains("last hit"))
  }

  @Test("the address of a hit is copied and opened as that of a story of the list")
  func address() throws {
    let desk = try Desk(Self.notes)
    desk.press("S \"lighthouse\" Enter y")
    #expect(desk.effects == [.copy("https://example.org/light")], "\(desk.status)")
    desk.press("o")
    #expect(desk.effects == [.openLink("https://example.org/light")], "\(desk.status)")
  }

  @Test("Esc returns to what was there before, and nothing found says what to do")
  func empty() throws {
    let desk = try Desk(Self.notes)
    desk.press("S \"zeppelin\"")
    #expect(desk.screen.contains("Nothing matches"))
    desk.press("Esc")
    #expect(!desk.screen.contains("Search everything"))
    desk.press("Enter S Esc")
    #expect(
      desk.screen.contains("by") || desk.screen.contains("Short.") || desk.screen.contains("guard"))
    desk.press("q S \"tag:x\" Enter")
    #expect(desk.screen.contains("filter with /"))
  }
}
