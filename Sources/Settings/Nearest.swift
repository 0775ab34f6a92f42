/// The name most like what was written, if one is like it at all: for "did you mean".
package func nearest(to written: String, among names: some Sequence<String>) -> String? {
  let wanted = Array(written.lowercased().unicodeScalars.prefix(64))
  var best: (name: String, distance: Int)?
  for name in names {
    let distance = editDistance(wanted, Array(name.lowercased().unicodeScalars))
    if distance < best?.distance ?? Int.max { best = (name, distance) }
  }
  guard let best, best.distance <= max(1, wanted.count / 2), best.distance < wanted.count else {
    return nil
  }
  return best.name
}

/// How many letters must be put in, taken out, exchanged or swapped with the next.
private func editDistance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
  var before: [Int] = []
  var last = Array(0...other.count)
  for row in one.indices {
    var current = [row + 1]
    for column in other.indices {
      var cost = min(last[column + 1], current[column]) + 1
      cost = min(cost, last[column] + (one[row] == other[column] ? 0 : 1))
      if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
        cost = min(cost, before[column - 1] + 1)
      }
      current.append(cost)
    }
    before = last
    last = current
  }
  return last[other.count]
}
