internal import Queries
internal import Settings
internal import Storage

extension ListScreen {
  /// Moves the selection by some rows, reading more of the shelf as it goes.
  mutating func move(by steps: Int, in library: Library) throws(StorageError) {
    if steps.magnitude > Self.maxReadSteps, let position {
      return try jump(
        to: position + max(-Self.maxDistance, min(Self.maxDistance, steps)), in: library)
    }
    let steps = max(-Self.maxSteps, min(Self.maxSteps, steps))
    var target = selected + steps
    while target >= rows.count, !extent.reachesEnd { target -= try extendDown(in: library) }
    while target < 0, !extent.reachesStart { target += try extendUp(in: library) }
    selected = max(0, min(rows.count - 1, target))
  }

  /// The most rows that are read one after another; a longer way is a query for its end.
  private static let maxReadSteps = 5 * page
  /// More rows than any library has, and small enough to add without overflow.
  private static let maxDistance = 1 << 40

  /// Moves to the story with a number counted from 1, without reading what stands before it.
  private mutating func jump(to number: Int, in library: Library) throws(StorageError) {
    guard number > 1 else { return try moveToStart(in: library) }
    guard let plan, let headline = try library.lists.headline(at: number - 1, of: plan) else {
      return try moveToEnd(in: library)
    }
    try select(headline, in: library)
    extent.offset = extent.offset ?? max(0, number - 1 - selected)
  }

  mutating func moveToStart(in library: Library) throws(StorageError) {
    if !extent.reachesStart, let plan {
      rows = try library.lists.headlines(of: plan, limit: Self.page)
      (extent.reachesStart, extent.reachesEnd, extent.offset) = (true, rows.count < Self.page, 0)
      rows = merged(rows)
    }
    (selected, top) = (0, 0)
  }

  mutating func moveToEnd(in library: Library) throws(StorageError) {
    if !extent.reachesEnd, let plan {
      rows = try library.lists.headlines(of: plan, before: nil, limit: Self.page)
      (extent.reachesStart, extent.reachesEnd) = (rows.count < Self.page, true)
      rows = merged(rows)
      extent.offset = plan.total.map { max(0, $0 + changed.uncounted.count - rows.count) }
    }
    selected = max(0, rows.count - 1)
  }

  /// Moves to the story with a number counted from 1.
  mutating func move(to number: Int, in library: Library) throws(StorageError) {
    if let position {
      try move(by: number - position, in: library)
    } else {
      try moveToStart(in: library)
      try move(by: number - 1, in: library)
    }
  }

  /// Moves to a percentage of all stories.
  mutating func move(toPercent percent: Int, in library: Library) throws(StorageError) {
    guard let plan else { return }
    guard percent < 100 else { return try moveToEnd(in: library) }
    let count = try total.isExact ? total.count : library.lists.ids(of: plan).count
    try move(to: max(1, count * percent / 100), in: library)
  }

  /// Moves by a number of unread stories in a direction, or as far as there are any.
  ///
  /// Returns by how many it moved.
  mutating func moveToUnread(
    forward: Bool, times: Int, in library: Library
  ) throws(StorageError) -> Int {
    let way =
      forward
      ? Array(rows.indices.dropFirst(selected + 1)) : rows.indices.prefix(selected).reversed()
    let near = way.filter { !rows[$0].isRead }.prefix(times)
    var far: [Headline] = []
    if near.count < times {
      far = try unread(times - near.count, forward: forward, in: library)
    }
    if let last = far.last {
      try select(unread: last, in: library)
    } else if let last = near.last {
      selected = last
    }
    return near.count + far.count
  }

  /// Selects a story beyond the held rows; a known position stays known.
  private mutating func select(unread: Headline, in library: Library) throws(StorageError) {
    let isPlaceKnown = position != nil
    try select(unread, in: library)
    guard isPlaceKnown, extent.offset == nil, let plan else { return }
    let before = try library.lists.count(before: plan.listing.cursor(of: unread), of: plan)
    extent.offset = max(0, before - selected)
  }

