import Display
import Stories
import TestSupport
import Testing

@Suite struct StoryLayoutTests {
  private let text = StoryText(Samples.everything)

  private func layout(_ width: Int, isASCII: Bool = false, folds: Set<Int> = []) -> StoryLayout {
    StoryLayout(
      text, options: LayoutOptions(width: width, now: Samples.now, isASCII: isASCII), folds: folds)
  }

  private func page(_ layout: StoryLayout) -> String {
    layout.lines(0..<layout.rowCount).map { line in
      var text = Substring(line.text)
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }

  @Test("A story with every kind of block is laid out as recorded", arguments: [20, 40, 80, 200])
  func golden(width: Int) {
    expectGolden(page(layout(width)), named: "everything-\(width).txt")
  }

  @Test("ASCII mode draws every ornament in ASCII")
  func ascii() {
    expectGolden(page(layout(60, isASCII: true)), named: "everything-ascii.txt")
  }

  @Test("No line is wider than its pane, at any width")
  func ruler() {
    for width in Array(1...130) + [199, 200, 500, 1000] {
      let layout = layout(width)
      for (row, line) in layout.lines(0..<layout.rowCount).enumerated() {
        #expect(displayWidth(of: line.text) <= width, "row \(row) of \(width): \(line.text)")
      }
    }
  }
}
