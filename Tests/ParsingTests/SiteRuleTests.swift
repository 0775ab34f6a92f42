import Stories
import Testing

@testable import Parsing

/// Rules for sites: asked where the general way finds little, or first where they are marked so.
@Suite struct SiteRuleTests {
  private static let long = (1...12).map {
    "<p>Sentence \($0) of the story is long enough to be taken for running text, and says that the "
      + "lamp number \($0) is lit.</p>"
  }.joined()

  private func rule(
    host: String = "quay.example", body: [String] = [], drop: [String] = [],
    byline: [String] = [], comments: [String] = [], isFirst: Bool = false
  ) throws -> SiteRule {
    func read(_ texts: [String]) throws -> [Selector] { try texts.map { try Selector($0) } }
    return SiteRule(
      host: host, body: try read(body), drop: try read(drop), byline: try read(byline),
      comments: try read(comments), isFirst: isFirst)
  }

  private func parse(
    _ body: String, _ rules: [SiteRule], at address: String? = "https://www.quay.example/news/1"
  ) throws -> ParsedPage {
    let page = "<html><head><title>The lamp</title></head><body>\(body)</body></html>"
    return try parsePage(
      Page(bytes: Array(page.utf8), address: address, format: .html), rules: SiteRules(own: rules))
  }

  private func text(_ parsed: ParsedPage) -> String {
    parsed.story.blocks.map { block in
      if case .paragraph(let phrases) = block { phrases.text } else { "" }
    }.joined(separator: "|")
  }

  // MARK: - When a rule is asked

  @Test("The general way goes first: a rule does not touch what reads well without it")
  func generalFirst() throws {
    let page = "<article>\(Self.long)</article><div id=\"note\">Closed on Monday.</div>"
    let parsed = try parse(page, [rule(body: ["#note"])])
    #expect(text(parsed).hasPrefix("Sentence 1 of"))
    #expect(!parsed.report.notes.contains { $0.contains("rule") })
  }

  /// A notice beside a long list of links and a footer of sentences.
  private static let poor = """
    <div class="a"><div id="note">Closed on Monday.</div></div><div class="b"><p>All words on this \
    page belong to the harbour office, which may change them at any hour without telling.</p></div>
    """

  @Test("Where little is found a rule is asked, and the report says so")
  func rescue() throws {
    #expect(text(try parse(Self.poor, [])).contains("harbour office"))
    let parsed = try parse(Self.poor, [rule(body: ["#note"])])
    #expect(text(parsed) == "Closed on Monday.")
    #expect(parsed.report.notes == ["Read by the rule for quay.example."])
    #expect(parsed.report.confidence > 0.8)
  }

  @Test("A rule marked to go first goes first, and its furniture is left out and told")
  func first() throws {
    let page =
      "<article>\(Self.long)<p class=\"x promo\">Buy a lamp of your own today.</p></article>"
    let parsed = try parse(page, [rule(body: ["article"], drop: [".promo"], isFirst: true)])
    #expect(!text(parsed).contains("Buy a lamp"))
    #expect(text(parsed).hasSuffix("lamp number 12 is lit."))
    #expect(parsed.report.dropped.contains(Dropped(.other, "Buy a lamp of your own today.")))
  }

  @Test("What a rule names and the page does not have changes nothing")
  func stale() throws {
    let page = "<article>\(Self.long)</article>"
    let stale = try rule(
      body: ["#gone"], byline: [".gone"], comments: [".gone"], isFirst: true)
    let parsed = try parse(page, [stale])
    #expect(parsed.story == (try parse(page, [])).story)
    #expect(parsed.report.notes.isEmpty)
  }

  // MARK: - Which rule

  @Test(
    "A host means those below it, in any case and with any port, and no others",
    arguments: [
      ("https://quay.example/", true), ("HTTP://WWW.Quay.Example:8080/a", true),
      ("https://old.blog.quay.example/a?b#c", true), ("https://user:pw@quay.example/", true),
      ("https://notquay.example/", false), ("https://quay.example.org/", false),
      ("https://other.example/quay.example/", false), ("ftp://quay.example/", false),
      ("https://example/", false),
    ])
  func hosts(address: String, isMeant: Bool) throws {
    let parsed = try parse(Self.poor, [rule(body: ["#note"])], at: address)
    #expect((text(parsed) == "Closed on Monday.") == isMeant)
  }

  @Test("The page's own canonical address will do where none is told")
  func canonical() throws {
    let link = "<link rel=canonical href='https://quay.example/news/1'>"
    let parsed = try parse(link + Self.poor, [rule(body: ["#note"])], at: nil)
    #expect(text(parsed) == "Closed on Monday.")
  }

  @Test("A reader's rule beats the built-in one of the same host, a nearer host a farther one")
  func own() throws {
    let page = "<p id=postingbody>A lamp, hardly used.</p>\(Self.poor)"
    let address = "https://westhaven.craigslist.org/1.html"
    #expect(text(try parse(page, [], at: address)) == "A lamp, hardly used.")
    let mine = try rule(host: "www.Craigslist.org", body: ["#note"])
    #expect(text(try parse(page, [mine], at: address)) == "Closed on Monday.")
    let near = try rule(host: "westhaven.craigslist.org", body: [".b"])
    #expect(text(try parse(page, [mine, near], at: address)).hasPrefix("All words"))
  }

