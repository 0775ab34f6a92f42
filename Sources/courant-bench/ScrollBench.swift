import Files
import Glibc
import Storage

/// What a line scrolled writes to the terminal, beside less on the same text in the same size, and
/// what a change of all stories at once costs.
struct ScrollBench {
  var courant: String
  var large: String
  var scratch: Path

  private static let columns = 100
  private static let rows = 30
  private static let less = "/usr/bin/less"

  func run(_ table: inout Table) {
    bytes(&table)
    markAll(&table)
  }

  /// In bytes a line, down and up: the line itself, and what the program says of where one is.
  private func bytes(_ table: inout Table) {
    guard let story = openStory(), let text = shownText() else { return }
    let file = scratch.appending("story.txt")
    guard (try? writeFile(Array(text.utf8), to: file)) != nil else { return }
    defer { unlink(file.text) }
    let pager = Seat(Self.less, [file.text], columns: Self.columns, rows: Self.rows)
    guard let pager, pager.wait(for: "Line 2.") else {
      return table.add("bytes a line scrolled", "", "no less here")
    }
    for (name, key) in [("down", "j"), ("up", "k")] {
      let (own, others) = (perLine(story, key), perLine(pager, key))
      table.add(
        "bytes a line scrolled \(name): less", "\(rounded(others))", "", "")
      table.add(
        "bytes a line scrolled \(name): courant", "\(rounded(own))",
        "\(rounded(own / others)) × less", "at most less and \(Self.columns) of the status line")
    }
  }

  /// The newest story, of 5,000 words, opened and some lines into it.
  private func openStory() -> Seat? {
    let seat = Seat(courant, ["--library", large], columns: Self.columns, rows: Self.rows)
    guard let seat, seat.wait(for: "All ") else { return nil }
    seat.press("\r")
    return seat
  }

  /// The text as the story's pane has it, from the program itself.
  private func shownText() -> String? {
    let out = scratch.appending("show.txt")
    defer { unlink(out.text) }
    let id = Self.newest(large)
    let command =
      "'\(courant)' show \(id) --library '\(large)' --width \(Self.columns) > '\(out.text)'"
    guard system(command) == 0, let bytes = try? readFile(out) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func newest(_ library: String) -> StoryID {
    let rows = try? Library(path: library, mode: .readOnly).headlines(.all, limit: 1)
    return rows?.first?.id ?? 1
  }

  private func perLine(_ seat: Seat, _ key: String) -> Double {
    for _ in 0..<60 { seat.press("j") }
    let before = seat.output.count
    for _ in 0..<60 { seat.press(key) }
    return Double(seat.output.count - before) / 60
  }

  /// Marks all stories read, in the program, and takes it back.
  private func markAll(_ table: inout Table) {
    let seat = Seat(courant, ["--library", large], columns: Self.columns, rows: Self.rows)
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
