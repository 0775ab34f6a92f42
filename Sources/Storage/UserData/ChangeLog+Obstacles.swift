import Stories

/// Why a change of the log cannot be undone or redone.
extension ChangeLog {
  /// The reason, judged by the first of the change's stories that is still there.
  func obstacle(
    to change: Change, _ id: Int64, isUndone: Bool
  ) throws(StorageError) -> Change.Obstacle {
    let stories = Value.text(jsonArray(change.stories.sorted()))
    let isDeleted = try connection.first(
      """
      SELECT deleted IS NOT NULL FROM readings
      WHERE story IN (SELECT value FROM json_each(?1)) LIMIT 1
      """, [stories]
    ) { $0.bool(0) }
    guard let isDeleted else { return .purged }
    guard let step = change.steps.first else { return .changed }
    switch step.mark {
    case .deleted where step.isSet == isUndone && !isDeleted:
      return try wasRestored(stories, after: id) ? .changed : .restored
    case .deleted: return .changed
    case _ where isDeleted: return .deleted
    case .replaced(let revision):
      let kept = try connection.number(
        "SELECT count(*) FROM revisions WHERE id = ?1", [.int(revision)])
      return kept == 0 ? .versionDropped : .changed
    case .read, .starred, .tag, .comment, .opened: return .changed
    }
  }

  /// Whether a later change brought one of some stories back: what an import restores is not logged.
  private func wasRestored(_ stories: Value, after id: Int64) throws(StorageError) -> Bool {
    var isRestored = false
    let wanted = Set(try connection.gather("SELECT gather(value) FROM json_each(?1)", [stories]))
    try connection.each(
      """
      SELECT stories FROM change_steps JOIN changes ON changes.id = change
      WHERE change > ?1 AND is_undone = 0 AND mark = 'deleted' AND is_set = 0
      """, [.int(id)]
    ) { row in
      if !wanted.isDisjoint(with: PackedStories.unpack(row.bytes(0))) { isRestored = true }
    }
    return isRestored
  }
}
