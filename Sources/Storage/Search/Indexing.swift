internal import Glibc

/// How much one step of indexing does, which it learns as it goes.
package struct IndexingPace: Sendable {
  /// How many stories the next step takes.
  package internal(set) var stories = least
  /// Whether the indexes are set to many stories; `nil` before the first step.
  var isBulk: Bool?
  /// How long a step may take, in seconds: for so long the user's own changes wait.
  package let seconds: Double

  package init(seconds: Double = 0.025) { self.seconds = seconds }

  /// Learns from a step that took a while.
  mutating func learn(_ taken: Double) {
    let wanted = Double(stories) * seconds * 0.7 / max(taken, 0.0001)
    // A merge of the index makes single steps long, from which the size must not fall for good.
    stories = min(max(Self.least, Int(min(wanted, Double(stories) * 2)), stories / 2), Self.most)
  }

  /// Fewer take nearly as long, on a busy machine as on an idle one.
  private static let least = 16
  private static let most = 2000
}

/// Puts stories into the full-text indexes that were stored without: the newest first, in steps.
///
/// Stories of feeds come by the thousand, and indexing them takes longer than all else of a
/// refresh. Until a story is indexed it is in `unindexed`, the indexes do not have it, and the view that
/// they read leaves it out. What a step has done stays, so a program that is killed loses nothing.
package struct Indexing: Store {
  let database: Database

  /// How many stories cannot be found by their words yet.
  package func waitingCount() throws(StorageError) -> Int {
    Int(try connection.number("SELECT count(*) FROM unindexed"))
  }

  /// Indexes some of the newest stories that wait.
  ///
  /// - Returns: How many; 0 means that none waits.
  @discardableResult
  package func step(_ pace: inout IndexingPace) throws(StorageError) -> Int {
    let limit = pace.stories
    let start = Self.clock()
    let isFirst = pace.isBulk == nil
    if isFirst {
      let waiting = try waitingCount()
      guard waiting > 0 else { return 0 }
      pace.isBulk = waiting > Self.bulk
    }
    let isBulk = pace.isBulk == true
    let count = try transaction { () throws(StorageError) in
      if isFirst, isBulk { try setMerging(isBulk: true) }
      let count = try index(limit)
      // Also after a few: the last program may have been killed amid many.
      if count == 0 { try setMerging(isBulk: false) }
      return count
    }
    if count > 0 { pace.learn(Self.clock() - start) } else { pace.isBulk = nil }
    return count
  }

  /// If more stories than these wait, the indexes are set to gather more before they merge.
  private static let bulk = 400

  private func setMerging(isBulk: Bool) throws(StorageError) {
    for index in database.indexes where index.hasBody {
      do throws(StorageError) {
        try connection.setMerging(of: index, isBulk: isBulk)
      } catch {
        // A damaged one is rebuilt, with FTS5's own setting, by the first change that meets the damage.
        guard error.mayBeOfIndex else { throw error }
      }
    }
  }

  /// Merges some of the parts of the indexes, for a few milliseconds.
  ///
  /// Steps leave some dozen parts in each index, with which a search takes twice as long. So this is to
  /// be called after them, while nothing else is to be done.
  ///
  /// - Returns: Whether there may be more to merge.
  package func merge() throws(StorageError) -> Bool {
    var isMerged = false
    for index in database.indexes where index.hasBody {
      try transaction { () throws(StorageError) in
        let before = connection.totalChanges
        do throws(StorageError) {
          try connection.run(
            "INSERT INTO \(index)(\(index), rank) VALUES('merge', \(Self.mergedPages))")
        } catch {
          guard error.mayBeOfIndex else { throw error }
          return try database.textIndexes.rebuild(index)
        }
        // The statement itself counts as one change.
        if connection.totalChanges - before > 1 { isMerged = true }
      }
    }
    return isMerged
  }

  /// How many pages of an index are merged at once, about 4 kB each.
  private static let mergedPages = 100

  /// Indexes all that wait, by steps, and reports progress after each; then merges.
  package func finish(
    progress: Library.Progress = { _, _ in }
  ) throws(StorageError) {
    let total = try waitingCount()
    var pace = IndexingPace()
    var done = 0
    while true {
      let count = try step(&pace)
      guard count > 0 else { break }
      done += count
      progress(done, max(done, total))
    }
    while try merge() {}
  }

  /// Leaves a story, which is in no index, for later.
  func deferIndexing(of id: StoryID, sorted: Int64) throws(StorageError) {
    try connection.run(
      "INSERT OR REPLACE INTO unindexed(story, sorted) VALUES(?1, ?2)", [.int(id), .int(sorted)])
  }

  /// Whether the full-text indexes do not have a story yet.
  func isDeferred(_ id: StoryID) throws(StorageError) -> Bool {
    guard database.migrations.count >= Self.firstVersion else { return false }
    return try connection.number(
      "SELECT EXISTS (SELECT 1 FROM unindexed WHERE story = ?1)", [.int(id)]) == 1
  }

  /// The version of the library that first had it.
  private static let firstVersion = 12
  /// Words that are indexed at once: a page of megabytes is a step of its own.
  private static let mostWords = 40_000

  private func index(_ limit: Int) throws(StorageError) -> Int {
    var ids: [StoryID] = []
    var words = 0
    try connection.each(
      """
      SELECT story, words FROM unindexed LEFT JOIN stories ON stories.id = story
      ORDER BY unindexed.sorted DESC, story DESC LIMIT ?1
      """, [.int(limit)]
    ) { row in
      words += row.count(1)
      if ids.isEmpty || words <= Self.mostWords { ids.append(row.int(0)) }
    }
    guard !ids.isEmpty else { return 0 }
    // In order of their numbers: FTS5 writes out what it has gathered when they go down.
    let list = Value.text(jsonArray(ids.sorted()))
    try connection.run(
      "DELETE FROM unindexed WHERE story IN (SELECT value FROM json_each(?1))", [list])
    for index in database.indexes where index.hasBody {
      do throws(StorageError) {
        try connection.run(
          index.adding("id IN (SELECT value FROM json_each(?1)) ORDER BY id"), [list])
      } catch {
        // Made again from the tables, it has these stories too.
        guard error.mayBeOfIndex else { throw error }
        try database.textIndexes.rebuild(index)
      }
    }
    return ids.count
  }

  private static func clock() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
