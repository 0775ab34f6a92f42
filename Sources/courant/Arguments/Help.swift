/// The text of `--help`, made from the tables of verbs and options.
package enum Help {
  /// Help for one verb, or for the whole program.
  package static func text(for verb: Verb?) -> String { verb.map(text) ?? overview }

  private static var overview: String {
    var out = """
      Courant reads the news in the terminal: saved pages become stories with their
      pictures' captions and their comments, kept in one library.

      usage: courant [OPTIONS] [PATH|- …]      import what is named, then open the reader
             courant VERB [OPTIONS] …

      verbs:

      """
    out += table(Verb.allCases.map { ($0.rawValue, $0.words) })
    out += "\noptions:\n" + table(Option.everywhere.map { ($0.usage, $0.words) })
    out += """

      `courant help VERB` tells more of a verb. Where standard output is no terminal, Courant prints
      plain text, like a filter. Press ? in the list, or F1 anywhere, to see the keys.

      exit status: 0 done, 1 something failed, 2 the arguments make no sense
      files: $XDG_DATA_HOME/courant/library.sqlite
             $XDG_CONFIG_HOME/courant/config.yaml, sites.yaml and themes/

      """
    return out
  }

  private static func text(_ verb: Verb) -> String {
    var out = "usage: \(verb.usage)\n\n\(verb.words)\n"
    if !verb.notes.isEmpty { out += "\n" + verb.notes.joined(separator: "\n") + "\n" }
    let options = verb.options + Option.everywhere
    return out + "\noptions:\n" + table(options.map { ($0.usage, $0.words) })
  }

  private static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.utf8.count).max() ?? 0
    return rows.map { name, words in
      "  \(name)\(String(repeating: " ", count: width + 2 - name.utf8.count))\(words)\n"
    }.joined()
  }
}