  /// The next unread stories beyond the rows that are held, the nearest first.
  private func unread(
    _ count: Int, forward: Bool, in library: Library
  ) throws(StorageError) -> [Headline] {
    guard let plan, !(forward ? extent.reachesEnd : extent.reachesStart),
      let end = forward ? rows.last : rows.first
    else { return [] }
    var listing = plan.listing
    listing.query = .all(of: [listing.query, .state(.unread)])
    var unread = try library.lists.plan(listing)
    var limit = count
    if [.rank, .opened].contains(plan.listing.order) {
      // Cursors of these orders are valid for this query only.
      (unread, limit) = (plan, Self.maxSteps)
    }
    let cursor = plan.listing.cursor(of: end)
    let found =
      forward
      ? try library.lists.headlines(of: unread, after: cursor, limit: limit)
      : try library.lists.headlines(of: unread, before: cursor, limit: limit).reversed()
    return Array(found.lazy.filter { !$0.isRead }.prefix(count))
  }

  /// Scrolls the selection into a pane of so many lines, and reads the rows that it lacks.
  mutating func fit(_ lines: Int, _ environment: Environment) throws(StorageError) {
    let height = ListDrawing.rowHeight(lines, isOneLine: environment.preferences.listRows == 1)
    try fit(rows: (lines - ListDrawing.headerHeight(lines)) / height, in: environment.library)
  }

  /// Scrolls the selection into `count` visible rows, and reads rows that are missing.
  private mutating func fit(rows count: Int, in library: Library) throws(StorageError) {
    let count = max(1, count)
    extent.capacity = max(1200, 4 * count)
    if selected < top { top = selected }
    if selected >= top + count { top = selected - count + 1 }
    while top + count > rows.count, !extent.reachesEnd { _ = try extendDown(in: library) }
    top = max(0, min(top, rows.count - count))
    while rows.count < count, !extent.reachesStart { _ = try extendUp(in: library) }
    if selected >= top + count { top = selected - count + 1 }
  }

  /// Reads more rows below; returns how many were dropped above.
  private mutating func extendDown(in library: Library) throws(StorageError) -> Int {
    guard let plan else { return 0 }
    let last = rows.last.map(plan.listing.cursor)
    let more = try library.lists.headlines(of: plan, after: last, limit: Self.page)
    extent.reachesEnd = more.count < Self.page
    rows = merged(rows + more)
    guard rows.count > extent.capacity else { return 0 }
    let surplus = rows.count - extent.capacity / 2
    rows.removeFirst(surplus)
    extent.reachesStart = false
    extent.offset = extent.offset.map { $0 + surplus }
    selected = max(0, selected - surplus)
    top = max(0, top - surplus)
    return surplus
  }

  /// Reads more rows above; returns by how much the indices grew.
  private mutating func extendUp(in library: Library) throws(StorageError) -> Int {
    guard let plan else { return 0 }
    let known = rows.count
    let first = rows.first.map(plan.listing.cursor)
    let more = try library.lists.headlines(of: plan, before: first, limit: Self.page)
    extent.reachesStart = more.count < Self.page
    rows = merged(more + rows)
    let grown = rows.count - known
    selected += grown
    top += grown
    extent.offset = extent.reachesStart ? 0 : extent.offset.map { max(0, $0 - grown) }
    if rows.count > extent.capacity {
      rows.removeLast(rows.count - extent.capacity / 2)
      extent.reachesEnd = false
      selected = min(selected, rows.count - 1)
    }
    return grown
  }
}

// MARK: - From a story that is gone

extension ListScreen {
  /// A story that has no row, and the one that was selected in its place.
  struct LostSelection {
    var gone: StoryID
    var selected: StoryID
    /// Whether the selected one followed it; where none did, it came before.
    var isBehind: Bool
  }

  mutating func noteLostSelection(_ gone: StoryID, isBehind: Bool) {
    guard let selection else {
      lostSelection = nil
      return
    }
    // The story selected in its place may be removed too.
    let first = lostSelection?.selected == gone ? lostSelection?.gone ?? gone : gone
    lostSelection = LostSelection(gone: first, selected: selection.id, isBehind: isBehind)
  }

  /// How far the selection must move to be so many stories from the open one, which may have no row
  /// any more.
  func steps(_ steps: Int, from open: StoryID) -> Int {
    guard let lostSelection, lostSelection.gone == open, lostSelection.selected == selection?.id
    else { return steps }
    if lostSelection.isBehind { return steps > 0 ? steps - 1 : steps }
    return steps < 0 ? steps + 1 : steps
  }
}
