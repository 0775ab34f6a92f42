internal import CCurl
internal import Glibc
internal import Threads

/// The network thread: owns libcurl's multi handle and every transfer.
///
/// It sleeps in `curl_multi_poll` until a socket is ready, a host's turn has come, or another thread
/// rings the alarm. Once nothing is to be done it sleeps for an hour at a time.
final class TransferLoop {
  private let mailbox: Monitor<Mailbox>
  private let setup: Transfers.Setup
  private let multi: MultiHandle
  private let budget: MemoryBudget
  private var rules: HostRules
  private var queue = RequestQueue()
  /// All requests that have not ended.
  private var transfers: [RequestID: Transfer] = [:]
  /// Those with a running hop, by their handles.
  private var running: [UInt: Transfer] = [:]
  /// Ends that were not handed over yet.
  private var results: [FetchResult] = []
  /// How many ends wait to be taken, as of the last look.
  private var waiting = 0
  private var pausesChanged = false
  /// Whether a hop has led on since hops were started last.
  private var hasLedOn = false

  /// Waits for the first request, loads libcurl, and works until the end.
  static func run(_ mailbox: Monitor<Mailbox>, _ setup: Transfers.Setup) {
    blockBrokenPipes()
    let isEnding = mailbox.wait { mailbox -> Bool? in
      mailbox.isEnding ? true : mailbox.arrived.isEmpty ? nil : false
    }
    guard !isEnding else { return }
    if let error = CurlLibrary.load() { return refuseAll(mailbox, error) }
    guard let loop = TransferLoop(mailbox, setup) else { return refuseAll(mailbox, .noResources) }
    loop.work()
    loop.end()
  }

  private init?(_ mailbox: Monitor<Mailbox>, _ setup: Transfers.Setup) {
    guard let multi = MultiHandle(connections: setup.connections) else { return nil }
    self.multi = multi
    self.mailbox = mailbox
    self.setup = setup
    budget = MemoryBudget(limit: setup.memory)
    rules = HostRules(limits: setup.limits, pauses: setup.pauses, now: setup.now())
    mailbox.change { $0.alarm = multi.alarm }
  }

  /// Where there is no libcurl: every request ends with the reason.
  private static func refuseAll(_ mailbox: Monitor<Mailbox>, _ error: FetchError) {
    var isEnding = false
    while !isEnding {
      isEnding = mailbox.wait(wakesOthers: true) { mailbox -> Bool? in
        if mailbox.isEnding { return true }
        guard !mailbox.arrived.isEmpty else { return nil }
        mailbox.results += mailbox.arrived.map {
          FetchResult(id: $0.id, request: $0.request, outcome: .failure(error))
        }
        mailbox.arrived = []
        return false
      }
    }
  }

  /// A server that closes the connection while TLS writes to it must not end the program.
  private static func blockBrokenPipes() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  // MARK: - Rounds

  private func work() {
    while takeOrders() {
      let soonest = startWhatMay()
      if !multi.perform() { failAll() }
      collect()
      if budget.mayResume { resume() }
      if handOver() || hasLedOn || budget.mayResume { continue }
      multi.sleep(atMost: timeout(until: soonest))
    }
  }

  private func resume() {
    budget.loosen()
    for transfer in running.values { transfer.handle?.resume() }
  }

  /// Removes all handles, for libcurl frees them before the multi handle.
  private func end() {
    mailbox.change { $0.alarm = nil }
    for transfer in Array(running.values) { stop(transfer) }
  }

  /// Milliseconds to sleep; libcurl wakes earlier for its own limits.
  private func timeout(until moment: Double?) -> Int {
    guard let moment else { return 3_600_000 }
    let seconds = min(max(0, moment - setup.now()), 3600)
    return Int((seconds * 1000).rounded(.up))
  }

  /// Takes what other threads want; `false` at the end.
  private func takeOrders() -> Bool {
    // An answer at once: a look into the mailbox wakes nobody.
    let orders = mailbox.wait { mailbox -> Mailbox? in
      defer {
        mailbox.arrived = []
        mailbox.cancelled = []
        mailbox.cancelledBelow = 0
      }
      return mailbox
    }
    guard !orders.isEnding else { return false }
    waiting = orders.results.count
    budget.waiting = orders.waitingBytes
    for (id, request) in orders.arrived {
      let transfer = Transfer(id, request)
      transfers[id] = transfer
      queue.add(id, host: transfer.host)
    }
    let isAny = orders.cancelledBelow > 0 || !orders.cancelled.isEmpty
    for id in isAny ? transfers.keys.filter(orders.cancels).sorted() : [] {
      guard let transfer = transfers[id] else { continue }
      queue.remove(id, host: transfer.host)
      stop(transfer)
      finish(transfer, .failure(.cancelled))
    }
    return true
  }

  // MARK: - Hops

