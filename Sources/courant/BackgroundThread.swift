import Glibc
import Intake

/// Runs `body` beside the reader, on a thread that nobody waits for; `false` where the system gives
/// none.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  guard let thread = startThread(stackSize: 16 << 20, body) else { return false }
  pthread_detach(thread)
  return true
}
