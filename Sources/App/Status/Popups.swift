internal import Display
internal import Settings

/// Temporary lines above the status line: key continuations, long messages, completions.
///
/// It promises that the current line stays in sight: what would cover it moves to the
/// other end of the screen, and takes a third of it at most.
struct Popups {
  private let scene: Scene
  /// The current line.
  private let cursorRow: Int

  init(_ scene: Scene, cursorRow: Int) {
    self.scene = scene
    self.cursorRow = cursorRow
  }

  private var environment: Environment { scene.environment }
  private var columns: Int { scene.size.columns }

  /// Lays what must be shown beside the status line over the lines above it.
  func lay(over drawing: inout Drawing) {
    let height = drawing.lines.count
    let prompt = scene.workspace.prompt
    // A message gets more lines than a list of keys, which help shows too.
    let isMessage = scene.message != nil && prompt == nil && !scene.keys.showsContinuations
    let most = isMessage ? Message.room(in: scene.size) : max(0, min(height / 3, height - 2))
    var shown = environment.ordered(Array(lines(most).suffix(most)))
    guard !shown.isEmpty else { return }
    let isCovered = prompt == nil && min(height - 1, cursorRow) >= height - shown.count
    if isCovered, isMessage { shown = environment.ordered(messageLines) }
    let start = isCovered ? 0 : height - shown.count
    drawing.lines.replaceSubrange(start..<start + shown.count, with: shown)
  }

  private func lines(_ most: Int) -> [Line] {
    if let prompt = scene.workspace.prompt {
      return CompletionList(prompt, environment).lines(most)
    }
    guard scene.keys.showsContinuations else { return messageLines.dropLast() }
    if case .pendingMark(let pending) = scene.workspace.overlays.front {
      return pending.lines(most, environment)
    }
    return keyLines(most)
  }

  /// A message in lines; the last of them is the status line's, unless all stand at the top.
  private var messageLines: [Line] {
    guard let message = scene.message else { return [] }
    return scene.messageParts.map {
      environment.bar([Span(" ", .status), Span($0, message.isError ? .error : .message)], columns)
    }
  }

  // MARK: - Keys that may follow

  /// What may follow the keys typed so far, in as many columns as there is room for.
  private func keyLines(_ most: Int) -> [Line] {
    let items = continuations
    let width = (items.map { displayWidth(of: $0.key + $0.label) }.max() ?? 0) + 4
    guard items.count <= most * max(1, (columns - 1) / width) else {
      return bareKeyLines(items.map(\.key), most)
    }
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
      lines.append(environment.bar(spans, columns))
    }
    return lines
  }

  /// The keys alone, where there is no room for what they do.
  private func bareKeyLines(_ keys: [String], _ most: Int) -> [Line] {
    var rows = wrapped(keys.joined(separator: " "), to: max(1, columns - 3))
    if rows.count > most, most > 0 {
      rows = Array(rows.prefix(most))
      rows[most - 1] += environment.isASCII ? " ~" : " …"
    }
    return rows.map { environment.bar([Span(" ", .status), Span($0, .key)], columns) }
  }

  /// The keys with their labels; nine levels of depth say no more than their first and last.
  private var continuations: [(key: String, label: String)] {
    let pending = scene.keys.reader.pending
    let context = scene.workspace.keyContext
    let keymap = environment.keymap
    let following = keymap.following(pending, in: context)
    let depths = following.filter { item in
      keymap.command(pending + [item.key], in: context)?.depth != nil
    }
    var items: [(key: String, label: String)] = []
    for item in following {
      let written = (pending + [item.key]).written
      let isDepth = depths.contains { $0.key == item.key }
      if !isDepth || depths.count == 1 {
        items.append((written, item.label))
      } else if let last = depths.last, item.key == depths.first?.key {
        items.append(("\(written)…\((pending + [last.key]).written)", "levels"))
      }
    }
    return items
  }
}

extension Scene {
  /// The message in lines; the last of them is the status line's.
  ///
  /// While work runs, that is an empty one where the words leave no room for its progress and the key
  /// that cancels it.
  var messageParts: [String] {
    guard let message else { return [] }
    let parts = message.parts(in: size, isASCII: environment.isASCII)
    guard workspace.prompt == nil, parts.count <= Message.room(in: size),
      StatusLine(besideMessageIn: self).end(beside: parts.last ?? "") == nil
    else { return parts }
    return parts + [""]
  }

  /// Whether a message stands at the top of the screen, since at the bottom it would cover what is
  /// looked at; the status line then says nothing of it.
  func isMessageAbove(cursorRow: Int) -> Bool {
    guard message != nil, workspace.prompt == nil, !keys.showsContinuations else { return false }
    let height = size.rows - 1
    let above = messageParts.count - 1
    return above > 0 && max(0, min(height - 1, cursorRow)) >= height - above
  }
}
