internal import Storage

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
    if !reachesStart, let plan {
      rows = try library.headlines(of: plan, limit: Self.page)
      (reachesStart, reachesEnd, offset) = (true, rows.count < Self.page, 0)
      rows = merged(rows)
    }
    (selected, top) = (0, 0)
  }

  mutating func moveToEnd(in library: Library) throws(StorageError) {
    if !reachesEnd, let plan {
      rows = try library.headlines(of: plan, before: nil, limit: Self.page)
      (reachesStart, reachesEnd) = (rows.count < Self.page, true)
      rows = merged(rows)
      offset = plan.total.map { max(0, $0 + uncounted.count - rows.count) }
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
    let start = selection
    for _ in 0..<Self.mostSteps {
      let before = selection?.id
      try move(by: forward ? 1 : -1, in: library)
      guard let now = selection, now.id != before else { break }
      if !now.isRead { return true }
    }
    if let start { try select(start, in: library) }
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
    guard let plan else { return 0 }
    let last = rows.last.map(plan.listing.cursor)
    let more = try library.headlines(of: plan, after: last, limit: Self.page)
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
    guard let plan else { return 0 }
    let known = rows.count
    let first = rows.first.map(plan.listing.cursor)
    let more = try library.headlines(of: plan, before: first, limit: Self.page)
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
