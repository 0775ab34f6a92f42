/// Finds where the rows of a passage begin: greedy, by the rules of UAX #14.
///
/// Rows are kept as the byte offsets of their first characters; what hangs between a row's last
/// word and the next row's first is white space. A word longer than a row is cut at the width.
struct LineBreaker {
  /// The columns of a row, at least 1.
  var width: Int
  var rows: [UInt32] = []
  /// Whether a word had to be cut since this was last set to `false`.
  var hasCut = false

  init(width: Int) { self.width = max(1, width) }

  /// Appends the row starts of `range`: at least one, even for no text.
  mutating func breakText(
    _ bytes: Bytes, _ range: Range<Int>, isASCII: Bool,
    _ formatCharacters: ArraySlice<FormatCharacter> = []
  ) {
    if isASCII { breakASCII(bytes, range) } else { breakMixed(bytes, range, formatCharacters) }
  }

  // MARK: - Plain ASCII

  /// A byte is a column, so each row is found by looking back from its edge, and the rules are
  /// asked only about the word that stands there.
  private mutating func breakASCII(_ bytes: Bytes, _ range: Range<Int>) {
    let end = range.upperBound
    var start = range.lowerBound
    /// What the rules have read of a word that goes on from the row above.
    var rules = BreakRules()
    while true {
      rows.append(UInt32(truncatingIfNeeded: start))
      guard end - start > width else { return }
      var next = start + width
      if let space = Self.plainSpace(bytes, start, next, end) {
        rules = BreakRules()
        start = space + 1
        continue
      }
      var word = next
      while word > start, !Self.mayBegin(bytes, word, from: start, end) { word -= 1 }
      if word == next {
        rules = BreakRules()
      } else {
        if word > start { rules = BreakRules() }
        next = Self.lastBreak(in: bytes, from: word, through: next, end, &rules)
        if next == word, word > start {
          rules = BreakRules()
        } else if next == word {
          hasCut = true
          next = start + width
        }
        if bytes[next] == 0x20 { _ = rules.breaks(before: .space) { .start } }
      }
      while next < end, bytes[next] == 0x20 { next += 1 }
      guard next < end else { return }
      start = next
    }
  }

  /// The space between two letters where the row ends, if only letters stand from there to the edge.
  @inline(__always)
  private static func plainSpace(_ bytes: Bytes, _ start: Int, _ edge: Int, _ end: Int) -> Int? {
    var index = edge
    while index > start, isLetter(bytes[index]) { index -= 1 }
    guard index > start, bytes[index] == 0x20, isLetter(bytes[index - 1]),
      index < edge || index + 1 < end && isLetter(bytes[index + 1])
    else { return nil }
    return index
  }

  /// Whether a row may begin at a word, or may end there since a space comes next.
  @inline(__always)
  private static func mayBegin(
    _ bytes: Bytes, _ index: Int, from start: Int, _ end: Int
  ) -> Bool {
    if bytes[index] == 0x20 {
      var next = index
      while next < end, bytes[next] == 0x20 { next += 1 }
      return next == end || parts(bytes, next, from: start, end)
    }
    return bytes[index - 1] == 0x20 && parts(bytes, index, from: start, end)
  }

  /// Whether the spaces before a word part rows.
  @inline(__always)
  private static func parts(_ bytes: Bytes, _ word: Int, from start: Int, _ end: Int) -> Bool {
    let first = bytes[word]
    var before = word - 1
    while before > start, bytes[before] == 0x20 { before -= 1 }
    if isLetter(first), isLetter(bytes[before]) { return true }
    var rules = BreakRules()
    _ = rules.breaks(before: BreakTable.ascii(bytes[before])) { .start }
    _ = rules.breaks(before: .space) { .start }
    return rules.breaks(before: BreakTable.ascii(first)) {
      word + 1 < end ? BreakTable.ascii(bytes[word + 1]) : .start
    }
  }

  /// The last place where a row may end in a word up to the edge, or where the word begins; leaves
  /// the rules as they stand there.
  private static func lastBreak(
    in bytes: Bytes, from word: Int, through edge: Int, _ end: Int, _ rules: inout BreakRules
  ) -> Int {
    var found = word
    var there = rules
    var index = word
    while index <= edge {
      let before = rules
      let allows = rules.breaks(before: BreakTable.ascii(bytes[index])) {
        index + 1 < end ? BreakTable.ascii(bytes[index + 1]) : .start
      }
      if allows, index > word { (found, there) = (index, before) }
      // Where nothing is found the row is cut at the edge, and the rules go on from there.
      if index == edge, found == word { there = before }
      index += 1
    }
    rules = there
    return found
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  // MARK: - Any text

  private mutating func breakMixed(
    _ bytes: Bytes, _ range: Range<Int>, _ formatCharacters: ArraySlice<FormatCharacter>
  ) {
    rows.append(UInt32(truncatingIfNeeded: range.lowerBound))
    let end = range.upperBound
    var scan = BreakScan(range.lowerBound, formatCharacters)
    while scan.index < end {
      if bytes[scan.index] == 0x0A {
        guard scan.index + 1 < end else { return }
        scan.newLine()
        rows.append(UInt32(truncatingIfNeeded: scan.index))
        continue
      }
      scan.skipLetters(bytes, end, width)
      guard scan.index < end else { return }
      guard bytes[scan.index] != 0x0A else { continue }
      scan.read(bytes, end, width)
      while scan.column > width, scan.cutRow(&hasCut) {
        rows.append(UInt32(truncatingIfNeeded: scan.start))
      }
      scan.step()
    }
  }

  /// Code keeps its lines, however long they are.
  mutating func breakCode(_ bytes: Bytes, _ range: Range<Int>) {
    rows.append(UInt32(truncatingIfNeeded: range.lowerBound))
    for index in range where bytes[index] == 0x0A {
      rows.append(UInt32(truncatingIfNeeded: index + 1))
    }
  }
}

/// Scans text of any script for the last break opportunity that fits in the row.
struct BreakScan {
  /// A byte of the text and the columns of the row before it.
  struct Position {
    var index: Int
    var column: Int
  }

