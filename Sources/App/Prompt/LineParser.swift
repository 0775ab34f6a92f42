internal import Display
internal import Matching
internal import Settings
internal import Stories

/// Verbs of the `:` line that take arguments, besides the names of commands.
package enum LineVerb: String, CaseIterable, Sendable {
  case add, set, theme, share, pipe, reload
  case filter, choose, save, purge
  case q, noh

  /// The name of its argument, for help; empty without one.
  package var argument: String {
    switch self {
    case .add: "PATH"
    case .set: "NAME VALUE"
    case .theme, .share, .save: "NAME"
    case .pipe: "PROGRAM"
    case .filter, .choose: "FILTER"
    case .reload, .q, .noh, .purge: ""
    }
  }

  /// What it does, in a sentence without its stop.
  package var words: String {
    switch self {
    case .add: "Import a page, or a folder of pages"
    case .set: "Change a setting until Courant ends; without a value, say what it is"
    case .theme: "Draw in the colours of a theme"
    case .share: "Share the story: clipboard, mail, or a program that the settings name under share"
    case .pipe: "Give the story's text to a program, on its standard input"
    case .reload: "Read the settings file again"
    case .q: "Back, as q does in the list"
    case .noh: "Take away the marks of the search in the story"
    case .filter: "Show only stories that a filter lets through"
    case .choose: "Choose every story of the library that a filter lets through"
    case .save: "Keep the filter of the list under a name"
    case .purge: "Take deleted stories out of the library for good, after a question"
    }
  }
}

extension LineVerb {
  /// Whether it is for the list or the story, and not for what is laid over them.
  fileprivate func isForPane(hasWords: Bool) -> Bool {
    switch self {
    case .share, .pipe, .choose, .save, .noh: true
    // Without words it narrows the screen in front.
    case .filter: hasWords
    case .add, .set, .theme, .reload, .purge, .q: false
    }
  }
}

/// A completion of a `:` line, and what the line would do.
struct Completion: Hashable {
  /// The whole line.
  var line: String
  /// The last word, with what may follow it: "set NAME VALUE".
  var shown: String
  var words: String
}

/// Parses and completes `:` lines on the screen below them.
struct LineParser {
  private let environment: Environment

  init(_ environment: Environment) { self.environment = environment }

  /// The completions of a typed line, in the order of the table.
  func completions(of typed: String) -> [Completion] {
    let parts = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let verb = LineVerb(rawValue: parts[0]) else {
      return parts.count > 1 ? [] : names.filter { $0.line.hasPrefix(typed) }
    }
    let before = parts.dropLast().joined(separator: " ") + " "
    return arguments(verb, Array(parts.dropFirst().dropLast()))
      .filter { $0.0.hasPrefix(parts.last ?? "") }
      .map { Completion(line: before + $0.0, shown: $0.0, words: $0.1) }
  }

