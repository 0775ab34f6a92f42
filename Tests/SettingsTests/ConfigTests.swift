import Display
import Files
import Settings
import TestSupport
import Testing

/// The table of settings, the example made of it, and what is read from a file.
@Suite struct ConfigTests: ConfigReading {
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
