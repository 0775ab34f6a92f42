internal import Glibc
internal import Threads

/// Fetches many requests at once in one thread of its own.
///
/// Requests are handed over by ``start(_:)`` from any thread; their ends are taken by ``next()``, each
/// exactly once. At most ``Setup/window`` responses wait to be taken or are on their way: who takes them
/// slowly slows the network down, and memory stays flat. The thread begins with the first request and
/// ends in ``finish()``; libcurl is loaded in it, so that nothing here ever waits for a disk.
///
/// What servers ask for (``HostRules``) holds for all requests of one `Transfers`; ``pauses`` is what the
/// library keeps of it for the next one.
package final class Transfers: Sendable {
  /// What all transfers share.
  package struct Setup: Sendable {
    package var limits = HostRules.Limits()
    /// Pauses of earlier runs, by host.
    package var pauses: [String: HostRules.Pause] = [:]
    package var environment = ProxyEnvironment([:])
    /// Connections in all.
    package var connections = 32
    /// Responses that are received or wait to be taken.
    package var window = 64
    /// Bytes of bodies in memory above which only one transfer goes on.
    package var memory = 16 << 20
    /// The time in seconds since 1970.
    package var now: @Sendable () -> Double = systemTime
    // For tests: which addresses count as public, and who is believed about certificates.
    var scopeOf: @Sendable ([UInt8]) -> AddressScope = { AddressScope($0) }
    var authorities: String?

    package init() {}
  }

  private let setup: Setup
  private let mailbox = Monitor(Mailbox())

  package init(_ setup: Setup = Setup()) {
    self.setup = setup
    mailbox.change { $0.pauses = setup.pauses }
  }

  deinit { finish() }

  // MARK: - Requests

  /// Hands a request over; its end comes from ``next()``.
  ///
  /// After ``finish()`` nothing comes.
  @discardableResult
  package func start(_ request: Request) -> RequestID {
    mailbox.change { mailbox in
      let id = RequestID(number: mailbox.started)
      mailbox.started += 1
      guard !mailbox.isEnding else { return id }
      if mailbox.thread == nil { mailbox.thread = startNetworkThread() }
      if case .missing = mailbox.thread {
        mailbox.results.append(
          FetchResult(id: id, request: request, outcome: .failure(.noResources)))
      } else {
        mailbox.arrived.append((id, request))
        mailbox.alarm?.ring()
      }
      return id
    }
  }

  /// Ends a request at whatever stage it is: it ends with ``FetchError/cancelled``, unless its end was
  /// taken before.
  package func cancel(_ id: RequestID) {
    mailbox.change { mailbox in
      if let index = mailbox.results.firstIndex(where: { $0.id == id }) {
        mailbox.results[index] = mailbox.results[index].asCancelled
        return
      }
      mailbox.cancelled.append(id)
      mailbox.alarm?.ring()
    }
  }

  /// Ends all requests that were started so far, as ``cancel(_:)`` does.
  package func cancelAll() {
    mailbox.change { mailbox in
      mailbox.results = mailbox.results.map(\.asCancelled)
      mailbox.cancelledBelow = mailbox.started
      mailbox.alarm?.ring()
    }
  }

  // MARK: - Ends

  /// The next end; waits for it.
  ///
  /// `nil` once every request that was started has ended and been taken, and after ``finish()``.
  package func next() -> FetchResult? {
    mailbox.wait(wakesOthers: true) { mailbox -> FetchResult?? in
      if let result = Self.take(&mailbox) { return .some(result) }
      return mailbox.isEnding || mailbox.taken == mailbox.started ? .some(nil) : nil
    }
  }

  /// The next end if there is one by then; waits for at most so many milliseconds.
  package func next(atMost milliseconds: Int) -> FetchResult? {
    guard mailbox.wait(atMost: milliseconds, until: { !$0.results.isEmpty || $0.isEnding }) else {
      return nil
    }
    return mailbox.change { Self.take(&$0) }
  }

  /// How many requests have not been taken yet.
  package var outstanding: Int { mailbox.read { $0.started - $0.taken } }

  /// What hosts asked for, by host.
  package var pauses: [String: HostRules.Pause] { mailbox.read { $0.pauses } }

  private static func take(_ mailbox: inout Mailbox) -> FetchResult? {
    guard !mailbox.isEnding, !mailbox.results.isEmpty else { return nil }
    mailbox.taken += 1
    if mailbox.lacksRoom { mailbox.alarm?.ring() }
    return mailbox.results.removeFirst()
  }

  // MARK: - The thread

  /// Cancels everything, waits for the network thread's end, and drops what was not taken.
  ///
  /// It takes a few milliseconds at most: nothing waits for a server. More calls do nothing.
  package func finish() {
    let thread = mailbox.change { mailbox in
      mailbox.isEnding = true
      mailbox.results = []
      mailbox.alarm?.ring()
      defer { mailbox.thread = nil }
      return mailbox.thread
    }
    if case .running(let thread) = thread { pthread_join(thread, nil) }
  }

  // MARK: - For tests

  /// How many ends wait to be taken.
  var resultCount: Int { mailbox.read { $0.results.count } }
  var waitingBytes: Int { mailbox.read { $0.waitingBytes } }

  /// Waits for so many ends; `false` if they did not come in so many milliseconds.
  func waitForResults(_ count: Int, atMost milliseconds: Int) -> Bool {
    mailbox.wait(atMost: milliseconds) { $0.results.count >= count }
  }

  /// Lets the network thread look at the clock again.
  func clockChanged() { mailbox.change { $0.alarm?.ring() } }

  /// The thread holds the mailbox and not the transfers, which can end without it then.
  private func startNetworkThread() -> NetworkThread {
    let thread = startThread(stackSize: 1 << 20) { [mailbox, setup] in
      TransferLoop.run(mailbox, setup)
    }
    return thread.map { .running($0) } ?? .missing
  }
}

extension FetchResult {
  /// The same request, cancelled.
  var asCancelled: FetchResult {
    FetchResult(id: id, request: request, outcome: .failure(.cancelled))
  }
}

/// The time of the system's clock in seconds since 1970.
package func systemTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
