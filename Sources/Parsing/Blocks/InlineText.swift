import Stories

/// Collects a run of inline text as phrases: white space folded, one style and link a phrase.
struct InlineText {
  private(set) var phrases: [Phrase] = []
  private var current: [UInt8] = []
  private var style: Phrase.Style = []
  private var link: String?
  /// Space or line end that stands before the next letter.
  private var pending: UInt8 = 0
  private(set) var isEmpty = true

  mutating func append(_ bytes: ArraySlice<UInt8>, style: Phrase.Style, link: String?) {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    var waiting = pending
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let byte = buffer[index]
        let isNoBreak = byte == 0xC2 && index + 1 < buffer.count && buffer[index + 1] == 0xA0
        if isNoBreak || byte.isSpace {
          if waiting == 0 { waiting = 0x20 }
          index += isNoBreak ? 2 : 1
          continue
        }
        // Zero-width space, byte order mark and soft hyphen are no text.
        if let length = Self.invisible(buffer, index) {
          index += length
          continue
        }
        if waiting != 0 {
          if !isEmpty || !folded.isEmpty { folded.append(waiting) }
          waiting = 0
        }
        let start = index
        // Other than ASCII may begin what is no text.
        repeat { index += 1 } while index < buffer.count && (0x21..<0x80).contains(buffer[index])
        folded.append(contentsOf: buffer[start..<index])
      }
    }
    pending = waiting
    guard !folded.isEmpty else { return }
    isEmpty = false
    if style != self.style || link != self.link {
      // The space between two phrases belongs to the plain one.
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

  private static func invisible(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    let byte = buffer[at]
    if byte == 0xC2, at + 1 < buffer.count, buffer[at + 1] == 0xAD { return 2 }
    guard at + 2 < buffer.count else { return nil }
    if byte == 0xE2, buffer[at + 1] == 0x80, buffer[at + 2] == 0x8B { return 3 }
    if byte == 0xEF, buffer[at + 1] == 0xBB, buffer[at + 2] == 0xBF { return 3 }
    return nil
  }

  /// A line break that the page asked for.
  mutating func breakLine() { if !isEmpty { pending = 0x0A } }

  private mutating func finishPhrase() {
    guard !current.isEmpty else { return }
    phrases.append(Phrase(String(decoding: current, as: UTF8.self), style: style, link: link))
    current = []
  }

  /// The phrases so far; the collector is empty again.
  mutating func take() -> [Phrase] {
    finishPhrase()
    let taken = phrases
    self = InlineText()
    return taken
  }
}
