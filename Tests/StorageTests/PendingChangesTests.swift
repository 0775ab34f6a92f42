import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// Changes while another program holds the lock to write.
@Suite(.serialized) struct PendingChangesTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  private func makeLibrary() throws -> Library {
    let library = try Library(path: file)
    try library.addPlain(0..<5)
    library.changes.enableDeferral()
    return library
  }

  private func hold(_ milliseconds: Int) throws -> Probe {
    let holder = try Probe("hold", file, String(milliseconds))
    holder.waitForWords()
    return holder
  }

  @Test("changes are shown immediately and applied in order when the lock is free")
  func wait() throws {
    let library = try makeLibrary()
    let holder = try hold(20_000)
    let start = ContinuousClock.now
    let change = try library.changes.make([(.starred, true)], of: [1, 2])
    #expect(change.steps == [Change.Step(.starred, true, [1, 2])])
    _ = try library.changes.make([(.starred, false)], of: [2])
    _ = try library.changes.make([(.tag("later"), true), (.read, true)], of: [3])
    #expect(try library.changes.make([(.read, true)], of: [3]).steps == [])
    try library.user.setPlaceMark(PlaceMark(name: "a", story: 4, place: nil))
    // Only the first change waits for the lock, for 200 ms.
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(library.takeNotice()?.contains("Another program") == true)
    #expect(try library.lists.headline(1)?.isStarred == true)
    #expect(try library.lists.headline(2)?.isStarred == false)
    #expect(try library.lists.headlines(.all, limit: 9).filter(\.isRead).map(\.id) == [3])
    #expect(try library.user.tags(of: 3) == ["later"])
    #expect(try library.user.reading(of: 3)?.isRead == true)
    #expect(library.changes.pendingCount > 0 && !library.changes.applyPending())
    #expect(try Library(path: file, mode: .readOnly).lists.counts().starred == 0)
    holder.kill()
    _ = try holder.finish()
    #expect(library.changes.applyPending() && library.changes.pendingCount == 0)
    let other = try Library(path: file)
    #expect(try other.lists.counts() == Counts(all: 5, unread: 4, starred: 1))
    #expect(try other.user.tags(of: 3) == ["later"])
    #expect(try other.user.placeMark("a")?.story == 4)
    #expect(try other.care.check() == [])
  }

  @Test("a comment is written when the lock is free, and its text is in a file until then")
  func comments() throws {
    let library = try makeLibrary()
    let store = library.ownComments
    let first = try store.draft(on: 1, under: nil)
    let second = try store.draft(on: 2, under: nil)
    #expect(try !store.finishWhenUnlocked(first, text: "Free", author: "me"))
    let holder = try hold(20_000)
    for (draft, text) in [(first, "A reply"), (second, "Another")] {
      #expect(try store.finishWhenUnlocked(draft, text: text, author: "me"))
      #expect(try readFile(store.draftFile(draft.id), limit: 99) == Array(text.utf8))
    }
    #expect(library.takeNotice()?.contains("Another program") == true)
    holder.kill()
    _ = try holder.finish()
    // Another program deletes one of the stories before the comment is written.
    try Library(path: file).stories.delete(2)
    #expect(library.changes.applyPending() && library.changes.pendingCount == 0)
    let notice = library.takeNotice() ?? ""
    #expect(notice.contains("deleted") && notice.contains(store.draftPlace(second.id)))
    #expect(try readFile(store.draftFile(second.id), limit: 99) == Array("Another".utf8))
    #expect(try library.stories.story(1)?.thread.comments.map(\.author) == ["me"])
    #expect(try store.drafts() == [])
    #expect(throws: FileError.self) { try fileKind(store.draftFile(first.id)) }
    // It is undone like any other.
    #expect(try library.changes.undo() != nil)
    #expect(try library.stories.story(1)?.thread.comments.isEmpty == true)
    #expect(try library.care.check() == [])
  }

  @Test("a story opened while the lock is held is read and keeps its place, then and later")
  func opening() throws {
    let library = try makeLibrary()
    let holder = try hold(20_000)
    let place = Place(.block(0), offset: 3)
    try library.user.opened(1, at: Timestamp(seconds: 5))
    for offset in 0...3 {
      #expect(try library.user.keepPlace(Place(.block(0), offset: offset), progress: 0.5, of: 1))
    }
    // The latest place in a story replaces the one before it.
    #expect(library.changes.pendingCount == 2)
    #expect(try library.lists.headline(1)?.isRead == true)
    #expect(
      try library.user.reading(of: 1)?.isRead == true && library.user.reading(of: 1)?.place == place
    )
    #expect(try library.user.reading(of: 1)?.progress == 0.5)
    #expect(throws: StorageError.locked(file)) { try library.changes.undo() }
    #expect(library.changes.pendingCount == 2)
    _ = try library.changes.make([(.read, false)], of: [1])
    #expect(try library.lists.headline(1)?.isRead == false)
    holder.kill()
    _ = try holder.finish()
    #expect(library.changes.applyPending() && library.changes.pendingCount == 0)
    let reading = try #require(try Library(path: file).user.reading(of: 1))
    #expect(!reading.isRead && reading.place == place && reading.progress == 0.5)
    #expect(reading.opened == Timestamp(seconds: 5))
  }

  @Test("undo removes a pending change")
  func undo() throws {
    let library = try makeLibrary()
    let holder = try hold(20_000)
    _ = try library.changes.make([(.starred, true)], of: [1])
    #expect(try library.changes.undo()?.steps == [Change.Step(.starred, true, [1])])
    #expect(try library.lists.headline(1)?.isStarred == false && library.changes.pendingCount == 0)
    holder.kill()
    _ = try holder.finish()
    #expect(try library.changes.make([(.starred, true)], of: [2]).steps.count == 1)
    #expect(try Library(path: file).lists.counts().starred == 1)
  }

  @Test("a pending change of a story that was deleted meanwhile does not block the others")
  func gone() throws {
    let library = try makeLibrary()
    let holder = try hold(400)
    try library.user.setPlaceMark(PlaceMark(name: "a", story: 1, place: nil))
    _ = try library.changes.make([(.starred, true)], of: [2])
    _ = try holder.finish()
    try Library(path: file).stories.delete(1)
    #expect(library.changes.applyPending(timeout: 1000))
    #expect(try library.lists.counts().starred == 1)
  }

  @Test("two programs that write concurrently lose no changes")
  func two() throws {
    let library = try makeLibrary()
    let writer = try Probe("write", file, "0")
    writer.waitForWords()
    for round in 0..<100 {
      _ = try library.changes.make([(.starred, round.isMultiple(of: 2))], of: [1])
      _ = try library.changes.make([(.tag("t\(round)"), true)], of: [2])
    }
    writer.kill()
    _ = try writer.finish()
    #expect(library.changes.applyPending(timeout: 5000))
    #expect(try library.user.tags(of: 2).count == 100)
    #expect(try library.lists.headline(1)?.isStarred == false)
    #expect(try library.care.check() == [])
  }
}
