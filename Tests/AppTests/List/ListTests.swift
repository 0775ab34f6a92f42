import App
import Display
import Storage
import Stories
import TestSupport
import Testing

/// Moving in the list, its orders, and the sidebar beside it.
@Suite struct ListTests {
  private static let notes = (1...30).map {
    "# Story \($0)\nsource: Paper \($0 % 3)\n\nWords on the tide."
  }
  .joined(separator: "\n\n")

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

  @Test("the sidebar says that a filter narrows what the list shows of a shelf")
  func sidebarFiltered() throws {
    let desk = try Desk(Self.notes)
    desk.press("s b Enter / \"story 2\" Enter")
    #expect(desk.lines.contains { $0.hasPrefix("▌ All /story 2") }, "\(desk.screen)")
    // What is only selected in the sidebar is not what the list shows.
    desk.press("b j j")
    #expect(desk.lines.contains { $0.hasPrefix("▏ All /story 2") }, "\(desk.screen)")
    #expect(desk.lines.contains { $0.hasPrefix("▌ Starred") && !$0.contains("/story") })
    desk.press("Enter")
    #expect(desk.lines.contains { $0.hasPrefix("▌ Starred  ") }, "\(desk.screen)")
    #expect(desk.lines.contains { $0.hasPrefix("  All  ") }, "\(desk.screen)")
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
}
