import App
import Display
import Files
import Glibc
import Intake
import Settings
import Stories
import Storage
import Terminal
import Writing

/// The program while it is used: keys and events go to the reader, effects and frames come back.
///
/// Everything here runs on the main thread, which waits in `Console.wait`. What takes long runs on a
/// thread of its own and reports through the inbox.
@MainActor
final class Session {
  private let console: Console
  private let terminal = KnownTerminal()
  private let library: Library
  private let reader: Reader
  private let inbox: Inbox<Event>
  private let history = HistoryFile()
  /// Where `:reload` reads again.
  private let configFile: Path?
  /// The theme of `--theme`, which goes before the settings' for the whole run.
  private let chosenTheme: String?
  private var themes: ThemeStore
  /// `nil` until the first one is loaded.
  private var theme: Theme?
  private let runner: JobRunner

  init(
    console: Console, library: Library, inbox: Inbox<Event>, importer: Importer, setup: Setup,
    configFile: Path?, chosenTheme: String?
  ) {
    self.console = console
    self.library = library
    self.inbox = inbox
    let work = JobWork(importer: importer)
    runner = JobRunner(inbox) { work.run($0, $1) }
    self.configFile = configFile
    self.chosenTheme = chosenTheme
    themes = setup.themes
    var preferences = setup.config.preferences
    if let chosenTheme { preferences.theme = chosenTheme }
    let options = ReaderOptions(
      preferences: preferences, bindings: setup.config.bindings, themes: themes.names,
      isASCIITerminal: console.isASCII, isBidiTerminal: terminal.ordersText,
      history: history.load(),
      userName: loginName(),
      files: .ofDisk,
      now: { Timestamp(seconds: Int64(time(nil))) })
    reader = Reader(library: library, options: options)
    use(preferences.theme)
    if let words = Config.words(for: setup.config.problems + reader.keyProblems) {
      tell(.failed(words))
    }
  }

  /// Runs until the reader leaves or the terminal goes; the place is kept either way.
  func run() {
    let watch = LibraryWatch(library.path) { [inbox] in inbox.post(.libraryWritten) }
    // A story that is opened first must know the size of its pane.
    reader.fit(console.size)
    receiveEvents()
    var skipped = 0
    while !reader.isFinished {
      // Keys that have come are handled before the frame; while a key is held, frames are shown still.
      let isBehind = console.hasInput && skipped < Self.mostSkipped
      if !isBehind {
        watch.see()
        // What came since the last look, before it counts as seen.
        perform(reader.receive(.libraryWritten))
        draw()
      }
      skipped = isBehind ? skipped + 1 : 0
      // The input may be no key at all, such as a terminal's answer, which must not be waited for.
      let wake = console.wait(for: inbox, timeout: isBehind ? 0 : idleTimeout)
      if wake.contains(.ended) { break }
      if wake.isEmpty, !isBehind { handleIdle() }
      receiveEvents()
      // All keys that have come are handled before the next frame, so that input never waits for
      // drawing.
      while !reader.isFinished, let key = console.nextKey() { perform(reader.press(key)) }
    }
    reader.leave()
    console.close()
    quitJobs()
    applyPendingChanges()
    console.raiseTerminationSignal()
  }

  /// Stops the jobs, and says what was cut short, so that nothing seems to be lost.
  private func quitJobs() {
    let unfinished = reader.activeJobs
    runner.quit(within: Self.quitTimeout)
    for event in inbox.take() {
      switch event {
      case .progress, .ended: _ = reader.receive(event)
      default: break
      }
    }
    for words in reader.wordsAtEnd(of: unfinished) { Output.complain(words) }
  }

  /// Applies pending changes, waiting up to 5 seconds for another program's lock.
  private func applyPendingChanges() {
    guard !library.changes.applyPending() else { return }
    Output.complain("another program is writing to the library; waiting up to 5 seconds for it")
    guard !library.changes.applyPending(timeout: 5000) else { return }
    let count = library.changes.pendingCount
    Output.complain(
      "\(count == 1 ? "1 change was" : "\(count) changes were") not kept: the library is still in "
        + "use by another program")
  }

  /// How many milliseconds the end of the program waits for the jobs that it cancels: as long as a very
  /// large page takes to be parsed.
  private static let quitTimeout = 2000

  /// How many times in a row keys may be handled without a frame; each time takes all there are.
  private static let mostSkipped = 16

  /// How many milliseconds to wait for input at most; `nil` for as long as it takes.
  private var idleTimeout: Int? {
    [reader.idleTimeout, console.hasPlainLinks ? Self.linkDelay : nil].compactMap { $0 }.min()
  }

  /// Idle time before OSC 8 links are sent, in milliseconds.
  ///
  /// Longer than the key auto-repeat interval.
  private static let linkDelay = 150

  private func handleIdle() {
    if console.hasPlainLinks { console.drawLinks() } else { perform(reader.receive(.idle)) }
  }

  private func draw() {
    console.showsLinks = reader.preferences.showsLinks.holds(terminal.showsLinks)
    reader.fit(console.size)
    console.draw(reader.frame(), theme: theme ?? themes.standard)
    let preferences = reader.preferences
    console.isMouseOn = preferences.hasMouse
    if preferences.setsTitle { console.title = reader.title }
    let showsProgress = preferences.showsProgress.holds(terminal.showsProgress)
    console.progress = showsProgress ? reader.progress.map(Console.Progress.init) : nil
  }

