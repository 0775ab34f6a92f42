/// Makes ids unique: the first to come keeps its own, the others get a mark and a number.
///
/// Contract: linear in all ids together, however many are the same.
package struct UniqueIDs: Sendable {
  /// How often each id was asked for.
  private var taken: [String: Int] = [:]

  package init() {}

  /// The id, or one made from it that none has had: `e`, `e'`, `e'3`.
  package mutating func take(_ id: String) -> String {
    guard var count = taken[id] else {
      taken[id] = 1
      return id
    }
    while true {
      count += 1
      let other = count == 2 ? "\(id)'" : "\(id)'\(count)"
      if taken[other] == nil {
        taken[id] = count
        taken[other] = 1
        return other
      }
    }
  }

  /// Whether an ID has been given out.
  package func contains(_ id: String) -> Bool { taken[id] != nil }
}
