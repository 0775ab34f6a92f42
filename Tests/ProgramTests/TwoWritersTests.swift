import Files
import Storage
import Stories
import TerminalKit
import TestSupport
import Testing

/// The real program on a terminal, beside another that writes to the same story.
@Suite(.serialized) struct TwoWritersTests {
  let courant = Courant()

  /// Long enough that laying it out takes a while, in which the other program writes.
  private func longStory(_ name: String) -> Story {
    let words = String(repeating: "and the tide came in again over the long sand ", count: 8)
    return Story(
      title: name, address: "https://long.example/\(name)",
      blocks: (0..<6000).map { .paragraph([Phrase("\(name) \($0) \(words)")]) })
  }

  @Test("tags and stars that another program sets while stories are opened and left are kept")
  func openedWhileTagged() throws {
    let library = try Library(path: Path(courant.libraryPath))
    for name in ["Ebb", "Flood"] {
      try library.stories.add(longStory(name), original: nil, parserVersion: 1)
    }
    let session = try courant.sit()
    #expect(session.wait(for: "All 2"), "\(session.screen.text)")
    session.send("\r")
    var given: [[String]] = [[], []]
    for round in 0..<6 {
      let next = round.isMultiple(of: 2) ? "Flood" : "Ebb"
      let isOpen = { session.screen.text.contains("\(next) 0 and the tide") }
      for _ in 0..<1000 where !isOpen() {
        for story in given.indices {
          let tag = "t\(given[story].count)"
          let change = try library.changes.make([(.tag(tag), true)], of: [StoryID(story + 1)])
          #expect(change.stories == [StoryID(story + 1)])
          given[story].append(tag)
        }
        session.settle(quiet: 5)
      }
      #expect(isOpen(), "\(session.screen.text)")
      session.send(round.isMultiple(of: 2) ? "J" : "K")
    }
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(given[0].count > 12)
    for story in given.indices {
      let tags = Set(try library.user.tags(of: StoryID(story + 1)))
      let lost = given[story].filter { !tags.contains($0) }
      #expect(lost == [], "lost \(lost.count) of \(given[story].count)")
      let reading = try #require(try library.user.reading(of: StoryID(story + 1)))
      #expect(reading.isRead && reading.opened != nil && reading.place != nil)
    }
    #expect(try library.care.check() == [])
  }

  /// Pages that are no two alike, in a folder.
  private func pages(_ count: Int, in name: String) -> String {
    for number in 1...count {
      let title = "Tide \(number) of \(name)"
      _ = courant.file(
        "\(name)/\(number).html", harbourPage.replacing("The tide clock", with: title))
    }
    return courant.home[name]
  }

  @Test("a library stays sound where a program adds to it beside one that imported, and goes on")
  func addedAfterImport() throws {
    // An import opens the library a second time in the reader's process. A descriptor of the file that
    // is opened and closed there would drop the process's locks, and the other program, as the last
    // one that it sees, would delete the log that the reader goes on writing to.
    let session = try courant.sit([pages(12, in: "first")])
    #expect(session.wait(for: "12 stories added"), "\(session.screen.text)")
    #expect(courant.run(["add", pages(9, in: "second")]).output == "9 stories added\n")
    // From the top: the selection stays on the first story that came in, which need not be the first row.
    session.send("ggsjs")
    #expect(session.wait(for: "★ 2"), "\(session.screen.text)")
    #expect(session.wait(for: "All 21"), "\(session.screen.text)")
    #expect(courant.run(["reparse", "--all"]).status == 0)
    session.send("js")
    #expect(session.wait(for: "★ 3"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    let library = try Library(path: Path(courant.libraryPath))
    let counts = try library.lists.counts()
    #expect(counts.all == 21 && counts.starred == 3)
    #expect(try library.care.check() == [])
  }
}
