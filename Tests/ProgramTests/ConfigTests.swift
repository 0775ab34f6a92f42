import Glibc
import TerminalKit
import TestSupport
import Testing

/// The settings file through the whole program.
@Suite(.serialized) struct ConfigTests {
  let courant = Courant()

  @Test("The printed example is read as a settings file that changes nothing")
  func example() {
    let example = courant.run(["config", "--example"])
    #expect(example.status == 0)
    let before = courant.run(["config"])
    #expect(before.status == 0 && before.errors.isEmpty)
    courant.settings(example.output)
    let after = courant.run(["config"])
    #expect(after.status == 0 && after.errors.isEmpty, "\(after.errors)")
    #expect(after.output == before.output)
    // With every # taken from before a setting, each key and command is one that there is.
    let lines = example.output.split(separator: "\n").map { line in
      let isSentence = line == "#" || (line.hasPrefix("# ") && !line.hasPrefix("#  "))
      return isSentence ? "" : String(line.drop { $0 == "#" })
    }
    courant.settings(lines.joined(separator: "\n"))
    let whole = courant.run(["config"])
    #expect(whole.status == 0 && whole.errors.isEmpty, "\(whole.errors)")
    #expect(whole.output.contains("keys of your own"))
  }

  @Test("Mistakes are told by config, doctor and the reader, and the rest holds")
  func mistakes() throws {
    courant.settings("colunm: 60\ncolumn: 40\nkeys:\n  list:\n    x: dwon\n    Z: toggle-star\n")
    let config = courant.run(["config"])
    #expect(config.status == 1)
    #expect(config.output.contains("\ncolumn: 40\n"))
    let lines = config.errors.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first?.hasSuffix(
        "config.yaml:1: colunm: there is no such setting; did you mean “column”?") == true)
    #expect(lines.last?.contains("config.yaml:5: keys.list.x: there is no command “dwon”") == true)
    #expect(courant.run(["doctor"]).status == 1)
    let session = try courant.sit()
    #expect(session.wait(for: "! config.yaml:1: colunm:"), "\(session.screen.text)")
    #expect(session.screen.find("courant config lists all") != nil, "\(session.screen.text)")
    session.send("q")
    session.settle()
    session.send("Z")
    #expect(session.wait(for: "Starred"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A foreign settings file cannot act on the terminal that its contents are printed on")
  func hostileSettings() throws {
    let words = #""a\u009b31m\e]0;owned\a \u202e\u2066b""#
    courant.settings(
      """
      opener: \(words)
      theme: "\\e]8;;http://a.invalid/\\a x"
      "\\e[2Jcolunm": 60
      column: "\\e[31m"
      share:
        "n\\u009b": \(words)
      keys:
        list:
          "\\e]x": \(words)
          Z: "no\\u202esuch"

      """)
    _ = courant.file("config/courant/themes/a\u{1B}[31m.yaml", "system: base16\nname: \(words)\n")
    _ = courant.file("config/courant/sites.yaml", "- host: \(words)\n  body: \(words)\n")
    for arguments in [["config"], ["doctor"], ["doctor", "--theme", "\u{1B}]2;x\u{07}"]] {
      let answer = courant.run(arguments, environment: ["COLORTERM": "\u{1B}]0;y\u{07}"])
      for text in [answer.output, answer.errors] {
        let unsafe = text.unicodeScalars.filter {
          $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value))
            || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
        }
        #expect(unsafe.isEmpty, "\(arguments) \(text)")
      }
    }
    #expect(courant.run(["config"]).output.contains("theme: ?]8;;http://a.invalid/? x\n"))
  }

  @Test("The doctor names the programs of the settings, and those that are not there")
  func programs() {
    let tool = courant.script("tool", "true")
    courant.settings("opener: \(tool) %u\ncopier: [\(tool), -i]\neditor: \(tool)\n")
    let sound = courant.run(["doctor"])
    #expect(sound.status == 0, "\(sound.output)")
    for name in ["browser", "clipboard", "editor"] {
      #expect(sound.output.contains("  \(name)" + spaces(12 - name.count) + "tool\n"))
    }
    courant.settings(
      "opener: no-opener %u\ncopier: no-copier\neditor: no-editor\nshare:\n  note: no-note\n")
    let poor = courant.run(["doctor"])
    #expect(poor.status == 1)
    for words in [
      "opener: no-opener is not installed", "copier: no-copier is not installed",
      "editor: no-editor is not installed", "share.note: no-note is not installed",
    ] {
      #expect(poor.output.contains("WRONG       \(words)\n"), "\(poor.output)")
    }
    #expect(poor.output.contains("4 things are wrong."))
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  @Test("--config names the file, which must then be there")
  func named() throws {
    let missing = courant.run(["config", "--config", courant.home["none.yaml"]])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("none.yaml: there is no such file"))
    let path = courant.file("other.yaml", "column: 33\n")
    #expect(courant.run(["config", "--config", path]).output.contains("column: 33"))
  }

  @Test("A theme that cannot be read is named, and the standard one is drawn with")
  func badTheme() throws {
    courant.settings("theme: mine\n")
    _ = courant.file("config/courant/themes/mine.yaml", "system: base16\npalette:\n  base0X: red\n")
    let session = try courant.sit(environment: ["COLORTERM": "truecolor"])
    let mistake = "! mine.yaml:3: palette.base0X: no scheme has this colour"
    #expect(session.wait(for: mistake), "\(session.screen.text)")
    #expect(session.wait(for: "Welcome to Courant"))
    #expect(ground(session) == nil)
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    let unknown = try courant.sit(["--theme", "sepai"])
    #expect(unknown.wait(for: "no theme of this name"), "\(unknown.screen.text)")
    unknown.send("Q")
    #expect(unknown.waitForExit() == .code(0))
  }

  @Test("A theme that is chosen and cannot be read leaves the one that is drawn with")
  func badChoice() throws {
    courant.settings("theme: dusk\n")
    _ = courant.file("config/courant/themes/mine.yaml", "system: base16\npalette: [1]\n")
    let session = try courant.sit(environment: ["COLORTERM": "truecolor"])
    #expect(session.wait { $0.find("Courant") != nil && self.ground(session) != nil })
    let dusk = ground(session)
    session.send(":theme mine\r")
    #expect(session.wait(for: "! mine.yaml:2: palette: keys and values"), "\(session.screen.text)")
    #expect(ground(session) == dusk)
    session.send(":theme dusk\rT")
    #expect(session.wait(for: "Theme 3 of 17"), "\(session.screen.text)")
    session.send("10G")
    #expect(session.wait(for: "! mine.yaml:2: palette:"), "\(session.screen.text)")
    session.send("\u{1B}")
    #expect(session.wait { $0.find("Theme") == nil && self.ground(session) == dusk })
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  /// The background that the screen is drawn on; `nil` for the terminal's own.
  private func ground(_ session: TerminalSession) -> UInt32? {
    session.screen.cells.first?.last?.background
  }

  @Test(":reload takes the file as it is now")
  func reload() throws {
    courant.settings("ascii: false\n")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    courant.settings("ascii: true\nkeys:\n  all:\n    X: toggle-star\n")
    session.send(":reload\r")
    #expect(session.wait(for: "The settings are read again"), "\(session.screen.text)")
    session.send("X")
    #expect(session.wait(for: "Starred"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test(":reload shows a theme file as it is now")
  func reloadedTheme() throws {
    courant.settings("theme: mine\n")
    theme("mine", ground: "102030")
    let session = try courant.sit(environment: ["COLORTERM": "truecolor"])
    #expect(session.wait(for: "Welcome to Courant"))
    let before = session.screen.cells[10][2].background
    theme("mine", ground: "405060")
    session.send(":reload\r")
    #expect(session.wait { $0.cells[10][2].background != before }, "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  /// A theme of the reader's own, of one text colour.
  private func theme(_ name: String, ground: String) {
    let colours = (1...15).map { "  base0\(String($0, radix: 16, uppercase: true)): \"d0d0d0\"" }
    _ = courant.file(
      "config/courant/themes/\(name).yaml",
      "system: base16\nname: Mine\nvariant: dark\npalette:\n  base00: \"\(ground)\"\n"
        + colours.joined(separator: "\n") + "\n")
  }

  @Test("Typed commands are there again in the next run")
  func history() throws {
    let first = try courant.sit()
    #expect(first.wait(for: "Welcome to Courant"))
    first.send(":set column 44\r")
    #expect(first.wait(for: "column is 44"))
    first.send("Q")
    #expect(first.waitForExit() == .code(0))
    let second = try courant.sit()
    #expect(second.wait(for: "All 1"))
    second.send(":\u{1B}[A")
    #expect(second.wait(for: ":set column 44"), "\(second.screen.text)")
    second.send("\r")
    #expect(second.wait(for: "column is 44"))
    second.send("Q")
    #expect(second.waitForExit() == .code(0))
    let kept = String(
      decoding: readFile(courant.home["state/courant/history"]) ?? [], as: UTF8.self)
    #expect(kept == ":set column 44\n")
  }

  @Test("What may follow a prefix is shown after a pause")
  func whichKey() throws {
    courant.settings("key-pause: 100\n")
    let session = try courant.sit()
    #expect(session.wait(for: "Welcome to Courant"))
    session.send("z")
    #expect(session.wait(for: "zR unfold all"), "\(session.screen.text)")
    session.send("\u{1B}")
    session.settle()
    #expect(session.screen.find("zR unfold all") == nil)
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("The opener is started with the address, without a shell")
  func opener() throws {
    let log = courant.home["opened.txt"]
    let script = courant.script("opener", "printf '%s|' \"$@\" > '\(log)'")
    courant.settings("opener: '\(script) --tab \"a b\" %u'\n")
    let session = try courant.sit([courant.harbourPage(at: "https://news.invalid/tide?a=1;b")])
    #expect(session.wait(for: "The tide clock"))
    session.send("o")
    #expect(session.wait(for: "Opening"))
    #expect(courant.written(log, in: session) == "--tab|a b|https://news.invalid/tide?a=1;b|")
    courant.settings("opener: not-there\n")
    session.send(":reload\ro")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
