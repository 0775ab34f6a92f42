import Glibc

/// The result, a row per figure: what was measured, its value, what it is compared with, its limit.
struct Table {
  private var rows: [[String]] = []

  mutating func add(_ what: String, _ value: String, _ against: String = "", _ limit: String = "") {
    rows.append([what, value, against, limit])
    // A bench takes minutes, so each row is printed at once.
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

/// "12.34 ms".
func milliseconds(_ seconds: Double) -> String { "\(rounded(seconds * 1000)) ms" }

/// Two decimals.
func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }

func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}
