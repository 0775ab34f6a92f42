/// Everything that a key or a name after `:` can ask for.
///
/// The raw value is the command's name: what `:` takes and what a key can be bound to. What a
/// command is called in help, and its default keys, stand in `CommandTable`.
package enum Command: String, CaseIterable, Sendable {
  // Moving.
  case down, up
  case pageDown = "page-down"
  case pageUp = "page-up"
  case halfPageDown = "half-page-down"
  case halfPageUp = "half-page-up"
  case top, bottom
  case goToPercent = "go-to-percent"
  case windowTop = "window-top"
  case windowMiddle = "window-middle"
  case windowBottom = "window-bottom"
  // Stories.
  case open, back, clear, quit
  case nextStory = "next-story"
  case previousStory = "previous-story"
  case nextUnread = "next-unread"
  case previousUnread = "previous-unread"
  case toggleRead = "toggle-read"
  case toggleStar = "toggle-star"
  // The list.
  case filter
  case showAll = "show-all"
  case showUnread = "show-unread"
  case showStarred = "show-starred"
  case showStarted = "show-started"
  case showDeleted = "show-deleted"
  case sidebar
  case saveSearch = "save-search"
  case searchAll = "search-all"
  case sortByDate = "sort-by-date"
  case sortBySource = "sort-by-source"
  case sortByLength = "sort-by-length"
  case sortByComments = "sort-by-comments"
  case sortByRank = "sort-by-rank"
  case oneLineRows = "one-line-rows"
  // What is done to stories.
  case choose
  case chooseRange = "choose-range"
  case chooseAll = "choose-all"
  case tag, delete
  case markAll = "mark-all"
  case undo, redo
  // Search.
  case search
  case searchBackward = "search-backward"
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case hideMatches = "hide-matches"
  // Parts of the story.
  case nextSection = "next-section"
  case previousSection = "previous-section"
  case nextFigure = "next-figure"
  case previousFigure = "previous-figure"
  case nextLink = "next-link"
  case previousLink = "previous-link"
  case openLink = "open-link"
  case copyLink = "copy-link"
  case hints = "link-hints"
  case copyHint = "copy-hint"
  case linkList = "links"
  case figureList = "figures"
  case showPlace = "show-place"
  case copyStory = "copy-story"
  case mailStory = "mail-story"
  case pipe
  case outline
  case setMark = "set-mark"
  case goToMark = "go-to-mark"
  case marks
  case jumpBack = "jump-back"
  case jumpForward = "jump-forward"
  case position = "where"
  // The thread.
  case thread
  case nextComment = "next-comment"
  case previousComment = "previous-comment"
  case nextSibling = "next-sibling"
  case previousSibling = "previous-sibling"
  case parent, root
  case nextNew = "next-new"
  case previousNew = "previous-new"
  case fold
  case foldAll = "fold-all"
  case unfoldAll = "unfold-all"
  case foldBranch = "fold-branch"
  case foldMore = "fold-more"
  case foldLess = "fold-less"
  case sortComments = "sort-comments"
  case onlyComments = "only-comments"
  case reply
  case writeComment = "write-comment"
  case editComment = "edit-comment"
  case deleteComment = "delete-comment"
  case depth1 = "depth-1"
  case depth2 = "depth-2"
  case depth3 = "depth-3"
  case depth4 = "depth-4"
  case depth5 = "depth-5"
  case depth6 = "depth-6"
  case depth7 = "depth-7"
  case depth8 = "depth-8"
  case depth9 = "depth-9"
  // View.
  case toggleSplit = "toggle-split"
  case zen
  case narrower, wider
  case shiftLeft = "shift-left"
  case shiftRight = "shift-right"
  case themes
  case jobs, refresh
  case cancelJobs = "cancel"
  case commandLine = "command-line"
  case help
  case redraw, suspend
  // In a line that is being typed.
  case accept = "prompt-accept"
  case cancel = "prompt-cancel"
  case deleteBackward = "prompt-delete-backward"
  case deleteForward = "prompt-delete-forward"
  case deleteWord = "prompt-delete-word"
  case deleteWordAfter = "prompt-delete-word-after"
  case deleteToStart = "prompt-delete-to-start"
  case deleteToEnd = "prompt-delete-to-end"
  case cursorLeft = "prompt-left"
  case cursorRight = "prompt-right"
  case wordLeft = "prompt-word-left"
  case wordRight = "prompt-word-right"
  case cursorStart = "prompt-start"
  case cursorEnd = "prompt-end"
  case olderLine = "prompt-older"
  case newerLine = "prompt-newer"
  case complete = "prompt-complete"
  case completeBack = "prompt-complete-back"

  /// The level of a `depth-N` command, 1…9.
  var depth: Int? {
    guard rawValue.hasPrefix("depth-") else { return nil }
    return rawValue.utf8.last.map { Int($0) - 48 }
  }
}

