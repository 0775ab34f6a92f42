/// Copies the rows of a damaged library into the tables of the same names of another.
///
/// Each table is read as it is stored, never by one of its indexes: an index may be what is damaged.
/// Only where the table itself cannot be read to its end are the rest of its rows looked up key by key,
/// and what an index has of it is taken.
final class RowCopy {
  private let old: Connection
  private let new: Connection
  private let progress: Library.Progress
  /// The keys whose rows could not be read, by table.
  private(set) var lost: [String: Set<Int64>] = [:]
  /// An error of the new library, which ends the copy.
  private var failure: StorageError?
  /// How many rows the table that is being copied has in the new library.
  private var copied = 0
  /// The largest number that a story may have.
  private var lastStory: Int64 = 0

  /// Counters, which are rebuilt from the rows as the full-text indexes are.
  private static let derived: Set<String> = ["counts", "sites", "tag_counts"]
  /// More rows than anybody keeps; keys beyond come from damage.
  private static let largestKey: Int64 = 10_000_000
  /// How many rows that are there already may be read, beyond those that were copied: damaged pages
  /// may lead back to each other, and would be read for ever.
  private static let repeats = 10_000

  init(from old: Connection, to new: Connection, progress: @escaping Library.Progress) {
    self.old = old
    self.new = new
    self.progress = progress
  }

  func copyAll() throws(StorageError) {
    let tables = try self.tables()
    lastStory = lastKey(tables.filter { $0.name == "stories" || $0.isOfStory })
    for table in tables {
      copied = 0
      try copy(table)
    }
    try copySequences(tables)
  }

  /// Takes over which numbers were given: given again, what refers to a row that is lost would refer to
  /// another one.
  private func copySequences(_ tables: [RecoveredTable]) throws(StorageError) {
    var referred: Int64 = 0
    for table in ["comments", "own_comments"] {
      referred = max(referred, (try? new.number("SELECT max(discussion) FROM \(table)")) ?? 0)
    }
    for table in tables {
      var last = lastKey([table])
      if table.name == "discussions", referred <= Self.largestKey { last = max(last, referred) }
      let hasSequence = """
        EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1 AND sql LIKE '%AUTOINCREMENT%')
        """
      try new.run(
        """
        INSERT INTO sqlite_sequence(name, seq) SELECT ?1, 0 WHERE \(hasSequence)
          AND ?1 NOT IN (SELECT name FROM sqlite_sequence)
        """, [.text(table.name)])
      try new.run(
        "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1",
        [.text(table.name), .int(last)])
    }
  }

  // MARK: - One table

  private func copy(_ table: RecoveredTable) throws(StorageError) {
    if try scan(table, table.source) { return }
    for index in try indexes(of: table) where index.hasAll {
      if try scan(table, "FROM \"\(table.name)\" INDEXED BY \"\(index.name)\"") { return }
    }
    // What stands behind the damage, where no key leads to it.
    guard let key = table.key else {
      note(0, in: table)
      _ = try scan(table, table.source + " ORDER BY \(table.order) DESC")
      return try copyParts(of: table)
    }
    var last = lastKey([table])
    if table.isOfStory || table.name == "stories" { last = max(last, lastStory) }
    guard last > 0 else { return }
    for id in 1...last where !(table.hasOneRowForKey && table.seen.contains(id)) {
      if try !scan(table, table.source + " WHERE \(key) = ?1", [.int(id)]) { note(id, in: table) }
    }
    try copyParts(of: table)
  }

  private func note(_ key: Int64, in table: RecoveredTable) {
    lost[table.name, default: []].insert(key)
  }

  /// Copies the rows that a statement reads; whether all could be read.
  private func scan(
    _ table: RecoveredTable, _ source: String, _ values: [Value] = []
  ) throws(StorageError) -> Bool {
    try scan(table, columns: table.columns, source, values)
  }

  private func scan(
    _ table: RecoveredTable, columns: [String], _ source: String, _ values: [Value],
    hasKeys: Bool = true
  ) throws(StorageError) -> Bool {
    var isWhole = true
    var useless = -copied
    do throws(StorageError) {
      try old.each("SELECT \(hasKeys ? table.key ?? "0" : "1"), \(list(columns)) \(source)", values)
      {
        (row) throws(StorageError) in
        let key = row.int(0)
        var outcome = Insertion.refused
        if table.key == nil || (1...Self.largestKey).contains(key) {
          let values = columns.indices.map { row.value(Int32($0 + 1)) }
          outcome = try insert(values, columns, into: table.name)
        }
        switch outcome {
        case .added:
          copied += 1
          if hasKeys { table.seen.insert(key) }
          if table.name == "bodies", copied.isMultiple(of: 200) { progress(copied, Int(lastStory)) }
          return
        case .known: if table.hasRowID { isWhole = false }
        case .refused:
          isWhole = false
          note(key, in: table)
        }
        useless += 1
        guard useless < Self.repeats else {
          throw .damaged(old.path, detail: "its pages lead to each other")
        }
      }
    } catch {
      if let failure { throw failure }
      return false
    }
    return isWhole
  }

  private enum Insertion {
    case added
    /// There is such a row already.
    case known
    /// No row may be like this.
    case refused
  }

