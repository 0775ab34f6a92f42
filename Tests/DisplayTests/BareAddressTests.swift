import Display
import Stories
import Testing

/// Addresses that the page left in its text without a link.
@Suite struct BareAddressTests {
  private func links(_ blocks: [Block], thread: [PostedComment] = []) -> [StoryLink] {
    var story = Story(title: "Tides of https://head.invalid/", blocks: blocks)
    story.thread = Thread(thread)
    return StoryText(story).storyLinks
  }

  private func found(_ words: String) -> [String] {
    links([.paragraph([Phrase(words)])]).map { link in
      let address = link.target.address ?? "?"
      return address == link.text ? address : "\(link.text) = \(address)"
    }
  }

  @Test(
    "An address is a link, without the punctuation and the brackets around it",
    arguments: [
      ("See https://a.invalid/b.", "https://a.invalid/b"),
      ("https://a.invalid", "https://a.invalid"),
      ("(https://a.invalid/b)", "https://a.invalid/b"),
      ("(see http://a.invalid/b(c)d(e)).", "http://a.invalid/b(c)d(e)"),
      ("https://a.invalid/wiki/Tide_(sea), and", "https://a.invalid/wiki/Tide_(sea)"),
      ("[https://a.invalid/b[1]]", "https://a.invalid/b[1]"),
      ("<https://a.invalid/?q=1&r=2#s>", "https://a.invalid/?q=1&r=2#s"),
      ("“https://a.invalid/b”", "https://a.invalid/b"),
      ("'https://a.invalid/b'", "https://a.invalid/b"),
      ("Really, HTTPS://A.invalid/B?!", "HTTPS://A.invalid/B = https://A.invalid/B"),
      ("https://a.invalid:8080/b;c=d,e:f", "https://a.invalid:8080/b;c=d,e:f"),
      ("http://localhost:3000/x", "http://localhost:3000/x"),
      ("*https://a.invalid/b_*", "https://a.invalid/b"),
      ("https://a.invalid/b...", "https://a.invalid/b"),
      ("请看https://a.invalid/b。谢谢", "https://a.invalid/b"),
      ("请看https://a.invalid/b的页", "https://a.invalid/b"),
      ("https://a.invalid/früh/мир", "https://a.invalid/früh/мир"),
      ("on www.a.invalid/b, or", "www.a.invalid/b = http://www.a.invalid/b"),
      (
        "Write to the.desk+x@news.a-b.invalid.",
        "the.desk+x@news.a-b.invalid = mailto:the.desk+x@news.a-b.invalid"
      ),
      ("mailto:desk@a.invalid", "desk@a.invalid = mailto:desk@a.invalid"),
      ("https://user@a.invalid/@name", "https://user@a.invalid/@name"),
    ])
  func one(words: String, expected: String) {
    #expect(found(words) == [expected])
  }

  @Test(
    "What only looks like an address is none",
    arguments: [
      "https://", "https:// a", "http:///a", "https:/a.invalid", "ahttps://a.invalid/",
      "javascript://a.invalid/", "ftp://a.invalid/", "https://a.invalid/long…", "www.", "www.a",
      "xwww.a.invalid", "desk@", "@name", "@name@a.invalid", "name@host", "pack@1.2.3", "a@b.c",
      "a@@b.invalid", "10:30://", "e.g. this: that",
      "https://a.invalid/" + String(repeating: "x", count: 9000),
    ])
  func none(words: String) {
    #expect(found(words) == [])
  }

  @Test("Several stand in one text, and those of the page stay what they are")
  func several() {
    let links = links(
      [
        .paragraph([
          Phrase("https://a.invalid/1 and "),
          Phrase("https://a.invalid/2", link: "https://b.invalid/"),
          Phrase(", https://a.invalid/3", style: .emphasis), Phrase(" or a@b.invalid"),
        ]),
        .list(Block.List(items: [[.paragraph([Phrase("https://a.invalid/4")])]])),
        .quote([.paragraph([Phrase("https://a.invalid/5")])]),
        .figure(Figure(caption: [Phrase("From https://a.invalid/6")])),
        .table(Table(rows: [[Table.Cell([Phrase("https://a.invalid/7")])]])),
        .code("curl https://a.invalid/no", language: nil),
      ], thread: [PostedComment(author: "a", blocks: [.paragraph([Phrase("https://a.invalid/8")])])]
    )
    #expect(
      links.map { $0.target.address } == [
        "https://a.invalid/1", "https://b.invalid/", "https://a.invalid/3", "mailto:a@b.invalid",
        "https://a.invalid/4", "https://a.invalid/5", "https://a.invalid/6", "https://a.invalid/7",
        "https://a.invalid/8",
      ])
    #expect(links.last?.comment == 0)
  }

  @Test("The name of a figure within an address stays part of it")
  func figures() {
    var story = Story(
      title: "Tides",
      blocks: [
        .paragraph([Phrase("Figure 1 is at https://a.invalid/(Fig.1)/b and Fig. 1.")]),
        .figure(Figure(caption: [Phrase("A pier.")])),
      ])
    story.numberFigures()
    #expect(
      StoryText(story).storyLinks.map(\.text) == [
        "Figure 1", "https://a.invalid/(Fig.1)/b", "Fig. 1",
      ])
  }

  @Test("An address that is broken over rows is one link")
  func wrapped() {
    let address = "https://a.invalid/" + String(repeating: "long/", count: 30)
    let story = Story(title: "T", blocks: [.paragraph([Phrase("At \(address).")])])
    let layout = StoryLayout(
      StoryText(story), options: LayoutOptions(width: 30, now: Timestamp(seconds: 0)))
    let spans = layout.lines(0..<layout.rowCount).flatMap(\.spans).filter { $0.link != nil }
    #expect(spans.map(\.text).joined() == address)
    #expect(Set(spans.map(\.link)).count == 1 && spans.count > 3)
  }

  @Test(
    "No text takes longer than its length", .timeLimit(.minutes(1)),
    arguments: [
      "http://", "http:///", "www.x/", "www.", "a@", "a@a.", "http://a)", ")", "(http://a(",
      "https://a…",
      "@a.b@",
    ])
  func long(piece: String) {
    _ = found(String(repeating: piece, count: 400_000 / piece.utf8.count))
    _ = found("http://a" + String(repeating: piece, count: 400_000 / piece.utf8.count))
  }
}
