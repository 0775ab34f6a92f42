internal import Display
internal import Queries
internal import Storage

/// What is shown, written as a filter that can be kept.
extension ListScreen {
  /// The shelf and the filter as one filter, which shows the same from all stories; `nil` of deleted
  /// ones, for which there is no word.
  var wholeFilter: String? {
    switch shelf {
    case .all: return lastingFilter
    case .unread: return beside(Query.State.unread.rawValue)
    case .starred: return beside(Query.State.starred.rawValue)
    case .started: return beside(Query.State.started.rawValue)
    case .deleted: return nil
    case .source(let name): return beside(NameTerm(.source, name).written)
    case .tag(let name): return beside(NameTerm(.tag, name).written)
    // Parentheses, so that an `in:` of one filter does not apply to the words of the other.
    case .saved(let search): return "(\(search.filter)) (\(lastingFilter))"
    }
  }

  /// The filter behind a term, in parentheses where an `or` would take the term to its first part.
  private func beside(_ term: String) -> String {
    if case .any = ParsedQuery(lastingFilter, now: 0).query { return "\(term) (\(lastingFilter))" }
    return "\(term) \(lastingFilter)"
  }

  /// The filter so that it means the same once it is not typed any more: a last word that may go on
  /// becomes a prefix.
  private var lastingFilter: String {
    let typed = ParsedQuery(filter, now: 0, isTyping: true).query
    if ParsedQuery(filter, now: 0).query == typed { return filter }
    return ParsedQuery(filter + "*", now: 0).query == typed ? filter + "*" : filter
  }
}

// MARK: - Under a name

extension ListScreen {
  /// Asks for the name under which the filter is kept.
  func askForName(_ environment: Environment) -> Reply {
    let save = environment.key(for: .saveSearch)
    guard !filter.isEmpty else {
      return .say(
        "Filter first: \(environment.key(for: .filter)) and words, then \(save) keeps them under a name"
      )
    }
    guard let whole = wholeFilter else {
      return .say("A filter of deleted stories is not kept: they stand on their own shelf only")
    }
    return .ask(SearchName(filter: whole).prompt)
  }
}
