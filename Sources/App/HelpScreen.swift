internal import Display

/// The keys of one screen, made from the command table; scrolls, and narrows to typed words.
struct HelpScreen {
  var context: Command.Context
  var words = ""
  private(set) var top = 0
  private(set) var height = 1

  init(context: Command.Context) { self.context = context }

  mutating func scroll(by rows: Int) { top = max(0, top + rows) }
  mutating func scrollToTop() { top = 0 }
  mutating func scrollToEnd() { top = Int.max / 2 }

  /// Exactly `count` lines.
  mutating func lines(_ count: Int, columns: Int, isASCII: Bool) -> [Line] {
    guard count > 0 else { return [] }
    let content = content(columns: columns, isASCII: isASCII)
    height = count
    top = max(0, min(top, content.count - count))
    let shown = content[top..<min(content.count, top + count)]
    return shown.map { $0.clipped(to: columns, isASCII: isASCII) }
      + Array(repeating: Line(), count: count - shown.count)
  }

  private func content(columns: Int, isASCII: Bool) -> [Line] {
    let measure = min(columns - 2, 76)
    let margin = Span(spaces((columns - measure) / 2))
    let screen = context == .list ? "list" : "story"
    let widest =
      CommandTable.entries.filter(isShown)
      .map { displayWidth(of: keys($0).joined(separator: " ")) }.max() ?? 0
    let keyWidth = max(6, min(widest + 2, measure / 3))
    var lines = [Line([margin, Span("Keys in the \(screen)", .headline)])]
    for group in Command.Group.allCases {
      let entries = CommandTable.entries.filter { $0.group == group && isShown($0) }
      guard !entries.isEmpty else { continue }
      lines.append(Line())
      lines.append(Line([margin, Span(group.rawValue, .heading)]))
      for entry in entries {
        lines += row(entry, keyWidth, measure: measure).map { Line([margin] + $0.spans) }
      }
    }
    if lines.count == 1 {
      lines += [Line(), Line([margin, Span("No key or command has these words.", .faint)])]
    }
    return lines
  }

  private func keys(_ entry: Command.Entry) -> [String] {
    entry.keys[entry.group == .prompt ? .prompt : context] ?? []
  }

  private func isShown(_ entry: Command.Entry) -> Bool {
    let keys = keys(entry)
    guard !keys.isEmpty else { return false }
    let text = "\(keys.joined(separator: " ")) \(entry.words) \(entry.command.rawValue)"
      .lowercased()
    return words.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }

  /// Keys and words side by side; keys wider than their column have a line of their own.
  private func row(_ entry: Command.Entry, _ keyWidth: Int, measure: Int) -> [Line] {
    let keys = keys(entry).joined(separator: " ")
    var words = wrapped(entry.words, to: max(8, measure - keyWidth - 2))
    var lines = [Line([Span("  "), Span(keys, .key)])]
    let gap = keyWidth - displayWidth(of: keys)
    if gap > 0, !words.isEmpty {
      lines[0].spans += [Span(spaces(gap)), Span(words.removeFirst())]
    }
    return lines + words.map { Line([Span(spaces(keyWidth + 2)), Span($0)]) }
  }
}