extension Command {
  /// Where keys are read: each context has a keymap of its own.
  package enum Context: String, CaseIterable, Sendable {
    case list, story
    /// The comments below a story: the story's keys, and those that override them.
    case thread
    case help
    /// A list to choose one thing from, laid over the screen.
    case picker
    case prompt
  }

  /// The headings under which help and README gather commands.
  package enum Group: String, CaseIterable, Sendable {
    case moving = "Moving"
    case stories = "Stories"
    case list = "The list"
    case changes = "Many stories, and what was done to them"
    case search = "Search in the story"
    case parts = "Parts of the story"
    case thread = "The thread"
    case view = "View"
    case prompt = "While typing a line"
  }

  /// One row of the command table.
  package struct Entry: Sendable {
    /// Whose row it is.
    package var command: Command
    /// The heading it stands under.
    package var group: Group
    /// Two or three words, for the line that shows what may follow a prefix.
    package var label: String
    /// What the command does, in a sentence without its stop.
    package var words: String
    /// Default keys in written form ("gg", "^D"), by context.
    ///
    /// A context without keys does not know the command; an empty list knows it by name only.
    package var keys: [Context: [String]]

    /// The default keys in a context; the thread's are the story's, with its own behind them.
    func keys(in context: Context) -> [String] {
      let own = keys[context] ?? []
      return context == .thread ? (keys[.story] ?? []) + own : own
    }

    /// The default keys of all contexts, each written once, in the table's order.
    package var allKeys: [String] {
      var result: [String] = []
      for context in Context.allCases {
        for key in keys[context] ?? [] where !result.contains(key) { result.append(key) }
      }
      return result
    }
  }

  /// Whether the command is known in a context.
  func isKnown(in context: Context) -> Bool {
    entry.keys[context] != nil || (context == .thread && entry.keys[.story] != nil)
  }

  /// The command's row of the table.
  package var entry: Entry { CommandTable.byCommand[self] ?? CommandTable.missing(self) }
}

// The rows of the view commands. A new screen's command is a case above and a row here.
extension CommandTable {
  private static let everywhere: [Command.Context] = [.list, .story, .help, .picker, .prompt]

  static let view = [
    entry(
      .toggleSplit, .view, "split", "List and story side by side, or one at a time", "w",
      in: [.list, .story]),
    entry(.zen, .view, "zen", "Nothing but the story", in: [], story: "zz"),
    entry(
      .narrower, .view, "narrower", "Narrower lines of text; with a count, so many steps", in: [],
      story: "<"),
    entry(
      .wider, .view, "wider", "Wider lines of text; with a count, so many steps", in: [],
      story: ">"),
    entry(
      .shiftRight, .view, "shift right", "The right part of code or a table that is cut off",
      in: [], story: "zl Right"),
    entry(
      .shiftLeft, .view, "shift left",
      "Its left part again; where nothing is cut off, back to the list", in: [],
      story: "zh Left"),
    entry(
      .themes, .view, "themes", "Choose a theme, seeing it; Esc takes the old one again", "T",
      in: [.list, .story, .help]),
    entry(
      .refresh, .view, "refresh",
      "Fetch all feeds that are not paused; new stories appear in the list as they come", in: [],
      list: "R"),
    entry(
      .jobs, .view, "jobs", "The work in the background: what runs, waits and has ended", "gJ"),
    entry(
      .cancelJobs, .view, "cancel",
      "Cancel the work in the background, or with a count one job; without any, as Esc", "^C"),
    entry(.commandLine, .view, "command", "Type a command by name", ":"),
    entry(
      .help, .view, "help", "The keys of this screen", "F1 g?",
      in: [.list, .story, .help, .picker], list: "?", help: "?", picker: "?"),
    entry(.redraw, .view, "redraw", "Draw the screen anew", "^L", in: everywhere),
    entry(.suspend, .view, "suspend", "Back to the shell; fg returns", "^Z", in: everywhere),
  ]
}
