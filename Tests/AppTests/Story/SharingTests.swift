import App
import Display
import Settings
import Storage
import Testing

@Suite struct SharingTests {
  @Test("A story is given to a program by |, and by a line bound to a key")
  func pipe() throws {
    let desk = try Desk(
      Self.notes,
      keys: [
        Config.KeyBinding(
          context: "all", keys: "W", orders: ["pipe wc -w"], file: "c.yaml", line: 1)
      ])
    let id = desk.headlines[0].id
    desk.press("|")
    #expect(desk.status.hasPrefix(":pipe "), "\(desk.status)")
    desk.press("\"less -S\" Enter")
    #expect(desk.effects.contains(.pipe("less -S", id)))
    desk.press("Enter W")
    #expect(desk.effects == [.pipe("wc -w", id)])
    desk.press("| Enter")
    #expect(desk.status.contains("Which program?"), "\(desk.status)")
    let empty = try Desk("")
    empty.press("| \"wc\" Enter")
    #expect(empty.status.contains("There is no story here"), "\(empty.status)")
  }

  @Test("Among the hits of a search the selected one is meant, not the story of the list below")
  func hits() throws {
    let desk = try Desk("# One\n\nText.\n\n# Two\n\nAbout the tide.")
    desk.press("S \"tide\" Enter Y")
    #expect(desk.effects == [.copy("Two")], "\(desk.status)")
    desk.press("| \"wc\" Enter")
    #expect(desk.effects.contains(.pipe("wc", desk.headlines[1].id)))
    let linked = try Desk("# One\n\nText.\n\n# Two\naddress: https://a.example\n\nThe tide.")
    linked.press("S \"tide\" Enter o")
    #expect(linked.effects == [.openLink("https://a.example")], "\(linked.status)")
    linked.press("y")
    #expect(linked.effects == [.copy("https://a.example")])
    desk.press("S \"zzz\" Enter Y")
    #expect(desk.status.contains("There is no story"), "\(desk.status)")
  }

  private static let notes = """
    # Tides & “clocks”: 100% [true]?
    address: https://example.org/tides

    Text.

    # No address

    Text.

    # Bad address
    address: javascript:alert(1)

    Text.
    """

  private func desk() throws -> Desk {
    var preferences = Preferences()
    preferences.share = [
      .init(name: "keep", command: "keep %u"), .init(name: "say", command: "say %t"),
    ]
    return try Desk(Self.notes, preferences: preferences)
  }

  @Test("Headline and address are copied, in the list and in the story")
  func clipboard() throws {
    let desk = try desk()
    let both = Effect.copy("Tides & “clocks”: 100% [true]?\nhttps://example.org/tides")
    for keys in ["Y", "Enter Y", ":share Space clipboard Enter"] {
      desk.press(keys)
      #expect(desk.effects.contains(both), "\(keys): \(desk.effects)")
    }
    desk.press("q j Y")
    #expect(desk.effects == [.copy("No address")])
  }

  @Test("A mail's subject and body are escaped, so that neither can say more than it is")
  func mail() throws {
    let desk = try desk()
    desk.press("gm")
    let subject = "Tides%20%26%20%E2%80%9Cclocks%E2%80%9D%3A%20100%25%20%5Btrue%5D%3F"
    let body = subject + "%0D%0Ahttps%3A%2F%2Fexample.org%2Ftides%0D%0A"
    #expect(desk.effects == [.openLink("mailto:?subject=\(subject)&body=\(body)")])
  }

  @Test("A program is handed a story's address, which must be one")
  func programs() throws {
    let desk = try desk()
    desk.press(":share Space keep Enter")
    #expect(
      desk.effects.contains(
        .share(
          .init(name: "keep", command: "keep %u"), address: "https://example.org/tides",
          title: "Tides & “clocks”: 100% [true]?")))
    desk.press("j :share Space keep Enter")
    #expect(desk.screen.contains("This story has no address, which keep is handed"))
    desk.press(":share Space say Enter")
    #expect(desk.status.contains("Sharing with say"))
    desk.press("j :share Space keep Enter")
    #expect(desk.screen.contains("Not shared"), "\(desk.screen)")
  }

  @Test("What there is to share with is named and completed")
  func names() throws {
    let desk = try desk()
    desk.press(":share Enter")
    #expect(desk.screen.contains("Share with keep, say, clipboard, mail"), "\(desk.screen)")
    desk.press(":share Space nowhere Enter")
    #expect(desk.screen.contains("no “nowhere” to share with"))
    desk.press(":share Space cl Tab Enter")
    #expect(desk.effects.contains { if case .copy = $0 { true } else { false } })
  }

  @Test("Without a story there is nothing to share")
  func none() throws {
    let desk = try Desk("")
    desk.press("Y")
    #expect(desk.status.contains("no story to share"))
    desk.press("gm")
    #expect(desk.status.contains("no story to share"))
  }
}
