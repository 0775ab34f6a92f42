internal import Queries

/// A query as a condition of SQL, with an upper bound of its result where an index gives one.
struct Resolved {
  /// A condition on the tables `readings` and `stories`.
  var sql: String
  var values: [Value] = []
  /// A superset of the result, ascending; `nil` where that would be too large to collect.
  var bound: [StoryID]?
  /// Whether the bound is the result itself.
  var isExact = false
}

/// Turns a query into a condition of SQL, and collects the stories that an index gives directly.
///
/// Full-text matches (words, authors) become a set of IDs. Where an index gives few stories for a
/// required part, only those are examined: a rare tag among 100,000 stories costs as much as one
/// among ten.
struct QueryResolver {
  let connection: Connection
  /// The sets that conditions refer to by index, as `story_in(index, story)`.
  private(set) var sets: [[StoryID]] = []

  /// The most stories of a result that is materialized and sorted as a whole; more would take longer
  /// than one frame.
  static let materializedLimit = 3000

  init(_ connection: Connection) { self.connection = connection }

  mutating func resolve(_ query: Query) throws(StorageError) -> Resolved {
    switch query {
    case .everything: return Resolved(sql: "1")
    case .text, .every: return try conjunction(query)
    case .any(let parts): return try disjunction(query, parts)
    case .not(let query):
      let inner = try resolve(query)
      return Resolved(
        sql: "NOT (\(inner.sql))", values: inner.values, bound: try complement(of: inner))
    case .state(let state): return try resolve(state)
    case .name(let name): return try resolve(name)
    case .before(let time):
      let bound = try idsIfFew(
        "readings", "readings_all", "sorted < ?1 AND deleted IS NULL", "sorted, story", time)
      return Resolved(sql: "readings.sorted < ?", values: [.int(time)], bound: bound)
    case .since(let time):
      let bound = try idsIfFew(
        "readings", "readings_all", "sorted >= ?1 AND deleted IS NULL", "sorted DESC, story DESC",
        time)
      return Resolved(sql: "readings.sorted >= ?", values: [.int(time)], bound: bound)
    case .amount(let amount, let limits): return try resolve(amount, limits)
    }
  }

  // MARK: - Combining

  private mutating func conjunction(_ query: Query) throws(StorageError) -> Resolved {
    let (expression, rest) = query.splitText
    var parts: [Resolved] = []
    if let expression {
      parts.append(try matches(query.hasPlainWords ? .words : .search, expression))
    }
    for part in rest { parts.append(try resolve(part)) }
    var bound: [StoryID]?
    for ids in parts.compactMap(\.bound) { bound = bound?.sharedSorted(ids) ?? ids }
    return Resolved(
      sql: parts.map { "(\($0.sql))" }.joined(separator: " AND "), values: parts.flatMap(\.values),
      bound: bound, isExact: parts.allSatisfy(\.isExact))
  }

  private mutating func disjunction(_ query: Query, _ queries: [Query]) throws(StorageError)
    -> Resolved
  {
    if let expression = query.indexExpression {
      return try matches(query.isPlain ? .words : .search, expression)
    }
    var parts: [Resolved] = []
    for part in queries { parts.append(try resolve(part)) }
    let bounds = parts.compactMap(\.bound)
    return Resolved(
      sql: parts.map { "(\($0.sql))" }.joined(separator: " OR "), values: parts.flatMap(\.values),
      bound: bounds.count == parts.count ? bounds.reduce([]) { $0.joinedSorted($1) } : nil)
  }

  /// The stories that match an expression of a full-text index, as a set.
  private mutating func matches(
    _ index: TextIndex, _ expression: String
  ) throws(StorageError) -> Resolved {
    let ids = try connection.gather(
      "SELECT gather(rowid) FROM \(index) WHERE \(index) MATCH ?1", [.text(expression)])
    sets.append(ids)
    return Resolved(
      sql: "story_in(\(sets.count - 1), readings.story)", bound: ids, isExact: true)
  }

  /// The stories outside of a result, if they are few: those without a word that nearly all have.
  private func complement(of answer: Resolved) throws(StorageError) -> [StoryID]? {
    guard answer.isExact, let ids = answer.bound else { return nil }
    // IDs that no story has do no harm; finding out which exist would take longer.
    let last = try connection.number("SELECT coalesce(max(story), 0) FROM readings")
    guard last - StoryID(ids.count) <= Self.materializedLimit else { return nil }
    var others: [StoryID] = []
    var next: StoryID = 1
    // A damaged row may have an ID below 1 or the largest integer.
    for id in ids where id >= next && id < .max {
      others += next..<id
      next = id + 1
    }
    if next <= last { others += next...last }
    return others
  }

  /// The stories in a range of an index, ascending; `nil` if they are more than `materializedLimit`.
  private func idsIfFew(
    _ table: String, _ index: String, _ condition: String, _ order: String, _ value: Int64? = nil
  ) throws(StorageError) -> [StoryID]? {
    let story = table == "stories" ? "id" : "story"
    var ids: [StoryID] = []
    try connection.each(
      "SELECT \(story) FROM \(table) INDEXED BY \(index) WHERE \(condition) ORDER BY \(order) "
        + "LIMIT \(Self.materializedLimit + 1)", value.map { [.int($0)] } ?? []
    ) { ids.append($0.int(0)) }
    return ids.count > Self.materializedLimit ? nil : ids.sorted()
  }

  // MARK: - States and amounts

