import App
import Display
import Storage
import Stories
import TestSupport
import Testing

/// A better parser may put blocks and comments above the place where a story was left.
@Suite struct ReparsedPlaceTests {
  /// The first words of the paragraph or comment at the top of the screen.
  private func sentence(_ desk: Desk, beginning: String) throws -> String {
    let words = desk.lines.joined(separator: " ").split(separator: " ")
    let index = try #require(words.firstIndex { $0 == beginning }, "\(desk.screen)")
    return words[index...].prefix(2).joined(separator: " ")
  }

  private func top(_ desk: Desk) -> String {
    let reader = Desk.reader(desk.library)
    _ = reader.press(.enter)
    return reader.frame(in: desk.size).lines.prefix(5).map(\.text).joined(separator: "\n")
  }

  private func reparse(_ desk: Desk, _ better: (inout Story) -> Void) throws {
    let id = try #require(desk.headlines.first?.id)
    var story = try #require(try desk.library.stories.story(id))
    better(&story)
    let prepared = PreparedStory(story, original: nil, parserVersion: 2)
    #expect(try desk.library.stories.reparsed(id, prepared) == .updated(id))
  }

  @Test("A story that was left and has changed meanwhile is shown as it is now")
  func changedMeanwhile() throws {
    let desk = try Desk("# The talk\n\nShort.\n\n@ one\n\nFirst.\n\n@@ two\n\nSecond.")
    desk.press("Enter zM q Enter")
    #expect(desk.screen.contains("1 reply hidden"), "what has not changed is as it was left")
    desk.press("q")
    try reparse(desk) { story in
      let old = story.thread.comments.map {
        PostedComment(author: $0.author, time: $0.time, blocks: $0.blocks)
      }
      let late = PostedComment(
        author: "late", time: Timestamp(seconds: Desk.now.seconds + 60),
        blocks: [.paragraph([Phrase("Came late.")])])
      story.thread = Stories.Thread(old + [late], state: .open)
    }
    desk.clock.now = Timestamp(seconds: Desk.now.seconds + 3600)
    desk.press("Enter ]n")
    #expect(desk.screen.contains("Came late."), "\(desk.screen)")
    #expect(desk.lines.contains { $0.contains("▸") && $0.contains("late") }, "\(desk.screen)")
  }

  @Test("A story opens on its sentence although blocks came in above it")
  func blocks() throws {
    var notes = "# The long one\n"
    for number in 1...60 {
      notes +=
        "\nParagraph \(number) tells of the wheel \(number), which turns the hand \(number) of "
      notes +=
        "the clock \(number), and of the people of quay \(number) who wait for it to strike.\n"
    }
    let desk = try Desk(notes)
    desk.press("Enter 40%")
    let words = try sentence(desk, beginning: "Paragraph")
    desk.press("q")
    try reparse(desk) { story in
      let found = (1...9).map { Block.paragraph([Phrase("Found at last, part \($0).")]) }
      story.blocks.insert(contentsOf: found, at: 0)
    }
    #expect(top(desk).contains(words))
  }

  @Test("A thread opens on its comment although others came in above it, and took its number")
  func comments() throws {
    var notes = "# The talk\n\nShort.\n"
    for number in 1...60 { notes += "\n@ reader \(number)\n\nAnswer \(number) of many.\n" }
    let desk = try Desk(notes)
    desk.press("Enter 60%")
    let words = try sentence(desk, beginning: "Answer")
    desk.press("q")
    try reparse(desk) { story in
      let old = story.thread.comments.map { PostedComment(author: $0.author, blocks: $0.blocks) }
      let more = (1...7).map { number in
        PostedComment(author: "late \(number)", blocks: [.paragraph([Phrase("Missed before.")])])
      }
      story.thread = Thread(more + old)
    }
    #expect(top(desk).contains(words), "\(words) is not in \(top(desk))")
  }

  @Test("A story that changes while it is read is shown as it is now, at its line, and says so")
  func changedWhileRead() throws {
    var notes = "# The long one\n"
    for number in 1...60 {
      notes += "\nParagraph \(number) tells of the clock \(number) on its quay.\n"
    }
    let desk = try Desk(notes + "\n@ one\n\nFirst.\n\n@@ two\n\nSecond.\n")
    desk.press("Enter zM 40%")
    let (above, line) = (desk.lines[0], desk.lines[1])
    #expect(desk.lines.prefix(2).contains { $0.contains("Paragraph") }, "\(desk.screen)")
    try reparse(desk) { story in
      let found = (1...9).map { Block.paragraph([Phrase("Found at last, part \($0).")]) }
      story.blocks.insert(contentsOf: found, at: 0)
      story.thread = Thread(
        story.thread.comments.map { PostedComment(author: $0.author, blocks: $0.blocks) })
    }
    _ = desk.reader.receive(.libraryChanged)
    #expect(desk.lines.prefix(2) == [above, line], "\(desk.screen)")
    #expect(desk.status.contains("The story has changed and is shown as it is now"))
    desk.clock.now = Timestamp(seconds: Desk.now.seconds + 60)
    desk.press("j")
    #expect(!desk.status.contains("changed"), "\(desk.status)")
    desk.press("gg")
    #expect(desk.screen.contains("Found at last, part 1."), "\(desk.screen)")
  }

  @Test("That a story has changed is said at the next key, whatever that key says of itself")
  func changedByAnother() throws {
    let desk = try Desk("# The talk\n\nA lamp.\n\n# Other\n\nText.")
    let other = try Library(path: desk.folder["library.sqlite"])
    desk.press("Enter")
    for (key, tells) in [("j", true), ("k", true), ("J", false)] {
      let id = try #require(desk.headlines.first?.id)
      var story = try #require(try other.stories.story(id))
      story.blocks.append(.paragraph([Phrase("New for \(key).")]))
      _ = try other.stories.reparsed(id, PreparedStory(story, original: nil, parserVersion: 2))
      desk.press(key)
      #expect(desk.status.contains("The story has changed") == tells, "\(key): \(desk.status)")
      #expect(desk.screen.contains("New for \(key).") == tells, "\(key): \(desk.screen)")
      desk.clock.now = Timestamp(seconds: desk.clock.now.seconds + 60)
    }
  }

  @Test("What is chosen or typed over a story that changes is left alone until it is done")
  func changedUnderLine() throws {
    let desk = try Desk("# The talk\n\nA lamp.\n\n# Other\n\nText.")
    for (opening, closing) in [("/ \"lamp\"", "Enter"), ("O", "Esc")] {
      desk.press("gg Enter \(opening)")
      try reparse(desk) { $0.blocks.insert(.paragraph([Phrase("New \(opening)")]), at: 0) }
      _ = desk.reader.receive(.libraryChanged)
      #expect(!desk.screen.contains("New \(opening)"), "\(desk.screen)")
      desk.press("\(closing) j")
      #expect(desk.screen.contains("New \(opening)"), "\(desk.screen)")
      desk.press("Esc Esc")
    }
  }
}
