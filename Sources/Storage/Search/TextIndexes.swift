internal import Files

/// Keeps the full-text indexes as the tables are, and makes those anew that were damaged.
struct TextIndexes: Store {
  let database: Database

  /// Puts a story into the indexes as it now stands in the tables.
  ///
  /// `body` is the text of its row, where that is at hand. Handed over, it is in memory once more; read
  /// from the row, SQLite would hold it twice, beside the words of it that FTS5 gathers.
  func add(_ id: StoryID, body: [UInt8]? = nil) throws(StorageError) {
    for index in database.indexes {
      do throws(StorageError) {
        if let body, index.hasBody {
          try connection.run(index.addingGivenBody, [.int(id), .utf8(body)])
        } else {
          try connection.run(index.adding("id = ?1"), [.int(id)])
        }
      } catch {
        // Made again from the tables, it has the story too.
        guard error.mayBeOfIndex else { throw error }
        try remake(index)
      }
    }
  }

  /// Takes a story out of the indexes, which need the very text that was put in; so this
  /// goes before any change of it.
  func remove(_ id: StoryID) throws(StorageError) {
    for index in database.indexes {
      let removal = index.removing("id = ?1")
      do throws(StorageError) {
        try connection.run(removal, [.int(id)])
      } catch {
        guard error.mayBeOfIndex else { throw error }
        try remake(index)
        try connection.run(removal, [.int(id)])
      }
      // A story that has lost its text cannot be taken out by it.
      if connection.changes == 0, try isThere(id) { try remake(index) }
    }
  }

  private func isThere(_ id: StoryID) throws(StorageError) -> Bool {
    try connection.number("SELECT count(*) FROM stories WHERE id = ?1", [.int(id)]) == 1
  }

  /// Makes an index again from the tables, whatever has become of it, in one transaction.
  ///
  /// 100,000 stories of 780 words take about a minute.
  func remake(
    _ index: TextIndex, progress: Library.Progress = { _, _ in }
  ) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.drop(index)
      try connection.script(index.creation)
      try connection.fill(index, progress)
    }
  }

  // MARK: - Damage

  /// The full-text indexes that do not fit the stories, or cannot be read at all.
  ///
  /// None where the library is open for reading only.
  func damaged() throws(StorageError) -> [TextIndex] {
    guard !database.isReadOnly else { return [] }
    var damaged: [TextIndex] = []
    for index in database.indexes {
      do throws(StorageError) {
        // The number 1 asks for a comparison with the tables, and not only of the index with itself.
        try transaction { () throws(StorageError) in
          try connection.run("INSERT INTO \(index)(\(index), rank) VALUES('integrity-check', 1)")
        }
      } catch {
        guard error.mayBeOfIndex else { throw error }
        damaged.append(index)
      }
    }
    return damaged
  }

  /// Runs a search, and runs it again once the damaged indexes that it may have read are made anew.
  ///
  /// In a library too large to be waited for, or where nothing can be written, it throws
  /// `.damagedIndex`, whose words say what to do.
  func healing<Answer>(
    _ search: () throws(StorageError) -> Answer
  ) throws(StorageError) -> Answer {
    do throws(StorageError) {
      return try search()
    } catch {
      guard error.mayBeOfIndex else { throw error }
      let isHealed: Bool
      do throws(StorageError) { isHealed = try remakeDamaged() } catch {
        throw .damagedIndex(connection.path)
      }
      guard isHealed else { throw error }
      return try search()
    }
  }

  /// Makes the damaged indexes anew, by a connection of its own where this one only reads; `false` if
  /// there are none.
  private func remakeDamaged() throws(StorageError) -> Bool {
    guard try database.lists.counts().all <= Self.remadeAtOnce else {
      throw .damagedIndex(connection.path)
    }
    let writing =
      database.isReadOnly
      ? try Database(
        LibraryOpening(path: database.path, timeout: 1000), mode: .readWrite,
        createIfMissing: false)
      : database
    let damaged = try writing.textIndexes.damaged()
    for index in damaged { try writing.textIndexes.remake(index) }
    if !damaged.isEmpty { database.notice = "The word index was damaged and has been made again" }
    return !damaged.isEmpty
  }

  /// The most stories whose indexes a search makes anew: they take some seconds.
  private static let remadeAtOnce = 20_000
}
