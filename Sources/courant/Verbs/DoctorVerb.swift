import Files
import Glibc
import Matching
import Parsing
import Settings
import Storage
import Terminal

/// `courant doctor`: checks everything that Courant depends on, and advises where it is wrong.
@MainActor
struct DoctorVerb {
  var invocation: Invocation
  /// Whether what is wrong with the library is mended first.
  var isRepairing: Bool

  /// Prints the findings; `false` if something is wrong.
  func run() throws(Failure) -> Bool {
    var report = Report()
    report.section("Library")
    checkLibrary(&report)
    report.section("Terminal")
    checkTerminal(&report)
    report.section("Settings")
    checkSettings(&report)
    report.section("Programs and libraries")
    report.fact("Courant", courantVersion + ", parser \(parserVersion)")
    for (name, version) in libraryVersions { report.fact(name, version) }
    checkParserLibraries(&report)
    checkPrograms(&report)
    let count = report.problems
    let end =
      count == 0 ? "All is well." : count == 1 ? "1 thing is wrong." : "\(count) things are wrong."
    try Output.write(report.text + "\n\(end)\n")
    return count == 0
  }

  /// The libraries that are loaded on first use, so that a missing one shows only here or at a page.
  private func checkParserLibraries(_ report: inout Report) {
    for library in loadParserLibraries() {
      if let version = library.version {
        report.fact(library.name, version)
      } else {
        report.problem(
          "\(library.name) cannot be loaded: \(library.problem ?? "it is damaged")",
          advice: "Install the package \(library.package).")
      }
    }
  }

  private var libraryVersions: [(String, String)] {
    [
      ("SQLite", sqliteVersion), ("zstd", zstdVersion), ("ncurses", ncursesVersion),
      ("PCRE2", pcreVersion), ("libyaml", yamlVersion),
    ]
  }

  /// Lines of findings, and how many of them are problems.
  struct Report {
    var text = ""
    var problems = 0

    mutating func section(_ name: String) { text += (text.isEmpty ? "" : "\n") + name + "\n" }

    mutating func fact(_ name: String, _ words: String) {
      let gap = String(repeating: " ", count: max(1, 12 - name.utf8.count))
      text += "  \(name)\(gap)\(shown(words))\n"
    }

    mutating func problem(_ words: String, advice: String) {
      problems += 1
      text += "  WRONG       \(shown(words))\n              \(advice)\n"
    }
  }

  // MARK: - Terminal

  private func checkTerminal(_ report: inout Report) {
    setlocale(LC_ALL, "")
    let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? "unknown"
    report.fact("locale", codeset)
    if codeset.uppercased() != "UTF-8" {
      report.problem(
        "the locale is not UTF-8, so letters beyond ASCII are shown as near ones",
        advice: "Set LC_ALL=C.UTF-8, or a locale that `locale -a` lists with utf8.")
    }
    let term = getenv("TERM").map { String(cString: $0) } ?? ""
    report.fact("TERM", term.isEmpty ? "not set" : term)
    do throws(TerminalError) {
      report.fact("colours", try terminalWords())
    } catch {
      report.problem(error.message, advice: "Until then Courant prints plain text.")
    }
    for name in ["COLORTERM", "NO_COLOR", "TMUX", "STY"] {
      if let value = getenv(name) { report.fact(name, String(cString: value)) }
    }
    if let columns = terminalColumns() { report.fact("columns", String(columns)) }
  }

  // MARK: - Other programs

  private func checkPrograms(_ report: inout Report) {
    let preferences = Setup(named: invocation.config).config.preferences
    let opener = OtherProgram.opener(of: "https:", preferred: preferences.opener)
    report.fact("browser", opener?.name ?? "none found; set BROWSER to the one you use")
    report.fact("clipboard", Clipboard(copier: preferences.copier)?.name ?? "none")
    let editor = EditorRun.editor(preferred: preferences.editor).program
    report.fact("editor", editor?.name ?? "none; comments are typed in a line at the bottom")
    var named = [
      ("opener", preferences.opener), ("copier", preferences.copier),
      ("editor", preferences.editor),
    ]
    named += preferences.share.map { ("share.\($0.name)", $0.command) }
    for (key, line) in named where !line.isEmpty {
      guard let program = OtherProgram(line: line), !program.isInstalled else { continue }
      report.problem(
        "\(key): \(program.name) is not installed", advice: "Install it, or name another one.")
    }
  }

  // MARK: - Settings

  private func checkSettings(_ report: inout Report) {
    let setup = Setup(named: invocation.config)
    report.fact("file", setup.path.shown)
    for problem in settingsProblems(setup.config) {
      report.problem(problem.message, advice: "Mend the line; until then the default holds.")
    }
    report.fact("themes", setup.themes.names.joined(separator: ", "))
    let sites = SiteRuleStore(invocation)
    report.fact("site rules", "\(sites.ownCount) of your own in \(sites.path.shown)")
    for problem in sites.problems {
      report.problem(problem, advice: "Mend the rule; until then it is not used.")
    }
    var problems = setup.themes.problems
    if let chosen = invocation.theme, chosen != "auto" {
      do throws(SettingsError) {
        _ = try setup.themes.theme(chosen)
      } catch {
        problems.append(error.message)
      }
    }
    for problem in problems {
      report.problem(problem, advice: "Mend the file; until then the standard theme is used.")
    }
  }
}
