internal import Display
internal import Matching
internal import Settings

// The key bindings of the settings file. Each line is validated by itself: an invalid one is reported
// with its line number, and the others hold.
extension Keymap {
  private static let everywhere = "all"
  private static let nothing = "none"

  /// Binds in order of precedence: `all`, then the story, which the thread shares, then each other
  /// context.
  mutating func bindOwn(_ own: [Config.KeyBinding]) {
    func rank(_ binding: Config.KeyBinding) -> Int {
      switch binding.context {
      case Self.everywhere: 0
      case Command.Context.story.rawValue: 1
      default: 2
      }
    }
    var lines: [[String]: Int] = [:]
    for binding in own.sorted(by: { rank($0) < rank($1) }) { bind(binding, &lines) }
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  private mutating func bind(_ binding: Config.KeyBinding, _ lines: inout [[String]: Int]) {
    guard let contexts = contexts(binding.context) else {
      let names = Command.Context.allCases.map(\.rawValue) + [Self.everywhere]
      return reject(
        binding.error(
          "there is no place “\(safe(binding.context, oneLine: true))” for keys; there are "
            + names.joined(separator: ", "),
          nearest: nearest(to: binding.context, among: names)))
    }
    guard let keys = keys(binding, isTyped: contexts == [.prompt]) else { return }
    if let line = lines[[binding.context, keys.written]] {
      return reject(binding.error("this key is bound in line \(line) already"))
    }
    lines[[binding.context, keys.written]] = binding.line
    if binding.orders == [Self.nothing] {
      for context in contexts { unbind(keys, in: context) }
      return
    }
    guard let orders = orders(binding) else { return }
    let fitting = contexts.filter { context in orders.allSatisfy { $0.isKnown(in: context) } }
    guard !fitting.isEmpty else {
      let words = orders.map(\.label).joined(separator: ", ")
      return reject(binding.error("“\(words)” is not for this place"))
    }
    for context in fitting { bind(Binding(keys: keys, orders: orders, isOwn: true), in: context) }
  }

  private func contexts(_ name: String) -> [Command.Context]? {
    if name == Self.everywhere { return Command.Context.allCases.filter { $0 != .prompt } }
    guard let context = Command.Context(rawValue: name) else { return nil }
    return context == .story ? [.story, .thread] : [context]
  }

  /// The keys of a binding; `nil` where they were rejected.
  private mutating func keys(_ binding: Config.KeyBinding, isTyped: Bool) -> [Key]? {
    guard let keys = Key.sequence(binding.keys), let first = keys.first else {
      let meant = Key.meant(by: binding.keys) ?? nearest(to: binding.keys, among: Key.names)
      reject(binding.error("no key is written so", nearest: meant))
      return nil
    }
    var problem: String?
    if keys.count > 8 { problem = "a sequence has eight keys at most" }
    if keys.dropFirst().contains(.escape) { problem = "Esc ends a sequence that was begun" }
    if case .character(let character) = first {
      if isTyped {
        problem = "letters are typed there; take a key such as ^X or F5"
      } else if character.isASCII, character.isNumber, character != "0" {
        problem = "digits are counts, as in 5j"
      }
    }
    if isTyped, keys.count > 1 { problem = "one key at a time is read there" }
    guard let problem else { return keys }
    reject(binding.error(problem))
    return nil
  }

  private mutating func orders(_ binding: Config.KeyBinding) -> [Order]? {
    var orders: [Order] = []
    for text in binding.orders {
      guard let order = Order(text) else {
        let word = text.split(separator: " ").first.map(String.init) ?? text
        reject(
          binding.error(
            "there is no command “\(safe(word, oneLine: true))”",
            nearest: nearest(to: word, among: Order.names)))
        return nil
      }
      orders.append(order)
    }
    return orders
  }

  // MARK: - Exits

  /// Restores default keys where the settings leave a context without one that leaves it.
  mutating func ensureExits() {
    if !isReachable([.quit, .back, .commandLine], in: .list) {
      keep(.quit, "Q", in: .list)
    }
    for context in [Command.Context.story, .thread, .help, .picker]
    where !isReachable([.quit, .back, .clear, .commandLine], in: context) {
      keep(.back, "q", in: context)
    }
    if !isReachable([.accept], in: .prompt) { keep(.accept, "Enter", in: .prompt) }
    if !isReachable([.cancel], in: .prompt) { keep(.cancel, "Esc", in: .prompt) }
  }

  private func isReachable(_ commands: Set<Command>, in context: Command.Context) -> Bool {
    (bindings[context] ?? []).contains { binding in
      binding.orders.contains { order in
        if case .command(let command) = order { commands.contains(command) } else { false }
      }
    }
  }

  private mutating func keep(_ command: Command, _ written: String, in context: Command.Context) {
    guard let keys = Key.sequence(written) else { return }
    bind(Binding(keys: keys, orders: [.command(command)]), in: context)
    reject(
      SettingsError(
        file: "keys", key: context.rawValue,
        problem: "nothing was left to leave with, so \(written) does that again"))
  }
}

extension Keymap.Order {
  /// The first words of a settings file's action or a `:` line.
  static var names: [String] {
    Command.allCases.map(\.rawValue) + LineVerb.allCases.map(\.rawValue)
  }

  /// Parses an action as it would be typed after `:`; `nil` for an unknown command.
  init?(_ text: String) {
    if let command = Command(rawValue: text) {
      self = .command(command)
      return
    }
    guard let word = text.split(separator: " ").first.map(String.init) else { return nil }
    let isNumber = Int(word.hasSuffix("%") ? word.dropLast() : word[...]) != nil
    guard Self.names.contains(word) || isNumber else { return nil }
    self = .line(text)
  }

  func isKnown(in context: Command.Context) -> Bool {
    switch self {
    case .command(let command): command.isKnown(in: context)
    case .line: context != .prompt
    }
  }
}
