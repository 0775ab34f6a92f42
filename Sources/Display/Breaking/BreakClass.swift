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

/// The classes of all scalars.
struct BreakTable: Sendable {
  static let shared = BreakTable()

  private var classes = ScalarTable(runs: BreakRuns.text, letters: BreakClass.letters)

  private init() {
    // Each 28th syllable of Hangul ends in a vowel.
    for syllable in stride(from: 0xAC00, through: 0xD7A3, by: 28) {
      classes.set(syllable, to: BreakClass.openSyllable.rawValue)
    }
  }

  @inline(__always)
  subscript(_ scalar: UInt32) -> BreakClass { BreakClass(rawValue: classes[scalar]) ?? .letter }

  @inline(__always)
  static func ascii(_ byte: UInt8) -> BreakClass {
    (byte | 0x20) &- 0x61 < 26 ? .letter : shared[UInt32(byte)]
  }
}
