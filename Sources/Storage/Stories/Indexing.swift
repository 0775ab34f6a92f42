/// A full-text index of the library.
///
/// It keeps no text of its own and so has to be told each change twice: before, what was there, and
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

  /// What is indexed, and the table that has it.
  private var columns: String { self == .authors ? "authors" : "title, body, captions, comments" }
  private var content: String { self == .authors ? "stories" : "story_texts" }

  /// Puts the stories of a condition into the index.
  fileprivate func adding(_ condition: String) -> String {
    """
    INSERT INTO \(self)(rowid, \(columns))
    SELECT id, \(columns) FROM \(content) WHERE \(condition)
    """
  }

  /// Takes the stories of a condition out of it.
  fileprivate func removing(_ condition: String) -> String {
    """
    INSERT INTO \(self)(\(self), rowid, \(columns))
    SELECT 'delete', id, \(columns) FROM \(content) WHERE \(condition)
    """
  }
}

extension Library {
  /// Puts a story into the indexes as it now stands in the tables.
  func index(_ id: StoryID) throws(StorageError) {
    for index in indexes { try connection.run(index.adding("id = ?1"), [.int(id)]) }
  }

  /// Takes a story out of the indexes, which have to be told the very text that was put in: so this
  /// goes before any change of it.
  func unindex(_ id: StoryID) throws(StorageError) {
    for index in indexes { try connection.run(index.removing("id = ?1"), [.int(id)]) }
  }

  /// Puts all stories into an index that is empty, telling how many of how many are in it.
  static func fill(
    _ index: TextIndex, _ connection: Connection, _ progress: Progress
  ) throws(StorageError) {
    let last = try connection.number("SELECT coalesce(max(id), 0) FROM stories")
    let total = Int(try connection.number("SELECT count(*) FROM stories"))
    var done = 0
    for start in stride(from: 1, through: last, by: filledAtOnce) {
      try connection.run(
        index.adding("id BETWEEN ?1 AND ?2"),
        [.int(start), .int(start + Int64(filledAtOnce) - 1)])
      done += connection.changes
      progress(done, total)
    }
  }

  /// So many stories take a tenth of a second, after which one likes to see something.
  private static let filledAtOnce = 500
}
