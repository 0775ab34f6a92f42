import Display
import Settings
import Storage
import Testing

@testable import App

/// The `:` line over what is laid over list and story.
@Suite struct CommandLineOverlayTests {
  static let notes = CommandContextTests.notes

  nonisolated static let overlays = [
    "?", "Enter O", "Enter L", "Enter F", "Ma g'", "T", ": \"add pages\" Enter gJ",
    ": \"add pages\" Enter gJ Enter",
  ]

  @Test(": opens the line over every overlay, and Esc leaves only the line", arguments: overlays)
  func opens(keys: String) throws {
    let desk = try Desk(Self.notes)
    desk.press(keys)
    let before = desk.body
    desk.press(": \"und\"")
    #expect(desk.status.hasPrefix(":und"), "\(desk.screen)")
    desk.press("Esc")
    #expect(desk.body == before && desk.reader.workspace.overlays.all.count > 0)
    // In the help itself its key closes it.
    desk.press(keys == "?" ? "@80x100" : "@80x100 F1")
    #expect(desk.lines.contains { $0.contains("  :  ") && $0.contains("command by name") })
  }

  @Test("What is for the list or the story is done there, and what covers them is left")
  func leaves() throws {
    for keys in Self.overlays {
      let desk = try Desk(Self.notes)
      desk.press("s " + keys + " : \"undo\" Enter")
      #expect(desk.status.contains("Taken back: Starred"), "\(keys): \(desk.screen)")
      #expect(desk.reader.workspace.overlays.isEmpty, "\(keys)")
    }
    let desk = try Desk(Self.notes)
    desk.press("? : \"filter two\" Enter")
    #expect(desk.screen.contains("/two 1"), "\(desk.screen)")
    desk.press("? : \"sort-by-source\" Enter")
    #expect(desk.status.contains("Sorted by source"), "\(desk.screen)")
    desk.press("Esc Enter : \"outline\" Enter : \"search text\" Enter")
    #expect(desk.reader.workspace.overlays.isEmpty, "\(desk.screen)")
    #expect(desk.reader.workspace.story?.view.hits.typed == "text", "\(desk.screen)")
  }

  @Test("What the overlay knows itself is done in it, and settings leave it open")
  func stays() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"add pages\" Enter gJ : \"add others\" Enter")
    #expect(desk.screen.contains("Jobs 1 of 2"), "\(desk.screen)")
    desk.press(": \"down\" Enter")
    #expect(desk.screen.contains("Jobs 2 of 2"), "\(desk.screen)")
    desk.press(": \"set column 50\" Enter")
    #expect(desk.screen.contains("Jobs 2 of 2"), "\(desk.screen)")
    #expect(desk.reader.preferences.column == 50)
    desk.press(": \"nonsense\" Enter")
    #expect(desk.screen.contains("Jobs 2 of 2") && desk.status.contains("no command “nonsense”"))
    desk.press(": \"q\" Enter")
    #expect(desk.reader.workspace.overlays.isEmpty && !desk.reader.isFinished)
  }

  @Test("A theme that was only tried is taken back by a command that leaves the list of themes")
  func themes() throws {
    let desk = try Desk(Self.notes)
    desk.press("T gg : \"show-unread\" Enter")
    #expect(desk.effects.contains(.useTheme(desk.reader.preferences.theme)), "\(desk.effects)")
    desk.press("T G : \"theme paper\" Enter")
    #expect(desk.effects.last == .useTheme("paper"), "\(desk.effects)")
    #expect(desk.reader.preferences.theme == "paper" && desk.reader.workspace.overlays.isEmpty)
  }

  @Test("Letters over links give way to the line; letters of a mark say what they wait for")
  func letters() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter f :")
    #expect(desk.status.hasPrefix(":") && desk.reader.workspace.overlays.isEmpty, "\(desk.screen)")
    desk.press("Esc M :")
    #expect(desk.status.contains(": names no mark"), "\(desk.status)")
  }

  // MARK: - Before what cannot be taken back

  @Test("What would be lost for good is asked for first, and only y does it")
  func purge() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"purge\" Enter")
    #expect(desk.status.contains("No story is deleted"), "\(desk.status)")
    desk.press("D : \"purge\" Enter")
    #expect(desk.status.contains("Take 1 deleted story out for good? · y takes it out, n keeps it"))
    for key in ["j", "Enter", "D", "Q"] { desk.press(key) }
    #expect(desk.status.contains("Take 1 deleted story") && !desk.reader.isFinished)
    for no in ["n", "Esc", "q", "^C"] {
      desk.press(no)
      #expect(desk.status.contains("Nothing was taken out"), "\(no): \(desk.status)")
      #expect(try desk.library.lists.counts().deleted == 1)
      desk.press(": \"purge\" Enter")
    }
    desk.press("y")
    #expect(desk.status.contains("1 deleted story taken out for good"), "\(desk.status)")
    #expect(try desk.library.lists.counts().deleted == 0)
  }
}
