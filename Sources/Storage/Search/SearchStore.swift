package import Queries

/// Searches by words, over the full-text index that knows where each word stands.
package struct SearchStore: Store {
  let database: Database

  /// Only this many of the newest stories that have the words are ranked: ranking all of them
  /// costs 100 ms where a word stands in most of 100,000 stories.
  static let candidateLimit = 2000

  /// Stories that have the words looked for, in headline, text, captions or comments, best first.
  ///
  /// What else the query asks for must hold too; one that looks for no words finds nothing.
  package func hits(of query: Query, limit: Int) throws(StorageError) -> [Hit] {
    guard query.splitText.expression != nil else { return [] }
    return try database.textIndexes.healing { () throws(StorageError) in try ranked(query, limit) }
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

  /// Stories with how well they have the words, best first.
  ///
  /// Only the newest `candidateLimit` that have the words are ranked: ranking all of them costs
  /// 100 ms where a word stands in most of 100,000 stories.
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

  /// All of a story that can be searched.
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
