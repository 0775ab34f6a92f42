internal import Files

/// Keeps the full-text indexes in step with the tables, and rebuilds damaged ones.
struct TextIndexes: Store {
  let database: Database

  /// Indexes a story with its current content in the tables.
  ///
  /// `body` is the text of its row if the caller has it in memory. That saves one copy of the text: read
  /// from the row, SQLite would hold it twice, beside the words that FTS5 collects.
  func add(_ id: StoryID, body: [UInt8]? = nil) throws(StorageError) {
    let isDeferred = try database.indexing.isDeferred(id)
    for index in database.indexes where !isDeferred || !index.hasBody {
      do throws(StorageError) {
        if let body, index.hasBody {
          try connection.run(index.addingGivenBody, [.int(id), .utf8(body)])
        } else {
          try connection.run(index.adding("id = ?1"), [.int(id)])
        }
      } catch {
        // Rebuilt from the tables, the index has the story too.
        guard error.mayBeOfIndex else { throw error }
        try rebuild(index)
      }
    }
  }

  /// Removes a story from the indexes.
  ///
  /// Call it before the story is changed: an index needs exactly the text that was added.
  func remove(_ id: StoryID) throws(StorageError) {
    let isDeferred = try database.indexing.isDeferred(id)
    for index in database.indexes where !isDeferred || !index.hasBody {
      let removal = index.removing("id = ?1")
      do throws(StorageError) {
        try connection.run(removal, [.int(id)])
      } catch {
        guard error.mayBeOfIndex else { throw error }
        try rebuild(index)
        try connection.run(removal, [.int(id)])
      }
      // A story that has lost its text cannot be removed by it.
      if connection.changes == 0, try exists(id) { try rebuild(index) }
    }
  }

  private func exists(_ id: StoryID) throws(StorageError) -> Bool {
    try connection.number("SELECT count(*) FROM stories WHERE id = ?1", [.int(id)]) == 1
  }

  /// Rebuilds an index from the tables in one transaction, whatever its state.
  ///
  /// 100,000 stories of 780 words take about a minute.
  func rebuild(
    _ index: TextIndex, progress: Library.Progress = { _, _ in }
  ) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.drop(index)
      try connection.script(index.creation)
      try connection.fill(index, progress)
    }
  }

  // MARK: - Damage

  /// The full-text indexes that disagree with the stories or cannot be read.
  ///
  /// Empty if the library is read-only, as the check is a write for SQLite.
  func damaged() throws(StorageError) -> [TextIndex] {
    guard !database.isReadOnly else { return [] }
    var damaged: [TextIndex] = []
    for index in database.indexes {
      do throws(StorageError) {
        // Rank 1 compares the index with the tables too, and not only with itself.
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

  /// Runs a search, and again after rebuilding any damaged index that it may have read.
  ///
  /// Throws `.damagedIndex`, which says what to do, if the library is too large to rebuild while the
  /// user waits, or cannot be written.
  func repairing<Answer>(
    _ search: () throws(StorageError) -> Answer
  ) throws(StorageError) -> Answer {
    do throws(StorageError) {
      return try search()
    } catch {
      guard error.mayBeOfIndex else { throw error }
      let isRepaired: Bool
      do throws(StorageError) { isRepaired = try rebuildDamaged() } catch {
        throw .damagedIndex(connection.path)
      }
      guard isRepaired else { throw error }
      return try search()
    }
  }

  /// Rebuilds the damaged indexes, by a connection of its own if this one is read-only; `false` if
  /// there are none.
  private func rebuildDamaged() throws(StorageError) -> Bool {
    guard try database.lists.counts().all <= Self.automaticRebuildLimit else {
      throw .damagedIndex(connection.path)
    }
    let writing =
      database.isReadOnly
      ? try Database(
        LibraryOpening(path: database.path, timeout: 1000), mode: .readWrite,
        createIfMissing: false)
      : database
    let damaged = try writing.textIndexes.damaged()
    for index in damaged { try writing.textIndexes.rebuild(index) }
    if !damaged.isEmpty { database.notice = "The word index was damaged and has been rebuilt" }
    return !damaged.isEmpty
  }

  /// The most stories of a library whose indexes are rebuilt during a search: some seconds.
  private static let automaticRebuildLimit = 20_000
}
