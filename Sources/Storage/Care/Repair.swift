internal import Files
internal import Stories

/// What a repair of a library did, in sentences, and what is left to do.
package struct RepairReport: Sendable {
  package var done: [String] = []
  /// Stories whose kept form cannot be read; their pages may give them again.
  package var damagedStories: [StoryID] = []
}

extension LibraryCare {
  /// Makes again what follows from the tables: indexes, counters, and rows for what has lost its own.
  ///
  /// Each step is one transaction; killed between two of them, it is done by the next call.
  /// `.damaged` where the tables themselves cannot be read: see `LibraryRecovery`.
  package func repair(progress: Library.Progress = { _, _ in }) throws(StorageError) -> RepairReport
  {
    guard !database.isReadOnly else { throw database.refusal }
    var report = RepairReport()
    if try !connection.isSound(withCounters: false) {
      try rebuildTableIndexes()
      report.done.append("the indexes of the tables were rebuilt")
    }
    let adopted = try adoptOrphans()
    if adopted.count > 0 {
      report.done.append("\(adopted.count) rows without a story were put in order")
    }
    let identified = try restoreIdentities()
    if identified > 0 {
      report.done.append("\(identified) stories are known again when their pages are added")
    }
    let recounted = try recountComments()
    if recounted > 0 {
      report.done.append("the comments of \(recounted) stories were counted again")
    }
    if try !connection.countersAreRight() {
      try recount()
      report.done.append("the stories were counted again")
    }
    for index in try database.textIndexes.damaged() {
      try database.textIndexes.rebuild(index, progress: progress)
      report.done.append("the search index \(index) was rebuilt from the stories")
    }
    let waiting = try database.indexing.waitingCount()
    if waiting > 0 {
      try database.indexing.finish(progress: progress)
      report.done.append("\(waiting) stories were indexed that waited for it")
    }
    report.damagedStories = Array(Set(try damagedStories() + toBeReadAgain())).sorted()
    return report
  }

  /// The stories whose kept form or page cannot be read.
  package func damagedStories() throws(StorageError) -> [StoryID] {
    var damaged: [StoryID] = []
    for id in try database.stories.allIDs() where try !database.stories.isWhole(id) {
      damaged.append(id)
    }
    return damaged
  }

  private func rebuildTableIndexes() throws(StorageError) {
    try transaction { () throws(StorageError) in try connection.script("REINDEX") }
    let problems = try tableProblems()
    guard try connection.isSound(withCounters: false) else {
      throw .damaged(connection.path, detail: problems.first ?? "its pages do not fit together")
    }
  }

  /// Gives stories that have lost a row that row again, and takes out rows that belong to no story.
  ///
  /// A story without its row in `stories` gets its headline back when its page is read again.
  func adoptOrphans() throws(StorageError) -> Adoption {
    try transaction { () throws(StorageError) in
      var adoption = Adoption()
      // Their headlines are to come back although their text has not changed.
      try readAgain("id IS NULL")
      for statement in Self.adoption {
        try connection.run(statement)
        adoption.count += connection.changes
      }
      for (table, count) in try removeOrphans() {
        adoption.count += count
        adoption.removed[table, default: 0] += count
      }
      return adoption
    }
  }

  /// The same for a library of an older version: stories stay, what belongs to none is removed.
  func adoptOrphans(ofVersion version: Int) throws(StorageError) {
    try connection.run(
      """
      INSERT INTO stories(id, title, source, authors, added, sorted, words, figures, comments)
      SELECT story, 'Story ' || story, \(version < Self.firstWithSourceRows ? "''" : "NULL"), '',
        unixepoch(), unixepoch(), 0, 0, 0
      FROM bodies WHERE story NOT IN (SELECT id FROM stories)
      """)
    _ = try removeOrphans()
  }

  /// The first version in which stories refer to rows of `sources`.
  private static let firstWithSourceRows = 10

