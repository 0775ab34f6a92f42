internal import Queries

/// The execution plan of a listing: made once, then used to fetch windows as the list scrolls.
///
/// A short result is materialized and sorted as a whole; a long one is read along an index of its
/// order, so that a window costs the same at any position. A short result and text matches are a
/// snapshot of the library when the plan was made; other conditions are evaluated for each window.
package struct ListPlan: Sendable {
  /// What the plan lists, in its effective order: date replaces rank and last opened for queries that
  /// do not support them.
  package let listing: Listing
  /// The whole result in order, if it is short.
  let materialized: [Cursor]?
  /// A condition of SQL on `readings` and `stories`, with its values and the sets it looks into.
  let condition: String
  let values: [Value]
  let sets: [[StoryID]]
  /// How many stories the result has; `nil` where that is not known without counting.
  package let total: Int?
}

extension ListStore {
  /// Makes the plan for a listing.
  ///
  /// Rebuilds damaged full-text indexes, or throws `.damagedIndex` if the library is too large for that.
  package func plan(_ listing: Listing) throws(StorageError) -> ListPlan {
    try database.textIndexes.repairing { () throws(StorageError) in try makePlan(listing) }
  }

  private func makePlan(_ listing: Listing) throws(StorageError) -> ListPlan {
    var listing = listing
    if listing.order == .rank, listing.query.splitText.expression == nil { listing.order = .date }
    if listing.order == .opened, listing.query != .state(.started) { listing.order = .date }
    var resolver = QueryResolver(connection)
    let resolved = try resolver.resolve(
      WordExpansion(connection: connection).expanded(listing.query))
    let isDeleted = listing.query.selectsDeleted ? "NOT NULL" : "NULL"
    let condition = "readings.deleted IS \(isDeleted) AND (\(resolved.sql))"
    connection.sets.sets = resolver.sets
    var materialized: [Cursor]?
    if listing.order == .rank {
      materialized = try database.search.ranked(listing, condition, resolved.values).map(\.cursor)
    } else if let bound = resolved.bound, bound.count <= QueryResolver.materializedLimit {
      materialized = try sorted(bound, listing, condition, resolved.values)
    }
    let total = if let materialized { materialized.count } else { try total(of: listing.query) }
    return ListPlan(
      listing: listing, materialized: materialized, condition: condition, values: resolved.values,
      sets: resolver.sets, total: total)
  }

  /// The number of stories of a query that the library has a counter for; `nil` for any other.
  private func total(of query: Query) throws(StorageError) -> Int? {
    let counts = try counts()
    return switch query {
    case .everything: counts.all
    case .state(.unread): counts.unread
    case .state(.read): counts.all - counts.unread
    case .state(.starred): counts.starred
    case .state(.started): counts.started
    case .state(.deleted): counts.deleted
    case .name(let name) where name.isExact: try total(of: name)
    default: nil
    }
  }

  private func total(of name: NameTerm) throws(StorageError) -> Int? {
    let table =
      switch name.field {
      case .source: "sources"
      case .tag: "tag_counts"
      case .author, .site: ""
      }
    guard !table.isEmpty else { return nil }
    return Int(
      try connection.number("SELECT total FROM \(table) WHERE name = ?1", [.text(name.value)]))
  }

  /// The cursors of those of some stories that satisfy the condition, in order.
  private func sorted(
    _ ids: [StoryID], _ listing: Listing, _ condition: String, _ values: [Value]
  ) throws(StorageError) -> [Cursor] {
    let isBySource = listing.order == .source
    // Reading `stories` costs more than the rest; with a left join SQLite omits the table where no
    // column of it is used.
    let sql = """
      SELECT readings.story, \(listing.order.key)\(isBySource ? ", sources.name" : "")
      FROM json_each(?) AS ids CROSS JOIN readings ON readings.story = ids.value
        LEFT JOIN stories ON stories.id = readings.story
        \(isBySource ? "JOIN sources ON sources.id = stories.source" : "")
      WHERE \(condition)
      """
    let values = [.text(jsonArray(ids))] + values
    guard isBySource else {
      var keys: [(number: Int64, id: StoryID)] = []
      keys.reserveCapacity(ids.count)
      try connection.each(sql, values) { keys.append(($0.int(1), $0.int(0))) }
      keys.sort { $0 > $1 }
      let cursors = keys.map { Cursor(number: $0.number, id: $0.id) }
      return listing.isReversed ? cursors.reversed() : cursors
    }
    var cursors: [Cursor] = []
    try connection.each(sql, values) {
      cursors.append(Cursor(number: $0.int(1), name: $0.text(2), id: $0.int(0)))
    }
    return cursors.sorted(by: listing.isOrdered)
  }
}

extension Query {
  /// Whether the query selects deleted stories, and only those; no other query returns any.
  var selectsDeleted: Bool {
    switch self {
    case .state(.deleted): true
    case .every(let parts): parts.contains(where: \.selectsDeleted)
    default: false
    }
  }
}

extension Order {
  /// The column that the order sorts by.
  var key: String {
    switch self {
    case .date, .rank, .source: "readings.sorted"
    case .length: "stories.words"
    case .comments: "stories.comments"
    case .opened: "coalesce(readings.opened, 0)"
    }
  }
}
