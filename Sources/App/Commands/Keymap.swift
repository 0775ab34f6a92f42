internal import Display
internal import Settings

/// The key bindings of each context: the command table's defaults, overridden by a preset, overridden by
/// the user's settings.
///
/// Whatever the settings unbind, some key of the list leaves Courant and some key ends a line that is
/// typed. A sequence may be the prefix of a longer one; then it is performed when no key follows for
/// `key-pause` milliseconds.
struct Keymap: Sendable {
  /// One action of a key.
  enum Order: Sendable, Hashable {
    case command(Command)
    /// A line as typed after `:`, for commands with arguments.
    case line(String)
  }

  struct Binding: Sendable, Hashable {
    var keys: [Key]
    var orders: [Order]
    /// Whether it comes from the settings.
    var isOwn = false
  }

  /// A node of a context's prefix tree: the keys pressed so far.
  private struct Node: Sendable {
    var orders: [Order] = []
    var next: [Key: Int] = [:]
    /// The keys of `next` in the order of the table, for help.
    var order: [Key] = []
  }

  private(set) var bindings: [Command.Context: [Binding]] = [:]
  private var nodes: [Node] = []
  private var roots: [Command.Context: Int] = [:]
  /// Bindings of the settings that were rejected.
  var problems: [SettingsError] = []
  /// Errors in the table and the preset, which tests look for.
  private var rowErrors: [String] = []

  init(preset: Preferences.Preset = .courant, own: [Config.KeyBinding] = []) {
    bindDefaults()
    for row in preset.rows { apply(row) }
    bindOwn(own)
    ensureExits()
    for context in Command.Context.allCases { buildTree(context) }
  }

  // MARK: - Table and preset

  private mutating func bindDefaults() {
    let contexts = Command.Context.allCases
    var bound: [[Binding]] = Array(repeating: [], count: contexts.count)
    for entry in CommandTable.entries {
      let orders: [Order] = [.command(entry.command)]
      // Most keys belong to several contexts. Each is parsed once, since every start waits for it.
      var parsed: [(written: String, keys: [Key])] = []
      for (index, context) in contexts.enumerated() {
        for written in entry.keys(in: context) {
          let known = parsed.first { $0.written == written }?.keys
          guard let keys = known ?? Key.sequence(written) else {
            rowErrors.append("\(entry.command.rawValue): no key is written \(written)")
            continue
          }
          if known == nil { parsed.append((written, keys)) }
          bound[index].append(Binding(keys: keys, orders: orders))
        }
      }
    }
    for (context, bound) in zip(contexts, bound) { bindings[context] = bound }
  }

  private mutating func apply(_ row: Preferences.Preset.Row) {
    for written in row.keys.split(separator: " ") {
      guard let keys = Key.sequence(String(written)) else {
        rowErrors.append("\(row.command?.rawValue ?? "none"): no key is written \(written)")
        continue
      }
      for context in row.contexts {
        // A preset's key acts at once: longer and shorter sequences that share its keys are unbound.
        bindings[context]?.removeAll { $0.keys.starts(with: keys) || keys.starts(with: $0.keys) }
        guard let command = row.command else { continue }
        guard command.isKnown(in: context) else {
          rowErrors.append("\(command.rawValue) in \(context.rawValue): not known there")
          continue
        }
        bind(Binding(keys: keys, orders: [.command(command)]), in: context)
      }
    }
  }

  /// Errors in the table or the preset: keys bound twice, hidden by a prefix, or misspelt.
  ///
  /// Only tests look: there are none.
  var flaws: [String] {
    var flaws = rowErrors
    for (context, bound) in bindings {
      for (index, one) in bound.enumerated() {
        for (position, other) in bound.enumerated()
        where index != position && other.keys.starts(with: one.keys) {
          flaws.append("\(one.keys.written) in \(context.rawValue) hides \(other.keys.written)")
        }
      }
    }
    return flaws
  }

  mutating func bind(_ binding: Binding, in context: Command.Context) {
    if let index = bindings[context]?.firstIndex(where: { $0.keys == binding.keys }) {
      bindings[context]?[index] = binding
    } else {
      bindings[context, default: []].append(binding)
    }
  }

  mutating func unbind(_ keys: [Key], in context: Command.Context) {
    bindings[context]?.removeAll { $0.keys == keys }
  }

  mutating func reject(_ error: SettingsError) { problems.append(error) }

  private mutating func buildTree(_ context: Command.Context) {
    roots[context] = nodes.count
    nodes.append(Node())
    for binding in bindings[context] ?? [] {
      var node = nodes.count - 1
      if let root = roots[context] { node = root }
      for key in binding.keys {
        if let next = nodes[node].next[key] {
          node = next
        } else {
          nodes[node].next[key] = nodes.count
          nodes[node].order.append(key)
          node = nodes.count
          nodes.append(Node())
        }
      }
      nodes[node].orders = binding.orders
    }
  }
}

// MARK: - Looking up

extension Keymap {
  enum Finding: Sendable, Equatable {
    /// What the keys do; `mayGoOn` where they are the prefix of a longer sequence too.
    case orders([Order], mayGoOn: Bool)
    /// More keys must follow.
    case prefix
    case unknown
  }

  func find(_ keys: [Key], in context: Command.Context) -> Finding {
    guard !keys.isEmpty, let node = node(keys, in: context) else { return .unknown }
    let found = nodes[node]
    return found.orders.isEmpty ? .prefix : .orders(found.orders, mayGoOn: !found.next.isEmpty)
  }

  /// The command of a key sequence, where that is its only action.
  func command(_ keys: [Key], in context: Command.Context) -> Command? {
    guard case .orders(let orders, _) = find(keys, in: context), orders.count == 1,
      case .command(let command) = orders[0]
    else { return nil }
    return command
  }

  /// The keys that continue a sequence, in the table's order, with labels.
  func following(_ keys: [Key], in context: Command.Context) -> [(key: Key, label: String)] {
    guard let node = node(keys, in: context) else { return [] }
    return nodes[node].order.compactMap { key in
      nodes[node].next[key].map { next in
        let orders = nodes[next].orders
        return (key, orders.isEmpty ? "…" : orders.map(\.label).joined(separator: ", "))
      }
    }
  }

  /// The key sequences of a command, in written form and the table's order.
  func keys(for command: Command, in context: Command.Context) -> [String] {
    (bindings[context] ?? []).lazy.filter { binding in
      // Hundreds are looked through for each frame; comparing with an array would allocate one for each.
      guard binding.orders.count == 1, case .command(command) = binding.orders[0] else {
        return false
      }
      return true
    }.map(\.keys.written)
  }

  private func node(_ keys: [Key], in context: Command.Context) -> Int? {
    guard var node = roots[context] else { return nil }
    for key in keys {
      guard let next = nodes[node].next[key] else { return nil }
      node = next
    }
    return node
  }
}

extension Keymap.Order {
  var label: String {
    switch self {
    case .command(let command): command.entry.label
    case .line(let line): line
    }
  }
}
