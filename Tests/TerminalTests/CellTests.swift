import Display
import Terminal
import Testing

@Suite struct CellTests {
  private func plain(_ text: Unicode.Scalar, _ width: Int = 1) -> String {
    String(decoding: plainCells(for: text, width: width), as: UTF8.self)
  }

  @Test("ASCII stands for what is most like it, in as many cells")
  func ascii() {
    for (scalar, letter) in [
      ("é", "e"), ("Ü", "U"), ("ñ", "n"), ("ç", "c"), ("ő", "o"), ("ễ", "e"), ("Ł", "L"),
      ("“", "\""), ("’", "'"), ("—", "-"), ("…", "."), ("▎", "|"), ("★", "*"), ("\u{A0}", " "),
      ("β", "?"), ("ж", "?"), ("a", "a"), ("½", "?"),
    ] as [(Unicode.Scalar, String)] {
      #expect(plain(scalar) == letter, "\(scalar)")
    }
    #expect(plain("日", 2) == "??")
    #expect(plain("Ａ", 2) == "A ")
    #expect(plain("é", 0) == "")
  }

  @Test("Any character becomes exactly its width of printable ASCII")
  func widths() {
    for value in UInt32(0xA0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let cells = plainCells(for: scalar, width: 1)
      #expect(cells.count == 1 && (0x20..<0x7F).contains(cells[0]))
    }
  }

  @Test("Colours become the nearest the terminal has")
  func colors() {
    let blue = Look.Color.rgb(0x12, 0x80, 0xC0)
    func number(_ color: Look.Color, _ colors: Int, direct: Int? = nil) -> Int {
      ColorDepth(colors: colors, isDirect: direct != nil, indexed: direct ?? 8).number(color).number
    }
    #expect(number(blue, 0) == -1)
    #expect(number(.standard, 256) == -1)
    #expect(number(blue, 256) == 31)
    #expect(number(.rgb(8, 8, 8), 256) == 232)
    #expect(number(.rgb(0, 0, 0), 256) == 16)
    #expect(number(.rgb(255, 255, 255), 256) == 231)
    #expect(number(.rgb(255, 0, 0), 16) == 9)
    #expect(number(.rgb(0, 200, 0), 8) == 2)
    #expect(number(.palette(12), 8) == 4)
    #expect(number(.palette(200), 16) == 8, "out of range is no trap")
    #expect(number(blue, 1 << 24, direct: 8) == 0x1280C0)
    #expect(number(.rgb(0, 0, 3), 1 << 24, direct: 8) == 0x103, "no palette colour by accident")
    #expect(number(.palette(5), 1 << 24, direct: 8) == 5)
    #expect(number(.palette(9), 1 << 24, direct: 256) == 9)
    #expect(number(.palette(9), 1 << 24, direct: 8) == 0xFF0000)
    #expect(ColorDepth(colors: 8, isDirect: false, indexed: 8).number(.palette(12)).isBright)
    for red in stride(from: UInt8(0), to: 255, by: 5) {
      for depth in [8, 16, 256] {
        let found = number(.rgb(red, 255 - red, red / 2), depth)
        #expect((0..<depth).contains(found))
      }
    }
  }

  @Test("An inbox gives all messages in order, from any thread")
  func inbox() async throws {
    let inbox = try Inbox<Int>()
    #expect(inbox.take() == [])
    await withTaskGroup(of: Void.self) { group in
      for start in 0..<4 {
        group.addTask { for count in 0..<5000 { inbox.post(start * 5000 + count) } }
      }
    }
    let all = inbox.take()
    #expect(all.count == 20_000)
    for start in 0..<4 {
      let own = all.filter { $0 / 5000 == start }
      #expect(own == own.sorted())
    }
    #expect(inbox.take() == [])
  }
}
