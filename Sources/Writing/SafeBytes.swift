/// Text as bytes for a pipe or a terminal, without what a terminal would obey.
package func withoutControls(_ text: String) -> [UInt8] {
  var out = SafeBytes()
  out.append(text)
  return out.bytes
}

/// Collects text for files, pipes and terminals as UTF-8, leaving out what a terminal would obey.
///
/// Dropped are the C0 controls except line feed and tab, DEL, the C1 controls and the marks that
/// reverse the direction of what follows; a page may hold any of them.
struct SafeBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: some StringProtocol) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    clean(from: start)
  }

  /// Closes the gaps of what is dropped; text without any is only looked at.
  private mutating func clean(from start: Int) {
    var source = start
    while source < bytes.count, dropped(at: source) == 0 { source += 1 }
    guard source < bytes.count else { return }
    var target = source
    while source < bytes.count {
      let count = dropped(at: source)
      if count == 0 {
        bytes[target] = bytes[source]
        target += 1
        source += 1
      } else {
        source += count
      }
    }
    bytes.removeSubrange(target...)
  }

  /// How many bytes at `index` make up something to drop, or 0.
  private func dropped(at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x20 { return byte == 0x0A || byte == 0x09 ? 0 : 1 }
    if byte < 0x7F { return 0 }
    if byte == 0x7F { return 1 }
    guard index + 1 < bytes.count else { return 0 }
    let next = bytes[index + 1]
    // U+0080…U+009F
    if byte == 0xC2 { return (0x80...0x9F).contains(next) ? 2 : 0 }
    guard byte == 0xE2, index + 2 < bytes.count else { return 0 }
    let last = bytes[index + 2]
    // U+2028…U+202E, U+2066…U+2069
    let reverses =
      next == 0x80 ? (0xA8...0xAE).contains(last) : next == 0x81 && (0xA6...0xA9).contains(last)
    return reverses ? 3 : 0
  }
}
