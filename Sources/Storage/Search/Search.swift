package import Queries

/// A story in which searched words were found.
package struct Hit: Sendable, Hashable {
  package var headline: Headline
  /// The place where most of the words stand together, in pieces.
  package var snippet: [SnippetPart]
  /// The line of the story's text in which the first of the words stands, as far as the snippet
  /// has it.
  package var place: String
  /// Smaller is better.
  package var rank: Double
}

/// A piece of a snippet, either one of the words searched for or what stands around them.
package struct SnippetPart: Sendable, Hashable {
  package var text: String
  package var isMatch: Bool

  package init(text: String, isMatch: Bool) {
    self.text = text
    self.isMatch = isMatch
  }
}

extension Library {
  /// Only this many of the newest stories that have the words are ranked: ranking all of them
  /// costs 100 ms where a word stands in most of 100,000 stories.
  static let candidateLimit = 2000

  /// Stories that have the words looked for, in headline, text, captions or comments, best first.
  ///
  /// What else the query asks for must hold too; one that looks for no words finds nothing.
  package func search(_ query: Query, limit: Int) throws(StorageError) -> [Hit] {
    guard query.splitText.expression != nil else { return [] }
    return try healing { () throws(StorageError) in try hits(of: query, limit) }
  }

  private func hits(of query: Query, _ limit: Int) throws(StorageError) -> [Hit] {
    var resolver = QueryResolver(self)
    let resolved = try resolver.resolve(Query.all(of: query.splitText.rest))
    connection.sets.sets = resolver.sets
    let found = try ranked(
      Listing(query, order: .rank), "readings.deleted IS NULL AND (\(resolved.sql))",
      resolved.values)
    let finder = SnippetFinder(query.textTerms)
    var hits: [Hit] = []
    for (cursor, rank) in found.prefix(max(0, limit)) {
      guard let headline = try headline(cursor.id) else { continue }
      let snippet = finder.snippet(of: try texts(of: cursor.id))
      hits.append(
        Hit(
          headline: headline, snippet: Self.parts(snippet), place: Self.place(snippet), rank: rank))
    }
    return hits
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
