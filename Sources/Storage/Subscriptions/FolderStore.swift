/// The number of a folder in its library.
package typealias FolderID = Int64

/// A folder of subscriptions.
package struct Folder: Sendable, Hashable, Identifiable {
  package var id: FolderID
  /// The folder it stands in; `nil` at the top.
  package var parent: FolderID?
  package var name: String
}

/// A name with a value that a list gave and that means nothing here; kept to be written again.
package struct ListAttribute: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What stands in a folder, in its order.
package enum FolderItem: Sendable, Hashable {
  indirect case folder(Folder, [FolderItem])
  case subscription(SubscriptionID)
}

/// Folders of subscriptions: nested, in an order of the user's; a subscription may stand in several.
package struct FolderStore: Store {
  let database: Database

  // MARK: - Reading

  /// All folders and the subscriptions that go on, as they stand in each other.
  package func tree() throws(StorageError) -> [FolderItem] {
    var folders: [FolderID?: [(position: Int64, folder: Folder)]] = [:]
    try connection.each("SELECT id, parent, name, position FROM folders ORDER BY position, id") {
      let folder = Folder(id: $0.int(0), parent: $0.optionalInt(1), name: $0.text(2))
      folders[folder.parent, default: []].append(($0.int(3), folder))
    }
    var members: [FolderID?: [(position: Int64, id: SubscriptionID)]] = [:]
    try connection.each(
      """
      SELECT folder, subscription, folder_members.position FROM folder_members
        JOIN subscriptions ON subscriptions.id = subscription
      WHERE removed IS NULL ORDER BY folder_members.position, folder_members.id
      """
    ) { members[$0.optionalInt(0), default: []].append(($0.int(2), $0.int(1))) }
    func items(in folder: FolderID?, depth: Int) -> [FolderItem] {
      // Taken out, so that a damaged library whose folders stand in each other ends.
      let inner = folders.removeValue(forKey: folder) ?? []
      var found = inner.map { position, folder in
        let inside = depth > 0 ? items(in: folder.id, depth: depth - 1) : []
        return (position: position, item: FolderItem.folder(folder, inside))
      }
      found += (members[folder] ?? []).map { ($0.position, .subscription($0.id)) }
      return found.sorted { $0.position < $1.position }.map(\.item)
    }
    return items(in: nil, depth: Self.depthLimit)
  }

  /// Folders deeper than this are not made, and not listed.
  static let depthLimit = 128

  /// The folders that a subscription stands in; `nil` is the top.
  package func folders(of id: SubscriptionID) throws(StorageError) -> [FolderID?] {
    var ids: [FolderID?] = []
    try connection.each(
      "SELECT folder FROM folder_members WHERE subscription = ?1 ORDER BY id", [.int(id)]
    ) { ids.append($0.optionalInt(0)) }
    return ids
  }

  /// The first folder of a name within another.
  package func folder(
    named name: String, in parent: FolderID? = nil
  ) throws(StorageError) -> FolderID? {
    try connection.first(
      "SELECT id FROM folders WHERE name = ?1 AND parent IS ?2 ORDER BY position, id LIMIT 1",
      [.text(name), .optional(parent)]
    ) { $0.int(0) }
  }

  /// What a list said of a folder besides its name.
  package func attributes(of folder: FolderID) throws(StorageError) -> [ListAttribute] {
    try attributes("SELECT attributes FROM folders WHERE id = ?1", [.int(folder)])
  }

  /// What a list said of a subscription where it stands in a folder.
  package func attributes(
    of id: SubscriptionID, in folder: FolderID?
  ) throws(StorageError) -> [ListAttribute] {
    try attributes(
      "SELECT attributes FROM folder_members WHERE subscription = ?1 AND folder IS ?2",
      [.int(id), .optional(folder)])
  }

  private func attributes(
    _ sql: String, _ values: [Value]
  ) throws(StorageError) -> [ListAttribute] {
    let json = try connection.first(sql, values) { $0.text(0) }
    guard let json, json != "[]" else { return [] }
    var strings: [String] = []
    try connection.each(
      "SELECT value FROM json_each(iif(json_valid(?1), ?1, '[]'))", [.text(json)]
    ) { strings.append($0.text(0)) }
    return stride(from: 0, to: strings.count - 1, by: 2).map {
      ListAttribute(strings[$0], strings[$0 + 1])
    }
  }

  // MARK: - Changing

  /// Makes a folder at the end of another.
  ///
  /// Throws where folders would stand too deep in each other.
  @discardableResult
  package func create(
    _ name: String, in parent: FolderID? = nil, attributes: [ListAttribute] = []
  ) throws(StorageError) -> FolderID {
    try transaction { () throws(StorageError) in
      guard try ancestors(of: parent).count < Self.depthLimit else {
        throw .failed(connection.path, detail: "folders stand too deep in each other")
      }
      try connection.run(
        "INSERT INTO folders(parent, name, position, attributes) VALUES(?1, ?2, ?3, ?4)",
        [
          .optional(parent), .text(name), .int(try end(of: parent)), .text(Self.json(attributes)),
        ])
      return connection.lastInsertedID
    }
  }

  /// Gives a folder another name; `false` if there is none of that number.
  @discardableResult
  package func rename(_ folder: FolderID, _ name: String) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE folders SET name = ?2 WHERE id = ?1", [.int(folder), .text(name)])
      return connection.changes == 1
    }
  }

  /// Puts a folder into another one, at an index of what stands there, or at its end.
  ///
  /// `false` if it would stand in itself.
  @discardableResult
  package func move(
    _ folder: FolderID, to parent: FolderID?, at index: Int? = nil
  ) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      guard try !ancestors(of: parent).contains(folder) else { return false }
      let position = try makeRoom(in: parent, at: index)
      try connection.run(
        "UPDATE folders SET parent = ?2, position = ?3 WHERE id = ?1",
        [.int(folder), .optional(parent), .int(position)])
      return connection.changes == 1
    }
  }

  /// Takes a folder out; what stands in it goes one level up.
  @discardableResult
  package func delete(_ folder: FolderID) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      let parent = try connection.first(
        "SELECT parent FROM folders WHERE id = ?1", [.int(folder)]
      ) { $0.optionalInt(0) }
      guard let parent else { return false }
      let end = try end(of: parent)
      for table in ["folders", "folder_members"] {
        let column = table == "folders" ? "parent" : "folder"
        // A subscription that stands there already stays where it is.
        try connection.run(
          """
          UPDATE OR IGNORE \(table) SET \(column) = ?2, position = position + ?3
          WHERE \(column) = ?1
          """, [.int(folder), .optional(parent), .int(end)])
      }
      try connection.run("DELETE FROM folders WHERE id = ?1", [.int(folder)])
      return true
    }
  }

  /// Puts a subscription into a folder, at an index of what stands there or at its end; one that
  /// stands there moves.
  package func place(
    _ id: SubscriptionID, in folder: FolderID?, at index: Int? = nil,
    attributes: [ListAttribute]? = nil
  ) throws(StorageError) {
    try transaction { () throws(StorageError) in
      let position = try makeRoom(in: folder, at: index)
      try connection.run(
        """
        INSERT INTO folder_members(folder, subscription, position, attributes)
        VALUES(?1, ?2, ?3, coalesce(?4, '[]'))
        ON CONFLICT(subscription, coalesce(folder, 0)) DO UPDATE SET position = excluded.position,
          attributes = coalesce(?4, attributes)
        """,
        [
          .optional(folder), .int(id), .int(position), .optional(attributes.map(Self.json)),
        ])
    }
  }

  /// Takes a subscription out of a folder; from its last one it goes to the top.
  package func remove(_ id: SubscriptionID, from folder: FolderID?) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run(
        "DELETE FROM folder_members WHERE subscription = ?1 AND folder IS ?2",
        [.int(id), .optional(folder)])
      let left = try connection.number(
        "SELECT count(*) FROM folder_members WHERE subscription = ?1", [.int(id)])
      if left == 0 { try place(id, in: nil) }
    }
  }

  // MARK: - Positions

  /// A folder with those that it stands in, the innermost first.
  private func ancestors(of folder: FolderID?) throws(StorageError) -> [FolderID] {
    var ids: [FolderID] = []
    try connection.each(
      """
      WITH RECURSIVE above(id, depth) AS (
        SELECT ?1, 1 WHERE ?1 IS NOT NULL
        UNION ALL SELECT folders.parent, depth + 1 FROM above JOIN folders ON folders.id = above.id
          WHERE folders.parent IS NOT NULL AND depth <= \(Self.depthLimit))
      SELECT id FROM above
      """, [.optional(folder)]
    ) { ids.append($0.int(0)) }
    return ids
  }

  /// The position behind all that stands in a folder.
  private func end(of folder: FolderID?) throws(StorageError) -> Int64 {
    try connection.number(
      """
      SELECT coalesce(max(position) + 1, 0) FROM (
        SELECT position FROM folders WHERE parent IS ?1
        UNION ALL SELECT position FROM folder_members WHERE folder IS ?1)
      """, [.optional(folder)])
  }

  /// The position of an index in a folder, from which all that stands there moves on.
  private func makeRoom(in folder: FolderID?, at index: Int?) throws(StorageError) -> Int64 {
    guard let index else { return try end(of: folder) }
    let position = try connection.first(
      """
      SELECT position FROM (
        SELECT position FROM folders WHERE parent IS ?1
        UNION ALL SELECT position FROM folder_members WHERE folder IS ?1)
      ORDER BY position LIMIT 1 OFFSET ?2
      """, [.optional(folder), .int(max(0, index))]
    ) { $0.int(0) }
    guard let position else { return try end(of: folder) }
    for (table, column) in [("folders", "parent"), ("folder_members", "folder")] {
      try connection.run(
        "UPDATE \(table) SET position = position + 1 WHERE \(column) IS ?1 AND position >= ?2",
        [.optional(folder), .int(position)])
    }
    return position
  }

  private static func json(_ attributes: [ListAttribute]) -> String {
    jsonArray(attributes.flatMap { [$0.name, $0.value] })
  }
}
