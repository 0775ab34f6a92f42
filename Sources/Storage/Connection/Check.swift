internal import Stories

extension Library {
  /// Looks through the whole library and says in words what is wrong; nothing if all is well.
  ///
  /// Reads every page, so it takes seconds for a large library.
  package func check() throws(StorageError) -> [String] {
    var problems: [String] = []
    try connection.each("PRAGMA integrity_check(20)") { row in
      if row.text(0) != "ok" { problems.append(row.text(0)) }
    }
    try connection.each("PRAGMA foreign_key_check") { row in
      problems.append("a row of \(row.text(0)) belongs to no story")
    }
    try checkCounts(&problems)
    for id in try allStories() {
      do throws(StorageError) {
        if try story(id) == nil { problems.append("story \(id) has no text") }
        _ = try original(id)
      } catch {
        problems.append(error.message)
      }
    }
    // The index's own check is written as an insert, and so needs a library that can be changed.
    if !isReadOnly { try checkIndex(&problems) }
    return problems
  }

  private func checkCounts(_ problems: inout [String]) throws(StorageError) {
    let kept = try counts()
    let found = try connection.first(
      """
      SELECT total(is_shown), total(is_shown AND is_read = 0), total(is_shown AND is_starred),
        total(is_shown AND progress > 0 AND progress < 0.995), total(NOT is_shown)
      FROM (SELECT *, deleted IS NULL AS is_shown FROM readings)
      """
    ) {
      Counts(
        all: $0.number(0), unread: $0.number(1), starred: $0.number(2), started: $0.number(3),
        deleted: $0.number(4))
    }
    if kept != found { problems.append("the counts of stories are not what the stories say") }
  }

  private func checkIndex(_ problems: inout [String]) throws(StorageError) {
    do throws(StorageError) {
      try transaction { () throws(StorageError) in
        for index in indexes {
          try connection.run("INSERT INTO \(index)(\(index), rank) VALUES('integrity-check', 1)")
        }
      }
    } catch .damaged {
      problems.append("the search index does not fit the stories")
    }
  }
}
