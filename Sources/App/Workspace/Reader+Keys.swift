internal import Display
internal import Settings
internal import Storage

extension Reader {
  /// Which screen the keys go to.
  var context: Command.Context {
    if prompt != nil { return .prompt }
    if help != nil { return .help }
    if themePicker != nil || picker != nil { return .picker }
    return isReading && story != nil ? .story : .list
  }

  /// Whose keys are read: the thread has some of its own.
  var keyContext: Command.Context {
    context == .story && story?.comment != nil ? .thread : context
  }

  /// The screen under a line that is typed.
  var placeBelowPrompt: Command.Context {
    if help != nil { return .help }
    if themePicker != nil || picker != nil { return .picker }
    guard isReading, let story else { return .list }
    return story.comment == nil ? .story : .thread
  }

  /// The key of a chord with Alt that is bound to nothing here: Esc is meant, and then the key.
  ///
  /// A terminal sends the two alike, and tmux holds an Esc back for so long that slow fingers, too,
  /// make a chord of it.
  func keyBehindEscape(_ key: Key) -> Key? {
    guard case .alt(let plain) = key else { return nil }
    switch plain {
    case .character, .control, .enter, .tab, .backspace: break
    default: return nil
    }
    guard lettered == nil else { return plain }
    let place = prompt == nil ? keyContext : .prompt
    let isBound = [keys.pending + [key], [key]].contains { keymap.find($0, in: place) != .unknown }
    return isBound ? nil : plain
  }

  func command(_ key: Key) {
    defer { if keys.pending.isEmpty, lettered == nil { showsFollowing = false } }
    if let lettered { return take(letter: key, for: lettered) }
    act(on: keys.read(key, keymap, in: keyContext))
  }

  /// Nothing followed the keys typed so far: they are meant, or what may follow is shown.
  func pause() {
    if lookUpDeferred() || countSearches() { return }
    if lettered != nil { showsFollowing = true }
    guard !keys.pending.isEmpty else { return }
    if let outcome = keys.pause(keymap, in: keyContext) {
      act(on: outcome)
    } else {
      showsFollowing = true
    }
  }

  private func act(on outcome: KeyReader.Outcome) {
    switch outcome {
    case .waiting, .cancelled: break
    case .orders(let orders, let count): perform(orders, count: count)
    case .ordersThen(let orders, let count, let again):
      perform(orders, count: count)
      for key in again where !isFinished { prompt == nil ? command(key) : type(key) }
    case .unknown(let pressed): say(unknown(pressed))
    }
  }

  private func perform(_ orders: [Keymap.Order], count: Int?) {
    for order in orders where !isFinished {
      switch order {
      case .command(let command): perform(command, count: count)
      case .line(let line): perform(line: line)
      }
    }
  }

  /// The key of a command on this screen as it is bound now, or its name after `:`.
  func key(for command: Command) -> String { key(for: command, in: placeBelowPrompt) }

  func key(for command: Command, in context: Command.Context) -> String {
    let keys = keymap.keys(for: command, in: context)
    // Help has a key of its own everywhere, and a nearer one where `?` is free.
    let key = command == .help ? keys.min { $0.count < $1.count } : keys.first
    return key ?? ":\(command.rawValue)"
  }

  /// What is said of keys that mean nothing here: what they might have been, and where help is.
  private func unknown(_ pressed: [Key]) -> String {
    let written = pressed.written
    let help = "\(key(for: .help)) shows the keys"
    let others: [Command.Context] = isReading && story != nil ? [.story, .list] : [.list, .story]
    for other in others where other != context {
      if let command = keymap.command(pressed, in: other) {
        let place = other == .list ? "the list" : "a story"
        return "\(written) is for \(place): \(command.entry.label) · \(help)"
      }
    }
    if pressed.count > 1 {
      let first = Array(pressed.dropLast())
      let known = keymap.following(first, in: keyContext)
      let list = known.prefix(8).map { (first + [$0.key]).written }.joined(separator: " ")
      return "\(written) is no key here; there are \(list)"
    }
    if case .character(let character) = pressed.first {
      let other = character.isUppercase ? character.lowercased() : character.uppercased()
      if let twin = Key(other), let command = keymap.command([twin], in: keyContext) {
        return "\(written) is no key here; \(other) is \(command.entry.label) · \(help)"
      }
    }
    return "\(written) is no key here · \(help)"
  }

