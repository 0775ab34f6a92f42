internal import CCurl

/// How a transfer of libcurl ended, and what is known about it.
struct TransferEnd {
  /// CURLcode.
  var code: Int
  /// libcurl's words, as one safe line.
  var reason: String
  /// The status of the answer to `CONNECT` of a proxy; 0 without one.
  var connectStatus: Int
  /// Milliseconds since the hop began.
  var elapsed: Int
  /// As they may be shown.
  var host: String
  var proxyHost: String?
  var isSecure: Bool
  var limits: FetchLimits
}

/// The numbers of CURLcode that mean something here (curl/curl.h, whose ABI does not change).
private enum CurlCode {
  static let unsupportedProtocol = 1
  static let badAddress = 3
  static let proxyNotFound = 5
  static let hostNotFound = 6
  static let couldNotConnect = 7
  static let weirdReply = 8
  static let http2 = 16
  static let partial = 18
  static let outOfMemory = 27
  static let timedOut = 28
  static let tlsConnect = 35
  static let aborted = 42
  static let gotNothing = 52
  static let sendError = 55
  static let receiveError = 56
  static let certificateFile = 58
  static let cipher = 59
  static let peerFailedVerification = 60
  static let contentEncoding = 61
  static let authorityFile = 77
  static let issuer = 83
  static let certificateStatus = 91
  static let http2Stream = 92
  static let proxy = 97
  static let tooLarge = 100
}

extension TransferEnd {
  /// The error of a transfer that did not end well; `nil` for one that did.
  func error(_ exchange: Exchange) -> FetchError? {
    if let stop = exchange.stop { return stop }
    if code == 0 || exchange.hasEnough { return nil }
    let isDone = exchange.head.isComplete
    if !exchange.isConnected, let error = connectionError(exchange) { return error }
    switch code {
    case CurlCode.timedOut: return timeout
    case CurlCode.weirdReply: return .badHead(reason: reason)
    case CurlCode.unsupportedProtocol: return .notHTTP
    case CurlCode.outOfMemory, CurlCode.tooLarge: return isDone ? .noResources : .headTooLarge
    case CurlCode.http2, CurlCode.http2Stream: return isDone ? .cut : .badHead(reason: reason)
    case CurlCode.partial, CurlCode.receiveError, CurlCode.gotNothing, CurlCode.sendError:
      return isDone ? .cut : .noAnswer
    // More encodings than libcurl takes, although it undoes none.
    case CurlCode.contentEncoding: return .badEncoding(name: reason)
    case CurlCode.aborted where exchange.hasRefused: return .redirectInward(host: host)
    default: return .failed(reason: reason.isEmpty ? "libcurl's error \(code)" : reason)
    }
  }

  /// What kept the connection from being made; `nil` where it was made.
  private func connectionError(_ exchange: Exchange) -> FetchError? {
    if connectStatus >= 300 { return .proxyRefused(status: connectStatus) }
    switch code {
    case _ where exchange.hasRefused: return .redirectInward(host: host)
    case CurlCode.unsupportedProtocol where isSecure: return .noTLS(host: host, reason: reason)
    case CurlCode.badAddress: return .badAddress
    case CurlCode.proxyNotFound: return .proxyNotFound(host: proxyHost ?? "")
    case CurlCode.hostNotFound: return .hostNotFound(host: host)
    case CurlCode.couldNotConnect, CurlCode.timedOut:
      return proxyHost.map { .proxyUnreachable(host: $0) } ?? .unreachable(host: host)
    case CurlCode.proxy: return .proxyRefused(status: 0)
    case CurlCode.peerFailedVerification, CurlCode.issuer, CurlCode.certificateStatus:
      return .badCertificate(host: host, reason: reason)
    case CurlCode.tlsConnect, CurlCode.certificateFile, CurlCode.cipher, CurlCode.authorityFile:
      return .noTLS(host: host, reason: reason)
    case CurlCode.receiveError, CurlCode.sendError, CurlCode.gotNothing:
      // While TLS or the proxy is being agreed on.
      if let proxyHost { return .proxyUnreachable(host: proxyHost) }
      return isSecure ? .noTLS(host: host, reason: reason) : .noAnswer
    default: return nil
    }
  }

  private var timeout: FetchError {
    // The low-speed limit has the same code as the other two, but comes earlier than the last.
    let isEarly = elapsed + 100 < limits.wholeTime && elapsed + 100 >= limits.lowSpeedTime * 1000
    return isEarly ? .tooSlow : .timedOut(seconds: max(1, (limits.wholeTime + 500) / 1000))
  }
}
