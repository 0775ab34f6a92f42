package import Display
package import Settings
package import Storage
internal import Stories

/// The whole program as a value: keys and events go in, frames and effects come out.
///
/// It reads the library directly and writes only the user's changes to it; it knows no terminal, no
/// network and no task. Whatever is pressed, a frame has exactly the size that it was fitted to.
package final class Reader {
  var environment: Environment
  var workspace: Workspace
  var keys = KeyInput()
  /// The message of the status line: an answer stands until the next key, that of an event for some
  /// seconds at least.
  var message: Message?
  /// The work that runs in the background.
  var jobs = BackgroundJobs() { didSet { showJobs() } }
  var writer = CommentWriter()
  var effects: [Effect] = []
  /// The change of the library that is shown.
  private var changeMark: Int64 = 0
  /// Whether the user has quit: keys are ignored from then on.
  package private(set) var isFinished = false
  var leaving = Leaving.no

  /// How far leaving is while work runs, which the key that goes back asks for twice.
  enum Leaving {
    case no, asked
    /// The key that is handled comes right after the one that asked.
    case confirmed
  }

  /// Opens on the list of stories.
  package init(library: Library, options: ReaderOptions) {
    environment = Environment(library: library, options: options)
    workspace = Workspace(options)
    attempt { () throws(StorageError) in
      changeMark = try library.changeMark()
      try workspace.list.show(options.shelf, in: library, now: environment.now)
      carryOut(try CommentWriter.unfinished(on: nil, here))
    }
  }

  /// The terminal's title: the open story's headline, or the program's name.
  package var title: String {
    guard workspace.isReading, let story = workspace.story?.view.story else { return "Courant" }
    let title = safe(story.title, oneLine: true)
    return title.isEmpty ? "Courant" : "\(truncated(title, to: 80)) – Courant"
  }

  /// How much of the running work is done, 0…1, or -1 where that is not known; `nil` without work.
  package var progress: Double? { jobs.table.fraction }

  /// The settings as they are now, with what `:set` has changed.
  package var preferences: Preferences { environment.preferences }

  /// The key bindings of the settings that were rejected.
  package var keyProblems: [SettingsError] { environment.keymap.problems }

  /// After how many milliseconds without input to send `Event.idle`; `nil` for never.
  package var idleTimeout: Int? {
    if workspace.prompt?.lookup == .deferred || workspace.sidebar?.awaitsCounts == true {
      return Self.typingTimeout
    }
    guard !keys.reader.pending.isEmpty || isMarkPending, !keys.showsContinuations else {
      return environment.library.changes.pendingCount > 0 ? Self.retryTimeout : nil
    }
    return max(1, preferences.keyPause)
  }

  /// In milliseconds: longer than the pause between the letters of a word.
  private static let typingTimeout = 120

  var isMarkPending: Bool {
    if case .pendingMark = workspace.overlays.front { true } else { false }
  }

  /// The environment of the screen in front.
  var here: Environment {
    var environment = environment
    environment.context = workspace.screenContext
    environment.paneContext = workspace.paneContext
    environment.lastSearch = workspace.lastSearch
    return environment
  }
}

// MARK: - Keys and events

extension Reader {
  /// Takes a key; answers with the effects that the program is to perform.
  package func press(_ key: Key) -> [Effect] {
    guard !isFinished else { return [] }
    if let plain = keyBehindEscape(key) { return press(.escape) + press(plain) }
    if case .mouse(let mouse) = key, mouse.act == .drag || mouse.act == .release {
      // The end of a click must not clear the click's message.
      dragDivider(mouse)
      return []
    }
    // Looked up before the message is cleared: the user clicked on what was drawn.
    let target = clicked(key)
    leaving = leaving == .asked ? .confirmed : .no
    workspace.list.extent.followsTop = false
    if message?.until.map({ $0 <= environment.options.now() }) ?? true { message = nil }
    let changed = showChanges()
    take(key, target: target)
    // The key itself may have changed what the story says, such as undo of an import.
    attempt { () throws(StorageError) in _ = try workspace.refreshStory(here) }
    // This notice wins over the key's own message, which can be shown again.
    if let changed, workspace.isReading, workspace.story?.id == changed, message?.isError != true {
      sayStoryChanged()
    }
    showLibraryNotice()
    defer { effects = [] }
    return effects
  }

  private func take(_ key: Key, target: HitTarget?) {
    if case .mouse(let mouse) = key {
      take(mouse, target: target)
    } else if workspace.prompt != nil {
      type(key)
    } else if workspace.hints != nil {
      takeSingle(key)
    } else if case .paste = key {
      let opener: Command = workspace.screenContext == .list ? .filter : .search
      say("Pasted text goes into a line: \(here.key(for: opener)) opens one")
    } else {
      command(key)
    }
  }

