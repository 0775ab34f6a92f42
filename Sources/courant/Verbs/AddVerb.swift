import Files
import Glibc
import Intake
import Storage

/// `courant add`: pages and folders of pages into the library, without opening them.
struct AddVerb {
  var invocation: Invocation
  var paths: [Path]
  var facts: Invocation.Facts

  /// `false` if some page gave no story; each is a line on standard error.
  func run() throws(Failure) -> Bool {
    for path in paths where isWebAddress(path) { throw Failure(fetchRefusal(path)) }
    let importer = Importer(library: LibraryAccess(invocation).path)
    let counter = Counter("Importing")
    let summary: Importer.Summary
    do throws(StorageError) {
      summary = try importer.importPaths(
        paths, source: facts.source, address: facts.address, charset: facts.charset
      ) { counter.show($0.done, of: $0.total) }
    } catch {
      throw Failure(error.message)
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

  /// `false` if some page gives no story any more; the one there is stays.
  func run() throws(Failure) -> Bool {
    let access = LibraryAccess(invocation)
    let wanted = names.isEmpty ? nil : try ids(in: try access.existing())
    guard names.isEmpty || wanted != nil, try access.look() != nil else {
      try Output.write("0 read again, 0 changed\n")
      return true
    }
    let counter = Counter("Reading again")
    let summary: Importer.Summary
    do throws(StorageError) {
      summary = try Importer(library: access.path).reparse(wanted) {
        counter.show($0.done, of: $0.total)
      }
    } catch {
      throw Failure(error.message)
    }
    counter.clear()
    for problem in summary.problems { Output.complain(problem) }
    let done = summary.total - summary.failed.count
    try Output.write("\(done) read again, \(summary.updated.count) changed\n")
    return summary.problems.isEmpty
  }

  private func ids(in library: Library) throws(Failure) -> [StoryID] {
    var ids: [StoryID] = []
    for name in names { ids.append(try library.find(name)) }
    return ids
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
