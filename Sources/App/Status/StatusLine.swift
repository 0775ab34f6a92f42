internal import Display
internal import Queries
internal import Storage
internal import Stories

/// The last line of the screen: a message, the typed line or key hints; at the right the position.
struct StatusLine {
  private let scene: Scene
  /// Whether the message stands at the top of the screen.
  private let isMessageAbove: Bool

  init(_ scene: Scene, cursorRow: Int) {
    self.scene = scene
    isMessageAbove = scene.isMessageAbove(cursorRow: cursorRow)
  }

  /// For the room beside a message, wherever that stands.
  init(besideMessageIn scene: Scene) {
    self.scene = scene
    isMessageAbove = false
  }

  private var environment: Environment { scene.environment }
  private var workspace: Workspace { scene.workspace }
  private var columns: Int { scene.size.columns }

  /// The line and, while one is typed, the column of its cursor.
  var line: (Line, column: Int?) {
    var right = end
    if let prompt = workspace.prompt { return promptLine(prompt, right) }
    let left: [Span]
    if let message = scene.message, !isMessageAbove {
      let words = scene.messageParts.last ?? ""
      left = [Span(" ", .status), Span(words, message.isError ? .error : .message)]
      if Line(left + right).width > columns { right = end(beside: words) ?? [] }
    } else {
      let room = columns - Line(right).width - 1
      left = [Span(" ", .status), Span(hint(room), .status)]
    }
    let line = justified(left, right, in: columns, fill: .status, isASCII: environment.isASCII)
      .padded(to: columns)
    return (environment.ordered([line])[0], nil)
  }

  // MARK: - The right end

  /// The fewest columns of a message that are worth showing beside what is typed.
  private static let minMessageColumns = 16
  /// Below so many columns a line that is typed leaves the place no more room than the number of what
  /// it finds.
  private static let roomyColumns = 60

  private var isRoomy: Bool { columns >= Self.roomyColumns }

  /// Running work, and where one is.
  private var end: [Span] {
    // On a narrow screen a prompt that filters nothing gets the whole line.
    switch workspace.prompt?.purpose {
    case .command, .searchName, .tags, .comment: if !isRoomy { return [] }
    default: break
    }
    let right = placeEnd
    guard let words = shownWork, let short = scene.jobs.shortWords else { return right }
    // In a line that is typed the key leaves the line.
    let isTyped = workspace.prompt != nil
    // What cancels is worth more room than the other keys at the left.
    let forms =
      isTyped
      ? [(words, columns * 2 / 3), (short, columns * 2 / 3)]
      : [
        (words + cancelHint, columns * 3 / 4), (short + cancelHint, columns * 3 / 4),
        (words, columns * 2 / 3), (short, columns - 1),
      ]
    return forms.lazy.map { (end(of: $0), $1) }.first { Line($0).width <= $1 }?.0 ?? right
  }

  /// The right end beside a message in the line: without work nothing, and else the work with the key
  /// that cancels it, or `nil` where there is no room for that.
  func end(beside words: String) -> [Span]? {
    guard let work = shownWork, let short = scene.jobs.shortWords else { return [] }
    let room = columns - 1 - displayWidth(of: words)
    return [work, short].lazy.map { end(of: $0 + cancelHint) }.first { Line($0).width <= room }
  }

  private func end(of work: String) -> [Span] {
    [Span("  \(work)", .status)] + (placeEnd.isEmpty ? [Span(" ", .status)] : placeEnd)
  }

  private var placeEnd: [Span] { place.map { [Span("  \($0) ", .status)] } ?? [] }

  private var cancelHint: String { environment.dot + environment.keyHint("cancels", .cancelJobs) }

  /// The running work; `nil` without any, and where the screen in front shows it.
  private var shownWork: String? {
    workspace.overlays.front?.screen.showsJobs == true ? nil : scene.jobs.words
  }

  /// The keys being typed, matches, and where one is.
  private var place: String? {
    var parts: [String] = []
    let reader = scene.keys.reader
    let typed = (reader.count.map(String.init) ?? "") + reader.pending.written
    if !typed.isEmpty { parts.append(typed) }
    if let keys = workspace.overlays.front?.screen.typedKeys(environment) { parts.append(keys) }
    parts += position
    return parts.isEmpty ? nil : parts.joined(separator: "  ")
  }

  private var position: [String] {
    if let prompt = workspace.prompt {
      if prompt.lookup == .deferred { return [isRoomy ? "? stories" : "?"] }
      switch prompt.purpose {
      // What a mistake lets through was not asked for.
      case .filter where !prompt.shownMistakes.isEmpty,
        .searchAll where !prompt.shownMistakes.isEmpty:
        return []
      case .filter: return [storyCount]
      case .searchAll:
        let count = workspace.results?.hits.count ?? 0
        return [isRoomy ? counted(count, "story", "stories") : String(count)]
      default: break
      }
    }
    if let words = workspace.overlays.front?.screen.position(environment) {
      return words.isEmpty ? [] : [words]
    }
    switch workspace.focus {
    case .story:
      return workspace.story?.position(isTyping: workspace.prompt != nil, isRoomy: isRoomy) ?? []
    case .sidebar:
      guard let sidebar = workspace.sidebar else { return [] }
      return ["\(sidebar.window.selected + 1) of \(sidebar.items.count)"]
    case .list: return listPosition
    }
  }

