internal import Display

/// Turns keys into orders: keeps the count and the prefix typed so far.
struct KeyReader {
  /// A repeat or a target typed before a command; at most `mostCount`.
  private(set) var count: Int?
  private(set) var pending: [Key] = []

  /// More than any story has lines; larger counts mean the same.
  static let mostCount = 9_999_999

  enum Outcome: Equatable {
    case orders([Keymap.Order], count: Int?)
    /// The keys went beyond a sequence that also stands alone: it is meant, and these keys are read
    /// anew after it.
    case ordersThen([Keymap.Order], count: Int?, again: [Key])
    /// A count or a prefix is being typed.
    case waiting
    /// Esc took back a count or prefix.
    case cancelled
    case unknown([Key])
  }

  mutating func read(_ key: Key, _ keymap: Keymap, in context: Command.Context) -> Outcome {
    if pending.isEmpty, case .character(let character) = key, let digit = Self.digit(character),
      digit > 0 || count != nil
    {
      count = min(Self.mostCount, (count ?? 0) * 10 + digit)
      return .waiting
    }
    if key == .escape, count != nil || !pending.isEmpty {
      forget()
      return .cancelled
    }
    pending.append(key)
    switch keymap.find(pending, in: context) {
    case .prefix, .orders(_, mayGoOn: true): return .waiting
    case .orders(let orders, mayGoOn: false):
      defer { forget() }
      return .orders(orders, count: count)
    case .unknown:
      defer { forget() }
      return shorter(keymap, context) ?? .unknown(pending)
    }
  }

  /// Nothing followed for a while: a sequence that stands alone as well is meant.
  mutating func pause(_ keymap: Keymap, in context: Command.Context) -> Outcome? {
    guard case .orders(let orders, _) = keymap.find(pending, in: context) else { return nil }
    defer { forget() }
    return .orders(orders, count: count)
  }

  /// The longest beginning of what was typed that does something.
  private func shorter(_ keymap: Keymap, _ context: Command.Context) -> Outcome? {
    for length in stride(from: pending.count - 1, to: 0, by: -1) {
      if case .orders(let orders, _) = keymap.find(Array(pending[..<length]), in: context) {
        return .ordersThen(orders, count: count, again: Array(pending[length...]))
      }
    }
    return nil
  }

  mutating func forget() {
    count = nil
    pending = []
  }

  private static func digit(_ character: Character) -> Int? {
    guard let byte = character.asciiValue, (48...57).contains(byte) else { return nil }
    return Int(byte) - 48
  }
}
