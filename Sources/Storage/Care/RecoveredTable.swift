/// A table with the columns that both libraries have, and the keys of which rows were copied.
final class RecoveredTable {
  struct Column {
    var name: String
    var isInteger: Bool
    /// Which part of the primary key it is, from 1; 0 if none.
    var part: Int
    /// Whether a row cannot be without it.
    var isRequired: Bool

    init(_ name: String, isInteger: Bool, _ part: Int, _ isRequired: Bool) {
      self.name = name
      self.isInteger = isInteger
      self.part = part
      self.isRequired = isRequired
    }
  }

  let name: String
  let columns: [String]
  let required: [String]
  let hasRowID: Bool
  /// The index that is the table itself, where its rows have no number.
  var primaryIndex: String?
  var seen: Set<Int64> = []
  private let keyColumns: [Column]

  init(name: String, all: [Column], hasRowID: Bool) {
    self.name = name
    self.hasRowID = hasRowID
    columns = all.map(\.name)
    required = all.filter(\.isRequired).map(\.name)
    keyColumns = all.filter { $0.part > 0 }.sorted { $0.part < $1.part }
  }

  /// The number that rows are found by: their own, or the first part of the primary key.
  var key: String? {
    if hasRowID { return "rowid" }
    return keyColumns.first.flatMap { $0.isInteger ? "\"\($0.name)\"" : nil }
  }

  var hasOneRowForKey: Bool { hasRowID || keyColumns.count == 1 }
  var rowIDColumn: String? { keyColumns.first?.name }

  /// Whether the key is the number of a story.
  var isOfStory: Bool { keyColumns.first?.name == "story" }

  /// The table whose numbers are the first part of the key.
  var firstKeyParent: String? {
    guard !hasRowID || isOfStory else { return nil }
    return switch keyColumns.first?.name {
    case "story": "stories"
    case "discussion": "discussions"
    case "change": "changes"
    default: nil
    }
  }

  /// The table as it is stored.
  ///
  /// `NOT INDEXED` does not keep SQLite from an index that has all columns
  /// of a table without row numbers; to name the index that is the table does.
  var source: String {
    if let primaryIndex { return "FROM \"\(name)\" INDEXED BY \"\(primaryIndex)\"" }
    return "FROM \"\(name)\" NOT INDEXED"
  }

  var order: String {
    hasRowID ? "rowid" : keyColumns.map { "\"\($0.name)\"" }.joined(separator: ", ")
  }
}
