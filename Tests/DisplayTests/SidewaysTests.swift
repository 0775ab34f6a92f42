import Display
import Matching
import Stories
import Testing

/// Code and tables that are wider than their place.
@Suite struct SidewaysTests {
  private static let code =
    "let harbour = 1\n\tlet route = \"港から港へ\" + String(repeating: \"=\", count: 70)\n"
  private let heads = (1...30).map { "column\($0)" }

  private func layout(_ blocks: [Block], _ width: Int) -> StoryLayout {
    StoryLayout(
      StoryText(Story(title: "T", blocks: blocks)),
      options: LayoutOptions(width: width, now: Samples.now))
  }

  private var table: Block {
    .table(
      Table(rows: [
        heads.map { Table.Cell([Phrase($0)], isHeader: true) },
        heads.map { Table.Cell([Phrase("of " + $0)]) },
      ]))
  }

  /// The layout's lines at each shift from left to right, until it moves no further.
  private func pictures(_ start: StoryLayout, by step: Int = 7) -> [[String]] {
    var layout = start
    var all = [layout.lines(0..<layout.rowCount).map(\.text)]
    guard let part = layout.widePart(near: 0, in: 0..<layout.rowCount) else { return all }
    while true {
      let moved = layout.shifting(part, to: layout.shift(of: part) + step)
      if moved.shift(of: part) == layout.shift(of: part) { return all }
      layout = moved
      all.append(layout.lines(0..<layout.rowCount).map(\.text))
    }
  }

  @Test("Code keeps its lines and says where it is cut off")
  func code() throws {
    let layout = layout([.code(Self.code, language: nil)], 40)
    let lines = layout.lines(0..<layout.rowCount).map(\.text)
    let row = try #require(lines.firstIndex { $0.contains("let harbour") })
    #expect(lines[row + 1].hasSuffix("›") && !lines[row].hasSuffix("›"))
    let part = try #require(layout.widePart(near: row, in: 0..<layout.rowCount))
    let end = layout.shifting(part, to: .max)
    let moved = end.lines(0..<end.rowCount).map(\.text)
    #expect(moved[row + 1].contains("‹") && moved[row + 1].hasSuffix("70)"))
    #expect(moved[row].contains("‹"))
    #expect(end.shifting(part, to: -5).lines(0..<end.rowCount).map(\.text) == lines)
  }

  @Test(
    "Moved from left to right, code and tables show all they have, at any width", arguments: 1...60)
  func everything(width: Int) {
    let wide = layout([.code("0123456789abcdefghijklmnopqrstuvwxyz", language: nil), table], width)
    for lines in pictures(wide, by: 1) {
      for line in lines { #expect(displayWidth(of: line) <= width, "\(line)") }
    }
    // A window of one or two columns has no room beside its marks.
    guard width > 4 else { return }
    let seen = pictures(
      layout([.code("0123456789abcdefghijklmnopqrstuvwxyz", language: nil)], width), by: 1
    )
    .joined().joined(separator: " ")
    for letter in "0123456789abcdefghijklmnopqrstuvwxyz" { #expect(seen.contains(letter)) }
  }

  @Test("A table wider than any terminal is moved, and told as records where it is narrow")
  func tables() {
    for width in [40, 80, 200] {
      let seen = pictures(layout([table], width)).map { $0.joined(separator: "\n") }
      #expect(seen.count > 1 && seen[0].contains("›"))
      for head in heads { #expect(seen.contains { $0.contains("of \(head)") }, "\(width) \(head)") }
    }
    let narrow = pictures(layout([table], 20))
    #expect(narrow.count == 1 && narrow[0].contains { $0.contains("of column30") })
  }

  @Test("A record tells long heads whole, in two rows")
  func longHeads() throws {
    let heads = ["Year", "Remarks of the watch", "A head that is longer than two rows of this"]
    let cells = ["1914", "No lights.", "None."]
    let rows = [heads.map { Table.Cell([Phrase($0)], isHeader: true) }]
    let layout = layout([.table(Table(rows: rows + [cells.map { Table.Cell([Phrase($0)]) }]))], 20)
    let lines = layout.lines(0..<layout.rowCount).map(\.text)
    let label = try #require(lines.firstIndex { $0.contains("Remarks of the") })
    #expect(lines[label + 1].contains("watch") && lines[label + 2].contains("No lights"))
    #expect(lines.count { $0.contains("…") } == 1, "\(lines)")
    for row in 0..<layout.rowCount {
      #expect((row - 1...row).contains(layout.row(of: layout.place(atRow: row))), "row \(row)")
    }
  }

  @Test("Half a wide character at the edge is a blank, and nothing moves past the end")
  func wideCharacters() {
    for lines in pictures(
      layout([.code(String(repeating: "港", count: 60), language: nil)], 30), by: 1)
    {
      let row = lines.first { $0.contains("港") } ?? ""
      #expect(displayWidth(of: row) <= 30)
    }
  }

  @Test("A match beyond the edge is moved into sight")
  func matches() throws {
    let story = layout([.code(Self.code, language: nil), table], 80)
    let search = StorySearch(story.text)
    for (typed, shown) in [
      ("count: 70", "count: 70"), ("of column29", "of column29"), ("harbour", "harbour"),
    ] {
      let match = try #require(search.find(Pattern(typed: typed)).matches.first)
      let moved = story.showing(match)
      let row = try #require(moved.row(of: match))
      #expect(moved.lines(row..<(row + 1))[0].text.contains(shown), "\(typed)")
    }
  }

  @Test("Under a heading what follows is moved, and not what ends above it")
  func below() throws {
    let layout = layout(
      [table, .heading(level: 2, [Phrase("Code")]), .code(Self.code, language: "swift")], 40)
    let row = try #require(layout.headingRows.first)
    let part = try #require(layout.widePart(near: row, in: (row - 2)..<(row + 20)))
    let moved = layout.shifting(part, to: 8)
    #expect(moved.lines(0..<row) == layout.lines(0..<row))
    #expect(moved.lines(row..<(row + 6)) != layout.lines(row..<(row + 6)))
    // Right below a part it is that part, whatever comes far below.
    let far = self.layout(
      [table] + (0..<6).map { .paragraph([Phrase("Text \($0).")]) }
        + [.code(Self.code, language: nil)], 40)
    let lines = far.lines(0..<far.rowCount)
    let text = try #require(lines.firstIndex { $0.text.contains("Text 0") })
    let above = try #require(far.widePart(near: text, in: (text - 5)..<(text + 20)))
    #expect(far.shifting(above, to: 8).lines(0..<text) != far.lines(0..<text))
  }

  @Test("A link in a hidden column is moved into sight")
  func links() throws {
    let cells = (1...20).map {
      Table.Cell([Phrase("cell \($0)", link: "https://post.example/\($0)")])
    }
    let layout = layout([.table(Table(rows: [cells]))], 80)
    let links = layout.text.storyLinks
    for link in [links[15], links[19], links[0]] {
      let moved = layout.showing(link)
      let row = try #require(moved.row(of: link))
      let line = moved.lines(row..<(row + 1))[0].text
      #expect(line.contains(link.text), "\(line)")
    }
  }

  @Test("What was moved stays so through folds and new widths")
  func kept() throws {
    let wide = layout([table], 80)
    let part = try #require(wide.widePart(near: 0, in: 0..<wide.rowCount))
    let moved = wide.shifting(part, to: 30)
    #expect(moved.folding([]).shift(of: part) == 30)
    var options = moved.options
    options.measure = 50
    #expect(moved.resized(options).shift(of: part) == 30)
  }
}
