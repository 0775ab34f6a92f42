internal import Queries
internal import Storage

/// The list of stories: a window onto a shelf that follows the selected story by its identity.
///
/// Only the rows around the selection are held, so a shelf of a million stories scrolls like one
/// of ten. Stories that no longer belong on the shelf (read ones among the unread) stay where they
/// are until the shelf is chosen anew.
struct ListScreen {
  private(set) var shelf: Shelf
  /// The filter as it was typed; empty without one.
  private(set) var filter = ""
  private(set) var sorting = Sorting()
  /// The rows that are held.
  var rows: [Headline] = []
  /// Where the held rows stand among all.
  var extent = Extent()
  /// The index of the selected row; meaningless without rows.
  var selected = 0
  /// The index of the first row on the screen.
  var top = 0
  private(set) var counts = Counts(all: 0, unread: 0, starred: 0)
  var choice = Choice()
  /// The last story that was to be selected and has no row, and what was selected in its place.
  var lostSelection: LostSelection?
  /// The library's plan for the query; `nil` before a shelf is shown.
  private(set) var plan: ListPlan?
  private(set) var changed = Changed()

  /// In which order the stories stand.
  struct Sorting {
    fileprivate(set) var order = Order.date
    fileprivate(set) var isReversed = false
    /// How a list was sorted last, other than by rank: the next shelf is sorted so too.
    fileprivate var chosen = (Order.date, isReversed: false)
  }

  /// Where the held rows stand among all rows of the list.
  struct Extent {
    /// How many stories stand before the first held row, where that is known.
    var offset: Int? = 0
    var reachesStart = true
    var reachesEnd = true
    /// Whether the first row stays selected: while a list that was empty fills, until a key comes.
    var followsTop = false
    /// How many rows are held at most: far more than the screen shows, however high it is.
    var capacity = 1200
  }

  /// The stories chosen for a command that works on many.
  struct Choice {
    var stories: Set<StoryID> = []
    /// The story from which a range is chosen.
    var start: StoryID?
  }

  /// The stories that were changed since the shelf was chosen, and keep their rows.
  struct Changed {
    fileprivate var kept: [StoryID: Headline] = [:]
    /// Those of them that the plan did not count when it was made.
    fileprivate(set) var uncounted: Set<StoryID> = []
    /// Those that were deleted, and stay as before once that is taken back.
    fileprivate var lost: Set<StoryID> = []
  }

  /// How many rows one query reads.
  static let page = 100
  /// The longest list in which the rows before the first held one are counted; in a longer one that
  /// can take more time than a frame has.
  private static let maxCountedStories = 20_000
  /// The most rows that `500j` moves by where the position is not known.
  static let maxSteps = 20_000

  init(shelf: Shelf = .all) { self.shelf = shelf }
}

extension ListScreen {
  var selection: Headline? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// "3 of 240", as numbers from 1; `nil` where the way from the start is not known.
  var position: Int? { rows.isEmpty ? nil : extent.offset.map { $0 + selected + 1 } }

  /// The number of stories, or the part of it that is known without counting.
  var total: (count: Int, isExact: Bool) {
    if let total = plan?.total { return (total + changed.uncounted.count, true) }
    return ((extent.offset ?? 0) + rows.count, extent.reachesEnd && extent.offset != nil)
  }

  /// "240", or "100+" where counting on would take long.
  var totalWords: String { "\(total.count)\(total.isExact ? "" : "+")" }
}

// MARK: - Choosing what is shown

extension ListScreen {
  /// Shows a shelf from its beginning, without a filter, in the order that was chosen last.
  mutating func show(_ shelf: Shelf, in library: Library, now: Int64) throws(StorageError) {
    self.shelf = shelf
    filter = ""
    clearChoice()
    (sorting.order, sorting.isReversed) = shelf == .started ? (.opened, false) : sorting.chosen
    try restart(in: library, now: now)
  }

