/// A story that matches a search.
package struct Hit: Sendable, Hashable {
  /// The story's row in lists.
  package var headline: Headline
  /// The excerpt of the story where most of the words occur close together, about 200 bytes.
  package var snippet: [SnippetPart]
  /// The line of text with the first match, as far as it is in the snippet: to find that match again in
  /// the story.
  package var place: String
  /// The relevance as SQLite's `bm25` gives it; smaller is better.
  package var rank: Double
}

/// A part of a snippet: a match, or the text between matches.
package struct SnippetPart: Sendable, Hashable {
  /// The text, in one line.
  package var text: String
  /// Whether it is one of the words searched for.
  package var isMatch: Bool

  package init(text: String, isMatch: Bool) {
    self.text = text
    self.isMatch = isMatch
  }
}