  @Test("Every built-in selector can be read, and there are few")
  func builtIn() throws {
    #expect((1...25).contains(SiteRules.standard.hosts.count))
    #expect(SiteRules.standard.hosts.contains("arxiv.org"))
    #expect(!SiteRules.hasBrokenRow)
  }

  @Test("An abstract page gives its abstract and its authors")
  func abstract() throws {
    let page = """
      <h1 class="title"><span class="descriptor">Title:</span>On lamps</h1><div class="authors">\
      <span class="descriptor">Authors:</span><a href="/a">Reader One</a>, <a href="/b">Reader Two\
      </a></div><blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>We \
      count lamps.</blockquote>
      """
    let story = try parse(page, [], at: "https://arxiv.org/abs/1").story
    #expect(story.byline == ["Reader One", "Reader Two"])
    #expect(story.blocks == [.paragraph([Phrase("We count lamps.")])])
  }

  // MARK: - Byline and comments

  @Test("A rule's byline and comments stand in where the general way finds none")
  func parts() throws {
    let page = """
      <article>\(Self.long)</article><span class="w">Reader One</span><div class="talk"><div \
      class="t" id="k1"><b class="user">reader two</b><div class="text">I saw it.</div></div><div \
      class="t" id="k2"><b class="user">reader three</b><div class="text">So did I.</div></div></div>
      """
    #expect(try parse(page, []).story.thread.comments.isEmpty)
    let story = try parse(page, [rule(byline: [".w"], comments: [".talk .t"])]).story
    #expect(story.byline == ["Reader One"])
    #expect(story.thread.comments.map(\.author) == ["reader two", "reader three"])
    #expect(!story.blocks.contains(.paragraph([Phrase("I saw it.")])))
  }

  // MARK: - Selectors

  @Test(
    "A selector means what it says",
    arguments: [
      ("section", "one"), ("#two", "two"), (".c", "three"), (".c.d", "four"), ("[lang=de]", "five"),
      ("p[lang = de]", nil), ("p[lang='de']", "five"), ("[DATA-slot]", "six"), ("x-note", "seven"),
      ("DIV#two.k", "two"), (".deep .inner p", "eight"), ("div div .inner p", "eight"),
      (".inner .deep p", nil), (".C", nil), ("[lang]", "five"), ("em", nil),
      ("#part-%", "nine"), ("#part%", nil), ("[href^=/harbour]", "nine"), ("[href*=our/n]", "nine"),
      ("[href*='OUR']", nil), ("a[href^=harbour]", nil),
    ])
  func selectors(written: String, expected: String?) throws {
    let page = """
      <section>one</section><div id=two class="k">two</div><p class="a c b">three</p>\
      <p class="c d">four words more</p><p lang=de>five</p><p data-slot="">six</p><x-note>seven\
      </x-note><div class=deep><div><div class=inner><p>eight</p></div></div></div><div \
      id=part-9><a href="/harbour/news">nine</a></div>\(Self.long)
      """
    let expected = expected ?? "Sentence 1 of"
    guard let selector = try? Selector(written) else {
      #expect(written == "p[lang = de]")
      return
    }
    let rule = SiteRule(host: "quay.example", body: [selector], isFirst: true)
    let found = text(try parse(page, [rule]))
    #expect(found.contains(expected) || (written == ".c" && found == "four words more"))
    #expect(expected.hasPrefix("Sentence") || !found.contains("Sentence 1"))
  }

  @Test(
    "What is no selector is refused in words",
    arguments: [
      "", "  ", ".", "#%", "[a^b]", "[a^]", "a%", "#", "[", "[a", "[=b]", "a > b", "a, b",
      "a:hover", "*", "a#", "[a='b", "a..b",
      String(repeating: "a ", count: 9), String(repeating: "a", count: 301),
    ])
  func badSelectors(written: String) {
    let error = #expect(throws: SelectorError.self) { try Selector(written) }
    #expect(error?.problem.isEmpty == false)
  }

  @Test("Every selector in the table of comment markup can be read")
  func table() {
    let lists = (CommentFamily.all + [.common]).flatMap {
      [$0.comment, $0.author, $0.time, $0.text, $0.drop]
    }
    let more = [
      CommentFamily.notDiscussion, CommentFamily.pingbacks, CommentFamily.siteAuthors,
      CommentFamily.originalPosters, CommentFamily.deleted,
    ]
    for text in lists + more {
      let count = text.isEmpty ? 0 : text.split(separator: ",").count
      #expect(Selector.list(text).count == count, "\(text)")
    }
  }

  @Test("Selectors take time in proportion to the page, however it nests")
  func hostile() throws {
    let deep = String(repeating: "<div class='a a a a'>", count: 60_000) + Self.long
    let many = Array(repeating: ".a .a .a .a .a .a .a .z", count: 15) + [".a .a .a .a .a .a .a .a"]
    let rule = try rule(body: many, drop: many, comments: many, isFirst: true)
    let spent = try ContinuousClock().measure { _ = try parse(deep, [rule]) }
    // Debug builds are some thirty times slower than the program.
    #expect(spent < .seconds(30))
  }
}
