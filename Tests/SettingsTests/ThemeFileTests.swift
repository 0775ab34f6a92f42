import Display
import Files
import Settings
import TestSupport
import Testing

@Suite struct ThemeFileTests {
  private static let colors = (0..<16).map { number in
    let digit = String(number, radix: 16, uppercase: true)
    return "base0\(digit): \"\(digit)\(digit)00\(digit)\(digit)\""
  }

  private func scheme(_ rest: String = "") -> String {
    "system: base16\nname: Trial\nvariant: dark\npalette:\n"
      + Self.colors.map { "  \($0)\n" }.joined() + rest
  }

  private func read(_ text: String) throws(SettingsError) -> Theme {
    try readTheme(Array(text.utf8), file: "trial.yaml")
  }

  private func message(_ text: String) -> String {
    do throws(SettingsError) {
      _ = try read(text)
      return "no error"
    } catch {
      return error.message
    }
  }

  @Test("A base16 scheme gives every role a look")
  func base16() throws {
    let theme = try read(scheme())
    #expect(theme.name == "Trial")
    #expect(theme.variant == .dark)
    #expect(theme.base == Look(foreground: .rgb(0x55, 0, 0x55), background: .rgb(0, 0, 0)))
    #expect(Role.allCases.allSatisfy { theme.looks[$0] != nil })
    #expect(theme.looks[.caption]?.foreground == .rgb(0xCC, 0, 0xCC))
  }

