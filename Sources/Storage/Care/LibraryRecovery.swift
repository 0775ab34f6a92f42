internal import CSQLite
package import Files
internal import Stories

/// Saves what can be read of a library whose pages are damaged into a new one in its place.
///
/// Table by table and row by row (`RowCopy`): a row that cannot be read costs no other one. The damaged
/// file is kept. Counters and full-text indexes are rebuilt from the rows.
package struct LibraryRecovery {
  package struct Report: Sendable {
    package var stories = 0
    /// How many rows at most could not be read, by table.
    package var lost: [String: Int] = [:]
    /// Where the damaged library is kept.
    package var kept: Path?
  }

  let library: Path

  /// Makes the new library beside the damaged one and puts it in its place.
  ///
  /// The damaged one stays as it is until the new one is whole. `.inUse` while another program has it
  /// open.
  package static func run(
    _ library: Path, progress: @escaping Library.Progress = { _, _ in }
  ) throws(StorageError) -> Report {
    let library = library.followingLinks
    let recovery = LibraryRecovery(library: library)
    recovery.removeAll(recovery.unfinished)
    let unfinished = recovery.unfinished
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

  /// Removes what a repair that was killed has left beside a library.
  package static func removeLeftovers(of library: Path) {
    let recovery = LibraryRecovery(library: library.followingLinks)
    recovery.removeAll(recovery.unfinished)
  }

  private var unfinished: Path { library.adding(suffix: ".recovering") }

  private func removeAll(_ file: Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
      try? removeFile(ending.isEmpty ? file : file.adding(suffix: ending))
    }
  }

  /// Copies every row that can be read; the connection is closed at the end, so that nothing is left
  /// in a log.
  private func fill(
    _ unfinished: Path, _ progress: @escaping Library.Progress
  ) throws(StorageError) -> Report {
    let old: Connection
    do throws(StorageError) { old = try damaged() } catch .damaged { throw nothingToSave }
    var report = Report()
    let version = Int(try old.number("PRAGMA user_version"))
    let isOlder = (1..<Schema.version).contains(version)
    let lost = try copyRows(
      of: old, to: unfinished, version: isOlder ? version : Schema.version, progress)
    // The library that this one was made of is kept.
    var opening = LibraryOpening(path: unfinished)
    opening.keepsOlder = false
    let new = try Database(opening, mode: .readWrite, createIfMissing: false)
    let connection = new.connection
    try connection.run("PRAGMA foreign_keys = OFF")
    try connection.transaction { () throws(StorageError) in
      let removed = try new.care.adoptOrphans().removed
      report.lost = try lostRows(lost, in: connection).merging(removed) { $0 + $1 }
      // A page may say that it has more comments than it shows, and damage may have taken them without
      // a trace: it is read again in either case.
      try new.care.readAgain("comments > \(LibraryCare.commentRows)")
    }
    try new.care.recount()
    for index in new.indexes { try new.textIndexes.rebuild(index) }
    report.stories = Int(try connection.number("SELECT count(*) FROM stories"))
    guard report.stories > 0 else { throw nothingToSave }
    return report
  }

  /// Makes a library of the version of the damaged one and copies its rows; the keys of those that could
  /// not be read, by table.
  private func copyRows(
    of old: Connection, to file: Path, version: Int, _ progress: @escaping Library.Progress
  ) throws(StorageError) -> [String: Set<Int64>] {
    let migrations = Array(Schema.migrations.prefix(version))
    let new = try Database(
      LibraryOpening(path: file, migrations: migrations), mode: .readWrite, createIfMissing: true)
    let connection = new.connection
    // Rows are copied table by table, and what they refer to may be lost.
    try connection.run("PRAGMA foreign_keys = OFF")
    let copy = RowCopy(from: old, to: connection, progress: progress)
    try connection.transaction { () throws(StorageError) in
      try copy.copyAll()
      // The steps to a later version ask for references that lead somewhere.
      if version < Schema.version { try new.care.adoptOrphans(ofVersion: version) }
    }
    return copy.lost
  }

  /// How many rows were lost; of those that belong to a story, only where there is such a story.
  private func lostRows(
    _ keys: [String: Set<Int64>], in connection: Connection
  ) throws(StorageError) -> [String: Int] {
    var lost: [String: Int] = [:]
    for (table, keys) in keys {
      let isOfStory = try connection.number(
        "SELECT count(*) FROM pragma_table_info(?1) WHERE name = 'story' AND pk = 1",
        [.text(table)])
      var count = keys.count
      if isOfStory == 1 {
        count = 0
        for key in keys {
          count +=
            try connection.first("SELECT 1 FROM stories WHERE id = ?1", [.int(key)]) { _ in 1 }
            ?? 0
        }
      }
      if count > 0 { lost[table] = count }
    }
    return lost
  }

  /// The error for a library of which no story can be read, with advice that works.
  private var nothingToSave: StorageError {
    let advice =
      newestCopy.map { "`courant restore \($0.shown)` puts its newest copy in its place" }
      ?? "`courant restore FILE` puts a backup in its place; without one, move the file away and add "
      + "your pages again"
    return .failed(
      library.shown,
      detail:
        "no story of it can be read, for the page that says where its tables begin is lost; it "
        + "was left as it is; \(advice); `sqlite3 FILE .recover` may still find some of its text")
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
      // Damaged pages may be counted for ever: that it is whole comes first.
      guard let copy = try? LibraryOpening(path: file).openAnyVersion(),
        (try? copy.isSound(withCounters: false)) == true,
        let count = try? copy.number("SELECT count(*) FROM stories")
      else { return false }
      return count > 0
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
