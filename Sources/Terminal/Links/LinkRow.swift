import Display

/// The runs of columns of one terminal row that are links, from left to right.
struct LinkRow: Equatable {
  struct Run: Equatable {
    var columns: Range<Int>
    var link: Hyperlink
  }

  private(set) var runs: [Run] = []

  /// The link that a column is part of.
  func link(at column: Int) -> Hyperlink? {
    runs.first { $0.columns.contains(column) }?.link
  }

  /// Adds a link right of all others.
  mutating func append(_ link: Hyperlink, _ columns: Range<Int>) {
    guard !columns.isEmpty else { return }
    if let last = runs.last, last.link == link, last.columns.upperBound == columns.lowerBound {
      runs[runs.count - 1].columns = last.columns.lowerBound..<columns.upperBound
    } else {
      runs.append(Run(columns: columns, link: link))
    }
  }

  /// Removes the links of columns that were written or erased.
  mutating func clear(_ columns: Range<Int>) {
    guard runs.contains(where: { $0.columns.overlaps(columns) }) else { return }
    keep { first, end in
      [(first, min(end, columns.lowerBound)), (max(first, columns.upperBound), end)]
    }
  }

  /// Inserts plain columns; what is pushed out at the right is gone.
  mutating func insert(_ count: Int, at column: Int, width: Int) {
    keep { first, end in
      [(first, min(end, column)), (max(first, column) + count, min(end + count, width))]
    }
  }

  /// Takes columns out; the rest moves left.
  mutating func delete(_ count: Int, at column: Int) {
    clear(column..<column + count)
    keep { first, end in first < column ? [(first, end)] : [(first - count, end - count)] }
  }

  /// Replaces each run by the parts that `parts` returns for it; empty ones are dropped.
  private mutating func keep(_ parts: (Int, Int) -> [(first: Int, end: Int)]) {
    let old = runs
    runs = []
    for run in old {
      for part in parts(run.columns.lowerBound, run.columns.upperBound) where part.first < part.end
      {
        append(run.link, part.first..<part.end)
      }
    }
  }
}
