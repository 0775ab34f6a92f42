import App
import Files
import Glibc
import TerminalKit
import TestSupport
import Testing

@testable import courant

/// Programs that are handed an address, and the file that keeps what was typed.
@Suite(.serialized) struct OtherProgramTests {
  private let courant = Courant()

  /// A program that writes its arguments down, and where.
  private func recorder() -> (script: String, log: String) {
    let log = courant.home["said.txt"]
    let lines = "for word in \"$@\"; do printf '%s|' \"$word\"; done > '\(log)'"
    return (courant.script("recorder", lines), log)
  }

  private func said(_ program: OtherProgram, _ log: String) -> String {
    #expect(program.run() == 0)
    return String(decoding: TestSupport.readFile(log) ?? [], as: UTF8.self)
  }

  @Test("A line is parted as a shell would, and no shell ever sees it")
  func lines() throws {
    let (script, log) = recorder()
    let hostile = "https://news.invalid/a?b=$(touch%20x);`id`'"
    for (line, expected) in [
      ("", "https://news.invalid/|"), (" --tab  %u", "--tab|https://news.invalid/|"),
      (" \"a b\" 'c \"d' \"\"", "a b|c \"d||https://news.invalid/|"),
      (" --at=%u --title %t 100%% %x", "--at=https://news.invalid/|--title|The 9% tide|100%|%x|"),
      (" $HOME *", "$HOME|*|https://news.invalid/|"), (" %s %", "https://news.invalid/|%|"),
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
    let (script, log) = recorder()
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
    let (script, log) = recorder()
    let program = try #require(OtherProgram(line: line.replacing("say", with: script)))
    #expect(program.with(address: "https://a.invalid/", title: title).run() == 0)
    let words = String(decoding: TestSupport.readFile(log) ?? [], as: UTF8.self)
    #expect(words.split(separator: "|").first.map(String.init) == wanted, "\(words)")
  }

  @Test("A file whose name looks like an option is no option of the editor")
  func optionFiles() throws {
    for name in ["-o", "+!touch x", "@x"] {
      let (script, log) = recorder()
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
    let (script, log) = recorder()
    let session = try sit(
      "share:\n  note: '\(script) --title %t --at %u'\n  gone: not-there %u\n")
    session.send(":share note\r")
    let written = courant.written(log, in: session)
    #expect(written == "--title|The tide clock of the old harbour|--at|https://news.invalid/tide|")
    session.send(":share gone\r")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  // MARK: - The clipboard

  @Test("The way to the clipboard is the settings', tmux's, the desktop's or the terminal's")
  func clipboardWays() {
    func way(_ environment: [String: String], _ there: Set<String>, copier: String = "") -> String?
    {
      Clipboard(
        copier: copier, environment: { environment[$0] }, isInstalled: { there.contains($0.name) }
      )?.name
    }
    let all: Set = ["tmux", "wl-copy", "xclip", "xsel"]
    let desktop = ["DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"]
    #expect(way(desktop.merging(["TMUX": "/tmp/x"]) { $1 }, all) == "tmux")
    #expect(way(desktop, all) == "wl-copy")
    #expect(way(desktop, ["xsel"]) == "xsel")
    #expect(way([:], all)?.contains("OSC 52") == true)
    #expect(way(["DISPLAY": ""], all)?.contains("OSC 52") == true)
    #expect(way([:], ["pbcopy"]) == "pbcopy")
    #expect(way(desktop, all, copier: "/opt/bin/copy --fast") == "copy")
    #expect(way(desktop, all, copier: "copy 'it") == nil)
  }

  /// A session on a page with an address, and what stands in its settings.
  private func sit(_ settings: String, _ environment: [String: String] = [:]) throws
    -> TerminalSession
  {
    courant.settings(settings)
    let page = courant.harbourPage(at: "https://news.invalid/tide")
    let session = try courant.sit([page], environment: environment)
    #expect(session.wait(for: "The tide clock"))
    return session
  }

  @Test("Headline and address go to the copier; one that fails or is missing is named")
  func copier() throws {
    let log = courant.home["copied.txt"]
    let session = try sit("copier: \(courant.script("keep", "cat > '\(log)'"))\n")
    session.send("Y")
    #expect(
      courant.written(log, in: session)
        == "The tide clock of the old harbour\nhttps://news.invalid/tide")
    session.send(":set copier \(courant.script("broken", "exit 3"))\rY")
    #expect(
      session.wait(for: "Nothing was copied: broken ended with status 3"), "\(session.screen.text)")
    session.send(":set copier \(courant.script("dying", "kill -9 $$"))\rY")
    #expect(
      session.wait(for: "Nothing was copied: dying was killed by signal 9"),
      "\(session.screen.text)")
    session.send(":set copier not-there\rY")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send(":set copier 'open\r")
    #expect(session.wait(for: "copier: “'open” is no line of a program and its arguments"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Without a tool the terminal is handed the text")
  func osc52() throws {
    let session = try sit("title: true\n")
    session.send("y")
    #expect(session.wait(for: "Copied https://news.invalid/tide"))
    session.settle()
    let output = String(decoding: session.output, as: UTF8.self)
    #expect(output.contains("\u{1B}]52;c;aHR0cHM6Ly9uZXdzLmludmFsaWQvdGlkZQ==\u{07}"))
  }

  @Test("A terminal that takes no text, or a copier that cannot be started, is named")
  func refusedCopies() throws {
    let plain = try sit("title: true\n", ["TERM": "vt100"])
    plain.send("y")
    #expect(
      plain.wait(for: "Nothing was copied: the terminal takes no text, and no copier is set"),
      "\(plain.screen.text)")
    #expect(!String(decoding: plain.output, as: UTF8.self).contains("]52;"))
    // What runs it is not there, which shows only when it is started.
    let lost = courant.file("bin/lost", "#!/not/there\n")
    chmod(lost, 0o755)
    let session = try sit("copier: [\(lost)]\nopener: [\(lost), '%u']\n")
    session.send("y")
    #expect(
      session.wait(for: "Nothing was copied: lost cannot be started"), "\(session.screen.text)")
    session.send("o")
    #expect(session.wait { $0.text.contains(" lost cannot be started") }, "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A copier that reads nothing harms nothing")
  func deafCopier() throws {
    let session = try sit("copier: [\(courant.script("deaf", "exec 0<&-; exit 0"))]\n")
    for _ in 0..<20 { session.send("Y") }
    #expect(session.wait(for: "Copied The tide clock"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  // MARK: - Opening

  @Test("A program of a list of words is handed the address, spaces in its path and all")
  func wordList() throws {
    let log = courant.home["said.txt"]
    let script = courant.script(
      "my browser", "for word in \"$@\"; do printf '%s|' \"$word\"; done > '\(log)'")
    let session = try sit("opener: ['\(script)', \"it's\", 'at %u']\n")
    session.send("o")
    #expect(courant.written(log, in: session) == "it's|at https://news.invalid/tide|")
  }

  /// A program that writes down which descriptors it has, by what they lead to.
  private func lister(_ name: String = "lister") -> (script: String, log: String) {
    let log = courant.home["open.txt"]
    let files = (0...40).map { "/proc/self/fd/\($0)" }.joined(separator: " ")
    return (courant.script(name, "readlink \(files) > '\(log).new'; mv '\(log).new' '\(log)'"), log)
  }

  @Test("A program beside the reader gets no descriptor of it, and one on the terminal only that")
  func descriptors() throws {
    let (script, log) = lister()
    let session = try sit("opener: \(script)\nshare:\n  list: \(script)\n")
    session.send("o")
    #expect(courant.written(log, in: session) == "/dev/null\n\(log).new\n/dev/null\n")
    unlink(log)
    session.send(":share list\r")
    #expect(courant.written(log, in: session) == "/dev/null\n\(log).new\n/dev/null\n")
    unlink(log)
    session.send(":set copier \(script)\ry")
    let copied = courant.written(log, in: session).split(separator: "\n")
    #expect(copied.count == 3 && copied.first?.hasPrefix("pipe:") == true, "\(copied)")
    unlink(log)
    session.send(":set opener \(lister("w3m").script)\ro")
    let onTerminal = courant.written(log, in: session).split(separator: "\n")
    #expect(onTerminal.count == 3, "\(onTerminal)")
    #expect(onTerminal.first?.hasPrefix("/dev/pts/") == true, "\(onTerminal)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A browser of the terminal that fails gives it back and is named")
  func terminalOpener() throws {
    let session = try sit("opener: [\(courant.script("w3m", "exit 5"))]\n")
    session.send("o")
    #expect(session.wait(for: "w3m ended with status 5"), "\(session.screen.text)")
    _ = courant.file("bin/w3m", "#!/not/there\n")
    session.send("o")
    #expect(session.wait(for: "w3m cannot be started"), "\(session.screen.text)")
    #expect(session.screen.find("The tide clock") != nil)
  }

  @Test(
    "A mail is opened with all of the headline, and an opener that fails or is missing is named")
  func mail() throws {
    let (script, log) = recorder()
    let session = try sit("opener: \(script)\n")
    session.send("gm")
    let subject = "The%20tide%20clock%20of%20the%20old%20harbour"
    #expect(
      courant.written(log, in: session)
        == "mailto:?subject=\(subject)&body=\(subject)%0D%0Ahttps%3A%2F%2Fnews.invalid%2Ftide%0D%0A|"
    )
    session.send(":set opener \(courant.script("grumpy", "exit 4"))\ro")
    #expect(session.wait(for: "grumpy ended with status 4"), "\(session.screen.text)")
    session.send(":set opener \(courant.script("dying", "kill -9 $$"))\ro")
    #expect(session.wait(for: "dying was killed by signal 9"), "\(session.screen.text)")
    session.send(":set opener not-there\ro")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Where nothing opens addresses, that is said with what to do")
  func noOpener() throws {
    let session = try sit("title: true\n", ["PATH": courant.home["empty"], "BROWSER": "not-there"])
    session.send("o")
    #expect(session.wait(for: "set BROWSER, or opener in the settings"), "\(session.screen.text)")
  }

  // MARK: - What was typed

  @Test("Typed lines come back in order, each once, and what is no line is passed over")
  func history() {
    let folder = Path(courant.home["state/courant"])
    let file = HistoryFile(folder: folder)
    #expect(file.load()[.command].isEmpty)
    for text in ["set column 40", "theme dusk", "set column 40", "two\nlines"] {
      file.keep(History.Line(.command, text))
    }
    file.keep(History.Line(.search, "tide"))
    let loaded = file.load()
    #expect(loaded[.command] == ["theme dusk", "set column 40", "twolines"])
    #expect(loaded[.search] == ["tide"] && loaded[.filter].isEmpty)
    _ = courant.file("state/courant/history", [0xFF, 0x0A, 0x3A, 0x61, 0x0A, 0x78, 0x0A, 0x3A])
    #expect(file.load()[.command] == ["a"])
  }

  @Test("A history that has grown is cut to what is remembered")
  func grown() {
    let lines = (0..<40_000).map { ":set column \($0)\n" }.joined()
    let path = courant.file("state/courant/history", lines)
    let file = HistoryFile(folder: Path(courant.home["state/courant"]))
    #expect(file.load()[.command].count == History.maxLines)
    let left = TestSupport.readFile(path)?.count ?? 0
    #expect(left > 0 && left < 10_000)
    #expect(file.load()[.command].last == "set column 39999")
  }

  @Test("Where nothing can be kept, typing goes on")
  func unkept() throws {
    _ = courant.file("state", "a file where the folder should be")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send(":set column 44\r")
    #expect(session.wait(for: "column is 44"))
    session.send(":\u{1B}[A")
    #expect(session.wait(for: ":set column 44"))
    session.send("\u{1B}")
    session.settle()
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
