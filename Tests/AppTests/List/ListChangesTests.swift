import App
import Display
import Storage
import Stories
import TestSupport
import Testing

/// What is done to stories in the list: choosing, marking, deleting, and taking it back.
@Suite struct ListChangesTests {
  private static let notes = (1...30).map {
    "# Story \($0)\nsource: Paper \($0 % 3)\n\nWords on the tide."
  }
  .joined(separator: "\n\n")

  private func marked(_ desk: Desk, _ holds: (Headline) -> Bool) -> Int {
    desk.headlines.count(where: holds)
  }

  @Test("a change of many stories is one step to take back, in a later run too")
  func many() throws {
    let desk = try Desk(Self.notes)
    desk.press("* s")
    #expect(marked(desk, \.isStarred) == 30)
    #expect(desk.status.contains("30 stories starred"))
    desk.press("Esc jj v v V A")
    #expect(marked(desk, \.isRead) == 30)
    let later = Desk.reader(desk.library)
    _ = later.frame(in: desk.size)
    _ = later.press(.character("u"))
    #expect(marked(desk, \.isRead) == 0)
    _ = later.press(.character("u"))
    #expect(marked(desk, \.isStarred) == 0)
    _ = later.press(.character("u"))
    #expect(later.frame(in: desk.size).lines.last?.text.contains("Nothing to take back") == true)
    _ = later.press(.character("U"))
    #expect(marked(desk, \.isStarred) == 30)
  }

  @Test("a range is chosen from the story chosen last to the selected one")
  func range() throws {
    let desk = try Desk(Self.notes)
    desk.press("4j v 5j V m")
    #expect(marked(desk, \.isRead) == 7)
    desk.press("m")
    #expect(marked(desk, \.isRead) == 0)
    desk.press("Esc 3v")
    #expect(desk.screen.contains("3 chosen"))
    desk.press("Esc")
    #expect(!desk.screen.contains("chosen ·"))
  }

  @Test("a mixed choice is set first, and cleared once all have it")
  func mixed() throws {
    let desk = try Desk(Self.notes)
    desk.press("s k * s")
    #expect(marked(desk, \.isStarred) == 30)
    desk.press("s")
    #expect(marked(desk, \.isStarred) == 0)
    desk.press("u u")
    #expect(marked(desk, \.isStarred) == 1)
  }

