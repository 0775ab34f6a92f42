import Parsing
import Stories
import Testing

/// Pages made to hurt: each is parsed within a bound of CPU time and gives a story or a reason.
@Suite struct HostilePageTests {
  /// The wall clock is another's; the process's own time is what the bound is on.
  private func seconds(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    let spent = clock.measure(work)
    return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
  }

  private func parse(_ text: String) -> ParsedPage? {
    try? parsePage(Page(bytes: Array(text.utf8), format: .html))
  }

  private static let story =
    "<p>A long enough sentence stands here, so that the page has a story to be found in it.</p>"

  private static let shapes: [(String, String, String, Int)] = [
    ("open divs", "<div>", "", 200_000), ("open links", "<a href=x>", "", 200_000),
    ("open lists", "<ul><li>", "", 100_000), ("open tables", "<table><tr><td>", "", 60_000),
    ("open bolds", "<b>", "", 200_000), ("stray ends", "", "</div></p></b></x>", 60_000),
    ("open quotes", "<blockquote>", "", 100_000), ("unclosed comments", "<!-- ", "", 200_000),
    ("lone ampersands", "&", "", 500_000), ("long reference", "&aaaaaaaa", "", 100_000),
    ("lone brackets", "<", "", 500_000), ("open headings", "<h2>", "", 100_000),
    ("unknown names", "<x-y>", "</z-w>", 60_000), ("paragraphs", "<p>", "", 200_000),
    ("marks on one letter", "a\u{301}", "", 200_000), ("line breaks", "<br>", "", 200_000),
    ("wide tables", "<table><tr><td colspan=999999999 rowspan=999999999>x", "", 20_000),
    ("open scripts", "<script>", "", 100_000), ("options", "<select><option>", "", 60_000),
    ("JSON", "<script type='application/ld+json'>{\"a\":[", "</script>", 20_000),
    (
      "captioned figures",
      "<figure><img src=/a.jpg><figcaption>A boat. Photo: A B</figcaption></figure>", "", 6_000
    ),
    ("pictures beside words", "<div><div><img src=/b.jpg></div>Some words here</div>", "", 6_000),
    ("figures in figures", "<figure><img src=/c.jpg>x", "</figure>", 6_000),
  ]

  @Test("Repeated markup is parsed in time in proportion to its size", arguments: shapes)
  func shape(_ name: String, _ before: String, _ after: String, _ count: Int) {
    let page =
      Self.story + String(repeating: before, count: count) + "end"
      + String(repeating: after, count: count)
    var spent = 0.0
    spent = seconds { _ = parse(page) }
    // Debug builds are some thirty times slower than the program.
    #expect(spent < 30, "\(name) took \(spent) s")
  }

  @Test("Deep nesting is flattened, its text kept, and the report says so")
  func depth() throws {
    let page = String(repeating: "<div>", count: 5000) + Self.story
    let parsed = try #require(parse(page))
    #expect(parsed.story.blocks.count == 1)
    #expect(parsed.report.notes.contains { $0.contains("256 levels") })
  }

  @Test("A hundred thousand attributes on one tag cost nothing and hide nothing")
  func attributes() throws {
    let many = (0..<100_000).map { " a\($0)='\($0)'" }.joined()
    let parsed = try #require(parse("<div\(many)>" + Self.story + "</div>"))
    #expect(parsed.story.blocks.count == 1)
  }

  @Test("A page cut anywhere is still parsed")
  func cuts() {
    let page = Array(
      ("<!doctype html><html><head><title>A &amp; B</title><meta charset='utf-8'><script "
        + "type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"H\\u00e9\"}</script></head>"
        + "<body><h1 class=\"a b\">H</h1>" + Self.story + "<img src=x.jpg alt='é'><!-- c --></body>")
        .utf8)
    var stories = 0
    for length in 0...page.count {
      let bytes = Array(page[..<length])
      // Too little of a page is refused in words; anything else would end the test.
      if (try? parsePage(Page(bytes: bytes, format: .html))) != nil { stories += 1 }
    }
    // The story stands in the last quarter of the page.
    #expect(stories > 60)
  }
}
