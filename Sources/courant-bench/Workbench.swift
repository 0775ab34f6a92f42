import Files
import Glibc
import Storage

/// Runs benches that need generated libraries, in a temporary folder.
struct Workbench {
  private let programs = Path(CommandLine.arguments[0]).folder
  private let scratch = Path("/tmp/courant-bench.\(getpid())")

  private var courant: String { programs.appending("courant").text }

  /// Runs benches; `argument` is that of a single one.
  func run(_ benches: [Bench], _ argument: String?) {
    defer { clear() }
    var table = Table()
    do {
      try makeFolder(scratch)
      for bench in benches { try run(bench, argument, &table) }
    } catch let error as StorageError {
      fail(error.message, status: 1)
    } catch {
      fail("\(error)", status: 1)
    }
  }

  private func run(_ bench: Bench, _ argument: String?, _ table: inout Table) throws {
    switch bench {
    case .reader: try runReader(&table)
    case .scroll:
      let small = scratch.appending("small.sqlite")
      try Filler.makeLibrary(small, count: 10)
      ScrollBench(courant: courant, library: small.text, scratch: scratch).run(&table)
    case .thread:
      ThreadBench(courant: courant, library: scratch.appending("thread.sqlite")).run(&table)
    case .filter:
      let generated = scratch.appending("filter.sqlite")
      let file = argument ?? generated.text
      try FilterBench(courant: courant, library: file, isGenerated: argument == nil).run(&table)
    case .parse:
      ParseBench(courant: courant, scratch: scratch, pages: argument.map { Path($0) }).run(&table)
      ParseBench.removePages(from: scratch)
    case .fetch: FetchBench(list: argument.map { Path($0) }).run(&table)
    case .hostile, .library: break
    }
  }

  private func runReader(_ table: inout Table) throws {
    let small = scratch.appending("small.sqlite")
    let large = scratch.appending("large.sqlite")
    try Filler.makeLibrary(small, count: 10)
    try Filler.makeLibrary(large, count: 100_000)
    ProgramBench(
      floor: programs.appending("bench-floor").text, courant: courant, small: small.text,
      large: large.text
    ).run(&table)
    let scroll = ScrollBench(courant: courant, library: large.text, scratch: scratch)
    scroll.run(&table)
    scroll.markAll(&table)
    StoryBench().run(&table)
  }

  private func clear() {
    for name in ["small", "large", "thread", "filter"] {
      for suffix in ["", "-wal", "-shm"] { unlink("\(scratch.text)/\(name).sqlite\(suffix)") }
    }
    rmdir(scratch.text)
  }
}
