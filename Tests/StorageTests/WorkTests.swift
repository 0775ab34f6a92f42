import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// Programs that are killed while they write, or that write concurrently.
@Suite(.serialized) struct WorkTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  /// The kinds of work of the probe.
  enum Work: Int, CaseIterable { case read, replace, undo, discuss, refresh }

  @Test(
    "work killed at any moment is done completely or not at all",
    arguments: Work.allCases)
  func killed(_ work: Work) throws {
    let library = try Library(path: folder.library)
    try library.addPlain(0..<5)
    if work == .undo {
      // By a session that has ended, whose changes are anybody's to undo.
      let ended = try Library(path: folder.library)
      for number in 0..<2 {
        try ended.stories.add(tides(number), original: nil, parserVersion: 1)
      }
    }
    var dice = Dice(state: UInt64(work.rawValue))
    var next = 0
    for _ in 0..<50 {
      let probe = try Probe("work", file, "\(next * 10 + work.rawValue)")
      if dice.below(8) > 0 { probe.waitForWords() }
      usleep(UInt32(dice.below(30_000)))
      probe.kill()
      let (words, _) = try probe.finish()
      #expect(!words.contains("error"), "\(words)")
      let told = words.split(separator: "\n", omittingEmptySubsequences: false).dropLast().count
      try check(library, work, from: next, told: told)
      next += told + 1
    }
    #expect(next > 60)
    #expect(try library.care.check() == [])
  }

  private func tides(_ number: Int) -> Story {
    let text = (0..<60).map {
      "The tide came in at hour \($0) and left the quay as it was before. "
    }
    return Story(
      title: "Version \(number)", address: "https://news.example/tides",
      blocks: text.map { .paragraph([Phrase($0)]) })
  }

  /// Reported work is stored; at most one more piece was done, and completely.
  private func check(_ library: Library, _ work: Work, from start: Int, told: Int) throws {
    let known = start..<(start + told)
    switch work {
    case .read:
      for number in known {
        let reading = try #require(try library.user.reading(of: StoryID(1 + number % 5)))
        #expect(reading.tags.contains("t\(number)") && reading.progress == 0.5)
        #expect(
          (reading.place?.offset ?? -1) >= number && (reading.opened?.seconds ?? -1) >= number)
      }
    case .replace, .undo:
      let id = StoryID(6)
      guard let story = try library.stories.story(id) else { return #expect(told == 0) }
      let number = try #require(Int(story.title.dropFirst(8)))
      if work == .undo {
        #expect(number < 2)
      } else if told > 0 {
        #expect(number >= known.upperBound - 1)
      }
      let revisions = try library.stories.revisions(of: id)
      #expect(revisions.count <= 5)
      for revision in revisions {
        #expect(
          try library.stories.story(revision)?.title == revision.title
            && revision.title != story.title)
      }
      #expect(try library.lists.counts().all == 6)
    case .discuss:
      let comments = try #require(try library.stories.story(1)).thread.comments
      #expect(comments.isEmpty && told == 0 || comments.count == 12)
      #expect(Set(comments.map(\.blocks)).count <= 1)
      #expect(try library.lists.headline(1)?.comments == comments.count)
    case .refresh:
      let titles = try library.lists.headlines(.all, limit: 10_000).map(\.title)
      #expect(Set(titles).count == titles.count, "an entry became two stories")
      for item in start..<(start + told + 9) where told > 0 {
        #expect(titles.contains("Item \(item)"))
      }
      #expect(try library.care.check() == [])
    }
  }

  @Test("two programs that change one story concurrently lose no changes")
  func together() throws {
    let library = try Library(path: folder.library)
    try library.addPlain(0..<5)
    let probes = try [Work.replace, .read, .discuss, .refresh].map { work in
      try Probe("work", file, "\(work.rawValue)")
    }
    for probe in probes { probe.waitForWords() }
    var given: [String] = []
    for round in 0..<60 {
      let change = try library.changes.make([(.tag("mine \(round)"), true)], of: [1])
      #expect(change.stories == [1])
      given.append("mine \(round)")
      try library.user.keepPlace(Place(.block(0), offset: round), progress: 0.1, of: 2)
      if round.isMultiple(of: 7) { try library.user.opened(3, at: Timestamp(seconds: 1)) }
    }
    for probe in probes { probe.kill() }
    for probe in probes { #expect(try !probe.finish().words.contains("error")) }
    let tags = Set(try library.user.tags(of: 1))
    #expect(given.allSatisfy(tags.contains))
    #expect(try library.stories.story(1)?.thread.comments.count == 12)
    #expect(try library.care.check() == [])
  }

  @Test("two programs that refresh one feed concurrently store each entry once")
  func refreshTogether() throws {
    let library = try Library(path: folder.library)
    let probes = try (0..<2).map { _ in try Probe("work", file, "\(Work.refresh.rawValue)") }
    for probe in probes { probe.waitForWords() }
    usleep(700_000)
    for probe in probes { probe.kill() }
    for probe in probes { #expect(try !probe.finish().words.contains("error")) }
    let titles = try library.lists.headlines(.all, limit: 10_000).map(\.title)
    #expect(titles.count > 10 && Set(titles).count == titles.count)
    #expect(try library.care.check() == [])
  }

  @Test(
    "a full disk during a refresh stops with a message, and what was stored is complete",
    .enabled(if: canMount, "mounting a small file system needs root in a mount namespace"))
  func fullDiskOfEntries() throws {
    let (words, status) = try Probe(by: ["unshare", "-m"], "full-entries", folder.path, "0")
      .finish()
    #expect(status == 0 && words == "\(StorageError.diskFull(file).message)\ntrue true 0\n")
  }

  @Test(
    "a full disk while revisions are stored stops with a message and does no harm",
    .enabled(if: canMount, "mounting a small file system needs root in a mount namespace"))
  func fullDisk() throws {
    let (words, status) = try Probe(by: ["unshare", "-m"], "full-revisions", folder.path, "0")
      .finish()
    #expect(status == 0 && words == "\(StorageError.diskFull(file).message)\ntrue true 0\n")
  }
}
