internal import CSQLite
package import Files
internal import Stories

/// Saves what can be read of a library whose pages are damaged into a new one in its place.
///
/// Story by story and table by table: a row that cannot be read costs no other one. The damaged file
/// is kept. Counters and full-text indexes are rebuilt from the rows.
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
    let library = library.followingLinks
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
    let old: Connection
    do throws(StorageError) { old = try damaged() } catch .damaged { throw nothingToSave }
    let new = try Library(path: unfinished).database
    let connection = new.connection
    // Rows are copied table by table, and what they refer to may be lost.
    try connection.run("PRAGMA foreign_keys = OFF")
    var report = Report()
    try connection.transaction { () throws(StorageError) in
      report.lostRows = try RowCopy(from: old, to: connection).copyAll(progress)
      for statement in LibraryCare.adoption + (try new.care.orphanRemovals()) {
        try connection.run(statement)
        report.lostRows += connection.changes
      }
    }
    try new.care.recount()
    for index in new.indexes { try new.textIndexes.rebuild(index) }
    report.stories = Int(try connection.number("SELECT count(*) FROM stories"))
    guard report.stories > 0 else { throw nothingToSave }
    return report
  }

  /// The error for a library of which no story can be read, with advice that works.
  private var nothingToSave: StorageError {
    let advice =
      newestCopy.map { "`courant restore \($0.shown)` puts its newest copy in its place" }
      ?? "`courant restore FILE` puts a backup in its place; without one, move the file away and add "
      + "your pages again"
    return .failed(library.shown, detail: "no story of it can be read; \(advice)")
  }

  /// The whole library that was last written among those beside this one, such as
  /// `library.sqlite.before-restore-2026-11-30`.
  private var newestCopy: Path? {
    let start = library.name.adding(suffix: ".").bytes
    let files = fileNames(in: library.folder).filter { $0.bytes.starts(with: start) }
      .map { library.folder.appending($0) }
    let dated = files.compactMap { file in FileFacts(file).map { (file, $0.lastWritten) } }
    return dated.sorted { $0.1 > $1.1 }.map(\.0).first { file in
      // Not the one that is being made of this library, which has none.
      guard let copy = try? LibraryOpening(path: file).openAnyVersion(),
        let count = try? copy.number("SELECT count(*) FROM stories"), count > 0
      else { return false }
      return (try? copy.isSound(withCounters: false)) == true
    }
  }

  /// Opens the damaged library for reading alone.
  ///
  /// Not attached to the new one: an error of damage within a transaction over both would end what
  /// is done in the new one too.
  private func damaged() throws(StorageError) -> Connection {
    let old = try Connection(library, flags: SQLITE_OPEN_READONLY, timeout: 5000)
    old.harden()
    // Without this SQLite refuses a file that is shorter than it says, and broken schemas.
    old.setDefensive(false)
    try old.script("PRAGMA writable_schema = ON")
    guard try old.number("PRAGMA application_id") == Schema.applicationID else {
      throw .foreign(library.shown)
    }
    return old
  }
}

/// Copies the rows of one library into the tables of the same names of another.
private struct RowCopy {
  private let old: Connection
  private let new: Connection

  /// Counters, which are rebuilt from the rows as the full-text indexes are.
  private static let derived: Set<String> = ["counts", "sites", "tag_counts"]
  /// More stories than anybody keeps; numbers beyond come from damage.
  private static let largestID: Int64 = 10_000_000

  init(from old: Connection, to new: Connection) {
    self.old = old
    self.new = new
  }

  /// A table with the columns that both libraries have.
  private struct Table {
    var name: String
    var columns: [String]
    /// The column with the number by which its rows are copied, the story's or the discussion's.
    var key: String?

    var selecting: String { "SELECT \(list) FROM \"\(name)\"" }

    var inserting: String {
      let values = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
      return "INSERT OR IGNORE INTO \"\(name)\"(\(list)) VALUES(\(values))"
    }

    private var list: String { columns.map { "\"\($0)\"" }.joined(separator: ", ") }
  }

  /// How many rows could not be read.
  func copyAll(_ progress: Library.Progress) throws(StorageError) -> Int {
    let tables = try self.tables()
    var lost = 0
    for table in tables where table.key == nil {
      let isCut = try copy(table)
      lost += isCut
      // What stands behind the damage is read from the end.
      if isCut > 0 { _ = try copy(table, "ORDER BY rowid DESC") }
    }
    let last = lastNumber(tables)
    guard last > 0 else { return lost }
    for id in 1...last {
      for table in tables {
        guard let key = table.key else { continue }
        lost += try copy(table, "WHERE \"\(key)\" = ?1", [.int(id)])
      }
      if id.isMultiple(of: 200) { progress(Int(id), Int(last)) }
    }
    return lost
  }

  /// Copies the rows that a condition chooses, as far as they can be read; how many could not be,
  /// where damage that ends the reading counts as one.
  private func copy(
    _ table: Table, _ condition: String = "", _ values: [Value] = []
  ) throws(StorageError) -> Int {
    var rows: [[Value]] = []
    var lost = 0
    do throws(StorageError) {
      try old.each("\(table.selecting) \(condition)", values) { row in
        rows.append(table.columns.indices.map { row.value(Int32($0)) })
      }
    } catch {
      lost = 1
    }
    for row in rows {
      do throws(StorageError) {
        try new.run(table.inserting, row)
      } catch {
        // Damage reads as anything, also as a value that no row may have.
        switch error {
        case .diskFull, .locked, .readOnly: throw error
        default: lost += 1
        }
      }
    }
    return lost
  }

  private func tables() throws(StorageError) -> [Table] {
    let shadows = TextIndex.allCases.flatMap(\.shadowTables)
    var names: [String] = []
    try new.each(
      """
      SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid
      """
    ) { names.append($0.text(0)) }
    var tables: [Table] = []
    for name in names where !Self.derived.contains(name) && !shadows.contains(name) {
      let known = Set((try? columns(of: name, in: old)) ?? [])
      let columns = try columns(of: name, in: new).filter(known.contains)
      guard !columns.isEmpty else { continue }
      let key =
        name == "stories" ? "id" : ["story", "discussion"].first { columns.contains($0) }
      tables.append(Table(name: name, columns: columns, key: key))
    }
    return tables
  }

  private func columns(
    of table: String, in connection: Connection
  ) throws(StorageError) -> [String] {
    var columns: [String] = []
    try connection.each("SELECT name FROM pragma_table_info(?1)", [.text(table)]) {
      columns.append($0.text(0))
    }
    return columns
  }

  /// The largest number that a story or discussion may have: of all tables, for any may be damaged.
  private func lastNumber(_ tables: [Table]) -> Int64 {
    var last: Int64 = 0
    for table in tables {
      guard let key = table.key else { continue }
      let found = try? old.number("SELECT max(\"\(key)\") FROM \"\(table.name)\"")
      last = max(last, found ?? 0)
    }
    let given = try? old.number(
      "SELECT max(seq) FROM sqlite_sequence WHERE name IN ('stories', 'discussions')")
    last = max(last, given ?? 0)
    return min(last, Self.largestID)
  }
}
