internal import Display

/// Keys that are bound to nothing on the screen in front, and what is said of them.
struct UnknownKey {
  let pressed: [Key]
  /// Whether a story has the focus.
  let isReading: Bool
  let environment: Environment

  /// What the keys do elsewhere, or what is like them here.
  var words: String {
    let written = pressed.written
    return elsewhere ?? similar
      ?? "\(written) is no key here\(environment.dot)\(environment.key(for: .help)) shows the keys"
  }

  private var elsewhere: String? {
    let others: [Command.Context] = isReading ? [.story, .list] : [.list, .story]
    for other in others where other != here {
      guard let command = environment.keymap.command(pressed, in: other) else { continue }
      let place = other == .list ? "the list" : "a story"
      let way = way(to: other) ?? "\(environment.key(for: .help)) shows the keys"
      return "\(pressed.written) works in \(place): \(command.entry.label)\(environment.dot)\(way)"
    }
    return nil
  }

  private var here: Command.Context {
    environment.context == .thread ? .story : environment.context
  }

  /// Which key leads to a pane; `nil` where none does at once.
  private func way(to other: Command.Context) -> String? {
    if environment.context != environment.paneContext {
      let isBelow = (other == .list) == (environment.paneContext == .list)
      return isBelow ? "\(environment.key(for: .back)) goes back there" : nil
    }
    return other == .list
      ? "\(environment.key(for: .back)) goes there" : "\(environment.key(for: .open)) opens one"
  }

  /// Keys that begin alike, or the letter in its other case.
  private var similar: String? {
    let (keymap, context) = (environment.keymap, environment.context)
    if pressed.count > 1 {
      let first = Array(pressed.dropLast())
      let known = keymap.following(first, in: context)
      let list = known.prefix(8).map { (first + [$0.key]).written }.joined(separator: " ")
      return "\(pressed.written) is no key here; there are \(list)"
    }
    guard case .character(let character) = pressed.first else { return nil }
    let other = character.isUppercase ? character.lowercased() : character.uppercased()
    guard let twin = Key(other), let command = keymap.command([twin], in: context) else {
      return nil
    }
    let help = "\(environment.key(for: .help)) shows the keys"
    return
      "\(pressed.written) is no key here; \(other) is \(command.entry.label)\(environment.dot)\(help)"
  }
}
