internal import Stories

/// Checks a library, repairs it, and copies it.
package struct LibraryCare: Store {
  let database: Database

  /// Looks through the whole library and says in words what is wrong; nothing if all is well.
  ///
  /// Reads every page, so it takes seconds for a large library. The full-text indexes are checked
  /// only where the library can be changed, for SQLite writes that check as an insert.
  package func check() throws(StorageError) -> [String] {
    var problems = try tableProblems()
    // Pages that lead back to each other would be read for ever.
    if !problems.isEmpty, try !connection.isSound(withCounters: false) { return problems }
    do throws(StorageError) {
      let unknown = try unidentified().count
      if unknown > 0 {
        problems.append("\(unknown) stories are not known again when their pages are added")
      }
      let wrong = try wrongCommentCounts().count
      if wrong > 0 {
        problems.append("\(wrong) stories have another number of comments than they say")
      }
      if try !connection.countersAreRight() {
        problems.append("the counts of stories are not what the stories say")
      }
      for index in try database.textIndexes.damaged() {
        problems.append("the search index \(index) does not fit the stories")
      }
      for id in try database.stories.allIDs() {
        do throws(StorageError) {
          if try database.stories.story(id) == nil { problems.append("story \(id) has no text") }
          _ = try database.stories.original(of: id)
        } catch {
          problems.append(error.message)
        }
      }
    } catch {
      // Damage that the check of the tables has found already ends what reads through them.
      if problems.isEmpty { throw error }
    }
    return problems
  }

  /// What is wrong with the tables themselves and with what rows refer to; at most 20 of each.
  func tableProblems() throws(StorageError) -> [String] {
    var problems: [String] = []
    do throws(StorageError) {
      try connection.each("PRAGMA integrity_check(20)") { row in
        if row.text(0) != "ok" { problems.append(row.text(0)) }
      }
      // The table, the row, and the table that lacks what the row refers to.
      try connection.each("SELECT * FROM pragma_foreign_key_check LIMIT 20") { row in
        problems.append("row \(row.int(1)) of \(row.text(0)) belongs to none of \(row.text(2))")
      }
    } catch {
      guard case .damaged(_, let detail) = error else { throw error }
      problems.append(detail)
    }
    // As it is, the library can still be repaired without its log.
    if !problems.isEmpty { connection.setWritesOnClose(false) }
    return problems
  }

}
