import Parsing
import Stories
import Testing

/// Who wrote a story, from every layer that names people.
@Suite struct BylineTests {
  private func byline(_ head: String, _ body: String = "") throws -> [String] {
    let page =
      "<html><head><meta property='og:site_name' content='Quay Gazette'>\(head)</head>"
      + "<body><h1>The lamp is lit again</h1>\(body)<p>A sentence long enough to be the story of "
      + "this page, and then a little more.</p></body></html>"
    return try parsePage(
      Page(bytes: Array(page.utf8), address: "https://quaygazette.example/lamp", format: .html)
    ).story.byline
  }

  private func data(_ json: String) -> String {
    "<script type='application/ld+json'>\(json)</script>"
  }

  @Test(
    "JSON-LD names its authors in many shapes",
    arguments: [
      #"{"@type":"NewsArticle","author":"Reader One"}"#,
      #"{"@type":"NewsArticle","author":{"@type":"Person","name":"Reader One"}}"#,
      #"{"@type":"NewsArticle","author":[[{"name":["Reader One"]}]]}"#,
      #"{"@type":["Thing","BlogPosting"],"creator":"By Reader One"}"#,
      #"{"@graph":[{"@type":"Article","author":{"@id":"q/1"}},{"@type":"Person","@id":"q/1","name":"Reader One"}]}"#,
      #"{"@graph":[{"@type":"WebPage","author":{"@id":"q/1"}},{"@type":"Person","@id":"q/1","name":"Reader One"}]}"#,
    ])
  func linked(_ json: String) throws { #expect(try byline(data(json)) == ["Reader One"]) }

  @Test("A person beats the site, and the site is better than nobody")
  func organisation() throws {
    let site = data(#"{"@type":"NewsArticle","author":{"name":"Quay Gazette"}}"#)
    #expect(try byline(site) == ["Quay Gazette"])
    #expect(try byline(site, "<div class='byline'>By Reader One</div>") == ["Reader One"])
  }

  @Test("Lines that say the name again are no text, however few are left")
  func signatures() throws {
    let page =
      "<html><head><meta name='author' content='Ada Quill'></head><body><h1>The lamp is lit</h1>"
      + "<article><p>The quay desk | Ada Quill</p><p>Ada Quill | the harbour</p>"
      + "<p>Pictures, words | Ada Quill</p><p>Ada Quill has written about lamps, ropes and the "
      + "people who light them since the harbour was dredged.</p><p>A sentence long enough to be "
      + "the story of this page, and then a little more of it for those who read on.</p>"
      + "</article></body></html>"
    let parsed = try parsePage(Page(bytes: Array(page.utf8), address: nil, format: .html))
    #expect(parsed.story.blocks.count == 2)
    #expect(parsed.report.dropped.filter { $0.kind == .byline }.count == 3)
  }

  @Test("A handle stands only where no layer has a name")
  func handle() throws {
    let handle = "<meta name='author' content='reader_1'>"
    #expect(try byline(handle) == ["reader_1"])
    #expect(try byline(handle, "<a rel='author' href='/r'>Reader One</a>") == ["Reader One"])
  }

  @Test("Two references cannot lead in a circle")
  func circle() throws {
    let json =
      #"{"@graph":[{"@type":"Article","author":{"@id":"a"}},{"@id":"a","name":{"@id":"a"}}]}"#
    #expect(try byline(data(json)) == [])
  }

  @Test(
    "The visible byline is read run by run",
    arguments: [
      (
        "<div class='byline'><b>By</b> <a href='/r'><i>Reader One</i><i>Tech Editor</i></a></div>",
        ["Reader One"]
      ),
      (
        "<div class='byline'>By <a>Reader One</a>, <a>Reader Two</a> and <a>Reader Three</a></div>",
        ["Reader One", "Reader Two", "Reader Three"]
      ),
      ("<p class='author'>VON READER ONE am 21. April 2020</p>", ["READER ONE"]),
      ("<p class='author'>Reader One (Harbour, for the paper)</p>", ["Reader One"]),
      ("<div class='author'><span>RO</span><span>Reader One</span></div>", ["Reader One"]),
      ("<p class='byline'>Written by Reader One • 8 min read</p>", ["Reader One"]),
      ("<p class='byline'>Wednesday May 6, 2020 8:30 am by Reader One</p>", ["Reader One"]),
      ("<p class='author'>Reader One, MD</p>", ["Reader One, MD"]),
      ("<p class='author'>Reviewed by Reader Two</p>", []),
      ("<p class='author'>October 15, 2020</p>", []), ("<p class='byline'>By</p>", []),
      ("<p>Par Reader One</p>", ["Reader One"]),
    ])
  func visible(_ body: String, _ wanted: [String]) throws {
    #expect(try byline("", body) == wanted)
  }

  @Test("Of several boxes the nearest to the headline names the writer")
  func nearest() throws {
    let body =
      "<div class='author'>Reader One</div><p>Words of the story that are long enough to be read as "
      + "running text, so that the rest is far away.</p><div class='author'>Reader Two</div>"
    #expect(try byline("", body) == ["Reader One"])
  }

  @Test("Staff and services are one name, people are several")
  func joints() throws {
    let staff = data(#"{"@type":"NewsArticle","author":"Staff and news service reports"}"#)
    #expect(try byline(staff) == ["Staff and news service reports"])
    let people = data(#"{"@type":"NewsArticle","author":"Reader One y Reader Two"}"#)
    #expect(try byline(people) == ["Reader One", "Reader Two"])
  }
}