  /// Removes rows that refer to nothing; how many of which tables.
  private func removeOrphans() throws(StorageError) -> [(table: String, count: Int)] {
    // The trigger that counts a tag down looks the story's row up, and finds none.
    if try connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'tag_counts'") > 0 {
      try connection.run(
        """
        DELETE FROM tag_counts WHERE name IN (
          SELECT tag FROM tags WHERE story NOT IN (SELECT story FROM readings))
        """)
    }
    var removed: [(String, Int)] = []
    let statements = try orphanRemovals()
    // What referred to a row that is removed refers to nothing then.
    var count: Int
    repeat {
      count = removed.count
      for (table, statement) in statements {
        try connection.run(statement)
        if connection.changes > 0 { removed.append((table, connection.changes)) }
      }
    } while removed.count > count
    return removed
  }

  /// How many rows were put in order, and of which tables how many were removed.
  struct Adoption {
    var count = 0
    var removed: [String: Int] = [:]
  }

  /// Statements that give what other rows refer to a row again where that is lost.
  ///
  /// They come before those that take out what refers to nothing, and which would take the stories
  /// of a lost source and the reader's own comments too.
  static let adoption = [
    "INSERT OR IGNORE INTO sources(name) SELECT '' WHERE \(hasNoSource)",
    """
    INSERT INTO stories(id, title, source, authors, added, sorted, words, figures, comments)
    SELECT story, 'Story ' || story, (SELECT id FROM sources WHERE name = ''), '', unixepoch(),
      coalesce((SELECT sorted FROM readings WHERE readings.story = bodies.story), unixepoch()), 0,
      (SELECT count(*) FROM figures WHERE figures.story = bodies.story),
      (SELECT count(*) FROM discussions JOIN comments ON discussion = discussions.id
        WHERE discussions.story = bodies.story)
    FROM bodies WHERE story NOT IN (SELECT id FROM stories)
    """,
    """
    INSERT INTO readings(story, sorted)
    SELECT id, sorted FROM stories WHERE id NOT IN (SELECT story FROM readings)
    """,
    // Triggers look the rows above up.
    """
    UPDATE stories SET source = (SELECT id FROM sources WHERE name = '') WHERE source IS NULL
    """,
    // The name may be another source's.
    """
    INSERT INTO sources(id, name)
    SELECT source, CASE WHEN EXISTS (SELECT 1 FROM sources WHERE name = 'Source ' || lost.source)
      THEN 'Source ' || lost.source || ' ' || hex(randomblob(4)) ELSE 'Source ' || lost.source END
    FROM (SELECT source FROM stories UNION SELECT source FROM subscriptions
      UNION SELECT source FROM other_sources) AS lost
    WHERE source NOT IN (SELECT id FROM sources)
    """,
    """
    INSERT INTO discussions(story, kind) SELECT DISTINCT story, 'local' FROM own_comments
    WHERE \(hasNoDiscussion) AND story IN (SELECT id FROM stories)
      AND story NOT IN (SELECT story FROM discussions WHERE kind = 'local')
    """,
    """
    UPDATE own_comments SET discussion = (
      SELECT id FROM discussions WHERE discussions.story = own_comments.story AND kind = 'local')
    WHERE \(hasNoDiscussion)
    """,
    // An entry stays known without its story, or a refresh would bring that back.
    "UPDATE entries SET story = NULL WHERE story NOT IN (SELECT id FROM stories)",
    "UPDATE folders SET parent = NULL WHERE parent NOT IN (SELECT id FROM folders)",
    """
    UPDATE OR IGNORE folder_members SET folder = NULL WHERE folder NOT IN (SELECT id FROM folders)
    """,
    """
    INSERT INTO folder_members(subscription, position)
    SELECT id, id FROM subscriptions WHERE id NOT IN (
      SELECT subscription FROM folder_members
      WHERE folder IS NULL OR folder IN (SELECT id FROM folders))
    """,
    // A source that was counted as another one's is none any more.
    """
    DELETE FROM other_sources
    WHERE source = (SELECT source FROM stories WHERE stories.id = other_sources.story)
    """,
  ]

  /// Also of a discussion that is another story's, or none's, and will be removed.
  private static let hasNoDiscussion = """
    NOT EXISTS (SELECT 1 FROM discussions
      WHERE discussions.id = own_comments.discussion AND discussions.story = own_comments.story)
    """

  private static let hasNoSource = """
    EXISTS (SELECT 1 FROM bodies WHERE story NOT IN (SELECT id FROM stories))
      OR EXISTS (SELECT 1 FROM stories WHERE source IS NULL)
    """

  /// A statement for each reference between tables, that takes out the rows that refer to nothing, with
  /// the name of the table.
  private func orphanRemovals() throws(StorageError) -> [(table: String, statement: String)] {
    var statements: [(String, String)] = []
    try connection.each(
      """
      SELECT tables.name, keys."from", keys."table", coalesce(keys."to", 'id')
      FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
      WHERE tables.type = 'table'
      """
    ) { row in
      let (table, column, parent, key) = (row.text(0), row.text(1), row.text(2), row.text(3))
      let statement = """
        DELETE FROM "\(table)" WHERE "\(column)" IS NOT NULL
          AND "\(column)" NOT IN (SELECT "\(key)" FROM "\(parent)")
        """
      statements.append((table, statement))
    }
    return statements
  }

  /// Makes a plain story of the text of one whose structure cannot be read; `false` if there is no
  /// text of it either, and only its headline is left.
  ///
  /// Its paragraphs are the lines of the text; links, pictures and comments of the page are lost. What
  /// the reader did to it stays, and its page takes its place when it is added again.
  package func salvage(_ id: StoryID, parserVersion: Int) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      let kept = try connection.first(
        """
        SELECT stories.title, bodies.text, sources.name, identities.address
        FROM stories LEFT JOIN bodies ON bodies.story = stories.id
          LEFT JOIN sources ON sources.id = stories.source
          LEFT JOIN identities ON identities.story = stories.id
        WHERE stories.id = ?1
        """, [.int(id)]
      ) { ($0.text(0), $0.text(1), $0.text(2), $0.optionalText(3)) }
      guard let (title, text, source, address) = kept else { throw .noStory(id) }
      var story = Story(title: title, address: address.map { "https://" + $0 })
      story.isCut = true
      story.blocks = text.split(separator: "\n").map { .paragraph([Phrase(String($0))]) }
      // A page that cannot be unpacked would be found damaged for ever.
      if (try? database.stories.original(of: id)) == nil {
        try connection.run("DELETE FROM originals WHERE story = ?1", [.int(id)])
      }
      try database.stories.replace(
        id, with: PreparedStory(story, original: nil, parserVersion: parserVersion, source: source))
      return !text.isEmpty
    }
  }
}
