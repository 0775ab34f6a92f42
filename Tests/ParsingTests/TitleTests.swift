import Parsing
import Stories
import Testing

/// Which of a page's several titles is the story's.
@Suite struct TitleTests {
  private func title(
    _ head: String, _ body: String = "", address: String? = "https://quaygazette.example/news/lamp"
  ) throws -> String {
    let page =
      "<html><head>\(head)</head><body>\(body)<p>A sentence long enough to be the story of this "
      + "page, and then a little more.</p></body></html>"
    return try parsePage(Page(bytes: Array(page.utf8), address: address, format: .html)).story.title
  }

  private func data(_ headline: String) -> String {
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"\(headline)\"}</script>"
  }

  @Test("The headline on the page beats another wording in its data")
  func seen() throws {
    let head = "<meta property='og:title' content='Ten lamps to light your quay in 2024'>"
    #expect(
      try title(head, "<h1>We lit ten lamps on the quay and liked one</h1>")
        == "We lit ten lamps on the quay and liked one")
  }

  @Test("A heading that tells of something else is no headline")
  func unlike() throws {
    let head = "<meta property='og:title' content='The lamp is lit'>"
    #expect(try title(head, "<h1>Sign up for morning letters</h1>") == "The lamp is lit")
  }

  @Test(
    "A kicker is cut off where another layer has the headline without it",
    arguments: [
      "<h1><span>At the harbour</span> The lamp is lit again</h1>",
      "<h1>At the harbour: The lamp is lit again</h1>",
    ])
  func kicker(_ heading: String) throws {
    #expect(try title(data("The lamp is lit again"), heading) == "The lamp is lit again")
  }

  @Test("Words at the beginning of a headline are no kicker")
  func noKicker() throws {
    let head = "<title>Lamp for a dark quay</title>" + data("What is the best lamp for a dark quay")
    #expect(
      try title(head, "<h1>What is the best lamp for a dark quay</h1>")
        == "What is the best lamp for a dark quay")
  }

  @Test("A blog's own name in an h1 is not the headline")
  func blog() throws {
    let head = "<title>Silent Quay: The lamp is lit again</title>"
    let body = "<h1><a href='/'>Silent Quay</a></h1><h2>The lamp is lit again</h2>"
    #expect(try title(head, body) == "Silent Quay: The lamp is lit again")
    let said = head + "<meta property='og:title' content='The lamp is lit again'>"
    #expect(try title(said, body) == "The lamp is lit again")
  }

  @Test("The last step of a breadcrumb trail is not the headline")
  func trail() throws {
    let body = "<div class='breadcrumb'><a href='/'>Home</a><h1>Harbour: The lamp is lit</h1></div>"
    #expect(try title(data("The lamp is lit"), body) == "The lamp is lit")
  }

  @Test(
    "Site and section are cut off, whatever stands between",
    arguments: [
      "The lamp is lit again | News | Quay Gazette", "The lamp is lit again — Quay Gazette",
      "The lamp is lit again :: quaygazette.example", "The lamp is lit again « Quay Gazette",
      "Quay Gazette - The lamp is lit again",
    ])
  func site(_ element: String) throws {
    #expect(try title("<title>\(element)</title>") == "The lamp is lit again")
  }

  @Test("A sentence before a colon that speaks of the site is part of the headline")
  func colon() throws {
    let head = "<meta property='og:title' content='Welcome to the Quay Gazette: a lamp for all'>"
    #expect(
      try title(head, address: "https://welcome.quaygazette.example/lamp")
        == "Welcome to the Quay Gazette: a lamp for all")
  }

  @Test("East Asian sites set no space before their names")
  func wide() throws {
    #expect(
      try title("<title>港口的灯今天晚上又重新亮起来了_社会_码头新闻网</title>") == "港口的灯今天晚上又重新亮起来了")
    #expect(
      try title("<title>港口的灯今天晚上又重新亮起来了-码头新闻网</title>") == "港口的灯今天晚上又重新亮起来了")
  }

  @Test(
    "Marks inside a headline stay",
    arguments: [
      "Semi-dark lamps and self-made wicks", "Lamp / wick: a short history of both of them",
      "Who lit the lamp - and why it burned so long over there",
    ])
  func marks(_ headline: String) throws {
    #expect(try title("<meta property='og:title' content='\(headline)'>") == headline)
  }

  @Test("References that were escaped twice, and soft hyphens, are no letters of the title")
  func escapes() throws {
    let head = "<meta property='og:title' content='Lamp &amp;amp; wick &amp;#8211; a reckoning'>"
    #expect(try title(head) == "Lamp & wick – a reckoning")
    #expect(try title("", "<h1>Lamp&shy;light on the quay</h1>") == "Lamplight on the quay")
  }

  @Test("A title that the data cuts short gives way to the whole one")
  func short() throws {
    let head =
      "<meta property='og:title' content='The lamp is lit again and the…'>"
      + "<meta name='twitter:title' content='The lamp is lit again and the quay sleeps'>"
    #expect(try title(head) == "The lamp is lit again and the quay sleeps")
  }
}
