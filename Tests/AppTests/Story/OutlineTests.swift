import App
import Display
import Storage
import Testing

@Suite struct OutlineTests {
  static let notes = """
    # A story in parts

    First words.

    ## One

    Text of one.

    [photo] A pier in the snow. | The desk

    ## Two

    Text of two.

    @ asker, 2024-05-01

    What about the lamps?

    @@ answerer, 2024-05-02

    They were mended.

    @@@ third

    In autumn.

    @ other

    Nothing.
    """

  /// The words of the chosen row, without its frame.
  private func chosen(_ desk: Desk) -> String? {
    desk.lines.first { $0.contains("│▌") }
  }

  @Test("The outline opens where one reads, and Enter jumps, which can be taken back")
  func jump() throws {
    let desk = try Desk(Self.notes)
    desk.press("@80x16 Enter")
    let before = desk.lines.dropLast()
    desk.press("O")
    #expect(chosen(desk)?.contains("A story in parts") == true, "\(desk.screen)")
    desk.press("3j Enter")
    #expect(desk.lines[2].contains("Two"), "\(desk.screen)")
    desk.press("O")
    #expect(chosen(desk)?.contains("Two") == true, "\(desk.screen)")
    desk.press("q ^O")
    #expect(desk.lines.dropLast() == before)
  }

