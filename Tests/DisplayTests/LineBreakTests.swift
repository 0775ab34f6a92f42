import Display
import Foundation
import Stories
import Testing

@Suite struct LineBreakTests {
  /// The places in a text where a row may end, shown as `|`.
  private func marked(_ text: String, isTailored: Bool = true) -> String {
    var rules = BreakRules(isTailored: isTailored)
    let scalars = Array(text.unicodeScalars)
    var shown = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let breaks = rules.breaks(before: BreakClass(scalar)) {
        index + 1 < scalars.count ? BreakClass(scalars[index + 1]) : .start
      }
      if breaks { shown.append("|") }
      shown.append(scalar)
    }
    return String(shown)
  }

  @Test(
    "Rows end where the standard lets them, and where readers expect it",
    arguments: [
      // Spaces, hyphens, slashes.
      "two |words", "well-|known", "and/|or", "-5 |degrees", "from |-5 |to |+3", "ls |-v |--all",
      "one--|two",
      "https://post.example/|a/|b.html?|c=d#e", "/etc/|passwd", "in |/etc", "the |.profile", "a//b",
      "1/2 |cup", "one—|two", "one |— |two", "1914–1918", "Paris–|Lyon", "state-|of-|the-|art",
      // Numbers.
      "$1,234.50 |each", "100 |%", "(12.5)%", "€(5)", "10:30 |sharp", "No.5", "-$5", "£2.5m |gift",
      // Quotes and brackets.
      "He |said |“no” |(twice)", "it’s |“so-|called”", "« mot » |fin", "word(s) |and |[1] |more",
      "\"a\" |(b)",
      "mot ! |Oui", "a, |b; |c: |d",
      // What holds together.
      "10\u{A0}km |away", "a\u{2060}b |c", "zero\u{200B}|width", "soft\u{AD}|hyphen",
      "e\u{301}t |a\u{301}",
      "👩\u{200D}👧|👍", "👍🏽|👍", "🇫🇷|🇩🇪", "…|and", "wait…",
      // East Asian.
      "港|が|再|び|開|い|た。", "「満|員」|で、|三|つ", "ちょっ|と", "ラー|メ|ン", "（括|弧）|の",
      "中|文|“引|号”|内", "第 |5 |章", "한|국|어", "각”", "¥500|で",
      // Without spaces, and right to left.
      "ภาษาไทย |ไทย", "שלום |עולם", "א-ב",
    ])
  func cases(expected: String) {
    #expect(marked(expected.replacing("|", with: "")) == expected)
  }

  /// Where Debian's package `unicode-data` has the file, of Unicode 15.0 as our tables are.
  private static let file = "/usr/share/unicode/auxiliary/LineBreakTest.txt"

  @Test(
    "The standard's own file holds",
    .enabled(
      if: FileManager.default.fileExists(atPath: file), "the package unicode-data is not installed")
  )
  func standardFile() throws {
    let file = try String(contentsOfFile: Self.file, encoding: .utf8)
    try #require(file.hasPrefix("# LineBreakTest-15.0.0.txt"), "the tables are of Unicode 15.0")
    var count = 0
    for line in file.split(separator: "\n") {
      let fields = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard fields.count > 2 else { continue }
      count += 1
      var scalars: [Unicode.Scalar] = []
      var expected: [Bool] = []
      for index in stride(from: 0, to: fields.count - 1, by: 2) {
        expected.append(fields[index] == "÷")
        let value = try #require(UInt32(fields[index + 1], radix: 16))
        scalars.append(try #require(Unicode.Scalar(value)))
      }
      if opportunities(scalars) != expected { Issue.record("\(line)") }
    }
    #expect(count == 7654)
  }

  /// Where rows may or must end by the standard alone; line breaks are the caller's (LB4 to LB6).
  private func opportunities(_ scalars: [Unicode.Scalar]) -> [Bool] {
    var rules = BreakRules(isTailored: false)
    return scalars.indices.map { index in
      let kind = BreakClass(scalars[index])
      let isAfterBreak = index > 0 && BreakClass(scalars[index - 1]) == .lineBreak
      if kind == .lineBreak {
        rules = BreakRules(isTailored: false)
        return isAfterBreak && !(scalars[index - 1] == "\r" && scalars[index] == "\n")
      }
      let breaks = rules.breaks(before: kind) {
        index + 1 < scalars.count ? BreakClass(scalars[index + 1]) : .start
      }
      return isAfterBreak || breaks
    }
  }

  @Test("Plain ASCII, which has a way of its own, is broken as any text", arguments: 0..<40)
  func twoWays(seed: Int) {
    var random = RandomStories(seed: UInt64(seed) + 77)
    let scraps = [
      "harbour", "a", "the", "-", "--", "/", "//", "http://", "well-known", " ", " ", " ",
      "1,234.5",
      "5", "%", "$", "(", ")", "[1]", "!", "?", ".", ",", ":", "\"", "'", "|", "  ", "+", "#", "_",
      "{", "}", "e.g.", "--x", "/etc", ".5",
    ]
    for _ in 0..<200 {
      var text = "a"
      for _ in 0..<(1 + random.number(below: 24)) {
        text += scraps[random.number(below: scraps.count)]
      }
      let width = 1 + random.number(below: 30)
      // A letter of another script at the end makes the text go the other way.
      let plain = wrapped(text + " z", to: width)
      let other = wrapped(text + " ж", to: width)
      #expect(plain.dropLast() == other.dropLast(), "\(width) \(text.debugDescription)")
    }
  }

  // MARK: - Rows of a story

  private func rows(_ text: String, _ width: Int, _ make: ([Phrase]) -> Block = Block.paragraph)
    -> [String]
  {
    let story = Story(title: "T", blocks: [make([Phrase(text)])])
    let options = LayoutOptions(width: 200, measure: width, now: Samples.now)
    let layout = StoryLayout(StoryText(story), options: options)
    let first = layout.row(of: Place(.block(0)))
    return layout.lines(first..<layout.threadRow).map { line in
      line.text.unicodeScalars.split(separator: " ").map { String($0) }.joined(separator: " ")
    }.filter { !$0.isEmpty }
  }

  @Test("A short word is not left alone in the last row")
  func orphans() {
    let text = "The ferry left the harbour half an hour late and full to the rails, they say so."
    #expect(rows(text, 37).last?.contains(" ") == true)
    #expect(rows(text, 37).joined(separator: " ") == text)
    let japanese = "港が再び開いた。最初のフェリーは満員で遅れて出発した。"
    #expect(rows(japanese, 50).last == "した。")
    #expect(rows(japanese, 50).joined() == japanese)
  }

  @Test("The rows of a heading are about as long")
  func balanced() {
    let heading = rows("The harbour of Lower Sandmouth opens again after the long winter", 56) {
      .heading(level: 2, $0)
    }
    #expect(heading == ["■ The harbour of Lower Sandmouth", "opens again after the long winter"])
  }

  @Test("A soft hyphen is drawn where a row ends with it, and nowhere else")
  func softHyphens() {
    let word = "in\u{AD}com\u{AD}pre\u{AD}hen\u{AD}si\u{AD}bi\u{AD}li\u{AD}ties"
    #expect(rows(word, 80) == ["incomprehensibilities"])
    #expect(rows(word, 10) == ["incompre-", "hensibili-", "ties"])
    #expect(rows(word, 4).joined().replacing("-", with: "") == "incomprehensibilities")
    for width in 1...12 {
      for row in rows(word, width) { #expect(displayWidth(of: row) <= width) }
    }
  }

  @Test("What holds together or may part is honoured though it is not drawn")
  func unseen() {
    #expect(rows("see 10\u{A0}km", 6) == ["see", "10\u{A0}km"])
    #expect(rows("ab\u{200B}cd", 3) == ["ab", "cd"])
    #expect(rows("one a\u{2060}-\u{2060}b", 6) == ["one", "a-b"])
    // The members of a family stay in one row.
    #expect(rows("👍👩\u{200D}👧", 5) == ["👍", "👩👧"])
    #expect(rows("🇫🇷🇩🇪", 3) == ["🇫🇷", "🇩🇪"])
  }

  @Test("A word longer than a row is cut between its letters")
  func longWords() {
    #expect(rows("abcdefgh", 3) == ["abc", "def", "gh"])
    #expect(rows("a\u{301}b\u{302}c\u{303}", 2) == ["a\u{301}b\u{302}", "c\u{303}"])
    // Thai vowels that stand before or only after their consonant stay with it.
    #expect(rows("บ้านเกาะ", 5) == ["บ้าน", "เกาะ"])
    for width in 1...20 {
      let all = rows("ภาษาไทยไม่มีช่องว่างระหว่างคำ", width)
      #expect(all.joined() == "ภาษาไทยไม่มีช่องว่างระหว่างคำ")
    }
  }

  @Test("A megabyte without a break is laid out at any width")
  func endless() {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(rows(text, 79).count == (1 << 20) / 79 + 1)
    #expect(rows(String(repeating: "港", count: 1 << 18), 80).count == (1 << 18) / 40 + 1)
    #expect(rows(String(repeating: "\u{301}", count: 100_000) + "a", 10) == ["a"])
    #expect(rows(String(repeating: "a\u{AD}\u{200B}", count: 50_000), 80).count >= 625)
  }
}
