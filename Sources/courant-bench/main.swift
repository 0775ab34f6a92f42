import Files
import Glibc
import Storage

// Measures Courant: see `courant-bench --help`. The measured programs are those in the same folder.

/// Prints an error and exits.
func fail(_ words: String, status: Int32) -> Never {
  let line = Array("courant-bench: \(words)\n".utf8)
  _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  exit(status)
}

switch BenchRequest(commandLineArguments().map(\.text)) {
case .help(let words): print(words)
case .mistake(let words): fail(words, status: 2)
case .one(.library, let words):
  guard let count = Int(words[1]), let length = Int(words[2]), count > 0, length > 0 else {
    fail("COUNT and WORDS are numbers", status: 2)
  }
  do throws(StorageError) {
    try LibraryBench(path: words[0]).run(count: count, words: length)
  } catch {
    fail(error.message, status: 1)
  }
case .one(.hostile, let words):
  var table = Table()
  exit(HostileBench().run(&table, only: words.first) ? 0 : 1)
case .one(let bench, let words): Workbench().run([bench], words.first)
case .all: Workbench().run(Bench.allCases.filter(\.isDefault), nil)
}
