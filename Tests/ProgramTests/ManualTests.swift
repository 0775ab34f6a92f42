import App
import Glibc
import Settings
import TerminalKit
import TestSupport
import Testing

@testable import courant

/// The manual page and the shells' completions: whole, and valid where the programs that read them
/// are installed.
@MainActor
@Suite(.serialized) struct ManualTests {
  private let courant = Courant()

  nonisolated private static func isInstalled(_ program: String) -> Bool {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].contains { access($0 + program, X_OK) == 0 }
  }

  /// Runs a line of the shell; what it printed and its status.
  private func shell(_ line: String) -> (status: Int32, text: String) {
    let output = courant.home["shell.txt"]
    let status = system("(\(line)) > '\(output)' 2>&1 < /dev/null")
    return (
      status >> 8 & 0xFF, String(decoding: TestSupport.readFile(output) ?? [], as: UTF8.self)
    )
  }

  @Test("The manual page names every verb, option, command, key and setting")
  func whole() {
    let text = ManualPage.text
    let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII }
    #expect(isPlain)
    for verb in Verb.allCases { #expect(text.contains(Roff.escaped(verb.usage)), "\(verb)") }
    for option in Option.allCases {
      #expect(text.contains("\\-\\-\(Roff.escaped(option.rawValue))"))
    }
    for setting in Setting.all { #expect(text.contains(Roff.escaped(setting.words))) }
    for entry in CommandTable.entries {
      #expect(text.contains("[\(Roff.escaped(entry.command.rawValue))]"))
      for key in entry.allKeys { #expect(text.contains(Roff.escaped(key)), "\(key)") }
    }
    for verb in LineVerb.allCases { #expect(text.contains(":\(verb.rawValue)")) }
  }

  @Test("A key that works on one screen only says on which")
  func places() {
    let text = ManualPage.text
    for entry in [
      "\\fB]u\\fR, \\fBTab\\fR (list)", "\\fBb\\fR (list), \\fBgb", "\\fBH\\fR (list)",
      "\\fBzz\\fR (story)",
      "\\fBv\\fR (list)", "\\fBzd\\fR (list)", "\\fBga\\fR\n",
    ] { #expect(text.contains(entry), "\(entry)") }
  }

  @Test("What is said of a verb stands in the paragraphs that its help has")
  func paragraphs() {
    for verb in Verb.allCases {
      for lines in verb.notes.split(separator: "") {
        let paragraph = Roff.escaped(lines.joined(separator: " "))
        #expect(ManualPage.text.contains(".IP\n\(paragraph)\n"), "\(verb)")
      }
    }
  }

  @Test("Text of the tables is never a macro or an escape")
  func escapes() {
    #expect(Roff.escaped(".SH \\fB'x'") == "\\&.SH \\efB\\(aqx\\(aq")
    let macros: Set = [".TH", ".SH", ".SS", ".PP", ".TP", ".IP", ".RS", ".RE", ".BR", ".br"]
    for line in ManualPage.text.split(separator: "\n") where line.hasPrefix(".") {
      let name = line.split(separator: " ").first.map(String.init) ?? ""
      #expect(macros.contains(name), "\(line)")
    }
  }

  @Test("groff reads the manual page without a warning", .enabled(if: isInstalled("groff")))
  func groff() {
    let path = courant.file("courant.1", courant.run(["man"]).output)
    let answer = shell("groff -man -Tutf8 -ww -z '\(path)'")
    #expect(answer.status == 0 && answer.text.isEmpty, "\(answer.text)")
  }

  @Test("mandoc finds no fault in the manual page", .enabled(if: isInstalled("mandoc")))
  func mandoc() {
    let path = courant.file("courant.1", courant.run(["man"]).output)
    let answer = shell("mandoc -Tlint -Wwarning '\(path)'")
    // The page has no date, for it is made anew with every program.
    let faults = answer.text.split(separator: "\n").filter { !$0.contains("missing date") }
    #expect(faults.isEmpty, "\(answer.text)")
  }

  nonisolated private static let shells = ["bash", "zsh", "fish"]

  @Test("Completions name every verb and option", arguments: shells)
  func completions(name: String) {
    let script = courant.run(["completions", name])
    #expect(script.status == 0)
    for verb in Verb.allCases { #expect(script.output.contains(verb.rawValue)) }
    for option in Option.allCases { #expect(script.output.contains(option.rawValue)) }
  }

  @Test(
    "Each shell reads its completions",
    .enabled(if: shells.contains(where: isInstalled), "none of the shells is installed"),
    arguments: shells.filter(isInstalled))
  func syntax(name: String) {
    let script = courant.run(["completions", name])
    let path = courant.file("completions.\(name)", script.output)
    let answer = shell("\(name) -n '\(path)'")
    #expect(answer.status == 0 && answer.text.isEmpty, "\(answer.text)")
  }

  @Test("bash offers verbs, options and their values", .enabled(if: isInstalled("bash")))
  func bash() {
    let path = courant.file("completions.bash", courant.run(["completions", "bash"]).output)
    func offers(_ words: String...) -> [String] {
      let list = (["courant"] + words).map { "'\($0)'" }.joined(separator: " ")
      let line =
        "bash -c 'source \"\(path)\"; COMP_WORDS=(\(list.filter { $0 != "'" })\(words.last == "" ? " \"\"" : "")); "
        + "COMP_CWORD=\(words.count); _courant; printf \"%s\\n\" \"${COMPREPLY[@]}\"'"
      return shell(line).text.split(separator: "\n").map(String.init)
    }
    #expect(offers("dr").isEmpty)
    #expect(offers("doc") == ["doctor"])
    #expect(offers("parse", "--ht") == ["--html"])
    #expect(offers("list", "--ht").isEmpty)
    #expect(offers("--theme", "night") == ["night-desk"])
    #expect(offers("completions", "f") == ["fish"])
    #expect(offers("export", "--format", "mark") == ["markdown"])
    #expect(offers("export", "--format", "=", "mark") == ["markdown"])
    #expect(offers("add", "--source", "list", "--ur") == ["--url"], "list is no verb here")
    #expect(offers("add", "--source", "=", "list", "--ur") == ["--url"])
  }

  @Test("bash goes on with names that hold spaces, in quotes and behind =")
  func bashNames() throws {
    _ = courant.file("pages of mine/one page.html", "x")
    _ = courant.file("completions.bash", courant.run(["completions", "bash"]).output)
    let session = try TerminalSession(
      "bash", ["--norc", "--noprofile", "-i"],
      environment: ["HOME": courant.home.path, "PS1": "ready> "])
    #expect(session.wait(for: "ready>"))
    session.send("cd; source completions.bash; echo sourced\r")
    // What is typed before the shell asks for it is echoed by the terminal, in a line of its own.
    #expect(
      session.wait { screen in
        screen.rows.contains("sourced") && screen.rows.count { $0.hasPrefix("ready>") } == 2
      })
    for (typed, whole) in [
      ("courant add pag", "courant add pages\\ of\\ mine/"),
      ("courant add 'pages of mine/o", "courant add 'pages of mine/one page.html'"),
      ("courant pages\\ of\\ mine/o", "courant pages\\ of\\ mine/one\\ page.html"),
      ("courant --library pag", "courant --library pages\\ of\\ mine/"),
      ("courant --library=pag", "courant --library=pages\\ of\\ mine/"),
      ("courant export --format=j", "courant export --format=json"),
    ] {
      session.send(typed + "\t")
      #expect(session.wait(for: "ready> " + whole), "\(session.screen.text)")
      session.send("\u{15}")
    }
    session.send("exit\r")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("zsh offers verbs, options and their values", .enabled(if: isInstalled("zsh")))
  func zsh() throws {
    _ = courant.file("pages/one.html", "x")
    _ = courant.file("completions.zsh", courant.run(["completions", "zsh"]).output)
    let session = try TerminalSession(
      "zsh", ["-f", "-i"], environment: ["HOME": courant.home.path, "PS1": "ready> "])
    #expect(session.wait(for: "ready>"))
    session.send("cd; autoload -U compinit; compinit -u -D; source completions.zsh; echo sourced\r")
    #expect(session.wait { $0.rows.contains("sourced") }, "\(session.screen.text)")
    for (typed, whole) in [
      ("courant doct", "courant doctor"), ("courant parse --ht", "courant parse --html"),
      ("courant --theme nig", "courant --theme night-desk"),
      ("courant --theme ", "courant --theme auto"),
      ("courant export --format=mark", "courant export --format=markdown"),
      ("courant completions f", "courant completions fish"),
      ("courant add --source list --ur", "courant add --source list --url="),
      ("courant add pa", "courant add pages/"), ("courant pag", "courant pages/"),
    ] {
      session.send(typed + "\t\t")
      #expect(session.wait(for: "ready> " + whole), "\(session.screen.text)")
      session.send("\u{03}")
      session.send("clear\r")
      session.settle()
    }
    session.send("exit 0\r")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("fish offers verbs and options", .enabled(if: isInstalled("fish")))
  func fish() {
    let path = courant.file("courant.fish", courant.run(["completions", "fish"]).output)
    let answer = shell(
      "HOME='\(courant.home.path)' fish -c 'source \"\(path)\"; complete -C \"courant doc\"; complete -C \"courant parse --ht\"'"
    )
    #expect(answer.text.contains("doctor"), "\(answer.text)")
    #expect(answer.text.contains("--html"), "\(answer.text)")
  }

  @Test("A shell that is not known is named, with the nearest")
  func unknownShell() {
    let answer = courant.run(["completions", "fihs"])
    #expect(answer.status == 2)
    #expect(
      answer.errors
        == "courant: there are no completions for \"fihs\"; there are bash, zsh, fish; did you mean fish?\n"
    )
    #expect(courant.run(["completions"]).status == 2)
  }

  @Test("Each verb explains itself by --help", arguments: Verb.allCases)
  func help(verb: Verb) {
    let answer = courant.run([verb.rawValue, "--help"])
    #expect(answer.status == 0 && answer.errors.isEmpty)
    // Help itself, asked for help, gives all of it.
    #expect(answer.output == Help.text(for: verb == .help ? nil : verb))
  }
}
