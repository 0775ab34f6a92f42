/// Finds where the rows of a passage begin: greedy, by a subset of UAX #14.
///
/// Rows are kept as the byte offsets of their first characters; what hangs between a row's last
/// word and the next row's first is white space. A word longer than a row is cut at the width.
struct LineBreaker {
  /// The columns of a row, at least 1.
  var width: Int
  var rows: [UInt32] = []

  init(width: Int) { self.width = max(1, width) }

  /// Appends the row starts of `range`: at least one, even for no text.
  mutating func breakText(_ bytes: Bytes, _ range: Range<Int>, isASCII: Bool) {
    if isASCII { breakASCII(bytes, range) } else { breakMixed(bytes, range) }
  }

  /// In plain ASCII a byte is a column, so each row is found by looking back from its edge.
  private mutating func breakASCII(_ bytes: Bytes, _ range: Range<Int>) {
    var start = range.lowerBound
    let end = range.upperBound
    while true {
      rows.append(UInt32(truncatingIfNeeded: start))
      guard end - start > width else { return }
      var next = start + width
      if bytes[next] != 0x20 {
        while next > start, !Self.canBreak(bytes, before: next, from: start) { next -= 1 }
        if next == start { next = start + width }
      }
      while next < end, bytes[next] == 0x20 { next += 1 }
      guard next < end else { return }
      start = next
    }
  }

  @inline(__always)
  private static func canBreak(_ bytes: Bytes, before index: Int, from start: Int) -> Bool {
    let last = bytes[index - 1]
    if last == 0x20 { return bytes[index] != 0x20 }
    guard last == 0x2D || last == 0x2F, index - 2 >= start else { return false }
    return breaksAfter(last, between: bytes[index - 2], and: bytes[index])
  }

  /// A row may end after the hyphen of "well-known" and the slash of "and/or", not of "-1" or "//".
  @inline(__always)
  private static func breaksAfter(_ mark: UInt8, between one: UInt8, and other: UInt8) -> Bool {
    isLetter(other) && (isLetter(one) || one &- 0x30 < 10 || one >= 0x80)
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private mutating func breakMixed(_ bytes: Bytes, _ range: Range<Int>) {
    rows.append(UInt32(truncatingIfNeeded: range.lowerBound))
    var index = range.lowerBound
    let end = range.upperBound
    var start = index
    var column = 0
    /// The last place where the row may end, and the columns up to there.
    var best = -1
    var bestColumn = 0
    var last = BreakClass.start
    var hadSpace = false
    while index < end {
      let (scalar, length) = decode(bytes, at: index, end: end)
      if scalar == 0x0A {
        index += 1
        guard index < end else { return }
        (start, column, best, last, hadSpace) = (index, 0, -1, .start, false)
        rows.append(UInt32(truncatingIfNeeded: start))
        continue
      }
      if scalar == 0x20 {
        (column, hadSpace, index) = (column + 1, true, index + 1)
        continue
      }
      let wide = min(columns(of: scalar), width)
      let kind = wide == 0 ? BreakClass.mark : BreakClass(scalar, isWide: wide == 2)
      if index > start, kind.canFollow(last, hadSpace: hadSpace, before: index, in: bytes) {
        (best, bestColumn) = (index, column)
      }
      while column + wide > width, column > 0, wide > 0 {
        if best > start {
          (start, column) = (best, column - bestColumn)
        } else {
          (start, column) = (index, 0)
        }
        best = -1
        rows.append(UInt32(truncatingIfNeeded: start))
      }
      column += wide
      if kind != .mark { last = kind }
      hadSpace = false
      index += length
    }
  }

  /// Code keeps its lines; one that is too long is cut, a column left for the mark that says so.
  mutating func breakCode(_ bytes: Bytes, _ range: Range<Int>) {
    let room = max(1, width - 1)
    rows.append(UInt32(truncatingIfNeeded: range.lowerBound))
    var index = range.lowerBound
    var column = 0
    while index < range.upperBound {
      let (scalar, length) = decode(bytes, at: index, end: range.upperBound)
      let wide = min(columns(of: scalar), room)
      if scalar == 0x0A {
        column = 0
        rows.append(UInt32(truncatingIfNeeded: index + 1))
      } else if column + wide > room, wide > 0, column > 0 {
        // The last column is for the mark, unless the line ends with it.
        column = wide
        rows.append(UInt32(truncatingIfNeeded: index))
      } else {
        column += wide
      }
      index += length
    }
  }
}

/// What a scalar is to a line break.
enum BreakClass: UInt8 {
  case start, letter, digit, mark, opening, closing, wideClosing, ideograph, glue, dash, emDash
  case hyphen, slash

