import Display
import Files
import Settings
import TestSupport
import Testing

@Suite struct ConfigTests {
  private static let themes = ["dusk", "linen", "night-desk", "terminal"]

  private func read(_ text: String) -> Config {
    readConfig(Array(text.utf8), file: "config.yaml", themes: Self.themes)
  }

  private func messages(_ text: String) -> [String] { read(text).problems.map(\.message) }

  // MARK: - The table

  @Test("Every setting is named once, in lower case, with words and a default that may be written")
  func table() throws {
    let names = Setting.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: Config.sections))
    for setting in Setting.all {
      #expect(setting.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(setting.name)")
      #expect(setting.words.count > 8 && !setting.words.hasSuffix("."), "\(setting.name)")
      var preferences = Preferences()
      let value = setting.value(in: preferences)
      try setting.set(value, in: &preferences, themes: Self.themes)
      #expect(preferences == Preferences(), "\(setting.name)")
    }
  }

  @Test("Each setting changes what it names, and nothing else")
  func changes() throws {
    for setting in Setting.all {
      let value = try otherValue(of: setting)
      let config = read("\(setting.name): \(value)\n")
      #expect(config.problems.isEmpty, "\(config.problems)")
      for each in Setting.all {
        let isSame =
          each.value(in: config.preferences) == each.value(in: Preferences())
        #expect(isSame == (each.name != setting.name), "\(setting.name): \(each.name)")
      }
    }
  }

  /// A valid value of a setting that is not its default.
  private func otherValue(of setting: Setting) throws -> String {
    let values =
      switch setting.kind {
      case .flag: ["true", "false"]
      case .number(let range): [String(range.lowerBound), String(range.upperBound)]
      case .choice(let values): values
      case .theme: Self.themes
      case .program: ["keep --all"]
      case .letters: ["qwer"]
      case .words: ["Kim of the quay"]
      }
    let standard = setting.value(in: Preferences())
    return try #require(values.first { $0 != standard }, "\(setting.name)")
  }

  @Test(
    "A flag may be written in three ways",
    arguments: [
      ("true", true), ("yes", true), ("on", true), ("false", false), ("no", false), ("off", false),
    ])
  func flags(_ written: String, _ isOn: Bool) {
    let preferences = read("ascii: \(written)\ntitle: \(written)\n").preferences
    #expect(preferences.isASCII == isOn && preferences.setsTitle == isOn)
  }

  // MARK: - The example

  @Test("The example says what holds without it, and is read without a problem as it is")
  func example() {
    let example = exampleConfig(keys: [("list", ["\"j\": down", "\"?\": help"])])
    let config = read(example)
    #expect(config == Config())
    for line in example.split(separator: "\n") { #expect(line.utf8.count <= 120, "\(line)") }
  }

  @Test("With every # before a setting taken away, the example names each setting once")
  func exampleUncommented() {
    let example = exampleConfig(keys: [("list", ["\"j\": down", "\"?\": help"])])
    let lines = example.split(separator: "\n").map { line in
      let isSentence = line == "#" || (line.hasPrefix("# ") && !line.hasPrefix("#  "))
      return isSentence ? "" : String(line.drop { $0 == "#" })
    }
    let text = lines.joined(separator: "\n")
    let config = read(text)
    #expect(config.problems == [])
    var preferences = config.preferences
    #expect(preferences.share.map(\.name) == ["mail"])
    preferences.share = []
    #expect(preferences == Preferences())
    #expect(config.bindings.map(\.keys) == ["j", "?"])
    for setting in Setting.all {
      let count = lines.count { $0.hasPrefix("\(setting.name): ") }
      #expect(count == 1, "\(setting.name)")
    }
  }

  @Test("A program may be written as a list of words, each kept as it is")
  func wordList() {
    let config = read("share:\n  note: [keep, '%t', \"it's\", '$HOME']\n  empty: []\n")
    #expect(config.preferences.share.map(\.command) == [#"'keep' '%t' 'it'"'"'s' '$HOME'"#])
    #expect(config.problems.map(\.line) == [3])
    let programs = read("opener: [/opt/my browser/run, --tab, '%u']\ncopier:\n  - keep\n  - it\n")
    #expect(programs.problems.isEmpty)
    #expect(programs.preferences.opener == "'/opt/my browser/run' '--tab' '%u'")
    #expect(programs.preferences.copier == "'keep' 'it'")
  }

  @Test(
    "Code with a placeholder in it is refused, for what a page says would be run",
    arguments: [
      "sh -c 'notify %t'", "sh -c %t", "/bin/bash -lc 'notify \"%t\"'",
      "bash -o pipefail -c 'a %s'",
      "env LANG=C dash -c 'a %u'", "nohup setsid zsh -ic 'x; y %t' &", "sh -c -e 'a %t'",
      "fish --command 'a %t'", "fish --command='a %t'", "busybox sh -c 'a %t'",
      "sh -c 'exec \"$@\"' sh bash -c %t", "env -S 'notify %t'", "python3 -c 'print(\"%t\")'",
      "python3.12 -Ic 'a %t'", "perl -e'print qq(%t)'", "perl -w -e 1 -e %t",
      "ruby -r json -e 'a %u'",
      "node --eval=%t", "php -r 'a %t'", "awk 'BEGIN { print \"%t\" }'", "sed 's/a/%t/'",
      "ssh desk notify %t", "watch notify %t", "tmux new-window 'w3m %u'", "xterm -e 'w3m %u'",
      "su -c 'a %t' other", "[sh, -c, 'a %t']", "ssh desk firefox",
    ])
  func code(_ line: String) throws {
    let written = line.hasPrefix("[") ? line : "\"\(line.replacing("\"", with: "\\\""))\""
    for (key, text) in [
      ("share.it", "share:\n  it: \(written)\n"), ("opener", "\nopener: \(written)\n"),
    ] {
      let messages = messages(text)
      #expect(messages.count == 1)
      let message = try #require(messages.first)
      #expect(message.hasPrefix("config.yaml:2: \(key): “"))
      #expect(message.contains("would run what a page says as code; name a script of your own"))
    }
    #expect(read("share:\n  it: \(written)\nopener: \(written)\n").preferences.share.isEmpty)
  }

  @Test(
    "Data for a script, and text that only looks like code, are taken",
    arguments: [
      "sh -c 'notify \"$1\"' sh %t", "bash script.sh %t", "sh -c firefox", "notify -c %t",
      "mail -s 'News: %t' me", "sh -c 'echo 100%%t' sh %u", "python3 -m tool %u", "perl tool.pl %t",
      "xterm -e w3m %u", "env LANG=C keep %t", "awk -f tool.awk %t", "./sh-notify -c '%t'",
    ])
  func data(_ line: String) {
    let written = "\"\(line.replacing("\"", with: "\\\""))\""
    let config = read("share:\n  it: \(written)\nopener: \(written)\n")
    #expect(config.problems.isEmpty)
    #expect(config.preferences.opener == line)
    #expect(config.preferences.share.map(\.command) == [line])
  }

  // MARK: - Mistakes

  @Test(
    "What is wrong is named with file, line, key and the nearest name",
    arguments: [
      (
        "colunm: 60\n",
        "config.yaml:1: colunm: there is no such setting; did you mean “column”?"
      ),
      (
        "hint-letters: abca\n",
        "config.yaml:1: hint-letters: “abca” is not two or more different letters or digits"
      ),
      ("\ncolumn: 7\n", "config.yaml:2: column: “7” is not a number from 20 to 200"),
      ("column: wide\n", "config.yaml:1: column: “wide” is not a number from 20 to 200"),
      (
        "column: 99999999999999999999\n",
        "config.yaml:1: column: “99999999999999999999” is not a number from 20 to 200"
      ),
      (
        "mouse: flase\n",
        "config.yaml:1: mouse: “flase” is not true or false; did you mean “false”?"
      ),
      (
        "theme: nigth-desk\n",
        "config.yaml:1: theme: “nigth-desk” is not the name of a theme, or auto; did you mean “night-desk”?"
      ),
      (
        "preset: newsbaot\n",
        "config.yaml:1: preset: “newsbaot” is not courant, newsboat, less or vim; did you mean “newsboat”?"
      ),
      (
        "column: [1, 2]\n",
        "config.yaml:1: column: one value is wanted here: a number from 20 to 200"
      ),
      (
        "\nopener: []\n",
        "config.yaml:2: opener: one value is wanted here: a program with its arguments, in one line or a list of words"
      ),
      (
        "copier: [keep, [a]]\n",
        "config.yaml:1: copier: one value is wanted here: a program with its arguments, in one line or a list of words"
      ),
      (
        "editor: [vi, \"a\\tb\"]\n",
        "config.yaml:1: editor: “'vi' 'a?b'” is no line of a program and its arguments"
      ),
      (
        "\ncopier: \"keep 'it\"\n",
        "config.yaml:2: copier: “keep 'it” is no line of a program and its arguments"
      ),
      (
        "opener: \"  \"\n",
        "config.yaml:1: opener: “  ” is no line of a program and its arguments"
      ),
      (
        "share:\n  note: keep\n  open: \"'x\"\n",
        "config.yaml:3: share.open: “'x” is no line of a program and its arguments"
      ),
      ("- a\n- b\n", "config.yaml:1: settings are lines of `name: value`"),
      ("just words\n", "config.yaml:1: settings are lines of `name: value`"),
      ("share: mail\n", "config.yaml:1: share: keys and values are wanted here"),
      (
        "share:\n  mail:\n",
        "config.yaml:2: share.mail: a program with its arguments is wanted here"
      ),
      ("keys:\n  list: j\n", "config.yaml:2: keys.list: keys and values are wanted here"),
      (
        "keys:\n  list:\n    j:\n",
        "config.yaml:3: keys.list.j: a command, a list of commands, or none is wanted here"
      ),
      (
        "opener: \"a\\nb\"\n",
        "config.yaml:1: opener: “a?b” is no line of a program and its arguments"
      ),
      (
        "name: \"a\\tb\"\n",
        "config.yaml:1: name: “a?b” is not a few words in one line"
      ),
    ])
  func mistakes(_ text: String, _ expected: String) {
    #expect(messages(text) == [expected])
  }

  @Test("A mistake costs no more than its own line")
  func restCounts() {
    let config = read(
      "column: 60\nwide: many\nnothing: 1\nsplit: false\ncolumn: 80\nlist-rows: 1\n")
    #expect(config.preferences.column == 60)
    #expect(config.preferences.wide == Preferences().wide)
    #expect(!config.preferences.isSplit)
    #expect(config.preferences.listRows == 1)
    #expect(config.problems.map(\.line) == [2, 3, 5])
    #expect(config.problems.last?.problem == "it stands here twice")
  }

  @Test("A file that is no YAML is told of with its line, and every default holds")
  func broken() {
    let config = read("column: 60\nkeys:\n  list:\n    [: down\n")
    #expect(config.preferences == Preferences())
    let message = config.problems.first?.message ?? ""
    #expect(message.hasPrefix("config.yaml:"), "\(message)")
    #expect(message.contains("not YAML here"), "\(message)")
    #expect(message.hasSuffix("are put in quotes"), "\(message)")
    for text in ["", "\n", "# nothing\n", "---\n", "~\n"] {
      #expect(read(text).preferences == Preferences())
    }
    #expect(read("# nothing\n").problems.isEmpty)
    #expect(!messages(String(repeating: "[", count: 50_000)).isEmpty)
    #expect(!messages("a: &x b\nc: *x\n").isEmpty)
  }

  @Test("Keys keep their lines, one command or several")
  func bindings() {
    let config = read("keys:\n  list:\n    x: toggle-read\n    \"g n\": [toggle-star, down]\n")
    #expect(
      config.bindings == [
        .init(context: "list", keys: "x", orders: ["toggle-read"], file: "config.yaml", line: 3),
        .init(
          context: "list", keys: "g n", orders: ["toggle-star", "down"], file: "config.yaml",
          line: 4),
      ])
  }

  @Test("Files in which anything is changed anywhere are read to their end", arguments: 1...8)
  func mangled(seed: UInt64) {
    let whole = Array(
      exampleConfig(keys: [("list", ["\"j\": down", "\"?\": help"])])
        .split(separator: "\n").map { $0.hasPrefix("# ") ? "" : $0.drop { $0 == "#" } }
        .joined(separator: "\n").utf8)
    let signs = Array(":[]{}#&*!|>'\"%@`-\n\t\u{0}\u{FF}€ ".utf8)
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<1 + next(6) {
        let index = next(bytes.count)
        switch next(3) {
        case 0: bytes[index] = signs[next(signs.count)]
        case 1: bytes.insert(signs[next(signs.count)], at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + next(40)))
        }
      }
      let config = readConfig(bytes, file: "c.yaml", themes: Self.themes)
      for problem in config.problems {
        #expect(problem.message.hasPrefix("c.yaml"))
        #expect(problem.message.unicodeScalars.allSatisfy { $0.value >= 32 })
      }
      #expect((20...200).contains(config.preferences.column))
    }
  }

  // MARK: - Files

  @Test("A file that is not there is no mistake unless it was named")
  func files() {
    let folder = TemporaryFolder()
    let missing = Path(folder["none.yaml"])
    #expect(loadConfig(missing, isNamed: false, themes: []).problems.isEmpty)
    let named = loadConfig(missing, isNamed: true, themes: []).problems.map(\.message)
    #expect(named == ["\(folder["none.yaml"]): there is no such file"])
    let huge = folder.write([UInt8](repeating: 0x20, count: 2 << 20), to: "huge.yaml")
    #expect(loadConfig(Path(huge), isNamed: true, themes: []).problems.count == 1)
    let inFolder = loadConfig(
      Path(folder.makeFolder("folder.yaml")), isNamed: false, themes: [])
    #expect(inFolder.problems.first?.problem == "it is a folder")
  }
}
