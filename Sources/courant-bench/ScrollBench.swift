import Files
import Glibc
import Queries
import Storage

/// Bytes written per scrolled line, compared with less on the same text in the same size, and the cost
/// of changing all stories at once.
struct ScrollBench {
  var courant: String
  var library: String
  var scratch: Path

  private static let columns = 100
  private static let rows = 30
  private static let lines = 60
  private static let less = "/usr/bin/less"

  func run(_ table: inout Table) {
    bytes(&table)
    linkBytes(&table)
  }

  /// Measures the bytes per line, down and up: the line itself and the position in the status line.
  private func bytes(_ table: inout Table) {
    guard let pager = less(library) else {
      return table.add("bytes a line scrolled", "", "less is not installed")
    }
    guard let story = openStory(library) else { return }
    for (name, key) in [("down", "j"), ("up", "k")] {
      let (own, others) = (perLine(story, key).all, perLine(pager, key).all)
      table.add(
        "bytes a line scrolled \(name): less", "\(rounded(others))", "", "")
      table.add(
        "bytes a line scrolled \(name): courant", "\(rounded(own))",
        "\(rounded(own / others)) × less", "at most less and \(Self.columns) of the status line")
    }
  }

  /// Measures the same in a story full of OSC 8 links, with a pause after each line for new links.
  private func linkBytes(_ table: inout Table) {
    let library = scratch.appending("links.sqlite").text
    let config = scratch.appending("links.yaml")
    defer {
      for path in [library, library + "-wal", library + "-shm", config.text] { unlink(path) }
    }
    guard (try? Filler.makeLinkLibrary(Path(library))) != nil,
      (try? writeFile(Array("hyperlinks: always\n".utf8), to: config)) != nil,
      let pager = less(library),
      let story = openStory(library, ["--config", config.text])
    else { return }
    for (name, key) in [("down", "j"), ("up", "k")] {
      let (own, others) = (perLine(story, key, pause: 200), perLine(pager, key))
      table.add(
        "bytes a line scrolled \(name), with links: less", "\(rounded(others.all))", "", "")
      table.add(
        "bytes a line scrolled \(name), with links: courant", "\(rounded(own.all))",
        "\(rounded(own.all - own.links)) without links",
        "at most less, \(Self.columns) of the status line and the links of a line")
    }
  }

  /// Starts the program and opens the newest story of a library.
  private func openStory(_ library: String, _ options: [String] = []) -> TerminalProgram? {
    let program = TerminalProgram(
      courant, ["--library", library] + options, columns: Self.columns, rows: Self.rows)
    guard let program, program.wait(for: "All ") else { return nil }
    program.press("\r")
    return program
  }

  /// Starts less on the newest story's text, as `courant show` prints it.
  private func less(_ library: String) -> TerminalProgram? {
    let out = scratch.appending("show.txt")
    defer { unlink(out.text) }
    let id = Self.newest(library)
    let command =
      "'\(courant)' show \(id) --library '\(library)' --width \(Self.columns) > '\(out.text)'"
    let size = (columns: Self.columns, rows: Self.rows)
    guard system(command) == 0,
      let pager = TerminalProgram(Self.less, [out.text], columns: size.columns, rows: size.rows),
      pager.wait(for: "Line 2.")
    else { return nil }
    // less reads the rest of the file only when needed.
    pager.press("G")
    pager.press("g")
    return pager
  }

  private static func newest(_ library: String) -> StoryID {
    let rows = try? Library(path: library, mode: .readOnly).lists.headlines(.all, limit: 1)
    return rows?.first?.id ?? 1
  }

  /// Bytes per line, and those of them that are link sequences.
  private func perLine(_ program: TerminalProgram, _ key: String, pause: Int32 = 2) -> (
    all: Double, links: Double
  ) {
    for _ in 0..<60 { program.press("j") }
    // Output that is delayed until the input pauses belongs to the lines above.
    program.press("", pause: max(pause, 2))
    let before = program.output.count
    for _ in 0..<Self.lines { program.press(key, pause: pause) }
    let bytes = Array(program.output[before...])
    // From ESC ] 8 to ESC \; splitting at ESC leaves the second byte of that in the next part.
    let marks = bytes.split(separator: 0x1B).filter { $0.starts(with: "]8;".utf8) }
    let count = Double(Self.lines)
    return (Double(bytes.count) / count, Double(marks.map { $0.count + 3 }.reduce(0, +)) / count)
  }

  /// Measures marking all stories read in the program, and undoing it.
  func markAll(_ table: inout Table) {
    let program = TerminalProgram(
      courant, ["--library", library], columns: Self.columns, rows: Self.rows)
    guard let program, program.wait(for: "All ") else { return }
    for (name, key, words) in [
      ("marking 100,000 stories read at once", "A", "marked read"),
      ("  undoing it", "u", "Taken back"),
    ] {
      let before = (now(), program.processorTime)
      program.type(key)
      guard program.wait(for: words) else { return table.add(name, "", "did not end") }
      table.add(
        name, milliseconds(now() - before.0),
        "\(milliseconds(program.processorTime - before.1)) processor", "at most 1,000 ms")
    }
    let memory = program.residentMegabytes
    table.add(
      "  resident memory then", "\(rounded(memory.all)) MB", "\(rounded(memory.own)) MB its own",
      "at most 40 MB")
  }
}
