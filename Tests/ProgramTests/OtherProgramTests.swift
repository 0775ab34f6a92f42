import App
import Files
import Glibc
import TerminalKit
import TestSupport
import Testing

@testable import courant

/// Other programs that are handed an address, a file or a story's text.
@Suite(.serialized) struct OtherProgramTests {
  private let courant = Courant()

  private func said(_ program: OtherProgram, _ log: String) -> String {
    #expect(program.run() == 0)
    return String(decoding: TestSupport.readFile(log) ?? [], as: UTF8.self)
  }

  @Test("A line is parted as a shell would, and no shell ever sees it")
  func lines() throws {
    let (script, log) = courant.recorder()
    let hostile = "https://news.invalid/a?b=$(touch%20x);`id`'"
    for (line, expected) in [
      ("", "https://news.invalid/|"), (" --tab  %u", "--tab|https://news.invalid/|"),
      (" \"a b\" 'c \"d' \"\"", "a b|c \"d||https://news.invalid/|"),
      (" --at=%u --title %t 100%% %x", "--at=https://news.invalid/|--title|The 9% tide|100%|%x|"),
      (" $HOME *", "$HOME|*|https://news.invalid/|"), (" %s %", "https://news.invalid/|%|"),
      (" 100%%u", "100%u|https://news.invalid/|"),
    ] {
      let program = try #require(OtherProgram(line: script + line), "\(line)")
      let filled = program.with(address: "https://news.invalid/", title: "The 9% tide")
      #expect(said(filled, log) == expected, "\(line)")
    }
    let program = try #require(OtherProgram(line: script))
    #expect(said(program.with(address: hostile), log) == hostile + "|")
  }

  @Test("A file is handed on under the name it has, even one that is no text")
  func file() throws {
    let (script, log) = courant.recorder()
    let name = Path(bytes: Array("/tmp/a b".utf8) + [0xFF, 0xC3] + Array("$HOME.md".utf8))
    let program = try #require(OtherProgram(line: "\(script) -n"))
    #expect(program.with(file: name).run() == 0)
    #expect(TestSupport.readFile(log) == Array("-n|".utf8) + name.bytes + Array("|".utf8))
  }

  @Test("A line without a program, or with an open quote, is none")
  func noLines() {
    for line in ["", "   ", "\"firefox", "firefox 'a"] {
      #expect(OtherProgram(line: line) == nil, "\(line)")
    }
    #expect(OtherProgram(line: "surely-not-there %u")?.isInstalled == false)
    #expect(OtherProgram(line: "sh")?.isInstalled == true)
  }

  @Test("Only web addresses are handed on")
  func addresses() {
    for address in [
      "javascript:alert(1)", "file:///etc/passwd", "-remote", "", "https://a.invalid/a b",
      "https://a.invalid/\n", "https://a.invalid/\"", "ftp://a.invalid/",
      "https://a.invalid/" + String(repeating: "x", count: 9000),
    ] {
      #expect(!OtherProgram.isSafe(address), "\(address.prefix(40))")
    }
    #expect(OtherProgram.isSafe("https://a.invalid/b?c=d;e#f"))
    #expect(OtherProgram.isSafe("mailto:desk@a.invalid?subject=x%20y"))
  }

  @Test(
    "No headline or address becomes an option of a program, however its words are put together",
    arguments: [
      ("say %t", "--output=/tmp/x", "\u{2010}-output=/tmp/x"), ("say %t", "-x", "\u{2010}x"),
      ("say %t", "+!touch x", "\u{FF0B}!touch x"),
      ("say %t", "@/etc/passwd", "\u{FF20}/etc/passwd"),
      ("say %t%u", "-x", "\u{2010}xhttps://a.invalid/"), ("say --title=%t", "-x", "--title=-x"),
      ("say -s%t", "-x", "-s-x"), ("say \"%t, %u\"", "-x", "\u{2010}x, https://a.invalid/"),
      ("say %t", "%u %t", "%u %t"), ("say %t", "a -x", "a -x"), ("say %%t", "-x", "%t"),
      ("say %x%t", "-x", "%x-x"),
    ])
  func options(line: String, title: String, wanted: String) throws {
    let (script, log) = courant.recorder()
    let program = try #require(OtherProgram(line: line.replacing("say", with: script)))
    #expect(program.with(address: "https://a.invalid/", title: title).run() == 0)
    let words = String(decoding: TestSupport.readFile(log) ?? [], as: UTF8.self)
    #expect(words.split(separator: "|").first.map(String.init) == wanted, "\(words)")
  }

  @Test("A file whose name looks like an option is no option of the editor")
  func optionFiles() throws {
    for name in ["-o", "+!touch x", "@x"] {
      let (script, log) = courant.recorder()
      let program = try #require(OtherProgram(line: script))
      #expect(program.with(file: Path(name)).run() == 0)
      #expect(TestSupport.readFile(log) == Array("./\(name)|".utf8))
    }
  }

  @Test("A story's text is given to a program, whose end is waited for, and shown until Enter")
  func pipe() throws {
    let page = courant.file("page.html", harbourPage)
    let session = try courant.sit([page], columns: 110)
    #expect(session.wait(for: "The tide clock"))
    session.settle()
    let before = session.screen.text.split(separator: "\n").dropLast()
    func pipe(_ line: String, shows words: String? = nil) {
      session.send("|\(line)\r")
      #expect(session.wait(for: "Enter goes back"), "\(session.screen.text)")
      if let words { #expect(session.screen.text.contains(words), "\(session.screen.text)") }
      #expect(!session.screen.isAlternate)
      session.send("\r")
      #expect(session.wait { $0.isAlternate && $0.find("Enter goes back") == nil })
    }
    pipe("sed -n 1p", shows: "The tide clock of the old harbour")
    session.settle()
    #expect(session.screen.text.split(separator: "\n").dropLast() == before)
    // A program that reads nothing, one that fails, one that is not there, a line that is none.
    pipe("true")
    pipe("false")
    #expect(session.wait(for: "false ended with status 1"), "\(session.screen.text)")
    session.send("|surely-not-there\r")
    #expect(session.wait(for: "surely-not-there is not installed"), "\(session.screen.text)")
    session.send("|sed '1p\r")
    #expect(session.wait(for: "no program with its arguments"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A story is handed to a program that the settings name, and a missing one is named")
  func share() throws {
    let (script, log) = courant.recorder()
    let session = try courant.readHarbour(
      "share:\n  note: '\(script) --title %t --at %u'\n  gone: not-there %u\n")
    session.send(":share note\r")
    let written = courant.written(log, in: session)
    #expect(written == "--title|The tide clock of the old harbour|--at|https://news.invalid/tide|")
    session.send(":share gone\r")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
