internal import Display
internal import Settings

/// The completions of a `:` line, shown above it.
struct CompletionList {
  private let prompt: Prompt
  private let environment: Environment

  init(_ prompt: Prompt, _ environment: Environment) {
    self.prompt = prompt
    self.environment = environment
  }

  private var columns: Int { environment.size.columns }
  private var line: LineParser { LineParser(environment) }

  /// At most so many lines, with the chosen completion in sight.
  func lines(_ most: Int) -> [Line] {
    guard case .command = prompt.purpose, most > 0 else { return [] }
    let typed = prompt.field.text
    let shown =
      prompt.cycle.map { cycle in cycle.lines.compactMap { line in completion(line) } }
      ?? line.completions(of: typed)
    guard !shown.isEmpty else { return usageLines(typed, most) }
    if shown.count == 1 { return described(shown[0].shown, shown[0].words, most) }
    let chosen = prompt.cycle?.index ?? 0
    let window = ListWindow(count: shown.count, selected: chosen)
      .around(room: min(most, Self.maxCompletions))
    let isNarrow = columns < Self.minDescriptionColumns
    let widest = shown.map { displayWidth(of: $0.shown) }.max() ?? 0
    let width = min(widest, isNarrow ? columns - 2 : max(12, columns / 2))
    return window.map { index in
      let item = shown[index]
      let isChosen = prompt.cycle != nil && index == chosen
      let name = truncated(item.shown, to: max(1, width), isASCII: environment.isASCII)
      let gap = spaces(width - displayWidth(of: name) + 2)
      var left = [Span(" ", .status), Span(name, isChosen ? .title : .key)]
      if !isNarrow { left.append(Span(gap + safe(item.words, oneLine: true), .status)) }
      let rest = index == window.upperBound - 1 ? shown.count - window.upperBound : 0
      guard rest > 0 else { return environment.bar(left, columns) }
      let more = [Span(isNarrow ? " +\(rest)" : "  and \(rest) more ", .status)]
      return environment.bar(
        justified(left, more, in: columns, isASCII: environment.isASCII).spans, columns)
    }
  }

  /// The fewest columns in which descriptions are shown beside the names.
  private static let minDescriptionColumns = 40
  private static let maxCompletions = 8

  private func completion(_ line: String) -> Completion? {
    if let start = LineParser.pathStart(in: line) {
      return Completion(line: line, shown: String(line.dropFirst(start)), words: "")
    }
    return known(line)
  }

  private func known(_ line: String) -> Completion? {
    self.line.completions(of: line).first { $0.line == line }
  }

  /// The usage of the line's verb, where there is no candidate.
  private func usageLines(_ typed: String, _ most: Int) -> [Line] {
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
    return words.map { described($0.0, $0.1, most) } ?? []
  }

  /// A name with its words, below it where they do not fit beside it.
  private func described(
    _ name: String, _ words: String, _ most: Int
  ) -> [Line] {
    let words = safe(words, oneLine: true)
    let line = [Span(" ", .status), Span(name, .key), Span("  \(words)", .status)]
    guard Line(line).width > columns, most > 1 else { return [environment.bar(line, columns)] }
    let below = wrapped(words, to: max(1, columns - 2)).map { [Span(" \($0)", .status)] }
    return ([Array(line.prefix(2))] + below).prefix(most).map { environment.bar($0, columns) }
  }
}
