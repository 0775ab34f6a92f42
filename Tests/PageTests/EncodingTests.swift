import Parsing
import Stories
import Testing

@Suite struct EncodingTests {
  private func text(_ bytes: [UInt8], charset: String? = nil) throws -> (String, String) {
    let parsed = try parsePage(Page(bytes: bytes, charset: charset, format: .html))
    guard case .paragraph(let phrases) = parsed.story.blocks.first else { return ("", "") }
    return (phrases.text, parsed.report.encoding)
  }

  private static let words =
    " and then a sentence long enough to be taken for running text by the search."

  @Test("Valid UTF-8 is UTF-8, whatever the page declares")
  func utf8() throws {
    let page = "<meta charset='iso-8859-1'><p>Café\(Self.words)"
    #expect(try text(Array(page.utf8)) == ("Café\(Self.words)", "UTF-8"))
  }

  @Test("A declared Latin-1 is read as Windows-1252, as browsers do")
  func latin() throws {
    let page =
      Array("<meta charset='iso-8859-1'><p>Caf".utf8) + [0xE9, 0x20, 0x93] + Array(Self.words.utf8)
    #expect(try text(page).0 == "Café “\(Self.words)")
  }

  @Test("The caller's charset beats the page's own")
  func caller() throws {
    let page = Array("<meta charset='windows-1252'><p>".utf8) + [0xC4] + Array(Self.words.utf8)
    #expect(try text(page, charset: "iso-8859-5").0 == "Ф\(Self.words)")
  }

  @Test("A byte order mark decides", arguments: [true, false])
  func mark(_ isLittle: Bool) throws {
    let units = Array("<p>Żółw\(Self.words)".utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
      return isLittle ? [low, high] : [high, low]
    }
    #expect(try text((isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]) + bytes).0 == "Żółw\(Self.words)")
  }

  @Test("A broken byte in UTF-8 becomes a replacement sign")
  func broken() throws {
    let good = String(repeating: "é", count: 50)
    let page = Array("<p>\(good)".utf8) + [0xFF] + Array(Self.words.utf8)
    #expect(try text(page).0.contains("\u{FFFD}"))
  }
}
