import App
import Display
import Settings
import Testing

@Suite struct LinkTests {
  static let notes = """
    # Harbour
    address: https://example.org/harbour

    See <the pier|https://example.org/pier> and <the boat|https://example.org/boat>, as Figure 1 shows.

    [photo] A pier at low water. | A. Nyone

    Write to <the desk|mailto:desk@example.org> or to <nobody|javascript:alert(1)>.

    # Bare

    No link at all.
    """

  private func desk(letters: String = "asdfghjkl") throws -> Desk {
    var preferences = Preferences()
    preferences.hintLetters = letters
    return try Desk(Self.notes, preferences: preferences)
  }

  // MARK: - Letters

  @Test("A letter opens the link that it stands over, in capitals it is copied")
  func hints() throws {
    let desk = try desk()
    desk.press("Enter f")
    #expect(desk.screen.contains("See ahe pier and she boat"), "\(desk.screen)")
    #expect(desk.status.contains("Letters open a link"))
    desk.press("s")
    #expect(desk.effects == [.openLink("https://example.org/boat")])
    #expect(desk.status.contains("Opening https://example.org/boat"))
    #expect(desk.screen.contains("See the pier"))
    desk.press("f A")
    #expect(desk.effects == [.copy("https://example.org/pier")])
    desk.press("gy a")
    #expect(desk.effects == [.copy("https://example.org/pier")])
    desk.press("f f")
    #expect(desk.effects == [.openLink("mailto:desk@example.org")])
  }

  @Test("Addresses that stand in text and comments as they are have letters, Tab and the list")
  func bare() throws {
    let desk = try Desk(
      """
      # Addresses

      The tables (https://example.org/tables) are <here|https://example.org/here>.

      @ reader

      Or at www.example.org, or ask desk@example.org.
      """)
    desk.press("Enter f")
    #expect(desk.screen.contains("(attps://example.org/tables) are sere"), "\(desk.screen)")
    desk.press("a")
    #expect(desk.effects == [.openLink("https://example.org/tables")])
    desk.press("Tab S-Tab")
    #expect(desk.status.contains("https://example.org/tables"), "\(desk.status)")
    desk.press("L")
    #expect(desk.screen.contains("Links 1 of 4") && desk.screen.contains("3 www.example.org"))
    desk.press("j j Enter")
    #expect(desk.effects == [.openLink("http://www.example.org")])
    desk.press("4 y")
    #expect(desk.effects == [.copy("mailto:desk@example.org")])
  }

  @Test("Letters narrow, a wrong one says so, Backspace takes back, Esc leaves")
  func narrowing() throws {
    let desk = try desk(letters: "ab")
    desk.press("Enter f")
    let all = desk.screen
    desk.press("b")
    #expect(desk.effects.isEmpty && desk.screen != all)
    desk.press("x")
    #expect(desk.status.contains("go on with x"))
    desk.press("Backspace")
    #expect(desk.screen == all)
    desk.press("Esc")
    #expect(desk.screen.contains("the pier") && desk.reader.title.hasPrefix("Harbour"))
    desk.press("f Backspace")
    #expect(desk.screen.contains("the pier"))
  }

  @Test("A key that is no letter leaves the letters and does what it does")
  func otherKey() throws {
    let desk = try desk()
    desk.press("Enter f Tab")
    #expect(desk.status.contains("https://example.org/pier"), "\(desk.status)")
    desk.press("f @20x5 @200x50")
    _ = desk.frame
    desk.press("Esc q f")
    #expect(desk.status.contains("works in a story"))
  }

  @Test("A lone link has its letter too: nothing is opened that was not named")
  func lone() throws {
    let desk = try Desk("# One\n\nSee <the pier|https://example.org/pier> at night.\n")
    desk.press("Enter f")
    #expect(desk.effects.isEmpty && desk.screen.contains("See ahe pier"), "\(desk.screen)")
    desk.press("A")
    #expect(desk.effects == [.copy("https://example.org/pier")])
    desk.press("gy")
    #expect(desk.effects.isEmpty && desk.screen.contains("See ahe pier"))
  }

  @Test("After a resize there are letters over what is seen then, and over nothing else")
  func resized() throws {
    let text = String(repeating: "Words before it. ", count: 20)
    let desk = try Desk("# One\n\n\(text)\n\nSee <the pier|https://example.org/pier>.\n")
    desk.press("@80x24 Enter f @20x10")
    _ = desk.frame
    #expect(!desk.status.contains("Letters"), "\(desk.screen)")
    desk.press("a")
    #expect(desk.effects.isEmpty)
    let two = try Desk("# One\n\n<One|https://a.example>\n\n\(text)\n\n<Two|https://b.example>\n")
    two.press("@20x10 Enter f @80x24")
    #expect(two.screen.contains("ane") && two.screen.contains("swo"), "\(two.screen)")
    two.press("s")
    #expect(two.effects == [.openLink("https://b.example")])
  }

  @Test("A story without links says so")
  func none() throws {
    let desk = try desk()
    desk.press("j Enter f")
    #expect(desk.status.contains("There is no link in this story"))
    desk.press("3o")
    #expect(desk.status.contains("There is no link in this story"))
  }

  // MARK: - Numbers, jumps, refusals

  @Test("A count is a link's number")
  func counts() throws {
    let desk = try desk()
    desk.press("Enter 2o")
    #expect(desk.effects == [.openLink("https://example.org/boat")])
    desk.press("1 Enter")
    #expect(desk.effects == [.openLink("https://example.org/pier")])
    desk.press("1y")
    #expect(desk.effects == [.copy("https://example.org/pier")])
    desk.press("9o")
    #expect(desk.status.contains("There is no link 9; the story has 5 links"), "\(desk.status)")
  }

  @Test("Figure 1 in the text jumps to the figure, and back")
  func figure() throws {
    let desk = try desk()
    desk.press("@80x8 Enter")
    let before = desk.lines.first
    desk.press("3 Enter")
    #expect(
      desk.effects.isEmpty && desk.lines.prefix(3).contains { $0.contains("┌ Figure 1 of 1") })
    #expect(desk.status.contains("^O goes back"))
    desk.press("^O")
    #expect(desk.lines.first == before)
    desk.press("3y")
    #expect(desk.status.contains("stays in the story") && desk.effects.isEmpty)
  }

  @Test("A link of another scheme is named before, and never opened")
  func refused() throws {
    let desk = try desk()
    desk.press("Enter S-Tab")
    #expect(desk.status.contains("javascript:alert(1), which is not opened"), "\(desk.status)")
    desk.press("Enter")
    #expect(desk.effects.isEmpty && desk.screen.contains("Not opened: javascript:alert(1)"))
  }
}
