import Stories

/// One story with every kind of block, and text that means something to each format.
let sampleStory: Story = {
  var story = Story(
    title: "The harbour & the <tide>", standfirst: "What the *water* leaves",
    byline: ["Night desk"], published: Timestamp(year: 2024, month: 5, day: 16, precision: .day),
    site: "Harbour News", language: "en", address: "https://news.invalid/tide?a=1&b=2",
    tags: ["sea"])
  story.blocks = [
    .paragraph([
      Phrase("Plain, "), Phrase("strong ", style: .strong), Phrase("and "),
      Phrase("a link", link: "https://news.invalid/a b>c"), Phrase(" or "),
      Phrase("none", link: "javascript:alert(1)"), Phrase(".\n1986. A line of its own."),
    ]),
    .heading(level: 2, [Phrase("# Not a mark")]),
    .figure(
      Figure(
        kind: .photo, caption: [Phrase("Low tide at the \"old\" pier.")], credit: "Picture desk",
        alt: "A pier", image: "https://news.invalid/pier.jpg")),
    .list(
      Block.List(
        start: 3,
        items: [
          [.paragraph([Phrase("Three")])],
          [
            .paragraph([Phrase("Four")]),
            .list(Block.List(items: [[.paragraph([Phrase("inside")])]])),
          ],
        ])),
    .quote([.paragraph([Phrase("Said once.")]), .paragraph([Phrase("Said twice.")])]),
    .pullQuote([Phrase("Set large")]),
    .code("let a = \"``` \" < b\nlet c = 1", language: "swift"),
    .table(
      Table(
        caption: [Phrase("Heights")],
        rows: [
          [
            Table.Cell([Phrase("Hour")], isHeader: true), Table.Cell([Phrase("m")], isHeader: true),
          ],
          [Table.Cell([Phrase("6|7")]), Table.Cell([Phrase("2.1")])],
        ])),
    .embed(Embed(kind: .video, provider: "Tube", address: "https://tube.invalid/1")),
    .rule,
    .footnote(label: "1", [Phrase("A note.")]),
  ]
  story.numberFigures()
  story.authorCard = AuthorCard(name: "Night desk", text: "Writes at night.")
  story.thread = Thread(
    [
      PostedComment(
        id: "a", author: "reader one", time: Timestamp(seconds: 1_715_850_600),
        blocks: [.paragraph([Phrase("First.")])]),
      PostedComment(
        id: "b", parent: "a", author: "reader <two>", blocks: [.paragraph([Phrase("A reply.")])],
        marks: .storyAuthor),
      PostedComment(id: "c", author: "reader three", blocks: [.paragraph([Phrase("Second.")])]),
      PostedComment(
        id: "courant:own:1", parent: "c", author: "reader four",
        blocks: [.paragraph([Phrase("Mine.")])], marks: .own),
    ], count: 4, state: .closed)
  return story
}()
