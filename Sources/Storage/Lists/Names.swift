package import Queries
package import Stories

/// A source or tag with how many stories it has.
package struct NameCount: Sendable, Hashable {
  package var name: String
  package var total: Int
  package var unread: Int
}

extension ListStore {
  /// The sources that have stories, by name.
  package func sources() throws(StorageError) -> [NameCount] {
    try nameCounts(
      "SELECT name, total, unread FROM sources WHERE total > 0 AND name <> '' ORDER BY name")
  }

  /// The source of a number, or `nil` if there is none.
  package func source(_ id: SourceID) throws(StorageError) -> Source? {
    try connection.first("SELECT id, name FROM sources WHERE id = ?1", [.int(id)]) {
      Source(id: $0.int(0), name: $0.text(1))
    }
  }

  /// The tags that stories have, by name.
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

  /// The names that a field of a filter can have, for completion; authors only so many.
  package func names(of field: NameTerm.Field) throws(StorageError) -> [String] {
    switch field {
    case .source: return try sources().map(\.name)
    case .tag: return try tags().map(\.name)
    case .site: return try texts("SELECT name FROM sites WHERE total > 0 AND name <> ''")
    case .author:
      // Authors are as many as stories: the newest are those one may think of.
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
