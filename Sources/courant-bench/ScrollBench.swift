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

  /// Bytes per line, down and up: the line itself and the position in the status line.
  private func bytes(_ table: inout Table) {
    guard let pager = less(library) else {
      return table.add("bytes a line scrolled", "", "no less here")
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

  /// The same in a story full of OSC 8 links, with a pause after each line in which new links are sent.
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

  /// The newest story of a library, opened.
  private func openStory(_ library: String, _ options: [String] = []) -> Seat? {
    let seat = Seat(
      courant, ["--library", library] + options, columns: Self.columns, rows: Self.rows)
    guard let seat, seat.wait(for: "All ") else { return nil }
    seat.press("\r")
    return seat
  }

  /// less on the newest story's text, as `courant show` prints it.
  private func less(_ library: String) -> Seat? {
    let out = scratch.appending("show.txt")
    defer { unlink(out.text) }
    let id = Self.newest(library)
    let command =
      "'\(courant)' show \(id) --library '\(library)' --width \(Self.columns) > '\(out.text)'"
    let size = (columns: Self.columns, rows: Self.rows)
    guard system(command) == 0,
      let pager = Seat(Self.less, [out.text], columns: size.columns, rows: size.rows),
      pager.wait(for: "Line 2.")
    else { return nil }
    // It reads the rest of the file when it needs it.
    pager.press("G")
    pager.press("g")
    return pager
  }

  private static func newest(_ library: String) -> StoryID {
    let rows = try? Library(path: library, mode: .readOnly).lists.headlines(.all, limit: 1)
    return rows?.first?.id ?? 1
  }

  /// Bytes per line, and those of them that are link sequences.
  private func perLine(_ seat: Seat, _ key: String, pause: Int32 = 2) -> (
    all: Double, links: Double
  ) {
    for _ in 0..<60 { seat.press("j") }
    // The pause of the last line.
    seat.press("", pause: max(pause, 2))
    let before = seat.output.count
    for _ in 0..<Self.lines { seat.press(key, pause: pause) }
    let bytes = Array(seat.output[before...])
    // From ESC ] 8 to ESC \; splitting at ESC leaves the second byte of that in the next part.
    let marks = bytes.split(separator: 0x1B).filter { $0.starts(with: "]8;".utf8) }
    let count = Double(Self.lines)
    return (Double(bytes.count) / count, Double(marks.map { $0.count + 3 }.reduce(0, +)) / count)
  }

  /// Marks all stories read in the program, and undoes it.
  func markAll(_ table: inout Table) {
    let seat = Seat(courant, ["--library", library], columns: Self.columns, rows: Self.rows)
    guard let seat, seat.wait(for: "All ") else { return }
    for (name, key, words) in [
      ("marking 100,000 stories read at once", "A", "marked read"),
      ("  taking it back", "u", "Taken back"),
    ] {
      let before = (now(), seat.processorTime)
      seat.type(key)
      guard seat.wait(for: words) else { return table.add(name, "", "did not end") }
      table.add(
        name, milliseconds(now() - before.0),
        "\(milliseconds(seat.processorTime - before.1)) processor", "at most 1,000 ms")
    }
    let memory = seat.residentMegabytes
    table.add(
      "  resident memory then", "\(rounded(memory.all)) MB", "\(rounded(memory.own)) MB its own",
      "at most 40 MB")
  }
}
