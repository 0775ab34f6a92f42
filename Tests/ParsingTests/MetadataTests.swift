import Parsing
import Stories
import Testing

@Suite struct MetadataTests {
  private func story(head: String = "", body: String = "") throws -> Story {
    let page =
      "<html><head>\(head)</head><body>\(body)<p>A sentence long enough to be the story of this "
      + "page, and then a little more.</p></body></html>"
    return try parsePage(Page(bytes: Array(page.utf8), format: .html)).story
  }

  @Test(
    "Written dates are read as written, and nothing more",
    arguments: [
      ("2024-05-16", "2024-05-16"), ("2024-05-16T09:30:00Z", "2024-05-16T09:30:00Z"),
      ("2024-05-16T09:30:00.123+0200", "2024-05-16T09:30:00+02:00"),
      ("Thu, 16 May 2024 09:30:00 GMT", "2024-05-16T09:30:00Z"),
      ("May 16, 2024, 9:30 pm", "2024-05-16T21:30:00"), ("16. Mai 2024", "2024-05-16"),
      ("16 de mayo de 2024", "2024-05-16"), ("16.05.2024 09:30 Uhr", "2024-05-16T09:30:00"),
      ("2024年5月16日", "2024-05-16"), ("16 мая 2024", "2024-05-16"), ("20240516", "2024-05-16"),
      ("16 mai 2024 à 9h30", "2024-05-16T09:30:00"),
    ])
  func dates(_ written: String, _ wanted: String) throws {
    let story = try story(head: "<meta name='date' content='\(written)'>")
    #expect(story.published?.iso8601 == wanted)
  }

  @Test(
    "What is no date gives none",
    arguments: ["soon", "2024-13-45", "31 February 2024", "12345678", "16.05.24"])
  func noDates(_ written: String) throws {
    #expect(try story(head: "<meta name='date' content='\(written)'>").published == nil)
  }

  @Test(
    "Bylines are people, without labels, offices and handles",
    arguments: [
      ("By Reader One", ["Reader One"]),
      ("Von Reader One und Reader Two", ["Reader One", "Reader Two"]),
      ("Reader One, Staff Writer", ["Reader One"]), ("Reader One @reader", ["Reader One"]),
      ("https://example.org/reader", []), ("Reader One (abc)", ["Reader One"]),
    ])
  func bylines(_ written: String, _ wanted: [String]) throws {
    #expect(try story(head: "<meta name='author' content='\(written)'>").byline == wanted)
  }

  @Test(
    "The site's name is cut off the title",
    arguments: [
      "The lamp is lit | The Quay Gazette", "The lamp is lit - The Quay Gazette",
      "The Quay Gazette: The lamp is lit", "The lamp is lit",
    ])
  func titles(_ written: String) throws {
    let site = "<meta property='og:site_name' content='The Quay Gazette'>"
    #expect(try story(head: site + "<title>\(written)</title>").title == "The lamp is lit")
  }

  @Test("Data nested without end is read to a depth and no further")
  func deepData() throws {
    let deep = String(repeating: "{\"@graph\":[", count: 50_000)
    let head = "<script type='application/ld+json'>\(deep)</script><title>The lamp is lit</title>"
    #expect(try story(head: head).title == "The lamp is lit")
  }

  @Test("Links are absolute, and only those of the web and of mail are kept")
  func links() throws {
    let body =
      "<base href='https://quay.example/a/b/'><p>Here is <a href='../c.html'>one</a>, here is "
      + "<a href='javascript:x()'>two</a>, and here is <a href='mailto:desk@quay.example'>three</a>.</p>"
    let story = try story(body: body)
    guard case .paragraph(let phrases) = story.blocks.first else {
      Issue.record("\(story.blocks)")
      return
    }
    #expect(
      phrases.compactMap(\.link) == ["https://quay.example/a/c.html", "mailto:desk@quay.example"])
  }
}
