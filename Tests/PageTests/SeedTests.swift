import Foundation
import Parsing
import Stories
import TestSupport
import Testing

private let folder = URL(fileURLWithPath: packageFolder()).appending(path: "../shared/seed")
private let isHere = FileManager.default.fileExists(atPath: folder.path)

/// The page that Courant was asked for, as copied text and as markup: both must give one story.
@Suite("The seed page", .enabled(if: isHere)) struct SeedTests {

  fileprivate struct Expected: Decodable {
    struct Caption: Decodable { var text: String, credit: String }
    struct Block: Decodable { var kind: String, text: String?, caption: String? }
    struct Card: Decodable { var name: String, text: String?, placeholder: Bool }
    var title: String, byline: String
    var text: String
    var headings: [String]
    var captions: [Caption]
    var blocks: [Block]
    var comment_count: Int
    var comments_open: Bool
    var author_card: Card
    var dropped: [String]
  }

  @Test("Every field is as expected", arguments: ["page.txt", "page.html"])
  func fields(name: String) throws {
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    let bytes = try Data(contentsOf: folder.appending(path: name))
    let page = try parsePage(Page(bytes: Array(bytes), name: name))
    let story = page.story

    #expect(story.title == expected.title)
    #expect(story.byline == [expected.byline])
    #expect(story.published == nil)
    #expect(story.figures.map(\.caption.text) == expected.captions.map(\.text))
    #expect(story.figures.map(\.credit) == expected.captions.map(\.credit))
    #expect(
      story.blocks.map(Self.outline) == expected.blocks.map { [$0.kind, $0.text ?? $0.caption] })
    #expect(story.thread.comments.isEmpty)
    #expect(story.thread.count == expected.comment_count)
    #expect((story.thread.state == .open) == expected.comments_open)
    #expect(story.authorCard?.name == expected.author_card.name)
    #expect(story.authorCard?.text == expected.author_card.text)
    #expect(story.authorCard?.isPlaceholder == expected.author_card.placeholder)
    let dropped = page.report.dropped.map(\.text)
    for text in expected.dropped {
      #expect(dropped.contains { text.hasPrefix($0) }, "\(text.prefix(30)) is not reported")
    }
  }

  private static func outline(_ block: Block) -> [String?] {
    switch block {
    case .paragraph(let phrases): ["paragraph", phrases.text]
    case .heading(_, let phrases): ["heading", phrases.text]
    case .figure(let figure): ["figure", figure.caption.text]
    default: ["other", nil]
    }
  }
}
