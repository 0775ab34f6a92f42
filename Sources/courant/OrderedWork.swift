import Glibc

/// Runs work on all cores and hands the results on in order, as soon as each one's turn comes.
///
/// Threads, not tasks: the work is long and never waits, and a hostile page needs a stack whose
/// size is known. At most a few results a thread wait for their turn, so that memory is bounded.
final class OrderedWork<Result: Sendable>: @unchecked Sendable {
  // Everything below is touched only while `mutex` is held.
  private var mutex = pthread_mutex_t()
  private var changed = pthread_cond_t()
  private var next = 0
  private var delivered = 0
  private var done: [Int: Result] = [:]
  private let count: Int
  private let ahead: Int
  private let work: @Sendable (Int) -> Result

  private init(count: Int, ahead: Int, work: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.ahead = ahead
    self.work = work
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&changed, nil)
  }

  /// Calls `deliver` on the calling thread with the result of each of `0..<count`, in order.
  static func run<E: Error>(
    _ count: Int, work: @escaping @Sendable (Int) -> Result, deliver: (Result) throws(E) -> Void
  ) throws(E) {
    let threads = min(count, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    guard threads > 1 else {
      for index in 0..<count { try deliver(work(index)) }
      return
    }
    let shared = OrderedWork(count: count, ahead: threads * 8, work: work)
    let started = (0..<threads).count { _ in startThread { shared.runAll() } }
    for index in 0..<count {
      try deliver(started > 0 ? shared.wait(for: index) : work(index))
    }
  }

  private func runAll() {
    while let index = take() {
      let result = work(index)
      pthread_mutex_lock(&mutex)
      done[index] = result
      pthread_cond_broadcast(&changed)
      pthread_mutex_unlock(&mutex)
    }
  }

  private func take() -> Int? {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while next < count, next >= delivered + ahead { pthread_cond_wait(&changed, &mutex) }
    guard next < count else { return nil }
    next += 1
    return next - 1
  }

  private func wait(for index: Int) -> Result {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while true {
      if let result = done.removeValue(forKey: index) {
        delivered = index + 1
        pthread_cond_broadcast(&changed)
        return result
      }
      pthread_cond_wait(&changed, &mutex)
    }
  }
}
