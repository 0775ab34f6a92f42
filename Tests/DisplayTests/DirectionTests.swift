import Display
import Matching
import Stories
import Testing

/// Text from right to left, as it is seen.
@Suite struct DirectionTests {
  private func layout(
    _ blocks: [Block], _ width: Int = 40, language: String? = nil, order: TextOrder = .asSeen
  ) -> StoryLayout {
    let story = Story(title: "T", language: language, blocks: blocks)
    let options = LayoutOptions(width: 200, measure: width, now: Samples.now, order: order)
    return StoryLayout(StoryText(story), options: options)
  }

  /// The rows of the story's blocks without the margin left of them.
  private func rows(_ layout: StoryLayout, marks: SearchMarks? = nil) -> [Line] {
    let first = layout.row(of: Place(.block(0)))
    return layout.lines(first..<layout.threadRow, marks: marks).map { line in
      var line = line
      if !line.spans.isEmpty { line.spans.removeFirst() }
      return line
    }
  }

  private func texts(
    _ words: String, _ width: Int = 40, language: String? = nil, order: TextOrder = .asSeen
  ) -> [String] {
    rows(layout([.paragraph([Phrase(words)])], width, language: language, order: order))
      .map(\.text).filter { !$0.isEmpty }
  }

  @Test("A Hebrew paragraph stands at the right and is seen from its end")
  func hebrew() {
    #expect(texts("שלום עולם", 20) == ["           םלוע םולש"])
    #expect(texts("שלום עולם", 20, order: .byTerminal) == ["           שלום עולם"])
    #expect(texts("שלום עולם", 20, order: .asWritten) == ["שלום עולם"])
  }

  @Test("Numbers and words in other letters keep their own order")
  func mixed() {
    #expect(texts("נפתח ב-11 במאי", 14) == ["יאמב 11-ב חתפנ"])
    #expect(texts("קראו את The Post היום", 21) == ["םויה The Post תא וארק"])
    #expect(texts("The word שלום means peace", 40) == ["The word םולש means peace"])
    #expect(texts("مرحبا 123", 9) == ["123 ابحرم"])
  }

  @Test("Brackets turn with their text, marks stay on their letters")
  func mirrored() {
    #expect(texts("שלום (עולם)", 11) == ["(םלוע) םולש"])
    #expect(texts("שָׁלוֹם", 4) == ["םוֹלשָׁ"])
  }

  @Test("Each row is put in order for itself")
  func wrappedRows() {
    let shown = texts("הנמל נפתח מחדש ביום שני אחרי החורף", 16)
    #expect(shown == ["  שדחמ חתפנ למנה", "   ירחא ינש םויב", "           ףרוחה"])
  }

  @Test("The first letter says the direction, or the language of the story")
  func base() {
    #expect(texts("iPhone הוא טלפון", 16) == ["iPhone ןופלט אוה"])
    #expect(texts("iPhone הוא טלפון", 16, language: "he-IL") == ["ןופלט אוה iPhone"])
    #expect(texts("Only English", 16, language: "he") == ["Only English"])
    #expect(texts("\u{200F}1. אחת", 8) == ["  תחא .1"])
  }

  @Test("Markers, quotes and headings stand right of what runs to the left")
  func beside() {
    let blocks: [Block] = [
      .heading(level: 2, [Phrase("כותרת")]),
      .list(Block.List(start: 1, items: [[.paragraph([Phrase("אחת")])]])),
      .quote([.paragraph([Phrase("ציטוט")]), .paragraph([Phrase("ועוד")])]),
    ]
    let shown = rows(layout(blocks, 12)).map(\.text)
    #expect(shown.contains("     תרתוכ ■"))
    #expect(shown.contains("      תחא .1"))
    #expect(shown.contains("     טוטיצ │"))
    for line in shown where !line.isEmpty { #expect(displayWidth(of: line) <= 12) }
  }

  @Test("Matches, links and styles go where their words go")
  func styled() throws {
    let layout = layout([
      .paragraph([Phrase("לפני "), Phrase("קישור", link: "https://post.example/"), Phrase(" אחרי")])
    ])
    let match = try #require(
      StorySearch(layout.text).find(Pattern(typed: "אחרי")).matches.first)
    let spans = rows(layout, marks: SearchMarks([match], current: 0)).flatMap(\.spans)
    #expect(spans.first { $0.link != nil }?.text == "רושיק")
    #expect(spans.first { $0.overlay == .currentMatch }?.text == "ירחא")
    let order = spans.map(\.text).joined()
    #expect(order.hasSuffix("ירחא רושיק ינפל"))
  }

  @Test(
    "What would turn its surroundings does not",
    arguments: ["\u{202E}", "\u{202D}", "\u{2067}", "\u{2066}", "\u{202B}"])
  func hostile(mark: String) {
    #expect(texts("one \(mark)two three") == ["one two three"])
    #expect(texts("one \(mark)שלום two") == ["one םולש two"])
    #expect(inDisplayOrder([Span(safe("a\(mark)b", oneLine: true))]).map(\.text) == ["ab"])
  }

  @Test("Rows fit and nothing is lost at any width, in any order", arguments: 1...20)
  func narrow(width: Int) {
    let words = "הנמל (של Sandmouth) נפתח ב-11 במאי 2024, שָׁלוֹם: مرحبا ١٢٣ abc!"
    for order in [TextOrder.asSeen, .byTerminal, .asWritten] {
      let shown = texts(words, width, order: order)
      for row in shown { #expect(displayWidth(of: row) <= width) }
      let letters = shown.joined().unicodeScalars.filter {
        $0 != " " && !"()".unicodeScalars.contains($0)
      }
      let wanted = words.unicodeScalars.filter { $0 != " " && !"()".unicodeScalars.contains($0) }
      #expect(letters.map(\.value).sorted() == wanted.map(\.value).sorted())
    }
  }

  @Test("Words outside a story are a paragraph of their own")
  func fields() {
    let spans = inDisplayOrder([Span("שלום "), Span("עולם", overlay: .match), Span(" 12")])
    #expect(spans.map(\.text).joined() == "12 םלוע םולש")
    #expect(spans.first { $0.overlay == .match }?.text == "םלוע")
    #expect(inDisplayOrder([Span("plain")]) == [Span("plain")])
    func said(_ words: String) -> String {
      inDisplayOrder([Span(words, .message)], isSentence: true).map(\.text).joined()
    }
    // What a sentence quotes is in an order of its own, and turns nothing around it.
    #expect(said("“\"שלום\" עולם!” 12 · 3") == "“!םלוע \"םולש\"” 12 · 3")
    #expect(said("“שלום” and “12 עולם”") == "“םולש” and “םלוע 12”")
    #expect(said("Not closed: “שלום 5") == "Not closed: “5 םולש")
  }

  @Test("A long paragraph is put in order without delay")
  func long() {
    let words = String(repeating: "שלום (עולם) 12 abc ", count: 40_000)
    let layout = layout([.paragraph([Phrase(words)])], 80)
    #expect(layout.rowCount > 9000)
    #expect(layout.lines(5000..<5030).count == 30)
  }
}
