// A second program on a library, for the tests: it writes until it is killed, holds the lock, or
// tries a library as an ordinary user or on a full disk.

import Files
import Glibc
import Queries
import Storage
import Stories

let arguments = commandLineArguments().map(\.text)

/// Says a line at once: another program waits for it.
func say(_ words: String) {
  let line = Array((words + "\n").utf8)
  _ = line.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
}

/// A story whose every part follows from its number, so that any part missing is seen.
func numbered(_ number: Int) -> Story {
  var story = Story(title: "Story \(number)", address: "https://news.example/\(number)")
  let words = [Phrase("Paragraph of story \(number). "), Phrase("More.", style: .strong)]
  story.blocks = Array(repeating: .paragraph(words), count: 1 + number % 40)
  story.blocks.append(.figure(Figure(caption: [Phrase("Caption \(number)")], credit: "The desk")))
  story.numberFigures()
  story.thread = Thread(
    (0..<(number % 7)).map { index in
      PostedComment(id: "\(index)", author: "reader one", blocks: [.paragraph([Phrase("So")])])
    }, count: number % 7)
  return story
}

func numberedPage(_ number: Int) -> Original {
  Original(bytes: Array(String(repeating: "page \(number) ", count: 2000).utf8), name: "page.html")
}

/// Says each story's number once it is committed, until somebody ends the program.
func write(from start: Int) throws(StorageError) {
  let library = try Library(path: arguments[1])
  for number in start... {
    try library.stories.add(numbered(number), original: numberedPage(number), parserVersion: 1)
    say("\(number)")
  }
}

/// Checks that stories 0..<count are there and whole, and nothing is wrong with the rest.
func verify(count: Int) throws(StorageError) {
  let library = try Library(path: arguments[1])
  let known = Set(try library.stories.allIDs())
  for id in known {
    guard let story = try library.stories.story(id), let number = Int(story.title.dropFirst(6))
    else {
      fatalError("story \(id) is missing")
    }
    guard story == numbered(number), try library.stories.original(of: id) == numberedPage(number)
    else {
      fatalError("story \(number) is not whole")
    }
  }
  guard known.count >= count else { fatalError("\(known.count) of \(count) stories") }
  for problem in try library.care.check() { fatalError(problem) }
}

/// Holds the lock to write for some milliseconds.
func hold(milliseconds: UInt32) throws(StorageError) {
  let library = try Library(path: arguments[1])
  try library.transaction {
    say("held")
    usleep(milliseconds * 1000)
  }
}

/// Reads the library and tries to change it as a user who may do neither to the file nor folder.
func tryAsGuest() throws(StorageError) {
  guard setgid(65_534) == 0, setuid(65_534) == 0 else { exit(77) }
  let library = try Library(path: arguments[1])
  let first = try library.lists.headlines(.all, limit: 1)
  say("\(library.isReadOnly) \(first.first?.title ?? "nothing")")
  if let id = first.first?.id { _ = try library.changes.make([(.starred, true)], of: [id]) }
}

/// Fills a disk of 2 MB, in a name space of its own, until it is full; what was added before has to stay.
func fillDisk() throws(StorageError) {
  guard mount("tmpfs", arguments[1], "tmpfs", 0, "size=2m") == 0 else { exit(77) }
  let file = arguments[1] + "/library.sqlite"
  var count = 0
  do throws(StorageError) {
    let library = try Library(path: file)
    while count < 100_000 {
      try library.stories.add(numbered(count), original: nil, parserVersion: 1)
      count += 1
    }
  } catch {
    say(error.message)
  }
  let library = try Library(path: file)
  say("\(try library.lists.counts().all == count) \(try library.care.check().count)")
}

/// Stars a story and stays, until somebody ends the program.
func star(_ id: StoryID) throws(StorageError) {
  let library = try Library(path: arguments[1])
  _ = try library.changes.make([(.starred, true)], of: [id])
  say("starred")
  while true { pause() }
}

/// What `work` does over and over; `WorkTests` knows what each leaves behind.
enum Work: Int, CaseIterable { case read, replace, undo, discuss, refresh }

/// A story whose text is mostly the same in each version.
func version(_ number: Int) -> Story {
  let text = (0..<60).map { "The tide came in at hour \($0) and left the quay as it was before. " }
  var story = Story(title: "Version \(number)", address: "https://news.example/tides")
  story.blocks = text.map { .paragraph([Phrase($0)]) } + [.paragraph([Phrase("Now \(number)")])]
  return story
}

