import CVTerm

/// The hyperlinks (OSC 8) of a terminal's cells, which libvterm 0.1.4 knows nothing of.
///
/// It does tell each cell that it writes and each stretch that it moves, and what it was sent that
/// it does not know: a cell that is written has the link that is open then.
struct LinkGrid {
  private var links: [Place: String] = [:]
  private var open: String?

  private struct Place: Hashable {
    var row: Int32
    var column: Int32
  }

  func link(_ row: Int, _ column: Int) -> String? {
    links[Place(row: Int32(row), column: Int32(column))]
  }

  /// Takes `8;…;ADDRESS`; whether it was that.
  mutating func take(_ command: String) -> Bool {
    let parts = command.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "8" else { return false }
    open = parts[2].isEmpty ? nil : String(parts[2])
    return true
  }

  /// Cells were written or erased.
  mutating func mark(_ rect: VTermRect) {
    for row in rect.start_row..<rect.end_row {
      for column in rect.start_col..<rect.end_col {
        links[Place(row: row, column: column)] = open
      }
    }
  }

  /// Cells were moved; what was there before is written anew.
  mutating func move(_ source: VTermRect, to target: VTermRect) {
    let (down, right) = (target.start_row - source.start_row, target.start_col - source.start_col)
    let old = links
    for row in source.start_row..<source.end_row {
      for column in source.start_col..<source.end_col {
        links[Place(row: row + down, column: column + right)] = old[Place(row: row, column: column)]
      }
    }
  }
}
