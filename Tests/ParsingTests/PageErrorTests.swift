import Parsing
import Testing

@Suite struct PageErrorTests {
  private func failure(_ bytes: [UInt8]) -> PageError? {
    do {
      _ = try parsePage(Page(bytes: bytes, name: "page.html"))
      return nil
    } catch { return error }
  }

  @Test("Nothing and white space are empty pages")
  func empty() {
    #expect(failure([]) == .empty)
    #expect(failure(Array(" \n\t\r\n".utf8)) == .empty)
  }

  @Test(
    "Files that are no pages are named by what they look like",
    arguments: [
      (Array("%PDF-1.7\n".utf8), "a PDF document"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D], "a PNG image"),
      ([0x1F, 0x8B, 8, 0], "a gzip file"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
      (Array(repeating: UInt8(0), count: 100), "binary data"),
    ])
  func binary(_ bytes: [UInt8], _ words: String) { #expect(failure(bytes) == .binary(words)) }

  @Test("A page of markup without text has no story, and says so")
  func noStory() {
    guard case .noStory = failure(Array("<html><body><img src=x></body></html>".utf8)) else {
      Issue.record("the page gave a story")
      return
    }
  }

  @Test("A page over the limit is refused with the limit")
  func tooLarge() {
    let bytes = [UInt8](repeating: 0x61, count: (64 << 20) + 1)
    #expect(failure(bytes) == .tooLarge(limit: 64 << 20))
  }
}
