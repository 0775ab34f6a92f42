extension RandomAccessCollection {
  /// The first index whose element holds, where all that hold stand behind those that do not; the
  /// end without one.
  ///
  /// It is found by halves, so a long story costs a few steps more than a short one.
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
