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
    var hasBegun = false
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      let isNoBreak = byte == 0xC2 && at + 1 < bytes.endIndex && bytes[at + 1] == 0xA0
      if isNoBreak || byte.isSpace {
        if pendingSpace == 0 { pendingSpace = 0x20 }
        at += isNoBreak ? 2 : 1
        continue
      }
      // Zero-width spaces, byte order marks and soft hyphens are dropped.
      if let length = Self.invisibleLength(bytes, at) {
        at += length
        continue
      }
      if !hasBegun { begin(style, link) }
      hasBegun = true
      appendPendingSpace()
      let start = at
      // A byte outside ASCII can begin one of the scalars checked above.
      repeat { at += 1 } while at < bytes.endIndex && (0x21..<0x80).contains(bytes[at])
      current.append(contentsOf: bytes[start..<at])
    }
  }

  /// Begins a phrase if style or link change.
  ///
  /// The space between two phrases goes to the unstyled one, so that links and styles do not begin with a
  /// space.
  private mutating func begin(_ style: Phrase.Style, _ link: String?) {
    guard style != self.style || link != self.link else { return }
    if !current.isEmpty, !style.isEmpty || link != nil { appendPendingSpace() }
    finishPhrase()
    self.style = style
    self.link = link
  }

  /// Appends the space or line end that is due; none stands before the first letter.
  private mutating func appendPendingSpace() {
    if pendingSpace != 0, !isEmpty { current.append(pendingSpace) }
    pendingSpace = 0
    isEmpty = false
  }

  private static func invisibleLength(_ bytes: ArraySlice<UInt8>, _ at: Int) -> Int? {
    let byte = bytes[at]
    guard byte >= 0xC2, at + 1 < bytes.endIndex else { return nil }
    if byte == 0xC2, bytes[at + 1] == 0xAD { return 2 }
    guard at + 2 < bytes.endIndex else { return nil }
    if byte == 0xE2, bytes[at + 1] == 0x80, bytes[at + 2] == 0x8B { return 3 }
    if byte == 0xEF, bytes[at + 1] == 0xBB, bytes[at + 2] == 0xBF { return 3 }
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
