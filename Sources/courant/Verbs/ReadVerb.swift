import App
import Display
import Files
import Intake
import Parsing
import Settings
import Storage
import Terminal

/// `courant [PATH|- …]`: imports what is named, then opens the reader at it.
@MainActor
struct ReadVerb {
  var invocation: Invocation
  var paths: [Path]

  func run() throws(Failure) -> Bool {
    guard Output.isTerminal else { return try printPlainly() }
    let setup = Setup(named: invocation.config)
    let sites = SiteRuleStore(invocation)
    let library = try LibraryAccess(invocation).open()
    let inbox = try makeInbox()
    guard try importNamed(into: library, sites, inbox) else { return false }
    let console: Console
    do throws(TerminalError) {
      console = try Console.open(errorLog: LogFile().prepared()?.path.text)
    } catch {
      if case .notATerminal = error {
        throw Failure("there is no terminal to read keys from; `courant list` needs none")
      }
      Output.complain("\(error.message); this is plain text")
      return try printPlainly()
    }
    for problem in sites.problems { inbox.post(.failed(problem)) }
    library.changes.enableDeferral()
    Session(
      console: console, library: library, inbox: inbox, importer: sites.importer(library.path),
      setup: setup, configFile: invocation.config, chosenTheme: invocation.theme
    ).run()
    return true
  }

  private func makeInbox() throws(Failure) -> Inbox<Event> {
    do throws(TerminalError) {
      return try Inbox<Event>()
    } catch {
      throw Failure(error.message)
    }
  }

  // MARK: - Importing

  /// Imports the named pages before the screen is taken, so that problems are reported in the shell;
  /// folders are imported in the background.
  private func importNamed(
    into library: Library, _ sites: SiteRuleStore, _ inbox: Inbox<Event>
  ) throws(Failure) -> Bool {
    guard !paths.isEmpty else {
      if let id = addWelcome(to: library) { inbox.post(.open(id)) }
      return true
    }
    let folders = paths.filter { path in
      if path != standardInput, case .folder = try? fileKind(path) { true } else { false }
    }
    let addresses = paths.filter(isWebAddress)
    let pages = paths.filter { !folders.contains($0) && !isWebAddress($0) }
    for address in addresses where try !add(address.text, to: library, sites, inbox) {
      return false
    }
    let summary: Importer.Summary
    do throws(StorageError) {
      summary = try sites.importer(library.path).importPaths(pages)
    } catch {
      throw Failure(error.message)
    }
    let opened =
      summary.new.first ?? summary.restored.first ?? summary.updated.first ?? summary.same.first
    if opened == nil, folders.isEmpty, addresses.isEmpty {
      for problem in summary.problems { Output.complain(problem) }
      return false
    }
    if let opened { inbox.post(.open(opened)) }
    if let problem = summary.problems.first {
      inbox.post(.failed(problem))
    } else if !summary.restored.isEmpty {
      inbox.post(.notice(summary.words))
    }
    if !folders.isEmpty {
      inbox.post(.requested(.importPaths(folders.map(\.bytes))))
    }
    return true
  }

  /// Fetches an address before the screen is taken; `false` where nothing came of it, which was reported.
  private func add(
    _ address: String, to library: Library, _ sites: SiteRuleStore, _ inbox: Inbox<Event>
  ) throws(Failure) -> Bool {
    let add = AddVerb(invocation: invocation, paths: [], facts: .init(), wanted: .anything)
    guard let outcome = try add.fetch(address, sites.importer(library.path)) else { return false }
    switch outcome {
    case .story(let added): inbox.post(.open(added.id))
    case .subscribed(let source): inbox.post(.notice(source.words))
    default: break
    }
    try library.finishIndexing()
    return true
  }

  /// Adds the welcome story to an empty library; a failure does not matter.
  private func addWelcome(to library: Library) -> StoryID? {
    guard let counts = try? library.lists.counts(), counts.all == 0, !library.isReadOnly else {
      return nil
    }
    return try? addWelcomeStory(to: library.path).id
  }

  // MARK: - Without a terminal

  /// Prints the named pages as text, or else the list of the library.
  private func printPlainly() throws(Failure) -> Bool {
    guard !paths.isEmpty else {
      guard let library = try LibraryAccess(invocation).look() else { return true }
      let all = Invocation.ListRequest(
        words: "", isUnread: false, isStarred: false, limit: nil, isJSON: false)
      try ListVerb(request: all, library: library).run()
      return true
    }
    let sites = SiteRuleStore(invocation)
    for problem in sites.problems { Output.complain(problem) }
    let links = Setup(named: invocation.config).config.preferences.showsLinks
    var allGood = true
    for path in paths {
      do throws(Failure) {
        let story = try PageSource(path: path).parse(sites.rules).story
        try printStory(story, links: links)
      } catch {
        Output.complain(error.message)
        allGood = false
      }
    }
    return allGood
  }
}

/// Adds the story that teaches the keys to a library; it is a page like any other.
func addWelcomeStory(to library: Path) throws(IntakeError) -> Added {
  let page = Page(
    bytes: PackageResources.Welcome_html, charset: "utf-8", name: "Welcome.html", format: .html)
  return try Importer(library: library).importPage(page, name: "Welcome.html")
}
