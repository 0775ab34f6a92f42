/// The result of parsing a typed filter: the query and the mistakes.
package struct ParsedQuery: Sendable, Hashable {
  /// The query of the valid parts.
  package var query: Query
  /// In the order of their ranges.
  package var mistakes: [QueryMistake]

  /// Parses a filter; every part of the text gives a term or a mistake.
  ///
  /// Words and `"exact phrases"` are searched for in all parts of a story, or in those of `in:title`.
  /// States (`unread`), names (`tag:`, `source:`), dates (`before:2024-05`, `newer:"2 days"`) and
  /// amounts (`words>1000`) restrict further; `-` or `not` negates; `or` and parentheses combine.
  ///
  /// - Parameters:
  ///   - text: What was typed; at most `QueryLimits.characters` characters are parsed.
  ///   - now: Seconds since 1970, for relative dates.
  ///   - isTyping: Whether the text is being edited, so that the last word is a prefix and a mistake at
  ///     the end may be unfinished input.
  package init(_ text: String, now: Int64, isTyping: Bool = false) {
    var parser = QueryParser(text, now: now, isTyping: isTyping)
    query = parser.parse()
    mistakes = parser.mistakes.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// An invalid part of a typed filter, and why it is invalid.
package struct QueryMistake: Error, Sendable, Hashable {
  /// The part's range, in characters from the start.
  package var range: Range<Int>
  /// The message: a sentence without the full stop.
  package var words: String
  /// Whether the part is at the end and may only be incomplete.
  package var isUnfinished: Bool

  package init(_ range: Range<Int>, _ words: String, isUnfinished: Bool = false) {
    self.range = range
    self.words = words
    self.isUnfinished = isUnfinished
  }
}

/// Limits of a filter's size; exceeding one is reported as a mistake.
enum QueryLimits {
  /// Far more than anybody types; bounds the cost of a pasted page.
  static let characters = 1000
  static let terms = 64
  /// Nesting limit of parentheses: SQLite limits expression depth to 1,000, and a level needs a few.
  static let depth = 30
}