  @Test("The older flat form and base24 load unchanged")
  func forms() throws {
    let flat = "scheme: \"Old\"\nauthor: \"nobody\"\n" + Self.colors.joined(separator: "\n")
    let old = try read(flat)
    #expect(old.name == "Old")
    #expect(old.variant == .dark)
    #expect(old.looks == (try read(scheme())).looks)
    let more = (0..<8).map { "  base1\($0): \"#abcdef\"\n" }
    let base24 =
      scheme().replacingFirst("base16", "base24") + more.joined()
      + "roles:\n  link: {fg: base17}\n"
    #expect(try read(base24).looks[.link]?.foreground == .rgb(0xAB, 0xCD, 0xEF))
    #expect(
      try read(scheme("roles:\n  link: {fg: base17}\n")).looks[.link]?.foreground
        == .rgb(0xEE, 0, 0xEE))
    #expect(try read(scheme().replacingFirst("base0A", "base0a")).looks == old.looks)
  }

  @Test("Roles override what the scheme makes of them")
  func roles() throws {
    let theme = try read(
      scheme(
        """
        roles:
          caption: {fg: base08, bg: "#102030", bold: true, italic: false}
          link: {fg: bright-blue, dim: yes, reverse: true}
          quote: {fg: default, bg: }
          text:
        """))
    #expect(
      theme.looks[.caption]
        == Look(
          foreground: .rgb(0x88, 0, 0x88), background: .rgb(0x10, 0x20, 0x30), attributes: .bold))
    #expect(
      theme.looks[.link]
        == Look(foreground: .palette(12), attributes: [.underline, .dim, .reverse]))
    #expect(theme.looks[.quote] == Look(foreground: .standard, attributes: .italic))
  }

  @Test(
    "What is wrong is named with file, line, key and the nearest name",
    arguments: [
      (
        "roles:\n  captoin: {fg: base0C}\n",
        "trial.yaml:22: roles.captoin: there is no such role; did you mean “caption”?"
      ),
      (
        "roles:\n  caption: {fgg: base0C}\n",
        "trial.yaml:22: roles.caption.fgg: no look has this part; did you mean “fg”?"
      ),
      (
        "roles:\n  caption:\n    fg: \"#GGGGGG\"\n",
        "trial.yaml:23: roles.caption.fg: “#GGGGGG” is no colour; write six digits of 0–9 and a–f in quotes"
      ),
      (
        "roles:\n  caption: {fg: gren}\n",
        "trial.yaml:22: roles.caption.fg: “gren” is no colour; write six digits of 0–9 and a–f in quotes; did you mean “green”?"
      ),
      (
        "roles:\n  caption: {bold: ture}\n",
        "trial.yaml:22: roles.caption.bold: “ture” is neither true nor false; did you mean “true”?"
      ),
      ("roles: [a]\n", "trial.yaml:21: roles: keys and values are wanted here"),
      ("role:\n  text: {}\n", "trial.yaml:21: role: no theme has this key; did you mean “roles”?"),
      (
        "base0G: \"123456\"\n",
        "trial.yaml:21: base0G: no scheme has this colour; did you mean “base00”?"
      ),
      ("name: again\n", "trial.yaml:21: name: it stands here twice"),
      (
        "roles:\n  text: {fg: \"\\e[31m\"}\n",
        "trial.yaml:22: roles.text.fg: “?[31m” is no colour; write six digits of 0–9 and a–f in quotes"
      ),
    ])
  func mistakes(_ rest: String, _ expected: String) {
    #expect(message(scheme(rest)) == expected)
  }

  @Test("Files that are no theme are refused in words")
  func refusals() {
    #expect(message("") == "trial.yaml: it is empty")
    #expect(message("- a\n- b\n").hasSuffix("a theme is a map of keys and values"))
    #expect(message("name: x\n") == "trial.yaml:1: base00: this colour is missing")
    #expect(message("a: [1, 2\nb: }").contains("not YAML here"))
    #expect(message("a: *b\n").contains("not YAML here") || message("a: *b\n").contains("aliases"))
    #expect(message("name: &a x\nauthor: *a\n").contains("aliases are not read"))
    #expect(message(String(repeating: "[", count: 100_000)) != "no error")
    #expect(message(String(repeating: "{a: ", count: 5000)) != "no error")
    #expect(message("name: \u{1}\n") != "no error")
    #expect(
      message("variant: drak\n" + Self.colors.joined(separator: "\n")).hasSuffix(
        "did you mean “dark”?"))
    #expect(
      (try? readTheme([0xFF, 0xFE, 0x00, 0xD8, 0x80], file: "x")) == nil, "broken UTF-16")
  }

  @Test("A reader's own themes are found by name and by path")
  func folder() throws {
    let folder = TemporaryFolder()
    let path = folder.write(scheme(), to: "themes/mine.yaml")
    folder.write(scheme().replacingFirst("Trial", "My sepia"), to: "themes/sepia.yml")
    let themes = Path(folder["themes"])
    #expect(try loadTheme("mine", folder: themes).name == "Trial")
    #expect(try loadTheme(path, folder: "/nonexistent").name == "Trial")
    #expect(try loadTheme("sepia", folder: themes).name == "My sepia", "one's own goes first")
    #expect(try loadTheme("noon", folder: themes).name == "Noon")
    let names = themeNames(folder: themes)
    #expect(names.contains("mine") && names.filter { $0 == "sepia" }.count == 1)
  }

  @Test("A theme that is not there is named, with the nearest and all there are")
  func missing() throws {
    let error = #expect(throws: SettingsError.self) {
      try loadTheme("sepai", folder: "/nonexistent")
    }
    let message = try #require(error).message
    #expect(message.hasPrefix("sepai: there is no theme of this name; there are contrast, "))
    #expect(message.hasSuffix("did you mean “sepia”?"))
    for name in ["", "../sepia", "a\u{1B}[2Jb", "/nonexistent/x.yaml", "/tmp/", "."] {
      let error = #expect(throws: SettingsError.self) {
        try loadTheme(name, folder: "/nonexistent")
      }
      #expect(error?.message.unicodeScalars.allSatisfy { $0.value >= 32 } == true)
    }
    let folder = TemporaryFolder()
    let huge = folder.write([UInt8](repeating: 0x20, count: 2 << 20), to: "huge.yaml")
    #expect(throws: SettingsError.self) { try loadTheme(huge) }
    #expect(throws: SettingsError.self) { try loadTheme(folder.makeFolder("folder.yaml")) }
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return replacingCharacters(range, new)
  }

  private func replacingCharacters(_ range: Range<String.Index>, _ new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}
