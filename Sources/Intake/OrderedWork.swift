internal import Glibc
internal import Threads

/// Does pieces of work on all cores and hands the results on in the order of the pieces.
///
/// The workers are threads of their own: they make progress while the main thread sleeps in `poll`,
/// and have the deep stack that a deeply nested page needs. Results wait for those before them, at
/// most `window` of them, so that one slow page costs no memory for the thousands behind it.
///
/// One thread makes it, takes the results, and must call `finish` at the end; only `work` runs on
/// others.
package final class OrderedWork<Result: Sendable>: Sendable {
  private struct State: Sendable {
    /// The first piece that no worker has begun.
    var next = 0
    /// How many results were taken.
    var taken = 0
    var isEnded = false
    /// Results that were not taken yet, by piece.
    var results: [Int: Result] = [:]
    var threads: [pthread_t] = []
  }

  private let state = Monitor(State())
  private let count: Int
  private let window: Int
  private let work: @Sendable (Int) -> Result

  /// Starts at once on pieces 0..<count.
  package init(
    count: Int, workers: Int = cores(), window: Int = 32,
    work: @escaping @Sendable (Int) -> Result
  ) {
    self.count = count
    self.window = max(window, workers)
    self.work = work
    let threads = (0..<min(workers, count)).compactMap { _ in
      startThread(stackSize: 64 << 20) { [self] in run() }
    }
    state.change { $0.threads = threads }
  }

  /// The next result, or `nil` after the last one or after `finish`; waits for it.
  package func take() -> Result? {
    let (hasWorkers, taken, isOver) = state.read { state in
      (!state.threads.isEmpty, state.taken, state.isEnded || state.taken >= count)
    }
    guard !isOver else { return nil }
    guard hasWorkers else {
      // Where the system gives no thread at all, the work is done by the one who asks.
      let result = work(taken)
      state.change { $0.taken += 1 }
      return result
    }
    return state.wait(wakesOthers: true) { state -> Result?? in
      if let result = state.results.removeValue(forKey: state.taken) {
        state.taken += 1
        return .some(result)
      }
      return state.isEnded ? .some(nil) : nil
    }
  }

  /// Whether `take` would answer without waiting.
  var isReady: Bool { state.read { $0.results[$0.taken] != nil } }

  /// Starts no more pieces, and waits for those that are being done.
  package func finish() {
    let threads = state.change { state in
      state.isEnded = true
      defer { state.threads = [] }
      return state.threads
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  // MARK: - On the workers

  private func run() {
    while let piece = takePiece() {
      let result = work(piece)
      state.change { $0.results[piece] = result }
    }
  }

  private func takePiece() -> Int? {
    state.wait { state -> Int?? in
      if state.isEnded || state.next >= count { return .some(nil) }
      guard state.next < state.taken + window else { return nil }
      state.next += 1
      return .some(state.next - 1)
    }
  }
}

/// How many cores this program may use.
func cores() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
