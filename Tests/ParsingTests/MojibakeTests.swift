import Parsing
import Stories
import Testing

/// What was spoilt by a wrong decoding is repaired where that is certain, and nothing else is touched.
@Suite struct MojibakeTests {
  /// The first paragraph of a page whose bytes are these.
  private func text(_ page: String) throws -> String {
    let bytes = Array("<meta charset='utf-8'>\(page)".utf8)
    let story = try parsePage(Page(bytes: bytes, format: .html)).story
    guard case .paragraph(let phrases) = story.blocks.first else { return "" }
    return phrases.text
  }

  /// The text as it looks when its UTF-8 is read as Windows-1252, so often.
  private func spoilt(_ text: String, times: Int = 1) -> String {
    let open: [UInt8: UInt32] = [
      0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020,
      0x87: 0x2021,
      0x88: 0x2C6, 0x89: 0x2030, 0x8A: 0x160, 0x8B: 0x2039, 0x8C: 0x152, 0x8E: 0x17D, 0x91: 0x2018,
      0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014,
      0x98: 0x2DC, 0x99: 0x2122, 0x9A: 0x161, 0x9B: 0x203A, 0x9C: 0x153, 0x9E: 0x17E, 0x9F: 0x178,
    ]
    var text = text
    for _ in 0..<times {
      let scalars = text.utf8.compactMap { Unicode.Scalar(open[$0] ?? UInt32($0)) }
      text = String(String.UnicodeScalarView(scalars))
    }
    return text
  }

  private static let words = [
    "The café’s owner said “no” — and the naïve crowd at the fête agreed with her about it all.",
    "Après l’été, la forêt brûlée était à peine verte, et l’on n’osait s’y aventurer sans un guide.",
    "Старый фонарь на набережной снова горит, и вода под ним видна до самого дна, говорит сторож.",
    "港口的灯又亮了，水面上能看到它的影子，守灯的人说他等这一天已经等了整整三年多的时间。",
    "A lamp was lit on the quay 🙂 and the whole town came down to see it burn there all night.",
  ]

  @Test("A text spoilt once, twice or three times is whole again", arguments: words)
  func whole(_ words: String) throws {
    for times in 1...3 { #expect(try text("<p>\(spoilt(words, times: times))</p>") == words) }
  }

  @Test("A spoilt run among right ones is repaired, the others stay")
  func run() throws {
    let page =
      "<p>\(spoilt("It’s a café, said the keeper of the lamp, and went on with his long story."))</p>"
      + "<p>Le café était déjà fermé, et la forêt brûlée était à peine verte après un long été.</p>"
    let story = try parsePage(
      Page(bytes: Array("<meta charset='utf-8'>\(page)".utf8), format: .html)
    ).story
    #expect(story.dump.contains("It’s a café, said the keeper"))
    #expect(story.dump.contains("Le café était déjà fermé, et la forêt brûlée"))
  }

  @Test(
    "Real text that looks like it stays as it is",
    arguments: [
      "A MAÇÃ E A MANHÃ… foi o que ele disse à irmã, e depois apagou a luz do cais sem pressa.",
      "SÃO PAULO E A NAÇÃO: «AMANHÃ» é o título do conto que todos leram na praça ontem à noite.",
      "Die Karte im „CAFÉ“ und das „MENÜ“ lagen auf dem Tisch, und niemand las sie an dem Abend.",
      "«LA BONTÉ» et «LE CAFÉ» sont deux mots que l’on voit sur la façade, disait le gardien hier.",
      "Tiếng Việt có nhiều dấu: Ã, Â, Ê, Ô, Ơ, Ư; người giữ đèn đọc chậm từng chữ một cho trẻ em.",
      "Some write “Ã©” where they mean “é”, says the keeper, who has seen it on many a poor page.",
      "The letter “Ã” and the letter “Â” stand in the keeper’s old primer beside the drawn lamps.",
      "Le prix est de 5 € à l’été – « pas cher », dit-il… et l’on s’en va voir la forêt brûlée.",
    ])
  func right(_ words: String) throws { #expect(try text("<p>\(words)</p>") == words) }

  @Test(
    "A megabyte of spoilt and half-spoilt signs takes time in proportion",
    arguments: ["Ã©", "Ã", "â€", "ðŸ", "Ð"])
  func long(_ sign: String) throws {
    let page = "<p>" + String(repeating: sign, count: 200_000)
    #expect(try !text(page).isEmpty)
  }
}
