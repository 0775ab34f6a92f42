internal import Glibc
internal import Synchronization

/// Does pieces of work on all cores and hands the results on in the order of the pieces.
///
/// The workers are threads of their own: they get on while the main thread sleeps in `poll`, and
/// have the deep stack that a deeply nested page wants. Results wait for those before them, at
/// most `window` of them, so that one slow page costs no memory for the thousands behind it.
package final class OrderedWork<Result: Sendable>: @unchecked Sendable {
  // Everything mutable is read and written only while `lock` is held.
  private var lock = pthread_mutex_t()
  private var changed = pthread_cond_t()
  private var next = 0
  private var taken = 0
  private var isEnded = false
  private var results: [Int: Result] = [:]
  private let count: Int
  private let window: Int
  private let work: @Sendable (Int) -> Result
  private var threads: [pthread_t] = []

  /// Starts at once on pieces 0..<count.
  package init(
    count: Int, workers: Int = cores(), window: Int = 32,
    work: @escaping @Sendable (Int) -> Result
  ) {
    self.count = count
    self.window = max(window, workers)
    self.work = work
    pthread_mutex_init(&lock, nil)
    pthread_cond_init(&changed, nil)
    for _ in 0..<min(workers, count) {
      if let thread = startThread(stackSize: 64 << 20, { [self] in run() }) {
        threads.append(thread)
      }
    }
  }

  /// The next result, or `nil` after the last one; waits for it.
  package func take() -> Result? {
    guard taken < count, !threads.isEmpty || count == 0 else { return takeHere() }
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    while results[taken] == nil, !isEnded { pthread_cond_wait(&changed, &lock) }
    guard let result = results.removeValue(forKey: taken) else { return nil }
    taken += 1
    pthread_cond_broadcast(&changed)
    return result
  }

  /// Whether `take` would answer without waiting.
  var isReady: Bool {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    return results[taken] != nil
  }

  /// Starts no more pieces, and waits for those that are being done.
  package func finish() {
    pthread_mutex_lock(&lock)
    isEnded = true
    pthread_cond_broadcast(&changed)
    pthread_mutex_unlock(&lock)
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  deinit {
    pthread_cond_destroy(&changed)
    pthread_mutex_destroy(&lock)
  }

  /// Where the system gives no thread at all, the work is done by the one who asks.
  private func takeHere() -> Result? {
    guard taken < count, !isEnded else { return nil }
    defer { taken += 1 }
    return work(taken)
  }

  private func run() {
    while let piece = takePiece() {
      let result = work(piece)
      pthread_mutex_lock(&lock)
      results[piece] = result
      pthread_cond_broadcast(&changed)
      pthread_mutex_unlock(&lock)
    }
  }

  private func takePiece() -> Int? {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    while next >= taken + window, !isEnded { pthread_cond_wait(&changed, &lock) }
    guard next < count, !isEnded else { return nil }
    next += 1
    return next - 1
  }
}

/// How many cores this program may use.
func cores() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// A wish to stop that any thread may make and a long work asks for now and then.
package final class Cancellation: Sendable {
  private let flag = Atomic(false)

  package init() {}

  package func cancel() { flag.store(true, ordering: .relaxed) }
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
