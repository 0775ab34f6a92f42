import App
import Display
import Queries
import Settings
import Storage
import TestSupport
import Testing

/// What bad input gets while somebody reads: a sentence, and nothing lost or stuck.
@Suite struct ReaderInputTests {
  private static let notes = """
    # One

    Some text (with brackets) of one.

    ## Part

    More text.

    @ asker

    What now?

    # Two

    Text of two.
    """

  @Test("A pattern that is none is looked for as it stands")
  func noPattern() throws {
    let desk = try Desk(Self.notes)
    for typed in ["(with", "brackets)", "[", "*", "a{", "\\", "(?<"] {
      desk.press("Enter / \"\(typed)\" Enter")
      #expect(!desk.status.contains("too much work"), "\(typed): \(desk.status)")
      desk.press("Esc")
    }
    desk.press("Enter / \"(with\"")
    #expect(desk.status.contains("1/1"), "\(desk.status)")
  }

  @Test("A pattern without end is stopped in words, and Esc goes back to where one was")
  func endless() throws {
    let text = Array(repeating: String(repeating: "a", count: 60) + "!", count: 400)
    let desk = try Desk("# Long\n\n" + text.joined(separator: "\n\n"))
    desk.press("Enter 40%")
    let before = desk.body
    desk.press("/ \"(a+)+$\"")
    #expect(desk.status.contains("too much work"), "\(desk.status)")
    desk.press("Esc")
    #expect(desk.body == before)
  }

  @Test(
    "What is laid over the screen leaves a small one whole, with the line that is looked at",
    arguments: [(1, 1), (4, 2), (10, 3), (20, 4), (20, 5), (30, 6)])
  func small(columns: Int, rows: Int) throws {
    for keys in [
      ": \"s\" Tab Tab", ": \"set the\" Tab", "g @pause", "Enter z @pause", "Enter ] @pause",
      "' @pause", "/ \"words>x source: (\"", "T j", "Enter O / \"a\"", "M a g' j", "F1", "S \"te\"",
      "t \"x\" Tab", "z q", "b j",
    ] {
      let desk = try Desk(Self.notes)
      desk.press("@\(columns)x\(rows)")
      for key in keys.split(separator: " ") {
        desk.press(String(key))
        expectFits(desk.frame, desk.size, keys)
      }
      desk.press("Esc Esc Esc @80x24")
      #expect(desk.screen.contains("One"), "\(keys) \(desk.screen)")
    }
  }

  @Test("Long messages leave the line that is looked at, at either end of the screen")
  func messages() throws {
    let desk = try Desk(Self.notes)
    let words = String(repeating: "many words ", count: 30)
    // The last story stands where the message would.
    for keys in ["gg", "G"] {
      desk.press("@40x6 \(keys)")
      _ = desk.reader.receive(.failed(words))
      let frame = desk.frame
      #expect(frame.lines[frame.cursor.row].text.contains("▌"), "\(frame)")
      #expect(frame.description.contains("many words"))
      expectFits(frame, desk.size)
      desk.press("z Esc")
    }
  }

  /// A desk whose open story another Courant has taken out of the library.
  private func deskWithDeletedStory(isPurged: Bool) throws -> Desk {
    let desk = try Desk(Self.notes)
    let other = try Library(path: desk.folder["library.sqlite"])
    desk.press("Enter")
    _ = try other.changes.make([(.deleted, true)], of: [desk.headlines[0].id])
    if isPurged { try other.changes.purge() }
    return desk
  }

  @Test(
    "What would change a story that another Courant took out while it was open says that it is gone",
    arguments: ["m", "s", "t \"sea\" Enter", "D", "M a"])
  func changingDeleted(keys: String) throws {
    for isPurged in [false, true] {
      let desk = try deskWithDeletedStory(isPurged: isPurged)
      desk.press(keys)
      #expect(desk.status.contains("That story is no longer in the library"), "\(desk.status)")
      #expect(desk.status.contains("gd shows deleted ones") != isPurged, "\(desk.status)")
      #expect(try desk.library.lists.tags().isEmpty && desk.library.user.placeMarks().isEmpty)
    }
  }

  @Test(
    "A story that another Courant took out while it was open can be read on, and left",
    arguments: [
      "m", "t \"sea\" Enter", "D", "O j Enter", "^O", "y", "o", "c za",
      "/ \"text\" Enter",
      "J", "K", "q Enter", "u", "40% q",
    ])
  func deletedWhileOpen(keys: String) throws {
    for isPurged in [false, true] {
      let desk = try deskWithDeletedStory(isPurged: isPurged)
      desk.press(keys)
      expectFits(desk.frame, desk.size)
      #expect(!desk.reader.isFinished)
      desk.press("Esc Esc Esc gg")
      #expect(desk.screen.contains("Two"), "\(keys): \(desk.screen)")
      #expect(try desk.library.lists.headlines(.all, limit: 9).map(\.title) == ["Two"])
      #expect(try desk.library.care.check() == [])
    }
  }

  @Test("Beside a story that another Courant took out, the next one is that which took its place")
  func neighboursOfDeleted() throws {
    let notes = ["One", "Two", "Three", "Four"].enumerated().map { index, title in
      "# \(title)\ndate: 2024-05-\(16 - index)\n\nText of \(title).\n"
    }.joined(separator: "\n")
    let cases = [
      ("j Enter", "j J", "Text of Three."), ("j Enter", "2J", "Text of Four."),
      ("j Enter", "K", "Text of One."), ("Enter", "J", "Text of Two."),
      ("Enter", "K", "first story"), ("G Enter", "J", "last story"),
      ("G Enter", "K", "Text of Three."), ("G Enter", "2K", "Text of Two."),
    ]
    for (before, after, words) in cases {
      let desk = try Desk(notes)
      let other = try Library(path: desk.folder["library.sqlite"])
      desk.press(before)
      let open = desk.headlines.first { desk.screen.contains("Text of \($0.title).") }
      _ = try other.changes.make([(.deleted, true)], of: [try #require(open?.id)])
      desk.press(after)
      #expect(desk.screen.contains(words), "\(before) \(after): \(desk.screen)")
    }
  }
}
