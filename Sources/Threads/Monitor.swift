internal import Glibc

/// A value that one thread at a time may touch, and that threads can wait upon.
///
/// `Synchronization.Mutex` has no condition to wait for, and ThreadSanitizer does not see that it locks,
/// so that it reports what a mutex guards as a race. The lock and the condition are on the heap and
/// stay where they are until `deinit`, which the last owner runs: the system's calls know them by
/// address, and a stored property passed with `&` may be a copy.
///
/// Closures must be short and must not call the monitor again.
package final class Monitor<State: Sendable>: @unchecked Sendable {
  // Only these methods touch the three, and `state` only between lock and unlock.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  package init(_ state: State) {
    self.state = state
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // The clock of the limits of `wait(atMost:)`: setting the time of day must not end a wait.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Reads the value; wakes nobody.
  package func read<Answer>(_ body: (State) -> Answer) -> Answer {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body(state)
  }

  /// Changes the value and wakes all threads that wait.
  package func change<Answer>(_ body: (inout State) -> Answer) -> Answer {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    defer { pthread_cond_broadcast(changed) }
    return body(&state)
  }

  /// Waits until `body` gives an answer, which it may take out of the value.
  ///
  /// It is asked at once and after each change. `wakesOthers` is for an answer that changes what other
  /// threads wait for.
  package func wait<Answer>(
    wakesOthers: Bool = false, until body: (inout State) -> Answer?
  ) -> Answer {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      // The access to `state` ends before the wait, in which other threads change it.
      if let answer = body(&state) {
        if wakesOthers { pthread_cond_broadcast(changed) }
        return answer
      }
      pthread_cond_wait(changed, lock)
    }
  }

  /// Waits for at most so many milliseconds until a condition holds; whether it held by then.
  package func wait(atMost milliseconds: Int, until isReady: (State) -> Bool) -> Bool {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = end.tv_nsec + max(0, milliseconds) % 1000 * 1_000_000
    end.tv_sec += max(0, milliseconds) / 1000 + nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if isReady(state) { return true }
      // Asked once more after the time is up: the change may have come in between.
      guard pthread_cond_timedwait(changed, lock, &end) == 0 else { return isReady(state) }
    }
  }
}
