internal import Synchronization

/// A wish to stop that any thread may make and long work asks for now and then.
package final class Cancellation: Sendable {
  private let flag = Atomic(false)

  package init() {}

  /// Asks for the end; there is no way back.
  package func cancel() { flag.store(true, ordering: .relaxed) }
  /// Whether `cancel` has been called.
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
