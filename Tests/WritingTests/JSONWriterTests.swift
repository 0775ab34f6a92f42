import Testing
import Writing

@Suite struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var out = JSONWriter()
    body(&out)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  @Test(
    "Strings are escaped so that JSON and terminals take them",
    arguments: [
      ("plain é 日 😀", "\"plain é 日 😀\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
      ("\n\r\t\u{0}\u{1B}", "\"\\n\\r\\t\\u0000\\u001b\""), ("\u{7F}\u{9B}", "\"\\u007f\\u009b\""),
      ("\u{2028}\u{202E}\u{2066}", "\"\\u2028\\u202e\\u2066\""),
      ("\u{A0}\u{2014}\u{201C}", "\"\u{A0}\u{2014}\u{201C}\""), ("", "\"\""),
    ])
  func strings(text: String, wanted: String) {
    #expect(written { $0.string(text) } == wanted)
  }

  @Test("Commas stand between values and nowhere else")
  func commas() {
    let text = written { out in
      out.object { out in
        out.field("a", 1)
        out.field("b", [String]())
        out.field("c", ["x", "y"])
        out.key("d")
        out.array([true, false]) { $0.boolean($1) }
        out.field("e", String?.none)
      }
      out.endLine()
      out.array([1, 2]) { out, number in out.object { $0.field("n", number) } }
    }
    #expect(
      text == "{\"a\":1,\"b\":[],\"c\":[\"x\",\"y\"],\"d\":[true,false],\"e\":null}\n"
        + "[{\"n\":1},{\"n\":2}]")
  }

  @Test(
    "Decimals have at most three places",
    arguments: [(0.0, "0"), (1, "1"), (0.5, "0.5"), (-2.3456, "-2.346"), (.nan, "null")])
  func decimals(number: Double, wanted: String) {
    #expect(written { $0.decimal(number) } == wanted)
  }
}
