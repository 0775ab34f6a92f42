internal import Display
internal import Queries
internal import Storage
internal import Stories

// Operations that involve several panes: list, search results, sidebar and story.
extension Workspace {
  /// Opens the story so many further down the list, or up.
  mutating func openNeighbour(
    _ steps: Int, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if let before = results?.window.selected {
      results?.move(by: steps)
      guard results?.window.selected != before else {
        return .say(steps > 0 ? "This is the last hit" : "This is the first hit")
      }
      return try openSelected(environment)
    }
    let before = list.selection?.id
    let way = story.map { list.steps(steps, from: $0.id) } ?? steps
    try list.move(by: way, in: environment.library)
    guard let next = list.selection?.id, next != before || way == 0 else {
      return .say(steps > 0 ? "This is the last story" : "This is the first story")
    }
    return try open(next, environment)
  }

  /// Opens the unread story so many further down the list, or up.
  mutating func openUnread(
    _ steps: Int, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let (hasMoved, reply) = try list.goToUnread(steps, environment)
    guard hasMoved, let selection = list.selection else { return reply }
    return .several([reply, try open(selection.id, environment)])
  }

  /// Shows a shelf in the list.
  mutating func show(_ shelf: Shelf, _ environment: Environment) throws(StorageError) -> Reply {
    try keepPlace(environment)
    if isReading { setFocus(.list) }
    results = nil
    try list.show(shelf, in: environment.library, now: environment.now)
    sidebar?.select(shelf)
    guard case .saved(let search) = shelf, let mistake = search.mistake(now: environment.now) else {
      return .done
    }
    let name = truncated(safe(search.name, oneLine: true), to: 40)
    return .fail("“\(name)” asks for what there is not: \(mistake.words)")
  }

  /// Shows the shelf that is selected in the sidebar, and goes to the list.
  mutating func showFromSidebar(
    _ shelf: Shelf, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let reply = try show(shelf, environment)
    if focus == .sidebar { setFocus(.list) }
    if environment.size.columns < Panes.minColumnsBesideSidebar { sidebar = nil }
    return reply
  }

  /// Opens the sidebar, goes to it where it is open, and closes it from itself.
  mutating func toggleSidebar(_ environment: Environment) throws(StorageError) {
    if sidebar != nil, focus == .sidebar { return closeSidebar() }
    if sidebar == nil {
      sidebar = try Sidebar(at: list.shelf, in: environment.library, now: environment.now)
    }
    try closeStory(environment)
    results = nil
    setFocus(.sidebar)
  }

  mutating func closeSidebar() {
    if focus == .sidebar { setFocus(.list) }
    sidebar = nil
  }

  /// Opens the line that searches the whole library.
  mutating func searchEverything(_ environment: Environment) {
    prompt = Prompt(
      purpose: .searchAll(before: results, focus: focus),
      field: TextField(history: environment.history[.searchAll]))
    setFocus(.list)
    if results == nil { results = SearchScreen() }
  }
}

// MARK: - What has changed

extension Workspace {
  /// Reads anew all that is shown of the library.
  mutating func reload(_ environment: Environment) throws(StorageError) {
    try list.reload(in: environment.library, now: environment.now)
    try sidebar?.reload(in: environment.library, now: environment.now)
    results?.refresh(in: environment.library)
    mayBeStale = true
  }

  /// Shows the story that is read as the library now has it, the current line where it stands;
  /// `nil` where it is as it was.
  ///
  /// What is laid over it or typed below names places in it, and is left alone until it is done.
  mutating func refreshStory(_ environment: Environment) throws(StorageError) -> StoryID? {
    guard mayBeStale, prompt == nil, !overlays.hasOneOfStory else { return nil }
    mayBeStale = false
    guard isReading, let view = story?.view,
      let now = try environment.library.stories.story(view.id),
      !view.shows(now)
    else { return nil }
    let newComments = try environment.library.discussions.newComments(on: view.id)
    story?.view.replace(now, newComments: newComments)
    // What came while the story is read has been shown, as if it was opened now.
    try markOpened(view.id, environment)
    return view.id
  }

  /// Updates the rows of changed stories; selects the first of those that were brought back.
  mutating func show(_ change: Change, _ environment: Environment) throws(StorageError) {
    let library = environment.library
    let hasMoved = change.steps.contains { $0.mark == .deleted }
    // A story that says something else may have another date.
    try list.refresh(
      change.stories, hasMoved: hasMoved || change.isOfText, in: library, now: environment.now)
    if change.isOfText { mayBeStale = true }
    results?.refresh(change.stories, in: library)
    try sidebar?.reload(in: library, now: environment.now)
    if change.isOfComment, let id = change.stories.first {
      try showThread(of: id, at: nil, environment)
    }
    if let story, hasMoved, try library.lists.headline(story.id) == nil { dropStory() }
    if hasMoved, let first = try firstShown(change.stories, library) {
      try list.select(first, in: library)
    }
  }

  /// More stories than these are not looked up one by one.
  private static let mostLookedUp = 1000

  /// The story that stands first in the list, of some; `nil` where the list has none of them.
  private func firstShown(
    _ stories: Set<StoryID>, _ library: Library
  ) throws(StorageError) -> Headline? {
    guard let plan = list.plan, stories.count <= Self.mostLookedUp else { return nil }
    var first: Headline?
    for id in stories where try list.shows(id, in: library) {
      guard let headline = try library.lists.headline(id, of: plan) else { continue }
      let listing = plan.listing
      let isBefore = first.map {
        listing.isOrdered(listing.cursor(of: headline), before: listing.cursor(of: $0))
      }
      if isBefore ?? true { first = headline }
    }
    return first
  }

  /// Shows the thread of a story as the library now has it, at a comment if one is named.
  mutating func showThread(
    of id: StoryID, at name: String?, _ environment: Environment
  ) throws(StorageError) {
    if story?.id == id, let now = try environment.library.stories.story(id) {
      story?.view.replace(now)
      if let name, let view = story?.view,
        let index = view.thread.comments.firstIndex(where: { $0.id == name })
      {
        if let choice = view.layout.choice, !choice.isChosen(index) { story?.view.showAll() }
        story?.view.jump(toComment: index)
      }
    }
    try list.refresh([id], hasMoved: false, in: environment.library, now: environment.now)
    results?.refresh([id], in: environment.library)
  }

  /// Counts the stories of kept searches where the sidebar waits for that; `false` where it does not.
  mutating func countSearches(_ environment: Environment) throws(StorageError) -> Bool {
    guard sidebar?.awaitsCounts == true else { return false }
    try sidebar?.countSearches(in: environment.library, now: environment.now)
    return true
  }
}
