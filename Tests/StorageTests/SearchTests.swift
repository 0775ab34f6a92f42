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
    try library.add(fullStory(), original: nil, parserVersion: 1)
    try library.addPlain(0..<3)
  }

  private func found(_ typed: String) throws -> [StoryID] {
    try library.search(query(typed), limit: 10).map(\.headline.id).sorted()
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
    "nothing typed is a mistake",
    arguments: [
      "\" OR NEAR(", "* ^ '", "'; DROP TABLE stories", "AND", "title:harbour", "NOT", "a\"b\"c",
      "-", "--", "-\"", "(((", "{a b}:c", "a + b", "\u{0}harbour", "NEAR(a b, 3)", "\u{202E}",
    ])
  func syntax(_ typed: String) throws {
    _ = try library.search(query(typed), limit: 5)
    _ = try library.search(query("harbour " + typed), limit: 5)
  }

  @Test("a page pasted into the search ends at once")
  func longQuery() throws {
    #expect(try found(String(repeating: "harbour ", count: 100_000)) == [1])
  }

  @Test("the headline counts more than the text, and a snippet marks the words")
  func rankAndSnippet() throws {
    var story = plainStory(9, text: "Nothing much was said of the harbour in the long evening")
    story.title = "Evening"
    try library.add(story, original: nil, parserVersion: 1)
    let hits = try library.search(query("harbour"), limit: 10)
    #expect(hits.map(\.headline.id) == [1, 5])
    let snippet = try #require(hits.last?.snippet)
    #expect(snippet.filter(\.isMatch).map(\.text) == ["harbour"])
    #expect(snippet.map(\.text).joined().contains("said of the harbour in"))
  }
}
