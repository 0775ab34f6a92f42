/// What a list shows before anything is filtered.
package enum Shelf: Sendable, Hashable {
  case all, unread, starred
  /// Begun and not read to the end.
  case started
  /// Taken out of the library, and not yet purged.
  case deleted
  case source(String)
  case tag(String)
  case saved(SavedSearch)

  /// What the shelf asks for; a saved search may ask for "the last two days", from `now` on.
  ///
  /// One of which a part means nothing (another version of Courant has kept it) asks for no story:
  /// without that part it would show what it was made to leave out.
  package func query(now: Int64 = 0) -> Query {
    switch self {
    case .all: .everything
    case .unread: .state(.unread)
    case .starred: .state(.starred)
    case .started: .state(.started)
    case .deleted: .state(.deleted)
    case .source(let name): .name(NameTerm(.source, name, isExact: true))
    case .tag(let name): .name(NameTerm(.tag, name, isExact: true))
    case .saved(let search):
      search.mistake(now: now) == nil
        ? ParsedQuery(search.filter, now: now).query : .not(.everything)
    }
  }
}

/// A filter that the reader gave a name.
package struct SavedSearch: Sendable, Hashable {
  package var name: String
  /// The filter as it was typed.
  package var filter: String

  package init(name: String, filter: String) {
    self.name = name
    self.filter = filter
  }

  /// Why a part of the filter means nothing, if one does.
  package func mistake(now: Int64) -> QueryMistake? {
    ParsedQuery(filter, now: now).mistakes.first
  }
}
