import App
import Display
import Testing
import TestSupport

/// Whole screens: each folder of `Scripts` is a case.
///
/// `stories` is what is in the library, `keys` what is pressed, `screen` what must stand there
/// then. A first line `sizes: 80x24 120x40` in `keys` asks for several sizes.
@Suite struct ScriptTests {
  nonisolated static let cases = [
    "list", "list-sizes", "one-line", "choose", "sidebar", "sidebar-shelf", "sort-length",
    "search-all", "search-all-typing", "deleted", "undo", "filter-grammar", "filter-mistake",
    "filter-completion", "empty",
    "everything-read", "filter", "filter-nothing", "story",
    "story-sizes", "search", "search-nothing", "thread", "thread-folded", "split", "split-card",
    "help", "prefix", "unknown-key", "link", "hints", "links-list", "figures-list", "zen", "ascii",
    "command-line", "resize-keeps-place",
    "help-story", "help-filter", "help-narrow", "thread-empty", "wide-thread", "count",
    "message-long", "column", "sideways", "sideways-search", "right-to-left",
    "right-to-left-thread",
    "thread-only", "thread-sticky", "thread-sort", "thread-levels", "outline", "outline-filter",
    "marks", "marks-waiting", "jobs", "jobs-cancel", "job-running", "sidebar-filter",
  ]

  @Test("Keys lead to the recorded screen", arguments: cases)
  func script(name: String) throws {
    let folder = folderOf(#filePath) + "/Scripts/" + name
    let notes = readFile(folder + "/stories") ?? readFile(folderOf(folder) + "/stories") ?? []
    let keys = try #require(readFile(folder + "/keys"))
    var lines = String(decoding: keys, as: UTF8.self).split(separator: "\n").map(String.init)
    var sizes = ["80x24"]
    if let first = lines.first, first.hasPrefix("sizes: ") {
      sizes = first.dropFirst(7).split(separator: " ").map(String.init)
      lines.removeFirst()
    }
    var screens = ""
    for written in sizes {
      let desk = try Desk(String(decoding: notes, as: UTF8.self), isASCII: name == "ascii")
      desk.press("@\(written)")
      _ = desk.frame
      for line in lines where !line.hasPrefix("# ") { desk.press(line) }
      let frame = desk.frame
      expectFits(frame, desk.size)
      screens += sizes.count > 1 ? "== \(written)\n\(frame)" : frame.description
    }
    expectGolden(screens, named: name + "/screen", folder: "Scripts")
  }
}

/// A frame has exactly the size that was asked for, and no line is wider.
func expectFits(
  _ frame: Frame, _ size: Size, _ when: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(frame.lines.count == size.rows, "\(when)", sourceLocation: sourceLocation)
  for line in frame.lines where displayWidth(of: line.text) > size.columns {
    Issue.record("too wide at \(size) \(when): \(line.text)", sourceLocation: sourceLocation)
  }
  #expect(
    frame.cursor.row < size.rows && frame.cursor.column < size.columns, "\(when)",
    sourceLocation: sourceLocation)
}
