import Display
import Matching
import Stories
import Testing

@Suite struct StorySearchTests {
  private let text = StoryText(Samples.everything)

  private func options(_ width: Int) -> LayoutOptions {
    LayoutOptions(width: width, now: Samples.now)
  }

  private func find(_ typed: String) -> [Match] {
    StorySearch(text).find(Pattern(typed: typed)).matches
  }

  @Test(
    "Headline, markup, captions, credits, cells and comments are all searched",
    arguments: [
      "long winter", "harbour master who", "see the timetable.", "on monday morning",
      "quay desk", "none: fog", "waits for nobody", "reader two", "cafe open", "港長",
    ])
  func everywhere(typed: String) {
    #expect(!find(typed).isEmpty)
  }

  @Test("Matches come in reading order and know their comment")
  func order() {
    let matches = find("ferr(y|ies)")
    #expect(matches.count >= 8)
    #expect(
      zip(matches, matches.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
    #expect(matches.first?.comment == nil)
    #expect(matches.last?.comment == 1)
  }

  @Test("A match over wrapped rows is marked in each, the current one differently")
  func marks() {
    let layout = StoryLayout(text, options: options(24))
    let matches = find("harbour master who rang the bell")
    #expect(matches.count == 1)
    let lines = layout.lines(0..<layout.rowCount, marks: SearchMarks(matches, current: 0))
    let marked = lines.filter { $0.spans.contains { $0.overlay == .currentMatch } }
    #expect(marked.count >= 2)
    let words = lines.flatMap(\.spans).filter { $0.overlay != nil }.map(\.text).joined(
      separator: " ")
    #expect(
      words.split(separator: " ").joined(separator: " ") == "harbour master who rang the bell")
    let others = layout.lines(0..<layout.rowCount, marks: SearchMarks(matches))
    #expect(others.contains { $0.spans.contains { $0.overlay == .match } })
  }

  @Test("Every match's row shows the beginning of the match", arguments: [8, 20, 40, 80, 200])
  func rows(width: Int) {
    let layout = StoryLayout(text, options: options(width))
    let matches = find("(ferry|harbour|gull|day)")
    #expect(matches.count > 10)
    for match in matches {
      guard let row = layout.row(of: match) else {
        // A table's head that each record tells has no row of its own.
        #expect(text.passages[match.passage].kind == .cell)
        continue
      }
      let shown = layout.showing(match)
      let line = shown.lines(row..<(row + 1), marks: SearchMarks([match]))[0]
      #expect(line.spans.contains { $0.overlay == .match }, "row \(row): \(line.text)")
    }
  }
}

@Suite struct FoldTests {
  private let text = StoryText(
    Story(title: "T", thread: Samples.deepThread(comments: 60, depth: 20)))

  @Test("A fold hides all replies, and says how many")
  func fold() {
    let layout = StoryLayout(text, options: LayoutOptions(width: 60, now: Samples.now))
    let folded = layout.folding([0, 45])
    #expect(folded.commentRows[0] != nil && folded.commentRows[1] == nil)
    #expect(folded.commentRows[20] != nil && folded.commentRows[59] == nil)
    let lines = folded.lines(0..<folded.rowCount).map(\.text)
    #expect(lines.contains { $0.hasSuffix("↩ 19 replies hidden") })
    #expect(lines.contains { $0.hasSuffix("↩ 14 replies hidden") })
    #expect(!lines.contains { $0.contains("Comment 1 says") })
    #expect(folded.folding([]).lines(0..<layout.rowCount) == layout.lines(0..<layout.rowCount))
    #expect(folded.rowCount == lines.count)
  }

  @Test("A place in a folded branch is in its fold's row, and the way to show it is known")
  func hidden() {
    let layout = StoryLayout(text, options: LayoutOptions(width: 60, now: Samples.now))
    let place = layout.place(atRow: layout.commentRows[10] ?? 0)
    let folded = layout.folding([0, 5, 20])
    let row = folded.row(of: place)
    #expect(folded.lines(row..<(row + 1)).first?.text.contains("19 replies hidden") == true)
    #expect(folded.folds(showing: 10) == [20])
    #expect(folded.comment(atRow: folded.commentRows[40] ?? 0) == 40)
  }

  @Test("The indent stops growing before comments get narrow", arguments: [12, 20, 40, 80])
  func plateau(width: Int) {
    let layout = StoryLayout(text, options: LayoutOptions(width: width, now: Samples.now))
    for line in layout.lines(0..<layout.rowCount) {
      guard let gutter = line.text.unicodeScalars.firstIndex(of: "▎") else { continue }
      let indent = line.text.unicodeScalars.distance(
        from: line.text.unicodeScalars.startIndex, to: gutter)
      #expect(indent <= width / 2 + 2)
    }
  }

  @Test("Each state of an empty thread is told in words")
  func empty() {
    let states: [(Thread.State, Int?, String, String, isFirst: Bool)] = [
      (.open, 0, "0 comments · open", "No comments yet.", true),
      (.closed, nil, "Comments · closed", "the thread is closed", false),
      (.elsewhere("Talkbox"), 4, "4 comments · on Talkbox", "kept by Talkbox", false),
      (.unknown, nil, "Comments", "does not say", true),
      (.unknown, 3, "3 comments", "does not show its comments", false),
    ]
    for (state, count, head, words, isFirst) in states {
      let story = Story(title: "T", thread: Thread(count: count, state: state))
      let layout = StoryLayout(
        StoryText(story),
        options: LayoutOptions(width: 90, now: Samples.now, threadHint: "Write the first."))
      let page = layout.lines(0..<layout.rowCount).map(\.text).joined(separator: "\n")
      #expect(page.contains(head) && page.contains(words), "\(page)")
      #expect(page.contains("Write the first.") == isFirst)
      #expect(layout.lines(layout.threadRow..<(layout.threadRow + 1))[0].text.contains(head))
    }
  }

  @Test("How to write the first comment is told whole in a narrow pane")
  func emptyNarrow() {
    let hint = "R writes the first, for your own library."
    let layout = StoryLayout(
      StoryText(Story(title: "T")),
      options: LayoutOptions(width: 20, now: Samples.now, threadHint: hint))
    let lines = layout.lines(layout.threadRow..<layout.rowCount).map {
      $0.text.split(separator: " ").joined(separator: " ")
    }
    #expect(lines.joined(separator: " ").hasSuffix(hint), "\(lines)")
  }
}
