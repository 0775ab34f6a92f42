package import Queries
package import Stories

/// A source or tag with its number of stories.
package struct NameCount: Sendable, Hashable {
  /// The name as it was first spelled; sources and tags ignore ASCII case.
  package var name: String
  /// How many stories it has, without deleted ones.
  package var total: Int
  /// How many of these are unread.
  package var unread: Int
}

extension ListStore {
  /// The sources that have stories, sorted by name.
  package func sources() throws(StorageError) -> [NameCount] {
    try nameCounts(
      "SELECT name, total, unread FROM sources WHERE total > 0 AND name <> '' ORDER BY name")
  }

  /// The source with an ID; `nil` if there is none.
  package func source(_ id: SourceID) throws(StorageError) -> Source? {
    try connection.first("SELECT id, name FROM sources WHERE id = ?1", [.int(id)]) {
      Source(id: $0.int(0), name: $0.text(1))
    }
  }

  /// The tags of stories, sorted by name.
  package func tags() throws(StorageError) -> [NameCount] {
    try nameCounts("SELECT name, total, unread FROM tag_counts WHERE total > 0")
  }

  private func nameCounts(_ sql: String) throws(StorageError) -> [NameCount] {
    var names: [NameCount] = []
    try connection.each(sql) {
      names.append(NameCount(name: $0.text(0), total: $0.count(1), unread: $0.count(2)))
    }
    return names
  }

  /// The values that a field of a filter can have, for completion; of authors, those of the newest
  /// 2,000 stories.
  package func names(of field: NameTerm.Field) throws(StorageError) -> [String] {
    switch field {
    case .source: return try sources().map(\.name)
    case .tag: return try tags().map(\.name)
    case .site: return try texts("SELECT name FROM sites WHERE total > 0 AND name <> ''")
    case .author:
      // There are about as many authors as stories, and recent ones are the likely ones.
      return try texts(
        """
        SELECT DISTINCT authors FROM (SELECT authors FROM stories ORDER BY id DESC LIMIT 2000)
        WHERE authors <> '' ORDER BY authors
        """)
    }
  }

  func texts(_ sql: String) throws(StorageError) -> [String] {
    var texts: [String] = []
    try connection.each(sql) { texts.append($0.text(0)) }
    return texts
  }
}
