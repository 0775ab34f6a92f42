/// The candidate with the smallest edit distance to a mistyped word.
///
/// `nil` if the distance is more than a third of the shorter word's bytes (at least 1 is allowed).
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(word.lowercased().utf8.prefix(40))
  guard !letters.isEmpty else { return nil }
  let ranked = candidates.map { ($0, distance(letters, Array($0.lowercased().utf8))) }
  guard let best = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
  return best.1 <= max(1, min(letters.count, best.0.utf8.count) / 3) ? best.0 : nil
}

/// Damerau–Levenshtein distance (optimal string alignment variant), in bytes.
private func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
  var before: [Int] = []
  var above = Array(0...other.count)
  for (row, letter) in one.enumerated() {
    var current = [row + 1]
    for (column, candidate) in other.enumerated() {
      var cost = min(
        above[column] + (letter == candidate ? 0 : 1), above[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == other[column - 1], one[row - 1] == candidate {
        cost = min(cost, before[column - 1] + 1)
      }
      current.append(cost)
    }
    before = above
    above = current
  }
  return above[other.count]
}
