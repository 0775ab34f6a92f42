internal import Display
internal import Queries
internal import Storage

/// Keys of the sidebar, and the searches that are saved there.
extension Reader {
  /// Counts the stories of kept searches where the sidebar waits for that; `false` where it does not.
  func countSearches() -> Bool {
    guard sidebar?.awaitsCounts == true else { return false }
    attempt { () throws(StorageError) in try sidebar?.countSearches(in: library, now: now) }
    return true
  }

  /// Opens the sidebar, goes to it where it is open, and closes it from itself.
  func toggleSidebar() {
    if sidebar != nil, isInSidebar { return closeSidebar() }
    attempt { () throws(StorageError) in
      if sidebar == nil { sidebar = try Sidebar(at: list.shelf, in: library, now: now) }
      isInSidebar = true
      if isReading { leaveStory() }
      results = nil
    }
  }

  func closeSidebar() {
    sidebar = nil
    isInSidebar = false
  }

  /// Performs what a key means in the sidebar; `false` where it means what it does in the list.
  func performInSidebar(_ command: Command, count: Int?) -> Bool {
    guard isInSidebar, let hasMoved = sidebar?.move(by: command, count: count) else { return false }
    if hasMoved { return true }
    switch command {
    case .open: openShelf()
    case .back, .clear: closeSidebar()
    case .delete: deleteSearch()
    case .saveSearch: renameSearch()
    case .choose, .chooseRange, .chooseAll, .toggleRead, .toggleStar, .tag, .markAll, .goToPercent,
      .openLink, .copyLink:
      say("\(command.entry.label) is for the list; \(key(for: .open)) goes there")
    default: return false
    }
    return true
  }

  func openShelf() {
    guard let item = sidebar?.selection else { return }
    show(item.shelf)
    isInSidebar = false
    if size.columns < Self.sidebarFrom { sidebar = nil }
  }

  // MARK: - Saved searches

  /// Asks for the name under which the filter is kept.
  func saveSearch() {
    let filter = list.filter
    guard !filter.isEmpty else {
      return say(
        "Filter first: \(key(for: .filter)) and words, then \(key(for: .saveSearch)) keeps them under a name"
      )
    }
    guard list.wholeFilter != nil else {
      return say("A filter of deleted stories is not kept: they stand on their own shelf only")
    }
    prompt = Prompt(purpose: .searchName(renamed: nil), field: TextField())
  }

  /// Keeps the filter under a name that was given with the command.
  func saveSearch(as name: String) {
    saveSearch()
    guard case .searchName = prompt?.purpose else { return }
    prompt = nil
    keepSearch(as: name, renamed: nil)
  }

  private func renameSearch() {
    guard case .saved(let search) = sidebar?.selection?.shelf else {
      return say("Only a saved search can have another name")
    }
    var field = TextField()
    field.set(search.name)
    prompt = Prompt(purpose: .searchName(renamed: search.name), field: field)
  }

  func keepSearch(as typed: String, renamed old: String?) {
    let name = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty else { return say("Without a name nothing was kept") }
    let shown = truncated(safe(name, oneLine: true), to: 40)
    attempt { () throws(StorageError) in
      if let old {
        guard try library.renameSearch(old, to: name) else {
          return fail("There is a search “\(shown)” already")
        }
        say("Now called “\(shown)”")
      } else {
        guard let filter = list.wholeFilter else { return }
        try keep(SavedSearch(name: name, filter: filter), shown: shown)
      }
      try sidebar?.reload(in: library, now: now)
    }
  }

  /// Keeps a search, and says what was kept under its name before.
  private func keep(_ search: SavedSearch, shown: String) throws(StorageError) {
    let before = try library.savedSearches().first { $0.name == search.name }?.filter
    try library.save(search)
    if let before, before != search.filter {
      return say("Kept as “\(shown)”, which was /\(safe(before, oneLine: true)) before")
    }
    say("Kept as “\(shown)” · \(key(for: .sidebar)) shows it in the sidebar")
  }

  private func deleteSearch() {
    guard case .saved(let search) = sidebar?.selection?.shelf else {
      return say("Only a saved search can be deleted here; its stories stay")
    }
    attempt { () throws(StorageError) in
      guard try library.deleteSearch(search.name) else { return }
      try sidebar?.reload(in: library, now: now)
      let name = truncated(safe(search.name, oneLine: true), to: 30)
      say("“\(name)” is no longer kept; it was /\(safe(search.filter, oneLine: true))")
    }
  }
}