/// Does one kind of work until somebody ends the program, and says each number once it is stored.
func work(_ kind: Work, from start: Int) throws(StorageError) {
  let library = try Library(path: arguments[1])
  for number in start... {
    switch kind {
    case .read:
      let id = StoryID(1 + number % 5)
      try library.user.opened(id, at: Timestamp(seconds: Int64(number)))
      try library.user.keepPlace(Place(.block(1), offset: number), progress: 0.5, of: id)
      _ = try library.changes.make([(.tag("t\(number)"), true), (.read, false)], of: [id])
    case .replace:
      let page = Original(bytes: Array("page \(number)".utf8))
      try library.stories.add(version(number), original: page, parserVersion: 1)
    case .undo:
      if number.isMultiple(of: 2) {
        _ = try library.changes.undo()
      } else {
        _ = try library.changes.redo()
      }
    case .discuss:
      let posts = (0..<12).map { index in
        PostedComment(
          id: "\(index)", author: "guest", blocks: [.paragraph([Phrase("round \(number)")])])
      }
      try library.discussions.store(posts, of: Discussion(.service, name: "Forum"), on: 1)
    case .refresh: try refresh(library, number)
    }
    say("\(number)")
  }
}

/// Takes the lease to refresh and stays, until somebody ends the program.
func takeLease() throws(StorageError) {
  let library = try Library(path: arguments[1])
  guard try library.fetching.take("refresh", seconds: 600) == nil else { exit(1) }
  say("taken")
  while true { pause() }
}

/// Stores a fetch of a feed of ten entries, one of them new, in several transactions, and indexes some.
func refresh(_ library: Library, _ number: Int) throws(StorageError) {
  let feed = NewSubscription("https://feed.example/rss", feed: FeedFacts(title: "The feed"))
  let subscription = try library.subscriptions.subscribe(feed).id
  let entries = (number..<(number + 10)).reversed().map { item in
    // A fetch in three has another text for each of its entries.
    let text = "Item \(item) tells of the tide at the quay, \(number / 3) times over, in some words"
    var hash = EntryHash()
    hash.add(text)
    return PreparedEntry(
      raw: hash.finish(), guid: "item-\(item)", link: "https://feed.example/\(item)",
      story: Story(
        title: "Item \(item)", address: "https://feed.example/\(item)",
        blocks: [.paragraph([Phrase(text)])]), parserVersion: 1)
  }
  var batch = EntryBatch(entries, of: subscription, isWhole: true)
  while !batch.isDone { try library.entries.store(&batch, limit: 4) }
  var pace = IndexingPace()
  try library.indexing.step(&pace)
}

/// Replaces a story by longer and longer versions on a disk of 2 MB until that is full.
func fillWithRevisions() throws(StorageError) {
  guard mount("tmpfs", arguments[1], "tmpfs", 0, "size=2m") == 0 else { exit(77) }
  let file = arguments[1] + "/library.sqlite"
  var number = 0
  do throws(StorageError) {
    let library = try Library(path: file)
    while number < 1000 {
      var dice = UInt64(number)
      // Bytes that do not pack.
      let bytes = (0..<60_000).map { _ in
        dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: dice >> 33)
      }
      try library.stories.add(version(number), original: Original(bytes: bytes), parserVersion: 1)
      number += 1
    }
  } catch {
    say(error.message)
  }
  let library = try Library(path: file)
  let revisions = try library.stories.revisions(of: 1)
  for revision in revisions { _ = try library.stories.story(revision) }
  let title = try library.stories.story(1)?.title ?? ""
  let isLast = title == "Version \(number - 1)" && revisions.count == min(5, number - 1)
  say("\(isLast) \(number > 2) \(try library.care.check().count)")
}

/// Stores fetches of a feed on a disk of 4 MB until that is full.
func fillWithEntries() throws(StorageError) {
  guard mount("tmpfs", arguments[1], "tmpfs", 0, "size=4m") == 0 else { exit(77) }
  let file = arguments[1] + "/library.sqlite"
  var number = 0
  do throws(StorageError) {
    let library = try Library(path: file)
    while number < 10_000 {
      try refresh(library, number)
      number += 1
    }
  } catch {
    say(error.message)
  }
  let library = try Library(path: file)
  let titles = try library.lists.headlines(.all, limit: 100_000).map(\.title)
  let isWhole =
    Set(titles).count == titles.count && (number + 9...number + 10).contains(titles.count)
  say("\(isWhole) \(number > 5) \(try library.care.check().count)")
}

