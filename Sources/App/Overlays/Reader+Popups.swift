internal import Display
internal import Settings

// What is laid over the screen for a moment: the keys that may follow, long messages, completions.
//
// It promises that the line that is looked at stays in sight: what would cover it moves to the
// other end of the screen, and takes a third of it at most.
extension Reader {
  /// Lays what must be shown beside the status line over the lines above it.
  func lay(over lines: inout [Line], _ height: Int, _ size: Size) {
    // A sentence is worth more room than a list of keys that help shows as well.
    let isMessage = message != nil && prompt == nil && !showsFollowing
    let most = isMessage ? messageRoom : max(0, min(height / 3, height - 2))
    var shown = ordered(Array(popup(size.columns, most).suffix(most)))
    guard !shown.isEmpty else { return }
    let isCovered = prompt == nil && cursorRow(height) >= height - shown.count
    if isCovered, isMessage { shown = ordered(messageLines(size.columns)) }
    let start = isCovered ? 0 : height - shown.count
    lines.replaceSubrange(start..<start + shown.count, with: shown)
  }

  /// Whether a message stands at the top of the screen, since at the bottom it would cover what is
  /// looked at; the status line then says nothing of it.
  var isMessageAbove: Bool {
    guard let message, prompt == nil, !showsFollowing else { return false }
    let height = size.rows - 1
    let above = messageParts(message, size.columns).count - 1
    return above > 0 && cursorRow(height) >= height - above
  }

  /// How many lines above the status line a message may take.
  var messageRoom: Int { max(0, min((size.rows - 1) / 2, size.rows - 3)) }

  private func popup(_ columns: Int, _ most: Int) -> [Line] {
    if let prompt { return completionLines(prompt, columns, most) }
    if showsFollowing {
      return lettered == nil ? keyLines(columns, most) : markLines(columns, most)
    }
    return messageLines(columns).dropLast()
  }

  /// A box at the right end, so that what is chosen shows on what stands at the left.
  func lay(_ themePicker: ThemePicker, over lines: inout [Line], _ height: Int, _ size: Size) {
    lay(themePicker.lines(in: size, isASCII: options.isASCII), over: &lines, height, size)
  }

  /// Lays a box over the right end of the lines.
  func lay(_ box: [Line], over lines: inout [Line], _ height: Int, _ size: Size) {
    let left = max(0, size.columns - (box.map(\.width).max() ?? 0))
    for (index, line) in box.enumerated() where index < height {
      var below = lines[index].cut(to: left).padded(to: left, isASCII: options.isASCII)
      below.fill = nil
      below.spans += line.spans
      lines[index] = below
    }
  }

  // MARK: - Keys that may follow

  /// What may follow the keys typed so far, in as many columns as there is room for.
  private func keyLines(_ columns: Int, _ most: Int) -> [Line] {
    let items = followingItems()
    guard items.count <= most * max(1, (columns - 1) / widest(items)) else {
      return bareKeyLines(items.map(\.key), columns, most)
    }
    let width = widest(items)
    let perLine = max(1, (columns - 1) / max(1, width))
    var lines: [Line] = []
    for start in stride(from: 0, to: items.count, by: perLine) {
      var spans = [Span(" ", .status)]
      for item in items[start..<min(items.count, start + perLine)] {
        let gap = width - displayWidth(of: item.key + item.label) - 1
        spans += [
          Span(item.key, .key), Span(" ", .status), Span(item.label + spaces(gap), .status),
        ]
      }
      lines.append(bar(spans, columns))
    }
    return lines
  }

  private func widest(_ items: [(key: String, label: String)]) -> Int {
    (items.map { displayWidth(of: $0.key + $0.label) }.max() ?? 0) + 4
  }

  /// The keys alone, where there is no room for what they do.
  private func bareKeyLines(_ keys: [String], _ columns: Int, _ most: Int) -> [Line] {
    var rows = wrapped(keys.joined(separator: " "), to: max(1, columns - 3))
    if rows.count > most, most > 0 {
      rows = Array(rows.prefix(most))
      rows[most - 1] += options.isASCII ? " ~" : " …"
    }
    return rows.map { bar([Span(" ", .status), Span($0, .key)], columns) }
  }

