extension SafeScalars {
  /// Where written text goes.
  package enum Medium: Sendable {
    /// A file or a pipe: what belongs to the spelling stays.
    case file
    /// A terminal: as safe as the screen.
    case terminal
  }

  /// The bytes of text without what is unsafe for a medium; line feeds and tabs stay.
  package static func clean(_ text: some StringProtocol, for medium: Medium) -> [UInt8] {
    var bytes = Array(text.utf8)
    clean(&bytes, for: medium)
    return bytes
  }

  /// Removes from UTF-8 what is unsafe for a medium; line feeds and tabs stay.
  ///
  /// `start` is where new text begins: what stands before is clean already, and is looked at only for
  /// the scalar that a joiner or variation selector follows. Text without anything unsafe is read
  /// and not copied.
  package static func clean(_ bytes: inout [UInt8], from start: Int = 0, for medium: Medium) {
    var source = start
    while source < bytes.count, !mayBeUnsafe[Int(bytes[source])] { source += 1 }
    guard source < bytes.count else { return }
    var target = source
    while source < bytes.count {
      let length = length(in: bytes, at: source)
      let isKept =
        !mayBeUnsafe[Int(bytes[source])]
        || isKept(scalar(in: bytes, at: source, length), medium) { last(in: bytes, before: target) }
      if isKept {
        if target != source {
          for offset in 0..<length { bytes[target + offset] = bytes[source + offset] }
        }
        target += length
      }
      source += length
    }
    bytes.removeSubrange(target...)
  }

  private static func isKept(
    _ scalar: UInt32, _ medium: Medium, after previous: () -> UInt32?
  ) -> Bool {
    if scalar == 0x0A || scalar == 0x09 || kind(of: scalar) == .safe { return true }
    return medium == .file && isSpelling(scalar, after: previous())
  }

  // MARK: - UTF-8

  /// By byte, whether it may begin something unsafe: a quick test for the bytes of plain text.
  package static let mayBeUnsafe: [Bool] = (0..<256).map { byte in
    byte < 0x20 || byte >= 0x7F && [0x7F, 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3].contains(byte)
      || byte >= 0xEF
  }

  /// How many bytes the scalar takes that begins at `index`; never more than there are.
  package static func length(in bytes: [UInt8], at index: Int) -> Int {
    let first = bytes[index]
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    return min(length, bytes.count - index)
  }

  /// The scalar of `length` bytes that begins at `index` of UTF-8.
  package static func scalar(in bytes: [UInt8], at index: Int, _ length: Int) -> UInt32 {
    let first = UInt32(bytes[index])
    guard length > 1 else { return first }
    var scalar = first & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
    return scalar
  }

  /// The scalar that ends before `end`.
  private static func last(in bytes: [UInt8], before end: Int) -> UInt32? {
    guard end > 0 else { return nil }
    var start = end - 1
    while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return scalar(in: bytes, at: start, end - start)
  }
}
