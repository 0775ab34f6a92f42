import Files
import Matching
import Stories

/// One row of the table of settings: its name in `config.yaml` and in `:set`, what it may be, and
/// what it does in words.
///
/// To add a setting: a property of `Preferences` with its default, and a row in `Setting.all`. The
/// file's reader, `courant config --example`, `:set` with its completion, the manual page and the
/// README's table are all made from the row.
package struct Setting: Sendable {
  /// The valid values of a setting.
  package enum Kind: Sendable, Hashable {
    case flag
    case number(ClosedRange<Int>)
    case choice([String])
    /// The name of a theme; `auto` where the terminal may be asked.
    case theme(orAuto: Bool)
    /// A program with its arguments, or nothing; one that opens addresses gets the address as its last
    /// argument where no placeholder says otherwise.
    case program(opensAddresses: Bool)
    /// Two or more different letters or digits.
    case letters
    /// Words, or nothing.
    case words

    var isProgram: Bool { if case .program = self { true } else { false } }
  }

  /// The headings of the example, in its order.
  package enum Group: String, CaseIterable, Sendable {
    case look = "Look"
    case layout = "Layout"
    case keys = "Keys and mouse"
    case programs = "Programs"
  }

  /// Its name in the file and after `:set`.
  package let name: String
  /// The heading it stands under.
  package let group: Group
  /// Its valid values.
  package let kind: Kind
  /// What it does: one sentence without a full stop.
  package let words: String
  private let read: @Sendable (Preferences) -> String
  private let write: @Sendable (inout Preferences, String) -> Void

  /// Why a value is invalid.
  package struct Refusal: Error, Hashable {
    /// In words, without a stop.
    package var problem: String
    /// The nearest valid value, where they are a short list.
    package var nearest: String?
  }

  /// The value as it is written in the file.
  package func value(in preferences: Preferences) -> String { read(preferences) }

  /// Sets the value from its written form; `themes` are the names of the themes there are.
  package func set(
    _ written: String, in preferences: inout Preferences, themes: [String]
  ) throws(Refusal) {
    write(&preferences, try checked(written, themes))
  }

  /// The valid values, where they are a short list; for completion.
  package func values(themes: [String]) -> [String] {
    switch kind {
    case .flag: ["true", "false"]
    case .choice(let values): values
    case .theme(let orAuto): (orAuto ? ["auto"] : []) + themes
    case .number, .program, .letters, .words: []
    }
  }

  /// The valid values in words: "a number from 20 to 200".
  package var range: String {
    switch kind {
    case .flag: "true or false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let values): values.dropLast().joined(separator: ", ") + " or \(values.last ?? "")"
    case .theme(let orAuto): "the name of a theme" + (orAuto ? ", or auto" : "")
    case .program: "a program with its arguments"
    case .letters: "two or more different letters or digits"
    case .words: "a few words in one line"
    }
  }

  private func checked(_ written: String, _ themes: [String]) throws(Refusal) -> String {
    let shown = shown(written, limit: 60)
    switch kind {
    case .flag:
      if ["true", "yes", "on"].contains(written) { return "true" }
      if ["false", "no", "off"].contains(written) { return "false" }
    case .number(let range):
      if let number = Int(written), range.contains(number) { return String(number) }
    case .choice(let values):
      if values.contains(written) { return written }
    case .theme:
      let isFile = written.contains("/") || written.hasSuffix(".yaml") || written.hasSuffix(".yml")
      if isFile || values(themes: themes).contains(written) { return written }
    case .program(let opensAddresses):
      let problem = Self.problem(ofProgram: written, opensAddresses: opensAddresses)
      if !written.isEmpty, let problem { throw Refusal(problem: problem) }
      return written
    case .letters:
      let isText = written.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
      if isText, (2...64).contains(written.count), Set(written).count == written.count {
        return written
      }
    case .words:
      let isLine = !SafeScalars.hasControl(written)
      if isLine, written.count <= 60 { return written }
    }
    let candidates = kind == .flag ? ["true", "false", "yes", "no", "on", "off"] : nil
    throw Refusal(
      problem: "“\(shown)” is not \(range)",
      nearest: nearest(to: written, among: candidates ?? values(themes: themes)))
  }
}

// MARK: - Programs

extension Setting {
  /// Why a line cannot be a program with its arguments, in words; `nil` where it can.
  static func problem(ofProgram line: String, opensAddresses: Bool) -> String? {
    let shown = shown(line, limit: 60)
    guard line.utf8.count <= 4096, !SafeScalars.hasControl(line), let words = programWords(line)
    else { return "“\(shown)” is no line of a program and its arguments" }
    guard ProgramCode.isFilled(words, appendsAddress: opensAddresses) else { return nil }
    return "“\(shown)” would run what a page says as code; name a script of your own, "
      + "which gets it as an argument"
  }
}

