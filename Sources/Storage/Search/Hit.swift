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
