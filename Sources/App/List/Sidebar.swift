internal import Display
internal import Queries
internal import Storage

/// The shelves beside the list: those every library has, sources, tags, and saved searches.
struct Sidebar {
  struct Item: Hashable {
    var shelf: Shelf
    var name: String
    /// How many stories it has, or how many of them are unread; `nil` where it is not counted.
    var count: Int?
  }

  /// Items under a heading, which is no item itself.
  struct Section {
    var heading: String
    var items: [Item]
  }

  /// What a row of the sidebar is; an item by its index.
  private enum Row {
    case blank
    case heading(String)
    case item(Int)
  }

  private(set) var sections: [Section] = []
  private(set) var items: [Item] = []
  /// Whether the unread stories of kept searches are to be counted, by `countSearches`: each mark that
  /// is set may change them, and to count takes longer than a key may.
  private(set) var awaitsCounts = false
  private var rows: [Row] = []
  /// The choice among `items`.
  private(set) var window = ListWindow()
  /// The first row on the screen.
  private var top = 0
  private(set) var height = 1

  var selection: Item? { items.indices.contains(window.selected) ? items[window.selected] : nil }

  /// Opens with a shelf selected.
  init(at shelf: Shelf, in library: Library, now: Int64) throws(StorageError) {
    try reload(in: library, now: now)
    select(shelf)
  }

  /// Selects a shelf, where it is one of those here.
  mutating func select(_ shelf: Shelf) {
    if let index = items.firstIndex(where: { $0.shelf == shelf }) { move(to: index) }
  }

  /// Reads names and counts anew, those of kept searches excepted; the selected shelf stays selected.
  mutating func reload(in library: Library, now: Int64) throws(StorageError) {
    let before = selection?.shelf
    let counts = try library.lists.counts()
    var shelves = [
      Item(shelf: .all, name: "All", count: counts.all),
      Item(shelf: .unread, name: "Unread", count: counts.unread),
      Item(shelf: .starred, name: "Starred", count: counts.starred),
      Item(shelf: .started, name: "Continue reading", count: counts.started),
    ]
    if counts.deleted > 0 {
      shelves.append(Item(shelf: .deleted, name: "Deleted", count: counts.deleted))
    }
    let known = items
    let searches = try library.lists.savedSearches().map { search in
      let shelf = Shelf.saved(search)
      return Item(
        shelf: shelf, name: search.name, count: known.first { $0.shelf == shelf }?.count)
    }
    awaitsCounts = !searches.isEmpty && searches.count * counts.all <= Self.maxCountedProduct
    let tags = try library.lists.tags().map {
      Item(shelf: .tag($0.name), name: $0.name, count: $0.unread)
    }
    let sources = try library.lists.sources().map {
      Item(shelf: .source($0.name), name: $0.name, count: $0.unread)
    }
    sections = [
      Section(heading: "Library", items: shelves),
      Section(heading: awaitsCounts ? "Searches, unread" : "Searches", items: searches),
      Section(heading: "Tags, unread", items: tags),
      Section(heading: "Sources, unread", items: sources),
    ].filter { !$0.items.isEmpty }
    arrange()
    let again = before.flatMap { shelf in items.firstIndex { $0.shelf == shelf } }
    window = ListWindow(count: items.count, selected: again ?? window.selected)
  }

  /// Counts the unread stories of each kept search.
  mutating func countSearches(in library: Library, now: Int64) throws(StorageError) {
    awaitsCounts = false
    for section in sections.indices {
      for index in sections[section].items.indices {
        guard case .saved = sections[section].items[index].shelf else { continue }
        let shelf = sections[section].items[index].shelf
        let query = Query.all(of: [shelf.query(now: now), .state(.unread)])
        sections[section].items[index].count =
          try library.lists.ids(of: library.lists.plan(Listing(query))).count
      }
    }
    arrange()
  }

  /// The product of kept searches and stories up to which they are counted: 7 ms for each 50,000.
  private static let maxCountedProduct = 500_000

  private mutating func arrange() {
    items = sections.flatMap(\.items)
    rows = []
    var next = 0
    for section in sections {
      if !rows.isEmpty { rows.append(.blank) }
      rows.append(.heading(section.heading))
      for _ in section.items {
        rows.append(.item(next))
        next += 1
      }
    }
  }

  mutating func move(to index: Int) { window.move(to: index) }
  mutating func move(by steps: Int) { window.move(by: steps) }

  /// The row of the selected item.
  private var selectedRow: Int {
    rows.firstIndex { if case .item(window.selected) = $0 { true } else { false } } ?? 0
  }

  /// Scrolls the selected item into a pane of so many lines.
  mutating func fit(_ count: Int) {
    height = count
    // Keeps the heading above the first item visible.
    top =
      ListWindow(count: rows.count, selected: selectedRow)
      .scrolled(from: min(top, selectedRow - 1), room: count).lowerBound
  }

  /// What the list beside it shows: a shelf, or what a filter lets through of it.
  struct ShownList {
    var shelf: Shelf
    /// Empty without one.
    var filter: String
  }

