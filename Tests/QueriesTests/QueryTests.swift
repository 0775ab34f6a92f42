import Queries
import Testing

/// Noon of 17 May 2024.
private let now: Int64 = 1_715_947_200

/// A query in a short form of its own, so that a table of them can be read.
private func shown(_ query: Query) -> String {
  switch query {
  case .everything: "*"
  case .text(let term):
    "<\(term.words)\(term.isOpen ? "…" : "")"
      + (term.parts.count == 4
        ? "" : " in \(term.parts.map(\.rawValue).sorted().joined(separator: "+"))")
      + ">"
  case .state(let state): state.rawValue
  case .name(let name): "\(name.field.rawValue)\(name.isExact ? "=" : "~")\(name.value)"
  case .before(let time): "before \(time - now)"
  case .since(let time): "since \(time - now)"
  case .amount(let amount, let limits):
    "\(amount.rawValue) \(limits.lowerBound)…\(limits.upperBound == .max ? "" : "\(limits.upperBound)")"
  case .not(let query): "!\(shown(query))"
  case .every(let parts): "(\(parts.map(shown).joined(separator: " & ")))"
  case .any(let parts): "(\(parts.map(shown).joined(separator: " | ")))"
  }
}

@Suite struct QueryTests {
  @Test(
    "a filter means what the grammar says",
    arguments: [
      ("", "*"), ("   ", "*"),
      ("harbour", "<harbour>"), ("harbour crane", "(<harbour> & <crane>)"),
      ("harb*", "<harb…>"), ("\"quay wall\"", "<quay wall>"), ("“quay wall”", "<quay wall>"),
      ("\"quay wall", "<quay wall>"), ("unread", "unread"), ("\"unread\"", "<unread>"),
      ("UNREAD Starred", "(unread & starred)"), ("-unread", "read"), ("not read", "unread"),
      ("not -starred", "starred"), ("-started", "!started"),
      ("-harbour", "!<harbour>"), ("-\"quay wall\"", "!<quay wall>"),
      ("a or b", "(<a> | <b>)"), ("a b or c", "((<a> & <b>) | <c>)"), ("a and b", "(<a> & <b>)"),
      ("a (b or c)", "(<a> & (<b> | <c>))"), ("-(b or c)", "!(<b> | <c>)"), ("((a))", "<a>"),
      ("a OR b OR c", "(<a> | <b> | <c>)"),
      ("order nothing android", "(<order> & <nothing> & <android>)"),
      ("tag:science", "tag~science"), ("tag:\"long reads\"", "tag=long reads"),
      ("TAG:x", "tag~x"), ("source:post author:smith", "(source~post & author~smith)"),
      ("site:example.org", "site~example.org"), ("-tag:\"a b\"", "!tag=a b"),
      ("tag:\"long rea", "tag~long rea"),
      ("before:2024", "before -11880000"), ("before:2024-05", "before -1425600"),
      ("after:2024-05-16", "since -129600"), ("after:today", "since -43200"),
      ("before:yesterday", "before -129600"),
      ("newer:\"2 days\"", "since -172800"), ("newer:2d", "since -172800"),
      ("older:3w", "before -1814400"), ("newer:12h", "since -43200"),
      ("older:1y", "before -31536000"),
      ("newer:\"2 months\"", "since -5184000"), ("newer:\"1 hour\"", "since -3600"),
      ("newer:30min", "since -1800"),
      ("words>1000", "words 1001…"), ("words>=1000", "words 1000…"),
      ("comments<10", "comments 0…9"),
      ("comments<=10", "comments 0…10"), ("figures=2", "figures 2…2"),
      ("comments<0", "comments -1…-1"),
      ("has:figures", "figures 1…"), ("has:comments unread", "(comments 1… & unread)"),
      ("in:title harbour", "<harbour in title>"), ("harbour in:comments", "<harbour in comments>"),
      ("in:title|body a b", "(<a in body+title> & <b in body+title>)"),
      ("in:title in:body a", "<a in body+title>"), ("-in:comments a", "<a in body+captions+title>"),
      ("in:title a or b", "(<a in title> | <b>)"),
      ("in:title (a or b)", "(<a in title> | <b in title>)"),
      ("in:title (a in:body)", "<a in body>"), ("in:title -a", "!<a in title>"),
      ("https://example.org/a", "<https://example.org/a>"), ("12:30", "<12:30>"),
      ("re-open", "<re-open>"), ("a-b", "<a-b>"), ("naïve", "<naïve>"), ("終わり", "<終わり>"),
      ("a\"b c\"", "(<a> & <b c>)"), ("\"a\"b", "(<a> & <b>)"), ("f(x)", "(<f> & <x>)"),
    ])
  func meaning(_ typed: String, _ expected: String) {
    let parsed = ParsedQuery(typed, now: now)
    #expect(shown(parsed.query) == expected)
    #expect(parsed.mistakes.filter { !$0.isUnfinished } == [])
  }

