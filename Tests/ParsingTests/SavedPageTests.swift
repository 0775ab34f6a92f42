import Parsing
import Stories
import Testing

/// Pages that browsers save as one file with their pictures, and mails: messages of MIME parts.
@Suite struct SavedPageTests {
  private static let story = """
    <html><head><title>Letters in the attic</title></head><body><article><h1>Letters in the attic\
    </h1><p>The harbour board has met on every second Tuesday since the new pier was opened, and \
    most of its decisions are about mooring fees.</p><p>“This time it was different,” said the \
    clerk, for a box of letters had been found in the attic of the customs house.</p></article>\
    </body></html>
    """

  private func parse(
    _ text: String, name: String = "page.mhtml", address: String? = nil
  ) throws(PageError) -> ParsedPage {
    try parsePage(Page(bytes: Array(text.utf8), address: address, name: name))
  }

  private func text(_ parsed: ParsedPage) -> String {
    parsed.story.blocks.map { block in
      if case .paragraph(let phrases) = block { phrases.text } else { "" }
    }.joined(separator: "|")
  }

  /// The text in quoted-printable, in lines of at most 72 letters.
  private static func quotedPrintable(_ text: String, lineEnd: String) -> String {
    var out = ""
    var column = 0
    for byte in text.utf8 {
      let isPlain = (0x20...0x7E).contains(byte) && byte != 0x3D
      let hex = String(byte, radix: 16, uppercase: true)
      out += isPlain ? String(UnicodeScalar(byte)) : "=" + (hex.utf8.count < 2 ? "0" : "") + hex
      column += isPlain ? 1 : 3
      if column > 72 {
        out += "=" + lineEnd
        column = 0
      }
    }
    return out
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var out = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0...3 {
        out += place <= group.count ? String(letters[bits >> (18 - 6 * place) & 63]) : "="
      }
      if start % 57 == 54 { out += "\r\n" }
    }
    return out
  }

  private static func message(
    _ head: String = "Content-Type: multipart/related; type=\"text/html\"; boundary=\"----x\"",
    parts: [String], lineEnd: String = "\r\n", boundary: String = "----x"
  ) -> String {
    var text = "From: <Saved by Blink>\nSnapshot-Content-Location: https://quay.example/letters\n"
    text += "Subject: =?utf-8?Q?Letters=20in=20the=20attic?=\nMIME-Version: 1.0\n\(head)\n\n"
    for part in parts { text += "\n--\(boundary)\n\(part)" }
    text += "\n--\(boundary)--\n"
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: lineEnd)
  }

  private func expectStory(_ parsed: ParsedPage) {
    #expect(parsed.story.title == "Letters in the attic")
    #expect(text(parsed).contains("every second Tuesday since the new pier"))
    #expect(text(parsed).contains("|“This time it was different,” said the clerk"))
  }

  // MARK: - What browsers write

  @Test("A page in quoted-printable is read, whatever ends its lines", arguments: ["\r\n", "\n"])
  func blink(lineEnd: String) throws {
    let part = """
      Content-Type: text/html
      Content-ID: <frame-1@mhtml.blink>
      Content-Transfer-Encoding: quoted-printable
      Content-Location: https://quay.example/news/letters

      \(Self.quotedPrintable(Self.story, lineEnd: "\n"))
      """
    let style = "Content-Type: text/css\nContent-Transfer-Encoding: quoted-printable\n\np { }"
    let parsed = try parse(Self.message(parts: [part, style], lineEnd: lineEnd))
    expectStory(parsed)
    #expect(parsed.story.address == "https://quay.example/news/letters")
    #expect(parsed.report.format == .html)
  }

  @Test("A page in base64 and another encoding is read")
  func base64() throws {
    let bytes = Array(Self.story.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let part = """
      Content-Type: text/html;
      	charset="unicode"
      Content-Transfer-Encoding: BASE64

      \(Self.base64([0xFF, 0xFE] + bytes))
      """
    let parsed = try parse(Self.message(parts: [part]))
    expectStory(parsed)
    #expect(parsed.story.address == "https://quay.example/letters")
  }

  @Test("Bytes of Windows-1252 that the part's head names are read in it")
  func charset() throws {
    let head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1252\r\n"
    let text = Self.story.unicodeScalars.map { scalar -> UInt8 in
      switch scalar {
      case "“": 0x93
      case "”": 0x94
      default: UInt8(scalar.value & 0x7F)
      }
    }
    let bytes = Array((head + "Content-Transfer-Encoding: 8bit\r\n\r\n").utf8) + text
    expectStory(try parsePage(Page(bytes: bytes, name: "page.mht")))
  }

  @Test("Of parts in parts the page is found, and not what is attached")
  func nested() throws {
    let inner = """
      Content-Type: multipart/alternative; boundary=inner

      This is a message in parts.
      --inner
      Content-Type: text/plain

      Only the short text.
      --inner
      Content-Type: text/html; charset=utf-8

      \(Self.story)
      --inner--
      """
    let attached = """
      Content-Type: text/html
      Content-Disposition: attachment; filename=a.html

      <p>A page that somebody attached, with a sentence that is long enough to be a story.</p>
      """
    let head = "Content-Type: multipart/mixed; boundary=\"----x\""
    expectStory(try parse(Self.message(head, parts: [attached, inner]), name: "mail.eml"))
  }

  @Test("The part that the message names as its start is the page")
  func start() throws {
    let frame = "Content-Type: text/html\nContent-ID: <a@x>\n\n<p>An advertisement in a frame.</p>"
    let part = "Content-Type: text/html; charset=utf-8\nContent-ID: <b@x>\n\n\(Self.story)"
    let head = "Content-Type: multipart/related; start=\"<b@x>\"; boundary=\"----x\""
    expectStory(try parse(Self.message(head, parts: [frame, part])))
  }

  @Test("The caller's address stands before that of the file")
  func address() throws {
    let part = "Content-Type: text/html; charset=utf-8\n\n\(Self.story)"
    let parsed = try parse(Self.message(parts: [part]), address: "https://other.example/a")
    #expect(parsed.story.address == "https://other.example/a")
  }

  // MARK: - Mails

  @Test("A mail of plain text gives its subject, its writer and its decoded text")
  func mail() throws {
    let mail = """
      From: =?ISO-8859-1?Q?Jos=E9_Quill?= <jose@quay.example>
      Subject: =?utf-8?B?\(Self.base64(Array("Café on the pier".utf8)))?=
      Date: Thu, 9 May 2024 10:00:00 +0200
      MIME-Version: 1.0
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      The caf=E9 on the pier was opened on Monday, and everybody who lives near t=
      he harbour came to see it before the evening.
      """
    let parsed = try parse(mail, name: "mail.eml")
    #expect(parsed.story.title == "Café on the pier")
    #expect(parsed.story.byline == ["José Quill"])
    #expect(text(parsed).hasPrefix("The café on the pier was opened"))
    #expect(text(parsed).contains("lives near the harbour"))
  }

  @Test("A page that only begins like a message is read as what it is")
  func noMessage() throws {
    let notes = "Subject: the pier\nContent-Type: text/html is what the server said.\n\nMore text."
    for text in [Self.story, "Content: none\n\n" + Self.story, "Note: a pier\n" + notes] {
      let parsed = try parse(text, name: "page.html")
      #expect(!parsed.story.blocks.isEmpty)
    }
  }

  // MARK: - Made to hurt

  @Test("A message without a page is refused by name")
  func noPage() {
    let parts = ["Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="]
    #expect(throws: PageError.binary("a message (MHTML or mail) without a page in it")) {
      try parse(Self.message(parts: parts))
    }
    #expect(throws: PageError.binary("a message (MHTML or mail) without a page in it")) {
      try parse("MIME-Version: 1.0\nContent-Type: multipart/related\n\nno parts at all\n")
    }
  }

  @Test("A message that is cut anywhere, or does not name its boundary, is still read or refused")
  func cuts() throws {
    let part = """
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      \(Self.quotedPrintable(Self.story, lineEnd: "\n"))
      """
    let whole = Array(Self.message(parts: [part]).utf8)
    for length in 0...whole.count {
      _ = try? parsePage(Page(bytes: Array(whole[..<length]), name: "page.mhtml"))
    }
    expectStory(try parse(Self.message(parts: [part]).replacing("\r\n------x--", with: "")))
    expectStory(try parse(Self.message("Content-Type: multipart/related", parts: [part])))
  }

  @Test("Thousands of parts, deep nesting and long heads take time in proportion to their size")
  func hostile() throws {
    let part = "Content-Type: text/html; charset=utf-8\n\n\(Self.story)"
    let many = Array(repeating: "Content-Type: image/png\n\nx", count: 50_000)
    var deep = ""
    for level in 0..<2000 {
      deep += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
    }
    let fields = (0..<50_000).map { "X-\($0): \(String(repeating: "y", count: 20))\n" }.joined()
    let long = "Subject: a\n" + String(repeating: " b\n", count: 200_000)
    let spent = ContinuousClock().measure {
      for text in [
        Self.message(parts: [part] + many), Self.message(parts: many),
        "MIME-Version: 1.0\n" + deep, fields + long + Self.message(parts: [part]),
      ] { _ = try? parse(text) }
    }
    // Debug builds are some thirty times slower than the program.
    #expect(spent < .seconds(30))
    expectStory(try parse(Self.message(parts: [part] + many)))
    expectStory(try parse(fields + long + Self.message(parts: [part])))
  }
}