  /// Starts hops while there is room; the time at which the next host's turn comes.
  private func startWhatMay() -> Double? {
    hasLedOn = false
    while running.count < setup.connections, waiting + running.count < setup.window {
      switch queue.next(rules, now: setup.now()) {
      case .start(let id, let host):
        guard let transfer = transfers[id] else { continue }
        start(transfer, host)
      case .refuse(let id, let until):
        guard let transfer = transfers[id] else { continue }
        finish(transfer, .failure(.hostWaits(host: transfer.shownHost, until: until)))
      case .wait(let moment): return moment
      }
    }
    return nil
  }

  private func start(_ transfer: Transfer, _ host: String) {
    do throws(FetchError) {
      try transfer.prepare(setup.environment)
      let exchange = Exchange(
        limits: transfer.request.limits, gate: transfer.gate(setup.scopeOf), budget: budget)
      let handle = try EasyHandle(exchange)
      try handle.setUp(
        EasyHandle.Hop(
          address: transfer.address, request: transfer.request, proxy: transfer.proxy,
          timeLeft: transfer.timeLeft, authorities: setup.authorities))
      guard multi.add(handle) else { throw .noResources }
      transfer.handle = handle
      transfer.begun = .now
      running[handle.key] = transfer
      rules.began(host, now: setup.now())
    } catch {
      finish(transfer, .failure(error))
    }
  }

  /// Takes the transfers that libcurl has ended.
  private func collect() {
    while let (key, code) = multi.nextEnded() {
      guard let transfer = running[key], let handle = transfer.handle else { continue }
      let end = self.end(of: transfer, handle, code)
      stop(transfer, keepsBody: true)
      conclude(transfer, handle.exchange, end)
    }
  }

  private func end(of transfer: Transfer, _ handle: EasyHandle, _ code: Int) -> TransferEnd {
    TransferEnd(
      code: code, reason: code == 0 ? "" : handle.reason,
      connectStatus: handle.number(COURANT_CURL_HTTP_CONNECTCODE), elapsed: transfer.elapsed,
      host: transfer.shownHost, proxyHost: transfer.proxy.map(\.shownHost),
      isSecure: transfer.isSecure, limits: transfer.request.limits)
  }

  /// Learns from a hop that has ended, and goes on or gives the end.
  private func conclude(_ transfer: Transfer, _ exchange: Exchange, _ end: TransferEnd) {
    let now = setup.now()
    if exchange.head.isComplete {
      learn(exchange, from: transfer.host, now: now)
      do throws(FetchError) {
        if try transfer.follow(exchange) {
          _ = exchange.release()
          hasLedOn = true
          return queue.add(transfer.id, host: transfer.host)
        }
      } catch {
        _ = exchange.release()
        return finish(transfer, .failure(error))
      }
    }
    finish(transfer, transfer.outcome(end, exchange, now: now))
  }

  private func learn(_ exchange: Exchange, from host: String, now: Double) {
    let times = CacheTimes(exchange.head.headers, now: now)
    let before = rules.pauses[host]
    rules.received(
      status: exchange.head.status, retryAt: times.retryAt, from: host, now: now)
    if rules.pauses[host] != before { pausesChanged = true }
  }

  /// Ends the running hop of a transfer, if there is one.
  private func stop(_ transfer: Transfer, keepsBody: Bool = false) {
    guard let handle = transfer.handle else { return }
    multi.remove(handle)
    running[handle.key] = nil
    transfer.handle = nil
    rules.ended(transfer.host)
    if !keepsBody { _ = handle.exchange.release() }
  }

  /// libcurl itself failed, which means that memory is short.
  private func failAll() {
    for transfer in Array(running.values) {
      stop(transfer)
      finish(transfer, .failure(.noResources))
    }
  }

  // MARK: - Ends

  private func finish(_ transfer: Transfer, _ outcome: Result<Response, FetchError>) {
    transfers[transfer.id] = nil
    if case .success(let response) = outcome { budget.waiting += response.body.count }
    results.append(
      FetchResult(id: transfer.id, request: transfer.request, outcome: outcome))
  }

  /// Hands ends over; whether new hops may start now.
  private func handOver() -> Bool {
    let isFull = waiting + results.count + running.count >= setup.window && !queue.isEmpty
    guard !results.isEmpty || pausesChanged || isFull || budget.isTight else { return false }
    let hasResults = !results.isEmpty
    let pauses = rules.pauses
    let hasRoom = mailbox.change { mailbox in
      // Who cancels is promised that end, also where another one was on its way.
      mailbox.results += results.map { mailbox.cancels($0.id) ? $0.asCancelled : $0 }
      mailbox.pauses = pauses
      // Some may have been taken since the last look, and those who took them rang no alarm.
      let hasRoom = mailbox.results.count + running.count < setup.window
      budget.waiting = mailbox.waitingBytes
      mailbox.lacksRoom = isFull && !hasRoom || budget.isTight
      return hasRoom
    }
    pausesChanged = false
    results = []
    return isFull ? hasRoom : hasResults
  }
}
