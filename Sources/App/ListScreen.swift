internal import Storage

/// The list of stories: a window onto a shelf that follows the selected story by its identity.
///
/// Only the rows around the selection are held, so a shelf of a million stories scrolls like one
/// of ten. Stories that no longer belong on the shelf (read ones among the unread) stay where they
/// are until the shelf is chosen anew.
struct ListScreen {
  private(set) var shelf: Shelf
  /// The words of the filter; empty without one.
  private(set) var filter = ""
  private(set) var rows: [Headline] = []
  /// The index of the selected row; meaningless without rows.
  private(set) var selected = 0
  /// The index of the first row on the screen.
  private(set) var top = 0
  private(set) var counts = Counts(all: 0, unread: 0, starred: 0)
  /// How many stories stand before `rows[0]`, where that is known.
  private(set) var offset: Int? = 0
  private var reachesStart = true
  private var reachesEnd = true
  /// Stories that were changed since the shelf was chosen.
  private var kept: [StoryID: Headline] = [:]

  /// How many rows are held at most: far more than the screen shows, however high it is.
  private var capacity = 1200

  /// How many rows one reading of the library brings.
  static let page = 100
  /// How many stories a filter shows at most: more than anyone reads through before typing on.
  static let mostFound = 500
  /// The longest way that `500j` goes at once.
  static let mostSteps = 20_000

  init(shelf: Shelf = .all) { self.shelf = shelf }

  var selection: Headline? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// "3 of 240", as numbers from 1; `nil` where the way from the start is not known.
  var position: Int? { rows.isEmpty ? nil : offset.map { $0 + selected + 1 } }

  /// How many stories the shelf has, or the filter found.
  var total: Int {
    guard filter.isEmpty else { return rows.count }
    return switch shelf {
    case .all: counts.all
    case .unread: counts.unread
    case .starred: counts.starred
    }
  }
}

// MARK: - Choosing what is shown

extension ListScreen {
  /// Shows a shelf from its newest story.
  mutating func show(_ shelf: Shelf, in library: Library) throws(StorageError) {
    self.shelf = shelf
    filter = ""
    try restart(in: library)
  }

  /// Shows the stories that have all the words; no words show the whole shelf again.
  ///
  /// The selected story stays selected where it is still shown.
  mutating func narrow(to words: String, in library: Library) throws(StorageError) {
    let before = selection
    filter = words.allSatisfy(\.isWhitespace) ? "" : words
    guard filter.isEmpty else {
      try find(in: library)
      if let before, let index = rows.firstIndex(where: { $0.id == before.id }) { selected = index }
      return
    }
    try restart(in: library)
    if let before { try select(before, in: library) }
  }

  private mutating func restart(in library: Library) throws(StorageError) {
    counts = try library.counts()
    kept = [:]
    selected = 0
    top = 0
    offset = 0
    reachesStart = true
    rows = try library.headlines(shelf, after: nil, limit: Self.page)
    reachesEnd = rows.count < Self.page
  }

  private mutating func find(in library: Library) throws(StorageError) {
    rows = try library.headlines(with: filter, limit: Self.mostFound).filter(belongs)
    rows.sort(by: ListScreen.stands)
    (selected, top, offset) = (0, 0, 0)
    (reachesStart, reachesEnd) = (true, true)
  }

  /// Reads the rows anew after the library changed; the selected story stays where it is.
  mutating func reload(in library: Library) throws(StorageError) {
    counts = try library.counts()
    guard let anchor = selection else {
      if filter.isEmpty { try restart(in: library) } else { try find(in: library) }
      return
    }
    let above = max(0, selected - top)
    if filter.isEmpty {
      try select(anchor, in: library)
    } else {
      try find(in: library)
      selected = rows.firstIndex { $0.id == anchor.id } ?? 0
    }
    top = max(0, selected - above)
  }

  /// Selects a story by identity, with the rows around it; if it is gone, the one after it.
  mutating func select(_ headline: Headline, in library: Library) throws(StorageError) {
    guard filter.isEmpty else {
      selected = rows.firstIndex { $0.id == headline.id } ?? selected
      return
    }
    let fresh = try library.headline(headline.id)
    if let fresh, !belongs(fresh) { kept[fresh.id] = fresh }
    if fresh == nil { kept[headline.id] = nil }
    let above = max(0, selected - top)
    let before = try library.headlines(shelf, before: headline.cursor, limit: Self.page)
    let after = try library.headlines(shelf, after: headline.cursor, limit: Self.page)
    reachesStart = before.count < Self.page
    reachesEnd = after.count < Self.page
    let around = before + (fresh.map { [$0] } ?? []) + after
    rows = merged(around)
    offset = reachesStart ? 0 : nil
    selected = fresh.flatMap { fresh in rows.firstIndex { $0.id == fresh.id } } ?? before.count
    selected = min(selected, max(0, rows.count - 1))
    top = max(0, selected - above)
  }

