import Display
import Stories
import Testing

@Suite struct LayoutPropertyTests {
  private func options(_ width: Int, isASCII: Bool = false) -> LayoutOptions {
    LayoutOptions(width: width, now: Samples.now, isASCII: isASCII, threadHint: "Write the first.")
  }

  @Test("Lines of any story fit any pane, and hold nothing unsafe", arguments: 0..<20)
  func ruler(seed: Int) {
    var random = RandomStories(seed: UInt64(seed))
    let text = StoryText(random.story())
    for width in [1, 2, 3, 5, 6, 8, 13, 20, 40, 137, 1000] {
      let layout = StoryLayout(text, options: options(width, isASCII: seed.isMultiple(of: 2)))
      for (row, line) in layout.lines(0..<layout.rowCount).enumerated() {
        #expect(
          displayWidth(of: line.text) <= width,
          "row \(row) of width \(width): \(line.text) \(line.spans)")
        for span in line.spans {
          #expect(
            span.text == safe(span.text, oneLine: false) || startsWithMark(span.text),
            "\(Array(span.text.unicodeScalars)) \(span.role)")
          #expect(!span.text.contains("\n") && !span.text.isEmpty)
        }
      }
    }
  }

  /// A run of its own style may begin with a mark that belongs to the run before it.
  private func startsWithMark(_ text: String) -> Bool {
    text.unicodeScalars.first.map { displayWidth(of: String($0)) == 0 } ?? false
  }

  @Test("No text is lost in wrapping", arguments: 0..<16)
  func nothingLost(seed: Int) {
    var random = RandomStories(seed: UInt64(1000 + seed))
    let text = StoryText(random.story())
    for width in [7, 20, 61, 300] {
      let layout = StoryLayout(text, options: options(width))
      let shown = squeezed(layout.lines(0..<layout.rowCount).map(\.text).joined())
      // What is seen through a window is looked for by moving it, in a test of its own.
      for (index, passage) in text.passages.enumerated()
      where passage.kind != .cell && passage.kind != .code {
        let words = squeezed(text.text(of: index))
        #expect(
          isSubsequence(words, of: shown), "width \(width): \(passage.kind) \(text.text(of: index))"
        )
      }
    }
  }

  /// The scalars without white space.
  private func squeezed(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { !$0.properties.isWhitespace }
  }

  /// Rows are cut by ornaments, so words are looked for in order with anything between.
  private func isSubsequence(_ words: [Unicode.Scalar], of shown: [Unicode.Scalar]) -> Bool {
    var index = 0
    for scalar in shown where index < words.count && scalar == words[index] { index += 1 }
    return index == words.count
  }

  @Test(
    "A row's place leads back to that row, and to the same words at any width", arguments: 0..<16)
  func places(seed: Int) {
    var random = RandomStories(seed: UInt64(2000 + seed))
    // In a grid cells stand side by side, so no order of rows is the order of the text.
    random.hasTables = seed.isMultiple(of: 4)
    let text = StoryText(random.story())
    for width in [12, 24, 40, 80, 200] {
      let layout = StoryLayout(text, options: options(width))
      let other = StoryLayout(text, options: options(5 + random.number(below: 150)))
      for row in 0..<layout.rowCount {
        let place = layout.place(atRow: row)
        let back = layout.row(of: place)
        #expect(back <= row && back >= row - 1, "width \(width) row \(row) came back as \(back)")
        #expect(layout.row(of: layout.place(atRow: back)) == back)
        let there = other.place(atRow: other.row(of: place))
        #expect(
          there.part == place.part
            && (random.hasTables || there.offset <= place.offset || there.words == place.words),
          "\(place) \(there)")
      }
    }
  }

  @Test("Only what has no text of its own may come back a row higher")
  func exactPlaces() {
    let text = StoryText(Samples.everything)
    for width in [20, 40, 80, 200] {
      let layout = StoryLayout(text, options: options(width))
      let moved = (0..<layout.rowCount).filter { layout.row(of: layout.place(atRow: $0)) != $0 }
      #expect(moved.count <= 1, "width \(width): rows \(moved)")
    }
  }

  @Test("Each row can be asked for alone")
  func windows() {
    let layout = StoryLayout(StoryText(Samples.everything), options: options(50))
    let all = layout.lines(0..<layout.rowCount)
    for row in all.indices { #expect(layout.lines(row..<(row + 1)) == [all[row]]) }
    #expect(layout.lines(-5..<2) == Array(all[..<2]))
    #expect(layout.lines((all.count - 1)..<(all.count + 9)) == Array(all.suffix(1)))
    #expect(layout.lines(9999..<10_000).isEmpty)
  }
}
