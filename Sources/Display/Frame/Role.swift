/// What a piece of text on the screen is for; a theme gives each role its look.
package enum Role: String, Sendable, Hashable, CaseIterable {
  // The story.
  case text, headline, standfirst, byline, heading, quote, pullQuote, code, link
  case caption, credit, callout, marker, rule, tableHeader, footnote, authorCard
  // The thread.
  case threadHead, author, age, op, fresh, fold
  case gutter0, gutter1, gutter2, gutter3, gutter4, gutter5
  // The list.
  case unread, read, source, figureMark, star, progress
  // Around them.
  case faint, divider, status, message, error, prompt, key, title
  // Laid over another role.
  case match, currentMatch, selection

  /// The gutter of a comment `depth` levels down; the colours repeat.
  package static func gutter(_ depth: Int) -> Role {
    [gutter0, gutter1, gutter2, gutter3, gutter4, gutter5][max(0, depth) % 6]
  }
}
