/// The benches: the table for the help and the argument parser.
enum Bench: String, CaseIterable {
  case reader, scroll, filter, thread, parse, fetch, hostile, library

  /// The arguments after the name, for the help.
  var arguments: String {
    switch self {
    case .reader, .scroll, .thread: ""
    case .filter, .fetch: "[FILE]"
    case .parse: "[PAGES]"
    case .hostile: "[NAME]"
    case .library: "FILE COUNT WORDS"
    }
  }

  /// How many arguments it takes.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .reader, .scroll, .thread: 0...0
    case .filter, .parse, .fetch, .hostile: 0...1
    case .library: 3...3
    }
  }

  /// Whether it runs if no bench is named: the others are part of one that does, need a file, or report by
  /// exit status.
  var isDefault: Bool { self != .scroll && self != .hostile && self != .library }

  var words: String {
    switch self {
    case .reader: "interactive use: start, keys, filters, scrolling, idle wake-ups, memory"
    case .scroll: "the bytes written per scrolled line, compared with less"
    case .filter:
      """
      the most expensive letters of the list's filter over 100,000 long
      stories; with FILE, over the stories of that library
      """
    case .thread: "a thread of 5,000 comments: opening, folding, moving, filtering"
    case .parse: "pages per second; PAGES is a folder of saved pages to parse instead"
    case .fetch:
      """
      1,000 answers fetched from a server of its own, and asked for again; with FILE,
      from the addresses in it, one a line
      """
    case .hostile:
      """
      time and memory of adversarial pages, or of those whose name has NAME;
      the exit status is 1 if one exceeds its limit
      """
    case .library: "a library of COUNT generated stories of about WORDS words, in FILE"
    }
  }

  static var help: String {
    var lines = [
      "usage: courant-bench [BENCH [ARGUMENT…]]", "",
      "Measures Courant: the program beside this one on a terminal, and its layers without one.",
      "Without a name it runs the benches marked with a star. Build with -c release.", "",
    ]
    for bench in allCases {
      let name = (bench.isDefault ? "* " : "  ") + bench.rawValue + " " + bench.arguments
      let gap = String(repeating: " ", count: max(1, 27 - name.count))
      for (index, line) in bench.words.split(separator: "\n").enumerated() {
        lines.append(
          (index == 0 ? name + gap : String(repeating: " ", count: 27)) + line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The help of one bench.
  var help: String {
    "usage: courant-bench \(rawValue) \(arguments)\n\nMeasures \(words)."
  }
}

/// What the program's arguments request.
enum BenchRequest {
  case all
  case one(Bench, [String])
  case help(String)
  case mistake(String)

  init(_ words: [String]) {
    let isHelp = words.contains { $0 == "--help" || $0 == "-h" }
    guard let name = words.first(where: { !$0.hasPrefix("-") }) ?? words.first, !words.isEmpty
    else {
      self = .all
      return
    }
    guard let bench = Bench(rawValue: name) else {
      let names = Bench.allCases.map(\.rawValue).joined(separator: ", ")
      self =
        isHelp && name.hasPrefix("-")
        ? .help(Bench.help) : .mistake("there is no bench “\(name)”; there are \(names)")
      return
    }
    if isHelp {
      self = .help(bench.help)
      return
    }
    let rest = Array(words.dropFirst())
    guard words.first == name, bench.argumentCounts.contains(rest.count),
      !rest.contains(where: { $0.hasPrefix("-") })
    else {
      self = .mistake("it is: courant-bench \(name) \(bench.arguments)")
      return
    }
    self = .one(bench, rest)
  }
}
