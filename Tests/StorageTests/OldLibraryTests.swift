import Files
import Glibc
import Queries
import Stories
import TestSupport
import Testing

@testable import Storage

/// A library of each released version, made by the code of that version (`Libraries/README.md`).
struct OldLibrary: Sendable, CustomTestStringConvertible {
  var version: Int
  /// The size of the file in bytes, uncompressed.
  var size: Int
  /// BLAKE2b with 256 bits of the compressed file (`b2sum -l 256`).
  var hash: String

  var testDescription: String { "version \(version)" }

  static let all = [
    OldLibrary(
      version: 1, size: 110_592,
      hash: "999fd373f2017d08253e4aae6b4f4fdfbd6eece86f352fa68fed0580587155db"),
    OldLibrary(
      version: 2, size: 176_128,
      hash: "b37e4197f0a5cfa610443a2420f2f000f83979e76821d58f8d793a2c9204da7b"),
    OldLibrary(
      version: 3, size: 184_320,
      hash: "ba3db298de997a5621e0285edfc6f1ede458c0ab8e188a7bf4970257a18c5d7c"),
    OldLibrary(
      version: 4, size: 192_512,
      hash: "cd10aa55d9ff0a79f7526a8913f94e686bad10b33b1bd56f35e707e2a4d9fd6c"),
    OldLibrary(
      version: 5, size: 192_512,
      hash: "741138eed7d38c5725ed915c619e4d30d3b8026717c6b227cb1d38bdb286ae97"),
    OldLibrary(
      version: 6, size: 225_280,
      hash: "340a9962ae6d29567f2efea5e712edbcf526b66232ead348e799d7e75bf13dd0"),
    OldLibrary(
      version: 7, size: 258_048,
      hash: "82cdbf113d1e991d1f0113d73bad1a8d9d9fd3355f0d2885323a32b27a4af40f"),
    OldLibrary(
      version: 11, size: 307_200,
      hash: "3d26f2fc948c3bb133d0a2dedc303c28b28e9a83cec2d9c9d406bd499fb5fc4e"),
  ]
}

/// Unpacks the library of an old version to a path.
func unpackLibrary(_ version: Int, to path: Path, filePath: String = #filePath) throws {
  let known = try #require(OldLibrary.all.first { $0.version == version })
  let file = Path(filePath).folder.appending(Path("Libraries/version-\(version).sqlite.zst"))
  let packed: [UInt8] = try Files.readFile(file)
  let hex = Hash.of(packed).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  try #require(hex == known.hash, "the library of version \(version) is not what was released")
  let bytes = try #require(Packed.unpack(packed, size: known.size))
  try Files.writeFile(bytes, to: path)
}

@Suite struct OldLibraryTests {
  let folder = TemporaryFolder()

  @Test("a library of every released version is brought up to date with all that is in it")
  func every() {
    // Versions 8 to 10 were never released.
    #expect(OldLibrary.all.map(\.version) == Array(1...7) + [11])
    #expect(Schema.version == 12, "a released version needs its library in Libraries")
  }

