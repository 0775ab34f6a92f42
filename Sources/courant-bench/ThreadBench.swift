import Files
import Storage
import Stories

/// A thread of 5,000 comments, 50 deep: opening, folding and moving in it, on a terminal.
struct ThreadBench {
  var courant: String
  var library: Path

  private static let comments = 5000
  private static let depth = 50

  func run(_ table: inout Table) {
    do throws(StorageError) {
      let library = try Library(path: library)
      try library.stories.add(PreparedStory(Self.story, original: nil, parserVersion: 1))
    } catch {
      return print("courant-bench: \(error.message)")
    }
    guard let program = TerminalProgram(courant, ["--library", library.text]),
      program.wait(for: "All ")
    else {
      return
    }
    // Drawing that is left from the start must not be counted.
    for _ in 0..<3 { program.press("j") }
    let open = time(program, "\r")
    table.add("\(Self.comments) comments \(Self.depth) deep: open, processor", milliseconds(open))
    program.press("c")
    // The first key of a kind fills caches for the others.
    let steps: [(what: String, keys: [String])] = [
      ("a line down", ["j"]), ("next comment", [")"]), ("next top-level comment", ["]]"]),
      ("fold or unfold one", ["za"]), ("fold all, unfold all", ["zM", "zR"]),
      ("fold by depth", ["z1", "z3", "z9", "z5"]), ("parent, next comment", ["p", ")"]),
    ]
    for (what, keys) in steps {
      var times: [Double] = []
      for round in 0..<40 { times.append(time(program, keys[round % keys.count])) }
      table.add(
        "  a key to its frame: \(what)", milliseconds(median(times)),
        "worst \(milliseconds(times.max() ?? .nan))", "at most 1 ms")
    }
    program.press("zR")
    program.press("zt")
    table.add("  sort by time", milliseconds(time(program, "zt")))
    program.press("&")
    var letters: [Double] = []
    for letter in "quay -lamp" { letters.append(time(program, String(letter))) }
    table.add(
      "  a letter of “only these comments”", milliseconds(median(letters)),
      "worst \(milliseconds(letters.max() ?? .nan))", "at most 16 ms")
  }

  private func time(_ program: TerminalProgram, _ keys: String) -> Double {
    let before = program.processorTime
    program.press(keys)
    return program.processorTime - before
  }

  /// Branches of 100 comments: a stem 50 deep, with an answer to each of its comments.
  private static var story: Story {
    var posted: [PostedComment] = []
    var branch: [String] = []
    for number in 0..<comments {
      let level = number % (2 * depth)
      if level == 0 { branch = [] }
      let isStem = level < depth
      let parent = isStem ? branch.last : branch[level - depth]
      let id = "c\(number)"
      if isStem { branch.append(id) }
      posted.append(
        PostedComment(
          id: id, parent: parent, author: "reader \(number % 211)",
          time: Timestamp(seconds: 1_600_000_000 + Int64(number &* 7919 % 100_000)),
          blocks: [.paragraph([Phrase(Filler.sentence(number, words: 40))])]))
    }
    return Story(
      title: "A long discussion", blocks: [.paragraph([Phrase(Filler.sentence(1, words: 60))])],
      thread: Thread(posted, count: comments, state: .open))
  }
}