  /// Whether a story is on the shelf by itself, or stays because it was when it was chosen.
  private func belongs(_ headline: Headline) -> Bool {
    switch shelf {
    case .all: true
    case .unread: !headline.isRead || kept[headline.id] != nil
    case .starred: headline.isStarred || kept[headline.id] != nil
    }
  }

  /// The order of every shelf: newest first, then the story that was added last.
  private static func stands(_ one: Headline, before other: Headline) -> Bool {
    one.sorted == other.sorted ? one.id > other.id : one.sorted > other.sorted
  }

  /// Rows of the library with the kept stories of the same stretch put in their places.
  private func merged(_ found: [Headline]) -> [Headline] {
    guard !kept.isEmpty else { return found }
    let known = Set(found.map(\.id))
    let missing = kept.values.filter { headline in
      guard !known.contains(headline.id) else { return false }
      let isBelowFirst =
        reachesStart || found.first.map { Self.stands($0, before: headline) } ?? true
      let isAboveLast = reachesEnd || found.last.map { Self.stands(headline, before: $0) } ?? true
      return isBelowFirst && isAboveLast
    }
    return missing.isEmpty ? found : (found + missing).sorted(by: Self.stands)
  }
}

// MARK: - Moving

extension ListScreen {
  /// Moves the selection by some rows, reading more of the shelf as it goes.
  mutating func move(by steps: Int, in library: Library) throws(StorageError) {
    let steps = max(-Self.mostSteps, min(Self.mostSteps, steps))
    var target = selected + steps
    while target >= rows.count, !reachesEnd { target -= try extendDown(in: library) }
    while target < 0, !reachesStart { target += try extendUp(in: library) }
    selected = max(0, min(rows.count - 1, target))
  }

  mutating func moveToStart(in library: Library) throws(StorageError) {
    if !reachesStart {
      rows = try library.headlines(shelf, after: nil, limit: Self.page)
      (reachesStart, reachesEnd, offset) = (true, rows.count < Self.page, 0)
      rows = merged(rows)
    }
    (selected, top) = (0, 0)
  }

  mutating func moveToEnd(in library: Library) throws(StorageError) {
    if !reachesEnd {
      rows = try library.headlines(shelf, before: nil, limit: Self.page)
      (reachesStart, reachesEnd) = (rows.count < Self.page, true)
      rows = merged(rows)
      offset = kept.isEmpty ? max(0, total - rows.count) : nil
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

  /// Moves to the next unread story in a direction; `false` if there is none.
  mutating func moveToUnread(forward: Bool, in library: Library) throws(StorageError) -> Bool {
    let start = rows.indices.contains(selected) ? rows[selected].id : nil
    for _ in 0..<Self.mostSteps {
      let before = selection?.id
      try move(by: forward ? 1 : -1, in: library)
      guard let now = selection, now.id != before else { break }
      if !now.isRead { return true }
    }
    if let start, let index = rows.firstIndex(where: { $0.id == start }) { selected = index }
    return false
  }

  /// Makes the selection visible among `count` rows and reads what the screen still lacks.
  mutating func fit(_ count: Int, in library: Library) throws(StorageError) {
    let count = max(1, count)
    capacity = max(1200, 4 * count)
    if selected < top { top = selected }
    if selected >= top + count { top = selected - count + 1 }
    while top + count > rows.count, !reachesEnd { _ = try extendDown(in: library) }
    top = max(0, min(top, rows.count - count))
    while rows.count < count, !reachesStart { _ = try extendUp(in: library) }
    if selected >= top + count { top = selected - count + 1 }
  }

  /// Reads more rows below; answers how many were dropped above.
  private mutating func extendDown(in library: Library) throws(StorageError) -> Int {
    let more = try library.headlines(shelf, after: rows.last?.cursor, limit: Self.page)
    reachesEnd = more.count < Self.page
    rows = merged(rows + more)
    guard rows.count > capacity else { return 0 }
    let surplus = rows.count - capacity / 2
    rows.removeFirst(surplus)
    reachesStart = false
    offset = offset.map { $0 + surplus }
    selected = max(0, selected - surplus)
    top = max(0, top - surplus)
    return surplus
  }

  /// Reads more rows above; answers by how much the indices grew.
  private mutating func extendUp(in library: Library) throws(StorageError) -> Int {
    let known = rows.count
    let more = try library.headlines(shelf, before: rows.first?.cursor, limit: Self.page)
    reachesStart = more.count < Self.page
    rows = merged(more + rows)
    let grown = rows.count - known
    selected += grown
    top += grown
    offset = reachesStart ? 0 : offset.map { max(0, $0 - grown) }
    if rows.count > capacity {
      rows.removeLast(rows.count - capacity / 2)
      reachesEnd = false
      selected = min(selected, rows.count - 1)
    }
    return grown
  }
}

// MARK: - Changes

extension ListScreen {
  /// Puts a changed story in its row, where it stays even if the shelf no longer has it.
  mutating func update(_ headline: Headline, in library: Library) throws(StorageError) {
    counts = try library.counts()
    guard let index = rows.firstIndex(where: { $0.id == headline.id }) else { return }
    kept[headline.id] = headline
    rows[index] = headline
  }
}
