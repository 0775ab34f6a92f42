internal import Display
internal import Storage

/// Lines that cover the screen and are scrolled through, such as the help.
struct ScrolledText {
  /// The first line on the screen; any number until it is fitted.
  var top = 0
  private var height = 1
  /// Laid out for the width that it was fitted to.
  private var lines: [Line] = []

  /// Scrolls as a command asks; `false` where it is none that moves.
  mutating func move(by command: Command, count: Int?) -> Bool {
    let page = max(1, height - 2)
    let times = min(1000, count ?? 1)
    switch command {
    case .down: scroll(by: times)
    case .up: scroll(by: -times)
    case .pageDown: scroll(by: page * times)
    case .pageUp: scroll(by: -page * times)
    case .halfPageDown: scroll(by: page / 2 * times)
    case .halfPageUp: scroll(by: -page / 2 * times)
    case .top: top = 0
    case .bottom, .goToPercent: top = Int.max / 2
    default: return false
    }
    return true
  }

  mutating func scroll(by rows: Int) { top = max(0, top + rows) }

  /// Shows other lines, in so many rows.
  mutating func fit(_ lines: [Line], rows: Int) {
    self.lines = lines
    height = rows
    top = max(0, min(top, lines.count - rows))
  }

  /// Draws exactly as many lines as there are, none wider than the screen.
  func draw(over drawing: inout Drawing, _ environment: Environment) {
    let count = drawing.lines.count
    let shown = lines[min(top, lines.count)...].prefix(count)
      .map { $0.clipped(to: environment.size.columns) }
    drawing = Drawing(shown + Array(repeating: Line(), count: count - shown.count))
  }

  /// How far the last line on the screen is, such as "40%"; `nil` where all are on it.
  var percentWords: String? {
    guard lines.count > height else { return nil }
    return "\((top + height) * 100 / lines.count)%"
  }
}

/// An overlay of lines that cover the screen, are scrolled through and narrowed by typed words.
protocol TextScreen: OverlayScreen {
  var text: ScrolledText { get set }
  /// The words that narrow it; empty without any.
  var typed: String { get set }

  /// Lays it out, with only what has all of the typed words.
  func lines(_ environment: Environment) -> [Line]
}

extension TextScreen {
  var context: Command.Context? { .help }
  var isFullScreen: Bool { true }

  mutating func narrow(to words: String) {
    typed = words
    text.top = 0
  }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    performOnText(command, count: count)
  }

  /// The commands that all of these screens have.
  mutating func performOnText(_ command: Command, count: Int?) -> Reply {
    if text.move(by: command, count: count) { return .done }
    switch command {
    case .filter: return .ask(Prompt(purpose: .helpFilter, field: TextField()))
    case .clear where !typed.isEmpty: narrow(to: "")
    case .clear, .back: return .pop
    default: return .notMine
    }
    return .done
  }

  mutating func scroll(by rows: Int, _ environment: Environment) throws(StorageError) -> Reply {
    text.scroll(by: rows)
    return .done
  }

  mutating func fit(_ rows: Int, _ environment: Environment) {
    text.fit(lines(environment), rows: rows)
  }

  func draw(over drawing: inout Drawing, _ environment: Environment) {
    text.draw(over: &drawing, environment)
  }
}
