package import Queries

/// What a list shows: which stories, and in which order.
package struct Listing: Sendable, Hashable {
  /// Which stories.
  package var query: Query
  /// What they are sorted by.
  package var order: Order
  /// Whether the order is reversed: oldest, shortest, last source first.
  package var isReversed: Bool

  package init(_ query: Query = .everything, order: Order = .date, isReversed: Bool = false) {
    self.query = query
    self.order = order
    self.isReversed = isReversed
  }
}

/// The sort order of a list; ties are broken by date, then by ID, the latest first.
package enum Order: String, Sendable, Hashable, CaseIterable {
  /// Newest first.
  case date
  /// By name, and the newest of each first.
  case source
  /// Longest first.
  case length
  /// Most comments first.
  case comments
  /// Last opened first; only for the list of started stories, date elsewhere.
  case opened
  /// Best match of the searched words first; date where the query has no words.
  case rank
}

/// A position in the order of a list (a keyset cursor), which stays valid when rows are added or
/// removed.
package struct Cursor: Sendable, Hashable {
  /// The value of the sort key: seconds since 1970, words or comments.
  package var number: Int64
  /// The source in a list sorted by source, empty in any other.
  package var name: String
  /// The story, which breaks ties.
  package var id: StoryID

  package init(number: Int64, name: String = "", id: StoryID) {
    self.number = number
    self.name = name
    self.id = id
  }

  init(_ headline: Headline, _ order: Order) {
    let number =
      switch order {
      case .date, .source, .rank: headline.sorted
      case .length: Int64(headline.words)
      case .comments: Int64(headline.comments)
      case .opened: headline.opened ?? 0
      }
    self.init(number: number, name: order == .source ? headline.source : "", id: headline.id)
  }
}

extension Listing {
  /// The position of a story in this order.
  package func cursor(of headline: Headline) -> Cursor { Cursor(headline, order) }

  /// Whether one position comes before another.
  package func isOrdered(_ one: Cursor, before other: Cursor) -> Bool {
    let (one, other) = isReversed ? (other, one) : (one, other)
    if order == .source {
      let names = compareWithoutCase(one.name, other.name)
      if names != 0 { return names < 0 }
    }
    return one.number == other.number ? one.id > other.id : one.number > other.number
  }
}

/// Compares as SQLite's NOCASE does: bytes, with ASCII letters in lower case; negative, 0 or positive.
private func compareWithoutCase(_ one: String, _ other: String) -> Int {
  func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
  for (a, b) in zip(one.utf8, other.utf8) where lower(a) != lower(b) {
    return lower(a) < lower(b) ? -1 : 1
  }
  return one.utf8.count - other.utf8.count
}