  /// The word whose arguments are free text, so that nothing can be completed behind it.
  func uncompleted(_ typed: String) -> String? {
    let parts = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return nil }
    if let verb = LineVerb(rawValue: parts[0]) {
      let before = parts.dropFirst().dropLast()
      return arguments(verb, Array(before)).isEmpty ? before.last ?? parts[0] : nil
    }
    return Command(rawValue: parts[0]) == nil ? nil : parts[0]
  }

  /// The candidates for the next argument of a verb, each with a description.
  private func arguments(_ verb: LineVerb, _ before: [String]) -> [(String, String)] {
    switch (verb, before.count) {
    case (.theme, 0): return (["auto"] + environment.options.themes).map { ($0, "") }
    case (.share, 0): return Sharing.names(environment.preferences)
    case (.set, 0):
      return Setting.all.map { setting in
        (setting.name, "\(setting.value(in: environment.preferences)) · \(setting.words)")
      }
    case (.set, 1):
      let setting = Setting.named(before[0])
      return (setting?.values(themes: environment.options.themes) ?? []).map { ($0, "") }
    default: return []
    }
  }

  /// Every first word that is valid on this screen.
  private var names: [Completion] {
    let commands = CommandTable.entries.filter { isKnown($0.command) }.map { entry in
      let keys = environment.keymap.keys(for: entry.command, in: environment.context).prefix(3)
      let shown = ([entry.command.rawValue] + keys).joined(separator: " ")
      return Completion(line: entry.command.rawValue, shown: shown, words: entry.words)
    }
    let verbs = LineVerb.allCases.map { verb in
      let shown = verb.argument.isEmpty ? verb.rawValue : "\(verb.rawValue) \(verb.argument)"
      return Completion(line: verb.rawValue, shown: shown, words: verb.words)
    }
    return (commands + verbs).sorted { $0.line < $1.line }
  }

  /// Whether a command may be typed: on the screen in front, or in the pane below it.
  private func isKnown(_ command: Command) -> Bool {
    command.isKnown(in: environment.context) || command.isKnown(in: environment.paneContext)
  }

  /// What vim and less call a command.
  private static let otherNames: [String: Command] = [
    "q!": .quit, "qa": .quit, "qa!": .quit, "wq": .quit, "x": .quit, "n": .nextStory,
    "p": .previousStory, "h": .help, "$": .bottom,
  ]

  /// A suggestion for an unknown name: a command that has it as a word, or one spelt like it.
  private func meant(by name: String) -> String? {
    let names = names.map(\.line)
    let begun = names.first { $0.hasPrefix("\(name)-") }
    let whole = names.first { $0.split(separator: "-").contains { $0 == name } }
    return begun ?? whole ?? nearest(to: name, among: names)
  }

  /// Where the filter begins in a typed line whose verb takes one; `nil` in any other.
  static func filterStart(in typed: String) -> Int? {
    for verb in [LineVerb.filter, .choose] where typed.hasPrefix("\(verb.rawValue) ") {
      return verb.rawValue.count + 1
    }
    return nil
  }

  /// Where the path begins in a typed line whose verb takes one; `nil` in any other.
  static func pathStart(in typed: String) -> Int? {
    let verb = "\(LineVerb.add.rawValue) "
    guard typed.hasPrefix(verb) else { return nil }
    return verb.count + typed.dropFirst(verb.count).prefix { $0 == " " }.count
  }

  // MARK: - Reading

  /// What a line asks for.
  enum Instruction {
    case nothing
    case command(Command, count: Int?)
    /// A command that asks for a line, and what would be typed there.
    case typed(Command, String)
    /// `set-mark` or `go-to-mark` with its letter.
    case mark(Command, Key)
    case help(String)
    case verb(LineVerb, String)
    /// The line means nothing here.
    case refused(String)
  }

  /// Parses a line: a command by name with a count, a verb with its arguments, `40%` or `12`.
  func read(_ line: String) -> Instruction {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let typed = parts.first else { return .nothing }
    let name = Self.otherNames[typed]?.rawValue ?? typed
    let rest = parts.count > 1 ? trimmed(parts[1]) : ""
    if let verb = LineVerb(rawValue: name) { return .verb(verb, rest) }
    if let number = Int(name.hasSuffix("%") ? String(name.dropLast()) : name), number >= 0 {
      let count = min(KeyReader.maxCount, number)
      return .command(name.hasSuffix("%") ? .goToPercent : .top, count: count)
    }
    guard let command = Command(rawValue: name), isKnown(command) else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      let near = meant(by: name).map { "; did you mean \($0)?" } ?? ""
      return .refused("There is no command “\(shown)” here\(near)")
    }
    guard !rest.isEmpty else { return .command(command, count: nil) }
    switch command {
    case .setMark, .goToMark:
      if rest.count == 1, let letter = Key(rest) { return .mark(command, letter) }
    case .search, .searchBackward, .searchAll, .onlyComments, .tag: return .typed(command, rest)
    case .help: return .help(rest)
    default: break
    }
    guard let count = Int(rest) else {
      return .refused("\(name) takes no words, at most a count")
    }
    guard count > 0 else { return .refused("\(name) takes a count from 1 on") }
    return .command(command, count: min(KeyReader.maxCount, count))
  }

  /// Whether an instruction is for the pane below the screen in front, which is then to be left.
  func isForPane(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .command(let command, _), .typed(let command, _), .mark(let command, _):
      !command.isKnown(in: environment.context)
    case .verb(let verb, let words): verb.isForPane(hasWords: !words.isEmpty)
    case .nothing, .help, .refused: false
    }
  }

  // MARK: - Settings

  /// Changes a setting for this run, or says what it is.
  func set(_ rest: String) -> Reply {
    let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = parts.first else {
      return .say("Which setting? \(Setting.all.map(\.name).joined(separator: " "))")
    }
    guard let setting = Setting.named(name) else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      let near = Setting.nearestName(to: name).map { "; did you mean \($0)?" } ?? ""
      return .fail("There is no setting “\(shown)”\(near)")
    }
    var preferences = environment.preferences
    guard parts.count > 1 else {
      let value = setting.value(in: preferences)
      return .say("\(name) is \(value.isEmpty ? "empty" : value): \(setting.words)")
    }
    do throws(Setting.Refusal) {
      try setting.set(
        trimmed(parts[1]), in: &preferences, themes: environment.options.themes)
    } catch {
      let near = error.nearest.map { "; did you mean \($0)?" } ?? ""
      return .fail("\(name): \(error.problem)\(near)")
    }
    return .several([
      .prefer(preferences),
      .say("\(name) is \(setting.value(in: preferences)) until Courant ends"),
    ])
  }

  /// Draws in a theme from now on, or names those there are.
  func useTheme(named name: String) -> Reply {
    let names = environment.options.themes
    if name.isEmpty { return .say("Themes: \(names.joined(separator: " "))") }
    guard names.contains(name) || name == "auto" else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      return .fail("There is no theme “\(shown)”; there are \(names.joined(separator: " "))")
    }
    return .useTheme(name)
  }
}

/// The text without white space at its ends.
private func trimmed(_ text: String) -> String {
  var text = text[...]
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text)
}
