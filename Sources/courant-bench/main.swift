import Glibc
import Storage

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, arguments[0] == "library", let count = Int(arguments[2]),
  let words = Int(arguments[3])
else {
  print("usage: courant-bench library FILE COUNT WORDS")
  exit(2)
}
do throws(StorageError) {
  try LibraryBench(path: arguments[1]).run(count: count, words: words)
} catch {
  print(error.message)
  exit(1)
}
