import App
import Display
import Storage
import Testing

@Suite struct PlaceMarkTests {
  private let notes = ReaderTests.long + "\n# Other\n\nShort."

  @Test("A mark is gone to from another story, from the list and in a later run")
  func goes() throws {
    let desk = try Desk(notes)
    desk.press("Enter 40% M x")
    #expect(desk.status.contains("Mark x is here"), "\(desk.status)")
    desk.press("gg ' x")
    let there = desk.body
    desk.press("J")
    #expect(desk.reader.title.hasPrefix("The short one"))
    desk.press("' x")
    #expect(desk.body == there)
    desk.press("gg q ' x")
    #expect(desk.body == there)
    desk.reader.leave()
    let later = Desk.reader(desk.library)
    _ = later.frame(in: desk.size)
    for key in [Key.character("'"), .character("x")] { _ = later.press(key) }
    #expect(later.frame(in: desk.size).lines.dropLast().map(\.text) == there)
  }

  @Test("Two quotes go back to where the jump began, and there again")
  func backAndForth() throws {
    let desk = try Desk(notes)
    desk.press("Enter 20% 40%")
    let here = desk.body
    desk.press("G")
    let end = desk.body
    for expected in [here, end, here, end] {
      desk.press("' '")
      #expect(desk.body == expected)
    }
  }

  @Test("A letter that another place had says where that was")
  func moved() throws {
    let desk = try Desk(notes)
    desk.press("Enter M a J M a")
    #expect(desk.status.contains("it was in “"), "\(desk.status)")
    #expect(try desk.library.user.placeMarks().count == 1)
  }

  @Test("Without a mark, or with a key that is no letter, a sentence says so and nothing moves")
  func none() throws {
    let desk = try Desk(notes)
    desk.press("Enter 40%")
    let before = desk.body
    desk.press("' q")
    #expect(desk.status.contains("no mark q; Mq sets it"), "\(desk.status)")
    desk.press("M 1")
    #expect(desk.status.contains("1 names no mark"))
    desk.press("M Esc ' ^C")
    #expect(desk.body == before)
    #expect(try desk.library.user.placeMarks() == [])
    desk.press("g'")
    #expect(desk.status.contains("No mark is set; M and a letter"), "\(desk.status)")
  }

  @Test("A mark in a deleted story says so; purged, it is forgotten")
  func deleted() throws {
    let desk = try Desk(notes)
    desk.press("Enter M a q D ' a")
    // D would delete the story that is selected here.
    #expect(desk.status.contains("gd shows deleted ones"), "\(desk.status)")
    desk.press("gd ' a")
    #expect(desk.status.contains("D brings it back"), "\(desk.status)")
    desk.press("ga")
    #expect(try desk.library.user.placeMarks() == [])
    try desk.library.changes.purge()
    desk.press("' a")
    #expect(desk.status.contains("There is no mark a"), "\(desk.status)")
  }

  @Test("The list of marks goes there, and D forgets one")
  func list() throws {
    let desk = try Desk(notes)
    desk.press("Enter M b J M a q g'")
    #expect(desk.screen.contains("Marks 1 of 2"), "\(desk.screen)")
    desk.press("gg D")
    #expect(desk.status.contains("Mark a is gone"))
    #expect(try desk.library.user.placeMarks().map(\.name) == ["b"])
    desk.press("Enter")
    #expect(!desk.reader.title.hasPrefix("Other") && desk.reader.title != "Courant")
    desk.press("g' D")
    #expect(!desk.screen.contains("Marks"))
  }

  @Test("After : with its letter, and by m where a preset has it")
  func otherWays() throws {
    let desk = try Desk(notes)
    desk.press("Enter : \"set-mark k\" Enter : \"set preset vim\" Enter m l")
    #expect(try desk.library.user.placeMarks().map(\.name) == ["k", "l"])
    desk.press("gg : \"go-to-mark k\" Enter : \"marks\" Enter")
    #expect(desk.screen.contains("Marks"), "\(desk.screen)")
  }

  @Test("A mark at the head of a story is listed by its headline alone")
  func head() throws {
    let desk = try Desk(notes)
    desk.press("G Enter M h g'")
    let row = try #require(desk.lines.first { $0.contains("▌h") })
    #expect(row.split(separator: " ").filter { $0 == "Other" }.count == 1, "\(row)")
    #expect(!row.contains("1 min"), "\(row)")
  }
}
