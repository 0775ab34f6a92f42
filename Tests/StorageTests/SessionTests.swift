import Files
import Storage
import Stories
import TestSupport
import Testing

/// Undo where several programs change one library.
@Suite(.serialized) struct SessionTests {
  let folder = TemporaryFolder()

  init() throws { try Library(path: folder.library).addPlain(0..<5) }

  private func open() throws -> Library { try Library(path: folder.library) }

  private func star(_ library: Library, _ id: StoryID) throws -> Change {
    try library.changes.make([(.starred, true)], of: [id])
  }

  @Test("each of two programs undoes and redoes only its own changes")
  func each() throws {
    let (one, other) = (try open(), try open())
    let first = try star(one, 1)
    let second = try star(other, 2)
    #expect(try one.changes.undo() == first)
    #expect(try one.changes.undo() == nil)
    #expect(try one.changes.othersHaveChanges() && !other.changes.othersHaveChanges())
    // A change of the other does not forget what can be done again here.
    let third = try star(other, 3)
    #expect(try one.changes.redo() == first)
    #expect(try one.changes.redo() == nil)
    #expect(try other.changes.undo() == third && other.changes.undo() == second)
    #expect(try other.changes.undo() == nil)
    #expect(
      try one.lists.headline(1)?.isStarred == true && one.lists.headline(2)?.isStarred == false)
    #expect(try one.care.check() == [])
  }

  @Test(
    "changes of sessions that have ended are undone by the next one, the latest first")
  func ended() throws {
    let one = try open()
    func starAndEnd(_ id: StoryID) throws -> Change { try star(open(), id) }
    let changes = [try starAndEnd(1), try star(one, 2), try starAndEnd(3)]
    for change in changes.reversed() { #expect(try one.changes.undo() == change) }
    #expect(try one.changes.undo() == nil)
    for change in changes { #expect(try one.changes.redo() == change) }
  }

  @Test("changes of a program are undone by others once it was killed, and not while it runs")
  func killed() throws {
    let library = try open()
    let probe = try Probe("star", folder.library.shown, "4")
    probe.waitForWords()
    #expect(try library.lists.headline(4)?.isStarred == true)
    #expect(try library.changes.undo() == nil && library.changes.othersHaveChanges())
    probe.kill()
    _ = try probe.finish()
    #expect(try !library.changes.othersHaveChanges())
    #expect(try library.changes.undo()?.stories == [4])
    #expect(try library.changes.redo()?.stories == [4])
  }
}
