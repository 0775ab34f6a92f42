import Stories

/// Collects inline text as phrases, each with one style and link, and collapses white space.
struct InlineText {
  private(set) var phrases: [Phrase] = []
  private var current: [UInt8] = []
  private var style: Phrase.Style = []
  private var link: String?
  /// The space or line break to insert before the next text; 0 for none.
  private var pendingSpace: UInt8 = 0
  private(set) var isEmpty = true

  mutating func append(_ bytes: ArraySlice<UInt8>, style: Phrase.Style, link: String?) {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    var space = pendingSpace
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let byte = buffer[index]
        let isNoBreak = byte == 0xC2 && index + 1 < buffer.count && buffer[index + 1] == 0xA0
        if isNoBreak || byte.isSpace {
          if space == 0 { space = 0x20 }
          index += isNoBreak ? 2 : 1
          continue
        }
        // Zero-width spaces, byte order marks and soft hyphens are dropped.
        if let length = Self.invisibleLength(buffer, index) {
          index += length
          continue
        }
        if space != 0 {
          if !isEmpty || !folded.isEmpty { folded.append(space) }
          space = 0
        }
        let start = index
        // A byte outside ASCII can begin one of the scalars checked above.
        repeat { index += 1 } while index < buffer.count && (0x21..<0x80).contains(buffer[index])
        folded.append(contentsOf: buffer[start..<index])
      }
    }
    pendingSpace = space
    guard !folded.isEmpty else { return }
    isEmpty = false
    if style != self.style || link != self.link {
      // The space between two phrases goes to the unstyled one, so that links and styles do not begin
      // with a space.
      if let first = folded.first, first.isSpace, !current.isEmpty, !style.isEmpty || link != nil {
        current.append(first)
        folded.removeFirst()
      }
      finishPhrase()
      self.style = style
      self.link = link
    }
    current += folded
  }

  private static func invisibleLength(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    let byte = buffer[at]
    if byte == 0xC2, at + 1 < buffer.count, buffer[at + 1] == 0xAD { return 2 }
    guard at + 2 < buffer.count else { return nil }
    if byte == 0xE2, buffer[at + 1] == 0x80, buffer[at + 2] == 0x8B { return 3 }
    if byte == 0xEF, buffer[at + 1] == 0xBB, buffer[at + 2] == 0xBF { return 3 }
    return nil
  }

  /// Adds a line break before the next text.
  mutating func breakLine() { if !isEmpty { pendingSpace = 0x0A } }

  private mutating func finishPhrase() {
    guard !current.isEmpty else { return }
    phrases.append(Phrase(String(decoding: current, as: UTF8.self), style: style, link: link))
    current = []
  }

  /// Returns the phrases and resets the collector.
  mutating func take() -> [Phrase] {
    finishPhrase()
    let taken = phrases
    self = InlineText()
    return taken
  }
}
