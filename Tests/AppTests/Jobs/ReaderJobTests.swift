import Display
import Storage
import Stories
import Testing

@testable import App

/// Jobs while the reader is used: what is said of them, the list of them, cancelling, and stories that
/// come in.
@Suite struct ReaderJobTests {
  private static let notes = "# One\n\nText.\n\n# Two\n\nText."

  @Test("A second :add waits and leaves the first one's progress; each end is said")
  func twoImports() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"add ~/one\" Enter")
    #expect(desk.status.contains("Adding ~/one"))
    _ = desk.reader.receive(.progress(JobID(1), .init(done: 3, total: 240)))
    desk.press("j")
    #expect(desk.status.contains("Importing 3 of 240 · ^C cancels"), "\(desk.status)")
    desk.press(": \"add ~/two\" Enter")
    #expect(desk.effects.contains(.start(Job(id: JobID(2), kind: .importTyped("~/two")))))
    #expect(desk.status.contains("~/two is added when the running import has ended"))
    desk.press("k")
    #expect(desk.status.contains("Importing 3 of 240, 1 waiting"), "\(desk.status)")
    #expect(desk.reader.progress == 3.0 / 240)
    _ = desk.reader.receive(.ended(JobID(1), .done("240 stories added")))
    #expect(desk.status.contains("240 stories added"))
    _ = desk.reader.receive(.progress(JobID(1), .init(done: 4, total: 240)))
    #expect(desk.reader.progress == nil)
    _ = desk.reader.receive(.ended(JobID(2), .failed("two: there is no such file")))
    #expect(desk.status.contains("! two: there is no such file"))
  }

  @Test("^C cancels what runs and leaves the filter; where nothing runs it clears the filter")
  func interrupting() throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"One\" Enter : \"add ~/one\" Enter : \"add ~/two\" Enter ^C")
    #expect(desk.effects == [.cancel(JobID(1)), .cancel(JobID(2))])
    #expect(desk.status.contains("Cancelled: Importing ~/one and Importing ~/two, before they"))
    desk.press("^C")
    #expect(desk.effects == [] && desk.status.contains("stops as soon as"))
    for id in [1, 2] { _ = desk.reader.receive(.ended(JobID(id), .cancelled("Import cancelled"))) }
    #expect(!desk.screen.contains("Two"))
    desk.press("^C")
    #expect(desk.screen.contains("Two"))
  }

  @Test(":cancel takes the number of a job, cancels all without one, and never means Esc")
  func cancelByName() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"add ~/one\" Enter : \"add ~/two\" Enter : \"cancel 2\" Enter")
    #expect(desk.effects.contains(.cancel(JobID(2))) && !desk.effects.contains(.cancel(JobID(1))))
    let words = "Cancelled: Importing ~/two, before it began · ~/one is still to come"
    #expect(desk.status.contains(words), "\(desk.status)")
    _ = desk.reader.receive(.ended(JobID(2), .cancelled("not begun")))
    desk.press(": \"cancel 2\" Enter")
    #expect(desk.status.contains("no job 2"), "\(desk.status)")
    desk.press(": \"cancel\" Enter")
    #expect(desk.effects.contains(.cancel(JobID(1))))
    _ = desk.reader.receive(.ended(JobID(1), .cancelled("Import cancelled")))
    desk.press("/ \"One\" Enter : \"cancel\" Enter")
    #expect(desk.status.contains("Nothing runs in the background"))
    #expect(!desk.screen.contains("Two"))
  }

  @Test("The list of jobs follows them while it is open, and keeps the selected one")
  func list() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"jobs\" Enter")
    #expect(desk.status.contains("Nothing runs in the background"))
    desk.press(": \"add ~/one\" Enter : \"add ~/two\" Enter : \"jobs\" Enter j")
    #expect(desk.screen.contains("2 of 2"))
    _ = desk.reader.receive(.progress(JobID(1), .init(done: 7, total: 9)))
    #expect(desk.screen.contains("7 of 9") && desk.screen.contains("2 of 2"))
    _ = desk.reader.receive(.ended(JobID(1), .done("9 stories added")))
    #expect(desk.screen.contains("9 stories added") && desk.screen.contains("2 of 2"))
    desk.press("Enter")
    #expect(desk.effects.isEmpty && desk.screen.contains("Waiting until the jobs before it"))
    desk.press("q D")
    #expect(desk.effects == [.cancel(JobID(2))] && desk.screen.contains("stopping"))
    desk.press("k D")
    #expect(desk.status.contains("9 stories added") && desk.screen.contains("1 of 2"))
    _ = desk.reader.receive(.ended(JobID(2), .cancelled("not begun")))
    // Held down, it must not reach the stories below.
    desk.press("j D D D")
    #expect(desk.screen.contains("Jobs 2 of 2"))
    #expect(desk.status.contains("Import of ~/two: cancelled: not begun"))
    desk.press("Enter")
    #expect(desk.screen.contains("  Cancelled: not begun"), "\(desk.screen)")
    desk.press("q")
    #expect(desk.screen.contains("Jobs 2 of 2"))
  }

  @Test("^C in a queue says which job stops, which never began and what goes on")
  func cancelOfOne() throws {
    let desk = try Desk(Self.notes)
    desk.press("@120x24 : \"add ~/one\" Enter @running:1:4:30")
    desk.press(": \"add ~/two\" Enter : \"add ~/three\" Enter : \"cancel 2\" Enter")
    let second = "Cancelled: Importing ~/two, before it began · 2 jobs go on"
    #expect(desk.status.contains(second), "\(desk.status)")
    desk.press("^C")
    let words = "Stopping the import of ~/one · Cancelled: Importing ~/three, before it began"
    #expect(desk.status.contains(words), "\(desk.status)")
    _ = desk.reader.receive(.ended(JobID(3), .cancelled("not begun")))
    #expect(desk.status.contains(words), "\(desk.status)")
    _ = desk.reader.receive(.ended(JobID(1), .cancelled("3 stories added")))
    #expect(desk.status.contains("Import cancelled: 3 stories added"), "\(desk.status)")
  }

  @Test("What failed is told by name: one file in the message, all of them behind the list")
  func failures() throws {
    let desk = try Desk(Self.notes)
    desk.press(": \"add ~/one\" Enter")
    let problems = (1...30).map { "page \($0).html: the page is empty" }
    let outcome = Job.Outcome(.failed, "2 stories added, 30 failed", problems: problems)
    _ = desk.reader.receive(.ended(JobID(1), outcome))
    #expect(desk.screen.contains("page 1.html: the page is empty"), "\(desk.screen)")
    #expect(desk.screen.contains("gJ lists what"), "\(desk.screen)")
    // The message of an event stands for some seconds, whatever is pressed.
    desk.clock.now = Timestamp(seconds: Desk.now.seconds + 3600)
    for size in ["40x24", "80x24", "120x24"] {
      desk.press("@\(size) gJ")
      #expect(desk.screen.contains("✗ 2 stor"), "\(desk.screen)")
      desk.press("Enter")
      #expect(desk.screen.contains("What failed") && desk.screen.contains("page 2.html"))
      desk.press("G")
      #expect(desk.screen.contains("page 30.html"), "\(desk.screen)")
      desk.press("/ \"17\" Enter")
      #expect(desk.screen.contains("page 17.html") && !desk.screen.contains("page 30.html"))
      desk.press("q q")
      #expect(desk.screen.contains("Two") && !desk.screen.contains("Jobs"), "\(desk.screen)")
    }
    let many = Job.Outcome(.failed, "all failed", problems: problems.flatMap { [$0] + problems })
    #expect(many.problems.count == 930)
    #expect(
      Job.Outcome(.failed, "", problems: many.problems + problems + problems + problems)
        .problems.last == "and 20 more")
  }

  @Test("An import that updated a story names the key that undoes it, and undo names the story")
  func undo() throws {
    let head = "# One\naddress: https://example.org/1\n\nThe harbour is open again.\n\n"
    let desk = try Desk(head + "Ships came in the morning.")
    let note = try #require(StoryNotes.read(head + "Ships came in the morning, and left.").first)
    let updated = try desk.library.stories.add(
      PreparedStory(note.story, original: nil, parserVersion: 1), now: Desk.now.seconds)
    #expect(updated == .updated(updated.id))
    desk.press(": \"add ~/one\" Enter")
    let outcome = Job.Outcome(.done, "0 stories added, 1 updated", updated: 1)
    _ = desk.reader.receive(.ended(JobID(1), outcome))
    #expect(desk.status.contains("1 updated · u brings the old text back"), "\(desk.status)")
    desk.press("u")
    #expect(desk.status.contains("Taken back: Updated by an import · “One”"), "\(desk.status)")
    desk.press(": \"redo\" Enter")
    #expect(desk.status.contains("Done again: Updated by an import · “One”"), "\(desk.status)")
  }

  @Test("Undo says that an older text is no longer kept, instead of that it was taken back")
  func undoOfDropped() throws {
    let head = "# One\naddress: https://example.org/1\n\nThe harbour is open again.\n\n"
    let desk = try Desk(head + "Version 0 of the text.")
    for number in 1...7 {
      let note = try #require(StoryNotes.read(head + "Version \(number) of the text.").first)
      try desk.library.stories.add(
        PreparedStory(note.story, original: nil, parserVersion: 1), now: Desk.now.seconds)
      // A change between them, or a session's imports are one.
      desk.press("s s")
    }
    var words: [String] = []
    for _ in 0..<21 {
      desk.press("u")
      words.append(desk.screen)
    }
    #expect(words.count { $0.contains("Taken back: Updated") } == 5, "\(words)")
    #expect(words.count { $0.contains("Cannot be taken back: the earlier text") } == 2, "\(words)")
    #expect(try desk.library.stories.story(1)?.blocks.count == 2)
  }

  @Test("What the end of the program cuts short is told, and only that")
  func atTheEnd() throws {
    let desk = try Desk(Self.notes)
    for name in ["one", "two", "three", "four"] { desk.press(": \"add ~/\(name)\" Enter") }
    _ = desk.reader.receive(.ended(JobID(1), .done("9 stories added")))
    desk.press("@running:2:40:300 @running:3:7:9")
    let unfinished = desk.reader.activeJobs
    desk.press("Q")
    _ = desk.reader.receive(.ended(JobID(2), .cancelled("38 stories added, 2 failed")))
    #expect(
      desk.reader.wordsAtEnd(of: unfinished) == [
        "the import of ~/two was stopped: 38 stories added, 2 failed; adding it again goes on",
        "the import of ~/three was stopped at 7 of 9; what was done until then is kept; "
          + "adding it again goes on",
        "the import of ~/four was not begun; adding it again goes on",
      ])
    #expect(desk.reader.wordsAtEnd(of: []) == [])
  }

  @Test("A folder that is being added is not added a second time, however it is written")
  func twice() throws {
    let files = FileNames(
      path: { Array($0.replacing("~", with: "/home/me").utf8) },
      canonical: { Array(String(decoding: $0, as: UTF8.self).replacing("/./", with: "/").utf8) })
    let desk = try Desk(Self.notes, files: files)
    _ = desk.reader.receive(.requested(.importPaths([Array("/home/me/old".utf8)])))
    desk.press(": \"add ~/./old\" Enter")
    #expect(desk.effects.isEmpty == false && desk.status.contains("~/./old is being added already"))
    desk.press(": \"add ~/new\" Enter : \"add ~/new\" Enter")
    #expect(!desk.effects.contains { if case .start = $0 { true } else { false } })
    #expect(desk.reader.activeJobs == [JobID(1), JobID(2)])
    // Once it was cancelled it can be asked for again.
    desk.press("^C : \"add ~/new\" Enter")
    #expect(desk.reader.activeJobs == [JobID(1), JobID(2), JobID(3)])
  }

  @Test("Tab completes the path behind :add, and shows the choice where there are several")
  func paths() throws {
    let names = ["~/pages/", "~/papers/", "~/page.html"]
    let files = FileNames(completions: { typed in names.filter { $0.hasPrefix(typed) } })
    let desk = try Desk(Self.notes, files: files)
    desk.press(": \"add ~/\" Tab")
    #expect(desk.status.contains(":add ~/pa") && desk.status.contains("papers"), "\(desk.status)")
    desk.press("Tab")
    #expect(desk.status.contains(":add ~/pages/") && desk.screen.contains("~/papers/"))
    desk.press("Tab")
    #expect(desk.status.contains(":add ~/papers/"), "\(desk.screen)")
    desk.press("^U \"add ~/pap\" Tab")
    #expect(desk.status.contains(":add ~/papers/"), "\(desk.screen)")
    desk.press("^U \"add nothing\" Tab")
    #expect(desk.status.contains("No file begins with that"), "\(desk.status)")
  }

  @Test("A running import is in the status line of small screens too", arguments: [24, 30, 40, 59])
  func small(columns: Int) throws {
    let desk = try Desk(Self.notes)
    desk.press("@\(columns)x12 : \"add ~/one\" Enter @running:1:40:300 j")
    #expect(desk.status.contains("40/300") || desk.status.contains("40 of 300"), "\(desk.status)")
    desk.press("Enter")
    #expect(desk.status.contains("40/300") || desk.status.contains("40 of 300"), "\(desk.status)")
  }

  @Test("Names from outside cannot steer the terminal from the list or the status line")
  func hostile() throws {
    let desk = try Desk(Self.notes)
    let name = Array("a\u{1B}]0;x\u{7}\u{202E}".utf8)
    _ = desk.reader.receive(.requested(.importPaths([name, [0xFF]])))
    _ = desk.reader.receive(.ended(JobID(1), .failed("b\u{1B}[2J\nc")))
    desk.press(": \"jobs\" Enter")
    #expect(desk.screen.contains("Import of a"))
    for scalar in desk.screen.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 32 && scalar != "\u{202E}" && !(0x7F..<0xA0).contains(scalar.value))
    }
  }

  // MARK: - The list of stories meanwhile

  private func add(_ title: String, age: Int64, to desk: Desk) throws {
    let story = PreparedStory(Story(title: title), original: nil, parserVersion: 1)
    _ = try desk.library.stories.add(story, now: Desk.now.seconds - age)
  }

  @Test("Stories that an import brings come into the list without moving what is selected or read")
  func arriving() throws {
    let desk = try Desk()
    desk.press("@80x12")
    #expect(desk.screen.contains("All 0"))
    try add("The first", age: 5000, to: desk)
    _ = desk.reader.receive(.libraryChanged)
    #expect(desk.screen.contains("All 1") && desk.status.contains("1 of 1"))
    desk.press("k")
    for number in 1...40 { try add("Newer \(number)", age: 4000 - Int64(number), to: desk) }
    for number in 1...40 { try add("Older \(number)", age: 6000 + Int64(number), to: desk) }
    let row = desk.frame.cursor.row
    _ = desk.reader.receive(.libraryChanged)
    #expect(desk.screen.contains("All 81") && desk.status.contains("41 of 81"))
    #expect(desk.lines[desk.frame.cursor.row].contains("The first"))
    #expect(desk.frame.cursor.row == row)
    desk.press("Enter")
    let page = desk.body
    try add("The newest", age: 1, to: desk)
    _ = desk.reader.receive(.libraryChanged)
    #expect(desk.body == page)
  }
}
