package import Display
package import Settings
package import Storage
package import Stories

/// What the reader is told of the world when it starts.
package struct ReaderOptions {
  /// What the reader's settings say.
  package var preferences: Preferences
  /// The reader's own keys, as the settings have them.
  package var bindings: [Config.KeyBinding]
  /// The names of the themes there are.
  package var themes: [String]
  /// Whether the terminal shows nothing but ASCII.
  package var isASCIITerminal: Bool
  /// Whether the terminal puts text that runs from right to left in order itself.
  package var isBidiTerminal: Bool
  /// The shelf that is shown first.
  package var shelf: Shelf
  /// The lines typed in earlier runs.
  package var history: History
  /// Under what name the reader writes, where the settings say none.
  package var userName: String
  /// The clock, for ages and for when a story was last open.
  package var now: () -> Timestamp

  /// Options of a terminal that can do everything and a reader who chose nothing.
  package init(
    preferences: Preferences = Preferences(), bindings: [Config.KeyBinding] = [],
    themes: [String] = [standardThemeName], isASCIITerminal: Bool = false,
    isBidiTerminal: Bool = false, shelf: Shelf = .all,
    history: History = History(), userName: String = "", now: @escaping () -> Timestamp
  ) {
    self.preferences = preferences
    self.bindings = bindings
    self.themes = themes
    self.isASCIITerminal = isASCIITerminal
    self.isBidiTerminal = isBidiTerminal
    self.shelf = shelf
    self.history = history
    self.userName = userName
    self.now = now
  }

  /// Who stands above the reader's comments.
  var author: String {
    let name = preferences.name.isEmpty ? userName : preferences.name
    return name.isEmpty ? "me" : name
  }

  /// Whether every ornament is drawn in ASCII.
  var isASCII: Bool { isASCIITerminal || preferences.isASCII }

  /// What stands between the facts of a line.
  var dot: String { isASCII ? " - " : " · " }

  /// Who puts text that runs from right to left in order.
  var textOrder: TextOrder {
    switch preferences.bidi {
    case .on: .asSeen
    case .off: .byTerminal
    case .auto: isBidiTerminal ? .byTerminal : .asSeen
    }
  }
}