  @Test(
    "the last word of a line that is being typed may go on",
    arguments: [
      ("harb", "<harb…>"), ("a harb", "(<a> & <harb…>)"), ("harb ", "<harb>"),
      ("\"quay wa", "<quay wa…>"),
      ("\"quay wa\"", "<quay wa>"), ("unread", "unread"), ("or", "<or…>"), ("not", "<not…>"),
      ("a or", "(<a> & <or…>)"), ("a or ", "<a>"), ("(harb", "<harb…>"), ("-harb", "!<harb…>"),
    ])
  func typing(_ typed: String, _ expected: String) {
    let parsed = ParsedQuery(typed, now: now, isTyping: true)
    #expect(shown(parsed.query) == expected)
    #expect(parsed.firstMistake == nil)
  }

  @Test(
    "a mistake is told under its word, and the rest still counts",
    arguments: [
      ("unread befor:2024", 7..<17, "no field “befor”; did you mean before:", "unread"),
      ("zzz:x a", 0..<5, "no field “zzz”", "<a>"),
      ("before:soon a", 0..<11, "wants a day", "<a>"),
      ("before:2024-13 a", 0..<14, "wants a day", "<a>"),
      ("after:2023-02-29", 0..<16, "wants a day", "*"),
      ("before:24 a", 0..<9, "wants a day", "<a>"),
      ("newer:2 a", 0..<7, "wants a time", "<a>"),
      ("older:\"two days\"", 0..<16, "wants a time", "*"),
      ("words>many a", 0..<10, "no comparison", "<a>"),
      ("word>10 a", 0..<7, "did you mean words>", "<a>"),
      ("words> a", 0..<6, "wants a number", "<a>"), ("words><3", 0..<8, "no comparison", "*"),
      ("words>99999999999", 0..<17, "no comparison", "*"),
      ("has:legs a", 0..<8, "takes figures", "<a>"), ("in:margin a", 0..<9, "takes title", "<a>"),
      ("tag: a", 0..<4, "wants the name", "<a>"),
      ("a ) b", 2..<3, "No parenthesis is open", "(<a> & <b>)"),
      ("or a", 0..<2, "between two", "<a>"), ("a or or b", 5..<7, "between two", "(<a> | <b>)"),
      ("(a or ) b", 3..<5, "between two", "(<a> & <b>)"), ("( - ) a", 2..<3, "no letter", "<a>"),
      ("(-) a", 1..<2, "left out", "<a>"), ("a -or b", 2..<3, "left out", "(<a> | <b>)"),
      ("… a", 0..<1, "no letter", "<a>"), ("🚢 a", 0..<1, "no letter", "<a>"),
      ("\"…\" a", 0..<3, "no letter", "<a>"), ("() a", 0..<2, "Nothing stands", "<a>"),
      ("in:title tag:x", 0..<8, "wants words", "tag~x"),
      ("unread (-in:body) or a", 9..<16, "wants words", "(unread | <a>)"),
    ])
  func mistakes(_ typed: String, _ range: Range<Int>, _ words: String, _ expected: String) throws {
    let parsed = ParsedQuery(typed, now: now)
    let mistake = try #require(parsed.firstMistake)
    #expect(mistake.range == range)
    #expect(mistake.words.contains(words), "\(mistake.words)")
    #expect(!mistake.words.hasSuffix("."))
    #expect(shown(parsed.query) == expected)
  }

  @Test(
    "what more typing may mend is no mistake yet",
    arguments: [
      "tag:", "before:20", "before:tod", "newer:2", "newer:2 ", "words>", "has:fig", "in:ti", "-",
      "a or ", "(a", "(", "unread (a or ", "in:title", "in:title ", "a or in:body",
    ])
  func unfinished(_ typed: String) {
    let parsed = ParsedQuery(typed, now: now, isTyping: true)
    #expect(typed == "newer:2 " ? parsed.firstMistake != nil : parsed.firstMistake == nil)
    #expect(!parsed.mistakes.isEmpty)
  }