  /// Exactly `count` lines, `columns` wide.
  ///
  /// What the list shows is marked, with the filter that narrows it; while the sidebar has the focus,
  /// the selected item has the stronger mark.
  func drawing(
    _ count: Int, columns: Int, shown: ShownList, isFocused: Bool, isASCII: Bool
  ) -> Drawing {
    guard count > 0 else { return Drawing() }
    var drawing = Drawing(cursor: Drawing.Cell(row: max(0, selectedRow - top)))
    drawing.record(.sidebarPane, rows: 0..<count, columns: 0..<columns)
    for (line, row) in rows.dropFirst(top).prefix(count).enumerated() {
      let drawn: Line
      switch row {
      case .blank: drawn = Line()
      case .heading(let words): drawn = Line([Span(" \(words)", .faint)])
      case .item(let index):
        let isShown = items[index].shelf == shown.shelf
        drawn = self.row(
          items[index], isSelected: index == window.selected,
          filter: isShown ? shown.filter : nil, isFocused, columns, isASCII)
        drawing.record(.sidebarItem(items[index].shelf), row: line, columns: 0..<columns)
      }
      drawing.lines.append(drawn.clipped(to: columns, isASCII: isASCII))
    }
    drawing.lines += Array(repeating: Line(), count: count - drawing.lines.count)
    return drawing
  }

  /// `filter` is what narrows the item in the list; `nil` where the list shows another.
  private func row(
    _ item: Item, isSelected: Bool, filter: String?, _ isFocused: Bool, _ columns: Int,
    _ isASCII: Bool
  ) -> Line {
    let isShown = filter != nil
    let isMarked = isFocused ? isSelected : isShown
    let bar = isMarked ? (isASCII ? ">" : "▌") : isShown ? (isASCII ? "|" : "▏") : " "
    let number = item.count.map { " \($0) " } ?? " "
    let room = max(1, columns - 2 - displayWidth(of: number))
    let name = truncated(shownName(item.name), to: room, isASCII: isASCII)
    var words = [Span(name, item.count == 0 ? .read : .unread)]
    let left = room - displayWidth(of: name)
    if let filter, !filter.isEmpty, left >= Self.leastFilter {
      let typed = truncated(" /\(safe(filter, oneLine: true))", to: left, isASCII: isASCII)
      words.append(Span(typed, .title))
    }
    let line = justified(
      [Span(bar, .key), Span(" ")] + words, [Span(number, .faint)], in: columns, isASCII: isASCII)
    return isSelected && isFocused ? line.selected(to: columns) : line
  }

  /// The fewest columns that show something of a filter.
  private static let leastFilter = 4
}

// MARK: - Commands

extension Sidebar {
  /// Performs a command of the sidebar; what it does not know is meant for the list beside it.
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if window.move(by: command, count: count, page: max(1, height - 2)) { return .done }
    switch command {
    case .open: return selection.map { .show($0.shelf) } ?? .done
    case .back, .clear: return .closeSidebar
    case .delete: return try deleteSearch(environment)
    case .saveSearch: return renameSearch()
    case .choose, .chooseRange, .chooseAll, .toggleRead, .toggleStar, .tag, .markAll, .goToPercent,
      .openLink, .copyLink:
      return .say(
        "“\(command.entry.label)” works in the list\(environment.dot)\(environment.key(for: .open)) goes there"
      )
    default: return .notMine
    }
  }

  /// What a command does here, for the help; `nil` of what is the list's alone, or is refused.
  static func words(for command: Command) -> String? {
    if let words = command.wordsOfMoving(among: "shelf") { return words }
    switch command {
    case .open: return "Show the shelf in the list"
    case .back, .clear, .sidebar: return "Close the sidebar"
    case .saveSearch: return "Give a saved search another name"
    case .delete: return "Forget a saved search; its stories stay"
    case .filter, .searchAll, .showAll, .showUnread, .showStarred, .showStarted, .showDeleted,
      .quit, .undo, .redo:
      return command.entry.words
    default:
      return command.entry.group == .view && command.isKnown(in: .list)
        ? command.entry.words : nil
    }
  }

  private func renameSearch() -> Reply {
    guard case .saved(let search) = selection?.shelf else {
      return .say("Only a saved search can have another name")
    }
    return .ask(SearchName.other(before: search.name).prompt)
  }

  private mutating func deleteSearch(
    _ environment: Environment
  ) throws(StorageError) -> Reply {
    guard case .saved(let search) = selection?.shelf else {
      return .say("Only a saved search can be deleted here; its stories stay")
    }
    guard try environment.library.lists.deleteSearch(search.name) else { return .done }
    try reload(in: environment.library, now: environment.now)
    let name = truncated(safe(search.name, oneLine: true), to: 30)
    return .say("“\(name)” is no longer kept; it was /\(safe(search.filter, oneLine: true))")
  }

  func keyHints(_ environment: Environment) -> [String] {
    guard let selection else { return [] }
    var parts = [environment.keyHint("shows", .open)]
    if case .saved = selection.shelf {
      parts += [
        environment.keyHint("renames", .saveSearch), environment.keyHint("forgets", .delete),
      ]
    }
    return parts + [environment.keyHint("closes", .back)]
  }
}
