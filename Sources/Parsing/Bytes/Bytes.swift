/// Small questions asked of bytes; everything the parser reads is UTF-8 and its marks are ASCII.
extension UInt8 {
  /// Space, tab, line feed, form feed, carriage return.
  @inline(__always) var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  @inline(__always) var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  @inline(__always) var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  @inline(__always) var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  @inline(__always) var isAlphanumeric: Bool { isLetter || isDigit }
  /// What may stand in the name of a tag.
  @inline(__always) var isNameByte: Bool {
    isAlphanumeric || self == 0x2D || self == 0x3A || self == 0x5F
  }
  @inline(__always) var lowercased: UInt8 { isUpper ? self | 0x20 : self }
  /// 0…9, or 10…15 for a letter; `nil` for anything else.
  var hexDigit: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self - 0x30)
    case 0x41...0x46: UInt32(self - 0x37)
    case 0x61...0x66: UInt32(self - 0x57)
    default: nil
    }
  }
}

extension RandomAccessCollection<UInt8> {
  /// The number that the bytes write in digits; `nil` where there is another byte, or more than nine.
  var decimal: Int? {
    guard !isEmpty, count <= 9, allSatisfy(\.isDigit) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

// MARK: - Sweeps

/// Whole pages are swept several times, so the sweeps take eight bytes a step.
extension [UInt8] {
  /// The first place from `start` on of a byte that is not ASCII, or the end.
  func endOfASCII(from start: Int) -> Int {
    sweep(from: start, { $0 & 0x8080_8080_8080_8080 != 0 }, { $0 >= 0x80 })
  }

  /// Whether a byte is NUL.
  var holdsNUL: Bool {
    // A byte underflows into its highest bit, without having had it, only where it is 0 (or follows one).
    sweep(
      from: 0, { ($0 &- 0x0101_0101_0101_0101) & ~$0 & 0x8080_8080_8080_8080 != 0 }, { $0 == 0 })
      < count
  }

  /// The first place from `start` on whose byte `isFound`; `holds` is asked of eight bytes at once.
  @inline(__always) private func sweep(
    from start: Int, _ holds: (UInt64) -> Bool, _ isFound: (UInt8) -> Bool
  ) -> Int {
    let bytes = unsafe span.bytes
    var at = start
    // Any eight bytes are a number.
    while at + 8 <= count,
      !holds(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
    {
      at += 8
    }
    while at < count, !isFound(self[at]) { at += 1 }
    return at
  }
}

// MARK: - Comparing

extension ArraySlice<UInt8> {
  var trimmedOfSpace: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isSpace { slice.removeFirst() }
    while let last = slice.last, last.isSpace { slice.removeLast() }
    return slice
  }

  /// Whether the bytes are those of `lower`, ASCII case ignored.
  func equalsFolded(_ lower: [UInt8]) -> Bool {
    count == lower.count && zip(self, lower).allSatisfy { $0.lowercased == $1 }
  }

  /// Whether the letters, given in lower case, stand anywhere, ASCII case ignored.
  func containsFolded(_ letters: StaticString) -> Bool {
    letters.withSpan { span.containsFolded($0) }
  }

  /// The same for letters that are bytes.
  func containsFolded(_ letters: [UInt8]) -> Bool { span.containsFolded(letters.span) }
}

extension Span<UInt8> {
  fileprivate func containsFolded(_ letters: Span<UInt8>) -> Bool {
    guard !letters.isEmpty, count >= letters.count else { return false }
    let first = letters[0]
    for start in 0...count - letters.count where self[start].lowercased == first {
      var length = 1
      while length < letters.count, self[start + length].lowercased == letters[length] {
        length += 1
      }
      if length == letters.count { return true }
    }
    return false
  }
}

extension StaticString {
  /// The string's bytes, which the standard library gives only as an unsafe buffer.
  func withSpan<Answer>(_ body: (Span<UInt8>) -> Answer) -> Answer {
    withUTF8Buffer { unsafe body($0.span) }
  }
}

extension String {
  /// The first `count` characters; where they are ASCII no boundary of a character is looked for.
  func start(_ count: Int) -> Substring {
    let bytes = utf8.prefix(count + 1)
    guard bytes.count > count else { return self[...] }
    // Only CR LF is one character of two ASCII bytes.
    guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return prefix(count) }
    return self[..<utf8.index(startIndex, offsetBy: count)]
  }

  /// Whether the word stands in the text, byte by byte.
  ///
  /// The standard library's `contains` compares letter by letter; it took a thirtieth of a page's time.
  func holds(_ word: String) -> Bool {
    let (text, word) = (utf8.span, word.utf8.span)
    guard !word.isEmpty else { return true }
    guard text.count >= word.count else { return false }
    for start in 0...text.count - word.count where text[start] == word[0] {
      var length = 1
      while length < word.count, text[start + length] == word[length] { length += 1 }
      if length == word.count { return true }
    }
    return false
  }
}
