import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

extension TemporaryFolder {
  var library: Path { Path(self["library.sqlite"]) }
}

/// A story with a part of every kind.
func fullStory(address: String? = "https://news.example/harbour") -> Story {
  let words = "The harbour of Westhaven opened again on Monday after nine weeks of work on its "
  var story = Story(
    title: "Harbour opens", standfirst: "Nine weeks of work", byline: ["Staff reporter"],
    dateline: "WESTHAVEN", published: Timestamp(year: 2024, month: 5, day: 16, precision: .day),
    updated: Timestamp(seconds: 1_715_900_000, offset: -90), site: "The Westhaven Post",
    language: "en", address: address, section: "Local", tags: ["harbour", "ships"], isCut: false)
  let linked = Phrase("quay wall", style: [.emphasis, .strong], link: "https://news.example/wall")
  story.blocks = [
    .paragraph([Phrase(words), linked, Phrase(", said the harbour office in a short note.")]),
    .heading(level: 2, [Phrase("What was mended")]),
    .list(
      .init(start: 3, items: [[.paragraph([Phrase("One")]), .list(.init(items: [[.rule]]))], []])),
    .quote([.paragraph([Phrase("We are glad")]), .quote([.pullQuote([Phrase("very")])])]),
    .code("let a = 1\n\n", language: "swift"), .code("", language: nil),
    .table(
      Table(
        caption: [Phrase("Ships")],
        rows: [[.init([Phrase("Name")], isHeader: true, columns: 2), .init([])], []])),
    .figure(
      Figure(
        kind: .chart, caption: [Phrase("Cranes at the pier")], credit: "The night desk",
        alt: "cranes", image: "https://news.example/1.jpg")),
    .embed(Embed(kind: .post, provider: "Mastodon", text: [Phrase("A post")])),
    .footnote(label: "1", [Phrase("A note")]), .rule, .paragraph([]),
    .paragraph([Phrase("Łódź, naïve café, 日本語 and \u{1F6A2}; all in one line of several words.")]),
    .figure(Figure(kind: .photo, caption: [])),
  ]
  story.numberFigures()
  story.authorCard = AuthorCard(
    name: "Staff reporter", text: "Writes on ships", isPlaceholder: true)
  story.thread = Thread(
    [
      PostedComment(
        id: "a", author: "reader one", time: Timestamp(seconds: 5, offset: nil),
        blocks: [.paragraph([Phrase("Kittiwakes returned too")]), .figure(Figure(credit: "me"))],
        marks: .originalPoster),
      PostedComment(id: "b", parent: "a", author: "reader two", blocks: []),
      PostedComment(id: "c", author: "", blocks: [.rule], marks: [.deleted]),
    ], count: 12, state: .elsewhere("Disqus"))
  return story
}

/// The query of a filter that is still being typed.
func query(_ typed: String) -> Query { ParsedQuery(typed, now: 0, isTyping: true).query }

/// A story of one paragraph.
func plainStory(_ number: Int, address: String? = nil, text: String? = nil) -> Story {
  let text = text ?? "Report number \(number) " + String(repeating: "on the tide ", count: 20)
  return Story(
    title: "Report \(number)", published: Timestamp(seconds: Int64(1_600_000_000 + number)),
    address: address, blocks: [.paragraph([Phrase(text)])])
}

extension Library {
  func addPlain(_ numbers: Range<Int>) throws(StorageError) {
    try transaction { () throws(StorageError) in
      for number in numbers { try stories.add(plainStory(number), original: nil, parserVersion: 1) }
    }
  }
}

extension Library {
  /// Sets the user's data of a story, by the operations that the program uses.
  func apply(_ reading: Reading, to id: StoryID) throws(StorageError) {
    let before = try user.tags(of: id)
    if let opened = reading.opened { try user.opened(id, at: opened) }
    if let place = reading.place { try user.keepPlace(place, progress: reading.progress, of: id) }
    if reading.place == nil, reading.progress > 0 {
      try user.keepPlace(Place(.head), progress: reading.progress, of: id)
    }
    _ = try changes.make(
      [(.read, reading.isRead), (.starred, reading.isStarred)]
        + before.filter { !reading.tags.contains($0) }.map { (.tag($0), false) }
        + reading.tags.map { (.tag($0), true) }, of: [id])
  }
}

extension Library {
  func star(_ id: StoryID, _ isStarred: Bool) throws(StorageError) {
    _ = try changes.make([(.starred, isStarred)], of: [id])
  }
}

/// Another program that uses a library, with its output.
final class Probe {
  private(set) var process: pid_t = 0
  private let output: Int32

  /// Starts the probe, by way of another program if one is named.
  init(by starter: [String] = [], _ arguments: String...) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let command = starter + [productsFolder() + "/storage-probe"] + arguments
    var words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let code = posix_spawnp(&process, command[0], &actions, nil, &words, environ)
    close(ends[1])
    try #require(code == 0, "the probe does not start")
  }

  deinit { close(output) }

  /// Waits for its first output.
  func waitForWords() {
    var byte: UInt8 = 0
    _ = read(output, &byte, 1)
  }

  func kill() { _ = Glibc.kill(process, SIGKILL) }

  /// All its output and its exit status, which is 128 + the signal that ended it, to distinguish a crash
  /// from a refusal and from a kill.
  func finish() throws -> (words: String, status: Int32) {
    let bytes = try readBytes(from: output, name: "probe")
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return (
      String(decoding: bytes, as: UTF8.self),
      status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    )
  }
}
