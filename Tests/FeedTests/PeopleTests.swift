import Testing

@testable import Parsing

/// People as one text.
@Suite struct PeopleTests {
  @Test(
    "Name and mail are told apart in every order",
    arguments: [
      ("ann@quay.example (Ann Reed)", "Ann Reed", "ann@quay.example"),
      ("Ann Reed (ann@quay.example)", "Ann Reed", "ann@quay.example"),
      ("Ann Reed <ann@quay.example>", "Ann Reed", "ann@quay.example"),
      ("\"Reed, Ann\" <ann@quay.example>", "Reed, Ann", "ann@quay.example"),
      ("ann@quay.example Ann Reed", "Ann Reed", "ann@quay.example"),
      ("mailto:ann@quay.example", nil, "ann@quay.example"), ("(Ann Reed)", "Ann Reed", nil),
      ("Ann Reed & Jo Marsh", "Ann Reed & Jo Marsh", nil), ("@ann", "@ann", nil),
      ("Ann Reed (Quay)", "Ann Reed (Quay)", nil),
    ] as [(String, String?, String?)])
  func text(_ text: String, _ name: String?, _ mail: String?) {
    let person = FeedPerson(text: text)
    #expect(person?.name == name)
    #expect(person?.mail == mail)
  }

  @Test("Nobody is nobody", arguments: ["", "  ", "()", "<>"])
  func nobody(_ text: String) { #expect(FeedPerson(text: text) == nil) }
}
