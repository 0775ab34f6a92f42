import Glibc

extension Console {
  /// How long a terminal's answer is waited for, in milliseconds: a remote one takes less, and the
  /// start is not felt to be slow.
  private static let answerTimeout = 200

  /// Whether the terminal's background is light, as the terminal itself says (OSC 11), or else the
  /// variable `COLORFGBG`; `nil` if neither does.
  ///
  /// A second query, which every terminal answers, tells that the first was not understood. An
  /// answer that comes too late is swallowed like any other sequence, and keys pressed meanwhile
  /// are kept.
  package func isLight() -> Bool? {
    queryBackground()
      ?? isLightBackground(variable: getenv("COLORFGBG").map { String(cString: $0) })
  }

  private func queryBackground() -> Bool? {
    guard device.entry.isModern else { return nil }
    parser.backgroundBrightness = nil
    parser.hasAttributes = false
    send("\u{1B}]11;?\u{1B}\\\u{1B}[c")
    let end = milliseconds() + Self.answerTimeout
    while parser.backgroundBrightness == nil, !parser.hasAttributes {
      let left = end - milliseconds()
      var file = pollfd(fd: device.input, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&file, 1, CInt(left)) > 0, readKeys() else { break }
    }
    return parser.backgroundBrightness.map { $0 > 0.5 }
  }
}

/// Whether `COLORFGBG`, as in `15;0`, names a light background: rxvt's and Konsole's variable.
func isLightBackground(variable value: String?) -> Bool? {
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
  /// Reads `11;rgb:hhhh/hhhh/hhhh`, a terminal's answer to the query for its background.
  mutating func takeBackgroundAnswer(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("11;rgb") else { return }
    let parts = text.split(separator: ":").dropFirst().first?.split(separator: "/") ?? []
    let levels = parts.prefix(3).compactMap { digits -> Double? in
      guard (1...4).contains(digits.count), let value = Int(digits, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * digits.count)) - 1)
    }
    guard levels.count == 3 else { return }
    backgroundBrightness = 0.299 * levels[0] + 0.587 * levels[1] + 0.114 * levels[2]
  }
}
