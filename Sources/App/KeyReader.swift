internal import Display

/// Turns keys into commands: keeps the count and the prefix typed so far.
struct KeyReader {
  /// A repeat or a target typed before a command; at most `mostCount`.
  private(set) var count: Int?
  private(set) var pending: [Key] = []

  /// More than any story has lines; larger counts mean the same.
  static let mostCount = 9_999_999

  enum Outcome: Equatable {
    case command(Command, count: Int?)
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
    case .prefix: return .waiting
    case .command(let command):
      defer { forget() }
      return .command(command, count: count)
    case .unknown:
      defer { forget() }
      return .unknown(pending)
    }
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
