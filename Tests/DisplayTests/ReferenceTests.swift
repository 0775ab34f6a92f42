import Display
import Stories
import Testing

/// What words and links of a story lead to inside of it.
@Suite struct ReferenceTests {
  private func text(_ blocks: [Block], address: String? = nil) -> StoryText {
    var story = Story(title: "Tides", address: address, blocks: blocks)
    story.numberFigures()
    return StoryText(story)
  }

  private func mentions(_ words: String, captions: [String]) -> [String] {
    let figures = captions.map { Block.figure(Figure(caption: [Phrase($0)])) }
    return text([.paragraph([Phrase(words)])] + figures).storyLinks.map {
      if case .block(let block) = $0.target { "\($0.text)=\(block)" } else { $0.text }
    }
  }

  @Test(
    "A figure is named in many ways, and led to",
    arguments: [
      ("As Figure 2 shows,", "Figure 2=2"), ("(see fig. 1)", "fig. 1=1"),
      ("Abb. 2 und mehr", "Abb. 2=2"), ("voir (figure 1)", "figure 1=1"),
      ("FIG. 2b, left", "FIG. 2b=2"), ("Figures 1 and more", "Figures 1=1"),
      ("Figure\u{A0}2", "Figure\u{A0}2=2"), ("на рис. 1.", "рис. 1=1"), ("如图2所示", "图2=2"),
      ("Figure 2", "Figure 2=2"),
    ])
  func named(words: String, expected: String) {
    #expect(mentions(words, captions: ["A pier.", "A boat."]) == [expected])
  }

  @Test(
    "What only looks like a figure's name is none",
    arguments: [
      "a figure 2 times as high", "Figure 3", "Figure 20", "Figure", "Figure 2nd", "configure 2",
      "prefig. 2", "fig2", "figs", "Figure 2012", "Fig.", "",
    ])
  func unnamed(words: String) {
    #expect(mentions(words, captions: ["A pier.", "A boat."]).isEmpty)
  }

  @Test("The number that a caption says goes before the place on the page")
  func ownNumbers() {
    let captions = ["The author.", "Figure 1: A pier.", "Fig. 2. A boat."]
    #expect(mentions("Figure 1 and Fig. 2", captions: captions) == ["Figure 1=2", "Fig. 2=3"])
    #expect(mentions("Figure 3", captions: captions).isEmpty)
  }

  @Test("A mark leads to its footnote, linked by the page or not")
  func footnotes() {
    let text = text([
      .paragraph([
        Phrase("Salt"), Phrase("[1]", style: .superscript, link: "#cite-a"), Phrase(" and silt"),
        Phrase("2", style: .superscript), Phrase(" and sand [1], but not [3] or x2."),
      ]),
      .footnote(label: "1", [Phrase("On salt.")]), .footnote(label: "2", [Phrase("On silt.")]),
    ])
    #expect(text.storyLinks.map(\.text) == ["[1]", "2", "[1]"])
    #expect(text.storyLinks.map(\.target) == [.block(1), .block(2), .block(1)])
  }

  @Test("Brackets of a comment are its own notes")
  func commentNotes() {
    var story = Story(
      title: "Tides",
      blocks: [.footnote(label: "1", [Phrase("On salt.")]), .figure(Figure())])
    story.numberFigures()
    story.thread = Thread([
      PostedComment(author: "reader", blocks: [.paragraph([Phrase("See [1] and Figure 1.")])])
    ])
    let links = StoryText(story).storyLinks
    #expect(links.map(\.text) == ["Figure 1"])
    #expect(links.first?.comment == 0)
  }

  @Test("A link within the page leads to a section, or says that it does not")
  func sections() {
    let text = text(
      [
        .paragraph([
          Phrase("one", link: "#low-water"), Phrase(" "),
          Phrase("Low water", link: "#s2"), Phrase(" "),
          Phrase("two", link: "https://a.invalid/tides#Low_water"), Phrase(" "),
          Phrase("three", link: "#nowhere"), Phrase(" "),
          Phrase("four", link: "https://a.invalid/other#low-water"),
        ]), .heading(level: 2, [Phrase("Low water")]),
      ], address: "https://a.invalid/tides")
    #expect(
      text.storyLinks.map(\.target) == [
        .block(1), .block(1), .block(1), .anchor("nowhere"),
        .address("https://a.invalid/other#low-water"),
      ])
  }

  @Test(
    "Only web and mail addresses without controls are led to",
    arguments: [
      "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x",
      "https://a.invalid/\u{1B}[2J",
      "https://a.invalid/a b", "https://a.invalid/\u{202E}x", "-oProxy", "", "mailto:", "https://",
      "https://a.invalid/\u{9B}1m", "ftp://a.invalid/", "https://a.invalid/<b>", "http:a.invalid",
    ])
  func refused(address: String) {
    guard case .refused(let shown) = LinkTarget(address: address) else {
      Issue.record("\(address) is not refused")
      return
    }
    #expect(
      shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
  }

  @Test("Web and mail addresses are taken as they are")
  func taken() {
    for address in [
      "https://a.invalid/b?c=d;e#f", "http://a.invalid", "mailto:desk@a.invalid?subject=x",
      "https://a.invalid/ü",
    ] {
      #expect(LinkTarget(address: address) == .address(address))
    }
    #expect(LinkTarget(address: "HTTP://A.invalid") == .address("http://A.invalid"))
  }

  @Test("A link that goes on in another style, and over rows, is one")
  func oneLink() {
    let link = "https://a.invalid/"
    let text = text([
      .paragraph([
        Phrase("See the ", link: link), Phrase("whole", style: .strong, link: link),
        Phrase(" long report of it", link: link), Phrase(" or "), Phrase("this", link: link),
      ])
    ])
    #expect(text.storyLinks.map(\.text) == ["See the whole long report of it", "this"])
    let layout = StoryLayout(text, options: LayoutOptions(width: 20, now: Timestamp(seconds: 0)))
    let numbers = layout.lines(0..<layout.rowCount).flatMap { $0.spans.compactMap(\.link?.number) }
    #expect(Set(numbers) == [0, 1])
  }
}
