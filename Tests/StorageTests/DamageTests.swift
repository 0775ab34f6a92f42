import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// Indexes and counters are rebuilt from the tables, and messages on damage say what to do.
@Suite struct DamageTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  private func found(_ typed: String, in library: Library) throws -> Int {
    try library.lists.headlines(of: library.lists.plan(Listing(query(typed))), limit: 99).count
  }

  private static let outOfMemoryBlock =
    "b69c90a20755f6a1b155ef70e8e9bb46c833072f66b9175ba3bc986fbea237bf5f8bb9967a5b1752c8256aa270c1"
    + "fb8e6bcdde32c13181e77723d352ccc9d91915a5e4d643b0c50f02234ab50030973a89d908473bace1c30b95"

  /// Kinds of damage of the index with positions and the one without.
  static let damage = ["story_search", "story_words", "author_search"].flatMap { index in
    [
      "DELETE FROM \(index)_data WHERE id > 10", "DELETE FROM \(index)_data",
      "DELETE FROM \(index)_data WHERE id = 10",
      "DELETE FROM \(index)_config", "DROP TABLE \(index)_data", "DROP TABLE \(index)_idx",
      "UPDATE \(index)_data SET block = x'00FF'", "UPDATE \(index)_data SET block = randomblob(90)",
      // Sizes that ask for more memory than SQLite allots: it answers "out of memory".
      "UPDATE \(index)_data SET block = x'\(outOfMemoryBlock)'",
      """
      PRAGMA writable_schema = ON;
      DELETE FROM sqlite_schema WHERE name = '\(index)';
      PRAGMA writable_schema = OFF
      """,
    ]
  }

  @Test(
    "a damaged full-text index is detected and rebuilt, whatever its state", arguments: damage
  )
  func indexes(_ sql: String) throws {
    let made = try Library(path: file)
    for number in 0..<30 {
      var story = plainStory(number)
      story.byline = ["Reporter \(number)"]
      try made.stories.add(story, original: nil, parserVersion: 1)
    }
    execute(sql, in: file)
    let library = try Library(path: file)
    #expect(try !library.care.check().isEmpty)
    let report = try library.care.repair()
    #expect(report.done.count == 1 && report.damagedStories.isEmpty, "\(report)")
    #expect(try library.care.check() == [])
    #expect(try found("tide", in: library) == 30)
    #expect(try found("\"on the tide\"", in: library) == 30)
    #expect(try library.search.hits(of: query("tide"), limit: 5).count == 5)
  }

  @Test("a search with a damaged index rebuilds it and succeeds", arguments: [true, false])
  func healing(isReadOnly: Bool) throws {
    try Library(path: file).addPlain(0..<30)
    for index in ["story_search", "story_words"] {
      execute("DELETE FROM \(index)_data WHERE id > 10", in: file)
      let library = try Library(path: file, mode: isReadOnly ? .readOnly : .readWrite)
      #expect(
        try library.search.hits(of: query("tide"), limit: 50).count == 30 || index == "story_words")
      #expect(try found("tide", in: library) == 30)
      #expect(library.takeNotice() != nil)
      #expect(library.takeNotice() == nil)
    }
    #expect(try Library(path: file).care.check() == [])
  }

  @Test("a story is added, replaced and deleted with a damaged index")
  func writing() throws {
    try Library(path: file).addPlain(0..<30)
    for index in ["story_search", "story_words", "author_search"] {
      execute("DELETE FROM \(index)_data WHERE id > 10; DELETE FROM \(index)_idx", in: file)
      let library = try Library(path: file)
      try library.stories.add(
        plainStory(90, address: "https://news.example/\(index)"), original: nil, parserVersion: 1)
      execute("DROP TABLE \(index)_data", in: file)
      let again = try Library(path: file)
      let id = try again.stories.allIDs().last ?? 0
      try again.stories.delete(id)
      #expect(try again.care.check() == [])
    }
  }

  @Test(
    "wrong counters are detected and corrected",
    arguments: [
      "UPDATE counts SET total = 7", "UPDATE counts SET starred = -1", "DELETE FROM counts",
      "UPDATE counts SET started = 9223372036854775807", "UPDATE counts SET deleted = 3",
      "UPDATE sources SET total = 9", "UPDATE sources SET unread = 0",
      "UPDATE sources SET total = total + 1 WHERE id = 2", "UPDATE counts SET is_bulk = 1",
      "UPDATE tag_counts SET total = 9", "DELETE FROM tag_counts", "UPDATE sites SET total = 0",
      "INSERT INTO sources(name, total) VALUES('Nowhere', 4)",
      "INSERT INTO tag_counts VALUES('none', 1, 0)",
    ])
  func counters(_ sql: String) throws {
    let library = try Library(path: file)
    try library.addPlain(0..<9)
    try library.stories.add(fullStory(), original: nil, parserVersion: 1)
    _ = try library.changes.make([(.tag("later"), true), (.starred, true)], of: [1, 2, 10])
    _ = try library.changes.make([(.deleted, true)], of: [3])
    let (counts, sources, tags) = (
      try library.lists.counts(), try library.lists.sources(), try library.lists.tags()
    )
    #expect(try library.care.check() == [])
    execute(sql, in: file)
    #expect(try library.care.check() == ["the counts of stories are not what the stories say"])
    #expect(try library.care.repair().done == ["the stories were counted again"])
    #expect(try library.care.check() == [])
    #expect(try library.lists.counts() == counts)
    #expect(try library.lists.sources() == sources)
    #expect(try library.lists.tags() == tags)
  }

  @Test("stories whose source is lost stay in lists, and own comments are kept")
  func sources() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<3)
    try library.stories.add(fullStory(), original: nil, parserVersion: 1)
    _ = try library.ownComments.write("So", under: "a", author: "me", on: 4)
    let thread = try library.stories.story(4)?.thread
    execute(
      """
      DELETE FROM sources; UPDATE stories SET source = NULL WHERE id = 1;
      DELETE FROM discussions WHERE kind = 'local'
      """, in: file)
    #expect(try !library.care.check().isEmpty)
    _ = try library.care.repair()
    #expect(try library.care.check() == [])
    #expect(try library.lists.headlines(.all, limit: 9).count == 4)
    #expect(try library.lists.sources().map(\.total).reduce(0, +) >= 1)
    #expect(try library.stories.story(4)?.thread == thread)
  }

  @Test("readable rows of a library with damaged pages are recovered, and the damaged file is kept")
  func pages() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<200)
    _ = try library.changes.make([(.starred, true), (.tag("sea"), true)], of: [3, 150])
    try library.stories.add(fullStory(), original: nil, parserVersion: 1)
    _ = try library.ownComments.write("So", under: "a", author: "me", on: 201)
    let thread = try library.stories.story(201)?.thread
    let copy = folder["copy.sqlite"]
    try library.care.backUp(to: Path(copy))
    let whole = try readFile(Path(copy))
    for number in 0..<6 {
      var bytes = whole
      // Of the whole file, but for its first page, which is the schema.
      let start = 4096 + (whole.count - 4096 - 9000) * number / 5
      for index in start..<(start + 9000) { bytes[index] = 0xA5 }
      if number == 5 { bytes.removeLast(bytes.count / 4) }
      let damaged = "damaged\(number).sqlite"
      folder.write(bytes, to: damaged)
      guard let report = try? LibraryRecovery.run(Path(folder[damaged])) else {
        Issue.record("\(number)")
        continue
      }
      #expect(report.stories >= 150, "\(report)")
      #expect(try readFile(report.kept ?? Path("")) == bytes)
      let saved = try Library(path: folder[damaged])
      _ = try saved.care.repair()
      for id in try saved.care.damagedStories() { _ = try saved.care.salvage(id, parserVersion: 1) }
      let problems = try saved.care.check()
      #expect(problems == [], "\(number)")
    }
    // Where nothing can be read, nothing is replaced.
    var bytes = whole
    for index in 100..<bytes.count { bytes[index] = 0xA5 }
    folder.write(bytes, to: "lost.sqlite")
    let lost = Path(folder["lost.sqlite"])
    #expect(throws: StorageError.self) { try LibraryRecovery.run(lost) }
    #expect(try readFile(lost) == bytes)
    #expect(!folder.names.contains { $0.hasPrefix("lost.sqlite.") })
    // Nothing is lost of a library that is whole.
    #expect(try LibraryRecovery.run(Path(copy)).lostRows == 0)
    let saved = try Library(path: copy)
    #expect(
      try saved.lists.counts() == library.lists.counts()
        && saved.lists.tags() == library.lists.tags())
    #expect(try saved.stories.story(201)?.thread == thread && saved.care.check() == [])
  }

  @Test("rows without a story and stories without a row are repaired")
  func orphans() throws {
    try Library(path: file).stories.add(fullStory(), original: nil, parserVersion: 1)
    try Library(path: file).addPlain(0..<4)
    execute(
      """
      PRAGMA foreign_keys = OFF; DROP TRIGGER stories_leaving; DROP TRIGGER readings_deleted;
      DELETE FROM stories WHERE id = 1; DELETE FROM readings WHERE story = 2;
      DELETE FROM bodies WHERE story = 3; INSERT INTO tags VALUES(77, 0, 'lost')
      """, in: file)
    let library = try Library(path: file)
    #expect(try library.care.check().count >= 3)
    let report = try library.care.repair()
    #expect(report.damagedStories == [3])
    #expect(try library.lists.headline(1)?.title == "Story 1")
    #expect(try library.stories.story(1)?.blocks == fullStory().blocks)
    #expect(try library.lists.headline(2)?.title == "Report 0")
    #expect(try library.user.tags(of: 77) == [])
  }

  @Test("a damaged story is restored from its page, or from its text")
  func stories() throws {
    let library = try Library(path: file)
    try library.addPlain(0..<3)
    let page = Original(bytes: Array("page".utf8), name: "page.html")
    let story = plainStory(8, address: "https://news.example/8")
    try library.stories.add(story, original: page, parserVersion: 1)
    execute("UPDATE bodies SET structure = x'0102FF' WHERE story IN (2, 4)", in: file)
    #expect(try library.care.repair().damagedStories == [2, 4])
    #expect(
      try library.stories.reparsed(4, PreparedStory(story, original: page, parserVersion: 1))
        == .updated(4))
    #expect(try library.stories.story(4) == story)
    #expect(try library.care.salvage(2, parserVersion: 1))
    #expect(try library.stories.story(2)?.title == "Report 1")
    #expect(try library.stories.story(2)?.blocks == plainStory(1).blocks)
    #expect(try library.care.damagedStories() == [])
    #expect(try library.care.check() == [])
    // Neither a page nor a text is left.
    _ = try library.changes.make([(.starred, true)], of: [3])
    execute("DELETE FROM bodies WHERE story = 3; DELETE FROM identities WHERE story = 3", in: file)
    #expect(try library.care.repair().damagedStories == [3])
    #expect(try !library.care.salvage(3, parserVersion: 1))
    #expect(
      try library.lists.headline(3)?.title == "Report 2"
        && library.lists.headline(3)?.isStarred == true)
    #expect(try library.care.check() == [])
    // The same page, added again.
    execute("DELETE FROM bodies WHERE story = 4", in: file)
    #expect(try library.stories.add(story, original: page, parserVersion: 1) == .updated(4))
    #expect(try library.care.check() == [])
  }
}
