internal import Display
internal import Storage

/// The key bindings of one screen with the descriptions of the command table.
struct HelpScreen {
  private let topic: HelpTopic
  var typed = ""
  var text = ScrolledText()

  init(_ topic: HelpTopic, words: String = "") {
    self.topic = topic
    typed = words
  }

  /// One line of help before it is laid out.
  private struct Row {
    var keys: String
    var words: String
  }

  func lines(_ environment: Environment) -> [Line] {
    let (columns, keymap) = (environment.size.columns, environment.keymap)
    let measure = min(columns - 2, 76)
    let margin = Span(spaces((columns - measure) / 2))
    let groups = [("Your own keys", ownRows(keymap))] + groups(keymap)
    let rows = groups.flatMap(\.1)
    let widest = rows.map { displayWidth(of: $0.keys) }.max() ?? 0
    let keyWidth = max(6, min(widest + 2, measure / 3))
    var lines = wrapped("Keys in \(topic.place)", to: max(1, measure))
      .map { Line([margin, Span($0, .headline)]) }
    let headCount = lines.count
    for (name, rows) in groups where !rows.isEmpty {
      lines.append(Line())
      if !name.isEmpty { lines.append(Line([margin, Span(name, .heading)])) }
      for row in rows {
        lines += laidOut(row, keyWidth, measure: measure).map { Line([margin] + $0.spans) }
      }
    }
    if lines.count == headCount {
      lines += [Line(), Line([margin, Span("No key or command has these words.", .faint)])]
    }
    return lines
  }

  /// The rows under the table's headings, or where there are few, under none.
  private func groups(_ keymap: Keymap) -> [(String, [Row])] {
    guard topic.isGrouped else {
      return [("", CommandTable.entries.compactMap { row($0, keymap) })]
    }
    return Command.Group.allCases.map { group in
      let entries = CommandTable.entries.filter { $0.group == group }
      return (group.rawValue, entries.compactMap { row($0, keymap) })
    }
  }

  private func row(_ entry: Command.Entry, _ keymap: Keymap) -> Row? {
    guard let words = topic.words(for: entry) else { return nil }
    let keys = keymap.keys(
      for: entry.command, in: entry.group == .prompt ? .prompt : topic.context
    ).joined(separator: " ")
    return shown(keys, words, entry.command.rawValue)
  }

  /// Keys that do several things, or a line with words.
  private func ownRows(_ keymap: Keymap) -> [Row] {
    (keymap.bindings[topic.context] ?? []).compactMap { binding in
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
    let isFound = typed.lowercased().split(separator: " ").allSatisfy { searched.contains($0) }
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

extension HelpScreen: TextScreen {
  var overlay: Overlay { .help(self) }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    command == .help ? .pop : performOnText(command, count: count)
  }

  func keyHints(_ environment: Environment) -> [String] {
    [environment.keyHint("finds a key", .filter), environment.keyHint("back", .back)]
  }

  func position(_ environment: Environment) -> String? { "Keys" }
}
