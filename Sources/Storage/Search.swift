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
    guard let expression = query.splitText.expression else { return [] }
    var resolver = QueryResolver(self)
    let resolved = try resolver.resolve(Query.all(of: query.splitText.rest))
    connection.sets.sets = resolver.sets
    let found = try ranked(
      Listing(query, order: .rank), "readings.deleted IS NULL AND (\(resolved.sql))",
      resolved.values)
    let best = found.prefix(max(0, limit))
    let snippets = try snippets(of: best.map(\.cursor.id), expression)
    var hits: [Hit] = []
    for (cursor, rank) in best {
      guard let headline = try headline(cursor.id) else { continue }
      let snippet = snippets[cursor.id] ?? ""
      hits.append(
        Hit(
          headline: headline, snippet: Self.parts(snippet), place: Self.place(snippet), rank: rank))
    }
    return hits
  }

  /// Controls that no text needs; should a page hold them, a mark is off and no more.
  private static let marks = (start: "\u{02}", end: "\u{03}")

  /// The snippets of some stories, found in one walk: to look for the words again in each story
  /// would gather all the words that an unfinished one begins each time.
  private func snippets(
    of stories: [StoryID], _ query: String
  ) throws(StorageError) -> [StoryID: String] {
    let stories = stories.sorted()
    guard let first = stories.first, let last = stories.last else { return [:] }
    connection.sets.sets = [stories]
    var snippets: [StoryID: String] = [:]
    try connection.each(
      """
      SELECT rowid, snippet(story_search, -1, ?4, ?5, '…', 24) FROM story_search
      WHERE story_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 AND story_in(0, rowid)
      """,
      [.text(query), .int(first), .int(last), .text(Self.marks.start), .text(Self.marks.end)]
    ) { snippets[$0.int(0)] = $0.text(1) }
    return snippets
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
