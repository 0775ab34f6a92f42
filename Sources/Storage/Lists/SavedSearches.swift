package import Queries

extension ListStore {
  /// The saved searches, in the order in which they were saved.
  package func savedSearches() throws(StorageError) -> [SavedSearch] {
    var searches: [SavedSearch] = []
    try connection.each("SELECT name, filter FROM searches ORDER BY position, name") {
      searches.append(SavedSearch(name: $0.text(0), filter: $0.text(1)))
    }
    return searches
  }

  /// Saves a filter under a name; one of the same name is replaced and keeps its position.
  package func save(_ search: SavedSearch) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run(
        """
        INSERT INTO searches(name, position, filter)
        VALUES(?1, (SELECT coalesce(max(position), 0) + 1 FROM searches), ?2)
        ON CONFLICT(name) DO UPDATE SET filter = excluded.filter
        """, [.text(search.name), .text(search.filter)])
    }
  }

  /// Renames a saved search; `false` if there is none of that name, or the new name is taken.
  package func renameSearch(_ name: String, to other: String) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE OR IGNORE searches SET name = ?2 WHERE name = ?1", [.text(name), .text(other)])
      return connection.changes > 0
    }
  }

  /// Deletes a saved search, and no story; `false` if there is none of that name.
  package func deleteSearch(_ name: String) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      try connection.run("DELETE FROM searches WHERE name = ?1", [.text(name)])
      return connection.changes > 0
    }
  }
}
