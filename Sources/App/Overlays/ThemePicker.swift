internal import Display
internal import Settings
internal import Storage

/// A list of the themes, laid over the screen: moving in it shows each theme on what is read.
struct ThemePicker {
  /// The theme to go back to.
  let before: String
  let names: [String]
  /// The choice among `names`.
  private(set) var window: ListWindow

  init(_ environment: Environment) {
    names = ["auto"] + environment.options.themes
    before = environment.preferences.theme
    window = ListWindow(count: names.count, selected: names.firstIndex(of: before) ?? 0)
  }

  /// The chosen theme.
  var name: String { names.isEmpty ? before : names[window.selected] }

  /// How many themes a page passes: each is shown on the whole screen, and looked at.
  private static let page = 8

  /// From how many columns what a theme is tried on shows beside the list; else below it.
  private static let besideFrom = 30

  /// How many lines the list may take of a screen with a status line.
  private static func room(in size: Size) -> Int {
    let height = size.rows - 1
    return size.columns < besideFrom ? max(3, height / 2 + 1) : height - 1
  }

  /// The list as a box, the chosen name in sight.
  private func lines(in size: Size, isASCII: Bool) -> [Line] {
    let longest = names.map { displayWidth(of: $0) }.max() ?? 0
    let width = min(max(12, longest), max(1, size.columns - 6))
    let most = Self.room(in: size)
    let box = PickerBox(
      title: ListKind.themes.title, place: "\(window.selected + 1) of \(names.count)",
      width: width + 4,
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

// MARK: - As an overlay

extension ThemePicker: OverlayScreen {
  var overlay: Overlay { .themes(self) }
  var context: Command.Context? { .picker }
  var helpTopic: HelpTopic { .list(.themes) }
  /// The list must leave something to look at.
  var minSize: Size { Size(columns: 20, rows: 6) }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let shown = name
    if window.move(by: command, count: count, page: Self.page) {
      return name == shown ? .done : .effect(.useTheme(name))
    }
    switch command {
    case .open: return .several([.pop, .useTheme(name)])
    case .back, .clear:
      return name == before ? .pop : .several([.pop, .effect(.useTheme(before))])
    case .fold, .foldMore, .foldLess, .foldAll, .unfoldAll, .filter, .delete, .openLink, .copyLink,
      .showPlace, .goToPercent:
      return refusal(of: command, environment)
    default: return .notMine
    }
  }

  /// A click selects, a second one takes, and one beside the list leaves it.
  mutating func click(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    guard case .overlayRow(let row) = target else {
      return try perform(.clear, count: nil, environment)
    }
    if row == window.selected { return try perform(.open, count: nil, environment) }
    return try perform(.top, count: row + 1, environment)
  }

  func draw(over drawing: inout Drawing, _ environment: Environment) {
    let size = environment.size
    let room = Self.room(in: size)
    let left = drawing.lay(
      lines(in: size, isASCII: environment.isASCII), columns: size.columns,
      isASCII: environment.isASCII)
    drawing.cursor = Drawing.Cell(row: window.selectedLine(ofBox: room), column: left + 1)
    for (line, row) in window.rows(inBox: room).enumerated() {
      drawing.record(.overlayRow(row), row: line + 1, columns: left..<size.columns)
    }
  }

  func keyHints(_ environment: Environment) -> [String] {
    [
      "\(environment.key(for: .down)) \(environment.keyHint("show", .up))",
      environment.keyHint("takes", .open), environment.keyHint("leaves", .clear),
    ]
  }
}
