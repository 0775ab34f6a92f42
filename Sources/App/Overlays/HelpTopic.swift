/// What a help screen is about: the keys of a screen, and what each does there.
enum HelpTopic {
  /// Everything that is known where keys of a context are read.
  case screen(Command.Context)
  /// A list laid over the screen.
  case list(ListKind)
  case sidebar
  /// The details of a job.
  case job

  /// About the screen in front.
  init(_ workspace: Workspace) {
    self =
      workspace.overlays.helpTopic
      ?? (workspace.focus == .sidebar ? .sidebar : .screen(workspace.screenContext))
  }

  /// Where the keys are bound.
  var context: Command.Context {
    switch self {
    case .screen(let context): context
    case .list: .picker
    case .sidebar: .list
    case .job: .help
    }
  }

  /// Whether its rows stand under the headings of the command table.
  var isGrouped: Bool { if case .screen = self { true } else { false } }

  /// "the list", behind "Keys in".
  var place: String {
    switch self {
    case .screen(.list): "the list"
    case .screen(.thread): "the thread and the story"
    case .screen(.help): "a text that covers the screen"
    case .screen(.picker): "a list to choose from"
    case .screen(.story), .screen(.prompt): "the story"
    case .list(let kind): kind.place
    case .sidebar: "the sidebar"
    case .job: "the details of a job"
    }
  }

  /// What a command does here, in a sentence without its stop; `nil` where it does nothing.
  func words(for entry: Command.Entry) -> String? {
    switch self {
    case .screen: entry.words
    case .list(let kind): kind.words(for: entry.command)
    case .sidebar: Sidebar.words(for: entry.command)
    case .job: JobScreen.words(for: entry.command)
    }
  }
}

/// The lists that are laid over the screen to choose one thing from.
enum ListKind: CaseIterable {
  case outline, links, figures, marks, jobs, themes

  var title: String {
    switch self {
    case .outline: "Outline"
    case .links: "Links"
    case .figures: "Figures"
    case .marks: "Marks"
    case .jobs: "Jobs"
    case .themes: "Theme"
    }
  }

  /// "the list of links", behind "Keys in".
  var place: String {
    switch self {
    case .outline: "the outline"
    case .links: "the list of links"
    case .figures: "the list of figures"
    case .marks: "the list of marks"
    case .jobs: "the list of jobs"
    case .themes: "the list of themes"
    }
  }

  /// What a command does in the list; `nil` where it does nothing.
  func words(for command: Command) -> String? {
    if let words = command.wordsOfMoving(among: "entry") { return words }
    switch command {
    case .open: return takes
    case .back, .clear, .filter: return leaves(by: command)
    case .delete: return deletes
    case .showPlace: return self == .links ? "Go to where the link stands" : nil
    case .openLink, .copyLink: return addresses(isCopied: command == .copyLink)
    case .fold: return self == .outline ? "Fold or unfold this entry" : nil
    case .foldMore: return self == .outline ? "Fold this entry, or go to the one above it" : nil
    case .foldLess: return self == .outline ? "Unfold this entry" : nil
    case .foldAll: return self == .outline ? "Fold all entries" : nil
    case .unfoldAll: return self == .outline ? "Unfold all entries" : nil
    case .jobs where self == .jobs: return "Leave the list"
    case .quit, .help, .jobs, .cancelJobs, .commandLine, .redraw, .suspend:
      return command.entry.words
    default: return nil
    }
  }

  private func leaves(by command: Command) -> String? {
    switch (command, self) {
    case (.filter, .themes): nil
    case (.filter, _): "Show only entries with these words, while you type"
    case (_, .themes): "Leave the list, with the theme there was"
    case (.clear, _): "Show all entries again; then leave the list"
    default: "Leave the list"
    }
  }

  private var takes: String {
    switch self {
    case .outline, .figures, .marks: "Go there"
    case .links: "Open the link"
    case .jobs: "Show what the job does; of one that has ended, all that came of it"
    case .themes: "Take the theme until Courant ends"
    }
  }

  private var deletes: String? {
    switch self {
    case .marks: "Forget the mark"
    case .jobs: "Cancel the job"
    case .outline, .links, .figures, .themes: nil
    }
  }

  private func addresses(isCopied: Bool) -> String? {
    switch self {
    case .links: isCopied ? "Copy the link's address" : "Open the link, and leave the list open"
    case .figures: isCopied ? "Copy the picture's address" : "Open the picture in a browser"
    case .outline: isCopied ? "Copy a picture's address" : "Open a picture in a browser"
    case .marks, .jobs, .themes: nil
    }
  }
}

extension Command {
  /// What a command that moves does among entries or shelves; `nil` of another.
  func wordsOfMoving(among noun: String) -> String? {
    switch self {
    case .down: "One \(noun) down"
    case .up: "One \(noun) up"
    case .pageDown, .pageUp, .halfPageDown, .halfPageUp: entry.words
    case .top: "To the first \(noun); with a count, to that one"
    case .bottom: "To the last \(noun); with a count, to that one"
    default: nil
    }
  }
}
