internal import CCurl
internal import Stories

/// One transfer of libcurl, set up for one hop of a request.
///
/// Belongs to the network thread. libcurl keeps the addresses of the receiver and of the room for its
/// words, so both are allocated once and freed with the handle.
@safe final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  /// What the handle is known by among those of the thread.
  var key: UInt { unsafe UInt(bitPattern: pointer) }
  let exchange: Exchange
  private let receiver: UnsafeMutablePointer<courant_curl_receiver>
  private let words: UnsafeMutablePointer<CChar>
  private var list: UnsafeMutableRawPointer?

  /// CURL_ERROR_SIZE.
  private static let wordsSize = 256

  /// Errors: ``FetchError/noResources``.
  init(_ exchange: Exchange) throws(FetchError) {
    self.exchange = exchange
    unsafe receiver = .allocate(capacity: 1)
    unsafe words = .allocate(capacity: Self.wordsSize)
    unsafe words.initialize(repeating: 0, count: Self.wordsSize)
    // The loop holds the handle, and the handle the exchange, for as long as libcurl can call.
    let context = unsafe Unmanaged.passUnretained(exchange).toOpaque()
    unsafe receiver.initialize(to: Self.receiver(context))
    guard let pointer = unsafe courant_curl_create(receiver) else {
      unsafe receiver.deallocate()
      unsafe words.deallocate()
      throw .noResources
    }
    unsafe self.pointer = unsafe pointer
    _ = unsafe courant_curl_set_error_room(pointer, words)
  }

  deinit {
    unsafe courant_curl_free(pointer)
    unsafe courant_curl_free_headers(list)
    unsafe receiver.deallocate()
    unsafe words.deallocate()
  }

  // MARK: - Options

  /// One hop: where to, and what goes with it.
  struct Hop {
    var address: WebAddress
    var request: Request
    var proxy: Proxy?
    /// Milliseconds that are left of the whole time.
    var timeLeft: Int
    /// A file of authorities instead of the system's; for tests.
    var authorities: String?
  }

  /// Errors: ``FetchError/badAddress``, ``FetchError/badProxy(_:)``, ``FetchError/noResources``.
  func setUp(_ hop: Hop) throws(FetchError) {
    guard set(COURANT_CURL_URL, hop.address.requested) else { throw .badAddress }
    let limits = hop.request.limits
    set(COURANT_CURL_TIMEOUT_MS, max(1, hop.timeLeft))
    set(COURANT_CURL_CONNECTTIMEOUT_MS, max(1, limits.connectTime))
    set(COURANT_CURL_LOW_SPEED_LIMIT, limits.lowSpeed)
    set(COURANT_CURL_LOW_SPEED_TIME, limits.lowSpeedTime)
    set(COURANT_CURL_USERAGENT, SafeText.headerValue(hop.request.userAgent))
    if let authorities = hop.authorities { set(COURANT_CURL_CAINFO, authorities) }
    try setProxy(hop.proxy)
    if let credentials = hop.request.credentials, credentials.belong(to: hop.address) {
      set(COURANT_CURL_HTTPAUTH, Self.basic)
      set(COURANT_CURL_USERNAME, credentials.user)
      set(COURANT_CURL_PASSWORD, credentials.password)
    }
    try setHeaders(hop)
  }

  /// CURLAUTH_BASIC.
  private static let basic = 1

  /// An empty proxy is none, also where the environment names one, and an empty list of exceptions
  /// hides that of the environment: both were read before.
  private func setProxy(_ proxy: Proxy?) throws(FetchError) {
    set(COURANT_CURL_NOPROXY, "")
    guard set(COURANT_CURL_PROXY, proxy?.address ?? "") else {
      throw .badProxy("libcurl does not know this kind of proxy")
    }
    guard let proxy, let user = proxy.user else { return }
    set(COURANT_CURL_PROXYUSERNAME, user)
    set(COURANT_CURL_PROXYPASSWORD, proxy.password ?? "")
  }

  private func setHeaders(_ hop: Hop) throws(FetchError) {
    try add(header: "Accept: ", Array(SafeText.headerValue(hop.request.accept).utf8))
    if let validators = hop.request.validators, validators.address.isSamePage(as: hop.address) {
      if let etag = validators.etag { try add(header: "If-None-Match: ", etag) }
      if let modified = validators.modified { try add(header: "If-Modified-Since: ", modified) }
    }
    _ = unsafe courant_curl_set_headers(pointer, list)
  }

  private func add(header name: String, _ value: [UInt8]) throws(FetchError) {
    // A header without a value is left out by libcurl, and so is one that ends a C string early.
    let line = Array(name.utf8) + value + [0]
    let longer = unsafe line.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text -> UnsafeMutableRawPointer? in
        guard let start = text.baseAddress else { return nil }
        return unsafe courant_curl_add_header(list, start)
      }
    }
    unsafe list = unsafe longer
    guard unsafe longer != nil else { throw .noResources }
  }

  @discardableResult
  private func set(_ option: Int, _ text: String) -> Bool {
    unsafe courant_curl_set_text(pointer, Int32(option), text) == 0
  }

  private func set(_ option: Int, _ number: Int) {
    _ = unsafe courant_curl_set_number(pointer, Int32(option), number)
  }

  // MARK: - The end

  func number(_ info: Int) -> Int {
    unsafe courant_curl_number(pointer, Int32(info))
  }

  /// What libcurl says of its error, as one safe line; empty for nothing.
  var reason: String {
    let bytes = unsafe UnsafeBufferPointer(start: words, count: Self.wordsSize)
      .prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return SafeText.reason(SafeText.text(bytes))
  }

  func resume() { unsafe courant_curl_resume(pointer) }

  // MARK: - Callbacks

  private static func receiver(_ context: UnsafeMutableRawPointer) -> courant_curl_receiver {
    unsafe courant_curl_receiver(
      context: context,
      line: { context, bytes, count in
        guard let exchange = unsafe EasyHandle.exchange(context) else { return 1 }
        return exchange.take(line: unsafe EasyHandle.array(bytes, count)) ? 0 : 1
      },
      body: { context, bytes, count in
        guard let exchange = unsafe EasyHandle.exchange(context) else { return 1 }
        switch unsafe exchange.take(body: UnsafeRawBufferPointer(start: bytes, count: count)) {
        case .proceed: return Int32(COURANT_CURL_CONTINUE)
        case .stop: return Int32(COURANT_CURL_STOP)
        case .pause: return Int32(COURANT_CURL_PAUSE)
        }
      },
      allows: { context, bytes, count, isOpen in
        guard let exchange = unsafe EasyHandle.exchange(context) else { return 0 }
        return exchange.allows(unsafe EasyHandle.array(bytes, count), isOpen: isOpen != 0) ? 1 : 0
      })
  }

  private static func exchange(_ context: UnsafeMutableRawPointer?) -> Exchange? {
    unsafe context.map { unsafe Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func array(_ bytes: UnsafeRawPointer?, _ count: Int) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
