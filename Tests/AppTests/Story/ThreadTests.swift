import App
import Display
import Storage
import Stories
import Testing

/// The thread under a story: what is folded, which comments are shown, in what order.
@Suite struct ThreadTests {
  private func desk(_ comments: Int = 60) throws -> Desk {
    let desk = try Desk()
    var posted: [PostedComment] = []
    for number in 0..<comments {
      // Branches of ten: a stem of five, each with one answer more.
      let level = number % 10
      let parent = level == 0 ? nil : level < 5 ? number - 1 : number - 5
      posted.append(
        PostedComment(
          id: "c\(number)", parent: parent.map { "c\($0)" }, author: "reader \(number % 7)",
          time: Timestamp(seconds: 1_715_000_000 - Int64(number) * 3600),
          blocks: [.paragraph([Phrase("Comment number \(number) of the \(Self.word(number)).")])]))
    }
    let story = Story(
      title: "A long discussion", blocks: [.paragraph([Phrase("What do you think?")])],
      thread: Stories.Thread(posted, count: comments, state: .open))
    try desk.library.stories.add(PreparedStory(story, original: nil, parserVersion: 1))
    _ = desk.reader.receive(.libraryChanged)
    return desk
  }

  private static func word(_ number: Int) -> String { number % 3 == 0 ? "harbour" : "market" }

  private func row(_ text: String, on desk: Desk) -> Int? {
    desk.lines.firstIndex { $0.contains(text) }
  }

  @Test("Folding anything keeps the line that is looked at where it is")
  func foldsKeepStill() throws {
    let desk = try desk().press("Enter c 11)")
    #expect(row("▸", on: desk) == 2)
    for keys in ["zM", "zR", "z2", "zr", "zm", "z9"] {
      desk.press(keys)
      #expect(row("reader 3", on: desk) == 2, "\(keys): \(desk.screen)")
    }
    // Below the end of what is left there may be nothing, but nothing is pulled down.
    desk.press("zR gg c 31) zM")
    #expect(row("▸", on: desk) == 2, "\(desk.screen)")
    desk.press("j")
    #expect(row("Comment number 30", on: desk) == 3, "\(desk.screen)")
    desk.press("k")
    #expect(row("Comment number 30", on: desk) == 4)
  }

  @Test("A branch folds from inside it, and its first comment stays on the screen")
  func branch() throws {
    let desk = try desk().press("Enter c 15) zp")
    #expect(row("Comment number 10 of", on: desk) != nil, "\(desk.screen)")
    #expect(row("9 replies hidden", on: desk) != nil)
    desk.press("zp")
    #expect(desk.status.contains("za unfolds"), "\(desk.status)")
    desk.press("za")
    #expect(row("Comment number 11 of", on: desk) != nil)
  }

  @Test("A count goes over so many siblings, parents, paragraphs and levels")
  func counts() throws {
    let desk = try desk().press("Enter c ) 3}")
    #expect(row("Comment number 30", on: desk) == 3, "\(desk.screen)")
    desk.press("2{")
    #expect(row("Comment number 10", on: desk) == 3, "\(desk.screen)")
    desk.press("9}")
    #expect(row("Comment number 50", on: desk) == 3, "\(desk.screen)")
    desk.press("4) 2p")
    #expect(row("Comment number 52", on: desk) == 3, "\(desk.screen)")
    desk.press("3zm")
    #expect(desk.status.contains("3 levels shown"), "\(desk.status)")
    desk.press("2zr")
    #expect(desk.status.contains("5 levels shown"))
    let text = try Desk("# One\n\nFirst.\n\nSecond.\n\nThird.\n\nFourth.\n\nFifth.")
    text.press("@80x6 Enter } 2}")
    #expect(text.lines[2].contains("Third."), "\(text.screen)")
  }

  @Test("What is hidden is counted, and how much of it is new")
  func hiddenCounts() throws {
    let desk = try desk().press("Enter c zM")
    #expect(desk.status.contains("1 level shown · 54 comments hidden"))
    desk.press("z2")
    #expect(desk.status.contains("2 levels shown · 42 comments hidden"), "\(desk.status)")
    desk.press("zR")
    #expect(desk.status.contains("All comments are shown"))
  }

  @Test(
    "Folding a thread without replies says that there are none",
    arguments: ["zM", "zR", "z1", "zm"])
  func withoutReplies(keys: String) throws {
    let desk = try desk(1).press("Enter c \(keys)")
    #expect(desk.status.contains("No comment has replies to fold"), "\(desk.status)")
  }

