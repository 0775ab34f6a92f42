import App
import Display
import Storage
import Stories
import TestSupport
import Testing

@Suite struct ReaderTests {
  static let long: String = {
    var notes = "# The long one\nsource: Here\n"
    for number in 1...60 {
      notes += "\nParagraph \(number) says something of its own, at a length that takes more than "
      notes += "one line of the screen, so that rows and paragraphs are not the same.\n"
    }
    return notes + "\n@ reader one\n\nHidden treasure.\n\n@@ reader two\n\nBuried needle.\n"
      + "\n# The short one\nsource: There\n\nA needle lies here.\n\n# The third\n\nLast.\n"
  }()

  // MARK: - Place

  @Test("A story opens on the sentence where it was left, at another width too")
  func placeIsKept() throws {
    let desk = try Desk(Self.long)
    desk.press("Enter 40%")
    let sentence = try #require(desk.lines.first { $0.contains("Paragraph") })
    let words = sentence.split(separator: " ").prefix(2).joined(separator: " ")
    desk.press("q")
    let other = Desk.reader(desk.library)
    _ = other.press(.enter)
    for columns in [80, 40, 100] {
      let top = other.frame(in: Size(columns: columns, rows: 24)).lines.prefix(5).map(\.text)
      #expect(top.joined().contains(words), "\(columns) columns: \(top)")
    }
  }

  @Test("Leaving in any way keeps the place")
  func leavingKeepsPlace() throws {
    for keys in ["Q", "q", "J", ""] {
      let desk = try Desk(Self.long)
      let id = try #require(desk.headlines.first?.id)
      desk.press("Enter 50% \(keys)")
      desk.reader.leave()
      let reading = try #require(try desk.library.user.reading(of: id))
      #expect(reading.place != nil && reading.progress > 0.3, "after \(keys)")
      #expect(reading.isRead)
    }
  }

  @Test("Resizing back and forth does not drift")
  func resizeDoesNotDrift() throws {
    let desk = try Desk(Self.long)
    desk.press("Enter 30%")
    let before = desk.lines.first
    for size in ["@40x10", "@33x50", "@200x50", "@21x5", "@80x24"] { desk.press(size) }
    #expect(desk.lines.first == before)
  }

  // MARK: - The list

  @Test("The selection follows its story when others arrive above it")
  func selectionIsIdentity() throws {
    let desk = try Desk(Self.long)
    desk.press("j")
    let new = PreparedStory(
      Story(title: "Fresh"), original: nil, parserVersion: 1, source: "Wire")
    _ = try desk.library.stories.add(new, now: Desk.now.seconds)
    _ = desk.reader.receive(.libraryChanged)
    let selected = desk.lines.first { $0.hasPrefix("▌") }
    #expect(selected?.contains("The short one") == true)
    #expect(desk.lines.first?.contains("All 4") == true)
  }

  @Test("What another Courant added is shown at the next key")
  func otherConnection() throws {
    let desk = try Desk(Self.long)
    let other = try Library(path: desk.folder["library.sqlite"])
    let new = PreparedStory(
      Story(title: "Fresh"), original: nil, parserVersion: 1, source: "Wire")
    _ = try other.stories.add(new, now: Desk.now.seconds)
    #expect(!desk.screen.contains("All 4"))
    desk.press("j")
    #expect(desk.screen.contains("All 4"))
  }

  @Test("A story read among the unread stays until the shelf is left")
  func readRowsStay() throws {
    let desk = try Desk(Self.long)
    desk.press("gu Enter q")
    #expect(desk.screen.contains("The long one"))
    _ = desk.reader.receive(.libraryChanged)
    #expect(desk.screen.contains("The long one"))
    desk.press("ga gu")
    #expect(!desk.screen.contains("The long one"))
  }

  @Test("Read marks and stars are taken back, step by step")
  func undo() throws {
    let desk = try Desk(Self.long)
    desk.press("m j s")
    #expect(desk.headlines[0].isRead && desk.headlines[1].isStarred)
    desk.press("u")
    #expect(!desk.headlines[1].isStarred && desk.headlines[0].isRead)
    desk.press("u")
    #expect(!desk.headlines[0].isRead)
    desk.press("u")
    #expect(desk.status.contains("Nothing to take back"))
  }

