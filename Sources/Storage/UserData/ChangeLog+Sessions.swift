/// Whose changes they are: each running session undoes its own.
extension ChangeLog {
  /// The other running sessions with changes in the log, as a JSON array.
  func otherSessions() throws(StorageError) -> Value {
    var names: [String] = []
    try connection.each(
      "SELECT DISTINCT run FROM changes WHERE run IS NOT NULL AND run <> ?1",
      [.text(database.session.name)]
    ) { names.append($0.text(0)) }
    return .text(jsonArray(names.filter(LibrarySession.isRunning)))
  }

  /// Whether another running session has changes, which only that session can undo.
  package func othersHaveChanges() throws(StorageError) -> Bool {
    try connection.number(
      """
      SELECT EXISTS (SELECT 1 FROM changes
        WHERE is_undoable AND is_undone = 0 AND run IN (SELECT value FROM json_each(?1)))
      """, [try otherSessions()]) == 1
  }
}
