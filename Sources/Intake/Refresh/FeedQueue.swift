internal import Glibc
internal import Network
internal import Storage
internal import Threads

/// Reads the results of requests on several threads, and hands them over to the one that writes.
///
/// Bounded: where the library takes them slowly, no more are read, and then none are fetched.
final class FeedQueue: Sendable {
  private struct State: Sendable {
    var read: [FetchedFeed] = []
    var isEnding = false
    var readers: Int
  }

  private let state: Monitor<State>
  private let threads: [SendableThread]

  private struct SendableThread: @unchecked Sendable { let thread: pthread_t }

  /// Results that are read and wait to be stored.
  private static let limit = 32
  /// A hostile feed needs a stack as deep as a page does.
  private static let stackSize = 8 << 20

  /// Begins to read the results of `transfers`; `listed` gives the entries of a subscription by its
  /// index that need not be prepared again, and is made once for each thread.
  init(
    _ transfers: Transfers, threads count: Int,
    listed: @escaping @Sendable () -> (Int) -> Set<Int64>
  ) {
    let state = Monitor(State(readers: count))
    self.state = state
    threads = (0..<count).compactMap { _ in
      let thread = startThread(stackSize: Self.stackSize) {
        let listed = listed()
        while let result = transfers.next() {
          let index = result.request.tag
          Self.hand(FetchedFeed(result) { listed(index) }, to: state)
        }
        state.change { $0.readers -= 1 }
      }
      return thread.map { SendableThread(thread: $0) }
    }
    let missing = count - threads.count
    if missing > 0 { state.change { $0.readers -= missing } }
  }

  private static func hand(_ feed: FetchedFeed, to state: Monitor<State>) {
    state.wait(wakesOthers: true) { state -> Void? in
      if state.isEnding { return () }
      guard state.read.count < limit else { return nil }
      state.read.append(feed)
      return ()
    }
  }

  /// What has been read by now, after at most so many milliseconds; empty if there is nothing yet,
  /// `nil` at the end.
  func take(atMost milliseconds: Int) -> [FetchedFeed]? {
    _ = state.wait(atMost: milliseconds) { !$0.read.isEmpty || $0.readers == 0 }
    return state.change { state in
      defer { state.read = [] }
      return state.read.isEmpty && state.readers == 0 ? nil : state.read
    }
  }

  /// Whether no thread could be started.
  var hasNoThreads: Bool { threads.isEmpty }

  /// Waits for the threads, which end once the transfers have.
  func finish() {
    state.change { $0.isEnding = true }
    for thread in threads { pthread_join(thread.thread, nil) }
  }
}
