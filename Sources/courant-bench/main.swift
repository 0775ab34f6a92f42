import Files
import Glibc
import Storage

// courant-bench library FILE COUNT WORDS: measures a library of COUNT made-up stories.
// courant-bench [parse] [PAGES]: measures Courant beside a minimal C ncurses program in one run.
// courant-bench thread: measures a long thread only.
// courant-bench reader: measures what a reader feels: start, keys, filters, scrolling, memory.
// courant-bench scroll: measures what a line scrolled writes to the terminal.
// courant-bench hostile [NAME]: time and memory of pages made to hurt; 1 if one costs too much.
//
// PAGES is a folder of saved pages for the parser; without one it makes pages of its own. With
// `parse` only the parser is measured. Build with `-c release`; the programs measured are those
// beside this one.

var arguments = commandLineArguments()
if arguments.count == 4, arguments[0] == "library", let count = Int(arguments[2].text),
  let words = Int(arguments[3].text)
{
  do throws(StorageError) {
    try LibraryBench(path: arguments[1].text).run(count: count, words: words)
    exit(0)
  } catch {
    print("courant-bench: \(error.message)")
    exit(1)
  }
}
if arguments.first == "hostile" {
  var table = Table()
  exit(HostileBench().run(&table, only: arguments.dropFirst().first?.text) ? 0 : 1)
}
let chosen = ["parse", "thread", "reader", "scroll"].first { $0 == arguments.first }
if chosen == "parse" { arguments.removeFirst() }
var table = Table()
let own = Path(CommandLine.arguments[0]).folder
let courant = own.appending("courant").text
let scratch = Path("/tmp/courant-bench.\(getpid())")
do {
  try makeFolder(scratch)
  if chosen == "scroll" {
    let small = scratch.appending("small.sqlite")
    try Filler.makeLibrary(small, count: 10)
    ScrollBench(courant: courant, library: small.text, scratch: scratch).run(&table)
  }
  if chosen == nil || chosen == "thread" {
    let thread = scratch.appending("thread.sqlite")
    ThreadBench(courant: courant, library: thread).run(&table)
  }
  if chosen == nil || chosen == "reader" {
    let small = scratch.appending("small.sqlite")
    let large = scratch.appending("large.sqlite")
    try Filler.makeLibrary(small, count: 10)
    try Filler.makeLibrary(large, count: 100_000)
    ProgramBench(
      floor: own.appending("bench-floor").text, courant: courant, small: small.text,
      large: large.text
    ).run(&table)
    let scroll = ScrollBench(courant: courant, library: large.text, scratch: scratch)
    scroll.run(&table)
    scroll.markAll(&table)
    StoryBench().run(&table)
  }
} catch {
  print("courant-bench: \(error)")
}
if chosen == nil || chosen == "parse" {
  ParseBench(courant: courant, scratch: scratch, pages: arguments.first).run(&table)
}
for name in ["small", "large", "thread"] {
  for suffix in ["", "-wal", "-shm"] { unlink("\(scratch.text)/\(name).sqlite\(suffix)") }
}
ParseBench.removePages(from: scratch)
rmdir(scratch.text)