  @Test("New comments are counted on the fold that hides them")
  func newBelowFolds() throws {
    let desk = try desk(10)
    let visited = Timestamp(seconds: 1_715_000_000 - 5 * 3600)
    try desk.library.user.opened(1, at: visited)
    desk.press("Enter c zM")
    #expect(row("9 replies hidden · 4 new", on: desk) != nil, "\(desk.screen)")
    #expect(desk.status.contains("9 comments hidden · 4 of them new"))
  }

  @Test("Only the comments asked for are shown, with the heads of what they answer; Esc shows all")
  func only() throws {
    let desk = try desk().press("@80x40 Enter c &")
    desk.press("\"author:\"")
    #expect(desk.status.contains("&author:"))
    desk.press("\"reader harbour\" Enter")
    #expect(desk.status.contains("20 of 60 comments"), "\(desk.status)")
    desk.press("Esc & ^U \"harbour number words<9 comments=1\" Enter")
    #expect(desk.status.contains("2 of 60 comments"), "\(desk.status)")
    #expect(row("▎ Comment number 24 of", on: desk) != nil)
    // What it answers is named in one line, its own text is not shown.
    #expect(desk.lines.contains { $0.contains("reader 2: Comment number 23 of the market") })
    #expect(row("▎ Comment number 23 of", on: desk) == nil)
    #expect(row("number 25 of", on: desk) == nil)
    desk.press("Esc")
    #expect(desk.status.contains("All comments are shown"))
    #expect(row("▎ Comment number 23 of", on: desk) != nil)
  }

  @Test("Esc while typing returns to what was shown before")
  func onlyCancelled() throws {
    let desk = try desk().press("Enter c 7) zM")
    let before = desk.body
    desk.press("& \"harbour\"")
    #expect(desk.body != before)
    desk.press("Esc")
    #expect(desk.body == before)
  }

  @Test("What is asked of stories only is said under the line; nothing found says so")
  func onlyMistakes() throws {
    let desk = try desk().press("Enter c & \"starred\"")
    #expect(desk.screen.contains("starred is asked of stories, not of comments"), "\(desk.screen)")
    desk.press("^U \"tag:sea\"")
    #expect(desk.screen.contains("tag: is asked of stories, not of comments"))
    desk.press("^U \"colour:red\"")
    #expect(desk.screen.contains("There is no field"))
    desk.press("^U \"nowhere\" Enter")
    #expect(desk.status.contains("0 comments · Esc shows all"))
    desk.press("j k G gg ) ( } p zM zR / \"number\" Enter n Esc")
    #expect(desk.status.contains("All comments are shown"), "\(desk.screen)")
  }

  @Test("A search among chosen comments finds only those")
  func searchAmongChosen() throws {
    let desk = try desk().press("Enter c & \"harbour\" Enter / \"comment number\" Enter")
    #expect(desk.status.contains("/20"), "\(desk.status)")
    desk.press("Esc Esc / \"comment number\" Enter")
    #expect(desk.status.contains("/60"), "\(desk.status)")
  }

  @Test("Sorted by time and back, the looked-at comment stays where it is")
  func sorted() throws {
    let desk = try desk().press("Enter c 23)")
    let before = desk.body
    let row = row("reader 1", on: desk)
    desk.press("zt")
    #expect(desk.status.contains("Oldest comments first"))
    #expect(self.row("reader 1", on: desk) == row)
    desk.press("zt")
    #expect(desk.status.contains("Newest comments first"))
    desk.press("zt")
    #expect(desk.body == before)
  }

  @Test("The parent's head stands at the top once it has scrolled away, and a click goes to it")
  func sticky() throws {
    let desk = try desk().press("@80x12 Enter c 4)")
    #expect(desk.lines[0].contains("↑ reader 2: Comment number 2 of the market."), "\(desk.screen)")
    desk.press(.mouse(Key.Mouse(.press, column: 10, row: 0)))
    #expect(desk.lines.contains { $0.contains("▸ ") && $0.contains("reader 2") }, "\(desk.screen)")
    // At the top level nothing stands still.
    desk.press("P j")
    #expect(!desk.lines[0].contains("↑"))
  }

  @Test("A thread of 5,000 comments takes every command at any size")
  func large() throws {
    let desk = try desk(5000)
    for size in ["@80x24", "@20x5", "@1x1", "@200x50"] {
      desk.press("\(size) Enter c 40) zM zR z3 zp zt & \"harbour\" Enter ) p Esc zt zt q")
      expectFits(desk.frame, desk.size, size)
    }
  }
}