  @Test("a deleted story goes from the list, and undo goes back to it")
  func delete() throws {
    let desk = try Desk(Self.notes)
    let third = desk.headlines[2]
    desk.press("jj D")
    #expect(desk.status.contains("Deleted") && desk.headlines.count == 29)
    desk.press("G u")
    #expect(desk.headlines.count == 30)
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains(third.title) })
    desk.press("Enter D")
    #expect(desk.headlines.count == 29 && desk.status.contains("Deleted"))
    desk.press("gd")
    #expect(desk.screen.contains("Deleted 1") && desk.screen.contains(third.title))
    desk.press("Enter")
    #expect(desk.status.contains("brings it back"))
    desk.press("D")
    #expect(desk.headlines.count == 30 && desk.screen.contains("No story is deleted"))
    desk.press("ga D : \"purge\" Enter y u")
    #expect(desk.headlines.count == 29)
  }

  @Test("undo and redo have a key in a story as well")
  func inStory() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter s g-")
    #expect(marked(desk, \.isStarred) == 0 && desk.status.contains("Taken back: Starred"))
    desk.press("g+")
    #expect(marked(desk, \.isStarred) == 1)
  }

  @Test("tags are edited as a line, for one story and for many")
  func tags() throws {
    let desk = try Desk(Self.notes)
    desk.press("t \"sea, Long  reads\" Enter")
    #expect(try desk.library.user.tags(of: desk.headlines[0].id) == ["sea", "Long reads"])
    desk.press("j t \"long reads\" Enter")
    #expect(try desk.library.user.tags(of: desk.headlines[1].id) == ["Long reads"])
    desk.press("k 2v t")
    #expect(desk.status.contains("Tags: Long reads, "))
    desk.press("^U \"new\" Enter")
    #expect(try desk.library.user.tags(of: desk.headlines[0].id) == ["sea", "new"])
    #expect(try desk.library.user.tags(of: desk.headlines[1].id) == ["new"])
    desk.press("u")
    #expect(try desk.library.user.tags(of: desk.headlines[1].id) == ["Long reads"])
    desk.press("t ^U \"s\" Tab Enter")
    #expect(try desk.library.user.tags(of: desk.headlines[1].id).contains("sea"))
    desk.press("t \"\(String(repeating: "long", count: 20))\" Enter")
    #expect(desk.screen.contains("a tag has 60 letters at most"), "\(desk.screen)")
    desk.press("/ \"tag:sea\" Enter")
    #expect(desk.screen.contains("2 of 2") || desk.screen.contains("1 of 2"))
  }

  @Test("a count before a change is of so many stories, and before undo of so many changes")
  func counts() throws {
    let desk = try Desk(Self.notes)
    desk.press("j 3m")
    #expect(marked(desk, \.isRead) == 3 && desk.headlines[1].isRead && desk.headlines[3].isRead)
    desk.press("2s 40D")
    #expect(desk.headlines.count == 1, "as many as there are")
    desk.press("2u")
    #expect(desk.headlines.count == 30 && marked(desk, \.isStarred) == 0)
    #expect(desk.status.contains("2 changes taken back, the last: 2 stories starred"))
    desk.press("9u")
    #expect(marked(desk, \.isRead) == 0)
    #expect(desk.status.contains("Taken back: 3 stories marked read"), "\(desk.status)")
    desk.press("3U")
    #expect(desk.headlines.count == 1 && desk.status.contains("3 changes done again, the last"))
    desk.press("u gg 3]u")
    #expect(desk.status.contains("7 of 30"), "\(desk.status)")
    desk.press("S \"tide\" Enter gg 2s")
    #expect(marked(desk, \.isStarred) == 4, "\(desk.screen)")
  }

  @Test("chosen stories that a filter hides are told of, since what is done is done to them too")
  func hiddenChoice() throws {
    let desk = try Desk(Self.notes)
    desk.press("v v / \"source:2\" Enter *")
    #expect(desk.status.contains("11 stories chosen, 1 of them not in this list"))
    desk.press("Esc Esc : \"choose source:0\" Enter")
    #expect(desk.status.contains("10 stories chosen · Esc lets go"), "\(desk.status)")
    desk.press("gs : \"choose source:0\" Enter")
    #expect(desk.status.contains("10 stories chosen, 10 of them not in this list"))
  }

  @Test("a story that another Courant deleted is gone with a sentence, and nothing is stuck")
  func twoCourants() throws {
    let desk = try Desk(Self.notes)
    let other = try Library(path: desk.folder["library.sqlite"])
    let (first, second) = (desk.headlines[0], desk.headlines[1])
    _ = try other.changes.make([(.deleted, true)], of: [first.id])
    desk.press("m")
    #expect(try other.lists.headline(second.id)?.isRead == true)
    desk.press("Enter")
    _ = try other.changes.make([(.deleted, true)], of: [second.id])
    desk.press("s")
    #expect(desk.status.contains("no longer in the library · gd shows deleted ones"))
    desk.press("d q j Enter q")
    #expect(desk.headlines.count == 28)
    desk.press("S \"tide\" Enter")
    _ = try other.changes.make([(.deleted, true)], of: desk.headlines.map(\.id))
    desk.press("Enter j q")
    #expect(desk.screen.contains("No stories yet") || desk.screen.contains("deleted"))
  }

  @Test("a library that is open for reading only says so, whatever is asked of it")
  func readOnly() throws {
    let desk = try Desk(Self.notes)
    let library = try Library(path: desk.folder["library.sqlite"], mode: .readOnly)
    let reader = Desk.reader(library)
    for keys in ["m", "s", "D", "u", "U", "A", "tx\r", "*m", "/tide\rgwName\r"] {
      for character in keys {
        _ = reader.press(character == "\r" ? .enter : .character(character))
      }
      let frame = reader.frame(in: Size(columns: 200, rows: 24))
      #expect(frame.description.contains("open for reading only"), "\(keys)")
      _ = reader.press(.escape)
    }
    #expect(desk.headlines.allSatisfy { !$0.isRead && !$0.isStarred })
  }

  @Test("After a deletion the one below is selected, also below read stories kept in their places")
  func deleteBelowKept() throws {
    let desk = try Desk(
      (1...8).map { "# Story \($0)\ndate: 2024-05-1\(8 - $0)\n\nText." }.joined(separator: "\n\n"))
    desk.press("gu m j m j m j D")
    let selected = desk.lines.first { $0.hasPrefix("▌") }
    #expect(selected?.contains("Story 5") == true, "\(desk.screen)")
  }

  @Test("A deleted story is offered to be brought back, not to be opened")
  func deletedHint() throws {
    let desk = try Desk("# One\n\nText.\n\n# Two\n\nText.")
    desk.press("D gd")
    #expect(!desk.screen.contains("opens"), "\(desk.screen)")
    #expect(desk.status.contains("D brings back"), "\(desk.status)")
    desk.press("@130x20 gd")
    #expect(!desk.screen.contains("opens"), "\(desk.screen)")
    #expect(desk.screen.contains("D brings the story back"), "\(desk.screen)")
    desk.press("ga")
    #expect(desk.screen.contains("Enter opens the story"), "\(desk.screen)")
  }

  @Test("Undo of a deletion selects the first story that is back, be it one or several")
  func undoneDeletion() throws {
    let desk = try Desk(Self.notes)
    desk.press("10j D u")
    #expect(desk.status.contains("Taken back: Deleted · “Story"), "\(desk.status)")
    #expect(desk.screen.contains("▌"), "\(desk.screen)")
    let one = try Desk(Self.notes).press("5j 3D 20j u")
    #expect(one.status.contains("6 of 30"), "\(one.screen)")
    #expect(one.lines[one.frame.cursor.row].contains("Story 6"), "\(one.screen)")
  }

  @Test("Several tags that are taken back are named in the order in which they were given")
  func undoneTags() throws {
    let desk = try Desk(Self.notes)
    desk.press("t \"foo, bar\" Enter")
    let given = desk.status
    #expect(given.contains("Tagged foo, tagged bar"), "\(given)")
    desk.press("u")
    #expect(desk.status.contains("Taken back: Tagged foo, tagged bar"), "\(desk.status)")
  }

  @Test("What an import brought back is not deleted again by redo")
  func redoOfRestored() throws {
    let desk = try Desk("# One\naddress: https://example.org/1\n\nText.")
    let id = try #require(desk.headlines.first?.id)
    let page = try #require(try desk.library.stories.story(id))
    desk.press("D")
    try desk.library.stories.add(page, original: nil, parserVersion: 1, source: "Paper 1")
    _ = desk.reader.receive(.libraryChanged)
    desk.press("u")
    #expect(
      desk.status.contains("Cannot be taken back: an import brought back what was deleted"),
      "\(desk.status)")
    desk.press("u U")
    #expect(desk.status.contains("Nothing to do again"), "\(desk.status)")
    #expect(desk.headlines.count == 1)
  }

  @Test("Sorting by rank without words sorts by date, and so is the next list")
  func rankWithoutWords() throws {
    let desk = try Desk(Self.notes)
    desk.press("zc zr gu")
    #expect(!desk.screen.contains("by comments"), "\(desk.screen)")
    desk.press("ga")
    #expect(!desk.screen.contains("by comments"), "\(desk.screen)")
    desk.press("zc gu")
    #expect(desk.screen.contains("by comments"), "\(desk.screen)")
  }
}
