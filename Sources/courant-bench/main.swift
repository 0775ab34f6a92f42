import Files
import Glibc

// courant-bench [PAGES]: measures Courant beside a minimal C ncurses program in one run.
//
// PAGES is a folder of saved pages for the parser; without one, that part is left out. Build with
// `-c release`; the programs measured are those beside this one.

var table = Table()
let own = Path(CommandLine.arguments[0]).folder
let scratch = Path("/tmp/courant-bench.\(getpid())")
do {
  try makeFolder(scratch)
  let small = scratch.appending("small.sqlite")
  let large = scratch.appending("large.sqlite")
  try Filler.makeLibrary(small, count: 10)
  try Filler.makeLibrary(large, count: 100_000)
  ProgramBench(
    floor: own.appending("bench-floor").text, courant: own.appending("courant").text,
    small: small.text, large: large.text
  ).run(&table)
} catch {
  print("courant-bench: \(error)")
}
StoryBench().run(&table)
if let pages = commandLineArguments().first { ParseBench(folder: pages).run(&table) }
for name in ["small", "large"] {
  for suffix in ["", "-wal", "-shm"] { unlink("\(scratch.text)/\(name).sqlite\(suffix)") }
}
rmdir(scratch.text)
