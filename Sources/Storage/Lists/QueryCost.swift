package import Queries

extension ListStore {
  /// Whether to find what a query asks for takes longer than the frame of a letter may wait: about
  /// 16 ms.
  ///
  /// To rank it by how well it has the words takes longer.
  package func isSlow(_ query: Query, isRanked: Bool = false) throws(StorageError) -> Bool {
    let asksForPlaces = query.asksForPlaces || isRanked && !query.textTerms.isEmpty
    return try counts().all > (asksForPlaces ? QueryCost.manyForPlaces : QueryCost.many)
  }
}

/// How many stories a filter looks through within a frame, from what 77,000 stories of 780 words cost:
/// 60 ms for a phrase of common words or to rank some of them, 4 ms to find a common word.
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
