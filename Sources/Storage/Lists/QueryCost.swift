package import Queries

extension ListStore {
  /// Whether evaluating a query may take longer than one frame (16 ms), so that it should wait until
  /// the input is idle.
  ///
  /// An estimate by the size of the library. `isRanked` is for results sorted by relevance, which cost
  /// more.
  package func isSlow(_ query: Query, isRanked: Bool = false) throws(StorageError) -> Bool {
    let needsPositions = query.needsPositions || isRanked && !query.textTerms.isEmpty
    return try counts().all
      > (needsPositions ? QueryCost.storyLimitForPositions : QueryCost.storyLimit)
  }
}

/// How many stories a filter can search within one frame, measured on 77,000 stories of 780 words:
/// a phrase of common words, or ranking some of them, takes 60 ms, and a common word 4 ms.
private enum QueryCost {
  static let storyLimitForPositions = 20_000
  static let storyLimit = 400_000
}

extension Query {
  /// Whether any part needs the positions of words in a text, and not only which stories have them.
  fileprivate var needsPositions: Bool {
    switch self {
    case .text(let term): !term.isPlain
    case .not(let query): query.needsPositions
    case .every(let parts), .any(let parts): parts.contains(where: \.needsPositions)
    default: false
    }
  }
}
