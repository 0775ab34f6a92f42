/// The one table of commands: keymap, help, README and the `:` line are all made from it.
///
/// Where the usual keys of pagers, mail readers and editors collide, these are the choices:
///
/// - **Digits are counts, always.** `5j`, `12G`, `40%`. The thread's depth is `z1` … `z9`, beside
///   the other folds.
/// - **`?` searches backward where there is text to search** (a story) and is help elsewhere.
///   `F1`, `g?` and `:help` are help everywhere.
/// - **Letters that scroll a story (`d u b`, as in less) act on stories in the list:** `u` is undo and
///   `b` the sidebar there. What a story's letters leave no room for has a second key that is the
///   same on both screens: `g-` undo and `g+` redo (as in vim), `gb` sidebar. `U`, `t`, `D`, `S` are
///   the same on both. A page up is `PgUp` or `^B` everywhere.
/// - **`D` deletes, never `d`:** `d` scrolls a story, and must not delete one in the list by mistake.
/// - **`v` chooses, as `V` a range and `*` all;** `m s t D` then work on what is chosen, `Esc` lets go.
/// - **`z` and a letter choose how things are shown:** folds, zen and the part of wide code or tables
///   in a story, the order in the list.
/// - **`Tab` goes to the next thing one would press Enter on:** an unread story in the list, a link
///   in a story.
/// - **`f` puts letters over links, `F` lists figures, `L` links, `O` headings and all.** A count
///   is a link's number: `7o`, `7y`.
/// - **`^O` goes back along the jumps and `]j` forward,** for `^I` is `Tab` on a terminal.
/// - **`M` and a letter marks a place, `'` and the letter goes there,** since `m` marks a story read;
///   in a story the presets `less` and `vim` have `m` as those programs do, and `M` for read.
/// - **`n` and `N` are matches only.** They never change the story; `J` and `K` do.
/// - **A chord with Alt that is bound to nothing is Esc and the key,** as in vim: terminals send the
///   two alike. In a line that is typed Alt moves by words, as the shell's does.
/// - **`^C` interrupts what runs, as in less, vim and the shell;** where nothing runs it is `Esc`.
/// - **`g` and a letter choose what the list shows:** `ga` all, `gu` unread, `gs` starred, `gc` begun,
///   `gd` deleted.
package enum CommandTable {
  /// All commands, in the order in which help shows them.
  package static let entries: [Command.Entry] =
    moving + stories + list + changes + search + parts + thread + view + prompt

  static let byCommand: [Command: Command.Entry] = Dictionary(
    entries.map { ($0.command, $0) }, uniquingKeysWith: { first, _ in first })

  /// What is wrong with the default keys, in words: bound twice, hidden by a shorter one, misspelt.
  package static var problems: [String] { Keymap().flaws }

  /// The row of a command that the table lacks; a test checks that there is none.
  static func missing(_ command: Command) -> Command.Entry {
    Command.Entry(
      command: command, group: .view, label: command.rawValue, words: command.rawValue, keys: [:])
  }

  /// A row of the table: `keys` are for list, story and help (or only for `contexts`), and `list`,
  /// `story`, `help` and `picker` add some of their own.
  static func entry(
    _ command: Command, _ group: Command.Group, _ label: String, _ words: String,
    _ keys: String = "", in contexts: [Command.Context] = [.list, .story, .help, .picker],
    list: String = "", story: String = "", help: String = "", picker: String = ""
  ) -> Command.Entry {
    func split(_ written: String) -> [String] { written.split(separator: " ").map(String.init) }
    var table: [Command.Context: [String]] = [:]
    let shared = split(keys)
    for context in contexts { table[context] = shared }
    for (context, own) in [
      (Command.Context.list, list), (.story, story), (.help, help), (.picker, picker),
    ]
    where !own.isEmpty {
      table[context, default: []] += split(own)
    }
    return Command.Entry(command: command, group: group, label: label, words: words, keys: table)
  }

  private static let moving = [
    entry(.down, .moving, "down", "One line or story down", "j Down", story: "^E"),
    entry(.up, .moving, "up", "One line or story up", "k Up", story: "^Y"),
    entry(.pageDown, .moving, "page down", "One page down", "Space PgDn ^F"),
    entry(.pageUp, .moving, "page up", "One page up", "PgUp ^B", story: "b", help: "b"),
    entry(.halfPageDown, .moving, "half page down", "Half a page down", "^D", story: "d"),
    entry(.halfPageUp, .moving, "half page up", "Half a page up", "^U", story: "u"),
    entry(.top, .moving, "top", "To the top; with a count, to that line or story", "gg Home"),
    entry(.bottom, .moving, "end", "To the end; with a count, to that line or story", "G End"),
    entry(.goToPercent, .moving, "percent", "With a count: to that percentage, as in 40%", "%"),
    entry(
      .windowTop, .moving, "window top", "First story on the screen; with a count, that many down",
      "H", in: [.list]),
    entry(
      .windowMiddle, .moving, "middle", "The story in the middle of the screen", "gM", in: [.list]),
    entry(
      .windowBottom, .moving, "window end", "Last story on the screen; with a count, that many up",
      "L", in: [.list]),
  ]

  private static let stories = [
    entry(
      .open, .stories, "open", "Open the story; in a story, the chosen link or fold", "Enter",
      in: [.list, .story, .picker], list: "l Right"),
    entry(
      .back, .stories, "back", "Back to the list; from the list, q leaves Courant", "q",
      story: "h Backspace", help: "h Left Backspace"),
    entry(
      .clear, .stories, "clear", "Clear the search, choice or filter; then back to the list",
      "Esc"),
    entry(.quit, .stories, "quit", "Leave Courant from anywhere; every place is kept", "Q"),
    entry(
      .nextStory, .stories, "next story", "Next story of the list", "J", in: [.list, .story]),
    entry(
      .previousStory, .stories, "previous story", "Previous story of the list", "K",
      in: [.list, .story]),
    entry(
      .nextUnread, .stories, "next unread", "Next unread story", "]u", in: [.list, .story],
      list: "Tab"),
    entry(
      .previousUnread, .stories, "previous unread", "Previous unread story", "[u",
      in: [.list, .story], list: "S-Tab"),
    entry(
      .toggleRead, .stories, "read or unread", "Mark read or unread", "m", in: [.list, .story]),
    entry(.toggleStar, .stories, "star", "Star, or take the star away", "s", in: [.list, .story]),
  ]

  private static let list = [
    entry(
      .filter, .list, "filter", "Show only stories with these words, while you type", in: [],
      list: "/", help: "/", picker: "/"),
    entry(.showAll, .list, "all", "Show all stories", "ga", in: [.list, .story]),
    entry(.showUnread, .list, "unread", "Show unread stories", "gu", in: [.list, .story]),
    entry(.showStarred, .list, "starred", "Show starred stories", "gs", in: [.list, .story]),
    entry(
      .showStarted, .list, "begun", "Continue reading: stories that were begun", "gc",
      in: [.list, .story]),
    entry(
      .showDeleted, .list, "deleted", "Show deleted stories, which D brings back", "gd",
      in: [.list, .story]),
    entry(
      .sidebar, .list, "sidebar", "Shelves, searches, tags and sources beside the list", in: [],
      list: "b gb", story: "gb"),
    entry(
      .searchAll, .list, "search all", "Search everything: the best stories, with the place found",
      "S", in: [.list, .story]),
    entry(
      .saveSearch, .list, "keep search", "Keep the filter under a name; in the sidebar, rename it",
      "gw", in: [.list]),
    entry(.sortByDate, .list, "by date", "Sort by date; again, oldest first", "zd", in: [.list]),
    entry(.sortBySource, .list, "by source", "Sort by source; again, from Z", "zs", in: [.list]),
    entry(
      .sortByLength, .list, "by length", "Sort by length; again, shortest first", "zl",
      in: [.list]),
    entry(
      .sortByComments, .list, "by comments", "Sort by comments; again, fewest first", "zc",
      in: [.list]),
    entry(
      .sortByRank, .list, "by rank", "Sort by how well the filter's words fit", "zr", in: [.list]),
    entry(
      .oneLineRows, .list, "one line", "One line a story, or two", "zo", in: [.list]),
  ]

  private static let changes = [
    entry(
      .choose, .changes, "choose", "Choose this story, or let go of it; with a count, so many",
      "v", in: [.list]),
    entry(
      .chooseRange, .changes, "choose range", "Choose everything from the one chosen last to here",
      "V", in: [.list]),
    entry(
      .chooseAll, .changes, "choose all", "Choose all that are shown, or none of them", "*",
      in: [.list]),
    entry(
      .tag, .changes, "tags", "Tags of the story or of the chosen ones, parted by commas", "t",
      in: [.list, .story]),
    entry(
      .delete, .changes, "delete", "Delete; can be taken back for a month", "D",
      in: [.list, .story, .picker]),
    entry(.markAll, .changes, "all read", "Mark all that are shown read", "A", in: [.list]),
    entry(
      .undo, .changes, "undo",
      "Take back the last change to stories, or so many; also of earlier runs",
      in: [], list: "u g-", story: "g-"),
    entry(
      .redo, .changes, "redo", "Do again what was taken back", "U g+", in: [.list, .story]),
  ]

  private static let prompt: [Command.Entry] = [
    entry(.accept, .prompt, "accept", "Accept the line", "Enter", in: [.prompt]),
    entry(
      .cancel, .prompt, "cancel", "Leave it, and return to where you were", "Esc ^C ^G",
      in: [.prompt]),
    entry(
      .deleteBackward, .prompt, "delete", "Delete before the cursor", "Backspace ^H",
      in: [.prompt]),
    entry(.deleteForward, .prompt, "delete", "Delete under the cursor", "Del ^D", in: [.prompt]),
    entry(
      .deleteWord, .prompt, "delete word", "Delete the word before the cursor", "^W M-Backspace",
      in: [.prompt]),
    entry(
      .deleteWordAfter, .prompt, "delete word", "Delete the word after the cursor", "M-d",
      in: [.prompt]),
    entry(.deleteToStart, .prompt, "delete to start", "Delete to the start", "^U", in: [.prompt]),
    entry(.deleteToEnd, .prompt, "delete to end", "Delete to the end", "^K", in: [.prompt]),
    entry(.cursorLeft, .prompt, "left", "Left", "Left ^B", in: [.prompt]),
    entry(.cursorRight, .prompt, "right", "Right", "Right ^F", in: [.prompt]),
    entry(.wordLeft, .prompt, "word left", "One word left", "M-b C-Left", in: [.prompt]),
    entry(.wordRight, .prompt, "word right", "One word right", "M-f C-Right", in: [.prompt]),
    entry(.cursorStart, .prompt, "start", "To the start", "Home ^A", in: [.prompt]),
    entry(.cursorEnd, .prompt, "end", "To the end", "End ^E", in: [.prompt]),
    entry(.olderLine, .prompt, "older", "The line typed before", "Up ^P", in: [.prompt]),
    entry(.newerLine, .prompt, "newer", "The line typed after", "Down ^N", in: [.prompt]),
    entry(
      .complete, .prompt, "complete", "Complete what is typed, then the next that fits", "Tab",
      in: [.prompt]),
    entry(
      .completeBack, .prompt, "complete back", "The one that fits before", "S-Tab", in: [.prompt]),
  ]
}
