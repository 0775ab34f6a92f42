/// A condition on stories: the syntax tree of a typed filter.
///
/// Used by the live filter, saved searches, the shelves of the sidebar, commands on many stories, and
/// `courant list`. Independent of storage and sort order.
package indirect enum Query: Sendable, Hashable {
  /// All stories that are not deleted.
  case everything
  case text(TextTerm)
  case state(State)
  case name(NameTerm)
  /// Dated before a time, in seconds since 1970.
  case before(Int64)
  /// Dated at or after a time, in seconds since 1970.
  case since(Int64)
  case amount(Amount, ClosedRange<Int>)
  case not(Query)
  case every([Query])
  case any([Query])

  /// The user's state of a story.
  package enum State: String, Sendable, Hashable, CaseIterable {
    case read, unread, starred
    /// Opened but not read to the end.
    case started
    /// Deleted but not yet purged; no other query matches such stories.
    case deleted
  }

  /// A countable property of a story.
  package enum Amount: String, Sendable, Hashable, CaseIterable { case words, comments, figures }
}

extension Query {
  /// The conjunction of queries in the simplest form.
  package static func all(of queries: [Query]) -> Query {
    var parts: [Query] = []
    for query in queries {
      switch query {
      case .everything: continue
      case .every(let inner): parts += inner
      default: parts.append(query)
      }
    }
    return parts.isEmpty ? .everything : parts.count == 1 ? parts[0] : .every(parts)
  }

  /// The negation in the simplest form.
  package var negated: Query {
    switch self {
    case .not(let query): query
    case .state(.read): .state(.unread)
    case .state(.unread): .state(.read)
    default: .not(self)
    }
  }

  /// The search terms whose matches can be highlighted; negated ones are left out.
  package var textTerms: [TextTerm] {
    switch self {
    case .text(let term): [term]
    case .every(let parts), .any(let parts): parts.flatMap(\.textTerms)
    default: []
    }
  }
}

/// A search term for a story's text: one word, or a phrase.
package struct TextTerm: Sendable, Hashable {
  /// A part of a story that can be searched separately.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case title, body, captions, comments
  }

  package var words: String
  /// Whether the last word is a prefix.
  package var isOpen: Bool
  /// The parts to search in.
  package var parts: Set<Part>

  package init(_ words: String, isOpen: Bool = false, parts: Set<Part> = Set(Part.allCases)) {
    self.words = words
    self.isOpen = isOpen
    self.parts = parts
  }
}
