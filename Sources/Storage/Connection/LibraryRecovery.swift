internal import CSQLite
package import Files
internal import Stories

/// Saves what can be read of a library whose pages are damaged into a new one in its place.
///
/// Story by story and table by table: a row that cannot be read costs no other one. The damaged file
/// is kept. Counters and full-text indexes are made again from the rows.
package struct LibraryRecovery {
  package struct Report: Sendable {
    package var stories = 0
    /// Rows that could not be read; a page of the file that is lost may have had more.
    package var lostRows = 0
    /// Where the damaged library is kept.
    package var kept: Path?
  }

  let library: Path

  /// Makes the new library beside the damaged one and puts it in its place.
  ///
  /// The damaged one stays as it is until the new one is whole. `.inUse` while another program has it
  /// open.
  package static func run(
    _ library: Path, progress: Library.Progress = { _, _ in }
  ) throws(StorageError) -> Report {
    let recovery = LibraryRecovery(library: library)
    let unfinished = library.adding(suffix: ".recovering")
    recovery.removeAll(unfinished)
    do throws(StorageError) {
      var report = try recovery.fill(unfinished, progress)
      report.kept = try LibraryReplacement(library: library).put(
        unfinished, keepingAs: "damaged")
      return report
    } catch {
      recovery.removeAll(unfinished)
      throw error
    }
  }

  private func removeAll(_ file: Path) {
    for name in [file, file.adding(suffix: "-wal"), file.adding(suffix: "-shm")] {
      try? removeFile(name)
    }
  }

  /// Copies every row that can be read; the connection is closed at the end, so that nothing is left
  /// in a log.
  private func fill(
    _ unfinished: Path, _ progress: Library.Progress
  ) throws(StorageError) -> Report {
    let new = try Library(path: unfinished)
    let connection = new.connection
    connection.setDefensive(false)
    // Without this SQLite refuses a file that is shorter than it says, and broken schemas.
    try connection.script("PRAGMA writable_schema = ON")
    // Rows are copied table by table, and what they refer to may be lost.
    try connection.run("PRAGMA foreign_keys = OFF")
    try connection.run("ATTACH ?1 AS old", [.utf8(Connection.address(library, "mode=ro").bytes)])
    guard try connection.number("PRAGMA old.application_id") == Schema.applicationID else {
      throw .foreign(library.shown)
    }
    let copy = RowCopy(connection)
    var report = Report()
    // Not `transaction`, which would take the lock to write in both files.
    try connection.script("BEGIN")
    report.lostRows = try copy.copyAll(progress)
    for statement in Library.adoption + (try new.orphanRemovals()) {
      try connection.run(statement)
      report.lostRows += connection.changes
    }
    try connection.script("COMMIT")
    // From here on transactions take the lock to write, which the damaged file must not be asked for.
    connection.forgetStatements()
    try connection.script("DETACH old")
    try new.recount()
    for index in new.indexes { try new.remake(index) }
    report.stories = Int(try connection.number("SELECT count(*) FROM stories"))
    return report
  }
}

/// Copies the rows of the attached database `old` into the tables of the same names.
private struct RowCopy {
  private let connection: Connection

  /// Counters and full-text indexes, which are made again from the rows.
  private static let derived: Set<String> = ["counts", "sites", "tag_counts"]
  /// More stories than anybody keeps; numbers beyond come from damage.
  private static let largestID: Int64 = 10_000_000

  init(_ connection: Connection) { self.connection = connection }

  /// A table with the columns that both libraries have.
  private struct Table {
    var name: String
    var columns: [String]
    /// The column with the number by which its rows are copied, the story's or the discussion's.
    var key: String?

    var list: String { columns.map { "\"\($0)\"" }.joined(separator: ", ") }
  }

  /// How many rows could not be read.
  func copyAll(_ progress: Library.Progress) throws(StorageError) -> Int {
    let tables = try self.tables()
    var lost = 0
    for table in tables where table.key == nil { lost += try copyWhole(table) }
    let last = try lastStory(tables)
    guard last > 0 else { return lost }
    for id in 1...last {
      for table in tables {
        guard let key = table.key else { continue }
        lost += try copy(
          "INSERT OR IGNORE INTO main.\"\(table.name)\"(\(table.list)) SELECT \(table.list) "
            + "FROM old.\"\(table.name)\" WHERE \"\(key)\" = ?1", [.int(id)])
      }
      if id.isMultiple(of: 200) { progress(Int(id), Int(last)) }
    }
    return lost
  }

  /// Runs a statement that copies; 1 if the damage stopped it.
  private func copy(_ sql: String, _ values: [Value] = []) throws(StorageError) -> Int {
    do throws(StorageError) {
      try connection.run(sql, values)
      return 0
    } catch {
      // Damage reads as anything, also as a value that no row may have.
      switch error {
      case .diskFull, .locked, .readOnly: throw error
      default: return 1
      }
    }
  }

  /// Copies a table that has nothing to do with stories: at once, or from its start as far as it
  /// can be read.
  private func copyWhole(_ table: Table) throws(StorageError) -> Int {
    let sql =
      "INSERT OR IGNORE INTO main.\"\(table.name)\"(\(table.list)) "
      + "SELECT \(table.list) FROM old.\"\(table.name)\""
    guard try copy(sql) > 0 else { return 0 }
    // From the start up to the first row that cannot be read, and from the end.
    for order in ["rowid", "rowid DESC"] {
      for offset in 0..<Self.mostSteps {
        let lost = try copy("\(sql) ORDER BY \(order) LIMIT 1 OFFSET ?1", [.int(offset)])
        if lost > 0 || connection.changes == 0 { break }
      }
    }
    return 1
  }

  /// So many rows of a damaged table are copied one by one; the log of changes has 500.
  private static let mostSteps = 20_000

  private func tables() throws(StorageError) -> [Table] {
    let shadows = TextIndex.allCases.flatMap(\.shadowTables)
    var names: [String] = []
    try connection.each(
      """
      SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid
      """
    ) { names.append($0.text(0)) }
    var tables: [Table] = []
    for name in names where !Self.derived.contains(name) && !shadows.contains(name) {
      let old = Set((try? columns(of: name, in: "old")) ?? [])
      let columns = try columns(of: name, in: "main").filter(old.contains)
      guard !columns.isEmpty else { continue }
      let key =
        name == "stories" ? "id" : ["story", "discussion"].first { columns.contains($0) }
      tables.append(Table(name: name, columns: columns, key: key))
    }
    return tables
  }

  private func columns(of table: String, in database: String) throws(StorageError) -> [String] {
    var columns: [String] = []
    try connection.each(
      "SELECT name FROM pragma_table_info(?1, ?2)", [.text(table), .text(database)]
    ) { columns.append($0.text(0)) }
    return columns
  }

  /// The largest number that a story or discussion may have: of all tables, for any may be damaged.
  private func lastStory(_ tables: [Table]) throws(StorageError) -> StoryID {
    var last: StoryID = 0
    for table in tables {
      guard let key = table.key else { continue }
      let found = try? connection.number("SELECT max(\"\(key)\") FROM old.\"\(table.name)\"")
      last = max(last, found ?? 0)
    }
    let given = try? connection.number(
      "SELECT seq FROM old.sqlite_sequence WHERE name = 'stories'")
    last = max(last, given ?? 0)
    return min(last, Self.largestID)
  }
}
