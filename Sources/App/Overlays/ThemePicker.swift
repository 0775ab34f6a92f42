internal import Display

/// A list of the themes, laid over the screen: moving in it shows each theme on what is read.
struct ThemePicker {
  /// The theme to go back to.
  let before: String
  let names: [String]
  /// The choice among `names`.
  private(set) var window: ListWindow

  init(names: [String], current: String) {
    self.names = names
    before = current
    window = ListWindow(count: names.count, selected: names.firstIndex(of: current) ?? 0)
  }

  /// The chosen theme.
  var name: String { names.isEmpty ? before : names[window.selected] }

  /// How many themes a page passes: each is shown on the whole screen, and looked at.
  private static let page = 8

  /// Moves as a command asks; `false` where it is none that moves in a list.
  mutating func move(by command: Command, count: Int?) -> Bool {
    window.move(by: command, count: count, page: Self.page)
  }

  /// What a screen must have for the list to leave something to look at.
  static let least = Size(columns: 20, rows: 6)
  /// From how many columns what a theme is tried on shows beside the list; else below it.
  private static let besideFrom = 30

  /// How many lines the list may take of a screen with a status line.
  static func room(in size: Size) -> Int {
    let height = size.rows - 1
    return size.columns < besideFrom ? max(3, height / 2 + 1) : height - 1
  }

  /// The list as a box, the chosen name in sight.
  func lines(in size: Size, isASCII: Bool) -> [Line] {
    let longest = names.map { displayWidth(of: $0) }.max() ?? 0
    let width = min(max(12, longest), max(1, size.columns - 6))
    let most = Self.room(in: size)
    let box = PickerBox(
      title: "Theme", place: "\(window.selected + 1) of \(names.count)", width: width + 4,
      isASCII: isASCII)
    return box.lines(
      window.rows(inBox: most).map { index in
        let isSelected = index == window.selected
        let name = truncated(safe(names[index], oneLine: true), to: width, isASCII: isASCII)
        let text = " " + name + spaces(width - displayWidth(of: name) + 2)
        return [
          box.mark(isSelected: isSelected),
          Span(text, .text, overlay: isSelected ? .selection : nil),
        ]
      })
  }
}
