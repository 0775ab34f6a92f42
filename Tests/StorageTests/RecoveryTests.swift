import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// What a repair saves of a library of which some pages are damaged.
@Suite struct RecoveryTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  private func page(_ number: Int) -> Original {
    Original(bytes: Array("page \(number) ".utf8), name: "\(number).html")
  }

  private func address(_ number: Int) -> String { "https://news.example/\(number)" }

  private func text(_ number: Int) -> String {
    "Report \(number) " + (0..<60).map { "word\($0)of\(number) " }.joined()
  }

  private func discussed(_ number: Int) -> Story {
    var story = plainStory(number, address: address(number), text: text(number))
    story.thread = Thread(
      (0..<3).map { index in
        PostedComment(
          id: "\(index)", author: "reader one",
          blocks: [.paragraph([Phrase("Comment \(index) of \(number)")])])
      }, count: 3)
    return story
  }

  /// A library with user data of each kind, whose log is written back.
  private func make(_ count: Int = 40) throws {
    let library = try Library(path: file)
    for number in 1...count {
      try library.stories.add(discussed(number), original: page(number), parserVersion: 1)
    }
    let ids = (1...StoryID(count)).map { $0 }
    _ = try library.changes.make([(.starred, true)], of: [2, 5])
    for id in ids.prefix(12) {
      _ = try library.ownComments.write("Mine on \(id)", under: "0", author: "me", on: id)
      _ = try library.changes.make([(.tag("tag\(id)"), true), (.tag("all"), true)], of: [id])
      let name = "abcdefghijkl".map(String.init)[Int(id) - 1]
      try library.user.setPlaceMark(PlaceMark(name: name, story: id, place: nil))
    }
  }

  /// All that the user has done, as rows.
  private func userData() throws -> [[String]] {
    let library = try Library(path: file, mode: .readOnly)
    return try library.stories.allIDs().map { id in
      let own = try library.stories.story(id)?.thread.comments.filter { $0.marks.contains(.own) }
      let headline = try library.lists.headline(id)
      return [
        "\(try library.user.tags(of: id))", "\(headline?.isStarred == true)",
        "\(own?.count ?? -1)", "\(headline?.title ?? "")",
      ]
    } + [try library.user.placeMarks().map { "\($0)" }.sorted()]
  }

  @Test(
    "no row is lost where only an index is damaged",
    arguments: [
      "own_comments_story", "discussions_story", "place_marks_story", "tags_tag", "drafts_story",
      "revisions_story", "stories_words", "readings_all", "identities_address",
      "sqlite_autoindex_sources_1",
    ])
  func index(_ name: String) throws {
    try make()
    let before = try userData()
    try damage(name)
    let report = try LibraryRecovery.run(Path(file))
    #expect(report.lost.isEmpty, "\(report.lost)")
    let library = try Library(path: file)
    #expect(try library.care.repair().done == [])
    #expect(try library.care.check() == [])
    #expect(try userData() == before)
  }

  @Test("tags and place marks are taken from their index where the table is damaged")
  func fromIndex() throws {
    try make()
    let before = try userData()
    try damage("tags", "place_marks")
    let report = try LibraryRecovery.run(Path(file))
    #expect(report.lost["tags"] == nil)
    #expect(try Library(path: file).care.check() == [])
    #expect(try userData() == before)
  }

  @Test("stars and what was read are taken from the indexes where the readings are damaged")
  func readings() throws {
    try make()
    _ = try Library(path: file).changes.make([(.read, true)], of: [4, 5, 9])
    let before = try userData()
    try damage("readings")
    _ = try LibraryRecovery.run(Path(file))
    let library = try Library(path: file)
    _ = try library.care.repair()
    #expect(try library.care.check() == [])
    #expect(try userData() == before)
    #expect(try library.lists.counts() == Counts(all: 40, unread: 37, starred: 2))
  }

  @Test(
    "what is lost is named by its kind",
    arguments: [
      ("own_comments", "up to 12 own comments"), ("searches", "1 saved search or more"),
      ("readings", "up to 40 stories' marks and places"),
    ])
  func kinds(_ table: String, _ words: String) throws {
    try make()
    try damage(table)
    #expect(try LibraryRecovery.run(Path(file)).lostKinds == [words])
    _ = try Library(path: file).care.repair()
    #expect(try Library(path: file).care.check() == [])
  }

  @Test(
    "a story is known again after its identity was lost, by damage or by a statement",
    arguments: [true, false])
  func identities(isDamage: Bool) throws {
    try make()
    if isDamage {
      try damage("identities")
      _ = try LibraryRecovery.run(Path(file))
    } else {
      execute("DELETE FROM identities", in: file)
    }
    let library = try Library(path: file)
    #expect(try library.care.check().contains { $0.contains("40 stories are not known again") })
    #expect(try library.care.repair().done.contains { $0.contains("40 stories are known again") })
    #expect(try library.care.check() == [])
    // As the same page, as another page of the same story, and at its address.
    for number in [1, 7] {
      let added = try library.stories.add(
        discussed(number), original: page(number), parserVersion: 1)
      #expect(added == .same(StoryID(number)))
    }
    let other = Original(bytes: Array("another page".utf8))
    #expect(
      try library.stories.add(discussed(9), original: other, parserVersion: 1).id == 9)
    #expect(try library.stories.id(at: address(11)) == 11)
    #expect(try library.lists.counts().all == 40)
  }

  @Test(
    "the number of comments is compared with the rows and corrected",
    arguments: [
      "UPDATE stories SET comments = 77 WHERE id = 3",
      "UPDATE stories SET comments = 0 WHERE id = 3",
      "DELETE FROM own_comments WHERE story = 3",
      "UPDATE own_comments SET is_shown = 0 WHERE story = 3 AND 0; UPDATE stories SET comments = -1",
    ])
  func comments(_ sql: String) throws {
    try make()
    let library = try Library(path: file)
    #expect(try library.care.check() == [])
    execute(sql, in: file)
    #expect(try library.care.check().contains { $0.contains("number of comments") })
    _ = try library.care.repair()
    #expect(try library.care.check() == [])
    let own = try numbers("SELECT count(*) FROM own_comments WHERE story = 3")[0]
    #expect(try numbers("SELECT comments FROM stories WHERE id = 3") == [3 + own])
  }

  @Test(
    "comments that are lost come back from the page, and their number is right",
    arguments: ["discussions", "comments", "stories"])
  func lostComments(_ table: String) throws {
    try make()
    try damage(table)
    _ = try LibraryRecovery.run(Path(file))
    let library = try Library(path: file)
    let report = try library.care.repair()
    for id in report.damagedStories {
      try library.stories.reparsed(
        id, PreparedStory(discussed(Int(id)), original: page(Int(id)), parserVersion: 1))
    }
    #expect(try library.care.check() == [])
    #expect(
      try numbers("SELECT count(*) FROM stories WHERE comments <> 3 + (id <= 12)") == [0])
    #expect(try library.lists.headline(20)?.title == "Report 20")
    #expect(try library.stories.story(3)?.thread.comments.count == 4)
    #expect(try library.care.repair().damagedStories == [])
  }

  @Test("what is lost of a story does not keep the rest from being repaired")
  func partsOfStory() throws {
    try make()
    execute(
      """
      PRAGMA foreign_keys = OFF; DROP TRIGGER stories_leaving; DROP TRIGGER readings_deleted;
      DELETE FROM stories WHERE id = 3;
      DELETE FROM bodies WHERE story = 3; DELETE FROM readings WHERE story = 3;
      UPDATE stories SET source = NULL WHERE id = 4; DELETE FROM readings WHERE story = 4
      """, in: file)
    let library = try Library(path: file)
    _ = try library.care.repair()
    #expect(try library.care.check() == [])
    #expect(try library.lists.counts().all == 39)
    #expect(try library.lists.tags().contains { $0.name == "all" && $0.total == 11 })
  }

  @Test("a library of an older version is recovered", arguments: [2, 4, 6, 7])
  func older(_ version: Int) throws {
    try unpackLibrary(version, to: Path(file))
    let count = try numbers("SELECT count(*) FROM stories")[0]
    execute("PRAGMA journal_mode = DELETE", in: file)
    try damage("identities")
    // Opening it says so, with the advice that works.
    guard
      case .damaged? = #expect(throws: StorageError.self, performing: { try Library(path: file) })
    else {
      Issue.record("not found to be damaged")
      return
    }
    let report = try LibraryRecovery.run(Path(file))
    #expect(report.stories == count)
    let library = try Library(path: file)
    _ = try library.care.repair()
    #expect(try library.care.check() == [])
    #expect(
      try library.lists.headlines(.all, limit: 9).allSatisfy { !$0.title.hasPrefix("Story ") })
    #expect(folder.names.allSatisfy { !$0.contains("recovering") && !$0.contains("version") })
  }

  @Test(
    "comments whose discussion is read as another story's come back, and own comments stay",
    arguments: [true, false])
  func strayDiscussions(isRecovered: Bool) throws {
    try make()
    let before = try userData()
    execute(
      "PRAGMA foreign_keys = OFF; UPDATE discussions SET story = 999 WHERE story IN (3, 20)",
      in: file)
    if isRecovered { _ = try LibraryRecovery.run(Path(file)) }
    let library = try Library(path: file)
    for id in try library.care.repair().damagedStories {
      try library.stories.reparsed(
        id, PreparedStory(discussed(Int(id)), original: page(Int(id)), parserVersion: 1))
    }
    #expect(try library.care.check() == [])
    #expect(try userData() == before)
    guard isRecovered else { return }
    #expect(try library.stories.story(20)?.thread.comments.count == 3)
  }

  @Test("a recovery ends, whatever a page of a table is overwritten with")
  func ends() throws {
    try make(60)
    let whole = try readFile(Path(file))
    let leaves = try numbers("SELECT pageno FROM dbstat WHERE name = 'readings'")
    for seed in 0..<15 {
      var bytes = whole
      var dice = Dice(state: UInt64(seed + 1))
      let page = leaves[seed % leaves.count]
      for index in ((page - 1) * 4096 + 4096 * (seed % 3) / 2 / 2)..<(page * 4096) {
        bytes[index] = UInt8(dice.below(256))
      }
      // A leaf that says to be a page above others, which lead back to it.
      if seed.isMultiple(of: 5) {
        let root = try pages(of: ["readings"])[0]
        bytes.replaceSubrange(
          (page - 1) * 4096..<page * 4096, with: whole[(root - 1) * 4096..<root * 4096])
      }
      folder.write(bytes, to: "library.sqlite")
      for ending in ["-wal", "-shm"] { unlink(file + ending) }
      let report = try LibraryRecovery.run(Path(file))
      #expect(report.stories == 60, "\(seed): \(report)")
      let library = try Library(path: file)
      _ = try library.care.repair()
      #expect(try library.care.check() == [], "\(seed)")
      for name in folder.names where name.contains("damaged") { unlink(folder[name]) }
    }
  }

  @Test("what a repair that was killed has left is removed by the next one")
  func leftovers() throws {
    try make(3)
    for ending in ["", "-wal", "-shm", "-journal"] {
      folder.write("left", to: "library.sqlite.recovering" + ending)
    }
    LibraryRecovery.removeLeftovers(of: Path(file))
    #expect(!folder.names.contains { $0.contains("recovering") })
    #expect(try Library(path: file).lists.counts().all == 3)
  }
}
