package import Files
internal import Glibc
package import Network
package import Storage
package import Threads

/// Fetches feeds: asks their servers in one thread, reads what they answer on all cores, and stores it
/// on the calling thread in transactions of about 25 ms.
///
/// A lease in the library keeps two programs from refreshing at once. What is stored can be read at
/// once; full-text indexing follows by `Library.indexing`. A source that fails says why in its status and
/// stops nothing. Calls block until all is done: run them on a thread that may wait.
package struct Refresher: Sendable {
  /// How sources are asked.
  package struct Setup: Sendable {
    package var transfers = Transfers.Setup()
    /// `Courant/VERSION`, unless a source has one of its own.
    package var userAgent: String
    package var proxy = ProxyChoice.environment
    /// Whether a story that several sources have is kept once for each.
    package var keepsApart = false
    /// The clock, in seconds since 1970.
    package var now: @Sendable () -> Int64 = { Library.now() }

    package init(userAgent: String) { self.userAgent = userAgent }
  }

  /// Which sources are asked.
  package enum Choice: Sendable {
    /// Those that are due.
    case due
    /// All but paused ones.
    case all
    case some([SubscriptionID])
  }

  let library: Path
  let setup: Setup
  let cancellation: Cancellation

  /// A refresher for the library at a path, which is opened by each run.
  package init(library: Path, setup: Setup, cancellation: Cancellation = Cancellation()) {
    self.library = library
    self.setup = setup
    self.cancellation = cancellation
  }

  /// The name of the lease that is held while a run lasts, and for how long it is taken.
  package static let lease = "refresh"
  private static let leaseSeconds: Int64 = 60

  /// Fetches the chosen sources.
  ///
  /// `progress` is called on this thread. An error is thrown only where the library cannot be opened for
  /// writing; any later one is in the summary.
  package func run(
    _ choice: Choice, progress: (Progress) -> Void = { _ in }
  ) throws(StorageError) -> Summary {
    let library = try Library(path: library)
    guard !library.isReadOnly else { throw .readOnly(self.library.shown) }
    var summary = Summary()
    if let other = try library.fetching.take(Self.lease, seconds: Self.leaseSeconds) {
      summary.other = other
      return summary
    }
    defer { try? library.fetching.giveBack(Self.lease) }
    let plan = try plan(choice, library)
    summary.waiting = plan.waiting
    guard !plan.subscriptions.isEmpty else { return summary }
    var writer = RefreshWriter(library, plan, setup, summary)
    do throws(StorageError) {
      try fetch(plan, &writer, library, progress)
    } catch {
      writer.summary.stopped = error
    }
    return writer.summary
  }

  private func plan(_ choice: Choice, _ library: Library) throws(StorageError) -> RefreshPlan {
    let now = setup.now()
    var all: [Subscription]
    var isByHand = true
    switch choice {
    case .due:
      all = try library.subscriptions.due(at: now)
      isByHand = false
    case .all: all = try library.subscriptions.all()
    case .some(let ids):
      all = []
      for id in ids {
        if let subscription = try library.subscriptions.subscription(id) {
          all.append(subscription)
        }
      }
    }
    return RefreshPlan(all, isByHand: isByHand, hosts: try library.fetching.hosts(), now: now)
  }

  private func fetch(
    _ plan: RefreshPlan, _ writer: inout RefreshWriter, _ library: Library,
    _ progress: (Progress) -> Void
  ) throws(StorageError) {
    var transferSetup = setup.transfers
    transferSetup.pauses = try library.fetching.hosts().pauses
    let transfers = Transfers(transferSetup)
    let (requests, problems) = plan.requests(setup)
    for (index, problem) in problems { try writer.fail(index, problem) }
    for request in requests { transfers.start(request) }
    let queue = FeedQueue(transfers, threads: Self.readers, listed: listed(plan))
    defer {
      transfers.finish()
      queue.finish()
    }
    progress(writer.progress)
    var extended = setup.now()
    while let read = queue.take(atMost: Self.pollTime) {
      if cancellation.isCancelled {
        writer.summary.isCancelled = true
        return
      }
      try writer.write(read)
      progress(writer.progress)
      if writer.isOffline { return }
      // Another program may take over the lease of one that seems to have stopped.
      guard setup.now() - extended >= Self.leaseSeconds / 6 else { continue }
      extended = setup.now()
      let isOurs = try library.fetching.extend(
        Self.lease, seconds: Self.leaseSeconds, done: writer.progress.done,
        total: writer.progress.total)
      guard isOurs else { return }
    }
    try writer.end()
    progress(writer.progress)
  }

  /// How long a cancelled run may go unnoticed, in milliseconds.
  private static let pollTime = 50

  /// One thread for each core, but at most four: reading is quicker than any network.
  private static var readers: Int { min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

  /// Which entries of a subscription need not be prepared again, by a connection for each thread.
  private func listed(_ plan: RefreshPlan) -> @Sendable () -> (Int) -> Set<Int64> {
    { [library] in
      let own = try? Library(path: library, mode: .readOnly, createIfMissing: false)
      return { index in
        let id = plan.subscriptions[index].id
        return (try? own?.entries.listed(of: id, parserVersion: parserVersionOfEntries)) ?? []
      }
    }
  }
}
