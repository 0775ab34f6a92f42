import App
import Display
import Storage
import Stories
import TestSupport
import Testing

/// What is done to stories in the list: choosing, marking, deleting, and taking it back.
@Suite struct ListTests {
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

  @Test("H and L go to the ends of the screen, with a count so many from them, M to its middle")
  func window() throws {
    func chosen(_ desk: Desk) -> Int? { desk.lines.firstIndex { $0.hasPrefix("▌") } }
    let desk = try Desk(Self.notes)
    desk.press("@80x24 20j H")
    #expect(chosen(desk) == 1, "\(desk.screen)")
    let first = desk.lines[1].dropFirst()
    desk.press("L")
    #expect(chosen(desk) == 21, "\(desk.screen)")
    desk.press("3L")
    #expect(chosen(desk) == 17)
    desk.press("2H")
    #expect(chosen(desk) == 3)
    desk.press("gM")
    #expect(chosen(desk) == 11)
    desk.press("99H")
    #expect(chosen(desk) == 21)
    #expect(desk.lines[1].dropFirst() == first, "nothing scrolls")
    desk.press("/ \"zzz\" Enter H L")
    #expect(desk.screen.contains("Nothing matches"))
    for key in ["j", "k", "Space", "J"] {
      desk.press(key)
      #expect(desk.status.contains("There is no story to go to"), "\(key) \(desk.status)")
    }
    desk.press("Esc gg : \"set preset vim\" Enter M")
    #expect(chosen(desk) == 11, "\(desk.screen)")
    desk.press("gM a")
    #expect(desk.status.contains("Mark a is here"), "\(desk.status)")
  }

  @Test("far ways lead to the very story, and how far down it is stays known")
  func far() throws {
    let notes = (1...1300).map { "# Story \($0)\n\nWords on the tide." }
    let desk = try Desk(notes.joined(separator: "\n\n"))
    func isAt(_ number: Int) -> Bool {
      desk.status.contains(" \(number) of 1300 ")
        && desk.screen.contains("▌● Story \(number)\n")
    }
    for (keys, number) in [
      ("1000j", 1001), ("700k", 301), ("50%", 650), ("j", 651), ("1200G", 1200), ("k", 1199),
      ("gg", 1), ("99999999999999999999j", 1300), ("999999k", 1), ("600G 600j", 1200), ("30%", 390),
    ] {
      desk.press(keys)
      #expect(isAt(number), "\(keys): \(desk.screen)")
    }
    desk.press("gg 1299v")
    #expect(desk.screen.contains("1299 chosen"))
    desk.press("m")
    #expect(try desk.library.lists.counts().unread == 1)
    desk.press("Esc gg Tab")
    #expect(isAt(1300))
    desk.press("m gg Tab")
    #expect(desk.status.contains("No unread story below"))
    desk.press("* m Esc gg 1000 Tab")
    #expect(isAt(1001), "\(desk.screen)")
    desk.press("900 [u")
    #expect(isAt(101), "\(desk.screen)")
    desk.press("999999 Tab")
    #expect(desk.screen.contains("▌● Story 1300\n"), "\(desk.screen)")
    #expect(desk.status.contains("No unread story below"))
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
    desk.press("ga D : \"purge\" Enter u")
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

  @Test(
    "each order has a key, and the same key turns it round", arguments: ["zd", "zs", "zl", "zc"])
  func orders(key: String) throws {
    let desk = try Desk(Self.notes)
    func titles() -> [String] {
      desk.press("gg")
      var titles: [String] = []
      for _ in 0..<30 {
        let line = desk.lines.first { $0.hasPrefix("▌●") } ?? ""
        titles.append(line)
        desk.press("j")
      }
      return titles
    }
    if key != "zd" { desk.press(key) }
    let down = titles()
    desk.press(key)
    #expect(Set(down).count == 30)
    #expect(titles() == down.reversed())
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

  @Test("after sorting, undo and a jump the position in the list is still told")
  func position() throws {
    let notes = (1...301).map {
      "# Story \($0)\nsource: Paper \($0 % 3)\n\n\(String(repeating: "Word ", count: $0))"
    }
    let desk = try Desk(notes.joined(separator: "\n\n"))
    desk.press("150j zl")
    #expect(desk.status.contains("151 of 301"), "\(desk.status)")
    desk.press("zd")
    #expect(desk.status.contains("151 of 301"), "\(desk.status)")
    // Read stories stay in the list of unread ones, and count.
    desk.press("gu m 3j m 180j m D u")
    #expect(desk.status.contains("184 of 301"), "\(desk.status)")
    #expect(desk.lines.contains { $0.hasPrefix("▌·") && $0.contains("Story 184 ") })
    desk.press("G")
    #expect(desk.status.contains("301 of 301"), "\(desk.status)")
  }

  @Test("the sidebar marks the shelf that the list shows, however it was gone to")
  func sidebarFollows() throws {
    let desk = try Desk(Self.notes)
    desk.press("s b Enter gs")
    #expect(desk.lines.contains { $0.hasPrefix("▌ Starred") }, "\(desk.screen)")
    desk.press("gu b j")
    #expect(desk.lines.contains { $0.hasPrefix("▌ Starred") }, "\(desk.screen)")
  }

  @Test("an order that was chosen holds on other shelves, save those that have one of their own")
  func lastingOrder() throws {
    let desk = try Desk(Self.notes)
    desk.press("zs zs gu")
    #expect(desk.lines[0].contains("by source, from Z"), "\(desk.lines[0])")
    desk.press("gc")
    #expect(!desk.lines[0].contains("by "), "\(desk.lines[0])")
    desk.press("ga / \"tide\" Enter zr")
    #expect(desk.lines[0].contains("by rank"))
    desk.press("gu")
    #expect(desk.lines[0].contains("by source, from Z"), "\(desk.lines[0])")
    desk.press("zd")
    #expect(!desk.lines[0].contains("by "), "\(desk.lines[0])")
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
}
