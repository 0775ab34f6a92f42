/// What a scalar is to a line break: the classes of UAX #14.
///
/// Brackets are parted into wide ones and others, as LB30 asks, quotes by the side they stand on.
package enum BreakClass: UInt8, Sendable {
  case letter, hebrew, digit, ideograph, mark
  case opening, wideOpening, closing, wideClosing, roundClosing
  case quote, openingQuote, closingQuote
  case exclamation, infix, slash, hyphen
  case breakAfter, breakBefore, emDash, glue, wordJoiner, zeroWidthSpace, nonstarter, ellipsis
  case postfix, prefix, regional, emojiBase, emojiModifier, object
  /// Letters of scripts that write no spaces, as Thai: without a dictionary they are letters.
  case complex
  case leadingJamo, vowelJamo, trailingJamo, openSyllable, closedSyllable
  case lineBreak, space, zeroWidthJoiner
  /// Before any text.
  case start

  /// The class of a scalar.
  package init(_ scalar: Unicode.Scalar) { self = BreakTable.shared[scalar.value] }

  /// How `BreakRuns` writes the classes, in the order of the cases.
  static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZghijklmnopqrst"
}

/// The classes of all scalars: a flat table for the first plane, runs above it.
struct BreakTable: Sendable {
  static let shared = BreakTable()

  private var plane: [UInt8] = []
  private var starts: [UInt32] = []
  private var classes: [UInt8] = []

  private init() {
    var raw = [UInt8](repeating: 0, count: 128)
    for (index, letter) in BreakClass.letters.utf8.enumerated() {
      raw[Int(letter)] = UInt8(truncatingIfNeeded: index)
    }
    plane.reserveCapacity(0x1_0000)
    var at: UInt32 = 0
    var length: UInt32 = 0
    var kind: UInt8 = 0
    for byte in Array(BreakRuns.text.utf8) {
      switch byte {
      case 0x30...0x39: length = length << 4 | UInt32(byte &- 0x30)
      case 0x61...0x66: length = length << 4 | UInt32(byte &- 0x57)
      default:
        add(kind, from: at, count: length)
        at += length
        length = 0
        kind = raw[Int(byte & 0x7F)]
      }
    }
    add(kind, from: at, count: length)
    add(BreakClass.letter.rawValue, from: at + length, count: 0x11_0000 - at - length)
    // Each 28th syllable of Hangul ends in a vowel.
    for syllable in stride(from: 0xAC00, through: 0xD7A3, by: 28) {
      plane[syllable] = BreakClass.openSyllable.rawValue
    }
  }

  /// Adds the next run; runs come in order and without gaps.
  private mutating func add(_ kind: UInt8, from start: UInt32, count: UInt32) {
    guard count > 0 else { return }
    plane += repeatElement(kind, count: min(0x1_0000 - plane.count, Int(count)))
    if start + count > 0x1_0000 {
      starts.append(start)
      classes.append(kind)
    }
  }

  @inline(__always)
  subscript(_ scalar: UInt32) -> BreakClass {
    BreakClass(rawValue: scalar < 0x1_0000 ? plane[Int(scalar)] : high(scalar)) ?? .letter
  }

  private func high(_ scalar: UInt32) -> UInt8 {
    var low = 0
    var end = starts.count
    while low < end {
      let middle = (low + end) / 2
      if starts[middle] <= scalar { low = middle + 1 } else { end = middle }
    }
    return low > 0 ? classes[low - 1] : BreakClass.letter.rawValue
  }
}

extension BreakTable {
  @inline(__always)
  static func ascii(_ byte: UInt8) -> BreakClass {
    (byte | 0x20) &- 0x61 < 26 ? .letter : shared[UInt32(byte)]
  }
}