  /// Shows the stories of the shelf that a filter lets through; an empty one lets all.
  ///
  /// The story that is wanted, or else the selected one, is selected where it is still shown. Where
  /// a part of the filter means nothing, the rest counts.
  /// `query` is what the filter asks for, where it has been parsed already.
  mutating func narrow(
    to typed: String, asking query: Query? = nil, wanting wanted: Headline? = nil,
    in library: Library, now: Int64
  ) throws(StorageError) {
    let before = wanted ?? selection
    filter = typed.allSatisfy(\.isWhitespace) ? "" : typed
    try restart(asking: query, in: library, now: now)
    guard let before, let plan else { return }
    if let index = rows.firstIndex(where: { $0.id == before.id }) {
      selected = index
    } else if try library.lists.contains(before.id, in: plan) {
      try select(before, in: library)
    }
  }

  /// Sorts by an order; reverses it if it is the current one.
  mutating func sort(by order: Order, in library: Library, now: Int64) throws(StorageError) {
    let before = selection
    sorting.isReversed = order == sorting.order ? !sorting.isReversed : false
    sorting.order = order
    if order != .rank { sorting.chosen = (order, sorting.isReversed) }
    try restart(in: library, now: now)
    // Without words there is no rank: the list is sorted by date, and so is the next one.
    if order == .rank, plan?.listing.order != .rank {
      sorting.chosen = (plan?.listing.order ?? .date, sorting.isReversed)
    }
    if let before { try select(before, in: library) }
  }

  private mutating func restart(
    asking query: Query? = nil, in library: Library, now: Int64
  ) throws(StorageError) {
    counts = try library.lists.counts()
    changed = Changed()
    (selected, top, extent.offset) = (0, 0, 0)
    let plan = try makePlan(asking: query, in: library, now: now)
    self.plan = plan
    rows = try library.lists.headlines(of: plan, limit: Self.page)
    (extent.reachesStart, extent.reachesEnd) = (true, rows.count < Self.page)
    if rows.isEmpty { extent.followsTop = true }
  }

  private func makePlan(
    asking query: Query? = nil, in library: Library, now: Int64
  ) throws(StorageError) -> ListPlan {
    let typed = query ?? ParsedQuery(filter, now: now, isTyping: true).query
    let query = Query.all(of: [shelf.query(now: now), typed])
    return try library.lists.plan(
      Listing(query, order: sorting.order, isReversed: sorting.isReversed))
  }

  /// Reads the rows anew after the library changed; the selected story stays where it is.
  mutating func reload(in library: Library, now: Int64) throws(StorageError) {
    guard let anchor = selection, !extent.followsTop else {
      return try restart(in: library, now: now)
    }
    counts = try library.lists.counts()
    let above = max(0, selected - top)
    // The plan depends on the library's content: an import may have changed what the words match.
    let plan = try makePlan(in: library, now: now)
    self.plan = plan
    changed.uncounted = []
    for id in changed.kept.keys where try !library.lists.contains(id, in: plan) {
      changed.uncounted.insert(id)
    }
    try select(anchor, in: library)
    top = max(0, selected - above)
  }

  /// Selects a story by identity, with the rows around it; if it is gone, the one after it.
  ///
  /// A story that is not on the shelf is shown there all the same, but by no filter.
  mutating func select(_ headline: Headline, in library: Library) throws(StorageError) {
    guard let plan else { return }
    let fresh = try library.lists.headline(headline.id, of: plan)
    if let fresh, filter.isEmpty, !(try library.lists.contains(fresh.id, in: plan)) {
      if changed.kept[fresh.id] == nil { changed.uncounted.insert(fresh.id) }
      changed.kept[fresh.id] = fresh
    }
    if fresh == nil { forget(headline.id) }
    let above = max(0, selected - top)
    let cursor = plan.listing.cursor(of: fresh ?? headline)
    let before = try library.lists.headlines(of: plan, before: cursor, limit: Self.page)
    let after = try library.lists.headlines(of: plan, after: cursor, limit: Self.page)
    extent.reachesStart = before.count < Self.page
    extent.reachesEnd = after.count < Self.page
    var around = before
    if let fresh {
      let isKept = changed.kept[fresh.id] != nil
      if try isKept ? true : library.lists.contains(fresh.id, in: plan) { around.append(fresh) }
    }
    rows = merged(around + after)
    extent.offset = extent.reachesStart ? 0 : try countAbove(in: library)
    let row = rows.firstIndex { $0.id == headline.id }
    let next = row ?? (plan.listing.order == .rank ? before.count : index(after: cursor))
    selected = max(0, min(rows.count - 1, next))
    if row == nil { noteLostSelection(headline.id, isBehind: next < rows.count) }
    top = max(0, selected - above)
  }

