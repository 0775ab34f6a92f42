import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct SearchTests {
  let folder: TemporaryFolder
  let library: Library

  init() throws {
    folder = TemporaryFolder()
    library = try Library(path: folder.library)
    try library.stories.add(fullStory(), original: nil, parserVersion: 1)
    try library.addPlain(0..<3)
  }

  private func found(_ typed: String) throws -> [StoryID] {
    try library.search.hits(of: query(typed), limit: 10).map(\.headline.id).sorted()
  }

  @Test(
    "words are found in headline, text, captions, credits and comments",
    arguments: [
      "harbour", "WESTHAVEN", "cranes pier", "\"night desk\"", "kittiwakes", "naive cafe", "łodz",
      "kitt", "quay wa", "\"quay wall\"", "\u{201C}quay wall\u{201D}", "harbour -tide",
      "harbour -\"tide on\"", "harbour 日",
    ])
  func words(_ typed: String) throws {
    #expect(try found(typed) == [1])
  }

  @Test(
    "absent words are not found",
    arguments: [
      "\"wall quay\"", "harbour tide", "harbour -quay", "kitt ", "quay w", "-harbour", "", " ",
      "\"",
    ])
  func absent(_ typed: String) throws {
    #expect(try found(typed) == [])
  }

  @Test(
    "no input is a syntax error",
    arguments: [
      "\" OR NEAR(", "* ^ '", "'; DROP TABLE stories", "AND", "title:harbour", "NOT", "a\"b\"c",
      "-", "--", "-\"", "(((", "{a b}:c", "a + b", "\u{0}harbour", "NEAR(a b, 3)", "\u{202E}",
    ])
  func syntax(_ typed: String) throws {
    _ = try library.search.hits(of: query(typed), limit: 5)
    _ = try library.search.hits(of: query("harbour " + typed), limit: 5)
  }

  @Test("a page pasted into the search finishes quickly")
  func longQuery() throws {
    #expect(try found(String(repeating: "harbour ", count: 100_000)) == [1])
  }

  @Test("the headline counts more than the text, and a snippet marks the words")
  func rankAndSnippet() throws {
    var story = plainStory(9, text: "Nothing much was said of the harbour in the long evening")
    story.title = "Evening"
    try library.stories.add(story, original: nil, parserVersion: 1)
    let hits = try library.search.hits(of: query("harbour"), limit: 10)
    #expect(hits.map(\.headline.id) == [1, 5])
    let snippet = try #require(hits.last?.snippet)
    #expect(snippet.filter(\.isMatch).map(\.text) == ["harbour"])
    #expect(snippet.map(\.text).joined().contains("said of the harbour in"))
  }

  @Test("a snippet shows where most of the words are close together, in the requested part")
  func together() throws {
    var story = plainStory(
      9,
      text: "The lantern was dark. " + String(repeating: "Nothing else was seen there. ", count: 20)
        + "At last the lanterns of the ferry, and a Lantern on the ferry, were lit at once.")
    story.title = "Ferry lantern"
    story.thread = Thread([
      PostedComment(id: "1", author: "one", blocks: [.paragraph([Phrase("Lantern or ferry?")])])
    ])
    try library.stories.add(story, original: nil, parserVersion: 1)
    func parts(_ typed: String) throws -> [SnippetPart] {
      try #require(try library.search.hits(of: query(typed), limit: 10).first).snippet
    }
    let whole = try parts("ferry lantern ")
    #expect(whole.filter(\.isMatch).map(\.text) == ["ferry", "Lantern", "ferry"])
    #expect(whole.first?.text.hasPrefix("…") == true)
    let open = try parts("ferry lant").filter(\.isMatch).map(\.text)
    #expect(open == ["lanterns", "ferry", "Lantern", "ferry"], "the last typed word is a prefix")
    let comments = try parts("in:comments ferry")
    #expect(comments.map(\.text).joined().contains("Lantern or ferry?"))
    #expect(try parts("\"lantern on the\"").filter(\.isMatch).map(\.text) == ["Lantern on the"])
  }

  @Test("a text without spaces is cut between characters")
  func cutLetters() throws {
    let text = String(repeating: "港の灯台は百年のあいだ光るだけだった。", count: 60)
    try library.stories.add(
      plainStory(9, text: text + " 船 " + text), original: nil, parserVersion: 1)
    let snippet = try #require(try library.search.hits(of: query("船"), limit: 1).first).snippet
    let words = snippet.map(\.text).joined()
    #expect(snippet.filter(\.isMatch).map(\.text) == ["船"])
    #expect(!words.unicodeScalars.contains("\u{FFFD}") && words.utf8.count < 260, "\(words)")
  }
}
