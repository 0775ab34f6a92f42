import Stories
import Testing

@Suite struct SafeScalarsTests {
  private let scalars = (UInt32(0)...0x10FFFF).lazy.compactMap { Unicode.Scalar($0) }

  @Test("Every scalar is as safe as the Unicode database says")
  func allScalars() {
    var wrong: [String] = []
    for scalar in scalars {
      let properties = scalar.properties
      let wanted: SafeScalars.Kind
      switch properties.generalCategory {
      case .control: wanted = .control
      case .lineSeparator, .paragraphSeparator: wanted = .lineSeparator
      default:
        let isAnnotation = (0xFFF9...0xFFFB).contains(scalar.value)
        wanted =
          properties.isBidiControl
          ? .bidiControl
          : properties.isNoncharacterCodePoint
            ? .noncharacter
            : properties.isDefaultIgnorableCodePoint || isAnnotation ? .invisible : .safe
      }
      if SafeScalars.kind(of: scalar) != wanted {
        wrong.append("U+\(String(scalar.value, radix: 16)): \(wanted)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(10))")
  }

  @Test("On a terminal nothing unsafe is left but line feeds and tabs, and all else stays")
  func terminal() {
    for scalar in scalars {
      let text = "a\(String(scalar))b"
      let isLeft = !SafeScalars.isUnsafe(scalar) || scalar == "\n" || scalar == "\t"
      let wanted = isLeft ? text : "ab"
      if SafeScalars.clean(text, for: .terminal) != Array(wanted.utf8) {
        Issue.record("U+\(String(scalar.value, radix: 16))")
      }
    }
  }

  @Test("In a file only what belongs to the spelling is left of what is unsafe")
  func file() {
    for scalar in scalars where SafeScalars.isUnsafe(scalar) {
      let isLeft =
        scalar == "\n" || scalar == "\t"
        || SafeScalars.isSpelling(scalar.value, after: 0x61)
      let wanted = isLeft ? "a\(String(scalar))b" : "ab"
      if SafeScalars.clean("a\(String(scalar))b", for: .file) != Array(wanted.utf8) {
        Issue.record("U+\(String(scalar.value, radix: 16))")
      }
    }
  }

  @Test(
    "A joiner or variation selector stays where it is spelled with, and hides nothing elsewhere",
    arguments: [
      ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("क्\u{200D}ष", "क्\u{200D}ष"),
      ("👩\u{200D}👧", "👩\u{200D}👧"), ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"),
      ("1\u{FE0F}\u{20E3}", "1\u{FE0F}\u{20E3}"), ("soft\u{AD}ly", "soft\u{AD}ly"),
      ("葛\u{E0100}城", "葛\u{E0100}城"), ("pay\u{200B}pal\u{200C}\u{200D}\u{2060}\u{FEFF}", "paypal"),
      ("x\u{E0001}\u{E0041}\u{E007F}", "x"), ("😀\u{FE0F}\u{FE01}\u{E0101}\u{E0102}", "😀\u{FE0F}"),
      ("a\u{E0100}", "a"), ("a\u{202E}b\u{2066}c\u{2028}d\u{FFF9}e\u{FFFF}f", "abcdef"),
      ("a\u{1B}[31mb\u{9B}c\u{7F}\u{0}\r\n\td", "a[31mbc\n\td"),
    ])
  func spelling(text: String, wanted: String) {
    #expect(String(decoding: SafeScalars.clean(text, for: .file), as: UTF8.self) == wanted)
  }

  @Test("Text that comes in pieces is cleaned as if it came in one")
  func pieces() {
    let text = "می\u{200C}خ 👩\u{200D}👧 a\u{200D}b \u{FE0F}葛\u{E0100}\u{E0101}"
    for cut in text.unicodeScalars.indices {
      var bytes = Array(String(text.unicodeScalars[..<cut]).utf8)
      SafeScalars.clean(&bytes, for: .file)
      let start = bytes.count
      bytes += Array(String(text.unicodeScalars[cut...]).utf8)
      SafeScalars.clean(&bytes, from: start, for: .file)
      #expect(bytes == SafeScalars.clean(text, for: .file))
    }
  }
}
