import App
import Settings

/// courant(1) in the man macros, made from the tables of verbs, options, commands and settings.
///
/// No text of a table is interpreted as a macro or an escape, whatever it contains.
@MainActor
package enum ManualPage {
  /// The whole page, ready for `man -l`.
  package static var text: String {
    var page = Roff()
    page.line(".TH COURANT 1 \"\" \"courant \(courantVersion)\" \"User Commands\"")
    head(&page)
    verbs(&page)
    page.section("OPTIONS")
    page.paragraph("These may stand anywhere, before or behind a verb.")
    options(Option.everywhere, &page)
    commandLine(&page)
    keys(&page)
    presets(&page)
    settings(&page)
    tail(&page)
    return page.text
  }

  private static func head(_ page: inout Roff) {
    page.section("NAME")
    page.line("courant \\- read the news in a terminal")
    page.section("SYNOPSIS")
    page.command("courant", rest: " [OPTIONS] [PATH|- …]")
    page.line(".br")
    page.command("courant", rest: " VERB [OPTIONS] …")
    page.section("DESCRIPTION")
    page.paragraph(
      "Courant turns saved pages into stories: headline, text, captioned pictures, and the comments "
        + "under them. It keeps them in one library and lets you move through all of it by keyboard."
    )
    page.paragraph(
      "Without a verb it imports what is named and opens the reader. Where standard output is no "
        + "terminal, it prints plain text, like a filter.")
  }

  private static func verbs(_ page: inout Roff) {
    page.section("VERBS")
    for verb in Verb.allCases {
      page.entry([(verb.usage, .bold)], sentence(verb.words))
      for lines in verb.notes.split(separator: "") { page.more(lines.joined(separator: " ")) }
      guard !verb.options.isEmpty else { continue }
      page.line(".RS")
      options(verb.options, &page)
      page.line(".RE")
    }
  }

  private static func options(_ options: [Option], _ page: inout Roff) {
    for option in options {
      var parts: [(String, Roff.Font)] = [("--\(option.rawValue)", .bold)]
      if let value = option.value { parts.append((" \(value)", .italic)) }
      page.entry(parts, sentence(option.words))
    }
  }

  /// Words of a table as a sentence.
  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }

  private static func commandLine(_ page: inout Roff) {
    page.section("THE COMMAND LINE")
    page.paragraph(
      "The key : begins a line in which every command below may be typed by its name, a number goes "
        + "to that line, and 40% to that percentage. Tab completes. Besides there are:")
    for verb in LineVerb.allCases {
      var parts: [(String, Roff.Font)] = [(":\(verb.rawValue)", .bold)]
      if !verb.argument.isEmpty { parts.append((" \(verb.argument)", .italic)) }
      page.entry(parts, sentence(verb.words))
    }
  }

  private static func keys(_ page: inout Roff) {
    page.section("KEYS")
    page.paragraph(
      "A number before a key repeats it. Each command can be given other keys in the settings, by "
        + "the name that stands in brackets. Behind a key stands where it works, if that is one "
        + "place only: the list of stories (list), a story (story), or a list to choose from that is "
        + "laid over the screen (picker).")
    for group in Command.Group.allCases {
      let entries = CommandTable.entries.filter { $0.group == group }
      page.line(".SS \"\(Roff.escaped(group.rawValue))\"")
      for entry in entries {
        page.entry(keys(of: entry), "\(entry.words). [\(entry.command.rawValue)]")
      }
    }
  }

  /// The keys of a command, each with a note where it works on one screen only.
  private static func keys(of entry: Command.Entry) -> [(String, Roff.Font)] {
    let keys = keysWithContexts(of: entry, namesOnly: true)
    guard !keys.isEmpty else { return [(":\(entry.command.rawValue)", .bold)] }
    return keys.enumerated().flatMap { index, key in
      let behind = key.note + (index + 1 < keys.count ? ", " : "")
      return [(key.key, Roff.Font.bold)] + (behind.isEmpty ? [] : [(behind, .plain)])
    }
  }

  private static func presets(_ page: inout Roff) {
    for preset in Preferences.Preset.allCases where preset != .courant {
      page.line(".SS \"With preset: \(Roff.escaped(preset.rawValue))\"")
      let rows = presetWords(preset).map { "\($0.keys): \($0.command)" }
      page.paragraph(rows.joined(separator: "; ") + ".")
    }
  }

  private static func settings(_ page: inout Roff) {
    page.section("SETTINGS")
    page.paragraph(
      "The settings file is YAML: lines of `name: value`. courant config --example prints one with "
        + "everything in it. What cannot be is named with file, line and key; the rest counts.")
    let defaults = Preferences()
    for setting in Setting.all {
      let value = setting.value(in: defaults)
      page.entry(
        [(setting.name, .bold), (value.isEmpty ? "" : ": \(value)", .plain)],
        "\(setting.words). It is \(setting.range).")
    }
    page.entry(
      [("share", .bold)],
      "Programs that :share hands a story to: a name and a program each. %u is the address, %t the headline."
    )
    page.entry(
      [("keys", .bold)],
      "What keys do. Below it stand places (all, \(places)), and below each its keys: a command, a list of commands, or none."
    )
  }

  private static var places: String {
    Command.Context.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private static func tail(_ page: inout Roff) {
    page.section("EXIT STATUS")
    for (status, words) in [
      ("0", "All was done."), ("1", "Something failed, and a line on standard error says what."),
      ("2", "The arguments make no sense."),
    ] { page.entry([(status, .bold)], words) }
    page.section("FILES")
    for (file, words) in [
      (
        "$XDG_DATA_HOME/courant/library.sqlite",
        "The library (~/.local/share where the variable is not set)."
      ),
      ("$XDG_CONFIG_HOME/courant/config.yaml", "The settings (~/.config)."),
      ("$XDG_CONFIG_HOME/courant/themes/", "Themes of your own, in the base16 or base24 form."),
      ("$XDG_CONFIG_HOME/courant/sites.yaml", "Rules of your own for sites that are read badly."),
      ("$XDG_STATE_HOME/courant/history", "Lines that were typed (~/.local/state)."),
      (
        "$XDG_STATE_HOME/courant/log",
        "What went wrong while the screen was in use, with the files that no import could read."
      ),
    ] { page.entry([(file, .italic)], words) }
    page.section("ENVIRONMENT")
    for (name, words) in [
      ("BROWSER", "Programs that open addresses, parted by colons, where the settings name none."),
      ("COLORTERM", "truecolor or 24bit says that the terminal has all colours."),
      ("COLORFGBG", "Tells the background where the terminal does not answer, for the theme auto."),
      ("NO_COLOR", "Not empty, it takes all colours away."),
      ("TERM", "The terminal, as terminfo knows it."),
    ] { page.entry([(name, .bold)], words) }
    page.section("SEE ALSO")
    page.line(".BR less (1),")
    page.line(".BR newsboat (1)")
  }
}
