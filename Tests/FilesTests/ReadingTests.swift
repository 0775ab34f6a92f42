import Files
import Glibc
import TestSupport
import Testing

@Suite struct ReadingTests {
  let folder = TemporaryFolder()

  @Test("a file comes whole, whatever its size", arguments: [0, 1, 65_535, 65_536, 3_000_000])
  func whole(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = Path(folder.write(bytes, to: "file"))
    #expect(try Files.readFile(path) == bytes)
    #expect(try readStart(of: path, count: 10) == Array(bytes.prefix(10)))
  }

  @Test("a file at the limit is read, one byte more is refused")
  func limit() throws {
    let path = Path(folder.write([1, 2, 3, 4], to: "file"))
    #expect(try Files.readFile(path, limit: 4).count == 4)
    #expect(throws: FileError.tooLarge(path, limit: 3)) { try Files.readFile(path, limit: 3) }
  }

  @Test("what has no size of its own is read to its end, within the limit")
  func noSize() throws {
    #expect(try !Files.readFile("/proc/self/status").isEmpty)
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let words = [UInt8](repeating: 7, count: 5000)
    #expect(Glibc.write(ends[1], words, words.count) == words.count)
    #expect(throws: FileError.tooLarge("input", limit: 4999)) {
      try readBytes(from: ends[0], limit: 4999, name: "input")
    }
    close(ends[1])
    ends[1] = -1
    #expect(try readBytes(from: ends[0], name: "input") == [])
  }

  @Test("links, folders, pipes, sockets and devices are refused without waiting")
  func others() throws {
    let path = folder["pipe"]
    mkfifo(path, 0o600)
    #expect(throws: FileError.notRegular(Path(path), kind: "a named pipe")) {
      try Files.readFile(Path(path))
    }
    symlink("/etc/passwd", folder["link"])
    #expect(throws: FileError.isLink(Path(folder["link"]))) {
      try Files.readFile(Path(folder["link"]))
    }
    #expect(try !Files.readFile(Path(folder["link"]), followLinks: true).isEmpty)
    #expect(throws: FileError.isFolder(Path(folder.path))) { try Files.readFile(Path(folder.path)) }
    #expect(throws: FileError.notRegular("/dev/zero", kind: "a device")) {
      try Files.readFile("/dev/zero")
    }
    #expect(throws: FileError.missing(Path(folder["none"]))) {
      try Files.readFile(Path(folder["none"]))
    }
    let long = Path(folder[String(repeating: "n", count: 5000)])
    #expect(throws: FileError.nameTooLong(long)) {
      try Files.readFile(long)
    }
  }

  @Test("a written file replaces the old one whole, and leaves nothing beside it")
  func write() throws {
    let path = Path(folder.write("old", to: "file.html"))
    try Files.writeFile(Array("new".utf8), to: path)
    #expect(try Files.readFile(path) == Array("new".utf8))
    try Files.writeFile([], to: path)
    #expect(try Files.readFile(path) == [])
    #expect(FileWalker(under: Path(folder.path)).pages == [path])
    let missing = Path(folder["none/file"])
    #expect(throws: FileError.missing(missing)) { try Files.writeFile([1], to: missing) }
    try makeFolder(missing.folder)
    try makeFolder(missing.folder)
    try Files.writeFile([1], to: missing)
    #expect(throws: FileError.failed(missing, reason: "it is a file, not a folder")) {
      try makeFolder(missing)
    }
  }
}

@Suite struct FileWalkerTests {
  let folder = TemporaryFolder()

  @Test("pages are found in every folder, in order, and nothing else is")
  func walk() throws {
    for name in [
      "b.html", "a.HTM", "c/2.txt", "c/1.md", "c/d/e.xhtml", "z.text", "notes", "deep.en.html",
      "b_files/frame.html", "image.png", "page.js", ".hidden.html", ".git/page.html",
    ] {
      folder.write("text", to: name)
    }
    folder.write([0x7F, 0x45, 0x4C, 0x46, 0, 1], to: "program")
    folder.write("", to: "nothing")
    symlink(folder["b.html"], folder["link.html"])
    symlink(folder["c"], folder["again"])
    mkfifo(folder["pipe.html"], 0o600)
    let names = FileWalker(under: Path(folder.path)).pages.map {
      $0.text.dropFirst(folder.path.utf8.count + 1)
    }
    #expect(
      names == [
        "a.HTM", "b.html", "c/1.md", "c/2.txt", "c/d/e.xhtml", "deep.en.html", "notes", "z.text",
      ])
  }

  @Test("a folder that cannot be read is told, and one that is none too")
  func problems() {
    let walker = FileWalker(under: Path(folder["none"]))
    #expect(walker.pages.isEmpty && walker.problems == [.missing(Path(folder["none"]))])
  }

  @Test("folders nest as deep as the system lets them")
  func deep() throws {
    let name = String(repeating: "d/", count: 300) + "page.html"
    folder.write("text", to: name)
    #expect(FileWalker(under: Path(folder.path)).pages == [Path(folder[name])])
  }

  @Test("folders that nest deeper than a path may be long are walked, and their pages are read")
  func deeperThanPaths() throws {
    for (name, levels) in [("d", 3000), (String(repeating: "n", count: 250), 200)] {
      let page = Path(folder.writeDeep("deep text", levels: levels, named: name))
      #expect(page.bytes.count > Int(PATH_MAX))
      let walker = FileWalker(under: Path(folder[name]))
      #expect(walker.pages == [page] && walker.problems.isEmpty)
      #expect(try Files.readFile(page) == Array("deep text".utf8))
      #expect(try fileKind(page) == .file(size: 9))
    }
  }

  @Test("folders that nest too deep are named in a sentence that is not as long as their path")
  func tooDeep() throws {
    let long = String(repeating: "n", count: 250)
    for (name, levels) in [("d", FileWalker.mostLevels + 3), (long, 270)] {
      folder.writeDeep("deep text", levels: levels, named: name)
      folder.write("text", to: "\(name)/\(name)/page.html")
      let walker = FileWalker(under: Path(folder[name]))
      #expect(walker.pages == [Path(folder["\(name)/\(name)/page.html"])])
      let problem = try #require(walker.problems.first)
      #expect(walker.problems.count == 1)
      #expect(problem.reason.hasPrefix("folders nest too deep here"))
      #expect(problem.message.utf8.count < 600)
    }
  }

  @Test("a walk that is cancelled ends at the next folder")
  func cancelled() {
    for number in 0..<50 { folder.write("text", to: "\(100 + number)/page.html") }
    var asked = 0
    let walker = FileWalker(under: Path(folder.path)) {
      asked += 1
      return asked > 10
    }
    #expect(walker.pages.count == 9 && asked == 11)
  }
}
