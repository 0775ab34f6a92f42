import Stories
import Testing

@Suite struct WebAddressTests {
  @Test("An address is taken apart")
  func parts() throws {
    let address = try #require(
      WebAddress("HTTPS://desk:key@News.Example:8080/a/b.html?c=d&e#low-water"))
    #expect(address.text == "https://desk:key@News.Example:8080/a/b.html?c=d&e#low-water")
    #expect(address.scheme == "https")
    #expect(address.userInfo == "desk:key")
    #expect(address.writtenHost == "News.Example")
    #expect(address.host == "news.example")
    #expect(address.port == 8080)
    #expect(address.origin == "https://desk:key@News.Example:8080")
    #expect(address.path == "/a/b.html")
    #expect(address.folder == "/a/")
    #expect(address.query == "c=d&e")
    #expect(address.fragment == "low-water")
    #expect(address.page == "https://desk:key@News.Example:8080/a/b.html")
    #expect(WebAddress("https://www.a.example")?.site == "a.example")
    #expect(WebAddress("https://a.example")?.page == "https://a.example/")
    #expect(WebAddress("https://a.example/?")?.query == "")
    #expect(WebAddress("https://a.example/")?.query == nil)
    #expect(WebAddress("https://a.example/#")?.fragment == "")
    #expect(WebAddress("mailto:desk@a.example")?.path == "desk@a.example")
  }

  @Test(
    "A reference is resolved as RFC 3986 says (section 5.4)",
    arguments: [
      ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
      ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
      ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"),
      ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
      ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
      ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"),
      ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
      ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"),
      ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
      ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
      ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
      ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
      ("g?y/./x", "http://a/b/c/g?y/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"),
      // As browsers read what the standard for them says.
      ("http:g", "http://a/b/c/g"), ("https:g", "https://g"), ("https:/g", "https://g"),
      ("\\g", "http://a/g"), ("\\\\g\\h", "http://g/h"), ("///g", "http://g"),
      ("%2e%2E/g", "http://a/b/g"), ("g\\..\\h", "http://a/b/c/h"), (" g\n", "http://a/b/c/g"),
      ("a b", "http://a/b/c/a%20b"), ("ht\ntp://g/", "http://g/"), ("12:30", "http://a/b/c/12:30"),
      ("g?a\\b", "http://a/b/c/g?a\\b"), ("HTTP://G/", "http://G/"),
    ])
  func references(reference: String, wanted: String) throws {
    let base = try #require(WebAddress("http://a/b/c/d;p?q"))
    #expect(WebAddress(reference, relativeTo: base)?.text == wanted)
  }

  @Test(
    "A broken address is none",
    arguments: [
      "", " ", "a.example", "/a", "#a", "?a", "https:", "https://", "https:///", "https://?a",
      "https://a b/", "https://a%20b/", "https://a%00/", "https://a%/", "https://a<b>/",
      "https://a.example:65536/", "https://a.example:8a/", "https://a.example:-1/",
      "https://[::1/", "https://[a.example]/", "https://[]/", "https://:80/", "https://user@/",
      "https://a%2Fb/", "https://%FF/", "1http://a/", "://a/",
      // No IP addresses, though they end in a number.
      "http://1.2.3.4.5/", "http://256.0.0.1/", "http://1.2.3.256/", "http://4294967296/",
      "http://0x100000000/", "http://09.1/", "http://1..2/", "http://a.example.1/",
      "http://a.0x1f/",
      "http://99999999999999999999999/", "http://[1]/", "http://[::1::]/",
      "http://[1:2:3:4:5:6:7]/",
      "http://[1:2:3:4:5:6:7:8:9]/", "http://[12345::]/", "http://[::1.2.3]/",
      "http://[::1.2.3.04]/",
      "http://[:::]/", "http://[1:]/", "http://[::1.2.3.4:1]/", "http://[::256.1.1.1]/",
      "https://" + String(repeating: "a", count: 2000) + ".example/",
      "https://a.example/" + String(repeating: "a", count: 8200),
    ])
  func broken(written: String) { #expect(WebAddress(written) == nil) }

  @Test(
    "The host begins behind the last @ and ends where browsers end it",
    arguments: [
      ("http://good.example@evil.example/", "evil.example"),
      ("http://good.example:80@evil.example/", "evil.example"),
      ("http://a@b@evil.example/", "evil.example"),
      ("http://evil.example\\@good.example/", "evil.example"),
      ("http://evil.example#@good.example/", "evil.example"),
      ("http://evil.example?@good.example/", "evil.example"),
      ("http:\\\\evil.example\\good.example", "evil.example"),
      ("http://\tevil.\nexample/", "evil.example"), ("http://EV%49L.example/", "evil.example"),
      ("http://evil。example/", "evil.example"), ("http://ｅｖｉｌ.example/", "evil.example"),
      ("http://ev\u{AD}il.example/", "evil.example"), ("http://[::1]:80/", "[::1]"),
      ("http://[2001:DB8::7]/", "[2001:db8::7]"), ("http://127.0.0.1/", "127.0.0.1"),
      ("http://evil.example./", "evil.example."), ("ftp://evil.example\\x/", nil),
    ])
  func hosts(written: String, host: String?) { #expect(WebAddress(written)?.host == host) }

  @Test(
    "Every spelling of a host has one form (URL Standard, host parsing)",
    arguments: [
      ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("017700000001", "127.0.0.1"),
      ("0x7F000001", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"), ("0177.0.0.0x1", "127.0.0.1"),
      ("127.256", "127.0.1.0"), ("1.2.3", "1.2.0.3"), ("0", "0.0.0.0"), ("0x", "0.0.0.0"),
      ("0x.0x", "0.0.0.0"), ("4294967295", "255.255.255.255"), ("%31%32%37.1", "127.0.0.1"),
      ("１２７。０。０。１", "127.0.0.1"), ("١.example", "xn--9hb.example"),
      ("0x7g.example", "0x7g.example"),
      ("1.a", "1.a"), ("1a", "1a"), ("0xg", "0xg"), ("7.0b", "7.0b"), ("dead.beef", "dead.beef"),
      ("ＡＰＰＬＥ．com", "apple.com"), ("MÜNCHEN。DE", "xn--mnchen-3ya.de"),
      ("XN--mnchen-3ya.de", "xn--mnchen-3ya.de"), ("pay\u{AD}pal.com", "paypal.com"),
      ("ⓐⓟⓟⓛⓔ.com", "apple.com"), ("𝐚𝐩𝐩𝐥𝐞.𝖈𝖔𝖒", "apple.com"), ("ａｐｐｌｅ.ｃｏｍ", "apple.com"),
      ("ﾃﾞ.example", "xn--edk.example"), ("ﾃ.example", "xn--ddk.example"), ("𝟏𝟐𝟕．①", "127.0.0.1"),
      ("ℓ².example", "l2.example"),
      ("mu\u{308}nchen.de", "xn--mnchen-3ya.de"), ("MU\u{308}NCHEN.de", "xn--mnchen-3ya.de"),
      ("a\u{200B}p\u{2060}p\u{FE0F}l\u{180F}e\u{E0101}.com", "apple.com"),
      ("Ω.example", "xn--bya.example"), ("faß.de", "xn--fa-hia.de"), ("STRASSE.DE", "strasse.de"),
      ("ΣΣ.example", "xn--4xaa.example"), ("%EF%BC%A1.example", "a.example"),
      ("か\u{3099}.example", "xn--v8j.example"), ("е\u{308}.example", "xn--61a.example"),
      ("[0:0:0:0:0:0:0:1]", "[::1]"), ("[::]", "[::]"), ("[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]"),
      ("[1:0:2:3:4:5:6:7]", "[1:0:2:3:4:5:6:7]"), ("[::FFFF:127.0.0.1]", "[::ffff:7f00:1]"),
      ("[1::]", "[1::]"), ("[00ab::1]", "[ab::1]"),
    ])
  func normalized(host: String, wanted: String) throws {
    let address = try #require(WebAddress("http://\(host)/"))
    #expect(address.normalizedHost == wanted)
    // As it was written, it stays in what is stored.
    #expect(address.text == "http://\(host)/")
    #expect(WebAddress("http://\(wanted)/")?.normalizedHost == wanted)
  }

  @Test(
    "What is shown names the host that is meant, and no other",
    arguments: [
      ("http://good.example@evil.example/a", "http://evil.example/a"),
      ("https://a.example/ä?ö#ü", "https://a.example/ä?ö#ü"),
      ("https://A.Example", "https://a.example"),
      ("https://a.example:8080/x", "https://a.example:8080/x"),
      ("https://\u{430}pple.com/x", "https://xn--pple-43d.com/x"),
      ("https://a.example/\u{202E}x\u{200B}", "https://a.example/%E2%80%AEx%E2%80%8B"),
      ("mailto:desk@\u{430}pple.com?subject=x", "mailto:desk@xn--pple-43d.com?subject=x"),
      ("ftp://\u{430}pple.com/", "ftp://xn--pple-43d.com/"), ("javascript:x", "javascript:x"),
      ("https://\u{430}pple.com:99999/", "https://%D0%B0pple.com:99999/"),
      ("//\u{430}pple.com/", "//%D0%B0pple.com/"), ("новости", "новости"), ("", ""),
      ("http://[::1]:80/a", "http://[::1]:80/a"), ("a\u{1B}[2J", "a%1B[2J"),
      ("http://2130706433/a", "http://127.0.0.1/a"), ("http://0x7f.1:80/", "http://127.0.0.1:80/"),
      ("http://[2001:DB8:0:0::7]/", "http://[2001:db8::7]/"),
    ])
  func shown(written: String, wanted: String) { #expect(WebAddress.shown(written) == wanted) }

  @Test(
    "A link is what may be followed, and holds nothing that ends it",
    arguments: [
      ("https://a.example/b", "https://a.example/b"), ("#note", "#note"), ("#a b", "#a%20b"),
      ("https://a.example/a b", "https://a.example/a%20b"),
      ("https://a.example/\"><b>", "https://a.example/%22%3E%3Cb%3E"),
      ("https://a.example/\u{202E}", "https://a.example/%E2%80%AE"),
      ("mailto:desk@a.example", "mailto:desk@a.example"), ("mailto:", nil), ("", nil),
      ("javascript:x", nil), ("JavaScript:x", nil), ("java\nscript:x", nil), (" javascript:x", nil),
      ("data:text/html,x", nil), ("file:///etc/passwd", nil), ("ftp://a.example/", nil),
      ("vbscript:x", nil), ("-o", nil), ("a.html", nil), ("//a.example/", nil),
    ])
  func links(written: String, wanted: String?) { #expect(WebAddress.link(written) == wanted) }

  @Test(
    "Of a mail address only harmless fields are left, and no value becomes a header",
    arguments: [
      ("desk@a.example?subject=x%20y&body=a%0D%0Ab", "desk@a.example?subject=x%20y&body=a%0D%0Ab"),
      ("desk@a.example?attach=/etc/passwd&subject=x", "desk@a.example?subject=x"),
      ("desk@a.example?ATTACHMENT=x&Bcc=a@b.example&cc=c@d.example", "desk@a.example"),
      ("desk@a.example?%61ttach=/etc/passwd", "desk@a.example"),
      (
        "desk@a.example?subject=x%0ABcc:%20a@b.example",
        "desk@a.example?subject=xBcc%3A%20a%40b.example"
      ),
      ("desk@a.example?subject=x%0D%0A%0D%0Abody", "desk@a.example?subject=xbody"),
      ("desk@a.example%0ABcc:a@b.example", "desk%40a.exampleBcc%3Aa@b.example"),
      ("desk%2Cother@a.example", "desk%2Cother@a.example"),
      ("a@b.example,c@d.example", "a@b.example,c@d.example"),
      ("a@b.example?subject=a&&=&x&body", "a@b.example?subject=a"), ("?subject=x", "?subject=x"),
      ("a@b.example?subject=%E2%80%AEx", "a@b.example?subject=x"),
      ("a@b.example?in-reply-to=%3Cx%3E", "a@b.example?in-reply-to=%3Cx%3E"),
      ("a@b.example?to=c@d.example", "a@b.example"), ("?attach=/etc/passwd", nil),
    ])
  func mail(written: String, wanted: String?) {
    #expect(WebAddress("mailto:" + written)?.opened == wanted.map { "mailto:" + $0 })
  }

  @Test(
    "Addresses that differ in their fragment lead to one page",
    arguments: [
      ("https://a.example/b#c", "https://a.example/b", true),
      ("https://A.example:443/b#c", "https://a.example/b#d", true),
      ("https://a.example", "https://a.example/#c", true),
      ("https://a.example/b?x#c", "https://a.example/b", false),
      ("https://a.example/b/#c", "https://a.example/b", false),
      ("http://a.example/b#c", "https://a.example/b", false),
      ("https://b.example/b#c", "https://a.example/b", false),
      ("http://2130706433/", "http://127.0.0.1/#a", true),
      ("http://127.1/", "http://127.0.0.2/", false),
      ("http://[0:0::1]/", "http://[::1]/", true),
      ("https://MÜNCHEN。example/", "https://xn--mnchen-3ya.example/", true),
      ("https://ｍün\u{AD}chen.example/", "https://münchen.example/", true),
      ("https://münchen.example/", "https://munchen.example/", false),
    ])
  func samePage(one: String, other: String, isSame: Bool) throws {
    let addresses = [try #require(WebAddress(one)), try #require(WebAddress(other))]
    #expect(addresses[0].isSamePage(as: addresses[1]) == isSame)
    #expect(addresses[1].isSamePage(as: addresses[0]) == isSame)
  }

  // MARK: - Whatever comes

  private static let scraps = [
    "http", "https", "mailto", "javascript", ":", "/", "//", "\\", "@", "?", "#", "[", "]", "::1",
    ".", "..", "%2e", "%00", "%", "%41", "a", "example", "www.", "xn--", "xn--pple-43d", "ü", "а",
    "。", "\u{200D}", "\u{202E}", "\u{301}", "\t", "\n", " ", "\u{0}", "-", "&", "=", "subject",
    "attach", "8080", "ノ", "מ", "\u{E0041}", "\u{1B}",
  ]

  @Test("Whatever is written, an address keeps its promises", arguments: 0..<20)
  func promises(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let base = try #require(WebAddress("https://post.example/a/b?c"))
    var count = 0
    for _ in 0..<1500 {
      let written = (0...random(12)).map { _ in Self.scraps[random(Self.scraps.count)] }.joined()
      let shown = WebAddress.shown(written)
      #expect(!SafeScalars.isUnsafe(shown), "\(written.debugDescription)")
      for address in [WebAddress(written), WebAddress(written, relativeTo: base)] {
        guard let address else { continue }
        count += 1
        // Reading what was read changes nothing.
        #expect(WebAddress(address.text) == address, "\(written.debugDescription)")
        let query = address.query.map { "?" + $0 } ?? ""
        let fragment = address.fragment.map { "#" + $0 } ?? ""
        let whole = address.origin + address.path + query + fragment
        #expect(Array(whole.utf8) == Array(address.text.utf8), "\(written.debugDescription)")
        #expect(address.isSamePage(as: address))
        if let opened = address.opened {
          #expect(opened.hasPrefix("http") || opened.hasPrefix("mailto:"))
          #expect(!opened.utf8.contains { $0 <= 0x20 || $0 == 0x22 || $0 == 0x3C || $0 == 0x3E })
          #expect(!SafeScalars.isUnsafe(opened))
          #expect(WebAddress(opened)?.opened == opened, "\(written.debugDescription)")
        }
      }
    }
    #expect(count > 300)
  }
}
