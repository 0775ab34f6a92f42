internal import Queries

/// Windows onto a plan: some rows after or before a place in its order.
extension ListStore {
  /// The rows that follow a place; from the top without one.
  package func headlines(
    of plan: ListPlan, after cursor: Cursor? = nil, limit: Int
  ) throws(StorageError) -> [Headline] {
    guard limit > 0 else { return [] }
    if let found = plan.found {
      let start = cursor.map { plan.index(after: $0, in: found) } ?? 0
      return try rows(found[start...], of: plan, limit)
    }
    return try step(plan, from: cursor, limit, isForward: true)
  }

  /// The rows before a place, in the order of the list; the end of the list without one.
  package func headlines(
    of plan: ListPlan, before cursor: Cursor?, limit: Int
  ) throws(StorageError) -> [Headline] {
    guard limit > 0 else { return [] }
    if let found = plan.found {
      let end = cursor.map { plan.index(before: $0, in: found) } ?? found.count
      return try rows(found[..<end].reversed(), of: plan, limit).reversed()
    }
    return try step(plan, from: cursor, limit, isForward: false).reversed()
  }

  /// The numbers of all stories of a plan, in its order.
  package func ids(of plan: ListPlan) throws(StorageError) -> [StoryID] {
    if let found = plan.found { return found.map(\.id) }
    connection.sets.sets = plan.sets
    let path = Path(plan)
    let isDown = !plan.listing.isReversed
    let order = plan.listing.order == .source ? Self.bySource(isDown) : path.order(isDown)
    var ids: [StoryID] = []
    try connection.each(
      "SELECT \(path.story) FROM \(path.numberTables) WHERE \(plan.condition) ORDER BY \(order)",
      plan.values
    ) { ids.append($0.int(0)) }
    return ids
  }

  /// The story at an index of a plan's order; `nil` beyond its last.
  ///
  /// It is counted to along an index from the nearer end: 30 ms to the middle of a million stories by
  /// date.
  package func headline(at index: Int, of plan: ListPlan) throws(StorageError) -> Headline? {
    if let found = plan.found {
      return found.indices.contains(index) ? try headline(found[index].id, of: plan) : nil
    }
    connection.sets.sets = plan.sets
    let path = Path(plan)
    let fromEnd = plan.total.flatMap { $0 - 1 - index < index ? $0 - 1 - index : nil }
    guard index >= 0, fromEnd.map({ $0 >= 0 }) ?? true else { return nil }
    let isDown = plan.listing.isReversed == (fromEnd != nil)
    let order = plan.listing.order == .source ? Self.bySource(isDown) : path.order(isDown)
    let id = try connection.first(
      """
      SELECT \(path.story) FROM \(path.numberTables) WHERE \(plan.condition)
      ORDER BY \(order) LIMIT 1 OFFSET ?
      """, plan.values + [.int(fromEnd ?? index)]
    ) { $0.int(0) }
    guard let id else { return nil }
    return try headline(id, of: plan)
  }

  /// How many stories stand before a place in a plan's order.
  package func count(before cursor: Cursor, of plan: ListPlan) throws(StorageError) -> Int {
    if let found = plan.found { return plan.index(before: cursor, in: found) }
    connection.sets.sets = plan.sets
    let path = Path(plan)
    let comparison = plan.listing.isReversed ? "<" : ">"
    var before = "(\(path.key), \(path.story)) \(comparison) (?, ?)"
    var place: [Value] = [.int(cursor.number), .int(cursor.id)]
    if plan.listing.order == .source {
      // Sources run the other way than dates do.
      before = """
        (sources.name \(plan.listing.isReversed ? ">" : "<") ?
          OR sources.name = ? AND (stories.sorted, stories.id) \(comparison) (?, ?))
        """
      place = [.text(cursor.name), .text(cursor.name)] + place
    }
    return Int(
      try connection.number(
        "SELECT count(*) FROM \(path.numberTables) WHERE \(before) AND \(plan.condition)",
        place + plan.values))
  }

  /// Whether a plan shows a story.
  package func contains(_ id: StoryID, in plan: ListPlan) throws(StorageError) -> Bool {
    if let found = plan.found { return found.contains { $0.id == id } }
    connection.sets.sets = plan.sets
    return try connection.number(
      """
      SELECT count(*) FROM readings CROSS JOIN stories ON stories.id = readings.story
      WHERE readings.story = ? AND \(plan.condition)
      """, [.int(id)] + plan.values) > 0
  }

  /// The rows of places in order; a story that is gone by now has none.
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

