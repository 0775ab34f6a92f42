import Storage
import Stories
import TestSupport
import Testing

@testable import App

/// Every place that says how many comments a story has says the same number.
@Suite struct CommentCountTests {
  private func thread(_ count: Int?) -> Thread {
    let posted = ["a", "b", "c"].map { (name: String) in
      PostedComment(
        id: name, parent: nil, author: "reader \(name)", time: nil,
        blocks: [.paragraph([Phrase("Words of \(name).")])], marks: [])
    }
    return Thread(posted, count: count, state: .open)
  }

  @Test(
    "List, card, headline, thread, outline and status line agree, with comments of one's own",
    arguments: [(10, 12), (3, 5), (nil, 5), (1, 5)])
  func agreement(stated: Int?, total: Int) throws {
    let desk = try Desk()
    var story = Story(title: "The bridge")
    story.blocks = [.paragraph([Phrase("It opens in June.")])]
    story.thread = thread(stated)
    let id = try desk.library.stories.add(story, original: nil, parserVersion: 1).id
    let first = try desk.library.ownComments.write("Mine", under: "a", author: "me", on: id).name
    _ = try desk.library.ownComments.write("Below", under: first, author: "me", on: id)
    _ = try desk.library.ownComments.write("More", under: nil, author: "me", on: id)
    // It stays as the place of its answer, and is no comment any more.
    _ = try desk.library.ownComments.delete(first, on: id)
    _ = desk.reader.receive(.libraryChanged)
    desk.press("@120x40")
    #expect(desk.headlines.first?.comments == total)
    #expect(
      desk.lines[1].hasSuffix("\(total) comments") || desk.screen.contains("\(total) comments"))
    #expect(desk.lines[1].contains(" \(total) "), "\(desk.screen)")
    desk.press("@80x40 Enter")
    #expect(desk.lines.prefix(3).contains { $0.contains("\(total) comments") }, "\(desk.screen)")
    let shown = total > 5 ? " · 5 shown" : ""
    #expect(desk.screen.contains("\(total) comments\(shown) · open"), "\(desk.screen)")
    desk.press("O")
    #expect(desk.screen.contains("\(total) comments "), "\(desk.screen)")
    desk.press("q c )")
    #expect(desk.status.contains(" 1 of 5 "), "\(desk.status)")
    desk.press(")")
    #expect(!desk.status.contains(" of 5 "), "A place is no comment: \(desk.status)")
    desk.press(")")
    #expect(desk.status.contains(" 2 of 5 "), "\(desk.status)")
    desk.press("4)")
    #expect(desk.status.contains(" 5 of 5 "), "\(desk.status)")
  }
}
