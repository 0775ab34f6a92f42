import Parsing
import Stories
import Testing

/// When a story was published and changed, from every layer that gives a date.
@Suite struct DateTests {
  private func story(
    _ head: String, _ body: String = "", address: String? = nil, language: String = "en"
  ) throws -> Story {
    let page =
      "<html lang='\(language)'><head>\(head)</head><body><h1>The lamp is lit again</h1>\(body)"
      + "<p>A sentence long enough to be the story of this page, and then a little more.</p>"
      + "</body></html>"
    return try parsePage(Page(bytes: Array(page.utf8), address: address, format: .html)).story
  }

  @Test(
    "Each family of marks gives the day",
    arguments: [
      "<meta property='article:published_time ' content='2024-05-16'>",
      "<meta name='parsely-pub-date' content='2024-05-16'>",
      "<meta name='sailthru.date' content='2024-05-16'>",
      "<meta name='DC.date.issued' content='2024-05-16'>",
      "<meta name='cXenseParse:recs:publishtime' content='2024-05-16'>",
      "<meta name='w-published-date' content='2024-05-16'>",
      "<meta name='citation_publication_date' content='2024 May 16'>",
      "<meta itemprop='dateCreated datePublished' content='2024-05-16'>",
      "<script type='application/ld+json'>{\"@type\":\"WebPage\",\"datePublished\":\"2024-05-16\"}</script>",
      "<p><time datetime='2024-05-16'>yesterday</time></p>",
      "<p><span itemprop='datePublished'>16 May 2024</span></p>",
      "<div class='post__date'>May 16, 2024</div>",
      "<p class='byline'>By Reader One May 16, 2024</p>",
      "<div>16 de maig de 2024</div>", "<div>16. mája 2024, 16 maja 2024</div>",
    ])
  func marks(_ mark: String) throws {
    let day =
      mark.hasPrefix("<meta") || mark.hasPrefix("<script")
      ? try story(mark).published : try story("", mark).published
    #expect(day?.iso8601 == "2024-05-16")
  }

  @Test(
    "The day in the address is the last evidence",
    arguments: [
      "https://quay.example/2024/05/16/lamp", "https://quay.example/lamp/2024-05-16-lit",
      "https://quay.example/2024/0516/c1.html", "https://quay.example/20240516/lamp",
      "https://quay.example/2024/may/16/lamp",
    ])
  func address(_ address: String) throws {
    #expect(try story("", address: address).published?.iso8601 == "2024-05-16")
    let written = try story("<meta name='date' content='2024-05-15'>", address: address)
    #expect(written.published?.iso8601 == "2024-05-15")
  }

  @Test(
    "Numbers that are no day are none", arguments: ["/20241350/a", "/2024/05/lamp", "/1234/56/78/"])
  func noDay(_ path: String) throws {
    #expect(try story("", address: "https://quay.example" + path).published == nil)
  }

  @Test("Of 3/10 and 10/3 the address knows which")
  func ambiguous() throws {
    let body = "<p><time>03/10/2023</time></p>"
    #expect(try story("", body).published?.iso8601 == "2023-03-10")
    let address = "https://quay.example/2023/october/03/lamp"
    #expect(try story("", body, address: address).published?.iso8601 == "2023-10-03")
  }

  @Test("A month's name that two languages share is read in the page's own")
  func shared() throws {
    let body = "<div class='date'>16 listopada 2023</div>"
    #expect(try story("", body, language: "pl").published?.iso8601 == "2023-11-16")
    #expect(try story("", body, language: "hr").published?.iso8601 == "2023-10-16")
  }

  @Test("Published and updated are told apart by the words beside them")
  func updated() throws {
    let body =
      "<p>Published <time datetime='2024-05-16'>May 16, 2024</time></p>"
      + "<p>Updated <time datetime='2024-06-01'>June 1, 2024</time></p>"
    let story = try story("", body)
    #expect(story.published?.iso8601 == "2024-05-16")
    #expect(story.updated?.iso8601 == "2024-06-01")
  }

  @Test("A change long before the publication is not believed")
  func backwards() throws {
    let head =
      "<meta name='date' content='2024-05-16'><meta property='article:modified_time' content='2020-01-01'>"
    #expect(try story(head).updated == nil)
  }

  @Test("A moment in UTC is told in the zone in which the page shows it")
  func zone() throws {
    let head = "<meta property='article:published_time' content='2024-05-17T03:37:37Z'>"
    let body = "<p><time datetime='2024-05-16T23:37:37-04:00'>Thursday night</time></p>"
    #expect(try story(head, body).published?.iso8601 == "2024-05-16T23:37:37-04:00")
    let bare = "<p><time datetime='2024-05-16 23:37:37'>Thursday night</time></p>"
    #expect(try story(head, bare).published?.iso8601 == "2024-05-16T23:37:37-04:00")
    #expect(try story(head).published?.iso8601 == "2024-05-17T03:37:37Z")
  }

  @Test("The date of a comment or of another story is not the story's")
  func others() throws {
    let body =
      "<p><time datetime='2024-05-16'>May 16</time></p><aside class='related'>"
      + "<time datetime='2023-01-01'>January</time></aside>"
    #expect(try story("", body).published?.iso8601 == "2024-05-16")
    let comments =
      "<div class='comments'><div class='comment'><time datetime='2023-01-01'>January</time></div></div>"
    #expect(try story("", comments).published == nil)
  }
}
