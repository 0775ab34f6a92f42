import Network
import Stories
import Testing

@testable import Network

/// The sentences of errors.
@Suite struct FetchErrorTests {
  private static let all: [FetchError] =
    [
      .noLibrary(reason: "x"), .oldLibrary(version: "7.74.0"),
      .unsuitableLibrary(lacks: "it lacks x"),
      .noResources, .notWeb(scheme: "ftp"), .badAddress, .onionWithoutProxy, .badProxy("reason"),
      .hostWaits(host: "h.example", until: 1_700_000_000), .cancelled,
      .hostNotFound(host: "h.example"),
      .proxyNotFound(host: "h.example"), .unreachable(host: "h.example"),
      .proxyUnreachable(host: "h.example"), .proxyRefused(status: 407), .proxyRefused(status: 0),
      .proxyRefused(status: 403), .badCertificate(host: "h.example", reason: "expired"),
      .noTLS(host: "h.example", reason: "alert"), .tooManyRedirects(limit: 5), .redirectLoop,
      .redirectToNothing, .redirectElsewhere(scheme: "file"), .redirectInward(host: "h.example"),
      .timedOut(seconds: 60), .tooSlow, .noAnswer, .notHTTP, .badHead(reason: "two lengths"),
      .headTooLarge, .bodyTooLarge(limit: 16 << 20), .badEncoding(name: "br"), .cut,
      .failed(reason: "libcurl's error 99"),
    ]
    + [400, 401, 402, 403, 404, 406, 407, 410, 418, 429, 451, 500, 502, 503, 504, 599, 305, 999].map
  {
    .status($0)
  }

  @Test func eachIsOneSentenceOfItsOwn() {
    let messages = Self.all.map(\.message)
    #expect(Set(messages).count == messages.count)
    for message in messages {
      #expect(message.count > 5 && message.count < 140, "\(message)")
      #expect(!message.hasSuffix(".") && !message.contains("\n"), "\(message)")
      #expect(!SafeScalars.isUnsafe(message), "\(message)")
      // The lower case fits behind "NAME: ".
      #expect(message.first?.isLowercase == true, "\(message)")
    }
  }

  @Test func theySayWhatToDo() {
    #expect(
      FetchError.noLibrary(reason: "").message
        == "libcurl is not installed; install it with: apt install libcurl4")
    #expect(
      FetchError.hostWaits(host: "h.example", until: 1_700_000_000.2).message
        == "h.example asked for a pause until 2023-11-14T22:13:21Z")
    #expect(FetchError.bodyTooLarge(limit: 16 << 20).message == "the answer is larger than 16 MB")
    #expect(FetchError.status(410).message == "it is gone for good (410)")
  }

  @Test func noConnectionIsToldFromABadAnswer() {
    #expect(
      Self.all.filter(\.isWithoutConnection) == [
        .hostNotFound(host: "h.example"), .proxyNotFound(host: "h.example"),
        .unreachable(host: "h.example"), .proxyUnreachable(host: "h.example"),
      ])
  }

  @Test func textsOfServersAreCleaned() {
    #expect(SafeText.text(Array("a\u{1B}[31m\r\nb\u{202E}c".utf8)) == "a[31mbc")
    // Latin-1, whose C1 controls terminals obey.
    #expect(SafeText.text([0x63, 0xE9, 0x9B, 0x31]) == "cé1")
    #expect(SafeText.reason(String(repeating: "x", count: 1000)).count == 161)
    #expect(SafeText.headerValue("a\r\nb\u{0}é\u{7F}") == "ab")
  }

  /// What becomes of numbers that no server here can bring about.
  @Test(arguments: [
    (27, true, FetchError.noResources), (27, false, .headTooLarge), (100, false, .headTooLarge),
    (16, true, .cut), (92, true, .cut), (92, false, .badHead(reason: "words")),
    (61, false, .badEncoding(name: "words")),
    (2, false, .failed(reason: "words")), (99, true, .failed(reason: "words")),
  ])
  func numbersOfLibcurl(_ code: Int, _ hasHead: Bool, _ error: FetchError) {
    let exchange = Self.exchange(isConnected: true)
    if hasHead {
      for line in ["HTTP/2 200\r\n", "\r\n"] { _ = exchange.take(line: Array(line.utf8)) }
    }
    #expect(Self.end(code, isSecure: true).error(exchange) == error)
  }

  @Test(arguments: [
    (60, FetchError.badCertificate(host: "h.example", reason: "words")),
    (83, .badCertificate(host: "h.example", reason: "words")),
    (91, .badCertificate(host: "h.example", reason: "words")),
    (35, .noTLS(host: "h.example", reason: "words")),
    (77, .noTLS(host: "h.example", reason: "words")),
    (1, .noTLS(host: "h.example", reason: "words")),
    (56, .noTLS(host: "h.example", reason: "words")),
    (3, .badAddress), (6, .hostNotFound(host: "h.example")), (7, .unreachable(host: "h.example")),
  ])
  func numbersBeforeAConnection(_ code: Int, _ error: FetchError) {
    #expect(Self.end(code, isSecure: true).error(Self.exchange(isConnected: false)) == error)
  }

  private static func exchange(isConnected: Bool) -> Exchange {
    let gate = Exchange.Gate(
      host: "h.example", narrowest: .loopback, isProxied: false, scopeOf: { AddressScope($0) })
    let exchange = Exchange(limits: .feed, gate: gate, budget: MemoryBudget(limit: 1 << 20))
    if isConnected { _ = exchange.allows([8, 8, 8, 8], isOpen: true) }
    return exchange
  }

  private static func end(_ code: Int, isSecure: Bool) -> TransferEnd {
    TransferEnd(
      code: code, reason: "words", connectStatus: 0, elapsed: 10, host: "h.example", proxyHost: nil,
      isSecure: isSecure, limits: .feed)
  }
}