// MARK: - Making rows

extension Setting {
  private typealias Path<Value> = any WritableKeyPath<Preferences, Value> & Sendable

  private static func flag(
    _ name: String, _ group: Group, _ path: Path<Bool>, _ words: String
  ) -> Setting {
    Setting(
      name: name, group: group, kind: .flag, words: words,
      read: { String($0[keyPath: path]) }, write: { $0[keyPath: path] = $1 == "true" })
  }

  private static func number(
    _ name: String, _ group: Group, _ path: Path<Int>, _ range: ClosedRange<Int>, _ words: String
  ) -> Setting {
    Setting(
      name: name, group: group, kind: .number(range), words: words,
      read: { String($0[keyPath: path]) },
      write: { $0[keyPath: path] = Int($1) ?? $0[keyPath: path] })
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ group: Group, _ path: Path<Value>, _ words: String
  ) -> Setting {
    Setting(
      name: name, group: group, kind: .choice(Value.allCases.map(\.rawValue)), words: words,
      read: { $0[keyPath: path].rawValue },
      write: { $0[keyPath: path] = Value(rawValue: $1) ?? $0[keyPath: path] })
  }

  private static func text(
    _ name: String, _ group: Group, _ path: Path<String>, _ kind: Kind, _ words: String
  ) -> Setting {
    Setting(
      name: name, group: group, kind: kind, words: words,
      read: { $0[keyPath: path] }, write: { $0[keyPath: path] = $1 })
  }

  /// The setting of a name.
  package static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  /// The setting name nearest to what was written.
  package static func nearestName(to written: String) -> String? {
    nearest(to: written, among: all.map(\.name))
  }

  /// All settings, in the order of the example.
  package static let all: [Setting] = look + layout + keys + programs

  private static let look = [
    text(
      "theme", .look, \.theme, .theme(orAuto: true),
      "Colours; auto asks the terminal whether it is light or dark"),
    text(
      "light-theme", .look, \.lightTheme, .theme(orAuto: false),
      "The theme that auto takes on a light terminal"),
    text(
      "dark-theme", .look, \.darkTheme, .theme(orAuto: false),
      "The theme that auto takes on a dark terminal"),
    flag("ascii", .look, \.isASCII, "Draw frames, bars and marks in ASCII"),
    flag(
      "cursor", .look, \.showsCursor,
      "Show the cursor on the chosen line, for screen readers and magnifiers"),
    flag("title", .look, \.setsTitle, "Show the open story's headline as the window's title"),
    choice(
      "progress", .look, \.showsProgress,
      "Show running work in the task bar or tab (OSC 9;4); auto: where the terminal is known to"),
    choice(
      "hyperlinks", .look, \.showsLinks,
      "Make links clickable in the terminal itself (OSC 8); auto: where it is known to do that"),
  ]

  private static let layout = [
    number("column", .layout, \.column, 20...200, "The columns of a story's text at most"),
    number(
      "wide", .layout, \.wide, 64...1000,
      "From how many columns list and story stand side by side"),
    flag("split", .layout, \.isSplit, "Whether they stand side by side there"),
    number(
      "list-width", .layout, \.listWidth, 0...400,
      "The columns of the list beside a story; 0 takes three eighths of the screen"),
    number("list-rows", .layout, \.listRows, 1...2, "The lines that each story of the list takes"),
    choice(
      "bidi", .layout, \.bidi,
      "Put text that runs from right to left in order; auto: unless the terminal is known to do it"),
  ]

  private static let keys = [
    choice(
      "preset", .keys, \.preset,
      "The key preset, after the program it resembles; `keys` overrides it"),
    number(
      "key-pause", .keys, \.keyPause, 0...10_000,
      "After how many milliseconds a begun key sequence shows what may follow"),
    flag(
      "mouse", .keys, \.hasMouse,
      "Take clicks and the wheel; off, or with Shift held, the terminal selects text"),
    text(
      "hint-letters", .keys, \.hintLetters, .letters,
      "The letters of link hints, the easiest to reach first"),
  ]

  private static let programs = [
    text(
      "opener", .programs, \.opener, .program(opensAddresses: true),
      "What opens web and mail addresses, as in firefox --new-tab %u; empty: $BROWSER, or xdg-open"
    ),
    text(
      "copier", .programs, \.copier, .program(opensAddresses: false),
      "What takes text for the clipboard, on standard input; empty: tmux, the desktop's tool, OSC 52"
    ),
    text(
      "editor", .programs, \.editor, .program(opensAddresses: false),
      "What comments are written in; empty: $VISUAL or $EDITOR, or a line at the bottom"),
    text(
      "name", .programs, \.name, .words,
      "The name above your own comments; empty: the one you are logged in by"),
  ]
}