  private func resolve(_ state: Query.State) throws(StorageError) -> Resolved {
    switch state {
    case .read: return Resolved(sql: "is_read = 1")
    case .unread:
      return Resolved(
        sql: "is_read = 0",
        bound: try idsIfFew(
          "readings", "readings_unread", "deleted IS NULL AND is_read = 0", "sorted"))
    case .starred:
      return Resolved(
        sql: "is_starred = 1",
        bound: try idsIfFew(
          "readings", "readings_starred", "deleted IS NULL AND is_starred = 1", "sorted"))
    case .started:
      return Resolved(
        sql: "progress > 0 AND progress < 0.995",
        bound: try idsIfFew(
          "readings", "readings_started",
          "deleted IS NULL AND progress > 0 AND progress < 0.995", "coalesce(opened, 0)"))
    case .deleted:
      return Resolved(
        sql: "deleted IS NOT NULL",
        bound: try idsIfFew("readings", "readings_deleted", "deleted IS NOT NULL", "deleted DESC"))
    }
  }

  private func resolve(
    _ amount: Query.Amount, _ limits: ClosedRange<Int>
  ) throws(StorageError) -> Resolved {
    let column = "stories.\(amount.rawValue)"
    var bound: [StoryID]?
    if amount != .figures {
      let isUp = limits.upperBound == .max
      bound = try idsIfFew(
        "stories", "stories_\(amount.rawValue)",
        isUp ? "\(column) >= ?1" : "\(column) <= ?1", isUp ? "\(column) DESC" : column,
        Int64(isUp ? limits.lowerBound : limits.upperBound))
    }
    return Resolved(
      sql: "\(column) BETWEEN ? AND ?",
      values: [.int(limits.lowerBound), .int(limits.upperBound)], bound: bound)
  }

  // MARK: - Names

  private mutating func resolve(_ name: NameTerm) throws(StorageError) -> Resolved {
    switch name.field {
    case .author:
      let words = NameTerm.words(name.value)
      guard !words.isEmpty else { return Resolved(sql: "0", bound: []) }
      let term = TextTerm(words.joined(separator: " "), isOpen: !name.isExact)
      let query = try WordExpansion(connection: connection).expanded(term, for: .authors)
      return try matches(.authors, query.indexExpression ?? term.indexExpression)
    case .source:
      let resolved = try resolve(
        name, in: "sources",
        condition: """
          stories.source IN (
            SELECT sources.id FROM sources WHERE name IN (SELECT value FROM json_each(?)))
          """,
        ids: """
          SELECT id FROM stories WHERE source IN (
            SELECT sources.id FROM sources WHERE name IN (SELECT value FROM json_each(?1)))
          UNION \(Self.idsOfOtherSources)
          """)
      return try withOtherSources(resolved)
    case .site:
      return try resolve(
        name, in: "sites", condition: "stories.host IN (SELECT value FROM json_each(?))",
        ids: "SELECT id FROM stories WHERE host IN (SELECT value FROM json_each(?1))")
    case .tag:
      return try resolve(
        name, in: "tag_counts",
        condition: """
          EXISTS (SELECT 1 FROM tags WHERE tags.story = readings.story
            AND tag COLLATE NOCASE IN (SELECT value FROM json_each(?)))
          """,
        ids: """
          SELECT DISTINCT story FROM tags
          WHERE tag COLLATE NOCASE IN (SELECT value FROM json_each(?1))
          """)
    }
  }

  /// The stories that have one of the named sources (`?1`) beside their main one.
  private static let idsOfOtherSources = """
    SELECT story FROM other_sources WHERE source IN (
      SELECT sources.id FROM sources WHERE name IN (SELECT value FROM json_each(?1)))
    """

  /// Adds the stories that came through several sources, which are few, as a set.
  private mutating func withOtherSources(_ resolved: Resolved) throws(StorageError) -> Resolved {
    guard let names = resolved.values.first else { return resolved }
    let ids = try connection.gather(
      "SELECT gather(story) FROM (SELECT DISTINCT story FROM (\(Self.idsOfOtherSources)))", [names])
    guard !ids.isEmpty else { return resolved }
    sets.append(ids.sorted())
    var resolved = resolved
    resolved.sql = "(\(resolved.sql) OR story_in(\(sets.count - 1), readings.story))"
    return resolved
  }

  /// Compares the name with each known name, of which there are far fewer than stories.
  private func resolve(
    _ name: NameTerm, in table: String, condition: String, ids: String
  ) throws(StorageError) -> Resolved {
    var names: [String] = []
    var total = 0
    try connection.each("SELECT name, total FROM \(table) WHERE total > 0") { row in
      let known = row.text(0)
      guard name.matches(known) else { return }
      names.append(known)
      total += row.count(1)
    }
    guard !names.isEmpty else { return Resolved(sql: "0", bound: []) }
    let list = Value.text(jsonArray(names))
    var bound: [StoryID]?
    if total <= Self.materializedLimit {
      var found: [StoryID] = []
      try connection.each(ids, [list]) { found.append($0.int(0)) }
      bound = found.sorted()
    }
    return Resolved(sql: condition, values: [list], bound: bound)
  }
}

/// Strings as a JSON array, for SQLite's `json_each`.
func jsonArray(_ strings: [String]) -> String {
  var text = "["
  for (index, string) in strings.enumerated() {
    if index > 0 { text += "," }
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\0"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
  return text + "]"
}

/// IDs as a JSON array, for SQLite's `json_each`.
func jsonArray(_ numbers: some Sequence<StoryID>) -> String {
  "[" + numbers.map(String.init).joined(separator: ",") + "]"
}
