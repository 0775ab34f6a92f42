internal import Display
internal import Storage

extension Reader {
  /// Which screen the keys go to.
  var context: Command.Context {
    if prompt != nil { return .prompt }
    if help != nil { return .help }
    return isReading && story != nil ? .story : .list
  }

  func command(_ key: Key) {
    switch keys.read(key, keymap, in: context) {
    case .waiting, .cancelled: break
    case .command(let command, let count): perform(command, count: count)
    case .unknown(let pressed): say(unknown(pressed))
    }
  }

  /// What is said of keys that mean nothing here: what they might have been, and where help is.
  private func unknown(_ pressed: [Key]) -> String {
    let written = pressed.map(\.description).joined()
    let helpKey = context == .list ? "?" : "F1"
    if pressed.count > 1 {
      let known = keymap.following(Array(pressed.dropLast()), in: context)
      let first = pressed.dropLast().map(\.description).joined()
      let list = known.prefix(8).map { "\(first)\($0.key.description)" }.joined(separator: " ")
      return "\(written) is no key here; there are \(list)"
    }
    let here: Command.Context = context
    for other in [Command.Context.list, .story] where other != here {
      if case .command(let command) = keymap.find(pressed, in: other) {
        let place = other == .list ? "the list" : "a story"
        return "\(written) is for \(place): \(command.entry.label) · \(helpKey) shows the keys"
      }
    }
    if case .character(let character) = pressed.first {
      let other = character.isUppercase ? character.lowercased() : character.uppercased()
      if let twin = Key(other), case .command(let command) = keymap.find([twin], in: here) {
        return "\(written) is no key here; \(other) is \(command.entry.label) · "
          + "\(helpKey) shows the keys"
      }
    }
    return "\(written) is no key here · \(helpKey) shows the keys"
  }

  // MARK: - Commands

  func perform(_ command: Command, count: Int?) {
    if performAnywhere(command) { return }
    switch context {
    case .help: performInHelp(command, count: count)
    case .story: performInStory(command, count: count)
    case .list, .prompt: performInList(command, count: count)
    }
  }

  /// Commands that mean the same on every screen.
  private func performAnywhere(_ command: Command) -> Bool {
    switch command {
    case .quit: finish()
    case .redraw: effects.append(.redraw)
    case .suspend: effects.append(.suspend)
    case .nextTheme: useNextTheme()
    case .commandLine: prompt = Prompt(purpose: .command, field: TextField(history: commands))
    case .help:
      if help == nil { help = HelpScreen(context: context) } else { help = nil }
    case .toggleSplit:
      isSplit.toggle()
      isZen = false
      if size.columns < options.wideFrom {
        say("List and story stand side by side from \(options.wideFrom) columns")
      }
    case .showAll: show(.all)
    case .showUnread: show(.unread)
    case .showStarred: show(.starred)
    default: return false
    }
    return true
  }

  private func useNextTheme() {
    guard options.themes.count > 1 else { return say("There is no other theme") }
    let index = options.themes.firstIndex(of: options.theme) ?? -1
    use(theme: options.themes[(index + 1) % options.themes.count])
  }

  func use(theme: String) {
    options.theme = theme
    effects.append(.useTheme(theme))
    say("Theme \(theme)")
  }

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
    default: say("\(command.entry.label) is not for the help; q leaves it")
    }
  }

  /// The wheel scrolls what it is over, and never opens or marks anything.
  func wheel(_ mouse: Key.Mouse) {
    guard prompt == nil, mouse.act == .wheelUp || mouse.act == .wheelDown else { return }
    let rows = mouse.act == .wheelUp ? -3 : 3
    if help != nil {
      help?.scroll(by: rows)
    } else if let panes = panes(for: size), panes.story != nil, panes.list != nil {
      if mouse.column < panes.listWidth { moveList(by: rows / 3) } else { story?.scroll(by: rows) }
    } else if isReading {
      story?.scroll(by: rows)
    } else {
      moveList(by: rows / 3)
    }
  }
}
