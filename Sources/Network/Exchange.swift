internal import CCurl

/// One request and its response: takes the head and the body in as they come, within limits.
///
/// Belongs to the network thread. What it decides (to stop, to pause) it answers to libcurl at once; why
/// it stopped is in ``stop``.
final class Exchange {
  private(set) var head = ResponseHead()
  private(set) var body: [UInt8] = []
  /// Why this side ended the transfer; it explains libcurl's own error.
  private(set) var stop: FetchError?
  /// Whether all that is wanted of the body has come, so that the end of the transfer is no cut.
  private(set) var hasEnough = false
  /// Whether a connection is there over which the request may be sent.
  private(set) var isConnected = false
  /// Whether an address was refused.
  private(set) var hasRefused = false
  /// The scope of the server that answered; of a server behind a proxy what its name says.
  private(set) var scope: AddressScope

  private let limits: FetchLimits
  private let gate: Gate
  private let budget: MemoryBudget
  private var decoder: ContentDecoder?
  private var limit = 0

  /// Which addresses may be connected to.
  struct Gate {
    var host: String
    /// Addresses of a narrower scope are refused.
    var narrowest: AddressScope
    /// A proxy makes the connection to the host: only its own address is seen here.
    var isProxied: Bool
    var scopeOf: @Sendable ([UInt8]) -> AddressScope
  }

  /// Answers that are no success are read for what they say, which is short.
  private static let problemLimit = 64 << 10

  init(limits: FetchLimits, gate: Gate, budget: MemoryBudget) {
    self.limits = limits
    self.gate = gate
    self.budget = budget
    scope = gate.isProxied ? AddressScope(ofHost: gate.host) : .public
  }

  // MARK: - Connection

  /// Whether a connection to the address may be made or, where it is open, used.
  func allows(_ address: [UInt8], isOpen: Bool) -> Bool {
    if !gate.isProxied {
      let scope = gate.scopeOf(address)
      guard scope <= gate.narrowest else {
        hasRefused = true
        return false
      }
      self.scope = scope
    }
    isConnected = isOpen
    return true
  }

  // MARK: - Head

  /// Takes a line of the head in, with its line end; whether the transfer may go on.
  func take(line: [UInt8]) -> Bool {
    do throws(FetchError) {
      // Trailers add nothing but their size.
      if head.isComplete {
        return try head.count(line, limits)
      }
      try head.take(line, limits)
      if head.isComplete { try beginBody() }
      return true
    } catch {
      stop = error
      return false
    }
  }

  private func beginBody() throws(FetchError) {
    let isSuccess = (200...299).contains(head.status)
    limit = isSuccess ? limits.bodyBytes : min(limits.bodyBytes, Self.problemLimit)
    let encodings = head.headers.all("content-encoding")
    decoder = ContentDecoder(encodings: encodings, limit: limit)
    guard decoder != nil else {
      throw .badEncoding(name: SafeText.reason(encodings.joined(separator: ", ")))
    }
    // Where the length is known, the body grows without being copied.
    if isSuccess, encodings.isEmpty, let length = head.length {
      body.reserveCapacity(min(length, limit, 1 << 20))
      budget.held += body.capacity
    }
  }

  // MARK: - Body

  enum Next {
    case proceed, stop
    /// Too much is held in memory; the same bytes must come again.
    case pause
  }

  func take(body bytes: UnsafeRawBufferPointer) -> Next {
    guard budget.admits(self) else { return .pause }
    guard decoder != nil else { return .stop }
    let before = body.capacity
    let outcome = unsafe decoder?.decode(bytes, into: &body) ?? .fine
    budget.held += body.capacity - before
    return accept(outcome) ? .proceed : .stop
  }

  /// Takes the end of the transfer in; whether the body is whole as far as its encoding goes.
  func finish() -> Bool {
    guard !hasEnough, body.count < limit else { return true }
    let before = body.capacity
    guard let end = decoder?.finish(into: &body) else { return true }
    budget.held += body.capacity - before
    // What ended the transfer is the better reason.
    return stop != nil || accept(end.outcome) && end.isWhole
  }

  /// Gives the body away, and its place in the budget.
  func release() -> [UInt8] {
    budget.release(self, bytes: body.capacity)
    defer { body = [] }
    return body
  }

  private func accept(_ outcome: ContentDecoder.Outcome) -> Bool {
    switch outcome {
    case .fine: return true
    case .full where !(200...299).contains(head.status): hasEnough = true
    case .full: stop = .bodyTooLarge(limit: limit)
    case .broken(let name): stop = .badEncoding(name: name)
    }
    return false
  }
}

/// How many bytes of bodies all transfers may hold together.
///
/// Thirty-two servers that send without end would otherwise fill the memory although each keeps its own
/// limit. Above the bound only one transfer goes on, so that it comes to its end; the others pause.
/// Belongs to the network thread.
final class MemoryBudget {
  /// Bytes that the bodies which are being received take.
  var held = 0
  /// Bytes of the responses that wait to be taken.
  var waiting = 0
  private(set) var isTight = false
  private let limit: Int
  private var favoured: ObjectIdentifier?

  init(limit: Int) { self.limit = limit }

  func admits(_ exchange: Exchange) -> Bool {
    let id = ObjectIdentifier(exchange)
    if held + waiting < limit || favoured == id { return true }
    // Not while as much waits to be taken: who takes it lets the transfers go on.
    if favoured == nil, waiting < limit {
      favoured = id
      return true
    }
    isTight = true
    return false
  }

  func release(_ exchange: Exchange, bytes: Int) {
    held -= bytes
    if favoured == ObjectIdentifier(exchange) { favoured = nil }
  }

  /// Whether transfers paused that should try again.
  var mayResume: Bool {
    isTight && (held + waiting < limit || favoured == nil && waiting < limit)
  }

  /// To be called before they try: who has to pause again makes it tight again.
  func loosen() { isTight = false }
}
