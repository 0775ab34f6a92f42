internal import Display

/// Parses keys into commands: holds the count and the prefix typed so far.
struct KeyReader {
  /// A repeat or a target typed before a command; at most `maxCount`.
  private(set) var count: Int?
  private(set) var pending: [Key] = []

  /// More than any story has lines; larger counts mean the same.
  static let maxCount = 9_999_999

  enum Outcome: Equatable {
    case orders([Keymap.Order], count: Int?)
    /// The keys went beyond a sequence that is a command and a prefix: it is performed, and the keys
    /// after it are read again.
    case ordersThen([Keymap.Order], count: Int?, again: [Key])
    /// A count or a prefix is being typed.
    case waiting
    /// Esc cleared a count or prefix.
    case cancelled
    case unknown([Key])
  }

  mutating func read(_ key: Key, _ keymap: Keymap, in context: Command.Context) -> Outcome {
    if pending.isEmpty, case .character(let character) = key, let digit = Self.digit(character),
      digit > 0 || count != nil
    {
      count = min(Self.maxCount, (count ?? 0) * 10 + digit)
      return .waiting
    }
    if key == .escape, count != nil || !pending.isEmpty {
      reset()
      return .cancelled
    }
    pending.append(key)
    switch keymap.find(pending, in: context) {
    case .prefix, .orders(_, mayGoOn: true): return .waiting
    case .orders(let orders, mayGoOn: false):
      defer { reset() }
      return .orders(orders, count: count)
    case .unknown:
      defer { reset() }
      return shorter(keymap, context) ?? .unknown(pending)
    }
  }

  /// The key timeout passed: a sequence that is a command and a prefix is performed as the command.
  mutating func pause(_ keymap: Keymap, in context: Command.Context) -> Outcome? {
    guard case .orders(let orders, _) = keymap.find(pending, in: context) else { return nil }
    defer { reset() }
    return .orders(orders, count: count)
  }

  /// The longest prefix of what was typed that is a command.
  private func shorter(_ keymap: Keymap, _ context: Command.Context) -> Outcome? {
    for length in stride(from: pending.count - 1, to: 0, by: -1) {
      if case .orders(let orders, _) = keymap.find(Array(pending[..<length]), in: context) {
        return .ordersThen(orders, count: count, again: Array(pending[length...]))
      }
    }
    return nil
  }

  mutating func reset() {
    count = nil
    pending = []
  }

  private static func digit(_ character: Character) -> Int? {
    guard let byte = character.asciiValue, (48...57).contains(byte) else { return nil }
    return Int(byte) - 48
  }
}
