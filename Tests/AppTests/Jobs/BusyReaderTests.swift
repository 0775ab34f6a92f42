import App
import Display
import Storage
import Stories
import Testing

/// What the reader shows and asks while work runs, and what comes in meanwhile.
@Suite struct BusyReaderTests {
  private static let notes = "# One\n\nText.\n\n# Two\n\nText."

  private func add(_ title: String, age: Int64, to desk: Desk) throws {
    let story = PreparedStory(Story(title: title), original: nil, parserVersion: 1)
    _ = try desk.library.stories.add(story, now: Desk.now.seconds - age)
  }

  @Test("The key that goes back leaves only when pressed twice while work runs, and Q at once")
  func leaving() throws {
    let desk = try Desk(Self.notes)
    desk.press("@100x24 : \"add ~/one\" Enter @running:1:4:30 q")
    #expect(!desk.reader.isFinished)
    #expect(desk.status.contains("The import still runs; q again leaves, and stops it"))
    desk.press("j q")
    #expect(!desk.reader.isFinished, "another key between them makes it a first one again")
    desk.press("q")
    #expect(desk.reader.isFinished)

    for keys in ["Q", ": \"quit\" Enter", ": \"q!\" Enter"] {
      let busy = try Desk(Self.notes).press(": \"add ~/one\" Enter @running:1:4:30 " + keys)
      #expect(busy.reader.isFinished, "\(keys)")
    }
    #expect(try Desk(Self.notes).press("q").reader.isFinished)
    let two = try Desk(Self.notes).press("@100x24 : \"add ~/one\" Enter : \"add ~/two\" Enter q")
    #expect(two.status.contains("2 jobs still run; q again leaves, and stops them"))
  }

  @Test(
    "A long message leaves the progress and the key that cancels it in the status line",
    arguments: [40, 80, 120])
  func longMessage(columns: Int) throws {
    let desk = try Desk(Self.notes)
    let path = "/srv/news/archive/of/the/harbour/post/2024/a-quiet-morning-on-the-coast-of-the-sea"
    desk.press("@\(columns)x16 : \"add \(path)\" Enter @running:1:40:300")
    #expect(desk.status.contains("^C cancels"), "\(desk.screen)")
    #expect(desk.status.contains("40 of 300") || desk.status.contains("40/300"), "\(desk.screen)")
    #expect(desk.screen.contains("Adding"), "\(desk.screen)")
    desk.press("j")
    #expect(desk.status.contains("^C cancels"), "\(desk.screen)")
  }

  @Test("In a list that was empty the newest story is selected until a key is pressed")
  func filling() throws {
    let desk = try Desk()
    for age in [5000, 9000, 4000] as [Int64] {
      try add("Aged \(age)", age: age, to: desk)
      _ = desk.reader.receive(.libraryChanged)
      #expect(desk.status.contains(" 1 of "), "\(desk.screen)")
    }
    #expect(desk.lines[desk.frame.cursor.row].contains("Aged 4000"))
    desk.press("j")
    try add("Newest", age: 100, to: desk)
    _ = desk.reader.receive(.libraryChanged)
    #expect(desk.status.contains("3 of 4"), "\(desk.screen)")
  }

  @Test("What another program wrote comes in without a key, and moves neither selection nor text")
  func writtenElsewhere() throws {
    let desk = try Desk(Self.notes).press("j")
    let other = try Library(path: desk.library.path)
    try other.stories.add(
      PreparedStory(Story(title: "Elsewhere"), original: nil, parserVersion: 1),
      now: Desk.now.seconds)
    _ = desk.reader.receive(.libraryWritten)
    #expect(desk.screen.contains("Elsewhere") && desk.status.contains("3 of 3"), "\(desk.screen)")
    let before = desk.screen
    _ = desk.reader.receive(.libraryWritten)
    #expect(desk.screen == before)
  }

  @Test("gJ opens the jobs from help too, and closes them and a job's details")
  func jobsKey() throws {
    let desk = try Desk(Self.notes).press("@80x30 : \"add ~/one\" Enter @running:1:4:30")
    desk.press("F1 gJ")
    #expect(desk.screen.contains("Jobs 1 of 1"), "\(desk.screen)")
    desk.press("gJ")
    #expect(!desk.screen.contains("Jobs 1 of 1"), "\(desk.screen)")
    desk.press("gJ Enter gJ")
    #expect(desk.screen.contains("Jobs 1 of 1"), "\(desk.screen)")
    desk.press("Enter F1")
    #expect(desk.screen.contains("Keys in the details of a job"), "\(desk.screen)")
    #expect(desk.screen.contains("Back to the list of jobs"), "\(desk.screen)")
    #expect(!desk.screen.contains("leaves Courant"), "\(desk.screen)")
  }

  @Test("Beside a list jobs begin at the line between list and story")
  func besideList() throws {
    let desk = try Desk(Self.notes).press("@200x50")
    let divider = desk.lines[3].firstIndex(of: "│").map {
      desk.lines[3].distance(from: desk.lines[3].startIndex, to: $0)
    }
    desk.press(": \"add ~/one\" Enter @running:1:4:30 gJ")
    let corner = desk.lines[0].firstIndex(of: "┌").map {
      desk.lines[0].distance(from: desk.lines[0].startIndex, to: $0)
    }
    #expect(divider != nil && corner == divider, "\(desk.screen)")
  }

  @Test("An update that brings only comments promises no older text")
  func onlyComments() throws {
    let head = "# One\naddress: https://example.org/1\n\nThe harbour is open again.\n\n"
    func update(_ more: String, of desk: Desk) throws -> String {
      let note = try #require(StoryNotes.read(head + more).first)
      try desk.library.stories.add(
        PreparedStory(note.story, original: nil, parserVersion: 1), now: Desk.now.seconds)
      desk.press(": \"add ~/one\" Enter")
      let id = try #require(desk.reader.activeJobs.last)
      _ = desk.reader.receive(.ended(id, .init(.done, "0 stories added, 1 updated", updated: 1)))
      return desk.status
    }
    let desk = try Desk(head)
    #expect(!(try update("@ ann\n\nI am awake.", of: desk)).contains("brings the old"))
    // Another date is something else that the story says.
    let dated =
      head.replacing("\n\nThe", with: "\ndate: 2024-05-01\n\nThe") + "@ ann\n\nI am awake."
    let note = try #require(StoryNotes.read(dated).first)
    try desk.library.stories.add(PreparedStory(note.story, original: nil, parserVersion: 1))
    desk.press("u")
    #expect(desk.status.contains("Taken back: Updated by an import"), "\(desk.status)")
    #expect(try desk.library.stories.story(1)?.published == nil)
  }
}
