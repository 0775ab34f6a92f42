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

    package init(done: Int, total: Int? = nil) {
      self.done = done
      self.total = total
    }
  }

  /// How a job ended, with a sentence for the user without its full stop.
  package enum Outcome: Sendable, Hashable {
    case done(String)
    case failed(String)
    /// It was cancelled; the sentence says what had been done by then.
    case cancelled(String)

    /// The sentence.
    package var words: String {
      switch self {
      case .done(let words), .failed(let words), .cancelled(let words): words
      }
    }
  }
}

extension Job.Kind {
  /// What is being done, before a count: "Importing".
  nonisolated var activity: String {
    switch self {
    case .importTyped, .importPaths: "Importing"
    }
  }

  /// What it is done to, as text from outside: unsafe to show as it is.
  nonisolated var subject: String {
    switch self {
    case .importTyped(let path): path
    case .importPaths(let paths):
      paths.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
  }
}