  @inline(__always)
  init(_ scalar: UInt32, isWide: Bool) {
    if scalar < 0x80 {
      self = Self.ascii(UInt8(truncatingIfNeeded: scalar))
    } else if scalar >= 0x2000, scalar < 0x2070 || isWide || scalar &- 0xFF00 < 0xF0 {
      self = Self.special(scalar, isWide: isWide)
    } else {
      self =
        scalar == 0xA0 ? .glue : scalar == 0xAB ? .opening : scalar == 0xBB ? .closing : .letter
    }
  }

  @inline(__always)
  private static func ascii(_ byte: UInt8) -> Self {
    if (byte | 0x20) &- 0x61 < 26 { return .letter }
    switch byte {
    case 0x30...0x39: return .digit
    case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D: return .closing
    case 0x28, 0x5B, 0x7B: return .opening
    case 0x2D: return .hyphen
    case 0x2F: return .slash
    default: return .letter
    }
  }

  private static func special(_ scalar: UInt32, isWide: Bool) -> Self {
    switch scalar {
    case 0x2007, 0x202F: .glue
    case 0x2010, 0x2012, 0x2013: .dash
    case 0x2014, 0x2015: .emDash
    case 0x2018, 0x201A, 0x201C, 0x201E, 0x2039: .opening
    case 0x2019, 0x201D, 0x2025, 0x2026, 0x203A, 0x203C...0x203E: .closing
    // Brackets and quotes of the East stand in pairs, the opening one first.
    case 0x3008...0x3011, 0x3014...0x301B: scalar & 1 == 0 ? .opening : .wideClosing
    case 0x301D: .opening
    case 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62: .opening
    // What begins no row in Japanese and Chinese: stops, small kana, the long mark, repeats.
    case 0x3001, 0x3002, 0x3005, 0x301C, 0x301E, 0x301F, 0x303B, 0x3041, 0x3043, 0x3045, 0x3047,
      0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309B...0x309E, 0x30A1,
      0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5, 0x30F6,
      0x30FB...0x30FE, 0x31F0...0x31FF, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F,
      0xFF3D, 0xFF5D, 0xFF60, 0xFF61, 0xFF63...0xFF65, 0xFF70:
      .wideClosing
    default: isWide ? .ideograph : .letter
    }
  }

  /// Whether a row may end between `last` (and a space, if there was one) and this.
  @inline(__always)
  func canFollow(_ last: Self, hadSpace: Bool, before index: Int, in bytes: Bytes) -> Bool {
    if hadSpace { return true }
    if self == .letter, last == .letter { return false }
    switch (last, self) {
    case (.start, _), (_, .mark), (_, .closing), (_, .wideClosing), (_, .glue), (_, .emDash),
      (_, .dash), (_, .hyphen), (_, .slash), (.glue, _), (.opening, _):
      return false
    case (.emDash, _), (.ideograph, _), (_, .ideograph), (.wideClosing, _): return true
    case (.dash, .letter): return true
    case (.hyphen, .letter), (.slash, .letter):
      return index >= 2 && (bytes[index - 2] >= 0x30 || bytes[index - 2] >= 0x80)
        && bytes[index - 2] != 0x3A
    default: return false
    }
  }
}