  @Test("what is longer than a filter may be is told of, and not only left out")
  func tooLong() {
    let word = String(repeating: "a", count: 998)
    #expect(ParsedQuery("\(word) b", now: now).mistakes == [])
    let mistakes = ParsedQuery("\(word) bc", now: now).mistakes
    #expect(mistakes == [QueryMistake(999..<1000, "More than 1000 characters are too many")])
  }

  @Test(
    "anything may be typed",
    arguments: [
      String(repeating: "(", count: 5000), String(repeating: "-", count: 5000),
      String(repeating: "a ", count: 5000), String(repeating: "(a or ", count: 5000),
      String(repeating: "not ", count: 900), "\"", "\u{0}", "e\u{301}\u{301}:x", ":::", "a:b:c",
      "tag::",
      "in:,", "<>=", ">3", "=", "\u{202E}x", "-)(-",
    ])
  func anything(_ typed: String) {
    for parsed in [
      ParsedQuery(typed, now: now), ParsedQuery(typed, now: .min, isTyping: true),
    ] {
      // What has no meaning is pointed at, within what was typed.
      for mistake in parsed.mistakes {
        #expect(mistake.range.lowerBound >= 0 && mistake.range.upperBound <= typed.count)
        #expect(!mistake.words.isEmpty)
      }
      #expect(parsed.query != .everything || !parsed.mistakes.isEmpty)
    }
  }

  @Test(
    "names are known by their words",
    arguments: [
      ("post", "The Harbour Post", true), ("harb", "The Harbour Post", true),
      ("harbour po", "The Harbour Post", true), ("arbour", "The Harbour Post", false),
      ("harbour the", "The Harbour Post", false), ("cafe", "Café Nord", true),
      ("CAFÉ", "cafe nord", true),
    ])
  func names(_ value: String, _ name: String, _ isMeant: Bool) {
    #expect(NameTerm(.source, value).matches(name) == isMeant)
    #expect(NameTerm(.source, value, isExact: true).matches(name) == false)
    #expect(NameTerm(.source, name, isExact: true).matches(name.uppercased()))
  }

  @Test(
    "a site is a host or what is below it",
    arguments: [
      ("example.org", "example.org", true, true), ("example.org", "news.example.org", true, true),
      ("example.org", "notexample.org", false, false), ("quant", "quantamagazine.org", true, false),
      ("https://www.example.org/x", "example.org", true, true),
    ])
  func sites(_ value: String, _ host: String, _ isMeant: Bool, _ isMeantExactly: Bool) {
    #expect(NameTerm(.site, value).matches(host) == isMeant)
    #expect(NameTerm(.site, value, isExact: true).matches(host) == isMeantExactly)
  }
}

@Suite struct QueryCompletionTests {
  private func complete(_ typed: String) -> QueryCompletion? {
    QueryCompletion(Array(typed), cursor: typed.count) { field in
      field == .tag ? ["long reads", "science", "sea"] : field == .source ? ["The Post"] : []
    }
  }

  @Test(
    "fields, states and the values that there are complete",
    arguments: [
      ("unr", 0, ["unread"]), ("a sta", 2, ["starred", "started"]),
      ("-so", 1, ["source:"]), ("(be", 1, ["before:"]),
      ("tag:s", 0, ["tag:\"science\"", "tag:\"sea\""]),
      ("a tag:\"long r", 2, ["tag:\"long reads\""]), ("source:po", 0, ["source:\"The Post\""]),
      ("has:f", 0, ["has:figures"]),
      ("in:", 0, ["in:title", "in:body", "in:captions", "in:comments"]),
      ("com", 0, ["comments>"]),
    ])
  func completions(_ typed: String, _ start: Int, _ expected: [String]) throws {
    let completion = try #require(complete(typed))
    #expect(completion.range == start..<typed.count)
    #expect(completion.candidates == expected)
    let common = completion.common
    #expect(completion.candidates.allSatisfy { $0.hasPrefix(common) })
  }

  @Test("nothing completes what nothing begins with", arguments: ["zzz", "tag:zzz", "has:zzz"])
  func none(_ typed: String) { #expect(complete(typed) == nil) }
}

extension ParsedQuery {
  /// The first mistake that more typing does not mend.
  fileprivate var firstMistake: QueryMistake? { mistakes.first { !$0.isUnfinished } }
}
