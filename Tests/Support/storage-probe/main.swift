// A second program on a library, for the tests: it writes until it is killed, holds the lock, or
// tries a library as an ordinary user or on a full disk.

import Files
import Glibc
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
    try library.add(numbered(number), original: numberedPage(number), parserVersion: 1)
    say("\(number)")
  }
}

/// Checks that stories 0..<count are there and whole, and nothing is wrong with the rest.
func verify(count: Int) throws(StorageError) {
  let library = try Library(path: arguments[1])
  let known = Set(try library.allStories())
  for id in known {
    guard let story = try library.story(id), let number = Int(story.title.dropFirst(6)) else {
      fatalError("story \(id) is missing")
    }
    guard story == numbered(number), try library.original(id) == numberedPage(number) else {
      fatalError("story \(number) is not whole")
    }
  }
  guard known.count >= count else { fatalError("\(known.count) of \(count) stories") }
  for problem in try library.check() { fatalError(problem) }
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
  let first = try library.headlines(.all, limit: 1)
  say("\(library.isReadOnly) \(first.first?.title ?? "nothing")")
  if let id = first.first?.id { _ = try library.change([(.starred, true)], of: [id]) }
}

/// Fills a disk of 2 MB, in a name space of its own, until it is full; what was added before has to stay.
func fillDisk() throws(StorageError) {
  guard mount("tmpfs", arguments[1], "tmpfs", 0, "size=2m") == 0 else { exit(77) }
  let file = arguments[1] + "/library.sqlite"
  var count = 0
  do throws(StorageError) {
    let library = try Library(path: file)
    while count < 100_000 {
      try library.add(numbered(count), original: nil, parserVersion: 1)
      count += 1
    }
  } catch {
    say(error.message)
  }
  let library = try Library(path: file)
  say("\(try library.counts().all == count) \(try library.check().count)")
}

/// Stars a story and stays, until somebody ends the program.
func star(_ id: StoryID) throws(StorageError) {
  let library = try Library(path: arguments[1])
  _ = try library.change([(.starred, true)], of: [id])
  say("starred")
  while true { pause() }
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
  case ("star", let id?): try star(StoryID(id))
  case ("upgrade", _): try upgrade()
  default: exit(2)
  }
} catch {
  say("error: \(error.message)")
  exit(1)
}
