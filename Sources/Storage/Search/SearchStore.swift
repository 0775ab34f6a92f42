package import Queries

/// Ranked full-text search, by the index that has the positions of words.
package struct SearchStore: Store {
  let database: Database

  /// How many matching stories are ranked, the newest ones: ranking all of them costs 100 ms for a word
  /// that most of 100,000 stories have.
  static let candidateLimit = 2000

  /// Stories with the words of a query in headline, text, captions or comments, best match first.
  ///
  /// All other terms of the query must hold too; a query without words has no hits. Rebuilds damaged
  /// full-text indexes, or throws `.damagedIndex` if the library is too large for that.
  package func hits(of query: Query, limit: Int) throws(StorageError) -> [Hit] {
    guard query.splitText.expression != nil else { return [] }
    return try database.textIndexes.repairing { () throws(StorageError) in try ranked(query, limit)
    }
  }

  private func ranked(_ query: Query, _ limit: Int) throws(StorageError) -> [Hit] {
    var resolver = QueryResolver(connection)
    let resolved = try resolver.resolve(Query.all(of: query.splitText.rest))
    connection.sets.sets = resolver.sets
    let found = try ranked(
      Listing(query, order: .rank), "readings.deleted IS NULL AND (\(resolved.sql))",
      resolved.values)
    let finder = SnippetFinder(query.textTerms)
    var hits: [Hit] = []
    for (cursor, rank) in found.prefix(max(0, limit)) {
      guard let headline = try database.lists.headline(cursor.id) else { continue }
      let snippet = finder.snippet(of: try texts(of: cursor.id))
      hits.append(
        Hit(
          headline: headline, snippet: Self.parts(snippet), place: Self.place(snippet), rank: rank))
    }
    return hits
  }

  /// The newest `candidateLimit` matches of a listing with their ranks, best match first.
  func ranked(
    _ listing: Listing, _ condition: String, _ values: [Value]
  ) throws(StorageError) -> [(cursor: Cursor, rank: Double)] {
    guard let expression = listing.query.splitText.expression else { return [] }
    var found: [(cursor: Cursor, rank: Double)] = []
    try connection.each(
      """
      SELECT id, rank, sorted FROM (
        SELECT story_search.rowid AS id, readings.sorted AS sorted,
          bm25(story_search, 8.0, 1.0, 3.0, 0.5) AS rank
        FROM story_search CROSS JOIN readings ON readings.story = story_search.rowid
          CROSS JOIN stories ON stories.id = readings.story
        WHERE story_search MATCH ? AND \(condition)
        ORDER BY story_search.rowid DESC LIMIT \(Self.candidateLimit))
      ORDER BY rank, id DESC
      """, [.text(expression)] + values
    ) { found.append((Cursor(number: $0.int(2), id: $0.int(0)), $0.real(1))) }
    return listing.isReversed ? found.reversed() : found
  }

  /// All searchable text of a story.
  private func texts(of story: StoryID) throws(StorageError) -> [TextTerm.Part: String] {
    var texts: [TextTerm.Part: String] = [:]
    try connection.each(
      "SELECT title, body, captions, comments FROM story_texts WHERE id = ?1", [.int(story)]
    ) { row in
      texts = [
        .title: row.text(0), .body: row.text(1), .captions: row.text(2), .comments: row.text(3),
      ]
    }
    return texts
  }

  private static func place(_ snippet: String) -> String {
    let line = snippet.split(separator: "\n").first { $0.contains("\u{02}") } ?? ""
    return String(line.filter { $0 != "\u{02}" && $0 != "\u{03}" && $0 != "…" })
  }

  private static func parts(_ text: String) -> [SnippetPart] {
    var parts: [SnippetPart] = []
    var piece = String.UnicodeScalarView()
    var isMatch = false
    func end() {
      if !piece.isEmpty { parts.append(SnippetPart(text: String(piece), isMatch: isMatch)) }
      piece = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{02}":
        end()
        isMatch = true
      case "\u{03}":
        end()
        isMatch = false
      case "\n", "\r", "\t": piece.append(" ")
      default: piece.append(scalar)
      }
    }
    end()
    return parts
  }
}