  /// A story's row, whether or not the plan shows it; a plan of deleted stories has only those.
  package func headline(
    _ id: StoryID, of plan: ListPlan
  ) throws(StorageError) -> Headline? {
    plan.listing.query.asksForDeleted ? try deletedHeadline(id) : try headline(id)
  }

  /// Steps along the index of the order by key: an offset would read every row before the window.
  private func step(
    _ plan: ListPlan, from cursor: Cursor?, _ limit: Int, isForward: Bool
  ) throws(StorageError) -> [Headline] {
    connection.sets.sets = plan.sets
    let isDown = isForward != plan.listing.isReversed
    guard plan.listing.order == .source else {
      let path = Path(plan)
      let start = cursor ?? Cursor(number: isDown ? .max : .min, id: isDown ? .max : .min)
      return try walk(
        plan, path, "(\(path.key), \(path.story)) \(isDown ? "<" : ">") (?, ?)",
        [.int(start.number), .int(start.id)], path.order(isDown), limit)
    }
    return try stepBySource(plan, from: cursor, limit, isDown: isDown)
  }

  /// The rest of the cursor's source first, then the sources that follow it: one comparison of both
  /// would read the whole source again for each window.
  private func stepBySource(
    _ plan: ListPlan, from cursor: Cursor?, _ limit: Int, isDown: Bool
  ) throws(StorageError) -> [Headline] {
    let path = Path(plan)
    let order = Self.bySource(isDown)
    guard let cursor else { return try walk(plan, path, "1", [], order, limit) }
    let comparison = isDown ? "<" : ">"
    var rows = try walk(
      plan, path,
      "sources.name = ? AND (stories.sorted, stories.id) \(comparison) (?, ?)",
      [.text(cursor.name), .int(cursor.number), .int(cursor.id)], order, limit)
    guard rows.count < limit else { return rows }
    rows += try walk(
      plan, path, "sources.name \(isDown ? ">" : "<") ?", [.text(cursor.name)], order,
      limit - rows.count)
    return rows
  }

  private static func bySource(_ isDown: Bool) -> String {
    isDown
      ? "sources.name, stories.sorted DESC, stories.id DESC"
      : "sources.name DESC, stories.sorted, stories.id"
  }

  private func walk(
    _ plan: ListPlan, _ path: Path, _ place: String, _ start: [Value], _ order: String, _ limit: Int
  ) throws(StorageError) -> [Headline] {
    let sql = """
      SELECT \(Self.columns) FROM \(path.tables)
      WHERE \(place) AND \(plan.condition) ORDER BY \(order) LIMIT ?
      """
    var rows: [Headline] = []
    try connection.each(sql, start + plan.values + [.int(limit)]) {
      rows.append(database.waiting.applied(to: Headline($0)))
    }
    return rows
  }
}

/// The index that a plan is stepped through along.
private struct Path {
  /// The tables, that of the index first; in the order of sources each source is walked by itself.
  let tables: String
  /// The same for what asks only for numbers: without the second table where nothing is asked of it,
  /// which is what takes most of the time.
  let numberTables: String
  let key: String
  let story: String

  init(_ plan: ListPlan) {
    let (first, second): (String, String)
    switch plan.listing.order {
    case .date, .rank, .opened:
      let isOpened = plan.listing.order == .opened
      let index = isOpened ? "started" : Self.shelf(plan)
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
    let way = isDown ? "DESC" : "ASC"
    return "\(key) \(way), \(story) \(way)"
  }

  /// The narrowest index by date whose stories are all that the plan can have.
  private static func shelf(_ plan: ListPlan) -> String? {
    let query = plan.listing.query
    if query.asksForDeleted { return nil }
    let parts = if case .every(let parts) = query { parts } else { [query] }
    if parts.contains(.state(.starred)) { return "starred" }
    return parts.contains(.state(.unread)) ? "unread" : "all"
  }
}

extension ListPlan {
  /// The index of the first place after a cursor, which itself may be gone.
  fileprivate func index(after cursor: Cursor, in found: [Cursor]) -> Int {
    if let index = found.firstIndex(where: { $0.id == cursor.id }) { return index + 1 }
    return found.partition { !listing.stands($0, before: cursor) }
  }

  /// How many places stand before a cursor.
  fileprivate func index(before cursor: Cursor, in found: [Cursor]) -> Int {
    if let index = found.firstIndex(where: { $0.id == cursor.id }) { return index }
    return found.partition { !listing.stands($0, before: cursor) }
  }
}

extension [Cursor] {
  /// The first index whose element holds, in an array where those that do stand last.
  fileprivate func partition(_ holds: (Cursor) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
