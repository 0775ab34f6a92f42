import Glibc

extension Console {
  /// The longest that a terminal is waited for: one far away answers in less, and no start is felt
  /// to be slow.
  private static let patience = 200

  /// Whether the terminal's ground is light, as the terminal itself says (OSC 11), or else the
  /// variable `COLORFGBG`; `nil` if neither does.
  ///
  /// A second question, which every terminal answers, tells that the first was not understood. An
  /// answer that comes too late is swallowed like any other sequence, and keys pressed meanwhile
  /// are kept.
  package func isLight() -> Bool? {
    askForGround() ?? groundFromEnvironment(getenv("COLORFGBG").map { String(cString: $0) })
  }

  private func askForGround() -> Bool? {
    guard entry.isModern else { return nil }
    parser.groundBrightness = nil
    parser.hasAttributes = false
    send("\u{1B}]11;?\u{1B}\\\u{1B}[c")
    let end = milliseconds() + Self.patience
    while parser.groundBrightness == nil, !parser.hasAttributes {
      let left = end - milliseconds()
      var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&file, 1, CInt(left)) > 0, readKeys() else { break }
    }
    return parser.groundBrightness.map { $0 > 0.5 }
  }
}

/// What `COLORFGBG` says of the ground, as in `15;0`: rxvt's and Konsole's way to tell.
func groundFromEnvironment(_ value: String?) -> Bool? {
  guard let last = value?.split(separator: ";").last, let color = Int(last) else { return nil }
  switch color {
  case 0...6, 8: return false
  case 7, 9...15: return true
  default: return nil
  }
}

private func milliseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

extension KeyParser {
  /// Reads `11;rgb:hhhh/hhhh/hhhh`, as terminals answer when they are asked for their ground.
  mutating func takeGroundAnswer(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("11;rgb") else { return }
    let parts = text.split(separator: ":").dropFirst().first?.split(separator: "/") ?? []
    let shares = parts.prefix(3).compactMap { digits -> Double? in
      guard (1...4).contains(digits.count), let value = Int(digits, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * digits.count)) - 1)
    }
    guard shares.count == 3 else { return }
    groundBrightness = 0.299 * shares[0] + 0.587 * shares[1] + 0.114 * shares[2]
  }
}
