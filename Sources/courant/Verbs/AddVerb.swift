import Files
import Glibc
import Parsing
import Stories
import Storage

/// `courant add`: pages and folders of pages into the library, without opening them.
struct AddVerb {
  var invocation: Invocation
  var paths: [Path]
  var facts: Invocation.Facts

  /// `false` if some page gave no story; each is a line on standard error.
  func run() throws(Failure) -> Bool {
    let library = try LibraryAccess(invocation).open()
    let counter = Counter("Importing")
    let summary = try Importer(facts: facts).run(paths, into: library) {
      counter.show($0, of: $1)
    }
    counter.clear()
    for problem in summary.problems { Output.complain(problem) }
    try Output.write(summary.words + "\n")
    return summary.problems.isEmpty
  }
}

/// `courant reparse`: kept pages read again by the parser of this version.
struct ReparseVerb {
  var invocation: Invocation
  var names: [String]

  func run() throws(Failure) -> Bool {
    let library = try LibraryAccess(invocation).open()
    let ids = try self.ids(in: library)
    let counter = Counter("Reading again")
    var problems: [String] = []
    var better = 0
    for (index, id) in ids.enumerated() {
      do throws(Failure) {
        if try reparse(id, in: library) { better += 1 }
      } catch {
        problems.append("story \(id): \(error.message)")
      }
      counter.show(index + 1, of: ids.count)
    }
    counter.clear()
    for problem in problems { Output.complain(problem) }
    try Output.write("\(ids.count) read again, \(better) changed\n")
    return problems.isEmpty
  }

  private func ids(in library: Library) throws(Failure) -> [StoryID] {
    guard names.isEmpty else {
      var ids: [StoryID] = []
      for name in names { ids.append(try library.find(name)) }
      return ids
    }
    return try library.ask { library throws(StorageError) in
      try library.stories(parsedBefore: parserVersion)
    }
  }

  /// Whether the story is another one now.
  private func reparse(_ id: StoryID, in library: Library) throws(Failure) -> Bool {
    let kept = try library.ask { library throws(StorageError) in try library.original(id) }
    guard let original = kept else { throw Failure("the page it came from was not kept") }
    let page = Page(
      bytes: original.bytes, address: original.address, charset: original.charset,
      name: original.name, format: original.format.flatMap(Page.Format.init))
    let parsed: ParsedPage
    do throws(PageError) {
      parsed = try parsePage(page)
    } catch {
      throw Failure(error.words)
    }
    let story = PreparedStory(parsed.story, original: nil, parserVersion: parserVersion)
    let change = try library.ask { library throws(StorageError) in
      try library.reparsed(id, story)
    }
    if case .updated = change { return true }
    return false
  }
}

/// A count that grows in place on a terminal, and is silent elsewhere.
final class Counter {
  private let words: String
  private let isShown = isatty(2) == 1
  private var last = -1

  init(_ words: String) { self.words = words }

  func show(_ done: Int, of total: Int) {
    // Hundredths are enough for the eye, and cost little however many pages there are.
    guard isShown, total > 1, done * 100 / total != last else { return }
    last = done * 100 / total
    put("\r\u{1B}[K\(words) \(done) of \(total)")
  }

  func clear() { if isShown, last >= 0 { put("\r\u{1B}[K") } }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}
