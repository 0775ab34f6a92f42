/// Which Unicode scalars of text from outside are safe to show: the program's only definition.
///
/// Unsafe is what a terminal may obey, what changes the order of the text around it, and what draws
/// nothing, so that two texts that differ look the same. Private use characters are safe: they have
/// a width and, in some fonts, a shape.
///
/// What happens to an unsafe scalar depends on where the text goes:
///
/// | where | what happens |
/// |---|---|
/// | the text of a story on the screen (`Display.safe`) | controls are made visible (`␛`), line and paragraph separators break the line, the rest is left out; `FormatCharacter` remembers what matters to layout |
/// | a field of one line (`Display.safe(oneLine: true)`) | left out; white space becomes one space |
/// | a cell of the terminal, a window title, a typed key (Terminal) | left out, the last check before ncurses |
/// | a message (`Files.shown`) | `?`, so that a name that holds one is not taken for another name |
/// | output on a terminal (``Medium/terminal``) | left out, but line feed and tab |
/// | text, Markdown and HTML to a file or pipe (``Medium/file``) | left out unless it belongs to the spelling: see ``isSpelling(_:after:)`` |
/// | JSON | escaped as `\uXXXX`, so that the value is exact and the bytes are harmless anywhere |
///
/// Source: the Unicode character database, version 15.0 (properties `Bidi_Control`,
/// `Default_Ignorable_Code_Point`, `Noncharacter_Code_Point`, categories Cc, Zl and Zp), and the
/// interlinear annotation characters. A test compares every scalar with Swift's own tables.
package enum SafeScalars {
  /// Why a scalar is unsafe.
  package enum Kind: Sendable, Hashable {
    /// Drawn as itself, or white space.
    case safe
    /// C0, DEL and C1.
    case control
    /// LINE SEPARATOR and PARAGRAPH SEPARATOR.
    case lineSeparator
    /// Embeddings, overrides, isolates and the implicit marks LRM, RLM and ALM.
    case bidiControl
    /// Draws nothing: joiners, fillers, variation selectors, tags, annotations.
    case invisible
    /// Never assigned to a character; U+FFFE, U+FDD0 and their like.
    case noncharacter
  }

  /// The kind of a scalar.
  package static func kind(of scalar: Unicode.Scalar) -> Kind { kind(of: scalar.value) }

  /// The kind of the scalar with that number.
  package static func kind(of scalar: UInt32) -> Kind {
    switch scalar {
    case 0x20...0x7E: .safe
    case 0...0x9F: .control
    case 0x2028, 0x2029: .lineSeparator
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: .bidiControl
    case 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200D,
      0x2060...0x2065, 0x206A...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
      0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      .invisible
    case 0xFDD0...0xFDEF: .noncharacter
    default: scalar & 0xFFFE == 0xFFFE ? .noncharacter : .safe
    }
  }

  /// Whether a scalar may not reach a terminal as it is.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool { kind(of: scalar.value) != .safe }

  /// Whether text holds an unsafe scalar.
  package static func isUnsafe(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains { isUnsafe($0) }
  }

  /// Whether text holds a C0 or C1 control or DEL.
  package static func hasControl(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains { kind(of: $0) == .control }
  }

  /// Whether an unsafe scalar belongs to the spelling of a text, and so stays in a file.
  ///
  /// The soft hyphen, the implicit direction marks and the fillers and vowel separators of Hangul,
  /// Khmer and Mongolian do. A joiner does behind a script that joins or an emoji; among Latin,
  /// Greek and Cyrillic letters it only hides. A variation selector does behind one character, and
  /// a second one, which nothing is drawn for, does not. `previous` is the scalar before it.
  package static func isSpelling(_ scalar: UInt32, after previous: UInt32?) -> Bool {
    switch scalar {
    case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200E, 0x200F,
      0x3164, 0xFFA0:
      return true
    case 0x200C, 0x200D:
      guard let previous else { return false }
      return previous >= 0x590 && !(0x1D00...0x206F).contains(previous)
    case 0xFE00...0xFE0F:
      guard let previous else { return false }
      return previous > 0x20 && kind(of: previous) == .safe
    case 0xE0100...0xE01EF:
      // Only ideographs have variants by these.
      guard let previous else { return false }
      return previous >= 0x2E80 && kind(of: previous) == .safe
    default: return false
    }
  }
}