  private func insert(
    _ values: [Value], _ columns: [String], into table: String
  ) throws(StorageError) -> Insertion {
    let places = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    do throws(StorageError) {
      try new.run(
        "INSERT OR IGNORE INTO \"\(table)\"(\(list(columns))) VALUES(\(places))", values)
      return new.changes > 0 ? .added : .known
    } catch {
      // Damage reads as anything, also as a value that no row may have.
      switch error {
      case .diskFull, .locked, .readOnly:
        failure = error
        throw error
      default: return .refused
      }
    }
  }

  /// Copies what indexes have of the rows that are lost, where that is enough for a row.
  private func copyParts(of table: RecoveredTable) throws(StorageError) {
    for index in try indexes(of: table) where !index.hasAll && index.isEnough {
      // A query of an index that has only some rows would look the others' condition up in the table.
      guard let source = declare(index) else { continue }
      _ = try scan(table, columns: index.columns, "FROM \"\(source)\"", [], hasKeys: false)
    }
  }

  /// Declares a table whose rows are those of an index; its name, which no library has.
  private func declare(_ index: Index) -> String? {
    let name = "recovered_\(index.name)"
    let columns = index.columns + (index.columns.count < index.width ? ["rest"] : [])
    let declaration = """
      CREATE TABLE "\(name)"(\(list(columns)), PRIMARY KEY(\(list(columns)))) WITHOUT ROWID
      """
    return old.declare(declaration, root: index.root) ? name : nil
  }

  private func list(_ columns: [String]) -> String {
    columns.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  // MARK: - Tables

  private func tables() throws(StorageError) -> [RecoveredTable] {
    let shadows = TextIndex.allCases.flatMap(\.shadowTables)
    var found: [(name: String, hasRowID: Bool)] = []
    try new.each(
      """
      SELECT name, sql NOT LIKE '%WITHOUT ROWID%' FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%'
      ORDER BY rowid
      """
    ) { found.append(($0.text(0), $0.bool(1))) }
    var tables: [RecoveredTable] = []
    for (name, hasRowID) in found where !Self.derived.contains(name) && !shadows.contains(name) {
      let known = Set(((try? columns(of: name, in: old)) ?? []).map(\.name))
      let columns = try columns(of: name, in: new).filter { known.contains($0.name) }
      guard !columns.isEmpty else { continue }
      let table = RecoveredTable(name: name, all: columns, hasRowID: hasRowID)
      if !hasRowID { table.primaryIndex = try? primaryIndex(of: name) }
      tables.append(table)
    }
    return tables
  }

  private func columns(
    of table: String, in connection: Connection
  ) throws(StorageError) -> [RecoveredTable.Column] {
    var columns: [RecoveredTable.Column] = []
    try connection.each(
      """
      SELECT name, type = 'INTEGER', pk, "notnull" = 1 AND dflt_value IS NULL OR pk > 0
      FROM pragma_table_info(?1)
      """, [.text(table)]
    ) { columns.append(.init($0.text(0), isInteger: $0.bool(1), $0.number(2), $0.bool(3))) }
    return columns
  }

  private func primaryIndex(of table: String) throws(StorageError) -> String? {
    try old.first("SELECT name FROM pragma_index_list(?1) WHERE origin = 'pk'", [.text(table)]) {
      $0.text(0)
    }
  }

  /// An index that was made by a statement, and what of a row it has.
  private struct Index {
    var name: String
    var columns: [String]
    /// How many values each entry has.
    var width: Int
    /// The page that it begins at.
    var root: Int
    /// Whether it has every column, or at least those that each row must have.
    var hasAll: Bool
    var isEnough: Bool
  }

  private func indexes(of table: RecoveredTable) throws(StorageError) -> [Index] {
    var found: [String: (columns: [String], width: Int, root: Int, isPartial: Bool)] = [:]
    do throws(StorageError) {
      try old.each(
        """
        SELECT list.name, info.name, info.cid, partial, rootpage
        FROM pragma_index_list(?1) AS list, pragma_index_xinfo(list.name) AS info,
          sqlite_schema AS known
        WHERE origin = 'c' AND known.name = list.name ORDER BY list.seq, info.seqno
        """, [.text(table.name)]
      ) { row in
        var index = found[row.text(0)] ?? ([], 0, row.number(4), row.bool(3))
        index.width += 1
        // The number of a row has no name here, nor has what is computed.
        let name = row.int(2) == -1 ? table.rowIDColumn : row.optionalText(1)
        if let name, !index.columns.contains(name), index.columns.count == index.width - 1 {
          index.columns.append(name)
        }
        found[row.text(0)] = index
      }
    } catch {
      return []
    }
    return found.sorted { $0.key < $1.key }.map { name, index in
      Index(
        name: name, columns: index.columns, width: index.width, root: index.root,
        hasAll: !index.isPartial && Set(table.columns).isSubset(of: index.columns),
        isEnough: Set(table.required).isSubset(of: index.columns)
          && index.width <= index.columns.count + 1)
    }
  }

  /// The largest key that rows of the tables may have: of several, for any may be damaged.
  private func lastKey(_ tables: [RecoveredTable]) -> Int64 {
    var last: Int64 = 0
    for table in tables {
      let given = try? old.number(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ?1",
        [.text(table.firstKeyParent ?? table.name)])
      let found =
        table.hasRowID
        ? try? old.number("SELECT max(rowid) FROM \"\(table.name)\" NOT INDEXED") : nil
      for key in [given ?? 0, found ?? 0, table.seen.max() ?? 0] where key <= Self.largestKey {
        last = max(last, key)
      }
    }
    return last
  }
}
