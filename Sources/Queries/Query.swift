/// Which stories are asked for: the meaning of a typed filter, as a tree.
///
/// One form serves the live filter, saved searches, the shelves of the sidebar, commands that work
/// on many stories, and `courant list`. It says nothing of how stories are kept or in what order.
package indirect enum Query: Sendable, Hashable {
  /// Every story that is not deleted.
  case everything
  case text(TextTerm)
  case state(State)
  case name(NameTerm)
  /// Dated before a moment, in seconds since 1970.
  case before(Int64)
  /// Dated at a moment or later.
  case since(Int64)
  case amount(Amount, ClosedRange<Int>)
  case not(Query)
  case every([Query])
  case any([Query])

  /// What the reader did to a story.
  package enum State: String, Sendable, Hashable, CaseIterable {
    case read, unread, starred
    /// Begun and not read to the end.
    case started
    /// Taken out of the library, and not yet purged; shown by no other query.
    case deleted
  }

  /// What a story has some of.
  package enum Amount: String, Sendable, Hashable, CaseIterable { case words, comments, figures }
}

extension Query {
  /// All of the queries at once, in the plainest form.
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

  /// The opposite, in the plainest form.
  package var negated: Query {
    switch self {
    case .not(let query): query
    case .state(.read): .state(.unread)
    case .state(.unread): .state(.read)
    default: .not(self)
    }
  }

  /// The words that are looked for and may be marked where they stand; none that are to be absent.
  package var textTerms: [TextTerm] {
    switch self {
    case .text(let term): [term]
    case .every(let parts), .any(let parts): parts.flatMap(\.textTerms)
    default: []
    }
  }
}

/// Words looked for in the text of a story: one word, or several that stand together.
package struct TextTerm: Sendable, Hashable {
  /// A part of a story that can be searched by itself.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case title, body, captions, comments
  }

  package var words: String
  /// Whether the last word may go on.
  package var isOpen: Bool
  /// Where the words may stand.
  package var parts: Set<Part>

  package init(_ words: String, isOpen: Bool = false, parts: Set<Part> = Set(Part.allCases)) {
    self.words = words
    self.isOpen = isOpen
    self.parts = parts
  }
}
