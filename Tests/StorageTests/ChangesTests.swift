import Files
import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct ChangesTests {
  let folder = TemporaryFolder()
  let library: Library

  init() throws {
    library = try Library(path: folder.library)
    try library.addPlain(0..<20)
  }

  private func ids(_ shelf: Shelf) throws -> [StoryID] {
    try library.lists.headlines(shelf, limit: 100).map(\.id).sorted()
  }

  /// The user's data of all stories, for comparison.
  private func state(_ library: Library) throws -> [String] {
    try (StoryID(1)...20).map { id in
      guard let row = try library.lists.headline(id) else { return "deleted" }
      let tags = try library.user.tags(of: id).sorted()
      return "\(row.isRead) \(row.isStarred) \(tags)"
    }
  }

  @Test("a change affects only stories without that state, and is undone and redone")
  func undo() throws {
    try library.user.opened(3, at: Timestamp(seconds: 1))
    let change = try library.changes.make([(.read, true)], of: [1, 2, 3, 99])
    #expect(change == Change(steps: [.init(.read, true, [1, 2])]))
    #expect(try library.changes.make([(.read, true)], of: [1, 2, 3]).steps == [])
    #expect(try library.changes.undo() == change)
    #expect(
      try library.lists.headline(1)?.isRead == false && library.lists.headline(3)?.isRead == true)
    #expect(try library.changes.undo() == nil)
    #expect(try library.changes.redo() == change)
    #expect(try library.lists.headline(2)?.isRead == true)
    #expect(try library.changes.redo() == nil)
  }

  @Test("a new change clears the redo history")
  func branch() throws {
    _ = try library.changes.make([(.starred, true)], of: [1])
    _ = try library.changes.undo()
    _ = try library.changes.make([(.starred, true)], of: [2])
    #expect(try library.changes.redo() == nil)
    #expect(try ids(.starred) == [2])
  }

  @Test("undo leaves stories that were changed since")
  func changedSince() throws {
    _ = try library.changes.make([(.read, true)], of: [1, 2])
    // Another program that still runs, whose changes are its own.
    let other = try Library(path: folder.library)
    _ = try other.changes.make([(.read, false)], of: [1])
    #expect(try library.changes.undo() == Change(steps: [.init(.read, true, [2])]))
    _ = try library.changes.make([(.starred, true)], of: [5])
    try library.stories.delete(5)
    #expect(try library.changes.undo() == Change(steps: [], obstacle: .purged))
  }

  @Test("redo does what undo took back and no more")
  func exactRedo() throws {
    // What an import brings back, undo cannot: so redo must not delete it again.
    _ = try library.changes.make([(.deleted, true)], of: [1])
    let page = try #require(try library.stories.story(2))
    _ = try library.changes.make([(.deleted, true)], of: [2])
    #expect(try library.stories.add(page, original: nil, parserVersion: 1) == .restored(2))
    #expect(try library.changes.undo() == Change(steps: [], obstacle: .restored))
    #expect(try library.changes.redo() == nil && ids(.all).contains(2))
    // The change before it is the next to undo.
    let first = Change(steps: [.init(.deleted, true, [1])])
    #expect(try library.changes.undo() == first && library.changes.redo() == first)
    #expect(try library.changes.undo() == first)

    // Of several stories only those that undo restored.
    _ = try library.changes.make([(.deleted, true)], of: [2, 3])
    try library.stories.add(page, original: nil, parserVersion: 1)
    let rest = Change(steps: [.init(.deleted, true, [3])])
    #expect(try library.changes.undo() == rest && library.changes.redo() == rest)
    #expect(try ids(.all).contains(2) && !ids(.all).contains(3))
    #expect(try library.changes.undo() == rest)
  }

  @Test("undo and redo say why they cannot, and keep the order of several marks")
  func obstacles() throws {
    let tags = try library.changes.make([(.tag("foo"), true), (.tag("bar"), true)], of: [1])
    #expect(try library.changes.undo() == tags && library.changes.redo() == tags)
    _ = try library.changes.make([(.deleted, true)], of: [4])
    try library.changes.purge()
    #expect(try library.changes.undo()?.obstacle == .purged)
    _ = try library.changes.make([(.starred, true)], of: [6])
    let other = try Library(path: folder.library)
    _ = try other.changes.make([(.deleted, true)], of: [6])
    #expect(try library.changes.undo()?.obstacle == .deleted)
    #expect(try other.changes.undo() != nil)
    // Redo in its turn: the star that another program has set since is its own.
    _ = try library.changes.make([(.starred, true)], of: [7])
    #expect(try library.changes.undo() != nil)
    _ = try other.changes.make([(.starred, true)], of: [7])
    #expect(try library.changes.redo()?.obstacle == .changed)
    #expect(try library.changes.undo() == tags && ids(.starred).contains(7))
  }

  @Test("a deleted story is in no list, and is restored completely")
  func delete() throws {
    _ = try library.changes.make([(.starred, true), (.tag("sea"), true)], of: [4])
    _ = try library.changes.make([(.deleted, true)], of: [4, 5])
    #expect(try library.lists.counts().all == 18 && library.lists.counts().deleted == 2)
    #expect(try !ids(.all).contains(4) && ids(.starred) == [] && library.lists.tags() == [])
    #expect(try library.search.hits(of: query("report"), limit: 50).count == 18)
    #expect(try library.lists.headline(4) == nil && library.user.reading(of: 4) == nil)
    #expect(try library.changes.make([(.starred, false)], of: [4]).steps == [])
    #expect(throws: StorageError.noStory(4)) {
      try library.user.opened(4, at: Timestamp(seconds: 1))
    }
    #expect(try library.lists.headlines(.deleted, limit: 9).map(\.id) == [5, 4])
    #expect(try library.care.check() == [])
    _ = try library.changes.undo()
    #expect(try ids(.starred) == [4] && library.user.tags(of: 4) == ["sea"])
    #expect(try library.lists.headlines(.deleted, limit: 9) == [])
  }

  @Test("adding a page again restores its deleted story")
  func addAgain() throws {
    _ = try library.changes.make([(.deleted, true)], of: [7])
    #expect(try library.stories.add(plainStory(6), original: nil, parserVersion: 1) == .restored(7))
    #expect(try library.lists.headline(7) != nil)
  }

  @Test("deleted stories are purged after 30 days, or on request")
  func purge() throws {
    _ = try library.changes.make([(.deleted, true)], of: [1], now: 1_000_000)
    _ = try library.changes.make([(.deleted, true)], of: [2], now: 3_000_000)
    #expect(try library.lists.counts().deleted == 2)
    _ = try library.changes.make([(.read, true)], of: [3], now: 1_000_000 + 31 * 86_400)
    #expect(try library.lists.counts().deleted == 1 && library.stories.story(1) == nil)
    #expect(try library.changes.purge() == 1)
    #expect(try library.stories.story(2) == nil)
    for _ in 0..<3 { _ = try library.changes.undo() }
    #expect(try library.lists.counts().all == 18)
    #expect(try library.care.check() == [])
  }

  @Test("tags ignore case, and keep their first spelling")
  func tags() throws {
    _ = try library.changes.make([(.tag("Long reads"), true)], of: [1, 2])
    #expect(try library.changes.make([(.tag("long READS"), true)], of: [2]).steps == [])
    _ = try library.changes.make([(.tag("long reads"), false), (.tag("sea"), true)], of: [1])
    #expect(try library.user.tags(of: 1) == ["sea"] && library.user.tags(of: 2) == ["Long reads"])
    _ = try library.changes.undo()
    #expect(try library.user.tags(of: 1) == ["long reads"])
  }

  @Test("random changes are all undone one by one in another session, and redone")
  func many() throws {
    let states = try changeAtRandom()
    try takeBack(states)
    let later = try Library(path: folder.library)
    for expected in states.dropFirst() {
      #expect(try later.changes.redo(now: 1_000) != nil)
      #expect(try state(later) == expected)
    }
    #expect(try later.changes.redo() == nil)
    let problems = try later.care.check()
    #expect(problems == [])
  }

  /// The states after each of many changes in a session of its own.
  private func changeAtRandom() throws -> [[String]] {
    let library = try Library(path: folder.library)
    var dice = Dice(state: 3)
    var states = [try state(library)]
    for _ in 0..<60 {
      let marks: [Mark] = [.read, .starred, .deleted, .tag("a"), .tag("b")]
      let stories = (StoryID(1)...20).filter { _ in Int.random(in: 0..<4, using: &dice) == 0 }
      let change = try library.changes.make(
        [
          (marks.randomElement(using: &dice) ?? .read, Bool.random(using: &dice)),
          (marks.randomElement(using: &dice) ?? .read, Bool.random(using: &dice)),
        ], of: stories, now: 1_000)
      if !change.steps.isEmpty { states.append(try state(library)) }
    }
    return states
  }

  private func takeBack(_ states: [[String]]) throws {
    let library = try Library(path: folder.library)
    for expected in states.dropLast().reversed() {
      #expect(try library.changes.undo(now: 1_000) != nil)
      #expect(try state(library) == expected)
    }
    #expect(try library.changes.undo() == nil)
  }

  @Test("opening a story is logged once, and skipped by undo")
  func opening() throws {
    let star = try library.changes.make([(.starred, true)], of: [1], now: 50)
    _ = try library.changes.undo()
    for time in [60, 70] as [Int64] { try library.user.opened(2, at: Timestamp(seconds: time)) }
    #expect(try library.changes.redo() == star)
    let opened = Change(steps: [.init(.opened, true, [2])])
    #expect(try library.changes.logged().map(\.change) == [star, opened])
    #expect(try library.changes.logged().map(\.made) == [50, 60])
    let first = try #require(try library.changes.logged().first)
    #expect(try library.changes.logged(after: first.id).map(\.change) == [opened])
    #expect(try library.changes.undo() == star)
    #expect(try library.changes.undo() == nil && !library.changes.othersHaveChanges())
    #expect(try library.lists.headline(2)?.isRead == true)
    #expect(try library.changes.logged().map(\.change) == [opened])
  }

  @Test("many opened stories do not use up the undo history of 500 changes")
  func manyOpened() throws {
    let star = try library.changes.make([(.starred, true)], of: [1])
    for _ in 0..<30 {
      for id in StoryID(1)...20 { try library.user.opened(id, at: Timestamp(seconds: 1)) }
      execute("UPDATE readings SET is_read = 0", in: folder.library.text)
    }
    #expect(try library.changes.logged().count == 601)
    #expect(try library.changes.undo() == star)
  }

  @Test("the log is bounded")
  func bound() throws {
    for step in 0..<520 { _ = try library.changes.make([(.read, step.isMultiple(of: 2))], of: [1]) }
    var count = 0
    while try library.changes.undo() != nil { count += 1 }
    #expect(count == 500)
  }

  @Test("a change of a read-only library is refused")
  func readOnly() throws {
    let library = try Library(path: folder.library, mode: .readOnly)
    #expect(throws: StorageError.self) { try library.changes.make([(.read, true)], of: [1]) }
    #expect(throws: StorageError.self) { try library.changes.undo() }
    #expect(throws: StorageError.self) {
      try library.lists.save(SavedSearch(name: "a", filter: "b"))
    }
  }

  @Test("searches are kept, renamed and deleted by name")
  func searches() throws {
    try library.lists.save(SavedSearch(name: "Sea", filter: "tag:sea"))
    try library.lists.save(SavedSearch(name: "Long", filter: "words>2000"))
    try library.lists.save(SavedSearch(name: "sea", filter: "tag:sea unread"))
    #expect(try library.lists.savedSearches().map(\.name) == ["Sea", "Long"])
    #expect(try library.lists.savedSearches().first?.filter == "tag:sea unread")
    #expect(try !library.lists.renameSearch("Long", to: "SEA"))
    #expect(try library.lists.renameSearch("long", to: "Long reads"))
    #expect(try !library.lists.renameSearch("none", to: "x"))
    #expect(try library.lists.deleteSearch("sea") && !library.lists.deleteSearch("sea"))
    #expect(
      try library.lists.savedSearches() == [SavedSearch(name: "Long reads", filter: "words>2000")])
  }
}