  /// The first row behind a cursor.
  private func index(after cursor: Cursor) -> Int {
    guard let listing = plan?.listing else { return 0 }
    return rows.firstIndex { listing.isOrdered(cursor, before: listing.cursor(of: $0)) }
      ?? rows.count
  }

  /// How many stories precede the first held row; `nil` in a list too long to count them.
  private func countAbove(in library: Library) throws(StorageError) -> Int? {
    guard let plan, let total = plan.total, total <= Self.maxCountedStories, let first = rows.first
    else {
      return nil
    }
    let place = plan.listing.cursor(of: first)
    let uncountedAbove = changed.kept.values.count { headline in
      changed.uncounted.contains(headline.id)
        && plan.listing.isOrdered(plan.listing.cursor(of: headline), before: place)
    }
    return try library.lists.count(before: place, of: plan) + uncountedAbove
  }

  /// Merges rows of the library with the kept stories that belong between them.
  func merged(_ found: [Headline]) -> [Headline] {
    // A story that does not match the words has no rank, and so no position.
    guard !changed.kept.isEmpty, let listing = plan?.listing, listing.order != .rank else {
      return found
    }
    func precedes(_ one: Headline, _ other: Headline) -> Bool {
      listing.isOrdered(listing.cursor(of: one), before: listing.cursor(of: other))
    }
    let known = Set(found.map(\.id))
    let missing = changed.kept.values.filter { headline in
      guard !known.contains(headline.id) else { return false }
      let isBelowFirst = extent.reachesStart || found.first.map { precedes($0, headline) } ?? true
      let isAboveLast = extent.reachesEnd || found.last.map { precedes(headline, $0) } ?? true
      return isBelowFirst && isAboveLast
    }
    return missing.isEmpty ? found : (found + missing).sorted(by: precedes)
  }

  /// Reads changed stories anew: their rows stay, even if the shelf no longer has them, unless they
  /// were deleted or brought back.
  mutating func refresh(
    _ stories: Set<StoryID>, hasMoved: Bool, in library: Library, now: Int64
  ) throws(StorageError) {
    guard let plan else { return }
    for id in rows.map(\.id) where stories.contains(id) {
      if let headline = try library.lists.headline(id, of: plan) {
        put(headline)
      } else {
        if changed.kept[id] != nil { changed.lost.insert(id) }
        forget(id)
        choice.stories.remove(id)
      }
    }
    for id in stories where changed.lost.contains(id) {
      guard let headline = try library.lists.headline(id, of: plan) else { continue }
      changed.lost.remove(id)
      changed.kept[id] = headline
    }
    counts = try library.lists.counts()
    if hasMoved { try reload(in: library, now: now) }
  }

  /// Whether a story has a row in the list, be it on the screen or not.
  func shows(_ id: StoryID, in library: Library) throws(StorageError) -> Bool {
    guard changed.kept[id] == nil, let plan else { return changed.kept[id] != nil }
    return try library.lists.contains(id, in: plan)
  }

  private mutating func forget(_ id: StoryID) {
    changed.kept[id] = nil
    changed.uncounted.remove(id)
  }

  /// Puts a changed story in its row, where it stays even if the shelf no longer has it.
  mutating func update(_ headline: Headline, in library: Library) throws(StorageError) {
    counts = try library.lists.counts()
    put(headline)
  }

  private mutating func put(_ headline: Headline) {
    guard let index = rows.firstIndex(where: { $0.id == headline.id }) else { return }
    var headline = headline
    // Sorted by the time of opening, a row keeps its position when its story is opened.
    if sorting.order == .opened { headline.opened = rows[index].opened }
    changed.kept[headline.id] = headline
    rows[index] = headline
  }
}
