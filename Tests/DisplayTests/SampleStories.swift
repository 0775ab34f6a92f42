import Stories

/// Stories of our own writing, with every kind of block and every sort of text.
enum Samples {
  static let now = Timestamp(seconds: 1_715_860_800)

  static let everything: Story = {
    var story = Story(
      title: "The harbour of Lower Sandmouth opens again after the long winter",
      standfirst: "Ice kept the ferries in for eleven weeks. On Monday the first one left, "
        + "half an hour late and full.",
      byline: ["Staff reporter", "The night desk"], dateline: "LOWER SANDMOUTH",
      published: Timestamp(seconds: 1_715_817_600, precision: .day), site: "The Sandmouth Post",
      section: "Coast", blocks: blocks,
      authorCard: AuthorCard(name: "Staff reporter", isPlaceholder: true), thread: thread,
      isCut: true)
    story.numberFigures()
    return story
  }()

  private static let blocks: [Block] = [
    .paragraph([
      Phrase("It was the "), Phrase("harbour master", style: .strong),
      Phrase(" who rang the bell, well-known and half-forgotten, and then "),
      Phrase("the crowd", style: .emphasis), Phrase(" went down to the quay — see "),
      Phrase("the timetable", link: "https://post.example/ferries"), Phrase("."),
    ]),
    .figure(
      Figure(
        caption: [Phrase("The ferry leaves the harbour of Lower Sandmouth on Monday morning.")],
        credit: "Quay desk/Sandmouth Post", alt: "A white ferry")),
    .heading(level: 2, [Phrase("What the winter cost")]),
    .list(
      Block.List(items: [
        [.paragraph([Phrase("Eleven weeks without a ferry, which is two more than in any year.")])],
        [
          .paragraph([Phrase("Two boats:")]),
          .list(
            Block.List(
              start: 9,
              items: [
                [.paragraph([Phrase("the Grey Gull, lost")])],
                [.paragraph([Phrase("the Second Gull, raised from the mud in April")])],
              ])),
        ],
      ])),
    .heading(level: 3, [Phrase("Seen from the pier")]),
    .quote([
      .paragraph([Phrase("Nobody had seen ice like it. You could walk out to the light.")]),
      .paragraph([Phrase("We did not, of course.")]),
    ]),
    .pullQuote([Phrase("You could walk out to the light.")]),
    .table(
      Table(
        caption: [Phrase("Ferries in the first week")],
        rows: [
          [
            Table.Cell([Phrase("Day")], isHeader: true),
            Table.Cell([Phrase("Boats")], isHeader: true),
            Table.Cell([Phrase("What happened")], isHeader: true),
          ],
          [
            Table.Cell([Phrase("Monday")], rows: 2), Table.Cell([Phrase("1")]),
            Table.Cell([Phrase("The first ferry left half an hour late, and full to the rails.")]),
          ],
          [Table.Cell([Phrase("2")]), Table.Cell([Phrase("A second one in the evening.")])],
          [Table.Cell([Phrase("Tuesday")]), Table.Cell([Phrase("None: fog.")], columns: 2)],
        ])),
    .code(
      "for boat in harbour {\n\tboat.leave(at: .eight, unless: fog.isThick && !boat.hasLamp)\n}",
      language: "swift"),
    .figure(Figure(kind: .chart, alt: "Bars: ferries a week, from none to twelve")),
    .figure(Figure(kind: .video, credit: "The Sandmouth Post")),
    .embed(
      Embed(
        kind: .video, provider: "Tube", address: "https://tube.example/watch?v=1",
        text: [Phrase("The first ferry, filmed from the pier")])),
    .paragraph([Phrase("港が再び開いた。最初のフェリーは「満員」で、三十分遅れて出発した、と港長は言った。")]),
    .paragraph([Phrase("הנמל נפתח מחדש ביום שני, 11 שבועות אחרי שנסגר.")]),
    .paragraph([Phrase("Cafe\u{301} zwo\u{308}lf, and a family: 👩‍👩‍👧‍👦, a flag 🇫🇷, a hand 👍🏽, a heart ❤️.")]
    ),
    .paragraph([
      Phrase(
        "Hostile: \u{1B}]0;title\u{07} \u{9B}31m \u{202E}backwards\u{202C} pay\u{200B}pal \u{0301}z"
      )
    ]),
    .footnote(label: "[1]", [Phrase("The light is two miles out.")]),
    .rule,
    .paragraph([
      Phrase(
        "A last word of more than forty letters: https://post.example/a/very/long/address/that/has/no/end?and=more"
      )
    ]),
  ]

  private static let thread = Thread(
    [
      posted("a", nil, "reader one", 7200, "First! Is the café open?", .originalPoster),
      posted("b", "a", "reader two", 3600, "It opens at ten, and the ferry waits for nobody."),
      posted("c", "b", "Staff reporter", 1800, "At nine, since Monday.", .storyAuthor),
      posted("d", nil, "読者三", 259_200, "Good to hear."),
      PostedComment(id: "e", parent: "d", author: "", marks: .deleted),
    ], count: 7, state: .open)

  static func posted(
    _ id: String, _ parent: String?, _ author: String, _ age: Int64, _ words: String,
    _ marks: Comment.Marks = []
  ) -> PostedComment {
    PostedComment(
      id: id, parent: parent, author: author, time: Timestamp(seconds: now.seconds - age),
      blocks: [.paragraph([Phrase(words)])], marks: marks)
  }

  /// A thread `depth` comments deep, several times over.
  static func deepThread(comments: Int, depth: Int) -> Thread {
    Thread(
      (0..<comments).map { index in
        posted(
          "\(index)", index % depth == 0 ? nil : "\(index - 1)", "reader \(index % 40)",
          Int64(index) * 60, "Comment \(index) says that the ferry was late, as it always is.")
      }, count: comments, state: .open)
  }
}
