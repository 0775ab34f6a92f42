import Glibc
import Threads

/// Runs `body` on a detached thread with a stack of 16 MB; `false` if none could be started.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  guard let thread = startThread(stackSize: 16 << 20, body) else { return false }
  pthread_detach(thread)
  return true
}
