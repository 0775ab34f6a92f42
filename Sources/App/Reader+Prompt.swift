internal import Display
internal import Storage

extension Reader {
  /// A key while a line is being typed.
  func type(_ key: Key) {
    guard var prompt else { return }
    switch key {
    case .paste(let text): prompt.field.insert(text)
    case .character(let character): prompt.field.insert(character)
    default:
      guard case .command(let command) = keymap.find([key], in: .prompt) else {
        return say("\(key) does nothing while typing; Esc leaves the line")
      }
      if command == .accept { return accept(prompt) }
      let isEmptied = command == .deleteBackward && prompt.field.characters.isEmpty
      if command == .cancel || isEmptied { return cancel(prompt) }
      if command == .complete {
        complete(&prompt.field, prompt.purpose)
      } else if !prompt.field.edit(command) {
        return
      }
    }
    self.prompt = prompt
    changed(prompt)
  }

  /// Shows what the typed line finds so far.
  private func changed(_ prompt: Prompt) {
    let text = prompt.field.text
    switch prompt.purpose {
    case .filter: narrow(to: text)
    case .search(let forward, let origin): lookFor(text, from: origin, forward: forward)
    case .helpFilter:
      help?.words = text
      help?.scrollToTop()
    case .command: break
    }
  }

  private func narrow(to words: String) {
    attempt { () throws(StorageError) in try list.narrow(to: words, in: library) }
  }

  private func cancel(_ prompt: Prompt) {
    self.prompt = nil
    switch prompt.purpose {
    case .filter(let before): narrow(to: before)
    case .search(_, let origin): story?.restore(origin)
    case .helpFilter: help?.words = ""
    case .command: break
    }
  }

  private func accept(_ prompt: Prompt) {
    self.prompt = nil
    let text = prompt.field.text
    switch prompt.purpose {
    case .filter:
      remember(text, in: &filters)
      if text.isEmpty { narrow(to: "") }
    case .search(let forward, let origin): acceptSearch(text, forward: forward, origin: origin)
    case .helpFilter: break
    case .command:
      remember(text, in: &commands)
      perform(line: text)
    }
  }

  private func acceptSearch(_ text: String, forward: Bool, origin: StoryScreen.Origin) {
    let typed = text.isEmpty ? lastSearch.typed : text
    guard !typed.isEmpty else { return say("No search yet · type words after /") }
    lastSearch = (typed, forward)
    remember(typed, in: &searches)
    if text.isEmpty { return repeatSearch(forward: forward, origin: origin) }
    if story?.hits.matches.isEmpty == true {
      story?.restore(origin)
      story?.hits = Hits()
      say("“\(safe(typed, oneLine: true))” is not in this story")
    }
  }

  /// An empty line repeats the last search: on to the next match, if it still stands.
  private func repeatSearch(forward: Bool, origin: StoryScreen.Origin) {
    story?.restore(origin)
    if origin.hits.typed == lastSearch.typed {
      perform(.nextMatch, count: nil)
    } else {
      findAgain(forward: forward)
    }
  }

  private func remember(_ line: String, in history: inout [String]) {
    guard !line.isEmpty else { return }
    history.removeAll { $0 == line }
    history.append(line)
    if history.count > 100 { history.removeFirst() }
  }

  // MARK: - The command line

  /// Commands by name, `:40%`, `:12`, `:theme NAME`, `:add PATH`, `:q`.
  private func perform(line: String) {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = parts.first else { return }
    let rest = parts.count > 1 ? parts[1] : ""
    switch name {
    case "q": perform(.back, count: nil)
    case "theme": useTheme(named: rest)
    case "add":
      if rest.isEmpty { return say("Which file, folder or address? :add PATH") }
      effects.append(.add([rest]))
      say("Adding \(truncated(safe(rest, oneLine: true), to: 60))")
    default:
      if let number = Int(name.hasSuffix("%") ? String(name.dropLast()) : name), number >= 0 {
        let count = min(KeyReader.mostCount, number)
        return perform(name.hasSuffix("%") ? .goToPercent : .top, count: count)
      }
      guard let command = Command(rawValue: name), command.entry.keys[context] != nil else {
        let shown = truncated(safe(name, oneLine: true), to: 30)
        return fail("There is no command “\(shown)” here; did you mean \(nearest(to: name))?")
      }
      perform(command, count: Int(rest).map { max(1, min(KeyReader.mostCount, $0)) })
    }
  }

  private func useTheme(named name: String) {
    if name.isEmpty { return say("Themes: \(options.themes.joined(separator: " "))") }
    guard options.themes.contains(name) else {
      let shown = truncated(safe(name, oneLine: true), to: 30)
      return fail(
        "There is no theme “\(shown)”; there are \(options.themes.joined(separator: " "))")
    }
    use(theme: name)
  }

  private func names() -> [String] {
    let screen = help != nil ? Command.Context.help : isReading ? .story : .list
    return CommandTable.entries.filter { $0.keys[screen] != nil }.map(\.command.rawValue)
      + ["add", "theme"]
  }

  private func complete(_ field: inout TextField, _ purpose: Prompt.Purpose) {
    guard case .command = purpose else { return }
    let typed = field.text
    let themes = options.themes.map { "theme \($0)" }
    let fitting = (names() + themes).filter { $0.hasPrefix(typed) && $0 != typed }
    guard let first = fitting.first else { return say("Nothing begins with that") }
    var common = first
    for name in fitting.dropFirst() {
      while !name.hasPrefix(common) { common.removeLast() }
    }
    field.set(common)
    if fitting.count > 1 { say(fitting.joined(separator: " ")) }
  }

  private func nearest(to name: String) -> String {
    let typed = Array(name.utf8.prefix(40))
    let distances = names().map { ($0, editDistance(Array($0.utf8), typed)) }
    return distances.min { $0.1 < $1.1 }?.0 ?? Command.help.rawValue
  }
}

/// How many letters must be changed, added or taken away to make one word of the other.
private func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
  var row = Array(0...other.count)
  for (i, a) in one.enumerated() {
    var corner = row[0]
    row[0] = i + 1
    for (j, b) in other.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, corner + (a == b ? 0 : 1))
      corner = above
    }
  }
  return row[other.count]
}
