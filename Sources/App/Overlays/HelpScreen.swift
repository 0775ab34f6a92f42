internal import Display

/// The keys of one screen as they are bound now, with the words of the command table; scrolls, and
/// narrows to typed words.
struct HelpScreen {
  var context: Command.Context
  var words = ""
  private(set) var top = 0
  private(set) var height = 1
  /// The lines of all keys, laid out for the width it was fitted to.
  private var content: [Line] = []

  init(context: Command.Context) { self.context = context }

  mutating func scroll(by rows: Int) { top = max(0, top + rows) }
  mutating func scrollToTop() { top = 0 }
  mutating func scrollToEnd() { top = Int.max / 2 }

  /// Lays the keys out for a screen of so many lines and columns.
  mutating func fit(_ count: Int, columns: Int, _ keymap: Keymap) {
    content = content(columns: columns, keymap)
    height = count
    top = max(0, min(top, content.count - count))
  }

  /// Exactly `count` lines.
  func lines(_ count: Int, columns: Int) -> [Line] {
    guard count > 0 else { return [] }
    let shown = content[min(top, content.count)...].prefix(count)
    return shown.map { $0.clipped(to: columns) }
      + Array(repeating: Line(), count: count - shown.count)
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
    switch context {
    case .list: "the list"
    case .thread: "the thread and the story"
    case .picker: "a list to choose from"
    default: "the story"
    }
  }

  private func row(_ entry: Command.Entry, _ keymap: Keymap) -> Row? {
    let keys = keymap.keys(
      for: entry.command, in: entry.group == .prompt ? .prompt : context
    ).joined(separator: " ")
    return shown(keys, entry.words, entry.command.rawValue)
  }

  /// Keys that do several things, or a line with words.
  private func ownRows(_ keymap: Keymap) -> [Row] {
    (keymap.bindings[context] ?? []).compactMap { binding in
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
