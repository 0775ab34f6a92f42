/// A pull parser for XML in valid UTF-8, one tag or run of text at a time.
///
/// XML 1.0 (https://www.w3.org/TR/xml/), and common errors of feeds: a bare `&` or `<` in text, values
/// without quotes, references of HTML, a tag or section without end. Nothing is ever loaded or
/// expanded: a document type declaration is skipped with all that it declares, so that references to
/// its entities stay as written. Linear in the input, and without allocations for text: events are
/// ranges of the bytes, decoded by ``append(_:isLiteral:to:)``.
struct XMLScan {
  /// A part of a document.
  enum Event {
    case begin(Tag)
    /// An end tag; the range is its name.
    case end(Range<Int>)
    /// Text with references that are not decoded yet.
    case text(Range<Int>)
    /// The content of a CDATA section.
    case literal(Range<Int>)
  }

  /// A start tag: the ranges of its name and attributes.
  struct Tag {
    var name: Range<Int>
    var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    /// Whether it ends in `/>`.
    var isEmpty = false
  }

  /// The most attributes of one tag, of which real ones have a dozen; more are ignored.
  static let attributeLimit = 64

  let bytes: [UInt8]
  private(set) var at: Int
  /// Whether the document ended inside a tag, a comment or a section.
  private(set) var isCut = false
  /// The quotes that do not occur in the rest, so that each is searched for only once.
  private var missingQuotes: [UInt8] = []

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    at = start
  }

  /// The next event, or `nil` at the end.
  mutating func next() -> Event? {
    while at < bytes.count {
      let start = at
      while at < bytes.count, !beginsMarkup(at) { at += 1 }
      if at > start { return .text(start..<at) }
      if let event = markup() { return event }
    }
    return nil
  }

  private func beginsMarkup(_ at: Int) -> Bool {
    guard bytes[at] == 0x3C else { return false }
    guard at + 1 < bytes.count else { return true }
    let next = bytes[at + 1]
    return Self.beginsName(next) || next == 0x2F || next == 0x21 || next == 0x3F
  }

  private static func beginsName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte == 0x5F || byte == 0x3A || byte >= 0x80
  }

  private func hasPrefix(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withSpan { text in text.indices.allSatisfy { bytes[start + $0] == text[$0] } }
  }

  /// The offset of the first occurrence of a text from `start` on; `nil` if there is none.
  private func find(_ text: StaticString, from start: Int) -> Int? {
    let length = text.utf8CodeUnitCount
    return text.withSpan { text in
      let first = text[0]
      var at = start
      while at + length <= bytes.count {
        if bytes[at] == first, text.indices.allSatisfy({ bytes[at + $0] == text[$0] }) { return at }
        at += 1
      }
      return nil
    }
  }

  private mutating func cut() {
    at = bytes.count
    isCut = true
  }
}

// MARK: - Markup

extension XMLScan {
  /// Reads the markup that a `<` begins; `nil` if it is no event.
  private mutating func markup() -> Event? {
    guard at + 1 < bytes.count else {
      cut()
      return nil
    }
    switch bytes[at + 1] {
    case 0x2F: return endTag()
    case 0x3F: skip(to: "?>", from: at + 2)
    case 0x21:
      if hasPrefix("<![CDATA[", at: at) { return section() }
      if hasPrefix("<!--", at: at) { skip(to: "-->", from: at + 4) } else { skipDeclaration() }
    default: return startTag()
    }
    return nil
  }

  private mutating func skip(to end: StaticString, from start: Int) {
    guard let found = find(end, from: start) else { return cut() }
    at = found + end.utf8CodeUnitCount
  }

  /// Reads a CDATA section; without an end it extends to the end of the document.
  private mutating func section() -> Event? {
    let start = at + 9
    if let end = find("]]>", from: start) {
      at = end + 3
      return start < end ? .literal(start..<end) : nil
    }
    let end = bytes.count
    cut()
    return start < end ? .literal(start..<end) : nil
  }

  /// Skips `<!DOCTYPE … [ … ]>` and anything else that begins with `<!`.
  private mutating func skipDeclaration() {
    var isInSubset = false
    var quote: UInt8?
    var place = at + 2
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        // An apostrophe in a comment of the subset is not a quote.
        quote = isInSubset && !missingQuotes.contains(byte) ? byte : nil
      } else if byte == 0x5B {
        isInSubset = true
      } else if byte == 0x5D {
        isInSubset = false
      } else if byte == 0x3E, !isInSubset {
        at = place
        return
      }
    }
    // A subset without end: only its first line counts as the declaration.
    guard let end = find(">", from: at + 2) else { return cut() }
    at = end + 1
  }

  private mutating func endTag() -> Event? {
    let start = at + 2
    var end = start
    while end < bytes.count, bytes[end] != 0x3E, bytes[end] != 0x3C, !bytes[end].isSpace {
      end += 1
    }
    at = end
    while at < bytes.count, bytes[at] != 0x3E, bytes[at] != 0x3C { at += 1 }
    guard at < bytes.count else {
      cut()
      return nil
    }
    // A `<` begins the next tag: this one lacks its end.
    if bytes[at] == 0x3E { at += 1 }
    return .end(start..<end)
  }

  private mutating func startTag() -> Event? {
    var tag = Tag(name: name(from: at + 1))
    at = tag.name.upperBound
    while at < bytes.count {
      switch bytes[at] {
      case 0x3E:
        at += 1
        return .begin(tag)
      case 0x3C:
        return .begin(tag)
      case 0x2F:
        at += 1
        if at < bytes.count, bytes[at] == 0x3E { tag.isEmpty = true }
      case let byte where byte.isSpace || byte == 0x22 || byte == 0x27 || byte == 0x3D:
        at += 1
      default:
        guard let attribute = attribute() else { return nil }
        if tag.attributes.count < Self.attributeLimit { tag.attributes.append(attribute) }
      }
    }
    cut()
    return nil
  }

  private func name(from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, !bytes[end].isSpace, ![0x2F, 0x3C, 0x3D, 0x3E].contains(bytes[end]) {
      end += 1
    }
    return start..<end
  }

  /// Reads an attribute; `nil` where the document ends within it.
  private mutating func attribute() -> (name: Range<Int>, value: Range<Int>)? {
    let name = name(from: at)
    at = name.upperBound
    var next = at
    while next < bytes.count, bytes[next].isSpace { next += 1 }
    guard next < bytes.count, bytes[next] == 0x3D else { return (name, at..<at) }
    next += 1
    while next < bytes.count, bytes[next].isSpace { next += 1 }
    at = next
    guard at < bytes.count else {
      cut()
      return nil
    }
    let quote = bytes[at]
    if quote == 0x22 || quote == 0x27 {
      at += 1
      if let value = quoted(quote) { return (name, value) }
    }
    // Without quotes, or with an unterminated one: up to white space or the end of the tag.
    let start = at
    while at < bytes.count, !bytes[at].isSpace, bytes[at] != 0x3E { at += 1 }
    return (name, start..<at)
  }

  private mutating func quoted(_ quote: UInt8) -> Range<Int>? {
    guard !missingQuotes.contains(quote) else { return nil }
    var end = at
    while end < bytes.count, bytes[end] != quote { end += 1 }
    guard end < bytes.count else {
      missingQuotes.append(quote)
      return nil
    }
    defer { at = end + 1 }
    return at..<end
  }
}
