internal import Files
internal import Parsing
package import Storage
internal import Threads

extension Importer {
  /// Which stories are read again.
  package enum Wanted: Sendable, Hashable {
    /// Those that an older parser made.
    case older
    /// All of which a page is stored.
    case all
    case these([StoryID])
  }

  /// Parses the stored pages of stories again; stories that come out equal stay untouched.
  ///
  /// What the user did to a story stays; the reading position is found again by its words. Where a
  /// page gives no story any more, the stored story stays and counts as made by this parser. Each
  /// story is replaced whole or not at all, so that a cancelled call loses nothing: the next one
  /// goes on with the rest. `progress` is called on this thread.
  package func reparse(
    _ wanted: Wanted = .older, progress: (Progress) -> Void = { _ in }
  ) throws(StorageError) -> Summary {
    let library = try Library(path: library, createIfMissing: false)
    guard !library.isReadOnly else { throw library.refusal }
    let ids =
      switch wanted {
      case .older: try library.stories.parsed(before: version)
      case .all: try library.stories.parsed(before: .max)
      case .these(let ids): ids
      }
    let work = OrderedWork(count: ids.count) { [self] index in prepareAgain(ids[index]) }
    defer { work.finish() }
    var summary = Summary()
    write(work, count: ids.count, to: library, &summary, progress) {
      (index, story) throws(StorageError) in
      try library.stories.reparsed(ids[index], story)
    } withoutStory: { (index) throws(StorageError) in
      try library.stories.markParsed(ids[index], parserVersion: version)
    }
    if case .these = wanted { return summary }
    // Nobody has asked for those that another program has taken out since they were listed.
    summary.failed.removeAll { if case .library(.noStory) = $0 { true } else { false } }
    return summary
  }

  private func prepareAgain(_ id: StoryID) -> Outcome {
    guard !cancellation.isCancelled else { return .failure(.cancelled) }
    do throws(StorageError) {
      // A connection belongs to one thread; opening one costs less than parsing the smallest page.
      let library = try Library(path: library, mode: .readOnly, createIfMissing: false)
      // A deleted story may be brought back, and is then to be as good as the others.
      var known = try library.lists.headline(id)
      if known == nil { known = try library.lists.deletedHeadline(id) }
      guard let headline = known else { throw .noStory(id) }
      guard let original = try library.stories.original(of: id) else {
        return .failure(.noOriginal(id))
      }
      let name = Path(original.name ?? "story \(id)")
      do throws(IntakeError) {
        return .success(try prepare(Page(original), name: name, source: headline.source))
      } catch {
        return .failure(error)
      }
    } catch {
      return .failure(.library(error))
    }
  }
}
