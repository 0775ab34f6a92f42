/// A full-text index of the library (FTS5 with external content).
///
/// It stores no text of its own, so each change of a story is written to it twice: the old text is
/// removed before the change, and the new one added after.
enum TextIndex: String, CaseIterable, CustomStringConvertible {
  /// Words with positions: for phrases, parts and ranks.
  case search = "story_search"
  /// Words without positions: which stories have them.
  case words = "story_words"
  /// The words of authors' names.
  case authors = "author_search"

  var description: String { rawValue }

  /// The length of its longest prefix index, in characters.
  var longestPrefix: Int {
    switch self {
    case .search: 4
    case .words: 8
    case .authors: 2
    }
  }

  /// The schema version that introduced it.
  var firstVersion: Int {
    switch self {
    case .search: 1
    case .authors: 2
    case .words: 7
    }
  }

  /// The statement that creates the index, empty, as in the newest schema.
  var creation: String {
    let tokenizer = "tokenize = \"unicode61 remove_diacritics 2\""
    let options =
      switch self {
      case .search: "prefix = '2 3 4'"
      case .words: "detail = none, columnsize = 0, prefix = '2 3 4 5 6 7 8'"
      case .authors: "prefix = '2'"
      }
    return """
      CREATE VIRTUAL TABLE \(self) USING fts5(
        \(columns), content = '\(content)', content_rowid = 'id', \(options), \(tokenizer));
      """
  }

  /// The tables in which FTS5 stores the index.
  var shadowTables: [String] {
    ["data", "idx", "content", "docsize", "config"].map { "\(self)_\($0)" }
  }

  /// The indexed columns, and the table that they are in.
  private var columns: String { self == .authors ? "authors" : "title, body, captions, comments" }
  private var content: String { self == .authors ? "stories" : "story_texts" }

  /// The statement that indexes the stories of a condition.
  func adding(_ condition: String) -> String {
    """
    INSERT INTO \(self)(rowid, \(columns))
    SELECT id, \(columns) FROM \(content) WHERE \(condition)
    """
  }

  /// The statement that indexes the story ?1 with the body ?2, which must be the text of its row.
  var addingGivenBody: String {
    """
    INSERT INTO \(self)(rowid, \(columns))
    SELECT id, title, ?2, captions, comments FROM \(content) WHERE id = ?1
    """
  }

  /// Whether it indexes the text of stories.
  var hasBody: Bool { self != .authors }

  /// The statement that removes the stories of a condition.
  func removing(_ condition: String) -> String {
    """
    INSERT INTO \(self)(\(self), rowid, \(columns))
    SELECT 'delete', id, \(columns) FROM \(content) WHERE \(condition)
    """
  }
}

extension Connection {
  /// Drops a full-text index with all of its tables.
  ///
  /// FTS5 must read an index to drop it, so a damaged one is removed table by table, and its own row
  /// deleted from the schema.
  func drop(_ index: TextIndex) throws(StorageError) {
    do throws(StorageError) {
      try script("DROP TABLE IF EXISTS \(index)")
    } catch {
      guard error.mayBeOfIndex else { throw error }
      setDefensive(false)
      defer { setDefensive(true) }
      try script("PRAGMA writable_schema = ON")
      defer { try? script("PRAGMA writable_schema = RESET") }
      try script("DELETE FROM sqlite_schema WHERE type = 'table' AND name = '\(index)'")
    }
    // Unused by now; where FTS5 has dropped them there are none.
    setDefensive(false)
    defer { setDefensive(true) }
    for table in index.shadowTables { try script("DROP TABLE IF EXISTS \(table)") }
  }

  /// Sets how many parts an index gathers before it merges them: FTS5's own 4, or 16 for many stories.
  ///
  /// Merging is most of the work of indexing, and takes a third less then. What one change merges at
  /// once stays bounded, so that it cannot take seconds in a large library.
  func setMerging(of index: TextIndex, isBulk: Bool) throws(StorageError) {
    for (option, value) in [("automerge", isBulk ? 16 : 4), ("crisismerge", isBulk ? 64 : 16)] {
      try run("INSERT INTO \(index)(\(index), rank) VALUES('\(option)', \(value))")
    }
  }

  /// Indexes all stories in an empty index, and reports progress.
  func fill(
    _ index: TextIndex, _ progress: Library.Progress
  ) throws(StorageError) {
    let total = Int(try number("SELECT count(*) FROM stories"))
    var done = 0
    var last = Int64.min
    // By existing IDs: one damaged row may have the largest integer as its ID.
    while let end = try first(
      """
      SELECT max(id) FROM (SELECT id FROM stories WHERE id > ?1 ORDER BY id LIMIT ?2)
      """, [.int(last), .int(Self.fillBatchSize)], { $0.optionalInt(0) }) ?? nil
    {
      try run(
        index.adding("id > ?1 AND id <= ?2"), [.int(last), .int(end)])
      done += changes
      last = end
      progress(done, total)
    }
  }

  /// How many stories are indexed between reports of progress: about 0.1 s.
  private static let fillBatchSize = 500
}
