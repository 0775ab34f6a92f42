import Queries
import Storage
import Stories

/// Measures the library in processor time, after filling it with generated stories.
struct LibraryBench {
  let path: String

  /// Fills the library up to `count` stories of about `words` words, and measures it.
  func run(count: Int, words: Int) throws(StorageError) {
    try fill(count: count, words: words)
    try measure("open, counts, first window of 50", times: 50) { () throws(StorageError) in
      let library = try Library(path: path)
      _ = try library.lists.counts()
      _ = try library.lists.headlines(.all, limit: 50)
    }
    let library = try Library(path: path)
    try lists(library)
    try searches(library)
    try filters(library)
    try longStory(library)
  }

  private func fill(count: Int, words: Int) throws(StorageError) {
    let library = try Library(path: path)
    let before = try library.lists.counts().all
    let start = now()
    var filler = LibraryFiller()
    try filler.fill(library, count: count, words: words)
    let added = count - before
    guard added > 0 else { return }
    let rate = Double(added) / (now() - start)
    print("added \(added) stories: \(Int(rate)) per second")
  }

  private func lists(_ library: Library) throws(StorageError) {
    for shelf in [Shelf.all, .unread, .starred] {
      var cursor: Cursor?
      try measure("\(shelf): next window of 50", times: 200) { () throws(StorageError) in
        cursor = try library.lists.headlines(shelf, after: cursor, limit: 50).last?.cursor
      }
    }
    guard let row = try library.lists.headlines(.all, limit: 1).first else { return }
    var progress = 0.0
    try measure("store a reading position", times: 200) { () throws(StorageError) in
      progress += 0.001
      try library.user.keepPlace(Place(.block(1)), progress: progress, of: row.id)
    }
    let all = try library.stories.allIDs()
    _ = try library.changes.make([(.read, false)], of: all)
    for (name, isRead) in [("read", true), ("unread", false)] {
      try measure("mark \(all.count) stories \(name)", times: 1) { () throws(StorageError) in
        _ = try library.changes.make([(.read, isRead)], of: all)
      }
    }
    try measure("a story of usual length", times: 200) { () throws(StorageError) in
      _ = try library.stories.story(row.id)
    }
  }

  private func searches(_ library: Library) throws(StorageError) {
    // The most common words of the filler, and prefixes of them.
    for words in ["karo ", "karo roro", "\"karo roro\"", "roro -karo ", "kar", "ka", "k", "none "] {
      var hits = 0
      try measure("search \(words)", times: 5) { () throws(StorageError) in
        hits = try library.search.hits(
          of: ParsedQuery(words, now: 0, isTyping: true).query, limit: 50
        ).count
      }
      print("  \(hits) hits")
    }
  }

  /// A keystroke of a filter: the plan and the first window, in each order.
  private func filters(_ library: Library) throws(StorageError) {
    for typed in [
      "k", "ka", "kar", "karo", "karo ro", "unread karo", "-karo", "source:site",
      "source:\"site 7\"",
      "words>2000", "author:staff", "karo or unread", "none",
    ] {
      for order in [Order.date, .length, .source] {
        try measure("filter \(typed), by \(order)", times: 9) { () throws(StorageError) in
          let query = ParsedQuery(typed, now: 0, isTyping: true).query
          _ = try library.lists.headlines(
            of: library.lists.plan(Listing(query, order: order)), limit: 100)
        }
      }
    }
  }

  private func longStory(_ library: Library) throws(StorageError) {
    var filler = LibraryFiller()
    var story = filler.story(0, words: 100)
    story.address = nil
    while story.blocks.count < 14_000 { story.blocks += filler.story(0, words: 3000).blocks }
    var id: StoryID = 0
    try measure("add a long story", times: 1) { () throws(StorageError) in
      id = try library.stories.add(story, original: nil, parserVersion: 1).id
    }
    var size = 0
    try measure("load a long story", times: 9) { () throws(StorageError) in
      size = try library.stories.story(id)?.blocks.count ?? 0
    }
    print("  \(size) blocks")
    try library.stories.delete(id)
  }

  private func measure(
    _ name: String, times: Int, _ body: () throws(StorageError) -> Void
  ) throws(StorageError) {
    var figures: [Double] = []
    for _ in 0..<times {
      let start = milliseconds()
      try body()
      figures.append(milliseconds() - start)
    }
    figures.sort()
    let (middle, worst) = (figures[times / 2], figures[times - 1])
    print("\(name): \(rounded(middle)) ms (worst \(rounded(worst)))")
  }

  private func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }

  private func milliseconds() -> Double { processorSeconds() * 1000 }
}
