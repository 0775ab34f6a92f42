import Display
import Glibc
import Matching
import Stories

/// Start, keys, memory and idle wake-ups of programs, each in its own pseudo-terminal.
struct ProgramBench {
  var floor: String
  var courant: String
  var small: String
  var large: String

  func run(_ table: inout Table) {
    let floorStart = start(floor, [], "READY")
    var first: Double?
    table.add("start to first frame: C ncurses", milliseconds(floorStart.wall))
    for (name, library) in [("10", small), ("100,000", large)] {
      let time = start(courant, ["--library", library], "All ")
      table.add(
        "start to first frame: courant, \(name) stories", milliseconds(time.wall),
        "\(rounded(time.wall / floorStart.wall)) × C", "at most 3 ×")
      table.add(
        "  of which processor time", milliseconds(time.processor),
        first.map { "\(rounded(time.processor / $0)) × 10 stories" } ?? "",
        first == nil ? "" : "at most 1.2 ×")
      first = time.processor
    }
    let floorKey = key(floor, [], "READY", open: "")
    table.add("a key to its frame, processor: C ncurses", milliseconds(floorKey))
    for (name, keys) in [("list of 100,000", ""), ("story of 5,000 words", "\r")] {
      let time = key(courant, ["--library", large], "All ", open: keys)
      table.add(
        "a key to its frame, processor: courant, \(name)", milliseconds(time),
        "\(rounded(time / floorKey)) × C", "at most 1 ms")
    }
    filters(&table)
    table.add("wake-ups in 3 s at idle", "\(wakeUps())", "", "0")
    memory(&table)
  }

  /// A filter typed letter by letter over 100,000 stories, and the resident memory afterwards.
  private func filters(_ table: inout Table) {
    for typed in ["harbour winter", "unread quay -lamp", "words>10 source:bench stone"] {
      guard let program = TerminalProgram(courant, ["--library", large]), program.wait(for: "All ")
      else { continue }
      let times = program.typeFilter(typed).letters
      table.add(
        "a letter of the filter “\(typed)”, 100,000 stories, processor",
        milliseconds(median(times)), "worst \(milliseconds(times.max() ?? .nan))", "at most 16 ms")
      let memory = program.residentMegabytes
      table.add(
        "  resident memory then", "\(rounded(memory.all)) MB", "\(rounded(memory.own)) MB its own",
        "at most 40 MB")
    }
  }

  private func start(
    _ path: String, _ arguments: [String], _ marker: String
  ) -> (wall: Double, processor: Double) {
    var walls: [Double] = []
    var processors: [Double] = []
    for _ in 0..<21 {
      let begin = now()
      guard let program = TerminalProgram(path, arguments), program.wait(for: marker) else {
        continue
      }
      walls.append(now() - begin)
      processors.append(program.processorTime)
    }
    return (median(walls), median(processors))
  }

  private func key(
    _ path: String, _ arguments: [String], _ marker: String, open: String
  ) -> Double {
    guard let program = TerminalProgram(path, arguments), program.wait(for: marker) else {
      return .nan
    }
    if !open.isEmpty { program.press(open) }
    for _ in 0..<20 { program.press("j") }
    let before = program.processorTime
    for _ in 0..<200 { program.press("j") }
    return (program.processorTime - before) / 200
  }

  /// Resident memory after moving through the list and a story.
  private func memory(_ table: inout Table) {
    guard let program = TerminalProgram(courant, ["--library", large]), program.wait(for: "All ")
    else { return }
    for key in ["G", "gg", "\r", " ", "q"] { program.press(key) }
    let memory = program.residentMegabytes
    table.add(
      "resident memory with 100,000 stories", "\(rounded(memory.all)) MB",
      "\(rounded(memory.own)) MB its own", "at most 40 MB")
  }

  private func wakeUps() -> Int {
    guard let program = TerminalProgram(courant, ["--library", large]), program.wait(for: "All ")
    else { return -1 }
    program.press("j")
    let before = program.wakeUps
    usleep(3_000_000)
    return program.wakeUps - before
  }
}

/// Layout and search of stories of growing length, without a terminal.
struct StoryBench {
  func run(_ table: inout Table) {
    var last: (layout: Double, search: Double)?
    for megabytes in [1.25, 2.5, 5] {
      let story = Filler.story(1, words: Int(megabytes * 1_048_576 / 5.6))
      let time = measure(story)
      table.add(
        "\(megabytes) MB story, text to first frame, processor", milliseconds(time.layout),
        last.map { "\(rounded(time.layout / $0.layout)) × half of it" } ?? "",
        megabytes == 5 ? "at most 100 ms" : "")
      table.add(
        "  a search keystroke in it", milliseconds(time.search),
        last.map { "\(rounded(time.search / $0.search)) × half of it" } ?? "",
        megabytes == 5 ? "at most 16 ms" : "")
      table.add("  scrolling it by a line", milliseconds(time.scroll))
      last = (time.layout, time.search)
    }
  }

  private func measure(_ story: Story) -> (layout: Double, search: Double, scroll: Double) {
    let options = LayoutOptions(width: 100, now: Timestamp(seconds: 1_700_000_000))
    var layouts: [Double] = []
    var searches: [Double] = []
    var scrolls: [Double] = []
    for _ in 0..<5 {
      var begin = processorSeconds()
      let text = StoryText(story)
      let layout = StoryLayout(text, options: options)
      _ = layout.lines(0..<min(30, layout.rowCount))
      layouts.append(processorSeconds() - begin)
      let search = StorySearch(text)
      for typed in ["q", "qu", "quay "] {
        begin = processorSeconds()
        _ = search.find(Pattern(typed: typed))
        searches.append(processorSeconds() - begin)
      }
      begin = processorSeconds()
      let middle = layout.rowCount / 2
      for step in 0..<100 { _ = layout.lines((middle + step)..<(middle + step + 30)) }
      scrolls.append((processorSeconds() - begin) / 100)
    }
    return (median(layouts), searches.max() ?? .nan, median(scrolls))
  }
}
