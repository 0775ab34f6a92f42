import Display

/// Rows of words, some of them links, that scroll, change and come and go as they like; each row
/// ends in the mark that all its links' addresses end in.
struct Pages {
  private var seed: UInt32
  private var rows: [[String]] = []
  private var marks: [Int] = []

  init(seed: UInt32) { self.seed = seed }

  private mutating func random(_ limit: Int) -> Int {
    seed = seed &* 1_664_525 &+ 1_013_904_223
    return Int(seed >> 8) % max(1, limit)
  }

  private mutating func word() -> String {
    switch random(5) {
    case 0, 1: "<\(random(40))>"
    case 2: "日本"
    default: ["sea", "harbour", "tide", "a"][random(4)]
    }
  }

  private mutating func row() -> [String] { (0..<random(9)).map { _ in word() } }

  /// The next frame: scrolled in a part, with rows that are new, or a word more or less; its last
  /// row counts.
  mutating func turn(_ size: Size, _ count: Int) -> Frame {
    change(size)
    var lines = lines(size)
    lines[lines.count - 1] = Line([Span("turn \(count).", .status)], fill: .status)
    return Frame(size: size, lines: lines, cursor: Frame.Cursor(column: 0, row: 0, isVisible: true))
  }

  private mutating func change(_ size: Size) {
    while rows.count < size.rows {
      rows.append(row())
      marks.append(random(3))
    }
    rows.removeLast(rows.count - size.rows)
    marks.removeLast(marks.count - size.rows)
    let top = random(size.rows)
    let bottom = top + random(size.rows - top)
    for _ in 0..<random(4) {
      let (from, to) = random(2) == 0 ? (top, bottom) : (bottom, top)
      rows.remove(at: from)
      rows.insert(row(), at: to)
      marks.insert(marks.remove(at: from), at: to)
    }
    let changed = random(size.rows)
    switch random(5) {
    case 0: rows[changed].insert(word(), at: random(rows[changed].count + 1))
    case 1: if !rows[changed].isEmpty { rows[changed].remove(at: random(rows[changed].count)) }
    case 2: marks[changed] = random(3)
    case 3: rows[changed] = []
    default: break
    }
  }

  private func lines(_ size: Size) -> [Line] {
    zip(rows, marks).map { words, mark in
      var spans: [Span] = []
      var column = 0
      for word in words where column + word.unicodeScalars.count * 2 + 5 < size.columns {
        let target = LinkTarget(address: "https://a.invalid/\(word.dropFirst().dropLast())/\(mark)")
        let link = word.hasPrefix("<") ? Hyperlink(number: mark, target: target) : nil
        spans += [Span(word, link == nil ? .text : .link, link: link), Span(" ")]
        column += word.unicodeScalars.count * 2 + 1
      }
      return Line(spans + [Span("/\(mark)")])
    }
  }
}
