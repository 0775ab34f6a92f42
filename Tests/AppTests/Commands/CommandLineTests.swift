import App
import Display
import Settings
import Storage
import Stories
import Testing

@Suite struct CommandLineTests {
  static let notes = "# One\naddress: https://example.org/1\n\nText.\n\n# Two\n\nText.\n"

  @Test("Tab completes what all have in common, then goes through what fits, and back")
  func completion() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"set\" Tab")
    #expect(desk.status.hasPrefix(":set "), "\(desk.status)")
    desk.press("\" col\" Tab")
    #expect(desk.status.hasPrefix(":set column "), "\(desk.status)")
    desk.press("^U \"theme \" Tab")
    #expect(desk.status.hasPrefix(":theme auto"))
    desk.press("Tab Tab")
    #expect(desk.status.hasPrefix(":theme paper"))
    desk.press("S-Tab")
    #expect(desk.status.hasPrefix(":theme night"))
    desk.press("^U \"zzz\" Tab")
    #expect(desk.status.contains("Nothing begins with that"))
  }

  @Test(
    "What may complete a line leaves a small screen most of its rows, and the line itself",
    arguments: ["24x4", "20x5", "20x6", "80x24"])
  func smallCompletion(size: String) throws {
    let desk = try Desk(Self.notes)
    desk.press("@\(size)")
    for keys in [": \"s\"", "Tab", "Tab", "^U \"set the\"", "Tab"] {
      let before = desk.lines
      desk.press(keys)
      let changed = zip(before, desk.lines).dropLast().count { $0 != $1 }
      #expect(changed <= max(1, desk.size.rows / 3), "\(keys) \(desk.screen)")
      #expect(desk.status.hasPrefix(":s"), "\(keys) \(desk.screen)")
    }
    #expect(desk.lines.dropLast().contains { $0.hasPrefix(" auto ") }, "\(desk.screen)")
    desk.press("Esc")
    #expect(!desk.screen.contains(" auto "), "\(desk.screen)")
  }

  @Test("Alt and Control go by words in a line that is typed, as in a shell's")
  func words() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"one two three\" M-b C-Left \"x\" M-f \"y\" M-d")
    #expect(desk.status.hasPrefix(":one xtwoy "), "\(desk.status)")
    #expect(!desk.status.contains("three"), "\(desk.status)")
    desk.press("M-Backspace")
    #expect(desk.status.hasPrefix(":one "), "\(desk.status)")
    #expect(!desk.status.contains("two"), "\(desk.status)")
    desk.press("M-b C-Left M-b C-Right \"!\"")
    #expect(desk.status.hasPrefix(":one! "), "\(desk.status)")
    desk.press("M-j")
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("Two") == true, "\(desk.screen)")
  }

  @Test("While a command is typed, its words are shown")
  func inlineHelp() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"toggle-st\"")
    #expect(desk.screen.contains("Star, or take the star away"))
    desk.press("^U \"set column\"")
    #expect(desk.screen.contains("The columns of a story's text at most"))
    desk.press("^U \"set colu\" Tab")
    #expect(
      desk.screen.contains(" column  a number from 20 to 200 · The columns"), "\(desk.screen)")
    desk.press("@80x9 ^U \"theme \"")
    #expect(
      desk.lines.contains { $0.contains(" and 2 more") && !$0.contains("·") }, "\(desk.screen)")
    desk.press("^U \"add /tmp/x\"")
    #expect(desk.screen.contains("Import a page"))
    desk.press("@20x3")
    expectFits(desk.frame, desk.size)
  }

  @Test("On a narrow screen names are whole, and what a lone one does stands below it")
  func narrowHelp() throws {
    let desk = try Desk(Self.notes)
    desk.press("@20x15 : \"sort-\"")
    #expect(desk.screen.contains("\n sort-by-rank zr  +1\n:sort-"), "\(desk.screen)")
    desk.press("^U \"set col\"")
    #expect(desk.screen.contains(" column\n 72 · The columns"), "\(desk.screen)")
    desk.press("^U \"pur\"")
    #expect(desk.screen.contains(" purge\n Take deleted"), "\(desk.screen)")
    desk.press("@20x6 ^U")
    #expect(desk.lines[4].contains(" +"), "\(desk.screen)")
    expectFits(desk.frame, desk.size)
  }

  @Test("A filter behind a verb is completed as one after / is")
  func filterCompletion() throws {
    let desk = try Desk("# One\nsource: The Post\n\nText.\n")
    desk.press(": \"filter unr\" Tab")
    #expect(desk.status.hasPrefix(":filter unread "), "\(desk.status)")
    desk.press("\"so\" Tab Tab")
    #expect(desk.status.hasPrefix(":filter unread source:\"The Post\" "), "\(desk.status)")
    desk.press("Enter")
    #expect(desk.lines[0].contains("source:\"The Post\" 1"), "\(desk.lines[0])")
  }

  @Test("Settings are changed, asked for and refused in words")
  func set() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"set column 40\" Enter")
    #expect(desk.reader.preferences.column == 40)
    #expect(desk.status.contains("column is 40 until Courant ends"))
    desk.press(": \"set column\" Enter")
    #expect(desk.status.contains("column is 40: The columns"))
    desk.press(": \"set column 4\" Enter")
    #expect(desk.status.contains("column: “4” is not a number from 20 to 200"))
    desk.press(": \"set colum 40\" Enter")
    #expect(desk.status.contains("no setting “colum”; did you mean column?"))
    desk.press(": \"set theme night\" Enter")
    #expect(desk.effects.contains(.useTheme("night")))
    desk.press(": \"set preset less\" Enter f")
    #expect(!desk.status.contains("no key here"), "\(desk.status)")
  }

  @Test("Typed lines are kept for later runs, each once")
  func history() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"set column 40\" Enter")
    #expect(desk.effects.contains(.remember(.init(.command, "set column 40"))))
    desk.press(": Up Enter")
    #expect(!desk.effects.contains(.remember(.init(.command, "set column 40"))))
    var history = History()
    for number in 0..<300 { history.add(.init(.search, "word \(number)")) }
    history.add(.init(.search, "word 200"))
    #expect(history[.search].count == History.maxLines)
    #expect(history[.search].last == "word 200")
    #expect(history[.search].count { $0 == "word 200" } == 1)
  }

  @Test("What vim and less call a command by is known, and a part of a name leads to it")
  func otherNames() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"$\" Enter")
    #expect(desk.status.contains("2 of 2"), "\(desk.status)")
    desk.press(": \"star\" Enter")
    #expect(desk.status.contains("did you mean toggle-star?"), "\(desk.status)")
    desk.press("gg Enter / \"text\" Enter")
    #expect(desk.status.contains("1/1"))
    desk.press(": \"noh\" Enter")
    #expect(!desk.status.contains("1/1"))
    desk.press(": \"noh\" Enter")
    #expect(desk.status.contains("No search is marked"))
    desk.press(": \"n\" Enter")
    #expect(desk.reader.title.hasPrefix("Two"))
    desk.press(": \"q!\" Enter")
    #expect(desk.reader.isFinished)
  }

  @Test("Words behind a command that asks for some are those it would ask for")
  func asked() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"tag later, sea\" Enter")
    desk.press(": \"tag more\" Enter")
    let id = try #require(desk.headlines.first?.id)
    #expect(try desk.library.user.tags(of: id).sorted() == ["later", "more", "sea"])
    desk.press(": \"search-all text\" Enter")
    #expect(desk.lines[0].contains("Search everything · text"), "\(desk.lines[0])")
    #expect(desk.effects.contains(.remember(.init(.searchAll, "text"))))
    desk.press("q gg Enter : \"search text\" Enter")
    #expect(desk.status.contains("1/1"), "\(desk.status)")
    desk.press(": \"search 7\" Enter")
    #expect(desk.status.contains("“7” is not in this story"), "\(desk.status)")
    desk.press("q : \"search text\" Enter")
    #expect(desk.status.contains("did you mean search-all?"), "\(desk.status)")
  }

  @Test("Words behind a command that takes none are refused, and nothing is done")
  func needlessWords() throws {
    let desk = try Desk(Self.notes)
    let before = desk.headlines.count
    desk.press(": \"delete the old ones\" Enter")
    #expect(desk.headlines.count == before)
    #expect(desk.status.contains("delete takes no words"), "\(desk.status)")
    desk.press(": \"delete 2\" Enter")
    #expect(desk.headlines.count == before - 2)
  }

  @Test("Words behind help are those it is searched for; what is not completed is said to be so")
  func helpAndTab() throws {
    let desk = try Desk(Self.notes)
    for line in ["help theme", "h theme"] {
      desk.press(": \"\(line)\" Enter")
      #expect(desk.screen.contains("Choose a theme"), "\(desk.screen)")
      #expect(!desk.screen.contains("Draw the screen anew"), "\(desk.screen)")
      desk.press("q")
    }
    for (line, name) in [("pipe wc", "pipe"), ("tag la", "tag"), ("set column 4", "column")] {
      desk.press(": \"\(line)\" Tab")
      #expect(desk.status.contains("What follows \(name) is not completed"), "\(desk.status)")
      desk.press("Esc")
    }
    desk.press(": \"theme zz\" Tab")
    #expect(desk.status.contains("Nothing begins with that"), "\(desk.status)")
  }

  @Test("Settings that were read anew hold at once, and their mistakes are told")
  func reload() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"reload\" Enter")
    #expect(desk.effects.contains(.reload))
    var config = readConfig(
      Array("column: 50\nkeys:\n  list:\n    Z: toggle-star\n    Y: bad\n".utf8), file: "c.yaml",
      themes: [])
    _ = desk.reader.receive(.configured(config, themes: ["night"]))
    #expect(desk.screen.contains("c.yaml:5: keys.list.Y"), "\(desk.screen)")
    desk.press("Z")
    #expect(desk.headlines[0].isStarred)
    config.bindings = []
    let effects = desk.reader.receive(.configured(config, themes: ["night"]))
    #expect(effects.isEmpty)
    #expect(desk.status.contains("The settings are read again"))
    desk.press("Z")
    #expect(desk.status.contains("Z is no key here"))
  }

  @Test("A story is handed to the programs that the settings name")
  func share() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"share mail\" Enter")
    #expect(desk.status.contains("Opening a mail"))
    var config = Config()
    let mail = Preferences.ShareCommand(name: "mail", command: "mailer %u")
    config.preferences.share = [mail]
    _ = desk.reader.receive(.configured(config, themes: []))
    desk.press(": \"share\" Enter")
    #expect(desk.status.contains("Share with mail"))
    desk.press(": \"share post\" Enter")
    #expect(desk.status.contains("no “post” to share with; there are mail"))
    desk.press(": \"share mail\" Enter")
    #expect(desk.effects.contains(.share(mail, address: "https://example.org/1", title: "One")))
  }

  // MARK: - Themes

  @Test("T shows each theme as it is passed; Enter keeps it, and Esc takes the old one")
  func picker() throws {
    let desk = try Desk(Self.notes)
    desk.press("T")
    #expect(desk.screen.contains("Theme 4 of 4"), "\(desk.screen)")
    #expect(!desk.screen.contains("…"), "what the box covers is not cut short")
    desk.press("k")
    #expect(desk.effects == [.useTheme("paper")])
    desk.press("k")
    #expect(desk.effects == [.useTheme("night")])
    desk.press("Esc")
    #expect(desk.effects == [.useTheme("terminal")])
    #expect(!desk.screen.contains("Theme 4"))
    desk.press("T gg j Enter")
    #expect(desk.effects == [.useTheme("night")])
    #expect(desk.reader.preferences.theme == "night")
    desk.press("T Esc")
    #expect(desk.effects == [])
  }

  @Test("A screen too small for the list of themes says what to do instead")
  func smallPicker() throws {
    let desk = try Desk(Self.notes)
    desk.press("@19x10 k T")
    #expect(desk.screen.contains("Too small"))
    desk.press("@20x8 k T")
    #expect(desk.lines[3].contains("└────"), "\(desk.screen)")
    #expect(desk.lines[4].contains("1 min"), "below the list is what the theme is tried on")
    #expect(!desk.status.contains("…"), "a key's words are whole or left out: \(desk.status)")
    desk.press("Esc @30x6 k T")
    #expect(desk.screen.contains("Theme 4 of 4"), "\(desk.screen)")
    for size in ["1x1", "10x3", "200x60"] {
      desk.press("@\(size) j")
      expectFits(desk.frame, desk.size, size)
    }
  }
}
