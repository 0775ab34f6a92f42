package import Glibc

/// Starts a thread that runs `body`; `nil` where the system gives none.
///
/// A thread and not a task: the work blocks, and a hostile page needs a stack of known size.
package func startThread(
  stackSize: Int, _ body: @escaping @Sendable () -> Void
) -> pthread_t? {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSize)
  let boxed = Unmanaged.passRetained(ThreadBody(run: body))
  var thread = pthread_t()
  let status = pthread_create(
    &thread, &attributes,
    { pointer in
      guard let pointer else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run()
      return nil
    }, boxed.toOpaque())
  guard status == 0 else {
    boxed.release()
    return nil
  }
  return thread
}

/// The body of a thread, in a form that passes through a C pointer.
private final class ThreadBody {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}
