import Matching
import Testing

@Suite struct HaystackTests {
  private func found(_ typed: String, in text: String) -> [String] {
    let bytes = Array(text.utf8)
    return Haystack(bytes).find(Pattern(typed: typed)).ranges.map {
      String(decoding: bytes[Int($0.lowerBound)..<Int($0.upperBound)], as: UTF8.self)
    }
  }

  @Test("Lower case matches any case, a capital only itself")
  func smartCase() {
    #expect(found("ferry", in: "Ferry ferry FERRY") == ["Ferry", "ferry", "FERRY"])
    #expect(found("Ferry", in: "Ferry ferry FERRY") == ["Ferry"])
    #expect(found("ж", in: "Ж ж") == ["Ж", "ж"])
  }

  @Test("Accents fold both ways, composed or not")
  func accents() {
    let text = "café cafe cafe\u{301} CAFÉ"
    let all = ["café", "cafe", "cafe\u{301}", "CAFÉ"].map { Array($0.unicodeScalars) }
    #expect(found("cafe", in: text).map { Array($0.unicodeScalars) } == all)
    #expect(found("café", in: text).map { Array($0.unicodeScalars) } == all)
    #expect(found("cafe\u{301}", in: text).map { Array($0.unicodeScalars) } == all)
    #expect(found("lodz", in: "Łódź") == ["Łódź"])
    #expect(found("και", in: "ΚΑΊ καὶ") == ["ΚΑΊ", "καὶ"])
  }

  @Test("Ligatures match their letters, and are marked whole")
  func ligatures() {
    #expect(found("strasse", in: "die Straße") == ["Straße"])
    #expect(found("s", in: "ß") == ["ß", "ß"])
    #expect(found("aegir", in: "Ægir") == ["Ægir"])
  }

  @Test("Quotes, dashes and white space of any sort match each other")
  func punctuation() {
    #expect(found("it's", in: "it’s it's") == ["it’s", "it's"])
    #expect(found("\"so\"", in: "“so” «so»") == ["“so”", "«so»"])
    #expect(found("a-b", in: "a–b a—b a-b") == ["a–b", "a—b", "a-b"])
    #expect(
      found("two words", in: "two\n  words two\u{A0}words") == ["two\n  words", "two\u{A0}words"])
    #expect(found("two  words", in: "two words") == ["two words"])
  }

  @Test("A regular expression is one if it compiles, else plain words")
  func forms() {
    #expect(Pattern(typed: "qu[ae]y").form == .regex)
    #expect(Pattern(typed: "C++").form == .regex)
    for typed in ["(", "[a", "a)", "*x", "\\p{", "ferry", String(repeating: "(", count: 10_000)] {
      #expect(Pattern(typed: typed).form == .literal, "\(typed.prefix(10))")
    }
    #expect(found("[a", in: "x[a]") == ["[a"])
    #expect(found("qu[ae]y", in: "quay quey") == ["quay", "quey"])
    #expect(found("\\bé\\w+", in: "École, élan, cafe") == ["École", "élan"])
    #expect(found("Q\\w+", in: "quay Quay") == ["Quay"])
  }

  @Test("No match crosses the end of a passage")
  func passages() {
    let bytes = Array("one two".utf8) + [0] + Array("three".utf8) + [0]
    #expect(Haystack(bytes).find(Pattern(typed: "two three")).ranges.isEmpty)
    #expect(Haystack(bytes).find(Pattern(typed: "two.*")).ranges == [4..<7])
    #expect(Haystack(bytes).find(Pattern(typed: "^t\\w+$")).ranges == [8..<13])
    #expect(Haystack(bytes).find(Pattern(typed: "two[^x]*")).ranges == [4..<7])
  }

  @Test("Empty matches are none")
  func empty() {
    #expect(found("x*", in: "aaa é").isEmpty)
    #expect(found("", in: "aaa").isEmpty)
    #expect(found("e|", in: "hé e") == ["é", "e"])
  }

  @Test(
    "An expression that explodes says so quickly",
    arguments: ["(a+)+$", "(a|aa)+$", "(a*)*b", "(?:(?:a+)+)+c"])
  func tooComplex(typed: String) {
    let bytes = Array((String(repeating: "a", count: 50_000) + "!").utf8)
    let clock = ContinuousClock()
    let begin = clock.now
    let result = Haystack(bytes).find(Pattern(typed: typed))
    #expect(clock.now - begin < .seconds(3))
    #expect(result.isTooComplex || result.ranges.isEmpty)
  }

  @Test("Ranges lie on whole letters of the text, whatever was folded away before them")
  func mapping() {
    let text = "e\u{301}\u{302} \u{A0} Ⱥ ß… 👩 x\u{300}y İstanbul needle ﬁn"
    #expect(found("needle", in: text) == ["needle"])
    #expect(found("fin", in: text) == ["ﬁn"])
    #expect(found("...", in: "a… b").first != nil)
  }
}
