import App
import Display
import Testing

@Suite struct JumpTests {
  private let long = ReaderTests.long

  @Test("Back returns to where a jump began, forward to where it led")
  func backAndForward() throws {
    let desk = try Desk(long)
    desk.press("Enter 20% 3j")
    let before = desk.body
    desk.press("G")
    let end = desk.body
    #expect(before != end)
    desk.press("^O")
    #expect(desk.body == before)
    desk.press("]j")
    #expect(desk.body == end)
    desk.press("[j")
    #expect(desk.body == before)
  }

  @Test("A row of steps from match to match is one jump")
  func walk() throws {
    let desk = try Desk(long)
    desk.press("Enter 20%")
    let before = desk.body
    desk.press("/ \"something of its own\" Enter n n 15n Esc")
    #expect(desk.body != before)
    desk.press("^O")
    #expect(desk.body == before)
  }

  @Test("Steps that go on from elsewhere are a jump of their own")
  func twoWalks() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"something of its own\" Enter Esc 10j")
    let between = desk.body
    desk.press("/ Enter n ^O Esc")
    #expect(desk.body == between)
  }

  @Test("A search that finds nothing, or is left by Esc, is no jump")
  func noJump() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"zeppelin\" Enter / \"paragraph 50\" Esc ^O")
    #expect(desk.status.contains("no earlier place"), "\(desk.status)")
    desk.press("]j")
    #expect(desk.status.contains("no later place"))
  }

  @Test("The way back leads to the story that was read before, and to its place")
  func acrossStories() throws {
    let desk = try Desk(long)
    desk.press("Enter 30%")
    let first = desk.body
    let title = desk.reader.title
    desk.press("J")
    #expect(desk.reader.title != title)
    desk.press("^O")
    #expect(desk.reader.title == title)
    #expect(desk.body == first)
    desk.press("q")
    #expect(desk.reader.title == "Courant")
    desk.press("^O")
    #expect(desk.reader.title == title)
    #expect(desk.body == first)
  }

  @Test("A place in a folded comment is unfolded, and holds at another width")
  func unfolded() throws {
    let desk = try Desk(long)
    desk.press("Enter / \"buried\" Enter gg zM @120x30 ^O")
    #expect(desk.screen.contains("Buried needle"), "\(desk.screen)")
  }

  @Test("A story that was deleted meanwhile is passed over")
  func deleted() throws {
    let desk = try Desk(long)
    desk.press("Enter J q D ^O")
    #expect(desk.reader.title.hasPrefix("The long one"), "\(desk.screen)")
  }

  @Test("A new jump forgets what lies ahead, and a hundred stay")
  func newJump() throws {
    let desk = try Desk(long)
    desk.press("Enter G ^O 50% ]j")
    #expect(desk.status.contains("no later place"))
    for _ in 0..<150 { desk.press("gg G") }
    desk.press("99 ^O")
    #expect(!desk.status.contains("no earlier place"))
    desk.press("5 ^O")
    #expect(desk.status.contains("no earlier place"))
  }
}
