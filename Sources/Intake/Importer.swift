package import Files
internal import Glibc
package import Parsing
package import Storage

/// Takes pages into a library: reads and parses them on all cores, and writes in one place.
///
/// Pages come into the library in the order they are named. Each short transaction takes in what
/// is ready, so that a reader's own changes never wait long. What cannot be read or parsed is
/// told in the summary; it stops nothing. Calls block until all is done: run them on a thread
/// that may wait.
package struct Importer: Sendable {
  /// How far an import is.
  package struct Progress: Sendable, Hashable {
    /// Files done, whatever became of them, and files in all.
    package var done: Int
    package var total: Int
    /// Stories that are new in the library, or were brought up to date.
    package var added: Int
    package var failed: Int

    package init(done: Int, total: Int, added: Int, failed: Int) {
      self.done = done
      self.total = total
      self.added = added
      self.failed = failed
    }
  }

  /// What became of the files.
  package struct Summary: Sendable {
    package var new: [StoryID] = []
    package var updated: [StoryID] = []
    package var same: [StoryID] = []
    package var failed: [IntakeError] = []
    /// Why the library took no more; what came before is in it.
    package var stopped: StorageError?
    package var isCancelled = false

    /// How many files there were.
    package var total: Int { new.count + updated.count + same.count + failed.count }
  }

  package typealias Parser = @Sendable (Page) throws(PageError) -> ParsedPage

  let library: Path
  let cancellation: Cancellation
  let version: Int
  private let parser: Parser

  /// An importer for the library at a path, which is opened when it is needed.
  package init(
    library: Path, cancellation: Cancellation = Cancellation(), version: Int = parserVersion,
    parser: @escaping Parser = { page throws(PageError) in try parsePage(page) }
  ) {
    self.library = library
    self.cancellation = cancellation
    self.version = version
    self.parser = parser
  }

  /// Takes in files, the pages in folders, and standard input for `-`.
  ///
  /// `source` names where the stories come from if they do not say; without it, the file's folder
  /// does. An error is thrown only where the library cannot be opened for writing.
  package func importPaths(
    _ paths: [Path], source: String? = nil, address: String? = nil, charset: String? = nil,
    progress: (Progress) -> Void = { _ in }
  ) throws(StorageError) -> Summary {
    let library = try Library(path: library)
    guard !library.isReadOnly else { throw .readOnly(self.library.shown) }
    let (files, problems) = pageFiles(paths)
    var summary = Summary()
    summary.failed = problems
    let work = OrderedWork(count: files.count) { [self] index in
      prepare(files[index], source: source, address: address, charset: charset)
    }
    defer { work.finish() }
    write(work, count: files.count, to: library, &summary, progress) {
      (_, story) throws(StorageError) in try library.add(story)
    }
    return summary
  }

  /// Takes in one page that is read already, such as the one a program carries.
  package func importPage(
    _ page: Page, name: Path, source: String? = nil
  ) throws(IntakeError) -> Added {
    let story = try prepare(page, name: name, source: source)
    do throws(StorageError) {
      return try Library(path: library).add(story)
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

  /// The name of the folder a file is in, by which stories without a site are told apart.
  private func folderName(_ path: Path) -> String? {
    let folder = path.folder
    return path == standardInput || folder == "." || folder == "/" ? nil : folder.name.text
  }
}

// MARK: - In the one place that writes

extension Importer {
  /// The time a transaction takes in stories, in seconds: a reader's own change waits for it.
  private static let share = 0.025

  /// Notes every outcome in order; `store` puts a story into the library, and `without` is told
  /// of each page that gives none.
  func write(
    _ work: OrderedWork<Outcome>, count: Int, to library: Library, _ summary: inout Summary,
    _ progress: (Progress) -> Void,
    store: (Int, PreparedStory) throws(StorageError) -> Added,
    without: (Int) throws(StorageError) -> Void = { (_) throws(StorageError) in }
  ) {
    var done = 0
    progress(Progress(done: 0, total: count, summary))
    while done < count, summary.stopped == nil, !cancellation.isCancelled {
      // Taken before the transaction: a page that parses slowly must not hold up the reader.
      guard var outcome = work.take() else { break }
      // What a transaction that is taken back did is not told as done.
      var (told, reached) = (summary, done)
      do throws(StorageError) {
        try library.transaction { () throws(StorageError) in
          let end = seconds() + Self.share
          while true {
            if case .failure(.page) = outcome { try without(reached) }
            try told.note(outcome, index: reached, store)
            reached += 1
            guard reached < count, seconds() < end, work.isReady, let next = work.take() else {
              break
            }
            outcome = next
          }
        }
        (summary, done) = (told, reached)
      } catch {
        summary.stopped = error
      }
      progress(Progress(done: done, total: count, summary))
    }
    summary.isCancelled = done < count && cancellation.isCancelled
  }
}

extension Importer.Summary {
  fileprivate mutating func note(
    _ outcome: Importer.Outcome, index: Int,
    _ store: (Int, PreparedStory) throws(StorageError) -> Added
  ) throws(StorageError) {
    switch outcome {
    case .failure(let error): failed.append(error)
    case .success(let story):
      do throws(StorageError) {
        switch try store(index, story) {
        case .new(let id): new.append(id)
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
  /// Whether the error says nothing of the rest of the library.
  fileprivate var isOfOneStory: Bool {
    switch self {
    case .noStory, .damagedStory: true
    default: false
    }
  }
}

extension Importer.Progress {
  fileprivate init(done: Int, total: Int, _ summary: Importer.Summary) {
    self.init(
      done: done, total: total, added: summary.new.count + summary.updated.count,
      failed: summary.failed.count)
  }
}

/// A clock that only goes forward.
private func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
