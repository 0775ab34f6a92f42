import Network
import Stories
import TestServer
import Testing
import Threads

@testable import Network

/// Transfers with a server, and what tests ask of both.
final class Workroom {
  let server: TestServer
  let transfers: Transfers

  init(
    at address: String = "127.0.0.1", setup: Transfers.Setup = quick,
    script: @escaping @Sendable (TestServer.Seen) -> [TestServer.Step]
  ) throws {
    server = try #require(TestServer(address, script: script))
    transfers = Transfers(setup)
  }

  /// Without spacing, which tests of it set themselves.
  static var quick: Transfers.Setup {
    var setup = Transfers.Setup()
    setup.limits.spacing = 0
    return setup
  }

  /// Where 127.0.0.2 counts as an address of the Internet.
  static var withPublicHost: Transfers.Setup {
    var setup = quick
    setup.scopeOf = { $0 == [127, 0, 0, 2] ? .public : AddressScope($0) }
    return setup
  }

  /// A request for a path of the server.
  func request(
    _ path: String = "/", host: String? = nil, limits: FetchLimits = .feed
  ) throws -> Request {
    try NetworkTests.request(server.address(path, host: host), limits: limits)
  }

  /// Fetches and waits for the end.
  func fetch(_ request: Request) throws -> Result<Response, FetchError> {
    let id = transfers.start(request)
    let result = try #require(transfers.next())
    #expect(result.id == id)
    return result.outcome
  }

  func fetch(
    _ path: String = "/", host: String? = nil, limits: FetchLimits = .feed
  ) throws -> Result<Response, FetchError> {
    try fetch(try request(path, host: host, limits: limits))
  }
}

/// A request for an address, as a test has it.
func request(_ address: String, limits: FetchLimits = .feed) throws -> Request {
  try Request(try #require(WebAddress(address)), userAgent: "Courant/test", limits: limits)
}

extension Result where Success == Response, Failure == FetchError {
  /// The error of a request that failed.
  var error: FetchError? { if case .failure(let error) = self { error } else { nil } }

  /// The response, whose absence fails the test.
  func response(_ location: SourceLocation = #_sourceLocation) throws -> Response {
    let response = try? get()
    return try #require(response, "\(self)", sourceLocation: location)
  }
}

extension Response {
  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Milliseconds that something takes.
func milliseconds(_ work: () throws -> Void) rethrows -> Int {
  let time = try ContinuousClock().measure(work).components
  return Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000)
}

/// A clock that tests set.
final class TestClock: Sendable {
  private let time: Monitor<Double>

  init(_ time: Double) { self.time = Monitor(time) }

  var now: Double { time.read { $0 } }
  func advance(_ seconds: Double) { time.change { $0 += seconds } }
}
