package import Queries

extension Library {
  /// Whether to find what a query asks for takes longer than the frame of a letter may wait: about
  /// 16 ms.
  package func isSlow(_ query: Query) throws(StorageError) -> Bool {
    let stories = try counts().all
    return stories > (query.asksForPlaces ? QueryCost.manyForPlaces : QueryCost.many)
  }
}

/// How many stories a filter looks through within a frame, from what 100,000 stories of 700 words
/// cost: 80 ms for a phrase of common words, 4 ms for a common word.
private enum QueryCost {
  static let manyForPlaces = 20_000
  static let many = 400_000
}

extension Query {
  /// Whether any part asks where words stand, and not only which stories have them.
  fileprivate var asksForPlaces: Bool {
    switch self {
    case .text(let term): !term.isPlain
    case .not(let query): query.asksForPlaces
    case .every(let parts), .any(let parts): parts.contains(where: \.asksForPlaces)
    default: false
    }
  }
}
