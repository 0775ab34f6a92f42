import Stories
import TerminalKit
import TestSupport
import Testing

/// What the command line prints of a page that holds every kind of unsafe character.
@Suite struct SafeOutputTests {
  private let courant = Courant()

  private static let hostile =
    "x\u{E0001}\u{E0041}\u{FEFF}\u{200B}\u{200D}\u{2060}\u{AD}\u{202E}\u{2066}\u{200E}\u{2028}"
    + "\u{85}\u{9B}31m\u{FFF9}\u{180E}\u{FE0F}\u{E0101}\u{3164}\u{FFFF}y"

  private static let page = harbourPage.replacing("tide clock", with: "tide \(hostile) clock")
    .replacing("nobody is ever late", with: "nobody \(hostile) is ever late")

  private static let verbs: [[String]] = [
    ["parse", "--text", "PAGE"], ["parse", "--markdown", "PAGE"], ["parse", "--html", "PAGE"],
    ["parse", "--json", "PAGE"], ["parse", "--explain", "PAGE"], ["list"], ["list", "--json"],
    ["show", "1"], ["show", "--json", "1"], ["search", "clock"], ["search", "--json", "clock"],
    ["export", "1"], ["export", "--format", "text", "1"], ["export", "--format", "markdown", "1"],
    ["export", "--format", "html", "1"], ["parse", "no\(hostile)file"],
  ]

  private func arguments(_ verb: [String]) -> [String] {
    let path = courant.file("page.html", Self.page)
    #expect(courant.run(["add", path]).status == 0)
    return verb.map { $0 == "PAGE" ? path : $0 }
  }

  @Test("On a terminal it is as safe as the screen", arguments: verbs)
  func terminal(verb: [String]) throws {
    let session = try courant.sit(
      arguments(verb), columns: 200, rows: 60, environment: ["TERM": "dumb"])
    #expect(session.waitForExit() == .code(verb.last?.hasPrefix("no") == true ? 1 : 0))
    let text = String(decoding: session.output, as: UTF8.self)
    #expect(text.contains("clock") || text.contains("there is no such file"), "\(text)")
    for scalar in text.unicodeScalars where SafeScalars.isUnsafe(scalar) {
      if !["\r", "\n", "\t"].contains(scalar) {
        Issue.record("U+\(String(scalar.value, radix: 16)) of \(verb)")
      }
    }
  }

  @Test("In a file only what belongs to the spelling is left", arguments: verbs)
  func file(verb: [String]) {
    let answer = courant.run(arguments(verb))
    let text = answer.output + answer.errors
    #expect(text.contains("clock") || text.contains("there is no such file"), "\(text)")
    var previous: UInt32?
    for scalar in text.unicodeScalars {
      defer { previous = scalar.value }
      guard SafeScalars.isUnsafe(scalar), scalar != "\n", scalar != "\t" else { continue }
      if !SafeScalars.isSpelling(scalar.value, after: previous) {
        Issue.record("U+\(String(scalar.value, radix: 16)) of \(verb)")
      }
    }
  }

  @Test("A host that looks like another is shown in ASCII wherever it is shown")
  func homograph() {
    let page = harbourPage.replacing(
      "<head>",
      with: "<head><link rel='canonical' href='https://\u{430}pple.com/tide'>"
        + "<meta property='og:site_name' content='\u{430}pple.com'>")
    let path = courant.file("page.html", page)
    #expect(courant.run(["add", path]).status == 0)
    for verb in [
      ["parse", "--text", path], ["export", "--format", "text", "1"],
      ["parse", "--markdown", path],
    ] {
      let output = courant.run(verb).output
      #expect(output.contains("https://xn--pple-43d.com/tide"), "\(verb) \(output.prefix(300))")
    }
    #expect(courant.run(["list"]).output.contains("xn--pple-43d.com"))
    for verb in [["list"], ["show", "1"], ["search", "clock"]] {
      #expect(!courant.run(verb).output.contains("\u{430}pple"), "\(verb)")
    }
  }
}
