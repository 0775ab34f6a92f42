import App
import Display
import Settings
import Storage
import Stories
import TestSupport
import Testing

/// The lists of a story's links and figures.
@Suite struct PartListTests {
  private func desk() throws -> Desk { try Desk(LinkTests.notes) }

  @Test("L lists the links with their sites, and names the address before it is opened")
  func links() throws {
    let desk = try desk()
    desk.press("Enter L")
    #expect(desk.screen.contains("Links 1 of 5") && desk.screen.contains("1 the pier"))
    #expect(desk.screen.contains("example.org"))
    #expect(desk.status.contains("https://example.org/pier"), "\(desk.status)")
    desk.press("j y")
    #expect(desk.effects == [.copy("https://example.org/boat")])
    desk.press("o")
    #expect(desk.effects == [.openLink("https://example.org/boat")])
    #expect(desk.screen.contains("Links 2 of 5"), "the list stays")
    desk.press("Enter")
    #expect(desk.effects == [.openLink("https://example.org/boat")])
    #expect(!desk.screen.contains("Links 2 of 5"))
  }

  @Test("A link's number stands before its words, from whichever side they run, and finds it")
  func rightToLeft() throws {
    let desk = try Desk(
      "# One\n\nSee <ים סוער|https://example.org/a> and <b|https://example.org/b>.")
    desk.press("Enter L")
    #expect(desk.screen.contains("│▌1 רעוס םי "), "\(desk.screen)")
    desk.press("/ \"2\" Enter Enter")
    #expect(desk.effects == [.openLink("https://example.org/b")])
  }

  @Test("Typed words narrow the list by text and address")
  func narrowed() throws {
    let desk = try desk()
    desk.press("Enter L / \"mailto\" Enter")
    #expect(desk.screen.contains("4 the desk") && !desk.screen.contains("1 the pier"))
    desk.press("Enter")
    #expect(desk.effects == [.openLink("mailto:desk@example.org")])
    desk.press("L / \"zeppelin\" Enter Enter y")
    #expect(desk.effects.isEmpty)
  }

  @Test("Tab goes to where the link stands, and back by the jump list")
  func shown() throws {
    let desk = try desk()
    desk.press("@80x6 Enter")
    let before = desk.lines.first
    desk.press("L 5G Tab")
    #expect(desk.status.contains("which is not opened"), "\(desk.screen)")
    #expect(desk.lines.first != before)
    desk.press("Esc ^O")
    #expect(desk.lines.first == before)
  }

  @Test("A link of the list that stays in the story jumps; one of another scheme is not opened")
  func special() throws {
    let desk = try desk()
    desk.press("@80x8 Enter L 3G Enter")
    #expect(desk.lines.prefix(3).contains { $0.contains("┌ Figure 1 of 1") }, "\(desk.screen)")
    desk.press("L 5G Enter")
    #expect(desk.effects.isEmpty && desk.screen.contains("Not opened: javascript:"))
  }

  @Test("F lists the figures, goes to one, opens and copies its picture")
  func figures() throws {
    let desk = try Desk()
    var story = Story(title: "Harbour", blocks: [.paragraph([Phrase("Text.")])])
    for number in 1...3 {
      story.blocks.append(
        .figure(
          Figure(
            kind: .chart, caption: [Phrase("Tide \(number)\u{1B}[2J")], credit: "A. Nyone",
            image: number == 2 ? nil : "https://example.org/\(number).png")))
      story.blocks += Array(repeating: .paragraph([Phrase("More text.")]), count: 20)
    }
    story.numberFigures()
    _ = try desk.library.stories.add(
      PreparedStory(story, original: nil, parserVersion: 1, source: nil), now: 1)
    _ = desk.reader.receive(.libraryChanged)
    desk.press("Enter F")
    #expect(desk.screen.contains("Figures 1 of 3"), "\(desk.screen)")
    #expect(desk.screen.contains("2 chart: Tide 2[2J — A. Nyone"), "\(desk.screen)")
    desk.press("o")
    #expect(desk.effects == [.openLink("https://example.org/1.png")])
    desk.press("j y")
    #expect(desk.status.contains("no address of this figure"))
    desk.press("j Enter")
    #expect(desk.screen.contains("┌ Figure 3 of 3"))
    desk.press("^O F")
    #expect(desk.screen.contains("Figures 1 of 3"))
  }

  @Test("No links, no figures and too small a screen are said")
  func none() throws {
    let desk = try desk()
    desk.press("j Enter L")
    #expect(desk.status.contains("There is no link in this story"))
    desk.press("F")
    #expect(desk.status.contains("There is no figure in this story"))
    desk.press("K @11x24")
    _ = desk.frame
    desk.press("L")
    #expect(desk.screen.contains("Too small"), "\(desk.screen)")
    desk.press("@80x4")
    _ = desk.frame
    desk.press("F")
    #expect(desk.screen.contains("Too small"), "\(desk.screen)")
  }

  @Test(
    "A list fits every size that it is drawn in", arguments: ["20x8", "80x24", "200x50", "1x1"])
  func sizes(size: String) throws {
    let desk = try desk()
    desk.press("Enter L @\(size)")
    expectFits(desk.frame, desk.size)
    desk.press("j j Esc F @\(size) j")
    expectFits(desk.frame, desk.size)
    desk.press("Esc f")
    expectFits(desk.frame, desk.size)
  }

  @Test("A story that another Courant deletes while its list is open can still be read")
  func deleted() throws {
    let desk = try desk()
    desk.press("Enter L")
    let other = try Library(path: desk.folder["library.sqlite"])
    let id = try #require(desk.headlines.first?.id)
    _ = try other.changes.make([(mark: .deleted, isSet: true)], of: [id])
    _ = try other.changes.purge()
    _ = desk.reader.receive(.libraryChanged)
    desk.press("j")
    #expect(desk.screen.contains("Links 2 of 5"))
    desk.press("Enter")
    #expect(desk.effects == [.openLink("https://example.org/boat")])
    desk.press("3 Enter q ^O")
    #expect(!desk.reader.isFinished && desk.status.contains("no earlier place"), "\(desk.screen)")
  }

  @Test("The fingers of newsboat and less find links")
  func presets() throws {
    for (preset, keys) in [(Preferences.Preset.newsboat, "u"), (.less, "L"), (.vim, "L")] {
      var preferences = Preferences()
      preferences.preset = preset
      let desk = try Desk(LinkTests.notes, preferences: preferences)
      desk.press("Enter \(keys)")
      #expect(desk.screen.contains("Links 1 of 5"), "\(preset)")
    }
  }

  @Test("A figure without a caption is named without a colon")
  func withoutCaption() throws {
    let desk = try Desk("# One\n\nText.\n\n[photo]  | The agency\n\n[chart] Prices.\n\nMore.")
    desk.press("Enter F")
    #expect(
      !desk.screen.contains("photo:") && desk.screen.contains("chart: Prices."), "\(desk.screen)")
    #expect(desk.screen.contains("photo — The agency"), "\(desk.screen)")
  }
}