  /// Takes an event from outside; answers with the effects that the program is to perform.
  package func receive(_ event: Event) -> [Effect] {
    switch event {
    case .requested(let kind): carryOut(jobs.start(kind))
    case .progress(let id, let progress): jobs.receive(progress, of: id)
    case .ended(let id, let outcome):
      let reply = jobs.receive(outcome, of: id, here)
      carryOut(reply)
      if !reply.isDone { keepMessage() }
    case .libraryChanged:
      attempt { () throws(StorageError) in
        try reload()
        if try workspace.refreshStory(here) != nil { sayStoryChanged() }
      }
    case .libraryWritten:
      // A job that runs reports its own changes, at a rate that drawing them can bear.
      if jobs.isIdle, showChanges() != nil { sayStoryChanged() }
    case .open(let id):
      attempt { () throws(StorageError) in carryOut(try workspace.open(id, here)) }
    case .notice(let words):
      say(words)
      keepMessage()
    case .failed(let words):
      fail(words)
      keepMessage()
    case .idle: becomeIdle()
    case .composed(let id, let outcome): carryOut(writer.receive(outcome, of: id, here))
    case .configured(let config, let themes): configure(config, themes)
    }
    showLibraryNotice()
    defer { effects = [] }
    return effects
  }

  /// Shows what another Courant, or an import, has changed in the library since this was last asked;
  /// the story that is read, where it is another now.
  ///
  /// Asking costs microseconds, so each key asks, and no clock.
  private func showChanges() -> StoryID? {
    applyPendingChanges()
    return attempt { () throws(StorageError) in
      if try environment.library.changeMark() != changeMark { try reload() }
      return try workspace.refreshStory(here)
    } ?? nil
  }

  /// Reads anew all that is shown of the library.
  func reload() throws(StorageError) {
    changeMark = try environment.library.changeMark()
    try workspace.reload(here)
  }

  /// Brings what is open of the jobs up to date; the selected job stays selected.
  private func showJobs() {
    guard !workspace.overlays.isEmpty else { return }
    workspace.overlays.showJobs(jobs.table, entries: jobs.entries(environment))
  }

  /// Takes settings that were read anew.
  private func configure(_ config: Config, _ themes: [String]) {
    let old = preferences
    environment.options.preferences = config.preferences
    environment.options.bindings = config.bindings
    environment.options.themes = themes
    environment.keymap = Keymap(preset: preferences.preset, own: config.bindings)
    take(changesFrom: old)
    let problems = Config.words(for: config.problems + keyProblems)
    if let problems { fail(problems) } else { say("The settings are read again") }
  }

  /// Stores the reading position; called before the program ends for any reason.
  package func leave() {
    attempt { () throws(StorageError) in
      // A comment that is typed in the line is kept as a draft with each batch of keys.
      if case .comment = workspace.prompt?.purpose { _ = try workspace.lookUpTyped(here) }
      try workspace.keepPlace(here)
    }
  }

  /// The jobs that wait or run.
  package var activeJobs: [JobID] { jobs.table.active.map(\.job.id) }

  /// What the end of the program cut short, of the jobs that waited or ran before it: a sentence for
  /// each, and never many.
  package func wordsAtEnd(of ids: [JobID]) -> [String] { jobs.wordsAtEnd(of: ids) }

  func finish() {
    leave()
    isFinished = true
  }
}

// MARK: - Frames

extension Reader {
  /// Makes everything ready to be drawn on a screen of a size: looks up what was typed since the last
  /// frame, and fits what is shown to its pane.
  package func fit(_ size: Size) {
    environment.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    attempt { () throws(StorageError) in carryOut(try workspace.lookUpTyped(here)) }
    attempt { () throws(StorageError) in try workspace.fit(scene.bodyHeight, here) }
  }

  /// The screen in the size that it was fitted to.
  ///
  /// Exactly as many lines as it has rows, none wider than its columns. Drawing changes nothing.
  package func frame() -> Frame { scene.frame }

  var scene: Scene {
    Scene(workspace: workspace, environment: here, keys: keys, message: message, jobs: jobs.table)
  }
}

// MARK: - Messages

extension Reader {
  func say(_ words: String) { message = Message(words: words) }
  func fail(_ words: String) { message = Message(words: words, isError: true) }

  private func sayStoryChanged() {
    say("The story has changed and is shown as it is now")
    keepMessage()
  }

  /// Events come unasked, perhaps while keys are pressed: their message stays for some seconds.
  func keepMessage() {
    let seconds = environment.options.now().seconds + Message.eventSeconds
    message?.until = Timestamp(seconds: seconds)
  }

  /// Performs what may fail in the library; an error becomes the message.
  @discardableResult
  func attempt<Value>(_ work: () throws(StorageError) -> Value) -> Value? {
    do {
      return try work()
    } catch {
      carryOut(here.words(for: error))
      return nil
    }
  }
}
