/// Identifies one job for as long as the program runs; a number is never used again.
///
/// It is the number that `:jobs` shows and `:cancel` takes, counted from 1.
nonisolated package struct JobID: Sendable, Hashable, Comparable {
  package let number: Int

  package init(_ number: Int) { self.number = number }

  package static func < (one: JobID, other: JobID) -> Bool { one.number < other.number }
}

/// Work that runs in the background while the reader is used.
///
/// The reader makes it and asks for it by `Effect.start`; the program runs it, and reports under its
/// ID by `Event.progress` and, once and last, by `Event.ended`.
nonisolated package struct Job: Sendable, Hashable {
  /// What is to be done, with all that is needed to do it.
  package enum Kind: Sendable, Hashable {
    /// Import the page or folder at a path as it was typed: `~` stands for the home folder.
    case importTyped(String)
    /// Import the pages and folders at these paths, as bytes, since a file's name need not be UTF-8.
    case importPaths([[UInt8]])
    /// Fetch all feeds that are not paused.
    case refresh
  }

  package let id: JobID
  package let kind: Kind

  package init(id: JobID, kind: Kind) {
    self.id = id
    self.kind = kind
  }

  /// How much of a job is done, in units of its kind (pages of an import).
  package struct Progress: Sendable, Hashable {
    package var done: Int
    /// `nil` while it is not known, such as while a folder is searched for pages.
    package var total: Int?
    /// What came of it so far, such as "12 stories added"; empty while there is nothing to say.
    package var words: String
    /// A sentence for each thing that failed so far, at most `Outcome.mostProblems`.
    package var problems: [String]

    package init(
      done: Int, total: Int? = nil, words: String = "", problems: [String] = []
    ) {
      self.done = done
      self.total = total
      self.words = words
      self.problems = problems
    }
  }

  /// How a job ended.
  package struct Outcome: Sendable, Hashable {
    package enum State: Sendable, Hashable { case done, failed, cancelled }

    package var state: State
    /// A sentence for the user without its full stop; of a cancelled job, what had been done by then,
    /// such as "12 stories added".
    package var words: String
    /// A sentence for each thing that failed, at most `mostProblems` and one more.
    package var problems: [String]
    /// How many stories say something else now, which undo brings back.
    package var updated: Int

    package init(_ state: State, _ words: String, problems: [String] = [], updated: Int = 0) {
      self.state = state
      self.words = words
      self.updated = updated
      self.problems = Array(problems.prefix(Self.mostProblems))
      let rest = problems.count - Self.mostProblems
      if rest > 0 { self.problems.append("and \(rest) more") }
    }

    /// How many problems are kept.
    package static let mostProblems = 1000

    package static func done(_ words: String) -> Outcome { Outcome(.done, words) }
    package static func failed(_ words: String) -> Outcome { Outcome(.failed, words) }
    package static func cancelled(_ words: String) -> Outcome { Outcome(.cancelled, words) }

    /// The sentence where nothing else says that the job was cancelled.
    var sentence: String { state == .cancelled ? "cancelled: \(words)" : words }

    /// The sentence, with the first thing that failed.
    var brief: String { problems.first.map { "\(sentence): \($0)" } ?? sentence }
  }
}

extension Job.Kind {
  /// What is being done, before a count: "Importing".
  nonisolated var activity: String {
    switch self {
    case .importTyped, .importPaths: "Importing"
    case .refresh: "Refreshing"
    }
  }

  /// What was done, before a name: "Imported".
  nonisolated var past: String {
    switch self {
    case .importTyped, .importPaths: "Imported"
    case .refresh: "Refreshed"
    }
  }

  /// The work as a noun: "import".
  nonisolated var noun: String {
    switch self {
    case .importTyped, .importPaths: "import"
    case .refresh: "refresh"
    }
  }

  /// The files that it reads, as bytes.
  nonisolated func paths(_ files: FileNames) -> [[UInt8]] {
    switch self {
    case .importTyped(let path): [files.canonical(files.path(path))]
    case .importPaths(let paths): paths.map(files.canonical)
    case .refresh: []
    }
  }

  /// What it is done to, each as text from outside: unsafe to show as it is.
  nonisolated var subjects: [String] {
    switch self {
    case .importTyped(let path): [path]
    case .importPaths(let paths): paths.map { String(decoding: $0, as: UTF8.self) }
    case .refresh: ["all feeds"]
    }
  }

  /// What its progress counts: one, and several.
  nonisolated var unit: (one: String, many: String) {
    switch self {
    case .importTyped, .importPaths: ("page", "pages")
    case .refresh: ("source", "sources")
    }
  }
}
