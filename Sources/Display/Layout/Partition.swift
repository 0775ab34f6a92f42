extension RandomAccessCollection {
  /// The first index whose element satisfies the predicate, by binary search; `endIndex` without one.
  ///
  /// The collection must be partitioned: elements that satisfy it come after those that do not.
  @inlinable
  package func partitioningIndex(where holds: (Element) -> Bool) -> Index {
    var low = startIndex
    var left = count
    while left > 0 {
      let half = left / 2
      let middle = index(low, offsetBy: half)
      if holds(self[middle]) {
        left = half
      } else {
        low = index(after: middle)
        left -= half + 1
      }
    }
    return low
  }
}