  @Test("The thread is a tree that folds; a folded comment that is looked at is shown")
  func tree() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter O G k")
    #expect(chosen(desk)?.contains("asker: What about") == true, "\(desk.screen)")
    #expect(!desk.screen.contains("answerer: They"))
    desk.press("l j")
    #expect(chosen(desk)?.contains("answerer: They") == true, "\(desk.screen)")
    desk.press("h h")
    #expect(chosen(desk)?.contains("asker") == true, "\(desk.screen)")
    desk.press("zR")
    #expect(desk.screen.contains("third: In autumn"))
    desk.press("zM")
    #expect(!desk.screen.contains("asker: What"), "\(desk.screen)")
    desk.press("zM")
    #expect(desk.status.contains("nothing to fold"), "\(desk.status)")
    desk.press("gg zR j l")
    #expect(desk.status.contains("Nothing here is folded"), "\(desk.status)")
    desk.press("Esc c ) ) ) O")
    #expect(chosen(desk)?.contains("third: In") == true, "\(desk.screen)")
  }

  @Test("Typed words narrow it, Esc shows all again, and then leaves")
  func narrow() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter O / \"PIER sn\"")
    #expect(chosen(desk)?.contains("Figure 1: A pier") == true, "\(desk.screen)")
    #expect(desk.screen.contains("1 of 1"))
    desk.press("\"xyz\"")
    #expect(desk.screen.contains("Nothing has these words"))
    desk.press("Enter Enter")
    #expect(desk.screen.contains("Nothing has these words"))
    #expect(desk.status.contains("nothing to choose"), "\(desk.status)")
    desk.press("Esc")
    #expect(desk.screen.contains("Outline 1 of"), "\(desk.screen)")
    desk.press("Esc")
    #expect(!desk.screen.contains("Outline"))
    #expect(desk.reader.title.hasPrefix("A story"))
  }

  @Test("A figure is not numbered twice, and words from right to left leave their count alone")
  func words() throws {
    let desk = try Desk(
      """
      # Figures

      [photo] Figure 1: A pier in the snow.

      [photo] A boat.

      ## ים סוער
      """)
    desk.press("Enter O")
    #expect(desk.screen.contains("   Figure 1: A pier") && desk.screen.contains("Figure 2: A boat"))
    #expect(!desk.screen.contains("Figure 1: Figure"), "\(desk.screen)")
    desk.press("/ \"ים\"")
    #expect(desk.screen.contains("Outline /םי 1 of 1"), "\(desk.screen)")
  }

  @Test("What is not for a list says so with keys that are, and help tells them")
  func help() throws {
    let desk = try Desk(Self.notes)
    desk.press("@100x60 Enter O ^O")
    let words = "^O works in a story: jump back · q goes back there"
    #expect(desk.status.contains(words), "\(desk.status)")
    for key in ["?", "F1"] {
      desk.press(key)
      #expect(desk.screen.contains("Keys in the outline"), "\(desk.screen)")
      #expect(desk.screen.contains("Fold this entry") && !desk.screen.contains("Cancel the job"))
      desk.press("q")
      #expect(chosen(desk)?.contains("A story in parts") == true, "\(desk.screen)")
    }
    desk.press("Esc q T ?")
    #expect(desk.screen.contains("Keys in the list of themes"), "\(desk.screen)")
    #expect(!desk.screen.contains("Fold"))
    desk.press("Esc")
    #expect(desk.screen.contains("Theme"), "\(desk.screen)")
  }

  @Test("Typing that is left by Esc shows what was shown before")
  func cancelled() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter O / \"two\" Enter / \"zzz\" Esc")
    #expect(desk.screen.contains("Outline /two 1 of 1"), "\(desk.screen)")
  }

  @Test("A story without parts has a way to its top, and a tiny screen says what to do instead")
  func small() throws {
    let desk = try Desk("# Bare\n\nText.")
    desk.press("Enter O")
    #expect(chosen(desk)?.contains("Bare") == true)
    desk.press("Enter @20x4 j O")
    #expect(!desk.screen.contains("Outline"))
    desk.press("@80x4")
    #expect(desk.screen.contains("Too small to choose here; ]] goes"), "\(desk.screen)")
    for size in ["1x1", "12x5", "13x6", "400x120"] {
      desk.press("@\(size) Esc O")
      expectFits(desk.frame, desk.size)
    }
  }

  @Test("The mouse chooses, takes and leaves")
  func mouse() throws {
    let desk = try Desk(Self.notes)
    desk.press("@140x24 Enter O")
    let row = try #require(desk.lines.firstIndex { $0.contains("   Two") })
    desk.press(.mouse(Key.Mouse(.press, column: 120, row: row)))
    #expect(chosen(desk)?.contains("Two") == true, "\(desk.screen)")
    desk.press(.mouse(Key.Mouse(.wheelUp, column: 2, row: 2)))
    #expect(chosen(desk)?.contains("Figure 1") == true, "\(desk.screen)")
    desk.press(.mouse(Key.Mouse(.press, column: 120, row: row)))
    desk.press(.mouse(Key.Mouse(.press, column: 120, row: row)))
    #expect(!desk.screen.contains("Outline"))
    desk.press("O")
    desk.press(.mouse(Key.Mouse(.press, column: 3, row: 3)))
    #expect(!desk.screen.contains("Outline"))
  }

  @Test("The time left shrinks while reading, and ends with the story")
  func timeLeft() throws {
    let words = String(repeating: "word ", count: 220)
    let desk = try Desk(
      "# Long\n\n" + (0..<10).map { "Part \($0). \(words)" }.joined(separator: "\n\n"))
    desk.press("@80x20 Enter")
    #expect(desk.status.contains("10 min left"), "\(desk.status)")
    desk.press("60%")
    #expect(desk.status.contains("5 min left") || desk.status.contains("4 min left"))
    desk.press("G")
    #expect(!desk.status.contains("min left") && desk.status.contains("100%"), "\(desk.status)")
    desk.press("gg @50x20")
    #expect(!desk.status.contains("min left"), "\(desk.status)")
  }

  @Test("A comment that is chosen is shown, though only some were")
  func hidden() throws {
    let desk = try Desk(Self.notes)
    desk.press("Enter & \"nothing\" Enter")
    #expect(!desk.screen.contains("They were mended"))
    desk.press("O zR / \"answerer\" Enter Enter")
    #expect(desk.screen.contains("They were mended"), "\(desk.screen)")
  }
}
