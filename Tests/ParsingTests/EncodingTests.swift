import Glibc
import Parsing
import Stories
import Testing

@Suite struct EncodingTests {
  private func text(_ bytes: [UInt8], charset: String? = nil) throws -> (String, String) {
    let parsed = try parsePage(Page(bytes: bytes, charset: charset, format: .html))
    guard case .paragraph(let phrases) = parsed.story.blocks.first else { return ("", "") }
    return (phrases.text, parsed.report.encoding)
  }

  /// The text in an encoding, as glibc writes it.
  private func encoded(_ text: String, _ name: String) -> [UInt8] {
    let handle = iconv_open(name, "UTF-8")
    defer { iconv_close(handle) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    var (left, room) = (input.count, output.count)
    let size = output.count
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        iconv(handle, &from, &left, &to, &room)
      }
    }
    return output[..<(size - room)].map { UInt8(bitPattern: $0) }
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
    #expect(try text(bytes).0 == "Żółw\(Self.words)")
  }

  @Test("A broken byte in UTF-8 becomes a replacement sign")
  func broken() throws {
    let good = String(repeating: "é", count: 50)
    let page = Array("<p>\(good)".utf8) + [0xFF] + Array(" \(Self.words)".utf8)
    #expect(try text(page).0.contains("\u{FFFD}"))
  }

  private static let samples: [(String, String, String)] = [
    ("Shift_JIS", "CP932", "港の灯りがまた点いた。水面にはその影が揺れ、灯台守は三年待ったと話していた。町の人も皆見に来た。"),
    ("euc-jp", "EUC-JP", "港の灯りがまた点いた。水面にはその影が揺れ、灯台守は三年待ったと話していた。町の人も皆見に来た。"),
    ("iso-2022-jp", "ISO-2022-JP", "港の灯りがまた点いた。水面にはその影が揺れ、灯台守は三年待ったと話していた。町の人も皆見に来た。"),
    ("euc-kr", "EUC-KR", "부두의 등불이 다시 켜졌다. 물 위에는 그 그림자가 흔들렸고 등대지기는 삼 년을 기다렸다고 말했다."),
    ("gb2312", "GB18030", "港口的灯又亮了，水面上能看到它的影子，守灯的人说他等这一天已经等了整整三年多的时间。"),
    ("big5", "BIG5-HKSCS", "港口的燈又亮了，水面上能看到它的影子，守燈的人說他等這一天已經等了整整三年多的時間。"),
    (
      "koi8-r", "KOI8-R",
      "Старый фонарь на набережной снова горит, и вода под ним видна до самого дна, говорит сторож."
    ),
    (
      "windows-1251", "CP1251",
      "Старый фонарь на набережной снова горит, и вода под ним видна до самого дна, говорит сторож."
    ),
    (
      "iso-8859-7", "ISO-8859-7",
      "Το παλιό φανάρι στην προκυμαία ανάβει ξανά και το νερό από κάτω φαίνεται ως τον βυθό του."
    ),
    (
      "iso-8859-2", "ISO-8859-2",
      "Stara latarnia na nabrzeżu znów świeci, a woda pod nią jest widoczna aż do dna, mówi stróż."
    ),
    (
      "windows-1252", "CP1252",
      "Le café était déjà fermé, et la forêt brûlée était à peine verte après un très long été."
    ),
    (
      "macintosh", "MACINTOSH",
      "Le café était déjà fermé, et la forêt brûlée était à peine verte après un très long été."
    ),
  ]

  @Test("A declared encoding is read, by the labels of the web", arguments: samples)
  func declared(_ label: String, _ name: String, _ words: String) throws {
    let page = Array("<html><head><meta charset=\"\(label)\"></head><body><p>".utf8)
    #expect(try text(page + encoded(words, name)).0 == words)
    let longer =
      "<meta http-equiv='Content-Type' content='text/html; charset=\(label.uppercased())'><p>"
    #expect(try text(Array(longer.utf8) + encoded(words, name)).0 == words)
    let xml = "<?xml version='1.0' encoding='\(label)'?><html><body><p>"
    #expect(try text(Array(xml.utf8) + encoded(words, name)).0 == words)
  }

  @Test(
    "Without a declaration the detector and the page's language find it",
    arguments: [
      ("ja", 0), ("ja", 1), ("ja", 2), ("ko", 3), ("zh-CN", 4), ("zh-TW", 5), ("ru", 6), ("ru", 7),
      ("el", 8), ("fr", 10),
    ])
  func guessed(_ language: String, _ sample: Int) throws {
    let (_, name, words) = Self.samples[sample]
    let page = Array("<html lang='\(language)'><body><p>".utf8)
    #expect(try text(page + encoded(words + words, name)).0 == words + words)
  }

  @Test("A page that says UTF-8 and is not is read as what it is")
  func falseUTF8() throws {
    let words = "Le café était déjà fermé, et la forêt brûlée était à peine verte."
    let page = Array("<html lang='fr'><meta charset='utf-8'><body><p>".utf8)
    #expect(try text(page + encoded(words + Self.words, "CP1252")).0 == words + Self.words)
  }

  @Test("A declaration of several bytes that do not fit is not believed")
  func falseDeclaration() throws {
    let words = String(
      repeating: "Le café était déjà fermé, et la forêt brûlée était verte. ", count: 4)
    let page = Array("<html lang='fr'><meta charset='shift_jis'><body><p>".utf8)
    #expect(try text(page + encoded(words + "Fin.", "CP1252")).0 == words + "Fin.")
  }

  @Test("The charset of a script is not the page's")
  func script() throws {
    let (_, name, words) = Self.samples[4]
    let page = "<script charset='utf-8' src='x.js'></script><meta charset='gb2312'><p>"
    #expect(try text(Array(page.utf8) + encoded(words, name)).0 == words)
  }

  @Test("Quotation marks and letters of Windows-1252 strewn in UTF-8 are read as such")
  func strewn() throws {
    let good = String(repeating: "é", count: 80)
    let page =
      Array("<p>\(good) it".utf8) + [0x92] + Array("s a na".utf8) + [0xEF]
      + Array("ve one\(Self.words)".utf8)
    #expect(try text(page).0 == "\(good) it’s a naïve one\(Self.words)")
  }

  @Test("Unknown labels and UTF-16 in a meta element leave the bytes to speak")
  func unknown() throws {
    for label in ["x-user-invented", "utf-16", ""] {
      let page = "<meta charset='\(label)'><p>Café\(Self.words)"
      #expect(try text(Array(page.utf8)).0 == "Café\(Self.words)")
    }
  }
}
