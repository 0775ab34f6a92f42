import Files
import Testing
import Writing

@testable import courant

@Suite struct ArgumentsTests {
  private func read(_ line: String) throws(UsageError) -> Invocation {
    try Invocation(line.split(separator: " ").map { Path(String($0)) })
  }

  @Test("Options stand anywhere and take their value in two ways")
  func options() throws {
    let one = try read("show --width 60 7 --no-comments --library /tmp/a")
    let other = try read("--library=/tmp/a show 7 --no-comments --width=60")
    #expect(one == other)
    #expect(one.library == "/tmp/a")
    #expect(
      one.request == .show("7", .init(width: 60, withComments: false, isJSON: false)))
  }

  @Test("Without a verb the operands are pages")
  func reading() throws {
    #expect(try read("").request == .read([]))
    #expect(try read("a.html - b").request == .read(["a.html", "-", "b"]))
    #expect(try read("./list").request == .read(["./list"]))
    #expect(try read("-- --odd.html").request == .read(["--odd.html"]))
  }

  @Test("A word with a dash leaves stories out of a filter, and is an option elsewhere")
  func negation() throws {
    guard case .list(let request) = try read("list -unread -source:post tide").request,
      case .search(let words, _, _) = try read("search --limit 3 tide -starred -x").request
    else {
      Issue.record("these are no filters")
      return
    }
    #expect(request.words == "-unread -source:post tide")
    #expect(words == "tide -starred -x")
    #expect(try read("list -h").request == .help(.list))
  }

  @Test("Each form of output is a format")
  func formats() throws {
    for (option, format) in [
      ("--json", StoryFormat.json), ("--text", .text), ("--html", .html),
      ("--markdown", .markdown),
    ] {
      let request = try read("parse a.html \(option)").request
      #expect(
        request
          == .parse(
            .init(paths: ["a.html"], list: nil, facts: .init(), format: format, isExplained: false))
      )
    }
    #expect(try read("export 1 --format html").request == .export(["1"], .html, withComments: true))
  }

  @Test(
    "Wrong usage is named, and the nearest word with it",
    arguments: [
      ("--jsn", "there is no option --jsn; did you mean --json?"),
      ("list -json", "there is no option -json; did you mean --json?"),
      (
        "list tide color:red",
        "the filter cannot be read at \"color:red\": There is no field “color”"
      ),
      ("search tag:", "the filter cannot be read at \"tag:\": tag: wants the name of a tag"),
      ("show -x", "there is no option -x"),
      ("serach tide", "\"serach\" is neither a verb nor a file; did you mean \"courant search\"?"),
      ("parse --json --html a", "--json and --html cannot be given together"),
      ("list --html", "courant list takes no --html"),
      ("--unread", "courant without a verb takes no --unread"),
      ("show 1 --width", "--width needs a value: --width N"),
      ("show 1 --width 3", "--width cannot be \"3\": it takes a number from 10 to 1000"),
      (
        "add a --charset klingon",
        "--charset: \"klingon\" is an unknown character set; utf-8, windows-1252 and shift_jis are some"
      ),
      (
        "parse a --charset=utf-9",
        "--charset: \"utf-9\" is an unknown character set; utf-8, windows-1252 and shift_jis are some"
      ),
      ("show 1 --json=yes", "--json takes no value"),
      ("show", "nothing named to work on: courant show [OPTIONS] STORY"),
      ("show 1 2", "one too many: \"2\"; the usage is courant show [OPTIONS] STORY"),
      ("parse", "nothing named to work on: courant parse [OPTIONS] PATH|- …"),
      (
        "parse --url http://a b c",
        "one too many: \"c\"; the usage is courant parse [OPTIONS] PATH|- …"
      ),
      ("reparse --all 7", "one too many: \"7\"; the usage is courant reparse [OPTIONS] [STORY…]"),
      ("help serch", "there is no verb \"serch\"; did you mean \"search\"?"),
      (
        "export 1 --format markdwon",
        "--format cannot be \"markdwon\": it takes json, html, markdown, text (did you mean markdown?)"
      ),
    ])
  func mistakes(line: String, words: String) {
    do {
      let invocation = try read(line)
      Issue.record("\(line) was read as \(invocation)")
    } catch {
      #expect(error.message == words)
    }
  }

  @Test("Help tells of every verb and every option")
  func help() {
    let overview = Help.text(for: nil)
    for verb in Verb.allCases {
      #expect(overview.contains("  \(verb.rawValue) "))
      let text = Help.text(for: verb)
      #expect(text.hasPrefix("usage: \(verb.usage)\n"))
      for option in verb.options + Option.everywhere { #expect(text.contains(option.usage)) }
    }
    for option in Option.allCases {
      let isTaken = Verb.allCases.contains { $0.options.contains(option) }
      #expect(isTaken || Option.everywhere.contains(option), "\(option) is taken by no verb")
    }
  }

  @Test("Help asked for beats everything that is wrong beside it")
  func helpFirst() throws {
    #expect(try read("show --help").request == .help(.show))
    #expect(try read("--version --unread").request == .version)
    #expect(try read("help parse").request == .help(.parse))
  }
}
