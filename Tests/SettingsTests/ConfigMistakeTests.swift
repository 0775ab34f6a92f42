import Display
import Files
import Settings
import TestSupport
import Testing

/// Mistakes in a settings file: each is named with its line, and the rest counts.
@Suite struct ConfigMistakeTests: ConfigReading {
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
}
