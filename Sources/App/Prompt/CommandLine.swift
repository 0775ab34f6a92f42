internal import Display
internal import Matching
internal import Settings
internal import Stories

/// What may be typed after `:` besides the names of commands: what takes words.
package enum LineVerb: String, CaseIterable, Sendable {
  case add, set, theme, share, pipe, reload
  case filter, choose, save, purge
  case q, noh

  /// What follows it, for help; empty for nothing.
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
    case .purge: "Take deleted stories out of the library for good"
    }
  }
}

/// A line that would go on what is typed after `:`, and what it would do.
struct Completion: Hashable {
  /// The whole line.
  var line: String
  /// The last word, with what may follow it: "set NAME VALUE".
  var shown: String
  var words: String
}

extension Reader {
  /// The lines that begin with what is typed, in the order of the table.
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

  /// The word of a line behind which any other may follow, so that there is nothing to complete.
  func uncompleted(_ typed: String) -> String? {
    let parts = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return nil }
    if let verb = LineVerb(rawValue: parts[0]) {
      let before = parts.dropFirst().dropLast()
      return arguments(verb, Array(before)).isEmpty ? before.last ?? parts[0] : nil
    }
    return Command(rawValue: parts[0]) == nil ? nil : parts[0]
  }

  /// What stands behind a verb and the words before: each with what it is.
  private func arguments(_ verb: LineVerb, _ before: [String]) -> [(String, String)] {
    switch (verb, before.count) {
    case (.theme, 0): return (["auto"] + options.themes).map { ($0, "") }
    case (.share, 0): return shareNames.map { ($0.name, $0.words) }
    case (.set, 0):
      return Setting.all.map { setting in
        (setting.name, "\(setting.value(in: preferences)) · \(setting.words)")
      }
    case (.set, 1):
      let setting = Setting.named(before[0])
      return (setting?.values(themes: options.themes) ?? []).map { ($0, "") }
    default: return []
    }
  }

  /// Every first word that means something on this screen.
  private var names: [Completion] {
    let commands = CommandTable.entries.filter { $0.command.isKnown(in: placeBelowPrompt) }.map {
      entry in
      let keys = keymap.keys(for: entry.command, in: placeBelowPrompt).prefix(3)
      let shown = ([entry.command.rawValue] + keys).joined(separator: " ")
      return Completion(line: entry.command.rawValue, shown: shown, words: entry.words)
    }
    let verbs = LineVerb.allCases.map { verb in
      let shown = verb.argument.isEmpty ? verb.rawValue : "\(verb.rawValue) \(verb.argument)"
      return Completion(line: verb.rawValue, shown: shown, words: verb.words)
    }
    return (commands + verbs).sorted { $0.line < $1.line }
  }

  /// What fingers type that know vim or less.
  private static let otherNames: [String: Command] = [
    "q!": .quit, "qa": .quit, "qa!": .quit, "wq": .quit, "x": .quit, "n": .nextStory,
    "p": .previousStory, "h": .help, "$": .bottom,
  ]

  /// The command or verb that was most likely meant: one that has it as a word, or is spelt like it.
  private func meant(by name: String) -> String? {
    let names = names.map(\.line)
    let begun = names.first { $0.hasPrefix("\(name)-") }
    let whole = names.first { $0.split(separator: "-").contains { $0 == name } }
    return begun ?? whole ?? nearest(to: name, among: names)
  }

  /// Where the filter begins in a typed line whose verb takes one; `nil` in any other.
  func filterStart(ofLine typed: String) -> Int? {
    for verb in [LineVerb.filter, .choose] where typed.hasPrefix("\(verb.rawValue) ") {
      return verb.rawValue.count + 1
    }
    return nil
  }

  /// Whether the cursor stands in the filter behind a verb.
  func isInFilter(_ prompt: Prompt) -> Bool {
    filterStart(ofLine: prompt.field.text).map { $0 <= prompt.field.cursor } ?? false
  }

  // MARK: - Performing

  /// Performs a line: a command by name with a count, a verb with its words, `40%` or `12`.
  func perform(line: String) {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let typed = parts.first else { return }
    let name = Self.otherNames[typed]?.rawValue ?? typed
    let rest = parts.count > 1 ? trimmed(parts[1]) : ""
    if let verb = LineVerb(rawValue: name) { return perform(verb, rest) }
    if let number = Int(name.hasSuffix("%") ? String(name.dropLast()) : name), number >= 0 {
      let count = min(KeyReader.mostCount, number)
      return perform(name.hasSuffix("%") ? .goToPercent : .top, count: count)
    }
    guard let command = Command(rawValue: name), command.isKnown(in: keyContext) else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      let near = meant(by: name).map { "; did you mean \($0)?" } ?? ""
      return fail("There is no command “\(shown)” here\(near)")
    }
    if [.setMark, .goToMark].contains(command), let letter = Key(rest), rest.count == 1 {
      return take(letter: letter, for: command)
    }
    if !rest.isEmpty, Self.asking.contains(command) { return perform(command, with: rest) }
    if !rest.isEmpty, command == .help {
      help = HelpScreen(context: keyContext)
      help?.words = rest
      return
    }
    guard rest.isEmpty || Int(rest) != nil else {
      return fail("\(name) takes no words, at most a count")
    }
    perform(command, count: Int(rest).map { max(1, min(KeyReader.mostCount, $0)) })
  }

  /// Commands that ask for a line, which may as well follow their names.
  private static let asking: Set<Command> = [
    .search, .searchBackward, .searchAll, .onlyComments, .tag,
  ]

  /// Performs a command that asks for a line as if some words had been typed there.
  private func perform(_ command: Command, with words: String) {
    perform(command, count: nil)
    guard prompt != nil else { return }
    // Behind the tags that there are stands another; what was looked for before gives way.
    if command != .tag { prompt?.field.set("") }
    type(.paste(words))
    if let prompt { accept(prompt) }
  }

  private func perform(_ verb: LineVerb, _ rest: String) {
    switch verb {
    case .q: perform(.back, count: nil)
    case .noh: clearSearch()
    case .theme: useTheme(named: rest)
    case .set: set(rest)
    case .share: share(with: rest)
    case .pipe: rest.isEmpty ? say("Which program? :pipe PROGRAM") : pipe(to: rest)
    case .reload: effects.append(.reload)
    case .filter: rest.isEmpty ? perform(.filter, count: nil) : showFiltered(rest)
    case .choose: rest.isEmpty ? perform(.choose, count: nil) : chooseFiltered(rest)
    case .save: rest.isEmpty ? saveSearch() : saveSearch(as: rest)
    case .purge: purge()
    case .add:
      if rest.isEmpty { return say("Which file or folder? :add PATH") }
      effects.append(.add(rest))
      say("Adding \(truncated(safe(rest, oneLine: true), to: 60))")
    }
  }

  // MARK: - Settings

  private func set(_ rest: String) {
    let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = parts.first else {
      return say("Which setting? \(Setting.all.map(\.name).joined(separator: " "))")
    }
    guard let setting = Setting.named(name) else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      let near = Setting.nearestName(to: name).map { "; did you mean \($0)?" } ?? ""
      return fail("There is no setting “\(shown)”\(near)")
    }
    guard parts.count > 1 else {
      let value = setting.value(in: preferences)
      return say("\(name) is \(value.isEmpty ? "empty" : value): \(setting.words)")
    }
    let old = preferences
    do throws(Setting.Refusal) {
      try setting.set(trimmed(parts[1]), in: &options.preferences, themes: options.themes)
    } catch {
      let near = error.nearest.map { "; did you mean \($0)?" } ?? ""
      return fail("\(name): \(error.problem)\(near)")
    }
    take(changesFrom: old)
    say("\(name) is \(setting.value(in: preferences)) until Courant ends")
  }

  /// Acts on what is different from some preferences that held before.
  func take(changesFrom old: Preferences) {
    let new = preferences
    if new.isSplit != old.isSplit { isSplit = new.isSplit }
    if new.preset != old.preset { keymap = Keymap(preset: new.preset, own: options.bindings) }
    if (new.theme, new.lightTheme, new.darkTheme) != (old.theme, old.lightTheme, old.darkTheme) {
      effects.append(.useTheme(new.theme))
    }
  }

  func useTheme(named name: String) {
    let names = options.themes
    if name.isEmpty { return say("Themes: \(names.joined(separator: " "))") }
    guard names.contains(name) || name == "auto" else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      return fail("There is no theme “\(shown)”; there are \(names.joined(separator: " "))")
    }
    use(theme: name)
  }

  func use(theme: String) {
    options.preferences.theme = theme
    effects.append(.useTheme(theme))
    say("Theme \(theme) until Courant ends; the settings keep it as theme: \(theme)")
  }
}

/// Without white space at its ends.
private func trimmed(_ text: String) -> String {
  var text = text[...]
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text)
}
