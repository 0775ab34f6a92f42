/// What a typed filter means, and what in it has no meaning.
package struct ParsedQuery: Sendable, Hashable {
  /// What the valid part asks for.
  package var query: Query
  /// In the order in which they stand.
  package var mistakes: [QueryMistake]

  /// Reads a filter; whatever is typed has a meaning or a mistake.
  ///
  /// Words and `"exact phrases"` are looked for everywhere, or where `in:title` and its like say.
  /// States (`unread`), names (`tag:`, `source:`), dates (`before:2024-05`, `newer:"2 days"`) and
  /// amounts (`words>1000`) narrow further; `-` or `not` negates, `or` and parentheses join. `now`
  /// is in seconds since 1970. `isTyping` says that the last word may go on.
  package init(_ text: String, now: Int64, isTyping: Bool = false) {
    var parser = QueryParser(text, now: now, isTyping: isTyping)
    query = parser.parse()
    mistakes = parser.mistakes.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// A part of a typed filter that means nothing, and why.
package struct QueryMistake: Error, Sendable, Hashable {
  /// Where it stands, in characters from the start.
  package var range: Range<Int>
  /// A sentence without its stop.
  package var words: String
  /// Whether it stands at the end and may only want more typing.
  package var isUnfinished: Bool

  package init(_ range: Range<Int>, _ words: String, isUnfinished: Bool = false) {
    self.range = range
    self.words = words
    self.isUnfinished = isUnfinished
  }
}

/// How much a filter may ask for; what is beyond is a mistake, told of as one.
enum QueryLimits {
  /// Far more than a reader types: it bounds what a pasted page can cost.
  static let characters = 1000
  static let terms = 64
  /// SQLite takes expressions a thousand deep; each level costs a few.
  static let depth = 30
}
