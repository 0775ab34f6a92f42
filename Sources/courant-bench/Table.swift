import Glibc

/// The results, a row for each: what was measured, its value, a comparison, its limit.
struct Table {
  private var rows: [[String]] = []

  mutating func add(_ what: String, _ value: String, _ against: String = "", _ limit: String = "") {
    rows.append([what, value, against, limit])
    // A bench takes minutes, so each row is printed immediately.
    print(line([what, value, against, limit]))
    fflush(nil)
  }

  func line(_ cells: [String]) -> String {
    let widths = [52, 14, 26]
    return cells.enumerated().map { index, cell in
      guard index < widths.count else { return cell }
      return cell + String(repeating: " ", count: max(1, widths[index] - cell.unicodeScalars.count))
    }.joined()
  }
}

/// A duration in milliseconds: "12.34 ms".
func milliseconds(_ seconds: Double) -> String { "\(rounded(seconds * 1000)) ms" }

/// A number rounded to two decimals.
func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }

/// The median; not a number for an empty array.
func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}
