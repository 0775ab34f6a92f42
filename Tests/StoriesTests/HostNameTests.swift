import Stories
import Testing

@Suite struct HostNameTests {
  @Test(
    "A host that cannot be taken for another is shown in its own letters",
    arguments: [
      "a.example", "münchen.de", "straße.example", "português.example", "łódź.pl", "việt.example",
      "пример.рф", "новости.example", "београд.срб", "ελλάδα.gr", "例え.jp", "日本語.jp",
      "ラーメン.jp", "東京tower.jp", "中文.example", "한국.kr", "한국abc.kr", "ไทยแลนด์.ไทย",
      "हिन्दी.भारत", "עברית.example", "مصر.example", "հայաստան.example", "საქართველო.example",
      "ру.рф", "a-b.münchen-1.de", "www.bücher.example",
    ])
  func kept(host: String) { #expect(HostName.shown(host) == host) }

  @Test(
    "A host that could be taken for another is shown in ASCII",
    arguments: [
      // Cyrillic, Greek, Armenian, Cherokee and Lisu letters among Latin ones.
      ("\u{430}pple.com", "xn--pple-43d.com"), ("g\u{3BF}\u{3BF}gle.com", "xn--ggle-0nda.com"),
      ("paypa\u{4CF}.com", "xn--paypa-iof.com"), ("g\u{585}ogle.com", nil), ("\u{13A2}bc.com", nil),
      // Nothing but Cyrillic letters that look like Latin ones.
      ("\u{430}\u{440}\u{440}\u{4CF}\u{435}.com", "xn--80ak6aa92e.com"),
      ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"), ("\u{441}\u{43E}\u{440}\u{435}.example", nil),
      // Latin letters that look like others; full-width and mathematical ones.
      ("\u{261}oogle.com", "xn--oogle-qmc.com"), ("tw\u{131}tter.com", nil),
      ("paypa\u{217C}.com", nil),
      ("\u{1D5BA}pple.com", nil), ("am\u{1EA1}zon.com", nil), ("fa\u{17F}t.com", nil),
      // What is not drawn, marks, punctuation, other digits.
      ("pay\u{200D}pal.com", nil), ("pay\u{202E}pal.com", nil), ("a\u{330}pple.com", nil),
      ("a\u{2044}b.com", nil), ("a\u{B7}b.com", nil), ("a\u{2024}com.example", nil),
      ("\u{661}\u{662}.com", nil), ("\u{E0041}a.com", nil),
      // A slash, a hyphen.
      ("bank\u{30CE}login.com", nil), ("a\u{30FC}b.com", nil), ("\u{4E00}.com", nil),
      // Two scripts that are not written together.
      ("новостиnews.com", nil), ("日本новости.jp", nil), ("한국日本ひらがな.kr", nil),
      // What Punycode does not need to say, or cannot.
      ("xn--a.com", "xn--a.com"), ("xn--.com", "xn--.com"),
      ("xn--99999999.com", "xn--99999999.com"),
      ("xn--MNCHEN-3ya.de", "münchen.de"), ("xn--mnchen-3YA.de", "münchen.de"),
    ])
  func encoded(host: String, wanted: String?) {
    let shown = HostName.shown(host)
    if let wanted {
      #expect(shown == wanted)
    } else {
      #expect(shown.utf8.allSatisfy { $0 < 0x80 }, "\(shown)")
    }
  }

  @Test(
    "What is not drawn and IDNA ignores does not part names",
    arguments: ["\u{AD}", "\u{200B}", "\u{FEFF}"])
  func ignored(scalar: String) { #expect(HostName.shown("pay\(scalar)pal.com") == "paypal.com") }

  @Test("Letters of one shape are one name: full width, capitals, other dots")
  func mapped() {
    #expect(HostName.shown("ＡＰＰＬＥ．ｃｏｍ") == "apple.com")
    #expect(HostName.shown("MÜNCHEN。DE") == "münchen.de")
  }

  @Test("Long names are shown, and soon")
  func long() {
    let clock = ContinuousClock()
    let time = clock.measure {
      for letter in ["a", "ü", "а", "日", "%41", "xn--"] {
        let name = String(repeating: letter, count: 20_000)
        #expect(HostName.shown(name).utf8.allSatisfy { $0 < 0x80 })
        #expect(HostName.shown(name + ".com").utf8.allSatisfy { $0 < 0x80 })
      }
    }
    #expect(time < .seconds(5))
  }

  @Test(
    "A name of a site that looks like a host is shown as one, any other as it is",
    arguments: [
      ("\u{430}pple.com", "xn--pple-43d.com"), ("The Harbour Post", "The Harbour Post"),
      ("Süddeutsche.de", "Süddeutsche.de"), ("Новости. Сегодня", "Новости. Сегодня"), ("", ""),
      ("Новости", "Новости"), ("Ведомости.ру", "Ведомости.ру"),
    ])
  func names(name: String, wanted: String) { #expect(HostName.shownName(name) == wanted) }
}
