internal import Queries

/// How the library goes about a listing: made once, then asked for windows as the list scrolls.
///
/// A short answer is put in order as a whole; a long one is stepped through along an index of its
/// order, so that a window costs the same wherever it is. The plan is a picture of the library at
/// its making where words are looked for, and of now elsewhere.
package struct ListPlan: Sendable {
  package let listing: Listing
  /// The whole answer, in order, where it is short.
  let found: [Cursor]?
  let condition: String
  let values: [Value]
  let sets: [[StoryID]]
  /// How many stories the answer has, where that is known without counting.
  package let total: Int?
}

extension ListStore {
  /// Makes the plan for a listing.
  package func plan(_ listing: Listing) throws(StorageError) -> ListPlan {
    try database.textIndexes.healing { () throws(StorageError) in try makePlan(listing) }
  }

  private func makePlan(_ listing: Listing) throws(StorageError) -> ListPlan {
    var listing = listing
    if listing.order == .rank, listing.query.splitText.expression == nil { listing.order = .date }
    if listing.order == .opened, listing.query != .state(.started) { listing.order = .date }
    var resolver = QueryResolver(connection)
    let resolved = try resolver.resolve(
      WordExpansion(connection: connection).expanded(listing.query))
    let isDeleted = listing.query.asksForDeleted ? "NOT NULL" : "NULL"
    let condition = "readings.deleted IS \(isDeleted) AND (\(resolved.sql))"
    connection.sets.sets = resolver.sets
    var found: [Cursor]?
    if listing.order == .rank {
      found = try database.search.ranked(listing, condition, resolved.values).map(\.cursor)
    } else if let bound = resolved.bound, bound.count <= QueryResolver.few {
      found = try sorted(bound, listing, condition, resolved.values)
    }
    let total = if let found { found.count } else { try total(of: listing.query) }
    return ListPlan(
      listing: listing, found: found, condition: condition, values: resolved.values,
      sets: resolver.sets, total: total)
  }

  /// The number of stories that the library keeps count of.
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

  /// The places of some stories, those that the condition lets through, in order.
  private func sorted(
    _ ids: [StoryID], _ listing: Listing, _ condition: String, _ values: [Value]
  ) throws(StorageError) -> [Cursor] {
    let isBySource = listing.order == .source
    // What is read of `stories` costs more than the rest, so it is joined in such a way that SQLite
    // leaves it out where nothing of it is asked for.
    let sql = """
      SELECT readings.story, \(listing.order.key)\(isBySource ? ", sources.name" : "")
      FROM json_each(?) AS ids CROSS JOIN readings ON readings.story = ids.value
        LEFT JOIN stories ON stories.id = readings.story
        \(isBySource ? "JOIN sources ON sources.id = stories.source" : "")
      WHERE \(condition)
      """
    let values = [.text(jsonArray(ids))] + values
    guard isBySource else {
      var places: [(number: Int64, id: StoryID)] = []
      places.reserveCapacity(ids.count)
      try connection.each(sql, values) { places.append(($0.int(1), $0.int(0))) }
      places.sort { $0 > $1 }
      let cursors = places.map { Cursor(number: $0.number, id: $0.id) }
      return listing.isReversed ? cursors.reversed() : cursors
    }
    var cursors: [Cursor] = []
    try connection.each(sql, values) {
      cursors.append(Cursor(number: $0.int(1), name: $0.text(2), id: $0.int(0)))
    }
    return cursors.sorted(by: listing.stands)
  }

}

extension Query {
  /// Whether only deleted stories are asked for; no other query shows one.
  var asksForDeleted: Bool {
    switch self {
    case .state(.deleted): true
    case .every(let parts): parts.contains(where: \.asksForDeleted)
    default: false
    }
  }
}

extension Order {
  /// The column that the order goes by.
  var key: String {
    switch self {
    case .date, .rank, .source: "readings.sorted"
    case .length: "stories.words"
    case .comments: "stories.comments"
    case .opened: "coalesce(readings.opened, 0)"
    }
  }
}
