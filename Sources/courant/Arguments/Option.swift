/// Every option of the command line, by its long name.
package enum Option: String, CaseIterable, Sendable {
  case library, config, theme, help, version
  case source, json, text, html, markdown, url, charset, list
  case width, format, limit, unread, starred, all, example, explain, repair
  case feed, page, failing
  case noComments = "no-comments"

  /// What the option's value is called in help; `nil` for an option without a value.
  var value: String? {
    switch self {
    case .library, .config, .list: "FILE"
    case .theme, .source, .charset: "NAME"
    case .url: "ADDRESS"
    case .width, .limit: "N"
    case .format: "FORMAT"
    default: nil
    }
  }

  /// What the option does, for help.
  var words: String {
    switch self {
    case .library: "keep stories in FILE instead of the standard place"
    case .config: "read the settings in FILE instead of the standard place"
    case .theme: "draw in the colours of the theme NAME"
    case .help: "print help, with a verb before it: help for that verb"
    case .version: "print the version"
    case .source: "say that the stories come from NAME"
    case .json: "print JSON, one object a line"
    case .text: "print plain text (as without any of these)"
    case .html: "print clean, safe HTML"
    case .markdown: "print Markdown"
    case .url: "the address the page was saved from"
    case .charset: "the encoding of the page, where it is known"
    case .list: "read the files named in FILE, a line each: path[TAB]address"
    case .width: "wrap lines at N columns"
    case .format: "print json, html, markdown or text"
    case .limit: "print at most N stories"
    case .unread: "only stories that are not read"
    case .starred: "only starred stories"
    case .explain: "say why each block of the page was kept or dropped"
    case .all: "take all of them: every kept page, or every source, due or not"
    case .feed: "take an address for a site with a feed, whatever stands there"
    case .page: "take an address for a page, whatever feeds it names"
    case .failing: "only sources that cannot be fetched"
    case .example: "print a settings file in which everything is named and nothing changed"
    case .repair: "make again what can be made from the rest of a damaged library"
    case .noComments: "leave out the comments"
    }
  }

  /// How the option is written in help: `--width N`.
  var usage: String { "--\(rawValue)" + (value.map { " \($0)" } ?? "") }

  /// Options that every verb takes.
  static let everywhere: [Option] = [.library, .config, .theme, .help, .version]
}
