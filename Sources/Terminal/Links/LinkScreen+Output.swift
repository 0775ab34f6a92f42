import CNcurses
import Display
import Glibc

// The output of ncurses, interpreted as a terminal does.
extension LinkScreen {
  /// Updates the model by output that ends with a complete sequence, as that of a whole frame does.
  mutating func follow(_ bytes: [UInt8]) {
    var reader = OutputReader(bytes)
    while let output = reader.next() { take(output) }
  }

  private mutating func take(_ output: OutputReader.Output) {
    switch output {
    case .text(let count, let width): write(count, width: width)
    case .control(let byte): takeControl(byte)
    case .escape(let final): takeEscape(final)
    case .sequence(let final, let numbers): takeSequence(final, numbers)
    case .nothing: break
    case .unknown: forget()
    }
  }

  private mutating func takeControl(_ byte: UInt8) {
    switch byte {
    case 0x08: move(columns: -1)
    case 0x09: tab(1)
    case 0x0A: lineFeed()
    case 0x0D: move(toColumn: 0)
    case 0x00, 0x07, 0x0E, 0x0F: break
    default: forget()
    }
  }

  private mutating func takeEscape(_ final: UInt8) {
    switch final {
    case UInt8(ascii: "7"): saved = cursor
    case UInt8(ascii: "8"): restoreCursor()
    case UInt8(ascii: "D"): lineFeed()
    case UInt8(ascii: "M"): reverseLineFeed()
    case UInt8(ascii: "="), UInt8(ascii: ">"): break
    default: forget()
    }
  }

  private mutating func takeSequence(_ final: UInt8, _ numbers: [Int]) {
    let first = numbers.first ?? 0
    let count = max(1, first)
    let second = numbers.count > 1 ? numbers[1] : 0
    switch final {
    case UInt8(ascii: "H"), UInt8(ascii: "f"): move(to: count - 1, max(1, second) - 1)
    case UInt8(ascii: "A"): move(rows: -count)
    case UInt8(ascii: "B"): move(rows: count)
    case UInt8(ascii: "C"): move(columns: count)
    case UInt8(ascii: "D"): move(columns: -count)
    case UInt8(ascii: "G"), UInt8(ascii: "`"): move(toColumn: count - 1)
    case UInt8(ascii: "d"): move(toRow: count - 1)
    case UInt8(ascii: "I"): tab(count)
    case UInt8(ascii: "Z"): tab(-count)
    case UInt8(ascii: "J"): eraseScreen(first)
    case UInt8(ascii: "K"): eraseLine(first)
    case UInt8(ascii: "X"): eraseCharacters(count)
    case UInt8(ascii: "@"): insertCharacters(count)
    case UInt8(ascii: "P"): deleteCharacters(count)
    case UInt8(ascii: "L"): insertLines(count)
    case UInt8(ascii: "M"): insertLines(-count)
    case UInt8(ascii: "S"): scroll(count)
    case UInt8(ascii: "T"): scroll(-count)
    case UInt8(ascii: "r"): setRegion(first, second)
    // What ncurses repeats is one column wide.
    case UInt8(ascii: "b"): write(count)
    case UInt8(ascii: "h") where first == 4: isInserting = true
    case UInt8(ascii: "l") where first == 4: isInserting = false
    case UInt8(ascii: "m"), UInt8(ascii: "t"): break
    default: forget()
    }
  }

  private mutating func tab(_ count: Int) {
    guard let cursor else { return }
    let column = min(cursor.column, size.columns - 1)
    let stop = count > 0 ? column / 8 + count : (column + 7) / 8 + count
    move(toColumn: stop * 8)
  }
}

/// Splits what a program writes to a terminal into characters and sequences.
private struct OutputReader {
  enum Output {
    /// The number of characters, and the columns that each takes.
    case text(Int, width: Int)
    case control(UInt8)
    /// ESC and a letter.
    case escape(UInt8)
    /// CSI, by its last byte and its numbers.
    case sequence(UInt8, [Int])
    /// What changes neither cells nor the cursor: modes, titles, sets of characters.
    case nothing
    case unknown
  }

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Output? {
    guard at < bytes.count else { return nil }
    let byte = bytes[at]
    if byte == 0x1B { return escape() }
    if byte < 0x20 || byte == 0x7F {
      at += 1
      return .control(byte)
    }
    return byte < 0x80 ? plainText() : character()
  }

  /// A run of ASCII.
  private mutating func plainText() -> Output {
    let start = at
    while at < bytes.count, (0x20..<0x7F).contains(bytes[at]) { at += 1 }
    return .text(at - start, width: 1)
  }

  private mutating func character() -> Output {
    let length = bytes[at] >= 0xF0 ? 4 : bytes[at] >= 0xE0 ? 3 : 2
    let end = min(at + length, bytes.count)
    let scalar = String(decoding: bytes[at..<end], as: UTF8.self).unicodeScalars.first
    at = end
    guard let scalar, case let columns = wcwidth(wchar_t(bitPattern: scalar.value)), columns >= 0
    else { return .unknown }
    return columns == 0 ? .nothing : .text(1, width: Int(columns))
  }

  private mutating func escape() -> Output {
    at += 1
    guard at < bytes.count else { return .unknown }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "["): return sequence()
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      at += 1
      return .nothing
    default: return .escape(byte)
    }
  }

  private mutating func sequence() -> Output {
    let isPrivate = at < bytes.count && bytes[at] == UInt8(ascii: "?")
    if isPrivate { at += 1 }
    var numbers = [0]
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case 0x30...0x39:
        numbers[numbers.count - 1] = min(numbers.last ?? 0, 9999) * 10 + Int(byte & 15)
      // Colons separate the numbers of a colour.
      case 0x3A, 0x3B: numbers.append(0)
      case 0x40...0x7E:
        guard isPrivate else { return .sequence(byte, numbers) }
        return byte == UInt8(ascii: "h") || byte == UInt8(ascii: "l") ? .nothing : .unknown
      default: return .unknown
      }
    }
    return .unknown
  }
}