  // MARK: - Commands

  func perform(_ command: Command, count: Int?) {
    if performAnywhere(command, count: count) { return }
    switch context {
    case .help: performInHelp(command, count: count)
    case .picker:
      if themePicker == nil {
        performInPicker(command, count: count)
      } else {
        performInThemePicker(command, count: count)
      }
    case .story, .thread: jumping(by: command) { performInStory(command, count: count) }
    case .list, .prompt:
      if performInSidebar(command, count: count) || performInResults(command, count: count) {
        return
      }
      performInList(command, count: count)
    }
  }

  /// Commands that mean the same on every screen.
  private func performAnywhere(_ command: Command, count: Int?) -> Bool {
    switch command {
    case .quit: finish()
    case .redraw: effects.append(.redraw)
    case .suspend: effects.append(.suspend)
    case .themes: startPicking()
    case .commandLine: startCommand()
    case .pipe: startCommand("pipe ")
    case .help:
      if help == nil { help = HelpScreen(context: keyContext) } else { help = nil }
    case .toggleSplit:
      isSplit.toggle()
      isZen = false
      if size.columns < preferences.wide {
        say("List and story stand side by side from \(preferences.wide) columns")
      }
    case .showAll: show(.all)
    case .showUnread: show(.unread)
    case .showStarred: show(.starred)
    case .showStarted: show(.started)
    case .showDeleted: show(.deleted)
    case .sidebar: toggleSidebar()
    case .searchAll: startSearchingAll()
    case .undo: takeBack(times: count ?? 1)
    case .redo: doAgain(times: count ?? 1)
    case .copyStory: share(with: "clipboard")
    case .mailStory: share(with: "mail")
    case .setMark, .goToMark: lettered = command
    case .marks: openMarks()
    case .position: tellPosition()
    case .jumpBack, .jumpForward: jumpBack(forward: command == .jumpForward, times: count ?? 1)
    default: return false
    }
    return true
  }

  private func startCommand(_ typed: String = "") {
    var field = TextField(history: history[.command])
    field.set(typed)
    prompt = Prompt(purpose: .command, field: field)
  }

  // MARK: - Themes

  private func startPicking() {
    guard size.columns >= ThemePicker.least.columns, size.rows >= ThemePicker.least.rows else {
      return say("Too small to choose here; type :theme NAME")
    }
    help = nil
    themePicker = ThemePicker(names: ["auto"] + options.themes, current: preferences.theme)
  }

  func performInThemePicker(_ command: Command, count: Int?) {
    guard var themePicker else { return }
    if themePicker.move(by: command, count: count) {
      if themePicker.name != self.themePicker?.name { effects.append(.useTheme(themePicker.name)) }
      self.themePicker = themePicker
      return
    }
    switch command {
    case .open:
      self.themePicker = nil
      use(theme: themePicker.name)
    case .back, .clear:
      self.themePicker = nil
      if themePicker.name != themePicker.before { effects.append(.useTheme(themePicker.before)) }
    default: refuseInPicker(command)
    }
  }

  // MARK: - Help

  private func performInHelp(_ command: Command, count: Int?) {
    guard let screen = help else { return }
    let page = max(1, screen.height - 2)
    let times = min(1000, count ?? 1)
    switch command {
    case .down: help?.scroll(by: times)
    case .up: help?.scroll(by: -times)
    case .pageDown: help?.scroll(by: page * times)
    case .pageUp: help?.scroll(by: -page * times)
    case .halfPageDown: help?.scroll(by: page / 2 * times)
    case .halfPageUp: help?.scroll(by: -page / 2 * times)
    case .top: help?.scrollToTop()
    case .bottom, .goToPercent: help?.scrollToEnd()
    case .filter: prompt = Prompt(purpose: .helpFilter, field: TextField())
    case .clear where !screen.words.isEmpty: help?.words = ""
    case .clear, .back: help = nil
    default: say("\(command.entry.label) is not for the help; \(key(for: .back)) leaves it")
    }
  }
}
