internal import Stories

/// Why nothing, or not all, was fetched, with the sentence that the reader sees.
///
/// Texts of servers and of libcurl are cleaned before they come here (``SafeText``); no case holds a
/// name, a password, or an address that could hold one.
package enum FetchError: Error, Hashable, Sendable {
  // Nothing can be fetched at all.
  /// libcurl is not installed; the dynamic linker's reason.
  case noLibrary(reason: String)
  /// The version that was found is older than 7.85.
  case oldLibrary(version: String)
  /// The library that was found cannot be used; what it lacks.
  case unsuitableLibrary(lacks: String)
  /// The system gives no thread or no memory.
  case noResources

  // Not asked for.
  case notWeb(scheme: String)
  case badAddress
  /// A Tor address without a proxy, whose name must not be looked up (RFC 7686).
  case onionWithoutProxy
  case badProxy(String)
  /// The host asked for a pause, or refused; until a time in seconds since 1970.
  case hostWaits(host: String, until: Double)
  case cancelled

  // No connection.
  case hostNotFound(host: String)
  case proxyNotFound(host: String)
  /// Refused, or not made within ``FetchLimits/connectTime``.
  case unreachable(host: String)
  case proxyUnreachable(host: String)
  /// The proxy's status, or 0 where it gave none.
  case proxyRefused(status: Int)
  /// The whole name: an unknown authority, another host's certificate, an expired one.
  case badCertificate(host: String, reason: String)
  case noTLS(host: String, reason: String)

  // Redirects.
  case tooManyRedirects(limit: Int)
  case redirectLoop
  case redirectToNothing
  case redirectElsewhere(scheme: String)
  /// To a private network or this machine, from a server farther away.
  case redirectInward(host: String)

  // Answers.
  case timedOut(seconds: Int)
  case tooSlow
  /// The connection was closed before any answer.
  case noAnswer
  case notHTTP
  case badHead(reason: String)
  case headTooLarge
  case bodyTooLarge(limit: Int)
  /// The body is not in the encoding that the head names, or that is not known.
  case badEncoding(name: String)
  /// The connection ended in the middle of the body.
  case cut
  /// An HTTP status of 400 or more, or one that means nothing here.
  case status(Int)
  /// Anything else, in libcurl's words.
  case failed(reason: String)
}

extension FetchError {
  /// Whether there was no connection: who sees it at several hosts has no network.
  package var isWithoutConnection: Bool {
    switch self {
    case .hostNotFound, .proxyNotFound, .unreachable, .proxyUnreachable: true
    default: false
    }
  }

  /// A sentence in plain words, without an end mark; what to do is part of it where something can be done.
  package var message: String {
    switch self {
    case .noLibrary: "libcurl is not installed; install it with: apt install libcurl4"
    case .oldLibrary(let version):
      "libcurl \(version) is too old, 7.85 or newer is needed; update it with: apt install libcurl4"
    case .unsuitableLibrary(let lacks):
      "libcurl cannot be used (\(lacks)); install it again with: apt install --reinstall libcurl4"
    case .noResources: "the system gives no memory or thread for it; close other programs and retry"
    case .cancelled: "stopped"
    case .notWeb, .badAddress, .onionWithoutProxy, .badProxy, .hostWaits: refusal
    case .hostNotFound, .proxyNotFound, .unreachable, .proxyUnreachable, .proxyRefused,
      .badCertificate, .noTLS:
      connectionProblem
    case .tooManyRedirects, .redirectLoop, .redirectToNothing, .redirectElsewhere, .redirectInward:
      redirectProblem
    default: answerProblem
    }
  }

  private var refusal: String {
    switch self {
    case .notWeb(let scheme): "only http and https addresses can be fetched, not \(scheme):"
    case .badAddress: "this is not an address of the web; one begins with http:// or https://"
    case .onionWithoutProxy:
      "a .onion address needs Tor's proxy; set proxy: socks5h://127.0.0.1:9050"
    case .badProxy(let reason): "\(reason); check the proxy setting and the environment"
    case .hostWaits(let host, let until):
      "\(host) asked for a pause until \(Timestamp(seconds: Int64(until.rounded(.up))).iso8601)"
    default: ""
    }
  }

  private var connectionProblem: String {
    switch self {
    case .hostNotFound(let host):
      "the name \(host) is not known; check the address and the network connection"
    case .proxyNotFound(let host): "the name of the proxy, \(host), is not known; check the setting"
    case .unreachable(let host): "no connection to \(host); it may be down, or the network is"
    case .proxyUnreachable(let host): "no connection to the proxy \(host); check that it runs"
    case .proxyRefused(407): "the proxy asks for a name and password; put them into its address"
    case .proxyRefused(0): "the proxy refused the connection"
    case .proxyRefused(let status): "the proxy refused the connection (\(status))"
    case .badCertificate(let host, let reason):
      "\(host) could not prove that it is \(host) (\(reason)); nothing was sent"
    case .noTLS(let host, let reason):
      "no secure connection to \(host) (\(reason)); it may work with http://"
    default: ""
    }
  }

  private var redirectProblem: String {
    switch self {
    case .tooManyRedirects(let limit): "it leads on more than \(limit) times"
    case .redirectLoop: "it leads in a circle; it may want cookies, which are not sent"
    case .redirectToNothing: "it leads on to an address that is not valid"
    case .redirectElsewhere(let scheme): "it leads to a \(scheme): address, which is not followed"
    case .redirectInward(let host):
      "it leads to \(host) in a private network, which is not followed; add that address itself"
    default: ""
    }
  }

  private var answerProblem: String {
    switch self {
    case .timedOut(let seconds): "no complete answer within \(seconds) s; try again later"
    case .tooSlow: "the answer came too slowly; try again later"
    case .noAnswer: "the connection was closed without an answer; try again later"
    case .notHTTP: "the server does not answer as a web server; check the port"
    case .badHead(let reason): "the server's answer breaks the rules of HTTP (\(reason))"
    case .headTooLarge: "the head of the server's answer is too large"
    case .bodyTooLarge(let limit): "the answer is larger than \(max(1, limit >> 20)) MB"
    case .badEncoding(let name): "the answer is compressed in a way that cannot be read (\(name))"
    case .cut: "the connection ended in the middle of the answer"
    case .status(let status): Self.words(forStatus: status)
    case .failed(let reason): "it could not be fetched (\(reason))"
    default: ""
    }
  }

  private static func words(forStatus status: Int) -> String {
    switch status {
    case 400: "the server did not understand the request (400)"
    case 401: "it asks for a name and password (401); set them for this source"
    case 402: "it is for subscribers (402)"
    case 403: "the server refuses (403); it may not like programs, or too many requests"
    case 404: "there is nothing at this address (404)"
    case 406: "the server has no form of it that can be read here (406)"
    case 407: "the proxy asks for a name and password (407); put them into its address"
    case 410: "it is gone for good (410)"
    case 429: "the server was asked too often (429)"
    case 451: "it is withheld for legal reasons (451)"
    case 500: "the server has a fault (500); try again later"
    case 502, 504: "the server's own server did not answer (\(status)); try again later"
    case 503: "the server is overloaded or being repaired (503)"
    case 500...599: "the server has a fault (\(status)); try again later"
    default: "the server answered with status \(status)"
    }
  }
}
