internal import Display

/// A list of the themes, laid over the screen: moving in it shows each theme on what is read.
struct ThemePicker {
  /// The theme to go back to.
  let before: String
  private(set) var names: [String]
  private(set) var selected: Int

  init(names: [String], current: String) {
    self.names = names
    before = current
    selected = names.firstIndex(of: current) ?? 0
  }

  var name: String { names.indices.contains(selected) ? names[selected] : before }

  mutating func move(by steps: Int) { move(to: selected + max(-1000, min(1000, steps))) }

  mutating func move(to index: Int) { selected = max(0, min(names.count - 1, index)) }

  /// What a screen must have for the list to leave something to look at.
  static let least = Size(columns: 30, rows: 6)

  /// The themes whose names stand in a box of so many lines.
  private func shown(_ most: Int) -> Range<Int> {
    let count = min(names.count, max(1, most - 2))
    let first = max(0, min(selected - count / 2, names.count - count))
    return first..<first + count
  }

  /// The theme whose name stands at a line of the box; `nil` for its frame.
  func index(atLine line: Int, of most: Int) -> Int? {
    let shown = shown(most)
    return shown.contains(shown.lowerBound + line - 1) && line > 0
      ? shown.lowerBound + line - 1 : nil
  }

  /// The line of the box on which the chosen name stands.
  func selectedLine(of most: Int) -> Int { selected - shown(most).lowerBound + 1 }

  /// The list as a box of at most so many lines, the chosen name in sight.
  func lines(_ most: Int, isASCII: Bool) -> [Line] {
    let shown = shown(most)
    let width = max(12, names.map { displayWidth(of: $0) }.max() ?? 0)
    let box = PickerBox(
      title: "Theme \(selected + 1) of \(names.count)", width: width + 4, isASCII: isASCII)
    return box.lines(
      shown.map { index in
        let isSelected = index == selected
        let name = safe(names[index], oneLine: true)
        let text = " " + name + spaces(width - displayWidth(of: name) + 2)
        return [
          box.mark(isSelected: isSelected),
          Span(text, .text, overlay: isSelected ? .selection : nil),
        ]
      })
  }
}
