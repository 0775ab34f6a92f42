import CWideCharacters
import Display
import Testing

@Suite struct WidthTests {
  /// The only exceptions: what the screen never gets, so that its width does not matter.
  private func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isDefaultIgnorableCodePoint || properties.isBidiControl
      || [.lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
      || (0xFFF9...0xFFFB).contains(scalar.value)
  }

  /// glibc has this locale built in since 2.35; without it no width could be compared.
  init() throws { _ = try #require(setlocale(LC_CTYPE, "C.UTF-8")) }

  @Test("Every scalar is as wide as the C library says")
  func allScalars() {
    var wrong: [String] = []
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), !isDropped(scalar) else { continue }
      let wanted = Int(wcwidth(wchar_t(bitPattern: value)))
      // What the library does not know is shown as U+FFFD, one column; a control has none.
      let expected = wanted >= 0 ? wanted : value < 0xA0 ? 0 : 1
      if displayWidth(of: String(scalar)) != expected {
        wrong.append("U+\(String(value, radix: 16)): \(wanted)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(10))")
  }

  @Test("Safe text holds nothing the library gives no width, and no more than is allowed")
  func safeIsPrintable() {
    for first in stride(from: UInt32(0), to: 0x110000, by: 512) {
      var text = ""
      for scalar in (first..<(first + 512)).compactMap(Unicode.Scalar.init) {
        text.unicodeScalars.append(contentsOf: ["a", scalar])
      }
      for oneLine in [true, false] {
        for shown in safe(text, oneLine: oneLine).unicodeScalars {
          let width = wcwidth(wchar_t(bitPattern: shown.value))
          if width < 0, shown != "\n" || oneLine {
            Issue.record("U+\(String(shown.value, radix: 16))")
          }
        }
      }
    }
  }

  @Test("Controls are made visible in text and taken out of one line")
  func controls() {
    #expect(safe("a\u{1B}]0;pwn\u{07}b", oneLine: false) == "a␛]0;pwn␇b")
    #expect(safe("a\u{1B}]0;pwn\u{07}b", oneLine: true) == "a]0;pwnb")
    #expect(safe("\u{9B}31m\u{7F}\0", oneLine: false) == "␛[31m␡␀")
    #expect(safe("safe\rEVIL", oneLine: false) == "safe␍EVIL")
    #expect(safe("a\r\nb\u{2028}c\u{85}d", oneLine: false) == "a\nb\nc\nd")
    #expect(safe(" a\t\u{0B}\u{0C}\r\n b\u{2029}\u{A0}c ", oneLine: true) == "a b c")
    #expect(safe("a\tb", oneLine: false) == "a    b")
  }

  @Test("What turns, joins or hides text is dropped")
  func invisible() {
    #expect(safe("pay\u{200B}pal\u{202E}\u{2066}\u{FEFF}\u{E0041}", oneLine: false) == "paypal")
    let family = safe("👩\u{200D}👧 ❤\u{FE0F} 👍\u{1F3FD}", oneLine: false)
    #expect(Array(family.unicodeScalars) == Array("👩👧 ❤ 👍".unicodeScalars))
    #expect(displayWidth(of: family) == 9)
  }

  @Test("A base keeps four marks, a mark without a base none")
  func marks() {
    let zalgo = "e" + String(repeating: "\u{301}", count: 100_000)
    #expect(safe(zalgo, oneLine: false).unicodeScalars.count == 5)
    #expect(safe("\u{301}a", oneLine: false) == "a")
    #expect(safe("a \u{301}b", oneLine: false) == "a b")
  }

  @Test("Text is cut to a width with an ellipsis, never wider")
  func truncation() {
    #expect(truncated("harbour", to: 7) == "harbour")
    #expect(truncated("harbour", to: 6) == "harbo…")
    #expect(truncated("harbour", to: 6, isASCII: true) == "har...")
    #expect(truncated("日本語", to: 5) == "日本…")
    #expect(truncated("日本語", to: 4) == "日…")
    #expect(truncated("harbour", to: 0).isEmpty)
    for width in 0...12 {
      for isASCII in [true, false] {
        let cut = truncated("日e\u{301}本 harbour 語", to: width, isASCII: isASCII)
        #expect(displayWidth(of: cut) <= width)
      }
    }
  }
}