  private var listPosition: [String] {
    if let results = workspace.results {
      return results.hits.isEmpty
        ? [] : ["\(results.window.selected + 1) of \(results.hits.count)"]
    }
    let list = workspace.list
    guard !list.rows.isEmpty else { return [] }
    return [
      list.position.map { "\($0) of \(list.totalWords)" } ?? storyCount
    ]
  }

  /// How many stories the list has: in words where there is room for them.
  private var storyCount: String {
    let total = workspace.list.totalWords
    guard isRoomy else { return total }
    return total == "1" ? "1 story" : "\(total) stories"
  }

  // MARK: - The left end

  /// What the line says when there is nothing to say, in some columns.
  private func hint(_ room: Int) -> String {
    if let words = workspace.overlays.front?.screen.statusWords(environment) { return words }
    if let overlay = workspace.overlays.all.last(where: { $0.screen.context != nil }) {
      return joined(overlay.screen.keyHints(environment), room)
    }
    if workspace.isReading { return workspace.story?.statusWords() ?? "" }
    let help = environment.keyHint("keys", .help)
    if workspace.focus == .sidebar, let sidebar = workspace.sidebar {
      return joined(sidebar.keyHints(environment) + [help], room)
    }
    let hints =
      workspace.results?.keyHints(environment) ?? listHints
    return joined(hints + [help], room)
  }

  private var listHints: [String] {
    guard workspace.list.selection != nil else { return [] }
    if workspace.list.shelf == .deleted {
      return [environment.keyHint("brings back", .delete), environment.keyHint("filters", .filter)]
    }
    return [
      environment.keyHint("opens", .open), environment.keyHint("filters", .filter),
      "\(environment.lastKey(for: .nextUnread)) next unread",
    ]
  }

  /// As many of some words as there is room for, and none that is cut; the last of them before the
  /// others.
  private func joined(_ words: [String], _ room: Int) -> String {
    let dot = environment.dot
    var words = words
    while words.count > 1, displayWidth(of: words.joined(separator: dot)) > room {
      words.remove(at: words.count - 2)
    }
    let line = words.joined(separator: dot)
    return displayWidth(of: line) > room ? "" : line
  }

  // MARK: - A line that is typed

  private func promptLine(_ prompt: Prompt, _ right: [Span]) -> (Line, column: Int?) {
    let (left, column) = typed(prompt)
    var spans = left
    // The typed text takes precedence: a message is not shown in less than a few columns.
    let least = min(Self.minMessageColumns, displayWidth(of: scene.message?.words ?? ""))
    if let message = scene.message, Line(left + right).width + 3 + least <= columns {
      spans += [
        Span("   ", .status), Span(message.words, message.isError ? .error : .message),
      ]
    }
    let line = justified(
      spans, right, in: columns, fill: .status, isASCII: environment.isASCII)
    return (line.padded(to: columns), column)
  }

  /// The mark and the typed text, wrong words marked, and the column of the cursor.
  ///
  /// The end of a long line is what is being typed: its beginning gives way.
  private func typed(_ prompt: Prompt) -> ([Span], column: Int) {
    let start = firstShown(prompt)
    let mistakes = prompt.shownMistakes
    var spans = start == 0 ? [Span(prompt.mark, .prompt)] : []
    var column = start == 0 ? displayWidth(of: prompt.mark) : 0
    for index in start..<prompt.field.characters.count {
      let shown = shown(prompt.field.characters[index])
      let isWrong = mistakes.contains { $0.range.contains(index) }
      let role: Role = isWrong ? .error : .prompt
      if index < prompt.field.cursor { column += displayWidth(of: shown) }
      if spans.last?.role == role {
        spans[spans.count - 1].text += shown
      } else {
        spans.append(Span(shown, role))
      }
    }
    return (spans, column)
  }

  /// A typed character as it is drawn; a space by itself is none that may be left out.
  private func shown(_ character: Character) -> String {
    character.isWhitespace ? " " : safe(String(character), oneLine: true)
  }

  /// The first character that fits before the cursor, with room for the cursor itself.
  private func firstShown(_ prompt: Prompt) -> Int {
    // The right end begins with spaces; the cursor may stand on the first of them.
    var left = max(2, columns - max(1, Line(end).width))
    var start = prompt.field.cursor
    while start > 0 {
      left -= displayWidth(of: shown(prompt.field.characters[start - 1]))
      guard left >= (start == 1 ? displayWidth(of: prompt.mark) : 0) else { break }
      start -= 1
    }
    return start
  }

  /// The lines below a filter that say what is wrong, under the word it is wrong in.
  var mistakeLines: [Line] {
    guard let prompt = workspace.prompt, let mistake = prompt.shownMistakes.first else {
      return []
    }
    let start = firstShown(prompt)
    let place = min(mistake.range.lowerBound, prompt.field.characters.count)
    let before = prompt.field.characters[min(start, place)..<place]
    var words = (environment.isASCII ? "^ " : "↑ ") + mistake.words
    if !prompt.refusal.isEmpty {
      let cancel = environment.key(for: .cancel, in: .prompt)
      words += "\(environment.dot)\(cancel) leaves it"
    }
    // Near the right edge the words move left rather than being cut.
    let column = min(
      displayWidth(of: before.map(shown).joined())
        + (start == 0 ? displayWidth(of: prompt.mark) : 0),
      max(0, columns - displayWidth(of: words)))
    return wrapped(words, to: columns).map { text in
      Line([Span(spaces(column), .status), Span(text, .error)], fill: .status)
        .padded(to: columns, isASCII: environment.isASCII)
    }
  }
}
