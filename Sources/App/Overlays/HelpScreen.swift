internal import Display
internal import Storage

/// The key bindings of one context with the descriptions of the command table.
struct HelpScreen {
  /// Where the keys that are shown are bound.
  private let shownContext: Command.Context
  private var words = ""
  private(set) var top = 0
  private(set) var height = 1
  /// The lines of all keys, laid out for the width it was fitted to.
  private var content: [Line] = []

  init(context: Command.Context, words: String = "") {
    self.shownContext = context
    self.words = words
  }

  /// Filters the rows by typed words, and scrolls to the top.
  mutating func narrow(to words: String) {
    self.words = words
    top = 0
  }

  /// One line of help before it is laid out.
  private struct Row {
    var keys: String
    var words: String
  }

  private func content(columns: Int, _ keymap: Keymap) -> [Line] {
    let measure = min(columns - 2, 76)
    let margin = Span(spaces((columns - measure) / 2))
    var groups = Command.Group.allCases.map { group in
      let entries = CommandTable.entries.filter { $0.group == group }
      return (group.rawValue, entries.compactMap { row($0, keymap) })
    }
    groups.insert(("Your own keys", ownRows(keymap)), at: 0)
    let rows = groups.flatMap(\.1)
    let widest = rows.map { displayWidth(of: $0.keys) }.max() ?? 0
    let keyWidth = max(6, min(widest + 2, measure / 3))
    var lines = [Line([margin, Span("Keys in \(place)", .headline)])]
    for (name, rows) in groups where !rows.isEmpty {
      lines.append(Line())
      lines.append(Line([margin, Span(name, .heading)]))
      for row in rows {
        lines += laidOut(row, keyWidth, measure: measure).map { Line([margin] + $0.spans) }
      }
    }
    if lines.count == 1 {
      lines += [Line(), Line([margin, Span("No key or command has these words.", .faint)])]
    }
    return lines
  }

  private var place: String {
    switch shownContext {
    case .list: "the list"
    case .thread: "the thread and the story"
    case .picker: "a list to choose from"
    default: "the story"
    }
  }

  private func row(_ entry: Command.Entry, _ keymap: Keymap) -> Row? {
    let keys = keymap.keys(
      for: entry.command, in: entry.group == .prompt ? .prompt : shownContext
    ).joined(separator: " ")
    return shown(keys, entry.words, entry.command.rawValue)
  }

  /// Keys that do several things, or a line with words.
  private func ownRows(_ keymap: Keymap) -> [Row] {
    (keymap.bindings[shownContext] ?? []).compactMap { binding in
      if binding.orders.count == 1, case .command = binding.orders[0] { return nil }
      let words = binding.orders.map { order in
        switch order {
        case .command(let command): command.rawValue
        case .line(let line): ":" + safe(line, oneLine: true)
        }
      }
      return shown(binding.keys.written, words.joined(separator: ", then "), "")
    }
  }

  /// The row, if it has keys and all typed words.
  private func shown(_ keys: String, _ words: String, _ name: String) -> Row? {
    guard !keys.isEmpty else { return nil }
    let searched = "\(keys) \(words) \(name)".lowercased()
    let isFound = self.words.lowercased().split(separator: " ").allSatisfy { searched.contains($0) }
    return isFound ? Row(keys: keys, words: words) : nil
  }

  /// Keys and words side by side; keys wider than their column have a line of their own.
  private func laidOut(_ row: Row, _ keyWidth: Int, measure: Int) -> [Line] {
    var words = wrapped(row.words, to: max(8, measure - keyWidth - 2))
    var lines = [Line([Span("  "), Span(row.keys, .key)])]
    let gap = keyWidth - displayWidth(of: row.keys)
    if gap > 0, !words.isEmpty {
      lines[0].spans += [Span(spaces(gap)), Span(words.removeFirst())]
    }
    return lines + words.map { Line([Span(spaces(keyWidth + 2)), Span($0)]) }
  }
}

// MARK: - As an overlay

extension HelpScreen: OverlayScreen {
  var overlay: Overlay { .help(self) }
  var context: Command.Context? { .help }
  var isFullScreen: Bool { true }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
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
    case .filter: return .ask(Prompt(purpose: .helpFilter, field: TextField()))
    case .clear where !words.isEmpty: words = ""
    case .clear, .back, .help: return .pop
    default: return .notMine
    }
    return .done
  }

  private mutating func scroll(by rows: Int) { top = max(0, top + rows) }

  mutating func scroll(by rows: Int, _ environment: Environment) -> Reply {
    scroll(by: rows)
    return .done
  }

  mutating func fit(_ rows: Int, _ environment: Environment) {
    content = content(columns: environment.size.columns, environment.keymap)
    height = rows
    top = max(0, min(top, content.count - rows))
  }

  func draw(over drawing: inout Drawing, _ environment: Environment) {
    let count = drawing.lines.count
    let shown = content[min(top, content.count)...].prefix(count)
    let lines = shown.map { $0.clipped(to: environment.size.columns) }
    drawing = Drawing(lines + Array(repeating: Line(), count: count - lines.count))
  }

  func keyHints(_ environment: Environment) -> [String] {
    [environment.keyHint("finds a key", .filter), environment.keyHint("back", .back)]
  }

  func position(_ environment: Environment) -> String? { "Keys" }
}
