import Glibc
import Stories

let recordsGolden = getenv("RECORD_GOLDEN") != nil

/// Stories of places that are not, for the screen in the README.
let screenStories: [Story] = {
  var first = Story(
    title: "The lighthouse that learned to count ships", byline: ["The night desk"],
    site: "Harbour News", language: "en", section: "Coast",
    blocks: [
      .paragraph([
        Phrase("For a hundred years the lamp on the low rock only shone. Since spring it also "),
        Phrase("counts", style: .emphasis),
        Phrase(": every ship that passes is a line in a book that nobody has to write."),
      ]),
      .figure(
        Figure(
          caption: [Phrase("The lamp at low tide, seen from the new bridge.")],
          credit: "Picture desk / Harbour News")),
      .heading(level: 2, [Phrase("A book of passing lights")]),
      .paragraph([
        Phrase("The keepers of the bridge asked for it, "),
        Phrase("the harbour office says", link: "https://news.invalid/office"),
        Phrase(". They wanted to know how often it must be raised, and at what hour."),
      ]),
      .paragraph([
        Phrase("The first month held a surprise: most ships pass when no one is awake to see.")
      ]),
    ])
  first.thread = Thread([
    PostedComment(author: "reader one", blocks: [.paragraph([Phrase("I am awake.")])]),
    PostedComment(author: "reader two", blocks: [.paragraph([Phrase("So am I.")])]),
  ])
  first.numberFigures()
  func short(_ title: String, _ site: String, words: Int) -> Story {
    let text = String(repeating: "Word after word of it. ", count: words / 5)
    return Story(title: title, site: site, blocks: [.paragraph([Phrase(text)])])
  }
  return [
    first, short("Bread prices fall in the upper valley", "Valley Post", words: 700),
    short("What the old map left out, and why it was right", "Slow Quarterly", words: 4200),
    short("Night trains return to the northern line", "Rail & Road", words: 950),
    short("A choir for people who cannot sing", "Valley Post", words: 1800),
  ]
}()
