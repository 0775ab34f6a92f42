package import Files
internal import Glibc
package import Parsing
package import Storage
package import Threads

/// Imports pages into a library: reads and parses them on all cores, and writes on one thread.
///
/// Pages are stored in the order in which they are named. Each transaction stores what has been
/// parsed and lasts about 25 ms, so that the user's own changes never wait long. A page that cannot
/// be read or parsed is reported in the summary and stops nothing. Calls block until all is done:
/// run them on a thread that may wait.
package struct Importer: Sendable {
  /// How far an import is.
  package struct Progress: Sendable {
    /// Files that are done, whether or not they gave a story.
    package var done: Int
    /// The number of files.
    package var total: Int
    /// What came of the files until now.
    package var summary: Summary

    /// How many stories of the library are others than before.
    package var changed: Int {
      summary.new.count + summary.restored.count + summary.updated.count
    }
  }

  /// What came of the files.
  package struct Summary: Sendable {
    /// The stories that were added.
    package var new: [StoryID] = []
    /// The stories that the reader had deleted, and that are back.
    package var restored: [StoryID] = []
    /// The stories that were replaced by a newer version.
    package var updated: [StoryID] = []
    /// The stories that were known and have not changed.
    package var same: [StoryID] = []
    /// The files that gave no story, and why.
    package var failed: [IntakeError] = []
    /// Why the library took no more; what was stored before stays.
    package var stopped: StorageError?
    /// Whether it was cancelled before the last file was done; what was stored before stays.
    package var isCancelled = false

    /// How many files there were.
    package var total: Int {
      new.count + restored.count + updated.count + same.count + failed.count
    }
  }

  /// Parses one page; called on several threads at once.
  package typealias Parser = @Sendable (Page) throws(PageError) -> ParsedPage

  package let library: Path
  /// Ends an import at the next page once it is cancelled.
  package var cancellation: Cancellation
  let version: Int
  private let parser: Parser

  /// An importer for the library at a path, which is opened by each import.
  ///
  /// `version` is kept with each story, to know later which were made by an older parser.
  package init(
    library: Path, cancellation: Cancellation = Cancellation(), version: Int = parserVersion,
    parser: @escaping Parser = { page throws(PageError) in try parsePage(page) }
  ) {
    self.library = library
    self.cancellation = cancellation
    self.version = version
    self.parser = parser
  }

  /// Imports files, the pages in folders, and standard input for `-`.
  ///
  /// `source` is the source of stories that name no site; without it, the name of the file's folder
  /// is. `progress` is called on this thread, before the first page and after each transaction. An
  /// error is thrown only where the library cannot be opened for writing.
  package func importPaths(
    _ paths: [Path], source: String? = nil, address: String? = nil, charset: String? = nil,
    progress: (Progress) -> Void = { _ in }
  ) throws(StorageError) -> Summary {
    let library = try Library(path: library)
    guard !library.isReadOnly else { throw library.refusal }
    let (files, problems) = pageFiles(paths, cancellation)
    var summary = Summary()
    guard !cancellation.isCancelled else {
      summary.isCancelled = true
      return summary
    }
    summary.failed = problems
    let work = OrderedWork(count: files.count) { [self] index in
      prepare(files[index], source: source, address: address, charset: charset)
    }
    defer { work.finish() }
    write(work, count: files.count, to: library, &summary, progress) {
      (_, story) throws(StorageError) in try library.stories.add(story)
    }
    return summary
  }

  /// Imports one page whose bytes are at hand, such as the one that is part of the program.
  package func importPage(
    _ page: Page, name: Path, source: String? = nil
  ) throws(IntakeError) -> Added {
    let story = try prepare(page, name: name, source: source)
    do throws(StorageError) {
      return try Library(path: library).stories.add(story)
    } catch {
      throw .library(error)
    }
  }
}

// MARK: - On the workers

extension Importer {
  typealias Outcome = Result<PreparedStory, IntakeError>