/// The whole program as a value: keys and events go in, frames and effects come out.
///
/// It reads the library directly and writes only what the reader did to a story; it knows no
/// terminal, no network and no task. Whatever is pressed, a frame has exactly the asked size.
package final class Reader {
  let library: Library
  var options: ReaderOptions
  var keymap: Keymap
  var keys = KeyReader()
  var list: ListScreen
  var story: StoryScreen?
  var help: HelpScreen?
  var prompt: Prompt?
  var themePicker: ThemePicker?
  /// The outline, links, figures or marks, laid over the screen.
  var picker: Picker?
  /// A command that waits for the letter of a mark.
  var lettered: Command?
  var sidebar: Sidebar?
  /// Whether keys go to the sidebar.
  var isInSidebar = false
  /// What a search of everything found, in the place of the list.
  var results: SearchScreen?
  /// Whether keys go to the story; without one they go to the list.
  var isReading = false
  var isSplit = true
  var isZen = false
  /// Whether the line between the panes is held by the mouse.
  var isDragging = false
  /// Said in the status line: an answer until the next key, an event for some seconds at least.
  var message: Message?
  /// Whether the keys that may follow are shown.
  var showsFollowing = false
  var work: Event.Work?
  /// The draft that an editor has.
  var composed: Draft?
  var lastSearch: (typed: String, forward: Bool) = ("", true)
  /// The places that jumps led away from.
  var jumps = JumpList()
  /// The letters over links, while one is being typed.
  var hints: LinkHints?
  /// The lines typed so far, in this run and in earlier ones.
  var history: History
  var effects: [Effect] = []
  private var changeMark: Int64 = 0
  /// Whether the library has changed since the open story was compared with it.
  var mayBeStale = false
  var size = Size(columns: 80, rows: 24)
  /// Whether the reader has left: nothing is done after that.
  package private(set) var isFinished = false

  /// A sentence for the reader; errors look different.
  struct Message {
    var words: String
    var isError = false
    /// Keys pressed before then leave it standing.
    var until: Timestamp?
  }

  /// How many seconds the message of an event stays at least: long enough to be read.
  static let eventSeconds: Int64 = 4

  /// Opens on the list of stories.
  package init(library: Library, options: ReaderOptions) {
    self.library = library
    self.options = options
    history = options.history
    isSplit = options.preferences.isSplit
    keymap = Keymap(preset: options.preferences.preset, own: options.bindings)
    list = ListScreen(shelf: options.shelf)
    attempt { () throws(StorageError) in
      changeMark = try library.changeMark()
      try list.show(options.shelf, in: library, now: now)
    }
    if message == nil { tellDrafts() }
  }

  /// What the terminal's title should say: the open story's headline, or the program's name.
  package var title: String {
    guard let story, isReading else { return "Courant" }
    let title = safe(story.story.title, oneLine: true)
    return title.isEmpty ? "Courant" : "\(truncated(title, to: 80)) – Courant"
  }

  /// How much of the running work is done, 0…1, or -1 where that is not known; `nil` without work.
  package var progress: Double? {
    guard let work else { return nil }
    guard let total = work.total, total > 0 else { return -1 }
    return min(1, Double(work.done) / Double(total))
  }

  /// What the reader's settings say now, with what `:set` has changed.
  package var preferences: Preferences { options.preferences }

  /// What of the reader's own keys could not be.
  package var keyProblems: [SettingsError] { keymap.problems }

  /// After how many milliseconds without input to send `Event.paused`; `nil` for never.
  package var idleTimeout: Int? {
    if prompt?.lookup == .deferred || sidebar?.awaitsCounts == true { return Self.typingPause }
    guard !keys.pending.isEmpty || lettered != nil, !showsFollowing else { return nil }
    return max(1, preferences.keyPause)
  }

  /// In milliseconds: longer than the pause between the letters of a word.
  private static let typingPause = 120

  /// The clock, in seconds since 1970.
  var now: Int64 { options.now().seconds }

  /// Performs a key; the effects are for the program to perform.
  package func press(_ key: Key) -> [Effect] {
    guard !isFinished else { return [] }
    if let plain = keyBehindEscape(key) { return press(.escape) + press(plain) }
    if case .mouse(let mouse) = key, mouse.act == .drag || mouse.act == .release {
      // The end of a click: what the click said is yet to be read.
      self.mouse(mouse)
      return []
    }
    if message?.until.map({ $0 <= options.now() }) ?? true { message = nil }
    let changed = takeInChanges()
    if case .mouse(let mouse) = key {
      hints = nil
      self.mouse(mouse)
    } else if prompt != nil {
      type(key)
    } else if hints != nil {
      typeHint(key)
    } else if case .paste = key {
      let opener: Command = context == .story ? .search : .filter
      say("Pasted text goes into a line: \(self.key(for: opener)) opens one")
    } else {
      command(key)
    }
    // What a key says of itself can be said again, and this only now.
    if let changed, isReading, story?.id == changed, message?.isError != true { tellShownAnew() }
    defer { effects = [] }
    return effects
  }

  /// Shows what another Courant, or an import, has changed in the library since this was last asked;
  /// the story that is read, where it is another now.
  ///
  /// Asking costs microseconds, so each key asks and no clock.
  private func takeInChanges() -> StoryID? {
    attempt { () throws(StorageError) in
      if try library.changeMark() != changeMark { try reload() }
      return try refreshStory()
    } ?? nil
  }

  /// Reads anew all that is shown of the library.
  private func reload() throws(StorageError) {
    changeMark = try library.changeMark()
    try list.reload(in: library, now: now)
    try sidebar?.reload(in: library, now: now)
    results?.refresh(in: library)
    mayBeStale = true
  }

  /// Takes in what happened outside.
  package func receive(_ event: Event) -> [Effect] {
    switch event {
    case .progress(let work): self.work = work
    case .libraryChanged:
      attempt { () throws(StorageError) in
        try reload()
        if try refreshStory() != nil { tellShownAnew() }
      }
    case .open(let id): open(id)
    case .notice(let words):
      say(words)
      keepMessage()
    case .failed(let words):
      fail(words)
      keepMessage()
    case .idle: pause()
    case .composed(let id, let outcome): receive(outcome, of: id)
    case .configured(let config, let themes): configure(config, themes)
    }
    defer { effects = [] }
    return effects
  }

  /// Events come unasked, perhaps while keys are pressed: their message stays for some seconds.
  func keepMessage() {
    message?.until = Timestamp(seconds: options.now().seconds + Self.eventSeconds)
  }

  /// Takes settings that were read anew.
  private func configure(_ config: Config, _ themes: [String]) {
    let old = preferences
    options.preferences = config.preferences
    options.bindings = config.bindings
    options.themes = themes
    keymap = Keymap(preset: preferences.preset, own: config.bindings)
    take(changesFrom: old)
    let problems = Config.words(for: config.problems + keymap.problems)
    if let problems { fail(problems) } else { say("The settings are read again") }
  }

  /// Keeps the place of the open story; for the end of the program, however it comes.
  package func leave() {
    // A comment that is typed in the line is kept as a draft with each batch of keys.
    if case .comment = prompt?.purpose { lookUpTyped() }
    keepPlace()
  }

  func finish() {
    leave()
    isFinished = true
  }

  // MARK: - Words for the reader

  func say(_ words: String) { message = Message(words: words) }

  func fail(_ words: String) { message = Message(words: words, isError: true) }

  /// Does what may fail in the library, and says so where it does.
  @discardableResult
  func attempt<Value>(_ work: () throws(StorageError) -> Value) -> Value? {
    do {
      return try work()
    } catch {
      // The reader sees no numbers of stories, which the library's own words name.
      if case .noStory(let id) = error {
        gone(id)
      } else {
        fail(safe(error.message, oneLine: true))
      }
      return nil
    }
  }
}
