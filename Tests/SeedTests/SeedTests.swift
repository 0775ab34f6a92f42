import Foundation
import TestSupport
import Testing

private let folder = URL(fileURLWithPath: packageFolder()).appending(path: "../shared/seed")
private let isHere = FileManager.default.fileExists(atPath: folder.path)

/// The page that Courant was asked for, as copied text and as markup: both must give one story.
///
/// The program is asked, and Foundation reads the answers here, for its ICU and that of libxml2 do not meet in
/// one test target.
@Suite("The seed page", .enabled(if: isHere)) struct SeedTests {
  private struct Story: Decodable {
    struct Caption: Decodable, Equatable { var text: String, credit: String? }
    struct Block: Decodable, Equatable { var kind: String, text: String?, caption: String? }
    struct Card: Decodable, Equatable { var name: String, text: String?, placeholder: Bool }
    struct Comment: Decodable {}
    var title: String
    var byline: String
    var published: String?
    var text: String
    var headings: [String]
    var captions: [Caption]
    var blocks: [Block]
    var comments: [Comment]
    var comment_count: Int?
    var comments_open: Bool?
    var author_card: Card?
    /// The expected furniture, and what the program reports.
    var dropped: [String]?
    var report: Report?
  }

  private struct Report: Decodable {
    struct Part: Decodable { var text: String }
    var dropped: [Part]
  }

  @Test("Every field is as expected", arguments: ["page.txt", "page.html"])
  func fields(name: String) throws {
    let expected = try JSONDecoder().decode(
      Story.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    let story = try JSONDecoder().decode(Story.self, from: answer(for: name))
    #expect(story.title == expected.title)
    #expect(story.byline == expected.byline)
    #expect(story.published == expected.published)
    #expect(story.text == expected.text)
    #expect(story.headings == expected.headings)
    #expect(story.captions == expected.captions)
    #expect(story.blocks == expected.blocks)
    #expect(story.comments.count == expected.comments.count)
    #expect(story.comment_count == expected.comment_count)
    #expect(story.comments_open == expected.comments_open)
    #expect(story.author_card == expected.author_card)
    let reported = try #require(story.report).dropped.map(\.text)
    for text in expected.dropped ?? [] {
      #expect(reported.contains { text.hasPrefix($0) }, "\(text.prefix(30)) is not reported")
    }
  }

  private func answer(for name: String) throws -> Data {
    let program = Process()
    program.executableURL = URL(fileURLWithPath: productsFolder()).appending(path: "courant")
    program.arguments = ["parse", "--json", folder.appending(path: name).path]
    let output = Pipe()
    program.standardOutput = output
    try program.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    program.waitUntilExit()
    #expect(program.terminationStatus == 0)
    return answer
  }
}
