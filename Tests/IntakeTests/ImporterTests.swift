import Dispatch
import Files
import Glibc
import Intake
import Parsing
import Storage
import Stories
import Threads
import TestSupport
import Testing

/// A parser whose story is the page's text, so that these tests stand apart from the real one.
@Sendable func plainParser(_ page: Page) throws(PageError) -> ParsedPage {
  let text = String(decoding: page.bytes, as: UTF8.self)
  guard !text.hasPrefix("bad") else { throw .noStory("nothing in it") }
  let story = Story(title: page.name ?? "input", blocks: [.paragraph([Phrase(text)])])
  return ParsedPage(story: story, report: Report())
}

@Suite struct ImporterTests {
  let folder = TemporaryFolder()
  var libraryPath: Path { Path(folder["library.sqlite"]) }

  private func importer(
    version: Int = 1, _ cancellation: Cancellation = Cancellation(),
    parser: @escaping Importer.Parser = plainParser
  ) -> Importer {
    Importer(library: libraryPath, cancellation: cancellation, version: version, parser: parser)
  }

  private func write(_ count: Int, into name: String = "pages") -> Path {
    for number in 0..<count {
      let digits = String(number)
      let padded = String(repeating: "0", count: 4 - digits.count) + digits
      folder.write("text \(number)", to: "\(name)/page\(padded).txt")
    }
    return Path(folder[name])
  }

  @Test("a folder's pages come into the library in the order of their names")
  func order() throws {
    let pages = write(200)
    var last: Importer.Progress?
    var steps = 0
    let summary = try importer().importPaths([pages]) { progress in
      #expect(progress.done >= last?.done ?? 0 && progress.total == 200)
      last = progress
      steps += 1
    }
    #expect(summary.new == (1...200).map { StoryID($0) } && summary.failed.isEmpty)
    #expect(last?.done == 200 && last?.total == 200 && last?.changed == 200)
    #expect(steps > 1)
    let library = try Library(path: libraryPath)
    #expect(try library.lists.headline(150)?.title == "page0149.txt")
    #expect(try library.lists.headline(150)?.source == "pages")
    #expect(try library.stories.original(of: 150)?.bytes == Array("text 149".utf8))
    #expect(try importer().importPaths([pages]).same.count == 200)
    #expect(try library.care.check() == [])
  }

  @Test("what is bad is told with its file's name, and the rest goes on")
  func badFiles() throws {
    let good = folder.write("good", to: "good.txt")
    let empty = folder.write("", to: "empty.txt")
    let bad = folder.write("bad", to: "bad.txt")
    let noPages = folder.makeFolder("none")
    symlink(good, folder["link.txt"])
    mkfifo(folder["pipe"], 0o600)
    let paths = [folder["missing"], empty, bad, noPages, folder["link.txt"], folder["pipe"], good]
    let summary = try importer().importPaths(paths.map { Path($0) } + ["/dev/zero"])
    #expect(summary.new.count == 1)
    let words = summary.failed.map(\.message).joined(separator: "\n")
    for expected in [
      "missing: there is no such file", "empty.txt: the file is empty", "bad.txt: nothing in it",
      "none: there are no pages in this folder", "link.txt: it is a symbolic link",
      "pipe: it is a named pipe, not a file", "/dev/zero: it is a device, not a file",
    ] {
      #expect(words.contains(expected))
    }
    #expect(summary.failed.count == 7)
  }

  @Test("a file of 100 MB is refused before it is read")
  func largeFile() throws {
    let path = folder.write("", to: "large.html")
    truncate(path, 100 << 20)
    let error = #expect(throws: IntakeError.self) { try readPage(Path(path)) }
    #expect(error == .file(.tooLarge(Path(path), limit: 64 << 20)))
    #expect(error?.message == "\(path): it is larger than 64 MB")
  }

  @Test("file names may hold anything")
  func oddNames() throws {
    let name = Path(bytes: Array("a\u{1B}[2J\nb".utf8) + [0xFF, 0xFE] + Array(".txt".utf8))
    let pages = Path(folder.makeFolder("odd"))
    try writeFile(Array("fine".utf8), to: pages.appending(name))
    let summary = try importer().importPaths([pages])
    #expect(summary.new.count == 1)
    try writeFile(Array("bad".utf8), to: pages.appending(name))
    let failure = try #require(try importer().importPaths([pages]).failed.first)
    #expect(!failure.message.utf8.contains { $0 < 32 })
  }

  @Test("pages are parsed on several threads, and a slow one keeps its place")
  func parallel() throws {
    let names = Monitor<Set<UInt>>([])
    let pages = write(40)
    let summary = try importer { page throws(PageError) in
      names.change { _ = $0.insert(UInt(pthread_self())) }
      usleep(page.name == "page0000.txt" ? 60_000 : 2000)
      return try plainParser(page)
    }.importPaths([pages])
    #expect(summary.new.count == 40)
    #expect(names.read(\.count) == min(40, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    #expect(try Library(path: libraryPath).lists.headline(1)?.title == "page0000.txt")
  }

  @Test("an import that is ended leaves whole stories and says so")
  func cancel() throws {
    let cancellation = Cancellation()
    let pages = write(400)
    let summary = try importer(cancellation) { page throws(PageError) in
      usleep(1000)
      return try plainParser(page)
    }.importPaths([pages]) { if $0.done > 20 { cancellation.cancel() } }
    #expect(summary.isCancelled && summary.new.count > 20 && summary.new.count < 400)
    let library = try Library(path: libraryPath)
    #expect(try library.lists.counts().all == summary.new.count)
    #expect(try library.care.check() == [])
  }

  @Test("a reader's own changes go through during an import")
  func readerMeanwhile() throws {
    let pages = write(300)
    let reader = try Library(path: libraryPath)
    try reader.stories.add(Story(title: "open"), original: nil, parserVersion: 1)
    let importer = importer()
    let added = Monitor<Int?>(nil)
    // A thread of its own: the pool of tasks may be busy with other tests.
    DispatchQueue(label: "import").async {
      let summary = try? importer.importPaths([pages])
      added.change { $0 = summary?.new.count ?? 0 }
    }
    var changes = 0
    while added.read({ $0 }) == nil {
      try reader.user.keepPlace(Place(.block(changes)), progress: 0.1, of: 1)
      changes += 1
    }
    #expect(added.read { $0 } == 300)
    #expect(changes > 1)
    #expect(try reader.lists.counts().all == 301)
  }

  @Test("a library that cannot be opened is an error, not a summary")
  func badLibrary() throws {
    folder.write("no database", to: "library.sqlite")
    let error = StorageError.notALibrary(libraryPath.shown, what: "another kind of file")
    #expect(throws: error) { try importer().importPaths([]) }
    let missing = Importer(library: Path(folder["none.sqlite"]))
    #expect(throws: StorageError.missing(folder["none.sqlite"])) { try missing.reparse() }
  }
}
