import Stories

/// The lines of an explanation: a title for each part, then rows of label and words.
struct ExplanationText {
  private(set) var text = ""

  /// Labels are this wide; a longer one pushes its words to the right.
  private static let labelWidth = 14

  mutating func part(_ title: String) { text += (text.isEmpty ? "" : "\n") + title + "\n" }

  mutating func row(_ label: String, _ words: String) {
    let gap = max(1, Self.labelWidth - label.unicodeScalars.count)
    text += "  " + label + String(repeating: " ", count: gap) + words + "\n"
  }

  /// Rows under heads, each column as wide as its widest cell; the first `numbers` stand right.
  mutating func table(_ heads: [String], _ rows: [[String]], numbers: Int) {
    let all = [heads] + rows
    let widths = heads.indices.map { column in
      all.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    for row in all {
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        line += "  " + (column < numbers ? space + cell : cell + space)
      }
      while line.hasSuffix(" ") { line.removeLast() }
      text += line + "\n"
    }
  }
}

extension String {
  /// The first words in quotes, on one line.
  func quoted(_ limit: Int = 60) -> String {
    let line = String(decoding: utf8.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
    let start = line.prefix(limit)
    return "“\(start)\(start.count < line.count ? "…" : "")”"
  }
}

extension Double {
  /// Two decimals: "0.07".
  var inHundredths: String {
    let number = Int((self * 100).rounded())
    return "\(number / 100).\(number % 100 < 10 ? "0" : "")\(number % 100)"
  }
}

extension HTMLTree {
  /// How an element is written in a selector: `div#main.post.hentry`.
  func label(_ node: Node) -> String {
    guard isElement(node) else { return "text" }
    var label = name(node)
    if let id = value(.id, of: node) { label += "#" + id.prefix(40) }
    let classes = valueBytes(.class, of: node).prefix(200).split(whereSeparator: \.isSpace)
    for name in classes.prefix(3) {
      label += "." + String(decoding: name.prefix(30), as: UTF8.self)
    }
    return label
  }

  /// The same with the element above it.
  func path(_ node: Node) -> String {
    guard let parent = parent(node) else { return label(node) }
    return label(parent) + " > " + label(node)
  }
}
