internal import Display

/// Which keys ask for which command, in each context.
struct Keymap: Sendable {
  /// The keys a context knows: each node is a key pressed so far.
  private struct Node: Sendable {
    var command: Command?
    var next: [Key: Int] = [:]
    /// The keys in the order in which the table names them, for help.
    var order: [Key] = []
  }

  private var nodes: [Node] = []
  private var roots: [Command.Context: Int] = [:]
  /// What could not be bound, in words; empty for the default table, as a test holds.
  private(set) var refused: [String] = []

  /// The default keys of the command table.
  init(_ entries: [Command.Entry] = CommandTable.entries) {
    for context in Command.Context.allCases {
      roots[context] = nodes.count
      nodes.append(Node())
    }
    for entry in entries {
      for context in Command.Context.allCases {
        for written in entry.keys[context] ?? [] { bind(written, to: entry.command, in: context) }
      }
    }
  }

  /// The keys of a written sequence: "gg" is two, "PgDn" one; `nil` if it is empty.
  static func keys(_ written: String) -> [Key]? {
    if let one = Key(written) { return [one] }
    return written.isEmpty ? nil : written.map { .character($0) }
  }

  private mutating func bind(_ written: String, to command: Command, in context: Command.Context) {
    guard let keys = Self.keys(written), var node = roots[context] else {
      refused.append("\(command.rawValue): no key is written \"\(written)\"")
      return
    }
    for key in keys {
      if nodes[node].command != nil {
        refused.append("\(written) in \(context.rawValue): begins with a key that is bound")
        return
      }
      if let next = nodes[node].next[key] {
        node = next
      } else {
        nodes[node].next[key] = nodes.count
        nodes[node].order.append(key)
        node = nodes.count
        nodes.append(Node())
      }
    }
    guard nodes[node].command == nil, nodes[node].next.isEmpty else {
      refused.append("\(written) in \(context.rawValue): bound twice")
      return
    }
    nodes[node].command = command
  }
}

// MARK: - Looking up

extension Keymap {
  enum Finding: Sendable, Equatable {
    case command(Command)
    /// More keys must follow.
    case prefix
    case unknown
  }

  func find(_ keys: [Key], in context: Command.Context) -> Finding {
    guard let node = node(keys, in: context) else { return .unknown }
    if let command = nodes[node].command { return .command(command) }
    return keys.isEmpty ? .unknown : .prefix
  }

  /// What may follow the keys pressed so far, in the table's order.
  func following(_ keys: [Key], in context: Command.Context) -> [(key: Key, command: Command)] {
    guard let node = node(keys, in: context) else { return [] }
    return nodes[node].order.compactMap { key in
      nodes[node].next[key].flatMap { nodes[$0].command }.map { (key, $0) }
    }
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
