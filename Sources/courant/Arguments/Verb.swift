/// The verbs of the command line: the one table for the argument parser, the help, the manual page
/// and the completions.
package enum Verb: String, CaseIterable, Sendable {
  case add, refresh, sources, remove, opml, list, show, search, parse, reparse, export, backup,
    restore, config, completions, man
  case doctor, help

  /// What follows the verb: `PATH|- …`.
  var operands: String {
    switch self {
    case .add: "ADDRESS|PATH|- …"
    case .parse: "PATH|- …"
    case .refresh: "[SOURCE…]"
    case .remove: "SOURCE…"
    case .opml: "import|export FILE|-"
    case .list: "[FILTER…]"
    case .show: "STORY"
    case .search: "WORDS…"
    case .reparse: "[STORY…]"
    case .export: "STORY…"
    case .backup, .restore: "FILE"
    case .completions: "SHELL"
    case .config, .man, .doctor, .sources: ""
    case .help: "[VERB]"
    }
  }

  /// How many operands the verb takes.
  var operandCount: ClosedRange<Int> {
    switch self {
    case .add, .search, .export, .remove: 1...Int.max
    case .opml: 2...2
    case .show, .backup, .restore, .completions: 1...1
    case .parse, .list, .reparse, .refresh: 0...Int.max
    case .config, .man, .doctor, .sources: 0...0
    case .help: 0...1
    }
  }

  /// Whether the operands are a filter.
  var takesFilter: Bool { self == .list || self == .search }

  /// What the verb does, in one line.
  var words: String {
    switch self {
    case .add: "bring pages, folders of pages, web addresses and feeds into the library"
    case .refresh: "fetch the feeds that are due, or those that are named"
    case .sources: "print the feeds that are subscribed to, and how fetching them goes"
    case .remove: "unsubscribe from feeds; their stories stay"
    case .opml: "subscribe to the feeds of an OPML list, or write such a list"
    case .list: "print the stories of the library, newest first, a line each"
    case .show: "print a story with its figures and its thread"
    case .search: "print the stories that hold the words, best first, with the place found"
    case .parse: "print the stories in pages or feeds and store nothing"
    case .reparse: "read the kept pages again with the parser of this version"
    case .export: "print stories for other programs to read"
    case .backup: "write the whole library into one file"
    case .restore: "put a backup in the library's place, and keep the library that was there"
    case .config: "print the settings that hold, or a commented example of the file"
    case .completions: "print what bash, zsh or fish must know to complete courant's arguments"
    case .man: "print the manual page, as for `courant man | man -l -`"
    case .doctor: "check the library, the terminal and the libraries, and say what to do"
    case .help: "print help for a verb"
    }
  }

  /// What help says below the options; paragraphs of finished lines.
  var notes: [String] {
    switch self {
    case .show, .export:
      [
        "STORY is a number that `courant list` prints, the story's address, or the beginning of",
        "its headline.",
      ]
    case .list, .search:
      [
        "A filter is words, \"exact phrases\", unread read starred started, tag: source: author: site:",
        "before: after: (a day, month or year), newer: older: (2d, 3w, 1y), words>1000 comments>10,",
        "has:figures, in:title|body|captions|comments; - or not negates, or and ( ) join.",
      ]
    case .add:
      [
        "An address that begins with http:// or https:// is fetched: a page becomes a story, and a feed",
        "is subscribed to. The address of a site stands for the feed that its page names; where it names",
        "several, they are listed. --page takes the page itself, --feed always the feed.",
        "",
        "A folder is read with all its folders; links, devices and hidden files are left out.",
        "A page that is in the library already is kept once, with its place and its star. Where it",
        "says something else by now, the story does too, and undo in the reader (u in the list) brings",
        "the old text back, of up to 100 stories at once. An older copy, or one that was cut short,",
        "changes nothing. Undo takes no added story out of the library: delete it (D).",
      ]
    case .refresh:
      [
        "SOURCE is a number or name that `courant sources` prints, or its address. Without one, the",
        "sources that are due are fetched, and with --all every one that is not paused. What a server",
        "asked for (Retry-After) is kept in any case. The exit status is 1 where a source failed that",
        "worked before. Run it from cron or a systemd timer; two programs never refresh at once.",
      ]
    case .remove:
      [
        "SOURCE is a number or name that `courant sources` prints, or its address. Subscribing again",
        "brings nothing twice.",
      ]
    case .opml:
      [
        "Folders are kept both ways, and so is what other programs wrote about a feed. `-` is standard",
        "input or output.",
      ]
    case .backup:
      [
        "The library may be open and in use meanwhile. An earlier backup of that name is replaced once",
        "the new one is whole; a file that is no backup is left as it is.",
      ]
    case .restore:
      [
        "FILE is a backup, a copy that was kept beside the library, or any other library. It is only",
        "read, and refused if it is damaged or of a newer Courant. Close Courant before. Copying a",
        "backup over the library by hand would mix it with the log (-wal) that may stand there.",
      ]
    case .doctor:
      [
        "--repair makes the search indexes and the counts again from the stories, and damaged stories",
        "from their pages. A library that it cannot mend stays as it is.",
      ]
    case .completions:
      [
        "SHELL is bash, zsh or fish. The first lines of the script say where it belongs."
      ]
    case .config:
      [
        "Without --example: each setting with its value, and on standard error what in the file",
        "cannot be; the exit status is then 1. `courant config --example > FILE` begins a file.",
      ]
    case .parse:
      [
        "`-` is standard input. With --list, FILE `-` is standard input. Answers come in the order",
        "of the pages; all cores work. A page that cannot be read is a line on standard error; the",
        "rest go on and the exit status is 1.",
        "",
        "--explain is for pages that come out badly: the candidates for the body with their scores,",
        "what dropped each part, and what said the title, the byline and the date.",
      ]
    case .reparse:
      [
        "Without STORY, the stories that an older parser made. Your place, stars, tags and own",
        "comments stay. A page that gives no story any more leaves the one there is.",
      ]
    default: []
    }
  }

  /// The options besides those that every verb takes.
  var options: [Option] {
    switch self {
    case .add: [.source, .url, .charset, .feed, .page]
    case .refresh: [.all]
    case .sources: [.failing, .json]
    case .list: [.unread, .starred, .limit, .json]
    case .show: [.width, .noComments, .json]
    case .search: [.limit, .json]
    case .parse: [.json, .text, .html, .markdown, .explain, .url, .charset, .list]
    case .config: [.example]
    case .reparse: [.all]
    case .doctor: [.repair]
    case .backup, .restore, .completions, .man, .help, .remove, .opml: []
    case .export: [.format, .noComments]
    }
  }

  /// `courant parse [OPTIONS] PATH|- …`.
  var usage: String {
    let options = self.options.isEmpty ? "" : " [OPTIONS]"
    return "courant \(rawValue)\(options)\(operands.isEmpty ? "" : " \(operands)")"
  }
}
