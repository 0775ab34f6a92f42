internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

/// The screens there are, and which of them has the input.
///
/// Input goes down a stack: a line that is typed, the overlay in front, then the screen that has the
/// focus. What the keyboard, the wheel, a click, the cursor and the order of drawing mean follows
/// from `prompt`, `overlays` and `focus`, and from nothing else.
struct Workspace {
  var list: ListScreen
  /// What a search of everything found, in the place of the list.
  var results: SearchScreen?
  var sidebar: Sidebar?
  var story: StoryScreen?
  /// The screen that has the input where nothing is laid over it.
  ///
  /// It is the story only while one is open, and the sidebar only while that is shown.
  private(set) var focus = Focus.list
  var overlays = OverlayStack()
  /// The line that is typed at the bottom.
  var prompt: Prompt?
  /// Whether list and story stand side by side where there is room.
  var isSplit: Bool
  /// The places that jumps led away from.
  var jumps = JumpList()
  var lastSearch = Environment.LastSearch()
  /// Whether the library has changed since the open story was compared with it.
  var mayBeStale = false

  enum Focus {
    /// The list, or what a search found in its place.
    case list
    case sidebar
    case story
  }

  init(_ options: ReaderOptions) {
    list = ListScreen(shelf: options.shelf)
    isSplit = options.preferences.isSplit
  }
}

// MARK: - Who has the input

extension Workspace {
  var isReading: Bool { focus == .story }
  var isZen: Bool { isReading && story?.isZen == true }

  /// The context of the screen in front, below a line that is typed.
  var screenContext: Command.Context { overlays.context ?? paneContext }

  /// The context of the pane that has the focus, below what is laid over it.
  var paneContext: Command.Context {
    guard focus == .story else { return .list }
    return story?.view.comment == nil ? .story : .thread
  }

  /// Where keys are read.
  var keyContext: Command.Context { prompt == nil ? screenContext : .prompt }

  /// The letters over links, where they are in front.
  var hints: LinkHints? {
    if case .hints(let hints) = overlays.front, isReading { hints } else { nil }
  }

  /// The story that is open, or else the one that is selected in the list or among hits.
  var currentStory: StoryID? {
    if isReading { return story?.id }
    return results.map { $0.selection?.headline.id } ?? list.selection?.id
  }

  mutating func setFocus(_ focus: Focus) {
    switch focus {
    case .story where story == nil, .sidebar where sidebar == nil: self.focus = .list
    default: self.focus = focus
    }
  }
}

// MARK: - Commands

extension Workspace {
  /// Gives a command to the screen in front, and to what it stands over where that does not know it.
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if let reply = try overlays.perform(command, count: count, environment) { return reply }
    switch focus {
    case .story: return try performInStory(command, count: count, environment)
    case .sidebar:
      let reply = try sidebar?.perform(command, count: count, environment)
      guard let reply, !reply.isNotMine else {
        return try performInList(command, count: count, environment)
      }
      return reply
    case .list: return try performInList(command, count: count, environment)
    }
  }

  private mutating func performInList(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if let reply = try results?.perform(command, count: count, environment) { return reply }
    return try list.perform(command, count: count, environment)
  }
}

// MARK: - Opening and leaving

extension Workspace {
  /// Opens what is selected in the list, or a hit where its words stand.
  mutating func openSelected(_ environment: Environment) throws(StorageError) -> Reply {
    guard let results else {
      guard let selection = list.selection else { return .say("There is no story to open") }
      return try open(selection.id, environment)
    }
    guard let hit = results.selection else { return .say("There is no story to open") }
    let reply = try open(hit.headline.id, environment)
    guard isReading, let origin = story?.view.origin else { return reply }
    lastSearch = Environment.LastSearch(typed: results.pattern)
    // Unfolds what hides the words.
    story?.view.find(results.pattern, near: hit.place, from: origin)
    return reply
  }

  /// Opens a story where it was left, marks it read and selects it in the list.
  ///
  /// Opening one from another is a jump, which `isJump` denies of a way back.
  mutating func open(
    _ id: StoryID, isJump: Bool = true, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if let story, story.id == id {
      let isSame = if isReading { true } else { try isUnchanged(story, environment) }
      if isSame {
        focus = .story
        return try CommentWriter.unfinished(on: story, environment)
      }
    }
    if isJump { rememberPlace() }
    try keepPlace(environment)
    let library = environment.library
    guard try library.lists.headline(id) != nil, let opened = try library.stories.story(id) else {
      return try replyForMissing(id, environment)
    }
    let reading = try library.user.reading(of: id) ?? Reading()
    let width = Panes(self, environment).story ?? environment.size.columns
    let layout = environment.layoutOptions(width: width)
    let newComments = try library.discussions.newComments(on: id)
    var screen = StoryScreen(
      StoryView(id, opened, reading: reading, newComments: newComments, options: layout))
    screen.isZen = isZen
    // Keys may come before the next frame, and need a laid out story.
    screen.view.fit(layout, height: max(1, environment.size.rows - 1))
    story = screen
    focus = .story
    overlays.closeThoseOfStory()
    // Below hits the list stays where it was: that is where one comes back to.
    if results == nil, list.selection?.id != id, let headline = try library.lists.headline(id) {
      try list.select(headline, in: library)
    }
    try markOpened(id, environment)
    return try CommentWriter.unfinished(on: screen, environment)
  }

  /// Stores that a story is open, so that none of its comments counts as new any more.
  mutating func markOpened(
    _ id: StoryID, _ environment: Environment
  ) throws(StorageError) {
    guard !environment.library.isReadOnly else { return }
    try environment.library.user.opened(id, at: environment.options.now())
    try showReading(of: id, environment)
  }

  /// Stores how far the open story was read; a read-only library stays as it is.
  mutating func keepPlace(_ environment: Environment) throws(StorageError) {
    guard let view = story?.view, !environment.library.isReadOnly else { return }
    if try environment.library.user.keepPlace(view.anchor, progress: view.progress, of: view.id) {
      try showReading(of: view.id, environment)
    }
  }

  /// Shows in list and sidebar what the library now has of a story.
  private mutating func showReading(
    of id: StoryID, _ environment: Environment
  ) throws(StorageError) {
    let library = environment.library
    if let headline = try library.lists.headline(id) { try list.update(headline, in: library) }
    try sidebar?.reload(in: library, now: environment.now)
  }

  /// What is said of a story that cannot be opened.
  private mutating func replyForMissing(
    _ id: StoryID, _ environment: Environment
  ) throws(StorageError) -> Reply {
    // On another screen the same key would delete the selected story.
    let isHere = list.shelf == .deleted && results == nil && list.selection?.id == id
    if isHere, !isReading, try environment.library.lists.deletedHeadline(id) != nil {
      return .say("This story is deleted · \(environment.key(for: .delete)) brings it back")
    }
    try list.reload(in: environment.library, now: environment.now)
    return environment.gone(id)
  }

  /// Whether the library has a story as it is shown; one that is read is left alone in any case.
  private func isUnchanged(
    _ story: StoryScreen, _ environment: Environment
  ) throws(StorageError) -> Bool {
    try environment.library.stories.story(story.id).map(story.view.shows) ?? false
  }

  /// Goes from the story back to the list.
  mutating func closeStory(_ environment: Environment) throws(StorageError) {
    guard isReading else { return }
    rememberPlace()
    focus = .list
    story?.isZen = false
    try keepPlace(environment)
  }

  /// Takes away a story that is no longer in the library.
  mutating func dropStory() {
    story = nil
    overlays.closeThoseOfStory()
    if focus == .story { focus = .list }
  }
}