  /// The keys with their labels; nine levels of depth say no more than their first and last.
  private func followingItems() -> [(key: String, label: String)] {
    let following = keymap.following(keys.pending, in: keyContext)
    let depths = following.filter { item in
      keymap.command(keys.pending + [item.key], in: keyContext)?.depth != nil
    }
    var items: [(key: String, label: String)] = []
    for item in following {
      let written = (keys.pending + [item.key]).written
      let isDepth = depths.contains { $0.key == item.key }
      if !isDepth || depths.count == 1 {
        items.append((written, item.label))
      } else if let last = depths.last, item.key == depths.first?.key {
        items.append(("\(written)…\((keys.pending + [last.key]).written)", "levels"))
      }
    }
    return items
  }

  func bar(_ spans: [Span], _ columns: Int) -> Line {
    Line(spans, fill: .status).clipped(to: columns, isASCII: options.isASCII)
      .padded(to: columns, isASCII: options.isASCII)
  }

  // MARK: - Messages

  /// A message in lines; the last of them is the status line's, unless all stand at the top.
  private func messageLines(_ columns: Int) -> [Line] {
    guard let message else { return [] }
    return messageParts(message, columns).map {
      bar([Span(" ", .status), Span($0, message.isError ? .error : .message)], columns)
    }
  }

  // MARK: - The line after `:`

  /// What would go on what is typed, with what it does; a window that follows the chosen one.
  private func completionLines(_ prompt: Prompt, _ columns: Int, _ most: Int) -> [Line] {
    guard case .command = prompt.purpose, most > 0 else { return [] }
    let typed = prompt.field.text
    let shown =
      prompt.walk.map { walk in walk.lines.compactMap { line in completion(line) } }
      ?? completions(of: typed)
    guard !shown.isEmpty else { return usageLines(typed, columns, most) }
    if shown.count == 1 { return described(shown[0].shown, shown[0].words, columns, most) }
    let chosen = prompt.walk?.index ?? 0
    let window = ListWindow(count: shown.count, selected: chosen)
      .around(room: min(most, Self.mostCompletions))
    let isNarrow = columns < Self.leastCompletion
    let widest = shown.map { displayWidth(of: $0.shown) }.max() ?? 0
    let width = min(widest, isNarrow ? columns - 2 : max(12, columns / 2))
    return window.map { index in
      let item = shown[index]
      let isChosen = prompt.walk != nil && index == chosen
      let name = truncated(item.shown, to: max(1, width), isASCII: options.isASCII)
      let gap = spaces(width - displayWidth(of: name) + 2)
      var left = [Span(" ", .status), Span(name, isChosen ? .title : .key)]
      if !isNarrow { left.append(Span(gap + safe(item.words, oneLine: true), .status)) }
      let rest = index == window.upperBound - 1 ? shown.count - window.upperBound : 0
      guard rest > 0 else { return bar(left, columns) }
      let more = [Span(isNarrow ? " +\(rest)" : "  and \(rest) more ", .status)]
      return bar(justified(left, more, in: columns, isASCII: options.isASCII).spans, columns)
    }
  }

  /// Below this so little of the words would show beside a name that names alone say more.
  private static let leastCompletion = 40
  private static let mostCompletions = 8

  private func completion(_ line: String) -> Completion? {
    completions(of: line).first { $0.line == line }
  }

  /// What the verb of a line with words takes, where no word can be named.
  private func usageLines(_ typed: String, _ columns: Int, _ most: Int) -> [Line] {
    let parts = typed.split(separator: " ").map(String.init)
    let name = parts.first ?? ""
    let words: (String, String)?
    if name == LineVerb.set.rawValue, parts.count > 1, let setting = Setting.named(parts[1]) {
      words = (setting.name, "\(setting.range) · \(setting.words)")
    } else if let verb = LineVerb(rawValue: name) {
      words = ("\(name) \(verb.argument)", verb.words)
    } else if let command = Command(rawValue: name) {
      words = (name, command.entry.words)
    } else {
      words = nil
    }
    return words.map { described($0.0, $0.1, columns, most) } ?? []
  }

  /// A name with its words, below it where they do not fit beside it.
  private func described(
    _ name: String, _ words: String, _ columns: Int, _ most: Int
  ) -> [Line] {
    let words = safe(words, oneLine: true)
    let line = [Span(" ", .status), Span(name, .key), Span("  \(words)", .status)]
    guard Line(line).width > columns, most > 1 else { return [bar(line, columns)] }
    let below = wrapped(words, to: max(1, columns - 2)).map { [Span(" \($0)", .status)] }
    return ([Array(line.prefix(2))] + below).prefix(most).map { bar($0, columns) }
  }
}
