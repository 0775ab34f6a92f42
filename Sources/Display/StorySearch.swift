package import Matching

/// One place where a pattern was found.
package struct Match: Sendable, Hashable {
  /// The index in `StoryText.passages`.
  package var passage: Int
  /// UTF-8 bytes, counted from the start of the whole text.
  package var range: Range<Int>
  /// The index of the comment it stands in, or `nil` in the story itself.
  package var comment: Int?
}

/// The matches that are shown marked, in reading order, and which of them is the current one.
package struct SearchMarks: Sendable, Hashable {
  package var matches: [Match]
  package var current: Int?

  package init(_ matches: [Match], current: Int? = nil) {
    self.matches = matches
    self.current = current
  }
}

/// What a search found.
package struct Findings: Sendable, Hashable {
  /// All matches in reading order.
  package var matches: [Match]
  /// Whether the pattern needed more steps than it may take; `matches` are those found before.
  package var isTooComplex: Bool

  package init(_ matches: [Match] = [], isTooComplex: Bool = false) {
    self.matches = matches
    self.isTooComplex = isTooComplex
  }
}

/// Search over the text of a story and its thread, independent of how it is laid out.
package struct StorySearch: Sendable {
  private let text: StoryText

  package init(_ text: StoryText) { self.text = text }

  package func find(_ pattern: Pattern) -> Findings { Findings() }
}
