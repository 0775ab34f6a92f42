import Display
import Terminal
import Testing

@Suite struct KeyParserTests {
  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  private func keys(_ bytes: [UInt8]) -> [Key] {
    var parser = KeyParser()
    parser.feed(bytes)
    return all(&parser)
  }

  private func all(_ parser: inout KeyParser) -> [Key] {
    var keys: [Key] = []
    while let key = parser.next() { keys.append(key) }
    return keys
  }

  @Test(
    "The terminal's answer to what its ground is gives a brightness, and no key",
    arguments: [
      ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", 1.0), ("\u{1B}]11;rgb:0000/0000/0000\u{07}", 0),
      ("\u{1B}]11;rgb:ff/00/ff\u{07}", 0.413), ("\u{1B}]11;rgba:8080/8080/8080/ffff\u{07}", 0.502),
    ])
  func ground(answer: String, brightness: Double) throws {
    var parser = KeyParser()
    parser.feed(Array("a\(answer)b".utf8))
    #expect(all(&parser) == [.character("a"), .character("b")])
    #expect(abs(try #require(parser.backgroundBrightness) - brightness) < 0.001)
  }

  @Test(
    "What only looks like that answer is swallowed and says nothing",
    arguments: [
      "11;rgb:", "11;rgb:zz/zz/zz", "11;rgb:fffff/0/0", "10;rgb:ff/ff/ff", "11;?", "11;rgb:ff/ff",
      "11;rgb:" + String(repeating: "f", count: 5000),
    ])
  func badGround(answer: String) {
    var parser = KeyParser()
    parser.feed(Array("\u{1B}]\(answer)\u{07}x".utf8))
    #expect(all(&parser) == [.character("x")])
    #expect(parser.backgroundBrightness == nil)
    parser.feed(Array("\u{1B}[?62;22c".utf8))
    #expect(all(&parser) == [] && parser.hasAttributes)
  }

  @Test("Plain bytes are keys")
  func plain() {
    #expect(
      keys("aZ é日😀") == ["a", "Z", " ", "é", "日", "😀"].map { .character($0) })
    #expect(
      keys("\r\n\t\u{7F}\u{08}\u{04}\u{1A}\u{00}\u{1F}") == [
        .enter, .enter, .tab, .backspace, .backspace, .control("d"), .control("z"), .control("@"),
        .control("_"),
      ])
  }

  @Test(
    "Known sequences are keys",
    arguments: [
      ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[1;2C", .right), ("\u{1B}[H", .home),
      ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[8~", .end), ("\u{1B}[5~", .pageUp),
      ("\u{1B}[6;1~", .pageDown), ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert),
      ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)), ("\u{1B}[[E", .function(5)),
      ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)), ("\u{1B}OM", .enter),
      ("\u{1B}Oq", .character("1")), ("\u{1B}x", .alt(.character("x"))),
      ("\u{1B}é", .alt(.character("é"))), ("\u{1B}\u{01}", .alt(.control("a"))),
      ("\u{1B}\u{7F}", .alt(.backspace)), ("\u{1B}\r", .alt(.enter)), ("\u{1B}\t", .alt(.tab)),
      ("\u{1B}[1;3A", .alt(.up)), ("\u{1B}[1;5D", .controlled(.left)),
      ("\u{1B}[3;5~", .controlled(.delete)), ("\u{1B}[1;7C", .alt(.controlled(.right))),
      ("\u{1B}[127;3u", .alt(.backspace)), ("\u{1B}[97;7u", .alt(.control("a"))),
      ("\u{1B}[97;5u", .control("a")), ("\u{1B}[97:65;2u", .character("A")),
      ("\u{1B}[57399u", .character("0")), ("\u{1B}[27u", .escape), ("\u{1B}[9;2u", .backTab),
      ("\u{1B}[27;5;100~", .control("d")), ("\u{1B}[97;3u", .alt(.character("a"))),
      ("\u{1B}[<64;251;40M", .mouse(.init(.wheelUp, column: 250, row: 39))),
      ("\u{1B}[<0;1;1M", .mouse(.init(.press, column: 0, row: 0))),
      ("\u{1B}[<0;0;0m", .mouse(.init(.release, column: 0, row: 0))),
      ("\u{1B}[<32;5;6M", .mouse(.init(.drag, column: 4, row: 5))),
      ("\u{1B}[M !!", .mouse(.init(.press, column: 0, row: 0))),
    ])
  func known(_ bytes: String, _ key: Key) {
    #expect(keys(bytes) == [key])
    #expect(keys(bytes + "j") == [key, .character("j")])
    var parser = KeyParser()
    for byte in bytes.utf8 { parser.feed([byte]) }
    #expect(all(&parser) == [key], "one byte at a time")
    #expect(parser.timeout == nil)
  }

  @Test(
    "Unknown sequences are swallowed whole",
    arguments: [
      "\u{1B}[?1;2c", "\u{1B}[>0;276;0c", "\u{1B}]11;rgb:0000/0000/0000\u{07}",
      "\u{1B}]52;c;cXVpdA==\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gq\u{1B}\\",
      "\u{1B}[?2026;2$y", "\u{1B}[I", "\u{1B}[O", "\u{1B}[1;9A", "\u{1B}[97;1:3u", "\u{1B}[5$",
      "\u{1B}[999999999999999999999q", "\u{1B}[<35;1;1M", "\u{1B}[<66;1;1M", "\u{1B}[57344u",
      "\u{1B}[1;1R", "\u{1B}[200;1;2;3t", "\u{1B}[\u{18}", "\u{1B}]0;q\u{18}",
      "\u{1B}[27;5;9999999~",
      "\u{1B}[;;;;;;;;X", "\u{1B}[1114112u", "\u{1B}[55296u", "\u{1B}[155u",
    ])
  func unknown(_ bytes: String) {
    #expect(keys(bytes) == [])
    #expect(keys(bytes + "j") == [.character("j")])
  }

  @Test("Bytes that are no UTF-8 are no keys")
  func broken() {
    #expect(keys([0xFF, 0x9B, 0x33, 0xC0, 0x41]) == [.character("3"), .character("A")])
    #expect(keys([0xE2, 0x82, 0x6A]) == [.character("j")])
    #expect(keys([0xED, 0xA0, 0x80, 0x6A]) == [.character("j")])
    #expect(keys([0xF4, 0x90, 0x80, 0x80, 0x6A]) == [.character("j")])
    #expect(keys([0xC2, 0x9B, 0x6A]) == [.character("j")], "a C1 control in UTF-8")
  }

  @Test("Long sequences take little memory and no time")
  func long() {
    let parameters = [UInt8](repeating: 0x3B, count: 1_000_000)
    #expect(keys([0x1B, 0x5B] + parameters + [0x41, 0x6A]) == [.character("j")])
    let letters = [UInt8](repeating: 0x61, count: 1_000_000)
    #expect(keys([0x1B, 0x5D] + letters + [0x07, 0x6A]) == [.character("j")])
    #expect(keys([UInt8](repeating: 0x1B, count: 1000)).allSatisfy { $0 == .escape })
  }

  @Test("Escape alone acts soon, a sequence cut in two is waited for longer")
  func timeouts() {
    var parser = KeyParser()
    parser.feed([0x1B])
    #expect(parser.timeout == 25)
    parser.expire()
    #expect(parser.next() == .escape)
    #expect(parser.timeout == nil)
    parser.feed([0x1B, 0x5B])
    #expect(parser.timeout == 100)
    parser.feed([0x41])
    #expect(parser.next() == .up)
    parser.feed([0x1B, 0x5B])
    parser.expire()
    #expect(parser.next() == .alt(.character("[")))
    parser.feed([0x1B, 0x4F])
    parser.expire()
    #expect(parser.next() == .alt(.character("O")))
    parser.feed([0x1B, 0x5D])
    parser.expire()
    #expect(parser.next() == .alt(.character("]")))
    parser.feed(Array("\u{1B}]11;rgb".utf8))
    #expect(parser.timeout == 500)
    parser.expire()
    #expect(parser.next() == nil)
    parser.feed([0x1B, 0x1B])
    parser.expire()
    #expect(all(&parser) == [.escape, .escape])
  }

  @Test("Pasted text is never keys")
  func paste() {
    let start = "\u{1B}[200~"
    let end = "\u{1B}[201~"
    #expect(keys(start + "qjk" + end + "j") == [.paste("qjk"), .character("j")])
    #expect(keys(start + "a\u{1B}[Ab\u{1B}\u{1B}[20c" + end) == [.paste("a[Ab[20c")])
    #expect(keys(start + "a\r\nb\rc\n\td\u{202E}\u{0}" + end) == [.paste("a\nb\nc\n\td")])
    #expect(keys(start + end) == [.paste("")])
    var parser = KeyParser()
    parser.feed(Array((start + "lost its end").utf8))
    #expect(parser.timeout == 5000)
    parser.expire()
    #expect(parser.next() == .paste("lost its end"))
    let huge = keys(start + String(repeating: "x", count: 3_000_000) + end + "j")
    #expect(huge.count == 2)
    guard case .paste(let text) = huge[0] else { return #expect(Bool(false)) }
    #expect(text.utf8.count == 1 << 20)
  }

  @Test("Any bytes in any order neither trap nor leave the parser stuck")
  func noise() {
    var state: UInt64 = 7
    for _ in 0..<2000 {
      var parser = KeyParser()
      let bytes = (0..<200).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let value = UInt8(truncatingIfNeeded: state >> 33)
        let common: [UInt8] = [0x1B, 0x5B, 0x3B, 0x30, 0x4D, 0x5D, 0x7E, 0x75]
        return value < 128 ? common[Int(value & 7)] : value &* 3
      }
      parser.feed(bytes)
      while parser.timeout != nil { parser.expire() }
      _ = all(&parser)
      parser.feed([0x6A])
      #expect(parser.next() == .character("j"))
    }
  }
}
