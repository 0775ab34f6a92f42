internal import Queries

/// Windows of a plan: some rows after or before a cursor in its order.
extension ListStore {
  /// The first `limit` rows after a cursor; from the top without a cursor.
  package func headlines(
    of plan: ListPlan, after cursor: Cursor? = nil, limit: Int
  ) throws(StorageError) -> [Headline] {
    guard limit > 0 else { return [] }
    if let found = plan.materialized {
      let start = cursor.map { plan.index(after: $0, in: found) } ?? 0
      return try rows(found[start...], of: plan, limit)
    }
    return try scanWindow(plan, from: cursor, limit, isForward: true)
  }

  /// The last `limit` rows before a cursor, in the order of the list; its end without a cursor.
  package func headlines(
    of plan: ListPlan, before cursor: Cursor?, limit: Int
  ) throws(StorageError) -> [Headline] {
    guard limit > 0 else { return [] }
    if let found = plan.materialized {
      let end = cursor.map { plan.index(before: $0, in: found) } ?? found.count
      return try rows(found[..<end].reversed(), of: plan, limit).reversed()
    }
    return try scanWindow(plan, from: cursor, limit, isForward: false).reversed()
  }

  /// The IDs of all stories of a plan, in its order.
  package func ids(of plan: ListPlan) throws(StorageError) -> [StoryID] {
    if let found = plan.materialized { return found.map(\.id) }
    connection.sets.sets = plan.sets
    let scan = IndexScan(plan)
    let isDown = !plan.listing.isReversed
    let order = plan.listing.order == .source ? Self.bySource(isDown) : scan.order(isDown)
    var ids: [StoryID] = []
    try connection.each(
      "SELECT \(scan.story) FROM \(scan.numberTables) WHERE \(plan.condition) ORDER BY \(order)",
      plan.values
    ) { ids.append($0.int(0)) }
    return ids
  }

  /// The story at a position (from 0) of a plan's order; `nil` beyond its last.
  ///
  /// Rows are skipped along an index from the nearer end: 30 ms to the middle of a million stories by
  /// date.
  package func headline(at index: Int, of plan: ListPlan) throws(StorageError) -> Headline? {
    if let found = plan.materialized {
      return found.indices.contains(index) ? try headline(found[index].id, of: plan) : nil
    }
    connection.sets.sets = plan.sets
    let scan = IndexScan(plan)
    let fromEnd = plan.total.flatMap { $0 - 1 - index < index ? $0 - 1 - index : nil }
    guard index >= 0, fromEnd.map({ $0 >= 0 }) ?? true else { return nil }
    let isDown = plan.listing.isReversed == (fromEnd != nil)
    let order = plan.listing.order == .source ? Self.bySource(isDown) : scan.order(isDown)
    let id = try connection.first(
      """
      SELECT \(scan.story) FROM \(scan.numberTables) WHERE \(plan.condition)
      ORDER BY \(order) LIMIT 1 OFFSET ?
      """, plan.values + [.int(fromEnd ?? index)]
    ) { $0.int(0) }
    guard let id else { return nil }
    return try headline(id, of: plan)
  }

  /// How many stories come before a cursor in a plan's order.
  package func count(before cursor: Cursor, of plan: ListPlan) throws(StorageError) -> Int {
    if let found = plan.materialized { return plan.index(before: cursor, in: found) }
    connection.sets.sets = plan.sets
    let scan = IndexScan(plan)
    let comparison = plan.listing.isReversed ? "<" : ">"
    var before = "(\(scan.key), \(scan.story)) \(comparison) (?, ?)"
    var place: [Value] = [.int(cursor.number), .int(cursor.id)]
    if plan.listing.order == .source {
      // Sources are ascending where dates are descending.
      before = """
        (sources.name \(plan.listing.isReversed ? ">" : "<") ?
          OR sources.name = ? AND (stories.sorted, stories.id) \(comparison) (?, ?))
        """
      place = [.text(cursor.name), .text(cursor.name)] + place
    }
    return Int(
      try connection.number(
        "SELECT count(*) FROM \(scan.numberTables) WHERE \(before) AND \(plan.condition)",
        place + plan.values))
  }

  /// Whether a story is in a plan's result.
  package func contains(_ id: StoryID, in plan: ListPlan) throws(StorageError) -> Bool {
    if let found = plan.materialized { return found.contains { $0.id == id } }
    connection.sets.sets = plan.sets
    return try connection.number(
      """
      SELECT count(*) FROM readings CROSS JOIN stories ON stories.id = readings.story
      WHERE readings.story = ? AND \(plan.condition)
      """, [.int(id)] + plan.values) > 0
  }

  /// The rows of cursors in order; a story that was deleted since has none.
  private func rows(
    _ cursors: some Sequence<Cursor>, of plan: ListPlan, _ limit: Int
  ) throws(StorageError) -> [Headline] {
    var rows: [Headline] = []
    for cursor in cursors {
      if let row = try headline(cursor.id, of: plan) { rows.append(row) }
      if rows.count == limit { break }
    }
    return rows
  }

  /// A story's row, whether or not it is in the plan's result; `nil` unless it is deleted exactly if
  /// the plan lists deleted stories.
  package func headline(
    _ id: StoryID, of plan: ListPlan
  ) throws(StorageError) -> Headline? {
    plan.listing.query.selectsDeleted ? try deletedHeadline(id) : try headline(id)
  }

