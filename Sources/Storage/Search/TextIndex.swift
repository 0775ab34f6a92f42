/// A full-text index of the library.
///
/// It keeps no text of its own, so each change is written to it twice: before, what was there, and
/// after, what is.
enum TextIndex: String, CaseIterable, CustomStringConvertible {
  /// Where each word stands: for phrases, parts, ranks and snippets.
  case search = "story_search"
  /// Which stories have a word, and nothing of where.
  case words = "story_words"
  /// The words of the names of authors.
  case authors = "author_search"

  var description: String { rawValue }

  /// The most letters of a beginning that it keeps.
  var longestBeginning: Int {
    switch self {
    case .search: 4
    case .words: 8
    case .authors: 2
    }
  }

  /// The version of the library that first had it.
  var firstVersion: Int {
    switch self {
    case .search: 1
    case .authors: 2
    case .words: 7
    }
  }

  /// Makes the index, empty, as the newest migration has it.
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

  /// The tables in which FTS5 keeps the index.
  var shadowTables: [String] {
    ["data", "idx", "content", "docsize", "config"].map { "\(self)_\($0)" }
  }

  /// What is indexed, and the table that has it.
  private var columns: String { self == .authors ? "authors" : "title, body, captions, comments" }
  private var content: String { self == .authors ? "stories" : "story_texts" }

  /// Puts the stories of a condition into the index.
  func adding(_ condition: String) -> String {
    """
    INSERT INTO \(self)(rowid, \(columns))
    SELECT id, \(columns) FROM \(content) WHERE \(condition)
    """
  }

  /// Puts one story into the index, whose body is ?2, the text that its row has.
  var addingGivenBody: String {
    """
    INSERT INTO \(self)(rowid, \(columns))
    SELECT id, title, ?2, captions, comments FROM \(content) WHERE id = ?1
    """
  }

  /// Whether it has the text of stories, which is long.
  var hasBody: Bool { self != .authors }

  /// Takes the stories of a condition out of it.
  func removing(_ condition: String) -> String {
    """
    INSERT INTO \(self)(\(self), rowid, \(columns))
    SELECT 'delete', id, \(columns) FROM \(content) WHERE \(condition)
    """
  }
}

extension Connection {
  /// Takes a full-text index out of the library with all of its tables.
  ///
  /// FTS5 must read an index to drop it, which is why a broken one goes table by table, and its own
  /// row out of the schema.
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
    // Nobody uses them by now; where FTS5 has dropped them there are none.
    setDefensive(false)
    defer { setDefensive(true) }
    for table in index.shadowTables { try script("DROP TABLE IF EXISTS \(table)") }
  }

  /// Puts all stories into an index that is empty, and reports how many of how many are in it.
  func fill(
    _ index: TextIndex, _ progress: Library.Progress
  ) throws(StorageError) {
    let total = Int(try number("SELECT count(*) FROM stories"))
    var done = 0
    var last = Int64.min
    // By the numbers that there are: one damaged row may have the largest number of all.
    while let end = try first(
      """
      SELECT max(id) FROM (SELECT id FROM stories WHERE id > ?1 ORDER BY id LIMIT ?2)
      """, [.int(last), .int(Self.filledAtOnce)], { $0.optionalInt(0) }) ?? nil
    {
      try run(
        index.adding("id > ?1 AND id <= ?2"), [.int(last), .int(end)])
      done += changes
      last = end
      progress(done, total)
    }
  }

  /// How many stories are indexed before progress is reported: they take a tenth of a second.
  private static let filledAtOnce = 500
}
