import Parsing
import Stories
import TestSupport
import Testing

/// What `--explain` says: why each block was kept or dropped.
@Suite struct ExplanationTests {
  private func explain(
    _ page: String, name: String = "page.html", rules: [SiteRule] = []
  ) throws -> String {
    try explainPage(
      Page(bytes: Array(page.utf8), address: "https://quay.example/1", name: name),
      rules: SiteRules(own: rules))
  }

  private func line(_ text: String, with words: String) -> String? {
    text.split(separator: "\n").first { $0.contains(words) }.map(String.init)
  }

  @Test("A page is explained as in its golden file")
  func golden() throws {
    let path = folderOf(#filePath) + "/Golden/explained.html"
    let page = String(decoding: try #require(readFile(path)), as: UTF8.self)
    expectGolden(try explain(page), named: "explained.txt")
  }

  @Test("The explanation is of the very story that parsing gives")
  func sameStory() throws {
    let path = folderOf(#filePath) + "/Golden/explained.html"
    let bytes = try #require(readFile(path))
    let parsed = try parsePage(Page(bytes: bytes, address: "https://quay.example/1"))
    let text = try explain(String(decoding: bytes, as: UTF8.self))
    #expect(text.contains(parsed.story.title))
    #expect(text.contains(parsed.story.figures[0].credit ?? "no credit"))
    for dropped in parsed.report.dropped where dropped.kind != .comments {
      #expect(
        line(text, with: String(dropped.text.prefix(20)))?.hasPrefix("  -") ?? false, "\(dropped)")
    }
    for block in parsed.story.blocks {
      guard case .paragraph(let phrases) = block else { continue }
      #expect(line(text, with: String(phrases[0].text.prefix(20)))?.hasPrefix("  +") ?? false)
    }
  }

  @Test("Readings that were tried are told, and which was chosen")
  func readings() throws {
    let story = (1...9).map { "<p>Sentence \($0) of the story is shown among the comments.</p>" }
    let text = try explain("<p>Short.</p><div class=comments>\(story.joined())</div>")
    #expect(line(text, with: "as usual")?.contains("chosen") == false)
    #expect(line(text, with: "so may what is named comments")?.contains("← chosen") == true)
  }

  @Test("A rule for the site is named where it chose")
  func rule() throws {
    let rule = SiteRule(
      host: "quay.example", body: [try Selector("#note")], drop: [try Selector(".x")],
      isFirst: true)
    let page = "<div id=note>Closed on Monday.<p class=x>Buy a lamp.</p></div>"
    let text = try explain(page, rules: [rule])
    #expect(line(text, with: "chosen  ")?.contains("the rule for the site names it") == true)
    #expect(line(text, with: "p.x")?.contains("site rule: other") == true)
    #expect(line(text, with: "note  ")?.contains("Read by the rule for quay.example.") == true)
  }

  @Test("A page without a story is explained too, and what is no page is refused")
  func noStory() throws {
    let text = try explain("<body><nav><a href=/>Home</a></nav><img src=x></body>")
    #expect(text.contains("none: there is no running text in the page"))
    #expect(line(text, with: "Home")?.contains("furniture: menu (nav element") == true)
    #expect(throws: PageError.self) { try explain("%PDF-1.7\n") }
    #expect(throws: PageError.empty) { try explain(" ") }
  }

  @Test("A page that is opened whole says that its blocks were not chosen")
  func whole() throws {
    let links = (1...20).map { "<li><a href=/\($0)>Ferry number \($0)</a></li>" }.joined()
    let text = try explain("<body><ul>\(links)</ul></body>")
    #expect(text.contains("No story stood out; this is the whole page."))
    #expect(text.contains("the story is not made of these: see the notes above"))
  }

  @Test("A page of plain text is explained by its blocks")
  func plainText() throws {
    let words = "The ferry to the low island left on the hour for sixty years, and now it waits."
    let text = try explain("The ferry learns to wait\n\n\(words)\n\n\(words)\n", name: "page.txt")
    #expect(text.contains("text in UTF-8"))
    #expect(text.contains("+  paragraph  “The ferry to the low island"))
  }

  @Test("Explaining hostile pages takes time in proportion to their size")
  func hostile() throws {
    let words = "<p>A sentence long enough to be taken for the running text of a story.</p>"
    for open in ["<div class='a b'>", "<figure><img src=x.jpg><figcaption>x", "<a rel=author>y"] {
      let page = String(repeating: open, count: 20_000) + words
      let spent = try ContinuousClock().measure { _ = try explain(page) }
      // Debug builds are some thirty times slower than the program.
      #expect(spent < .seconds(30), "\(open)")
    }
  }
}
