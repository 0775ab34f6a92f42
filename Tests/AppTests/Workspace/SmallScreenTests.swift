import App
import Display
import Testing

/// What is said on small screens: in whole words, in one place, and not over what is typed.
@Suite struct SmallScreenTests {
  static let notes = """
    # The ferry and the very long winter
    address: https://a.example/1
    source: Harbour News
    date: 2024-05-16
    progress: 0.4
    read: yes

    One line of a text about a ferry.

    Another line, about the winter.

    @ first reader, 2024-05-16

    Words of the first reader, quite a few of them for a narrow screen.

    @@ second reader, 2024-05-16

    An answer to the first reader.

    @@@ third reader, 2024-05-16

    An answer to the second reader.

    # The lamp
    source: Harbour News
    date: 2024-05-15

    A text about a lamp.

    """

  @Test("A message that would cover what is looked at stands at the top as a whole")
  func messageAbove() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter c ) ) ) zM @20x8")
    let first = try #require(desk.lines.firstIndex { $0.contains("level shown") })
    #expect(first == 0, "\(desk.screen)")
    let words = desk.lines[first...].prefix(2).joined().split(separator: " ").joined(separator: " ")
    #expect(words.contains("1 level shown · 2 comments hidden"), "\(desk.screen)")
    #expect(!desk.status.contains("hidden"))
    expectFits(desk.frame, desk.size)
  }

  @Test(
    "Of a message that has no room the beginning is read, and a mark tells that it goes on",
    arguments: ["@20x6 gg", "@20x6 G", "@12x4 gg", "@30x5 G", "@40x3 G"])
  func messageBegins(keys: String) throws {
    let desk = try Desk(Self.notes)
    desk.press(keys)
    let words = (1...60).map { "w\($0)" }
    _ = desk.reader.receive(.failed(words.joined(separator: " ")))
    let shown = desk.lines.filter { $0.contains("w1") || $0.contains(" w") }
    let read = shown.joined(separator: " ").split(separator: " ").filter { $0.hasPrefix("w") }
    #expect(!read.isEmpty && shown.first?.hasPrefix(" ! w1") == true, "\(desk.screen)")
    #expect(read.dropLast().elementsEqual(words.prefix(read.count - 1), by: ==), "\(desk.screen)")
    #expect(shown.last?.contains("…") == true, "\(desk.screen)")
  }

  @Test("A message that is too long for four lines ends in a mark of that")
  func messageCut() throws {
    let desk = try Desk(Self.notes)
    desk.press("@20x20")
    _ = desk.reader.receive(.notice(String(repeating: "many words ", count: 40)))
    #expect(desk.status.hasSuffix("…") || desk.status.contains("… "), "\(desk.screen)")
  }

  @Test("What is typed is seen on a narrow screen, with the number of what it finds")
  func prompt() throws {
    let desk = try Desk(Self.notes)
    desk.press("@20x8 Enter c & \"author:third\"")
    #expect(desk.status.hasPrefix("&author:third"), "\(desk.status)")
    desk.press("Esc gg / \"no such word\"")
    #expect(desk.status.hasPrefix("/no such word"), "\(desk.status)")
    desk.press("Esc q t ^U \"of the sea\"")
    #expect(desk.status.hasPrefix("Tags: of the sea"), "\(desk.status)")
  }

  @Test("Where there is no room for a fact it is left out whole")
  func facts() throws {
    let desk = try Desk(Self.notes)
    desk.press("@20x8")
    #expect(desk.lines[2].hasSuffix("yesterday"), "\(desk.screen)")
    desk.press("@32x8")
    #expect(desk.lines[2].hasSuffix("▃ 40%"), "\(desk.screen)")
    desk.press("@40x8")
    #expect(desk.lines[2].hasSuffix("▃ 40% read"), "\(desk.screen)")
    #expect(desk.status.contains("? keys") && !desk.status.contains("…"), "\(desk.status)")
  }

  @Test("In the sidebar the status line speaks of the sidebar")
  func sidebar() throws {
    let desk = try Desk(Self.notes)
    desk.press("b j")
    #expect(desk.status.contains("Enter shows · q closes"), "\(desk.status)")
    #expect(desk.status.contains("2 of 5"), "\(desk.status)")
  }

  @Test("The keys that may follow are shown without a status line too")
  func prefixInZen() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter zz z @pause")
    #expect(desk.screen.contains("zM fold all"), "\(desk.screen)")
    desk.press("R Esc")
    #expect(!desk.screen.contains("zM fold all"))
  }

  @Test("^G says where one is: headline, source and address, and how far down")
  func position() throws {
    let desk = try Desk(Self.notes)
    desk.press("^G")
    #expect(desk.screen.contains("“The ferry and the very long winter” · Harbour News"))
    #expect(desk.screen.contains("https://a.example/1 ·") && desk.status.hasPrefix(" story 1 of 2"))
    desk.press("Enter c ^G")
    #expect(desk.status.hasPrefix(" line 9 of "), "\(desk.screen)")
  }

  @Test("A line that is being typed does not keep one from leaving for the shell")
  func suspendWhileTyping() throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"fer\" ^Z")
    #expect(desk.effects == [.suspend])
    #expect(desk.status.hasPrefix("/fer"))
    desk.press("^L")
    #expect(desk.effects == [.redraw])
  }

  @Test("The story that was selected when a filter is typed comes back when it is shown again")
  func filterReturns() throws {
    let desk = try Desk(Self.notes)
    desk.press("G / \"text ferryx\"")
    #expect(desk.screen.contains("Nothing matches"))
    desk.press("^W")
    #expect(desk.lines[1].contains("The ferry") && desk.lines[3].hasPrefix("▌"), "\(desk.screen)")
  }

  @Test("In one line a star takes away no mark of what is unread")
  func starInOneLine() throws {
    let desk = try Desk(Self.notes)
    desk.press("gg zo s")
    #expect(desk.lines[1].hasPrefix("▌·★"), "\(desk.screen)")
    desk.press("m")
    #expect(desk.lines[1].hasPrefix("▌●★"), "\(desk.screen)")
    desk.press("v")
    #expect(desk.lines[1].hasPrefix("+●✓"), "\(desk.screen)")
  }

  @Test("In one line a story, facts stand below facts")
  func ruler() throws {
    let desk = try Desk(Self.notes)
    desk.press("@80x8 zo")
    let places = desk.lines[1...2].map { line in
      Array(line).indices.first { Array(line)[$0...].starts(with: "1 min") }
    }
    #expect(places[0] != nil && places[0] == places[1], "\(desk.screen)")
    desk.press("v")
    #expect(desk.lines[0].hasPrefix(" 1 chosen · Unread"), "\(desk.lines[0])")
  }
}
