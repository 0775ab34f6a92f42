package import Files
package import Stories

/// The number of a story in its library; never given to another one.
package typealias StoryID = Int64

/// The library: every story the reader keeps, and what the reader did to it.
///
/// One value is one SQLite connection, for one thread at a time; open one for each. Reads answer
/// at once and always from a whole state; any number of programs may read while one writes. Each
/// change is one transaction, or a part of the one that `transaction` makes.
package final class Library {
  package enum Mode: Sendable { case readOnly, readWrite }

  /// Is told how much of long work is done, and of how much.
  package typealias Progress = (_ done: Int, _ total: Int) -> Void

  /// The library's file; another one from when that was replaced while it was open.
  package internal(set) var path: Path
  var connection: Connection
  /// Whether the file that is open still has its name.
  var openFile: OpenFile
  /// What the user should know of and no error says.
  var notice: String?
  /// Changes that wait for another program's lock.
  var waiting = WaitingChanges()
  /// How long a change waits for another program's lock, in milliseconds.
  let timeout: Int32
  let migrations: [Migration]
  /// This use of the library, from here to its end.
  let session = LibrarySession()
  /// Whether changes are refused: asked for, or because the file, folder or disk is read-only.
  package let isReadOnly: Bool

  /// The full-text indexes it has; one that is asked for as of an older version lacks some.
  let indexes: [TextIndex]

  /// Opens the library, makes it if there is none, and brings an older one up to date.
  ///
  /// Before the first migration the file is copied beside itself. A library of a newer Courant, a
  /// database of another program or a file of another kind is refused, and not touched.
  /// `patience` is how long a change waits for another program's, in milliseconds; `progress` is
  /// told how many of how many stories a migration has done.
  package init(
    path: Path, mode: Mode = .readWrite, createIfMissing: Bool = true, patience: Int32 = 5000,
    migrations: [Migration] = Schema.migrations, progress: @escaping Progress = { _, _ in }
  ) throws(StorageError) {
    self.path = path
    let opening = LibraryOpening(
      path: path, timeout: patience, migrations: migrations, progress: progress)
    connection = try opening.open(mode: mode, createIfMissing: createIfMissing)
    openFile = OpenFile(path)
    timeout = patience
    self.migrations = migrations
    isReadOnly = mode == .readOnly || connection.isReadOnly
    indexes = TextIndex.allCases.filter { $0.firstVersion <= migrations.count }
  }

  /// Opens the library at a path given as text.
  package convenience init(
    path: String, mode: Mode = .readWrite, createIfMissing: Bool = true
  ) throws(StorageError) {
    try self.init(path: Path(path), mode: mode, createIfMissing: createIfMissing)
  }

  /// The version of the tables in the file.
  package func schemaVersion() throws(StorageError) -> Int {
    Int(try connection.number("PRAGMA user_version"))
  }

  /// A number that changes when another connection has changed the library.
  package func changeMark() throws(StorageError) -> Int64 {
    try keepReachable()
    return try connection.number("PRAGMA data_version")
  }

  /// Writes what is in the log back into the library's file, as far as no other program reads there.
  package func writeLogBack() throws(StorageError) {
    try connection.run("PRAGMA wal_checkpoint(PASSIVE)")
  }

  /// A sentence on what happened to the library unasked, such as that its file was removed and put
  /// back; `nil` if nothing did since this was last asked.
  package func takeNotice() -> String? {
    defer { notice = nil }
    return notice
  }

  /// Runs several changes so that all are kept or none.
  ///
  /// Other programs wait for as long as this takes: keep it under 50 ms.
  package func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    guard !isReadOnly else { throw .readOnly(connection.path) }
    try keepReachable()
    return try connection.transaction(body)
  }
}

// MARK: - Stories

extension Library {
  /// The story, or `nil` if there is none with that number.
  package func story(_ id: StoryID) throws(StorageError) -> Story? {
    guard let form = try form(of: id) else { return nil }
    guard var story = form.story() else { throw .damagedStory(connection.path, id) }
    story.thread = try joined(story.thread, of: id)
    return story
  }

  func form(of id: StoryID) throws(StorageError) -> StoryForm? {
    let body = try connection.first(
      """
      SELECT title, structure, text FROM bodies JOIN stories ON stories.id = bodies.story
      WHERE story = ?1
      """, [.int(id)]
    ) { row in
      StoryForm(
        title: row.text(0), structure: row.bytes(1), text: row.bytes(2), figures: [], comments: [])
    }
    guard var form = body else { return nil }
    try connection.each(
      """
      SELECT number, kind, structure, caption, credit, alt, image FROM figures
      WHERE story = ?1 AND discussion IS NULL ORDER BY position
      """, [.int(id)]
    ) { form.figures.append(StoryForm.FigureRow($0)) }
    try connection.each(
      """
      SELECT parent, comments.name, author, time, time_form, marks, structure, text
      FROM discussions CROSS JOIN comments ON discussion = discussions.id
      WHERE story = ?1 AND kind = 'page' ORDER BY discussion, position
      """, [.int(id)]
    ) { form.comments.append(StoryForm.CommentRow($0)) }
    return form
  }

  /// The page a story came from, as it came; `nil` if there is none.
  package func original(_ id: StoryID) throws(StorageError) -> Original? {
    let path = connection.path
    return try connection.first(
      "SELECT packed, size, address, name, charset, format FROM originals WHERE story = ?1",
      [.int(id)]
    ) { row throws(StorageError) in
      guard let bytes = Packed.unpack(row.bytes(0), size: row.number(1)) else {
        throw .damagedStory(path, id)
      }
      return Original(
        bytes: bytes, address: row.optionalText(2), name: row.optionalText(3),
        charset: row.optionalText(4), format: row.optionalText(5))
    }
  }

  /// The stories that an older parser made and whose pages are kept, oldest number first.
  package func stories(parsedBefore version: Int) throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each(
      """
      SELECT identities.story FROM identities JOIN originals USING (story)
      WHERE parser < ?1 ORDER BY identities.story
      """, [.int(version)]
    ) { ids.append($0.int(0)) }
    return ids
  }

  /// All story numbers, oldest first.
  package func allStories() throws(StorageError) -> [StoryID] {
    var ids: [StoryID] = []
    try connection.each("SELECT id FROM stories ORDER BY id") { ids.append($0.int(0)) }
    return ids
  }
}

extension Row {
  /// The time in two columns, seconds and form; `nil` where there is none.
  func time(_ column: Int32) -> Timestamp? {
    guard let seconds = optionalInt(column) else { return nil }
    return Timestamp(seconds: seconds, form: int(column + 1))
  }
}
