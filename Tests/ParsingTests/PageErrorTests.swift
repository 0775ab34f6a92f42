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

  private static let webArchive = "a web archive of Safari (save the page as its source instead)"
  private static let noPages: [(mark: [UInt8], rest: String, words: String)] = [
    ([], "%PDF-1.7\n", "a PDF document"),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D], "", "a PNG image"),
    ([0x1F, 0x8B, 8, 0], "", "a gzip file (unpack it first)"),
    ([0x7F], "ELF", "a program"),
    ([], String(repeating: "\0", count: 100), "binary data"),
    ([], "bplist00\u{1}\u{2}_\u{10}\u{F}WebMainResource", webArchive),
    (
      [], "<?xml version=\"1.0\"?><plist><dict><key>WebMainResource</key></dict></plist>",
      webArchive
    ),
    ([], "bplist00\u{8}", "a property list"),
    ([], "PK\u{3}\u{4}\u{14}\0\0\0", "a ZIP archive (unpack it first)"),
    ([], "PK\u{3}\u{4}\u{14}\0mimetypeapplication/epub+zip", "an EPUB book"),
    ([], "WARC/1.0\r\n", "a WARC archive (save the page itself as HTML)"),
    ([], "{\\rtf1 text}", "an RTF document"),
  ]

  @Test("Files that are no pages are named by what they look like", arguments: noPages)
  func binary(_ mark: [UInt8], _ rest: String, _ words: String) {
    #expect(failure(mark + Array(rest.utf8)) == .binary(words))
  }

  @Test("A ZIP archive with the name of a saved page says that a page is in it")
  func maff() {
    let bytes = Array("PK\u{3}\u{4}".utf8) + [20, 0, 0, 0]
    #expect(throws: PageError.binary("a MAFF archive (unpack it and add the page in it)")) {
      try parsePage(Page(bytes: bytes, name: "saved.MAFF"))
    }
  }

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