/// Brings an old library up to date on a disk of some kilobytes, and says what is there after.
func upgradeOnFullDisk(kilobytes: Int) throws(StorageError) {
  guard mount("tmpfs", arguments[1], "tmpfs", 0, "size=\(kilobytes)k") == 0 else { exit(77) }
  let file = Path(arguments[1] + "/library.sqlite")
  do throws(FileError) {
    try writeFile(try readFile(Path(arguments[3])), to: file)
  } catch {
    fatalError(error.reason)
  }
  do throws(StorageError) {
    _ = try Library(path: file)
  } catch {
    say(error.message)
  }
  // Each migration is kept or not by itself.
  for count in 7...Schema.version {
    let migrations = Array(Schema.migrations.prefix(count))
    guard let library = try? Library(path: file, mode: .readOnly, migrations: migrations) else {
      continue
    }
    for id in try library.stories.allIDs() where try library.stories.original(of: id) == nil {
      exit(3)
    }
    say("\(count < Schema.version), \(try library.stories.allIDs().count) stories")
  }
  // With room it goes on where it stopped.
  guard mount("tmpfs", arguments[1], "tmpfs", UInt(MS_REMOUNT), "size=8m") == 0 else { exit(4) }
  let library = try Library(path: file)
  say("\(try library.schemaVersion() == Schema.version) \(try library.care.check().count)")
}

/// Reads a library on a disk that is full, and tries to change and back it up.
func readOnFullDisk() throws(StorageError) {
  guard mount("tmpfs", arguments[1], "tmpfs", 0, "size=4m") == 0 else { exit(77) }
  let file = Path(arguments[1] + "/library.sqlite")
  do throws(FileError) {
    try writeFile(try readFile(Path(arguments[2])), to: file)
  } catch {
    fatalError(error.reason)
  }
  let filler = open(arguments[1] + "/filler", O_WRONLY | O_CREAT, 0o600)
  let zeros = [UInt8](repeating: 0, count: 4096)
  while zeros.withUnsafeBytes({ Glibc.write(filler, $0.baseAddress, $0.count) }) > 0 {}
  for mode in [Library.Mode.readOnly, .readWrite] {
    let library = try Library(path: file, mode: mode)
    say("\(try library.lists.counts().all) \(library.isReadOnly) \(library.refusal.message)")
    do throws(StorageError) { try library.care.backUp(to: Path(arguments[1] + "/backup")) } catch {
      say(error.message)
    }
  }
  do throws(StorageError) {
    _ = try Library.restore(Path(arguments[2]), to: file)
  } catch {
    say(error.message)
  }
}

/// Writes the log back into the library, and is killed before it can take the log away.
func checkpointAndDie() throws(StorageError) {
  let library = try Library(path: arguments[1])
  try library.writeLogBack()
  kill(getpid(), SIGKILL)
}

/// Brings a library up to date until the first stories are done, and is killed there.
func upgrade() throws(StorageError) {
  _ = try Library(path: Path(arguments[1])) { done, total in
    say("\(done) of \(total)")
    kill(getpid(), SIGKILL)
  }
}

do throws(StorageError) {
  switch (arguments.first, arguments.dropFirst(2).first.flatMap { Int($0) }) {
  case ("write", let start?): try write(from: start)
  case ("verify", let count?): try verify(count: count)
  case ("hold", let time?): try hold(milliseconds: UInt32(time))
  case ("guest", _): try tryAsGuest()
  case ("full", _): try fillDisk()
  case ("lease", _): try takeLease()
  case ("star", let id?): try star(StoryID(id))
  case ("restore", _):
    _ = try Library.restore(Path(arguments[2]), to: Path(arguments[1]))
  case ("checkpoint", _): try checkpointAndDie()
  case ("repair", _): _ = try Library(path: arguments[1]).care.repair()
  case ("upgrade", _): try upgrade()
  case ("open", _): _ = try Library(path: arguments[1])
  case ("look", _):
    say("\(try Library(path: Path(arguments[1]), mode: .readOnly).lists.counts().all)")
  case ("read-full", _): try readOnFullDisk()
  case ("full-entries", _): try fillWithEntries()
  case ("full-revisions", _): try fillWithRevisions()
  case ("full-upgrade", let size?): try upgradeOnFullDisk(kilobytes: size)
  case ("work", let start?):
    guard let kind = Work(rawValue: start % 10) else { exit(2) }
    try work(kind, from: start / 10)
  default: exit(2)
  }
} catch {
  say("error: \(error.message)")
  exit(1)
}