  /// The character read last: its bytes, its columns and itself.
  private struct Character {
    var length = 0
    var width = 0
    var scalar: UInt32 = 0
  }

  /// The byte at which the row begins.
  private(set) var start: Int
  /// The byte that is read now.
  private(set) var index: Int
  /// The columns of the row up to the end of the character read last.
  private(set) var column = 0
  /// The last break opportunity of the row; its index is -1 where there is none.
  private(set) var best = Position(index: -1, column: 0)
  /// The last place where a word too long for a row may be cut.
  private var cut: Position
  private var last = Character()

  // Stored, since reading a shared table at every character takes as long as the rules do.
  private let table = BreakTable.shared
  private let widths = WidthTable.shared
  private var rules = BreakRules()
  private var formatCharacters: ArraySlice<FormatCharacter>
  /// Offset of the first of `formatCharacters`, compared at every character.
  private var nextFormatCharacter: Int
  /// The byte behind the last soft hyphen: a break there takes one more column, for its hyphen.
  private var softHyphen = -1

  init(_ start: Int, _ formatCharacters: ArraySlice<FormatCharacter>) {
    self.start = start
    self.formatCharacters = formatCharacters
    nextFormatCharacter = formatCharacters.first.map { Int($0.offset) } ?? .max
    (index, cut) = (start, Position(index: start, column: 0))
  }

  /// Begins a row behind the line break that is next.
  mutating func newLine() {
    index += 1
    (start, column, best.index, cut) = (index, 0, -1, Position(index: index, column: 0))
    rules = BreakRules()
  }

  /// Passes the letters of a word that has begun, as far as the row has room for them.
  @inline(__always)
  mutating func skipLetters(_ bytes: Bytes, _ end: Int, _ width: Int) {
    guard rules.isAfterLetter else { return }
    let first = index
    let stop = min(end, nextFormatCharacter, index + width - column)
    while index < stop, (bytes[index] | 0x20) &- 0x61 < 26 { index += 1 }
    guard index > first else { return }
    column += index - first
    cut = Position(index: index - 1, column: column - 1)
    last.scalar = 0x61
  }

  /// Reads the character at `index`, which stays there until `step`.
  @inline(__always)
  mutating func read(_ bytes: Bytes, _ end: Int, _ width: Int) {
    if nextFormatCharacter <= index { takeFormatCharacters() }
    if bytes[index] == 0x20 {
      _ = rules.breaks(before: .space) { .start }
      last = Character(length: 1, width: 1, scalar: 0x20)
      column += 1
      return
    }
    let (scalar, length) = decode(bytes, at: index, end: end)
    let after = index + length
    let columns = min(scalar < 0x80 ? 1 : widths.columns(scalar), width)
    let kind = columns == 0 ? BreakClass.mark : table[scalar]
    let allows = rules.breaks(before: kind) {
      guard after < end else { return .start }
      return table[decode(bytes, at: after, end: end).0]
    }
    if allows, index > start, index != softHyphen || column < width {
      best = Position(index: index, column: column)
    }
    if columns > 0, !Self.isInseparable(last.scalar, scalar) {
      cut = Position(index: index, column: column)
    }
    last = Character(length: length, width: columns, scalar: scalar)
    column += columns
  }

  mutating func step() { index += last.length }

  /// Ends the row before what was read; `false` if it is all that stands in the row.
  mutating func cutRow(_ hasCut: inout Bool) -> Bool {
    // Trailing spaces may exceed the width.
    guard last.width > 0, last.scalar != 0x20, index > start else { return false }
    if best.index > start {
      (start, column) = (best.index, column - best.column)
      cut.column -= best.column
    } else {
      hasCut = true
      let isWhole = cut.index > start
      column -= isWhole ? cut.column : column - last.width
      start = isWhole ? cut.index : index
      cut = Position(index: start, column: 0)
    }
    best.index = -1
    return true
  }

  private mutating func takeFormatCharacters() {
    while let next = formatCharacters.first, Int(next.offset) <= index {
      formatCharacters.removeFirst()
      guard Int(next.offset) == index else { continue }
      let kind = BreakTable.shared[next.scalar]
      _ = rules.breaks(before: kind) { .start }
      if next.isSoftHyphen { softHyphen = index }
    }
    nextFormatCharacter = formatCharacters.first.map { Int($0.offset) } ?? .max
  }

  /// Whether an overlong word may not be cut between two characters: a Thai or Lao vowel and its
  /// consonant, the two regional indicators of a flag.
  private static func isInseparable(_ last: UInt32, _ next: UInt32) -> Bool {
    guard next >= 0xE01 else { return false }
    switch next {
    case 0xE30, 0xE32, 0xE33, 0xE45, 0xEB0, 0xEB2, 0xEB3: return true
    case 0x1F1E6...0x1F1FF: return last &- 0x1F1E6 < 26
    default: return last &- 0xE40 < 5 || last &- 0xEC0 < 5
    }
  }
}
