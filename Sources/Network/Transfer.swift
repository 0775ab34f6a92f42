internal import Stories

/// A request on its way through its hops.
///
/// Belongs to the network thread.
final class Transfer {
  let id: RequestID
  let request: Request
  /// Where the next or the running hop goes.
  private(set) var address: WebAddress
  private(set) var redirects: [Redirect] = []
  /// The running hop.
  var handle: EasyHandle?
  var proxy: Proxy?
  /// When the running hop began, on a clock that nobody sets.
  var begun = ContinuousClock.now
  /// The narrowest scope that the next hop may reach; `nil` for the first, which the reader typed.
  private var scope: AddressScope?
  /// Addresses that were asked for.
  private var asked: Set<String> = []
  /// Milliseconds that the hops before took.
  private var spent = 0

  init(_ id: RequestID, _ request: Request) {
    self.id = id
    self.request = request
    address = request.address
  }
}

extension Transfer {
  /// The host whose turn is waited for.
  var host: String { address.normalizedHost }
  /// The host as it may be shown.
  var shownHost: String { HostName.shown(address.writtenHost) }
  var isSecure: Bool { address.scheme == "https" }
  var timeLeft: Int { request.limits.wholeTime - spent }
  /// Milliseconds of the running hop.
  var elapsed: Int {
    let passed = begun.duration(to: .now).components
    return Int(passed.seconds) * 1000 + Int(passed.attoseconds / 1_000_000_000_000_000)
  }

  // MARK: - Before a hop

  /// Checks what can be known before anything is looked up, and finds the proxy.
  ///
  /// Errors: ``FetchError/badProxy(_:)``, ``FetchError/onionWithoutProxy``,
  /// ``FetchError/redirectInward(host:)``.
  func prepare(_ environment: ProxyEnvironment) throws(FetchError) {
    switch request.proxy {
    case .none: proxy = nil
    case .proxy(let chosen): proxy = chosen
    case .environment: proxy = try environment.proxy(for: address)
    }
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    if proxy == nil, name == "onion" || name.hasSuffix(".onion") { throw .onionWithoutProxy }
    // Behind a proxy, addresses are only seen where they are written out.
    if proxy != nil, let scope, AddressScope(ofHost: host) > scope {
      throw .redirectInward(host: shownHost)
    }
    asked.insert(address.requested)
  }

  func gate(_ scopeOf: @escaping @Sendable ([UInt8]) -> AddressScope) -> Exchange.Gate {
    Exchange.Gate(
      host: host, narrowest: scope ?? .loopback, isProxied: proxy != nil, scopeOf: scopeOf)
  }

  // MARK: - After a hop

  /// Goes on to where the response leads; `false` if it leads nowhere.
  ///
  /// Errors: those of redirects.
  func follow(_ exchange: Exchange) throws(FetchError) -> Bool {
    guard let kind = Self.kind(exchange.head.status) else { return false }
    guard let written = exchange.head.headers["location"] else { throw .redirectToNothing }
    guard let target = WebAddress(written, relativeTo: address) else { throw .redirectToNothing }
    guard target.isWeb else { throw .redirectElsewhere(scheme: SafeText.reason(target.scheme)) }
    guard let next = target.withoutSecrets else { throw .redirectToNothing }
    guard !asked.contains(next.requested) else { throw .redirectLoop }
    guard redirects.count < request.limits.redirects else {
      throw .tooManyRedirects(limit: request.limits.redirects)
    }
    redirects.append(Redirect(kind: kind, address: next))
    scope = min(scope ?? exchange.scope, exchange.scope)
    spent += elapsed
    guard timeLeft > 0 else {
      throw .timedOut(seconds: max(1, (request.limits.wholeTime + 500) / 1000))
    }
    address = next
    return true
  }

  private static func kind(_ status: Int) -> Redirect.Kind? {
    switch status {
    case 301, 308: .permanent
    case 302, 303, 307: .temporary
    default: nil
    }
  }

  /// What the request ends with.
  func outcome(_ end: TransferEnd, _ exchange: Exchange, now: Double) -> Result<
    Response, FetchError
  > {
    let isWhole = exchange.finish()
    let error = end.error(exchange) ?? (isWhole ? nil : .cut)
    let body = exchange.release()
    // What a status that is no success says is whole without its body.
    let isEmpty = body.isEmpty && (200...299).contains(exchange.head.status)
    if let error, isEmpty || !exchange.head.isComplete { return .failure(error) }
    return .success(
      Response(
        status: exchange.head.status, headers: exchange.head.headers, address: address,
        redirects: redirects, body: body, cut: error,
        times: CacheTimes(exchange.head.headers, now: now), version: exchange.head.version))
  }
}