  private func prepare(
    _ path: Path, source: String?, address: String?, charset: String?
  ) -> Outcome {
    guard !cancellation.isCancelled else { return .failure(.cancelled) }
    do throws(IntakeError) {
      let page = try readPage(path, address: address, charset: charset)
      return .success(try prepare(page, name: path, source: source ?? folderName(path)))
    } catch {
      return .failure(error)
    }
  }

  func prepare(
    _ page: Page, name: Path, source: String?
  ) throws(IntakeError) -> PreparedStory {
    do throws(PageError) {
      let parsed = try parser(page)
      return PreparedStory(
        parsed.story, original: page.original, parserVersion: version, source: source)
    } catch {
      throw .page(name, error)
    }
  }

  /// The name of the folder a file is in: the source of stories that name no site.
  private func folderName(_ path: Path) -> String? {
    let folder = path.folder
    return path == standardInput || folder == "." || folder == "/" ? nil : folder.name.text
  }
}

// MARK: - On the thread that writes

extension Importer {
  /// After how many seconds a transaction takes no more stories: the user's own change waits for it.
  private static let transactionSeconds = 0.025

  /// Stores every outcome in order; `store` puts a story into the library, and `withoutStory` is
  /// called for each page that gives none.
  func write(
    _ work: OrderedWork<Outcome>, count: Int, to library: Library, _ summary: inout Summary,
    _ progress: (Progress) -> Void,
    store: (Int, PreparedStory) throws(StorageError) -> Added,
    withoutStory: (Int) throws(StorageError) -> Void = { (_) throws(StorageError) in }
  ) {
    var done = 0
    progress(Progress(done: 0, total: count, summary: summary))
    while done < count, summary.stopped == nil, !cancellation.isCancelled {
      // Taken before the transaction, which must not last as long as a page that parses slowly.
      guard var outcome = self.outcome(from: work) else { break }
      // Of a transaction that is rolled back nothing counts as done.
      var attempt = (summary: summary, done: done)
      do throws(StorageError) {
        try library.transaction { () throws(StorageError) in
          let end = seconds() + Self.transactionSeconds
          while true {
            if case .failure(.page) = outcome { try withoutStory(attempt.done) }
            try attempt.summary.add(outcome, index: attempt.done, store)
            attempt.done += 1
            guard attempt.done < count, seconds() < end, work.isReady,
              let next = self.outcome(from: work)
            else { break }
            outcome = next
          }
        }
        (summary, done) = (attempt.summary, attempt.done)
      } catch {
        summary.stopped = error
      }
      progress(Progress(done: done, total: count, summary: summary))
    }
    summary.isCancelled = done < count && cancellation.isCancelled
  }

  /// The next outcome; `nil` where there is none or the import is cancelled, so that pages whose turn
  /// never came do not count as failed.
  private func outcome(from work: OrderedWork<Outcome>) -> Outcome? {
    guard let outcome = work.take() else { return nil }
    if case .failure(.cancelled) = outcome { return nil }
    return outcome
  }
}

extension Importer.Summary {
  fileprivate mutating func add(
    _ outcome: Importer.Outcome, index: Int,
    _ store: (Int, PreparedStory) throws(StorageError) -> Added
  ) throws(StorageError) {
    switch outcome {
    case .failure(let error): failed.append(error)
    case .success(let story):
      do throws(StorageError) {
        switch try store(index, story) {
        case .new(let id): new.append(id)
        case .restored(let id): restored.append(id)
        case .updated(let id): updated.append(id)
        case .same(let id): same.append(id)
        }
      } catch {
        guard error.isOfOneStory else { throw error }
        failed.append(.library(error))
      }
    }
  }
}

extension StorageError {
  /// Whether the error concerns one story and not the rest of the library.
  fileprivate var isOfOneStory: Bool {
    switch self {
    case .noStory, .damagedStory: true
    default: false
    }
  }
}

/// The monotonic clock, in seconds.
private func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