  /// Reads a window along the index of the order by key: an offset would read every row before it.
  private func scanWindow(
    _ plan: ListPlan, from cursor: Cursor?, _ limit: Int, isForward: Bool
  ) throws(StorageError) -> [Headline] {
    connection.sets.sets = plan.sets
    let isDown = isForward != plan.listing.isReversed
    guard plan.listing.order == .source else {
      let scan = IndexScan(plan)
      let start = cursor ?? Cursor(number: isDown ? .max : .min, id: isDown ? .max : .min)
      return try window(
        plan, scan, "(\(scan.key), \(scan.story)) \(isDown ? "<" : ">") (?, ?)",
        [.int(start.number), .int(start.id)], scan.order(isDown), limit)
    }
    return try scanBySource(plan, from: cursor, limit, isDown: isDown)
  }

  /// Reads the rest of the cursor's source, then the sources after it: one comparison for both would
  /// read the whole source again for each window.
  private func scanBySource(
    _ plan: ListPlan, from cursor: Cursor?, _ limit: Int, isDown: Bool
  ) throws(StorageError) -> [Headline] {
    let scan = IndexScan(plan)
    let order = Self.bySource(isDown)
    guard let cursor else { return try window(plan, scan, "1", [], order, limit) }
    let comparison = isDown ? "<" : ">"
    var rows = try window(
      plan, scan,
      "sources.name = ? AND (stories.sorted, stories.id) \(comparison) (?, ?)",
      [.text(cursor.name), .int(cursor.number), .int(cursor.id)], order, limit)
    guard rows.count < limit else { return rows }
    rows += try window(
      plan, scan, "sources.name \(isDown ? ">" : "<") ?", [.text(cursor.name)], order,
      limit - rows.count)
    return rows
  }

  private static func bySource(_ isDown: Bool) -> String {
    isDown
      ? "sources.name, stories.sorted DESC, stories.id DESC"
      : "sources.name DESC, stories.sorted, stories.id"
  }

  private func window(
    _ plan: ListPlan, _ scan: IndexScan, _ place: String, _ start: [Value], _ order: String,
    _ limit: Int
  ) throws(StorageError) -> [Headline] {
    let sql = """
      SELECT \(Self.columns) FROM \(scan.tables)
      WHERE \(place) AND \(plan.condition) ORDER BY \(order) LIMIT ?
      """
    var rows: [Headline] = []
    try connection.each(sql, start + plan.values + [.int(limit)]) {
      rows.append(database.pending.applied(to: Headline($0)))
    }
    return rows
  }
}

/// The tables and the index that a plan is read along.
private struct IndexScan {
  /// The tables, that of the index first; in the order of sources each source is read by itself.
  let tables: String
  /// The same for queries of IDs only: without the second table where no condition needs it, because
  /// joining it takes most of the time.
  let numberTables: String
  let key: String
  let story: String

  init(_ plan: ListPlan) {
    let (first, second): (String, String)
    switch plan.listing.order {
    case .date, .rank, .opened:
      let isOpened = plan.listing.order == .opened
      let index = isOpened ? "started" : Self.dateIndex(plan)
      first = "readings \(index.map { "INDEXED BY readings_\($0)" } ?? "")"
      second = "stories"
      key = isOpened ? "coalesce(readings.opened, 0)" : "readings.sorted"
      story = "readings.story"
    case .length, .comments:
      let name = plan.listing.order == .length ? "words" : "comments"
      (first, second) = ("stories INDEXED BY stories_\(name)", "readings")
      key = "stories.\(name)"
      story = "stories.id"
    case .source:
      first = """
        sources CROSS JOIN stories INDEXED BY stories_source ON stories.source = sources.id
        """
      second = "readings"
      key = "stories.sorted"
      story = "stories.id"
    }
    let joined = "\(first) CROSS JOIN \(second) ON stories.id = readings.story"
    let isBySource = plan.listing.order == .source
    tables = isBySource ? joined : joined + " CROSS JOIN sources ON sources.id = stories.source"
    let isJoined = second == "readings" || plan.condition.contains("stories.")
    numberTables = isJoined ? joined : first
  }

  func order(_ isDown: Bool) -> String {
    let direction = isDown ? "DESC" : "ASC"
    return "\(key) \(direction), \(story) \(direction)"
  }

  /// The smallest index by date that covers all stories of the plan; `nil` where there is none.
  private static func dateIndex(_ plan: ListPlan) -> String? {
    let query = plan.listing.query
    if query.selectsDeleted { return nil }
    let parts = if case .every(let parts) = query { parts } else { [query] }
    if parts.contains(.state(.starred)) { return "starred" }
    return parts.contains(.state(.unread)) ? "unread" : "all"
  }
}

extension ListPlan {
  /// The index of the first element after a cursor, which need not be in the list any more.
  fileprivate func index(after cursor: Cursor, in found: [Cursor]) -> Int {
    if let index = found.firstIndex(where: { $0.id == cursor.id }) { return index + 1 }
    return found.partition { !listing.isOrdered($0, before: cursor) }
  }

  /// How many elements come before a cursor.
  fileprivate func index(before cursor: Cursor, in found: [Cursor]) -> Int {
    if let index = found.firstIndex(where: { $0.id == cursor.id }) { return index }
    return found.partition { !listing.isOrdered($0, before: cursor) }
  }
}

extension [Cursor] {
  /// The first index whose element satisfies the predicate, in an array where those that do come last.
  fileprivate func partition(_ isInSecond: (Cursor) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