  @Test("stories, user data and search are what they were", arguments: OldLibrary.all)
  func migrate(_ old: OldLibrary) throws {
    try unpackLibrary(old.version, to: folder.library)
    let library = try Library(path: folder.library)
    #expect(try library.schemaVersion() == Schema.version && library.care.check() == [])
    try checkStories(library, old.version)
    try checkReadings(library, old.version)
    try checkLists(library, old.version)
    try checkComments(library, old.version)
    try checkNewest(library, old.version)
    // What came before can be undone, updated and read again.
    if old.version >= 2 { #expect(try library.changes.undo() != nil) }
    let ferry = try #require(try library.stories.story(1))
    var page = ferry
    page.thread = Thread()
    page.title = "Ferry sails every hour"
    #expect(try library.stories.add(page, original: nil, parserVersion: 1) == .updated(1))
    #expect(try library.stories.revisions(of: 1).map(\.title) == ["Ferry sails again"])
    #expect(try library.care.check() == [])
    let copy = folder.library.adding(suffix: ".version-\(old.version)")
    #expect(try Hash.of(readFile(copy)).count == 32)
    #expect(throws: StorageError.outdated(copy.shown)) { try Library(path: copy, mode: .readOnly) }
  }

  private func checkStories(_ library: Library, _ version: Int) throws {
    #expect(try library.stories.allIDs() == [1, 2, 3, 4, 5])
    let ferry = try #require(try library.stories.story(1))
    #expect(ferry.title == "Ferry sails again" && ferry.byline == ["Staff reporter"])
    #expect(ferry.figures.map(\.credit) == ["The night desk"] && ferry.blocks.count == 4)
    #expect(ferry.thread.comments.prefix(2).map(\.id) == ["a", "b"])
    // The page says 5.
    let own = ferry.thread.comments.count { $0.marks.contains(.own) }
    #expect(ferry.thread.count == 5 + own)
    #expect(ferry.thread.comments[1].parent == 0 && ferry.thread.state == .open)
    #expect(try library.stories.story(2)?.isCut == true)
    #expect(try library.stories.story(3)?.title == "港の朝")
    let page = try #require(try library.stories.original(of: 4))
    #expect(String(decoding: page.bytes, as: UTF8.self).contains("<h1>Notes on tide tables</h1>"))
    #expect(try library.stories.id(at: "http://www.post.example/ferry?utm_source=x") == 1)
    for (word, id) in [("kittiwakes", 1), ("größere", 2), ("baecker", 0), ("springs", 4)] {
      let hits = try library.search.hits(of: query(word), limit: 9).map(\.headline.id)
      #expect(hits == (id == 0 ? [] : [StoryID(id)]), "\(word)")
    }
  }

  private func checkReadings(_ library: Library, _ version: Int) throws {
    #expect(
      try library.user.reading(of: 1)
        == Reading(
          isRead: true, isStarred: true, tags: ["Sea", "to keep"],
          place: Place(.block(2), offset: 12, words: "crossing had been left"), progress: 0.5,
          opened: Timestamp(seconds: 1_700_300_000, precision: .minute, offset: 60)))
    let second = try #require(try library.user.reading(of: 2))
    #expect(!second.isRead && second.tags == ["sea"] && second.progress == 0.1)
    #expect(try library.lists.headline(3)?.isRead == true)
    let fourth = try #require(try library.user.reading(of: 4))
    #expect(fourth.isStarred == (version >= 2) && fourth.tags == (version >= 2 ? ["later"] : []))
    #expect(try (library.lists.headline(5) == nil) == (version >= 2))
    let marks = try library.user.placeMarks()
    #expect(marks.map(\.name) == (version >= 4 ? ["h"] : []))
    if version >= 4 { #expect(marks.first?.place?.part == .comment("b")) }
  }

  private func checkLists(_ library: Library, _ version: Int) throws {
    let isDeleted = version >= 2
    #expect(try library.lists.counts().all == (isDeleted ? 4 : 5))
    #expect(try library.lists.counts().deleted == (isDeleted ? 1 : 0))
    let sources = try library.lists.sources()
    #expect(sources.map(\.name) == ["saved pages", "Talbote", "The Westhaven Post", "港新聞"])
    #expect(sources.map(\.total) == [1, 1, isDeleted ? 1 : 2, 1])
    #expect(sources.map(\.unread) == [1, 1, isDeleted ? 0 : 1, 0])
    let row = try #require(try library.lists.headline(1))
    #expect(try library.lists.source(row.sourceID)?.name == row.source)
    let listing = Listing(query("source:\"the westhaven post\""), order: .source)
    let rows = try library.lists.headlines(of: library.lists.plan(listing), limit: 9)
    #expect(rows.map(\.id) == (isDeleted ? [1] : [1, 5]))
    #expect(try library.lists.savedSearches().map(\.name) == (isDeleted ? ["By the sea"] : []))
  }

  private func checkComments(_ library: Library, _ version: Int) throws {
    let comments = try #require(try library.stories.story(1)).thread.comments
    #expect(comments.count == (version >= 6 ? 4 : 2))
    #expect(
      try library.discussions.all(of: 1).map(\.kind) == (version >= 6 ? [.page, .local] : [.page]))
    guard version >= 6 else { return }
    #expect(comments[2].marks == .own && comments[2].parent == 1 && comments[3].parent == 2)
    #expect(
      try library.ownComments.typedText(of: comments[2].id, on: 1) == "I took the *first* ferry.")
    #expect(try library.ownComments.drafts().map(\.text) == ["The oven is"])
    #expect(try library.lists.headline(1)?.comments == 7)
  }

  /// What came with versions 8 to 12.
  private func checkNewest(_ library: Library, _ version: Int) throws {
    let hasThem = version >= 11
    #expect(try library.discussions.all(of: 2).map(\.name) == (hasThem ? ["Forum"] : []))
    #expect(
      try library.search.hits(of: query("bakers"), limit: 9).map(\.headline.id)
        == (hasThem ? [2] : []))
    #expect(try library.stories.revisions(of: 3).map(\.title) == (hasThem ? ["港の朝"] : []))
    #expect(try library.subscriptions.all() == [] && library.folders.tree() == [])
    #expect(try library.indexing.waitingCount() == 0)
    // Saved pages of a site share their source with its feed.
    let feed = NewSubscription(
      "https://post.example/feed", feed: FeedFacts(title: "the westhaven post"))
    let id = try library.subscriptions.subscribe(feed).id
    let row = try library.lists.headline(1)
    #expect(try library.subscriptions.subscription(id)?.source == row?.sourceID)
  }

  @Test("a library of a newer version is refused and not changed")
  func newer() throws {
    do { _ = try Library(path: folder.library) }
    execute("PRAGMA user_version = \(Schema.version + 1)", in: folder.library.text)
    execute("PRAGMA wal_checkpoint(TRUNCATE)", in: folder.library.text)
    let before = try readFile(folder.library)
    for mode in [Library.Mode.readWrite, .readOnly] {
      #expect(
        throws: StorageError.newer(
          folder.library.shown, version: Schema.version + 1, ours: Schema.version)
      ) { try Library(path: folder.library, mode: mode) }
    }
    #expect(try readFile(folder.library) == before)
  }

  @Test("a migration killed at any moment leaves the old library or the new one, complete")
  func killed() throws {
    var dice = Dice(state: 9)
    for round in 0..<42 {
      let version = OldLibrary.all[round % OldLibrary.all.count].version
      let path = Path(folder["killed-\(round).sqlite"])
      try unpackLibrary(version, to: path)
      let probe = try Probe("open", path.text)
      usleep(UInt32(dice.below(60_000)))
      probe.kill()
      _ = try probe.finish()
      let library = try Library(path: path)
      #expect(try library.schemaVersion() == Schema.version && library.care.check() == [])
      try checkReadings(library, version)
      try checkComments(library, version)
    }
  }

  @Test(
    "a full disk during a migration leaves the old library, which is migrated once there is space",
    .enabled(if: canMount, "mounting a small file system needs root in a mount namespace"),
    arguments: [300, 560, 620, 650])
  func fullDisk(kilobytes: Int) throws {
    let kept = Path(folder["version-7.sqlite"])
    try unpackLibrary(7, to: kept)
    let disk = Path(folder["disk"])
    try makeFolder(disk)
    let (words, status) = try Probe(
      by: ["unshare", "-m"], "full-upgrade", disk.text, "\(kilobytes)", kept.text
    ).finish()
    #expect(status == 0 && words.contains("the disk is full"), "\(words)")
    #expect(words.hasSuffix("\ntrue, 5 stories\ntrue 0\n"), "\(words)")
    #expect(words.split(separator: "\n").count == 3, "\(words)")
  }
}