  private func receiveEvents() {
    let events = inbox.take()
    // One look at the library shows all that has changed in it.
    let lastChange = events.lastIndex(of: .libraryChanged)
    for (index, event) in events.enumerated() {
      guard case .libraryChanged = event else {
        perform(reader.receive(event))
        continue
      }
      guard index == lastChange else { continue }
      let cost = ContinuousClock().measure { perform(reader.receive(event)) }
      runner.setCostOfChange(cost)
    }
  }

  // MARK: - Effects

  private func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .openLink(let address): open(address)
    case .copy(let text): copy(text)
    case .suspend: console.suspend()
    case .redraw: console.redraw()
    case .useTheme(let name): use(name)
    case .share(let program, let address, let title): share(program, address, title)
    case .pipe(let line, let id): pipe(id, to: line)
    case .reload: reload()
    case .remember(let line): history.keep(line)
    case .start(let job): runner.start(job)
    case .cancel(let id): runner.cancel(id)
    case .compose(let composition): compose(composition)
    case .dropDraft(let id): DraftFile(path: library.ownComments.draftFile(id)).remove()
    }
  }

  private func compose(_ composition: Composition) {
    let file = DraftFile(path: library.ownComments.draftFile(composition.draft))
    let run = EditorRun(file: file, preferred: reader.preferences.editor)
    let outcome = run.run(composition) { body in console.handOver(body) }
    tell(.composed(composition.draft, outcome))
  }

  private func tell(_ event: Event) { perform(reader.receive(event)) }

  private func reload() {
    let setup = Setup(named: configFile)
    themes = setup.themes
    var config = setup.config
    if let chosenTheme { config.preferences.theme = chosenTheme }
    tell(.configured(config, themes: themes.names))
    // A theme of the same name may be another one by now.
    use(reader.preferences.theme)
  }

  private func use(_ name: String) {
    let name = Setup.name(name, reader.preferences) { console.isLight() }
    do throws(SettingsError) {
      let found = try themes.theme(name)
      guard found != theme else { return }
      theme = found
      console.redraw()
    } catch {
      if theme == nil { theme = themes.standard }
      tell(.failed(error.brief))
    }
  }

  // MARK: - Other programs

  private func open(_ address: String) {
    guard OtherProgram.isSafe(address) else {
      return tell(.failed("This address is not opened: only web and mail addresses are"))
    }
    let preferred = reader.preferences.opener
    guard let program = OtherProgram.opener(of: address, preferred: preferred) else {
      return tell(.failed("Nothing opens addresses here: set BROWSER, or opener in the settings"))
    }
    run(program.with(address: address))
  }

  private func share(_ share: Preferences.ShareCommand, _ address: String, _ title: String) {
    guard let program = OtherProgram(line: share.command) else {
      return tell(.failed("share.\(share.name) in the settings names no program"))
    }
    guard address.isEmpty || OtherProgram.isSafe(address) else {
      return tell(.failed("This address is not handed on: only web addresses are"))
    }
    run(program.with(address: address, title: title))
  }

  private func pipe(_ id: StoryID, to line: String) {
    guard let program = OtherProgram(line: line) else {
      return tell(.failed("“\(safe(line, oneLine: true))” is no program with its arguments"))
    }
    guard program.isInstalled else { return tell(.failed("\(program.name) is not installed")) }
    guard let story = try? library.stories.story(id) else {
      return tell(.failed("That story is no longer in the library"))
    }
    let text = String(decoding: story.written(as: .text), as: UTF8.self)
    let status = console.handOver {
      let status = program.run(input: text)
      console.waitForEnter("Enter goes back to Courant")
      return status
    }
    if status != 0 { tell(.failed(program.failure(status))) }
  }

  private func run(_ program: OtherProgram) {
    guard program.isInstalled else {
      return tell(.failed("\(program.name) is not installed; the settings name it"))
    }
    if program.isForTerminal {
      let status = console.handOver { program.run() }
      if status != 0 { tell(.failed(program.failure(status))) }
    } else if !program.start(failed: { [inbox] in inbox.post(.failed($0)) }) {
      tell(.failed(program.failure(-1)))
    }
  }

  private func copy(_ text: String) {
    switch Clipboard(copier: reader.preferences.copier) {
    case nil: tell(.failed("copier in the settings names no program"))
    case .terminal?:
      if !console.copy(text) {
        tell(.failed("Nothing was copied: the terminal takes no text, and no copier is set"))
      }
    case .program(let program)?:
      guard program.isInstalled else {
        return tell(.failed("\(program.name) is not installed; copier in the settings names it"))
      }
      let isStarted = program.start(input: text) { [inbox] in
        inbox.post(.failed("Nothing was copied: \($0)"))
      }
      if !isStarted { tell(.failed("Nothing was copied: \(program.failure(-1))")) }
    }
  }
}

extension Console.Progress {
  /// A share of 1, negative where it is not known.
  fileprivate init(_ share: Double) {
    self = share < 0 ? .unknown : .percent(Int(share * 100))
  }
}
