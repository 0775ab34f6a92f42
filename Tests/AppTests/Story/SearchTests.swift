import App
import Display
import Settings
import Storage
import Testing

@Suite struct SearchTests {
  @Test("Words from right to left leave the number beside them alone, in search and filter")
  func rightToLeft() throws {
    let desk = try Desk("# One\n\nבים 2 סערות.\n\n# Two\n\nA calm day.")
    desk.press("S \"בים 2\"")
    #expect(desk.lines[0].contains("Search everything · 2 םיב · 1"), "\(desk.screen)")
    desk.press("Esc / \"בים 2\"")
    #expect(desk.lines[0].contains("/2 םיב 1"), "\(desk.screen)")
  }

  @Test("Where nothing is found nothing is marked or deleted, least of all in the list below")
  func emptyTargets() throws {
    let desk = try Desk("# One\n\nText.\n\n# Two\n\nText.")
    desk.press("v S \"zzz\" Enter")
    for key in ["m", "s", "D", "t"] {
      desk.press(key)
      #expect(desk.status.contains("There is no story to"), "\(key) \(desk.status)")
    }
    #expect(desk.headlines.count == 2)
    #expect(desk.headlines.allSatisfy { !$0.isRead && !$0.isStarred })
  }

  @Test("In a story the cursor waits at the match, and at the chosen link", arguments: [80, 200])
  func cursor(columns: Int) throws {
    let desk = try Desk("# One\n\nA calm tide, <the pier|https://a.example> and a high tide.\n")
    func words() -> String {
      let frame = desk.frame
      let text = frame.lines[frame.cursor.row].text.unicodeScalars.dropFirst(frame.cursor.column)
      return String(text.prefix(8).map(Character.init))
    }
    desk.press("@\(columns)x24 Enter / \"tide\" Enter")
    #expect(words() == "tide, th", "\(desk.screen)")
    desk.press("n")
    #expect(words().hasPrefix("tide."), "\(desk.screen)")
    desk.press("Esc Tab")
    #expect(words() == "the pier", "\(desk.screen)")
    desk.press("k")
    #expect(words().hasPrefix("1 min"), "\(desk.screen)")
  }

  @Test("Where nothing is found the cursor waits at the words that say so")
  func emptyCursor() throws {
    let desk = try Desk("# One\n\nText.\n\n# Two\n\nText.")
    for keys in ["G S \"zzz\" Enter", "q G / \"zzz\" Enter"] {
      desk.press(keys)
      let frame = desk.frame
      #expect(frame.lines[frame.cursor.row].text.contains("Nothing matches"), "\(frame)")
    }
  }

  private let long = ReaderTests.long

  @Test("A match in a folded comment unfolds it")
  func searchUnfolds() throws {
    let desk = try Desk(long)
    desk.press("Enter zM G")
    #expect(!desk.screen.contains("Buried needle"))
    desk.press("gg / \"buried\"")
    #expect(desk.screen.contains("Buried needle"))
    #expect(desk.status.contains("1/1"))
    desk.press("Esc G")
    #expect(!desk.screen.contains("Buried needle"))
  }

  @Test("Esc returns to where the search began, Enter stays")
  func searchReturns() throws {
    let desk = try Desk(long)
    desk.press("Enter 20%")
    let before = desk.lines.first
    desk.press("/ \"paragraph 50\"")
    #expect(desk.screen.contains("Paragraph 50"))
    desk.press("Esc")
    #expect(desk.lines.first == before)
    desk.press("/ \"paragraph 50\" Enter")
    #expect(desk.screen.contains("Paragraph 50"))
    desk.press("Esc")
    #expect(desk.screen.contains("Paragraph 50"))
    #expect(!desk.status.contains("1/1"))
  }

  @Test("What is nowhere in the story is said, and nothing moves")
  func searchNothing() throws {
    let desk = try Desk(long)
    desk.press("Enter 20%")
    let before = desk.body
    desk.press("/ \"zeppelin\" Enter")
    #expect(desk.body == before)
    #expect(desk.status.contains("is not in this story"))
    desk.press("n")
    #expect(desk.body == before)
  }

  @Test("Of what was meant as a pattern and is none, the reason is said")
  func mistake() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"(paragraph|zeppelin\" Enter")
    #expect(desk.screen.contains("and no pattern: missing closing"), "\(desk.screen)")
    desk.press("/ \"zeppelin.*\" Enter")
    #expect(!desk.screen.contains("no pattern"))
  }

  @Test("n and N go round the matches and never to another story")
  func matchesWrap() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"something of its own\" Enter")
    #expect(desk.status.contains("1/60"))
    desk.press("N")
    #expect(desk.status.contains("60/60") && desk.status.contains("end"))
    desk.press("n")
    #expect(desk.status.contains("1/60") && desk.status.contains("top"))
    desk.press("3n")
    #expect(desk.status.contains("4/60"))
    #expect(desk.reader.title.hasPrefix("The long one"))
  }

  @Test("An empty line repeats the last search, in another story too")
  func emptyRepeats() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"needle\" Enter J / Enter")
    #expect(desk.status.contains("1/1"))
    #expect(desk.reader.title.hasPrefix("The short one"))
  }

  @Test("The current match stays in sight at another size")
  func matchStaysInSight() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"paragraph 3 \" Enter @40x8")
    #expect(desk.screen.contains("Paragraph 3"))
    desk.press("@80x24")
    #expect(desk.screen.contains("Paragraph 3"))
  }

  @Test("n without a search says so and stays")
  func noSearch() throws {
    let desk = try Desk(long)
    desk.press("Enter n")
    #expect(desk.status.contains("No search yet"))
    #expect(desk.reader.title.hasPrefix("The long one"))
  }

  @Test("Esc clears a search first and closes the story then; a count is taken back alone")
  func escape() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"needle\" Enter 12 Esc")
    #expect(desk.status.contains("1/1"))
    desk.press("Esc")
    #expect(!desk.status.contains("1/1") && desk.reader.title.hasPrefix("The long one"))
    desk.press("Esc")
    #expect(desk.reader.title == "Courant")
    desk.press("Esc")
    #expect(!desk.reader.isFinished)
    desk.press("q")
    #expect(desk.reader.isFinished)
  }

  @Test("The marks of a search are hidden and shown again, as by less's ESC-u")
  func hidden() throws {
    func marks(_ desk: Desk) -> Int {
      desk.frame.lines.flatMap(\.spans).count {
        $0.overlay == .match || $0.overlay == .currentMatch
      }
    }
    var preferences = Preferences()
    preferences.preset = .less
    let desk = try Desk("# One\n\nA tide, a tide.\n\n# Two\n\nText.", preferences: preferences)
    desk.press("Enter M-u")
    #expect(desk.status.contains("No search"), "\(desk.status)")
    desk.press("/ \"tide\" Enter")
    let before = desk.body
    #expect(marks(desk) == 2)
    desk.press("M-u")
    #expect(marks(desk) == 0 && !desk.status.contains("/2"))
    desk.press("M-u")
    #expect(marks(desk) == 2 && desk.status.contains("1/2") && desk.body == before)
    desk.press(": \"set preset courant\" Enter g/")
    #expect(marks(desk) == 0)
  }
}
