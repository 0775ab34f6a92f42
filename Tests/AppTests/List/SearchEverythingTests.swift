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

  @Test("q q leads from a hit that was opened back to the row where the search began")
  func backToRow() throws {
    let more = (1...40).map { "# Story \($0)\n\nWords on the tide." }.joined(separator: "\n\n")
    let desk = try Desk(more + "\n\n" + Self.notes)
    for size in ["40x12", "80x24", "120x40"] {
      desk.press("@\(size) gg 20j")
      let before = desk.body
      desk.press("S \"guard\" Enter Enter")
      #expect(desk.screen.contains("said the guard"), "\(desk.screen)")
      desk.press("q")
      #expect(desk.screen.contains("Search everything"), "\(desk.screen)")
      desk.press("q")
      #expect(desk.lines[desk.frame.cursor.row].contains("Story 21"), "\(desk.screen)")
      // The head counts the story that was opened as read; beside the list it stands now.
      if desk.size.columns < 100 { #expect(desk.body.dropFirst() == before.dropFirst()) }
    }
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

  @Test("Where nothing is found, only what can be done is offered, and keys that move say why not")
  func emptyHint() throws {
    let desk = try Desk(Self.notes)
    desk.press("S \"zeppelin\" Enter")
    #expect(!desk.status.contains("opens"), "\(desk.status)")
    #expect(desk.status.contains("/ searches again · q to the list"), "\(desk.status)")
    for key in ["j", "k", "G", "gg", "Space", "J", "K"] {
      desk.press("g Esc \(key)")
      #expect(desk.status.contains("There is no story to go to"), "\(key): \(desk.status)")
    }
  }

  @Test("A step beyond the last hit or the first one says so, as in the list")
  func ends() throws {
    let desk = try Desk(Self.notes)
    desk.press("S \"lighthouse\" Enter k")
    #expect(desk.status.contains("The first story"), "\(desk.status)")
    desk.press("j")
    #expect(!desk.status.contains("The last"), "\(desk.status)")
    for key in ["j", "J", "Space"] {
      desk.press("g Esc \(key)")
      #expect(desk.status.contains("The last story"), "\(key): \(desk.status)")
    }
  }
}