  @Test("Tab goes to the next unread story, and says when there is none")
  func nextUnread() throws {
    let desk = try Desk(Self.long)
    desk.press("j m gg Tab")
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("The third") == true)
    desk.press("Tab")
    #expect(desk.status.contains("No unread story below"))
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("The third") == true)
  }

  @Test("The filter narrows as it is typed, and Esc shows what was there before")
  func filter() throws {
    let desk = try Desk(Self.long)
    desk.press("j / \"short\"")
    #expect(!desk.screen.contains("The third"))
    #expect(desk.status.contains("1 story"))
    desk.press("Esc")
    #expect(desk.screen.contains("The third"))
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("The short one") == true)
  }

  @Test("A shelf of thousands is walked to both ends")
  func longShelf() throws {
    let desk = try Desk()
    for number in 1...3000 {
      let story = PreparedStory(
        Story(title: "Story number \(number)"), original: nil, parserVersion: 1, source: "Wire")
      _ = try desk.library.stories.add(story, now: Desk.now.seconds - Int64(number) * 60)
    }
    _ = desk.reader.receive(.libraryChanged)
    desk.press("2500j")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 2501") })
    desk.press("1200k")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 1301") })
    desk.press("G")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 3000") })
    #expect(desk.status.contains("3000 of 3000"))
    desk.press("gg")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 1 ") })
    desk.press("700G")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 700") })
    desk.press("@90x5000")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 700 ") })
    #expect(desk.frame.lines.count == 5000)
    desk.press("@80x24 50%")
    #expect(desk.lines.contains { $0.hasPrefix("▌") && $0.contains("Story number 1500") })
  }

  // MARK: - The thread

  @Test("c goes to the thread and back to where the reader was")
  func threadAndBack() throws {
    let desk = try Desk(Self.long)
    desk.press("Enter 30%")
    let before = desk.lines.first
    desk.press("c")
    #expect(desk.screen.contains("Hidden treasure"))
    desk.press("c")
    #expect(desk.lines.first == before)
  }

  @Test("]n goes to comments that came since the last visit")
  func newComments() throws {
    let notes = "# Talk\n\nText.\n\n@ early, 2024-05-01\n\nOld.\n\n@ late, 2024-05-20\n\nNew.\n"
    let desk = try Desk(notes)
    desk.press("Enter ]n")
    #expect(desk.status.contains("There is no new comment"))
    let again = Desk.reader(desk.library)
    _ = again.press(.enter)
    for key in "]n" { _ = again.press(.character(key)) }
    let line = again.frame(in: desk.size).lines.first { $0.text.contains("▸") }
    #expect(line?.text.contains("late") == true)
  }

  @Test("Folding keeps the looked-at comment where it is")
  func foldingKeepsLine() throws {
    var notes = "# Talk\n\nText.\n"
    for number in 1...40 { notes += "\n@ asker \(number)\n\nAsked.\n\n@@ answerer\n\nSaid.\n" }
    let desk = try Desk(notes)
    desk.press("Enter c 21)")
    let row = try #require(desk.lines.firstIndex { $0.contains("▸") })
    let line = desk.lines[row]
    for keys in ["zM", "zR", "z1", "za"] {
      desk.press(keys)
      #expect(desk.lines[row].contains("asker"), "\(keys): \(desk.lines[row]) for \(line)")
    }
  }

  // MARK: - Effects and news

  @Test("Links are opened and copied through the program")
  func links() throws {
    let desk = try Desk(
      "# One\naddress: https://example.org/1\n\nSee <this|https://example.org/2>.")
    desk.press("Enter o")
    #expect(desk.effects == [.openLink("https://example.org/1")])
    desk.press("Tab")
    #expect(desk.status.contains("https://example.org/2"))
    desk.press("y")
    #expect(desk.effects == [.copy("https://example.org/2")])
    desk.press("Enter")
    #expect(desk.effects == [.openLink("https://example.org/2")])
  }

  @Test("Control keys become effects")
  func controls() throws {
    let desk = try Desk(Self.long)
    desk.press("^L")
    #expect(desk.effects == [.redraw])
    desk.press("^Z")
    #expect(desk.effects == [.suspend])
    desk.press(": \"add /tmp/pages\" Enter")
    let job = Job(id: JobID(1), kind: .importTyped("/tmp/pages"))
    #expect(desk.effects.contains(.start(job)))
    desk.press("Q")
    #expect(desk.reader.isFinished)
  }

  @Test("What happened outside stands long enough to be read")
  func events() throws {
    let desk = try Desk(Self.long)
    _ = desk.reader.receive(.failed("page.html is empty"))
    #expect(desk.status.contains("! page.html is empty"))
    desk.press("j")
    #expect(desk.status.contains("page.html"), "gone before it was read")
    desk.clock.now = Timestamp(seconds: Desk.now.seconds + 5)
    desk.press("k")
    #expect(!desk.status.contains("page.html"))
  }

  @Test("A library that cannot be written is read all the same")
  func readOnly() throws {
    let desk = try Desk(Self.long)
    let library = try Library(path: desk.folder["library.sqlite"], mode: .readOnly)
    let reader = Desk.reader(library)
    _ = reader.press(.enter)
    #expect(reader.frame(in: desk.size).description.contains("Paragraph 1 says"))
    #expect(reader.title.hasPrefix("The long one"))
    _ = reader.press(.character("m"))
    #expect(reader.frame(in: desk.size).description.contains("reading only") == true)
    #expect(desk.headlines[0].isRead == false)
  }

  @Test("A story that another Courant deleted is named as gone")
  func storyIsGone() throws {
    let desk = try Desk(Self.long)
    let id = try #require(desk.headlines.first?.id)
    _ = try desk.library.stories.delete(id)
    desk.press("Enter")
    #expect(desk.status.contains("no longer in the library"))
    #expect(!desk.screen.contains("The long one"))
    desk.press("Enter")
    #expect(desk.reader.title.hasPrefix("The short one"))
    _ = try desk.library.stories.delete(desk.headlines[0].id)
    desk.press("40% q")
    #expect(!desk.reader.isFinished)
  }

  @Test("An unknown command names the nearest one")
  func unknownCommand() throws {
    let desk = try Desk(Self.long)
    desk.press(": \"togle-star\" Enter")
    #expect(desk.status.contains("did you mean toggle-star"))
  }
}
