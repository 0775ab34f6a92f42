internal import Glibc
internal import Threads

/// What the network thread and the others tell each other.
struct Mailbox: Sendable {
  /// Requests that the network thread has not taken yet.
  var arrived: [(id: RequestID, request: Request)] = []
  /// Requests that are to be cancelled, as far as the network thread has not seen them yet.
  var cancelled: [RequestID] = []
  /// The number below which all requests are to be cancelled.
  var cancelledBelow = 0
  var isEnding = false
  /// Ends that nobody has taken yet, in order.
  var results: [FetchResult] = []
  /// How many requests were started, and how many of their ends were taken.
  var started = 0
  var taken = 0
  /// Whether the network thread waits for room in `results`.
  var lacksRoom = false
  var thread: NetworkThread?
  /// The last state of what hosts asked for.
  var pauses: [String: HostRules.Pause] = [:]
  /// Wakes the network thread; `nil` while there is none that sleeps in libcurl.
  var alarm: Alarm?

  /// Whether a request is to be cancelled.
  func cancels(_ id: RequestID) -> Bool {
    id.number < cancelledBelow || cancelled.contains(id)
  }

  /// Bytes of the bodies in `results`.
  var waitingBytes: Int {
    results.reduce(0) { sum, result in
      if case .success(let response) = result.outcome { sum + response.body.count } else { sum }
    }
  }
}

/// The thread that runs the transfers.
enum NetworkThread: Sendable {
  case running(pthread_t)
  /// The system gave none.
  case missing
}
