extension ChangeLog {
  /// Sets or clears a flag of stories.
  ///
  /// Triggers count one story at a time, which for 100,000 takes four times as long as what is done
  /// here: to change them all, then to count them once.
  func flag(
    _ column: String, _ isSet: Bool, _ stories: Value
  ) throws(StorageError) -> [StoryID] {
    let condition = "deleted IS NULL AND story IN (SELECT value FROM json_each(?1))"
    let changed = try connection.gather(
      "SELECT gather(story) FROM readings WHERE \(column) <> ?2 AND \(condition)",
      [stories, .bool(isSet)])
    guard !changed.isEmpty else { return [] }
    // Only what changes: `stories` may have others, which must not be counted.
    let list = Value.text(jsonArray(changed))
    try connection.run("UPDATE counts SET is_bulk = 1")
    try connection.run(
      "UPDATE readings SET \(column) = ?2 WHERE \(column) <> ?2 AND \(condition)",
      [list, .bool(isSet)])
    let count = column == "is_read" ? "unread" : "starred"
    let added = changed.count * (isSet == (column == "is_starred") ? 1 : -1)
    try connection.run(
      "UPDATE counts SET is_bulk = 0, \(count) = \(count) + ?1", [.int(added)])
    if column == "is_read" { try countUnread(list, by: isSet ? -1 : 1) }
    return changed.sorted()
  }

  /// Counts stories as unread (1), or no more (-1), with their sources and tags.
  private func countUnread(_ stories: Value, by step: Int) throws(StorageError) {
    try connection.run(
      """
      UPDATE sources SET unread = unread + ?2 * found.count
      FROM (SELECT source, count(*) AS count FROM stories
        WHERE stories.id IN (SELECT value FROM json_each(?1)) GROUP BY source) AS found
      WHERE sources.id = found.source
      """, [stories, .int(step)])
    try connection.run(
      """
      UPDATE tag_counts SET unread = unread + ?2 * found.count
      FROM (SELECT tag, count(*) AS count FROM tags
        WHERE story IN (SELECT value FROM json_each(?1)) GROUP BY tag COLLATE NOCASE) AS found
      WHERE name = found.tag
      """, [stories, .int(step)])
  }
}
